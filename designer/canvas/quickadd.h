#pragma once

#include "designer/canvas/quickaddmodel.h"
#include "designer/drawing/theme.h"

#include <QFrame>
#include <QPointer>

class QLabel;
class QLineEdit;
class QListView;

namespace automation {

// The small panel that asks which step to add, which existing step to connect to or through which way out: search
// field, list, keys. A child of the view it lies on, so it never outlives it. Closes on Esc, when the focus leaves it
// and after a choice, and gives the focus back to where it was; emits exactly one of the four signals each time it was
// opened. GUI thread.
class QuickAdd : public QFrame
{
    Q_OBJECT
public:
    explicit QuickAdd(QWidget *parent);
    ~QuickAdd() override;

    void setTheme(const Theme &theme);
    // Shows the panel with its top middle at a place of the parent, moved so that it is whole.
    void open(const QPoint &topMiddle, const StepCatalog &catalog, const DefinitionGraph &graph, bool targets,
        const QString &exceptKey);
    // Asks something else. words: what the panel is called, what the empty field says, the keys, and what it says when
    // nothing fits.
    struct Words
    {
        QString name;
        QString field;
        QString keys;
        QString nothing;
    };
    void open(const QPoint &topMiddle, const QList<QuickAddModel::Entry> &entries, const Words &words);
    bool isOpen() const { return m_isOpen; }
    void cancel();
    // What lies over the parent's upper edge; the panel stays below it where there is room.
    void setTopMargin(int pixels) { m_topMargin = pixels; }

Q_SIGNALS:
    void typeChosen(const QString &typeName);
    void stepChosen(const QString &stepKey);
    void outcomeChosen(const QString &outcomeKey);
    void cancelled();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void ask(const QPoint &topMiddle, const Words &words);
    void goTo(int row);
    void giveFocusBack();
    void filter(const QString &text);
    void choose(int row);
    void moveBy(int rows);
    void close(bool givesFocusBack);
    void place();

    Theme m_theme = Theme::light();
    QuickAddModel *m_model;
    QLineEdit *m_search;
    QListView *m_list;
    QLabel *m_nothing;
    QLabel *m_hint;
    QPointer<QWidget> m_focusBefore;
    QPoint m_topMiddle;
    int m_topMargin = 0;
    bool m_isOpen = false;
};

} // namespace automation
