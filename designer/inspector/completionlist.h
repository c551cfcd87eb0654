#pragma once

#include <QFrame>
#include <QList>

class QLabel;
class QListView;
class QStandardItemModel;

namespace automation {

// The list that opens at the cursor: a name and what is known of it on each line, and below a sentence on the chosen
// one. A window of its own that never takes the keys; whoever opens it passes on those that choose. GUI thread.
class CompletionList : public QFrame
{
    Q_OBJECT
public:
    struct Row
    {
        QString name;
        QString detail; // "text · Hello"
        QString sentence;
        bool isDoubtful = false; // not there on every path
    };

    explicit CompletionList(QWidget *parent);

    // Opens below (or above) a line of text, in coordinates of the screen, with the first row chosen.
    void showRows(const QList<Row> &rows, const QRect &line);
    int rowCount() const;
    int current() const;
    // One step or, with pages, what is visible at once; round the ends.
    void move(int steps);
    void movePage(int pages);

Q_SIGNALS:
    void clicked(int row);

protected:
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void choose(int row);
    void place(const QRect &line);
    int neededWidth() const;

    QList<Row> m_rows;
    QStandardItemModel *m_model = nullptr;
    QListView *m_list = nullptr;
    QLabel *m_sentence = nullptr;
    int m_width = 0;
};

} // namespace automation
