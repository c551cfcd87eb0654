#pragma once

#include "designer/drawing/theme.h"
#include "designer/layout/graphlayout.h"
#include "model/definition/workflowdefinition.h"

#include <QAbstractButton>

namespace automation {

// A button with a small drawing of a workflow, its title and one sentence.
class TemplateCard : public QAbstractButton
{
    Q_OBJECT
public:
    TemplateCard(
        const QString &title, const QString &sentence, const WorkflowDefinition &definition, QWidget *parent = nullptr);
    void setTheme(const Theme &theme);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_sentence;
    LayoutResult m_layout;
    QStringList m_categories; // of the nodes
    Theme m_theme;
};

} // namespace automation
