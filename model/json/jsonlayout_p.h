#pragma once

// How a JSON text is laid out, for this folder only.

#include "model/json/jsonvalue.h"
#include "model/json/jsonwriter.h"

namespace automation {

// The blanks and punctuation between the elements of one container of a text. A view: text and container must
// outlive it.
//
//   { lead 0 "key" colon 0 value trail 0 , lead 1 "key" colon 1 value tail }
class ContainerLayout
{
public:
    ContainerLayout(QByteArrayView text, const JsonValue &container)
        : m_text(text)
        , m_container(container)
    {
    }

    qsizetype elementStart(qsizetype index) const;
    QByteArrayView lead(qsizetype index) const;
    QByteArrayView colon(qsizetype index) const; // with the blanks round it; objects only
    QByteArrayView trail(qsizetype index) const; // blanks before the comma; empty for the last element
    QByteArrayView tail() const; // blanks before the closing bracket
    QByteArrayView source(qsizetype index) const; // text of the value

    // What most elements but the first have before them; with one element, what it has when it stands on a line of
    // its own, else fallback.
    QByteArray usualLead(const QByteArray &fallback) const;
    QByteArray usualColon(const QByteArray &fallback) const;
    QByteArray usualTrail() const;

private:
    QByteArrayView slice(qsizetype start, qsizetype end) const { return m_text.sliced(start, end - start); }

    QByteArrayView m_text;
    const JsonValue &m_container;
};

bool hasLineBreak(QByteArrayView blanks);
// What stands after the last line break.
QByteArrayView marginOf(QByteArrayView blanks);

// The styles in which new values fit into a text.
struct TextLayout
{
    JsonStyle block;
    JsonStyle oneLine;
    bool multiLine = true; // false: the whole text is on one line and stays so
};
// Looks at the first containers of the text only, so that surveying a large file stays cheap.
TextLayout surveyLayout(QByteArrayView text, const JsonValue &root);

} // namespace automation
