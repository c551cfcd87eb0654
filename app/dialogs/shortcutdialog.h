#pragma once

#include <QDialog>

class QAction;
class QLineEdit;
class QStandardItemModel;
class QTreeView;

namespace automation {

// The list of what keys and mouse do: the keys of the actions as they are, under their menus, then the gestures on the
// drawing. A field filters it.
class ShortcutDialog : public QDialog
{
    Q_OBJECT
public:
    // menus: the actions of the menu bar.
    explicit ShortcutDialog(const QList<QAction *> &menus, QWidget *parent = nullptr);

private:
    void addMenu(const QString &title, const QList<QAction *> &actions, int depth);
    void addGroup(const QString &title, const QList<std::pair<QString, QString>> &rows);
    void filter(const QString &text);

    QStandardItemModel *m_model;
    QTreeView *m_view;
    QLineEdit *m_field;
};

} // namespace automation
