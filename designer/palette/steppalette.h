#pragma once

#include "model/definition/stepcatalog.h"

#include <QWidget>

class QLineEdit;
class QListView;
class QStandardItemModel;
class QStackedWidget;

namespace automation {

class EmptyState;
class PaletteList;

// The list of step types: a search field and, by category, one row a type that can be dragged onto a canvas or chosen
// with Enter or a double click. The data dragged is stepTypeMimeType with the type's name as UTF-8. GUI thread; the
// catalogue must outlive the widget.
class StepPalette : public QWidget
{
    Q_OBJECT
public:
    explicit StepPalette(const StepCatalog &catalog = StepCatalog::builtIn(), QWidget *parent = nullptr);

    static QString stepTypeMimeType(); // "application/x-automation-step-type"
    // The category's name for people.
    static QString categoryLabel(const QString &category);

    QLineEdit *searchField() const { return m_search; }
    QListView *list() const;
    // Names of the types shown now, top to bottom.
    QStringList visibleTypes() const;
    // The selected row's type, empty when none is.
    QString currentType() const;
    // Puts the cursor into the search field with its text selected.
    void focusSearch();

Q_SIGNALS:
    // Enter or a double click on a row: the person wants such a step.
    void stepActivated(const QString &typeName);
    void dragStarted(const QString &typeName);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void fill();
    void activate();
    void moveSelection(int step);

    const StepCatalog &m_catalog;
    QLineEdit *m_search = nullptr;
    QStackedWidget *m_stack = nullptr;
    PaletteList *m_list = nullptr;
    EmptyState *m_nothing = nullptr;
    QStandardItemModel *m_model = nullptr;
};

} // namespace automation
