#pragma once

#include "app/commands/commandpalettemodel.h"

#include <QFrame>

class QLabel;
class QLineEdit;
class QListView;

namespace automation {

// The panel that finds and runs any action of the menus, and goes to any step, by a few letters. A child of the window
// it lies on. Closes on Esc, on a choice and when the focus leaves it. GUI thread.
class CommandPalette : public QFrame
{
    Q_OBJECT
public:
    explicit CommandPalette(QWidget *parent);
    ~CommandPalette() override;

    void open(const QList<QAction *> &menus, const DefinitionGraph *graph, const QStringList &recent);
    bool isOpen() const { return m_isOpen; }
    void close();

Q_SIGNALS:
    // The panel is closed and the focus back where it was; the entry is to be run.
    void chosen(const automation::CommandPaletteModel::Entry &entry);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void filter(const QString &text);
    void choose(int row);
    void moveBy(int rows);
    void place();

    CommandPaletteModel *m_model;
    QLineEdit *m_field;
    QListView *m_list;
    QLabel *m_nothing;
    QPointer<QWidget> m_focusBefore;
    bool m_isOpen = false;
};

} // namespace automation
