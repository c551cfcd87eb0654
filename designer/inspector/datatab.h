#pragma once

#include "designer/inspector/stepdata.h"
#include "model/validation/variableuses.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QPushButton;
class QStackedWidget;
class QTreeView;

namespace automation {

class DataTreeModel;
class EmptyState;
class WrappedText;

// What data holds when a step starts: a tree of names with the values of the chosen example, and below what is known
// of the chosen one: type, value, who writes it, on which paths, who reads it. Rows are dragged into fields, put there
// with Enter, copied, and renamed with F2. Looks at the document only while it is seen. GUI thread.
class DataTab : public QWidget
{
    Q_OBJECT
public:
    explicit DataTab(StepData *stepData, QWidget *parent = nullptr); // not owned, outlives this

    // As in GraphNode::key; empty = none.
    void setNode(const QString &key);
    QTreeView *tree() const { return m_tree; }

Q_SIGNALS:
    // The person wants this path, such as data.payload.body, in the field that was edited last.
    void insertRequested(const QString &path);
    // The person wants to go to a step, or to the field of it that a pointer into the definition leads to.
    void placeRequested(const QString &key, const automation::JsonPointer &pointer);

protected:
    void showEvent(QShowEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void refresh();
    void refreshLater();
    void refreshSources();
    void refreshSamples();
    void refreshDetails();
    QString usesInWords(const AvailableData &entry) const;
    QString origin(const AvailableData &entry) const;
    QString link(const QString &key, const QString &text, const JsonPointer &place = {}) const;
    void openLink(const QString &target);
    const AvailableData *current() const;
    void copy();
    void insert();
    void rename(const QString &variable, const QString &newName);
    void showMenu(const QPoint &position);

    StepData *m_data;
    QString m_key;
    bool m_isStale = true;
    quint64 m_usesRevision = 0;
    QList<VariableUse> m_uses; // of the document at that revision
    QStackedWidget *m_pages = nullptr;
    EmptyState *m_empty = nullptr;
    QComboBox *m_sources = nullptr;
    DataTreeModel *m_model = nullptr;
    QTreeView *m_tree = nullptr;
    WrappedText *m_path = nullptr;
    WrappedText *m_value = nullptr;
    QLabel *m_origin = nullptr;
    QLabel *m_usedBy = nullptr;
    QLabel *m_error = nullptr;
    QPushButton *m_insert = nullptr;
    QPushButton *m_copy = nullptr;
    QPushButton *m_rename = nullptr;
};

} // namespace automation
