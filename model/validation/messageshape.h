#pragma once

#include <QStringView>

namespace automation {

// What the messages look like that start workflows and answer waits (API reference §4): the names of the members.
namespace MessageShape {

enum class Kind : quint8 { Sms, Chat };

bool isEnvelopeKey(QStringView name); // payload and its neighbours; also what the service adds to data
bool isPayloadKey(Kind kind, QStringView name);
// Of payload.user and payload.recipient, which chat messages have; true for any other object.
bool isMemberOf(QStringView object, QStringView name);

// Where the same thing stands in a message of the other kind: "content.text" for the SMS' "body". Paths below payload;
// empty when there is none.
QStringView sameIn(Kind kind, QStringView path);

// The kind of the answers on a channel; false when the channel is not known.
bool kindOfChannel(QStringView channel, Kind *kind);

} // namespace MessageShape

} // namespace automation
