#include "app/settings/publishedlinks.h"

#include <QCryptographicHash>

namespace automation {

namespace {

constexpr auto groupName = "publishedLinks";

// Paths and addresses hold slashes, which settings take for groups.
QString settingsKey(const QString &text)
{
    return QString::fromLatin1(QCryptographicHash::hash(text.toUtf8(), QCryptographicHash::Sha256).toHex().left(32));
}

} // namespace

PublishedLinks::PublishedLinks(QSettings *settings)
    : m_settings(settings)
{
}

PublishedLinks::Link PublishedLinks::find(const QString &accountKey, const QString &document) const
{
    if (document.isEmpty())
        return {};
    const QString key = QLatin1String(groupName) + u'/' + settingsKey(accountKey) + u'/' + settingsKey(document);
    return {m_settings->value(QString(key + u"/id"_qs)).toString(),
        m_settings->value(QString(key + u"/version"_qs)).toInt()};
}

void PublishedLinks::set(const QString &accountKey, const QString &document, const Link &link)
{
    if (document.isEmpty())
        return;
    const QString key = QLatin1String(groupName) + u'/' + settingsKey(accountKey) + u'/' + settingsKey(document);
    m_settings->setValue(QString(key + u"/id"_qs), link.definitionId);
    m_settings->setValue(QString(key + u"/version"_qs), link.version);
}

void PublishedLinks::remove(const QString &accountKey, const QString &definitionId)
{
    m_settings->beginGroup(QString(QLatin1String(groupName) + u'/' + settingsKey(accountKey)));
    for (const QString &document : m_settings->childGroups()) {
        if (m_settings->value(QString(document + u"/id"_qs)).toString() == definitionId)
            m_settings->remove(document);
    }
    m_settings->endGroup();
}

} // namespace automation
