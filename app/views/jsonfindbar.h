#pragma once

#include "designer/drawing/theme.h"
#include "model/document/textsplice.h"

#include <QFrame>
#include <QTimer>

class QLabel;
class QLineEdit;
class QPushButton;
class QToolButton;

namespace automation {

class JsonDocumentView;
class JsonEditor;

// Where a plain text stands in another: byte offsets of UTF-8, first to last, none overlapping.
struct TextMatch
{
    qsizetype start = 0;
    qsizetype end = 0;
    friend bool operator==(const TextMatch &, const TextMatch &) = default;
};
QList<TextMatch> findText(const QByteArray &text, const QString &wanted, bool matchCase, bool wholeWords);

// Finds and replaces plain text in the view it stands in. All that is replaced at once is one undo step. GUI thread.
class JsonFindBar : public QFrame
{
    Q_OBJECT
public:
    explicit JsonFindBar(JsonDocumentView *view);

    void setTheme(const Theme &theme);
    void open(bool withReplacing); // with what is selected, if it is within a line
    void close();
    void step(bool forward);
    void replaceOne();
    void replaceAll();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    JsonEditor *editor() const;
    void search();
    void showMatches();
    void showCount();
    QToolButton *addToggle(const QString &text, const QString &help, const QString &name);

    JsonDocumentView *m_view;
    QLineEdit *m_wanted;
    QLineEdit *m_replacement;
    QToolButton *m_case;
    QToolButton *m_words;
    QLabel *m_count;
    QWidget *m_replaceRow;
    QTimer m_timer; // the text changes with every key
    QList<TextMatch> m_matches;
    QString m_outcome; // of replacing, until the next search
};

} // namespace automation
