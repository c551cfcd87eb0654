#pragma once

#include "model/json/jsonvalue.h"

#include <QStringList>

namespace automation {

// What its recipient sees of a chat message, as far as it can be told from what is sent. Texts are plain.
struct MessageLook
{
    QString media; // a file or a place in words: "Picture · menu.jpg"
    QString header;
    QString text;
    QString footer;
    QStringList buttons;
    QStringList rows; // of a list, titles of sections included

    bool isEmpty() const;
    // All of it in one text, line by line.
    QString words() const;
};

// type: the kind of message in the words of the messaging API; content as it is sent.
MessageLook messageLook(const QString &type, const JsonValue &content);

} // namespace automation
