#pragma once

#include "random.h"

#include "model/json/jsonvalue.h"
#include "model/json/jsonwriter.h"

namespace automation {

// Random JSON values, texts and edits for property tests.
class RandomJson
{
public:
    // random must outlive this.
    explicit RandomJson(Random &random)
        : m_random(random)
    {
    }

    // Any value: names and texts of all scripts, control characters and half surrogate pairs, numbers of any length,
    // duplicate keys; containers at most depth deep.
    JsonValue value(int depth);
    // A text that reads back as value, in any legal formatting: byte order mark, all line ends mixed, tabs, blank
    // lines, containers on one line and on many, escapes where none are needed, no final newline.
    QByteArray text(const JsonValue &value);
    // One change somewhere in the tree.
    void mutate(JsonValue &value);

private:
    QString string();
    QString key();
    QByteArray blanks();
    QByteArray lineBreak();
    QByteArray quoted(const QString &string);
    void appendText(QByteArray &out, const JsonValue &value, int level);

    Random &m_random;
    // How the text being written looks.
    int m_carelessness = 0; // percent of places with blanks of their own
    int m_lineEnds = 0; // 0 LF, 1 CRLF, 2 CR, 3 mixed
    int m_escapes = 0; // percent of characters written as escapes
    bool m_usuallyBlock = false;
    JsonStyle m_style;
};

} // namespace automation
