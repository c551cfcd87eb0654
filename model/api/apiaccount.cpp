#include "model/api/apiaccount.h"

#include <QCoreApplication>
#include <QHostAddress>

namespace automation {

namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(automation::ApiAccount)
};

Error invalid(const QString &message)
{
    return Error {ErrorCode::InvalidArgument, message};
}

} // namespace

bool isLoopbackHost(const QString &host)
{
    if (host.compare(QLatin1StringView("localhost"), Qt::CaseInsensitive) == 0)
        return true;
    const QHostAddress address(host);
    return !address.isNull() && address.isLoopback();
}

Result<void> ApiAccount::check() const
{
    if (baseUrl.isEmpty() || !baseUrl.isValid() || baseUrl.isRelative())
        return invalid(Texts::tr("The service needs an address like https://automation.8x8.com."));
    // User info would be sent, shown and logged; a query cannot stand in front of a path.
    if (!baseUrl.userInfo().isEmpty())
        return invalid(Texts::tr("The address of the service must not hold a user name or password."));
    if (baseUrl.hasQuery() || baseUrl.hasFragment())
        return invalid(Texts::tr("The address of the service must end before any “?” or “#”."));
    if (baseUrl.host().isEmpty())
        return invalid(Texts::tr("The address “%1” names no host.").arg(baseUrl.toDisplayString()));
    const QString scheme = baseUrl.scheme();
    if (scheme == QLatin1StringView("http") && !isLoopbackHost(baseUrl.host())) {
        return invalid(Texts::tr("The key would travel unprotected to %1: use https. Plain http is for this computer "
                                 "only.")
                           .arg(hostName()));
    }
    if (scheme != QLatin1StringView("http") && scheme != QLatin1StringView("https"))
        return invalid(Texts::tr("“%1” is no address of a web service: use https.").arg(scheme));
    if (accountId.isEmpty() || accountId == QLatin1StringView(".") || accountId == QLatin1StringView(".."))
        return invalid(Texts::tr("The account id is missing."));
    return {};
}

QString ApiAccount::hostName() const
{
    const QString host = baseUrl.host();
    return baseUrl.port() < 0 ? host : QStringLiteral("%1:%2").arg(host).arg(baseUrl.port());
}

} // namespace automation
