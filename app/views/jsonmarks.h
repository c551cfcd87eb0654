#pragma once

#include "designer/drawing/theme.h"
#include "model/json/jsonvalue.h"
#include "model/validation/problem.h"

#include <QObject>

namespace automation {

class JsonEditor;

// What is wrong, shown in a text: a wavy line under the place, an icon at the edge of its line, and a tool tip at both
// with the sentence and the name of the rule. Marks move with the text until the next are set. GUI thread.
class JsonMarks : public QObject
{
    Q_OBJECT
public:
    explicit JsonMarks(JsonEditor *editor); // which owns this

    struct Mark
    {
        qsizetype start = 0; // byte offsets in the editor's text
        qsizetype end = 0;
        Problem::Severity severity = Problem::Severity::Error;
        QString message; // plain text
        QString rule; // may be empty
    };

    using Range = std::pair<qsizetype, qsizetype>; // from, to behind

    void setTheme(const Theme &theme);
    void setMarks(const QList<Mark> &marks);
    const QList<Mark> &marks() const { return m_marks; }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void show();
    void underline(int indicator, const QList<Range> &wanted);
    void markLines(int marker, const QList<int> &wanted);
    QString toolTipAt(const QPoint &position) const;

    JsonEditor *m_editor;
    QList<Mark> m_marks;
    QColor m_colors[3];
};

} // namespace automation
