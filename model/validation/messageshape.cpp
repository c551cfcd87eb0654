#include "model/validation/messageshape.h"

#include <algorithm>
#include <cstring>

namespace automation {

namespace {

template <size_t N> bool contains(const QStringView (&names)[N], QStringView name)
{
    return std::any_of(std::begin(names), std::end(names), [name](QStringView known) {
        return known.size() == name.size()
            && std::memcmp(known.utf16(), name.utf16(), size_t(name.size()) * sizeof(char16_t)) == 0;
    });
}

constexpr QStringView envelope[] = {
    u"payload", u"namespace", u"eventType", u"description", u"version", u"accountId", u"subAccountId", u"triggeredAt"};
constexpr QStringView sms[]
    = {u"body", u"source", u"destination", u"timestamp", u"umid", u"subAccountId", u"encoding", u"smsCount", u"price"};
constexpr QStringView chat[]
    = {u"user", u"content", u"timestamp", u"type", u"recipient", u"umid", u"subAccountId", u"replyToUmid"};
constexpr QStringView user[] = {u"msisdn", u"channelUserId", u"name", u"username"};
constexpr QStringView recipient[] = {u"channel", u"channelId"};

struct Pair
{
    QStringView sms;
    QStringView chat;
};
constexpr Pair pairs[]
    = {{u"body", u"content.text"}, {u"source", u"user.msisdn"}, {u"destination", u"recipient.channelId"}};

} // namespace

bool MessageShape::isEnvelopeKey(QStringView name)
{
    return contains(envelope, name);
}

bool MessageShape::isPayloadKey(Kind kind, QStringView name)
{
    return kind == Kind::Sms ? contains(sms, name) : contains(chat, name);
}

bool MessageShape::isMemberOf(QStringView object, QStringView name)
{
    if (object == u"user")
        return contains(user, name);
    return object != u"recipient" || contains(recipient, name);
}

QStringView MessageShape::sameIn(Kind kind, QStringView path)
{
    if (kind == Kind::Sms && path == u"user.channelUserId")
        return u"source";
    for (const Pair &pair : pairs) {
        if (path == (kind == Kind::Sms ? pair.chat : pair.sms))
            return kind == Kind::Sms ? pair.sms : pair.chat;
    }
    return {};
}

bool MessageShape::kindOfChannel(QStringView channel, Kind *kind)
{
    static constexpr QStringView chats[] = {u"whatsapp", u"viber", u"line", u"rcs", u"wechat", u"zalo", u"messenger",
        u"facebook", u"instagram", u"kakaotalk", u"telegram"};
    const QStringView name = channel.trimmed();
    if (name == u"sms" || name.compare(u"sms", Qt::CaseInsensitive) == 0) {
        *kind = Kind::Sms;
        return true;
    }
    const bool isChat = std::any_of(std::begin(chats), std::end(chats),
        [name](QStringView known) { return name.compare(known, Qt::CaseInsensitive) == 0; });
    if (isChat)
        *kind = Kind::Chat;
    return isChat;
}

} // namespace automation
