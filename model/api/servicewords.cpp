#include "model/api/servicewords.h"

#include "model/json/jsonreader.h"

#include <QCoreApplication>
#include <QLocale>

namespace automation {

namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(automation::ServiceWords)
};

constexpr qsizetype longestWords = 500;
constexpr qsizetype largestErrorBody = 256 * 1024;

// The title of a page some gateway sent, else nothing.
QString pageTitle(const QByteArray &body)
{
    const QString page = QString::fromUtf8(body.left(largestErrorBody));
    const qsizetype start = page.indexOf(QLatin1StringView("<title"), 0, Qt::CaseInsensitive);
    const qsizetype open = start < 0 ? -1 : page.indexOf(u'>', start);
    const qsizetype close = open < 0 ? -1 : page.indexOf(QLatin1StringView("</title"), open, Qt::CaseInsensitive);
    return close < 0 ? QString() : plainWords(page.mid(open + 1, close - open - 1));
}

} // namespace

std::optional<HttpAnswer::ServiceError> readServiceError(const QByteArray &body)
{
    if (body.isEmpty() || body.size() > largestErrorBody)
        return {};
    const Result<JsonValue> json = readJson(body);
    if (!json || !json->isObject())
        return {};
    HttpAnswer::ServiceError error;
    error.code = json->value(u"code").toInteger();
    error.message = plainWords(json->value(u"message").toString());
    error.errorId = plainWords(json->value(u"errorId").toString());
    if (error.code == 0 && error.message.isEmpty())
        return {};
    return error;
}

Error refusalOf(const HttpAnswer &answer, const QString &host)
{
    Error error;
    switch (answer.status) {
    case 401:
    case 403:
        error.code = ErrorCode::Unauthorized;
        break;
    case 404:
        error.code = ErrorCode::NotFound;
        break;
    default:
        error.code = ErrorCode::Refused;
        break;
    }
    QString words;
    if (answer.serviceError) {
        words = answer.serviceError->message;
        QStringList marks;
        if (answer.serviceError->code != 0)
            marks.append(Texts::tr("code %1").arg(answer.serviceError->code));
        if (!answer.serviceError->errorId.isEmpty())
            marks.append(Texts::tr("error id %1").arg(answer.serviceError->errorId));
        if (!marks.isEmpty())
            words = (words.isEmpty() ? QString() : words + u' ') + u'(' + marks.join(QLatin1StringView(", ")) + u')';
    } else {
        words = pageTitle(answer.body);
    }
    const QString status = plainWords(QStringLiteral("%1 %2").arg(answer.status).arg(answer.reason));
    if (answer.status == 401)
        error.message = Texts::tr("%1 does not accept the API key.").arg(host);
    else if (answer.status == 403)
        error.message = Texts::tr("%1 does not let this key use the account.").arg(host);
    if (!error.message.isEmpty()) {
        if (!words.isEmpty())
            error.message += u' ' + Texts::tr("It says: %1").arg(words);
    } else if (answer.serviceError) {
        error.message = Texts::tr("%1 says: %2").arg(host, words);
    } else if (!words.isEmpty()) {
        error.message = Texts::tr("%1 answered %2: %3").arg(host, status, words);
    } else {
        error.message = Texts::tr("%1 answered %2 and gave no reason.").arg(host, status);
    }
    return error;
}

QString plainWords(const QString &text)
{
    QString words;
    words.reserve(std::min(text.size(), longestWords));
    for (const QChar character : text.left(4 * longestWords)) {
        const QChar::Category category = character.category();
        // Format characters too: they can turn the direction of what follows.
        const bool hidden = category == QChar::Other_Control || category == QChar::Other_Format;
        words += hidden ? QChar(u' ') : character;
    }
    words = words.simplified();
    if (words.size() > longestWords)
        words = words.left(longestWords) + u'…';
    return words;
}

std::optional<std::chrono::milliseconds> retryAfter(const QByteArray &header, const QDateTime &now)
{
    const QByteArray text = header.trimmed();
    if (text.isEmpty())
        return {};
    bool isNumber = false;
    const qint64 seconds = text.toLongLong(&isNumber);
    if (isNumber) {
        if (seconds < 0 || seconds > 1'000'000)
            return {};
        return std::chrono::seconds(seconds);
    }
    // "Wed, 21 Oct 2015 07:28:00 GMT"
    QDateTime when
        = QLocale::c().toDateTime(QString::fromLatin1(text), QStringLiteral("ddd, dd MMM yyyy hh:mm:ss 'GMT'"));
    if (!when.isValid())
        return {};
    when.setTimeSpec(Qt::UTC);
    return std::chrono::milliseconds(std::max<qint64>(0, now.msecsTo(when)));
}

} // namespace automation
