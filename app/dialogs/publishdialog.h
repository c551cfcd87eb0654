#pragma once

#include "model/api/apivalues.h"
#include "model/definition/workflowdefinition.h"

#include <QDialog>

class QComboBox;
class QLabel;
class QPushButton;

namespace automation {

class DiffView;
struct Theme;

// What two versions of a workflow are compared by: name, trigger, subaccount, steps; not what the service adds.
QByteArray comparableText(const WorkflowDefinition &definition);

// Asks where a workflow goes and shows what would change there before anything is sent.
class PublishDialog : public QDialog
{
    Q_OBJECT
public:
    struct Target
    {
        QString account; // for people
        QList<DefinitionInfo> definitions;
        QString linkedId; // published as this before; empty = never
        int linkedVersion = 0; // the version published from here
    };

    PublishDialog(const WorkflowDefinition &definition, int errorCount, const Target &target, const Theme &theme,
        QWidget *parent = nullptr);
    QString definitionId() const; // empty = create a new one

private:
    void showChoice();

    WorkflowDefinition m_definition;
    Target m_target;
    QComboBox *m_choice;
    QLabel *m_warning;
    DiffView *m_diff;
    QPushButton *m_publish;
};

} // namespace automation
