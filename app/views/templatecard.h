#pragma once

#include "designer/drawing/theme.h"
#include "designer/layout/graphlayout.h"
#include "model/definition/workflowdefinition.h"

#include <QAbstractButton>

namespace automation {

// A small drawing of a workflow. Value type.
struct CardDrawing
{
    LayoutResult layout;
    QStringList categories; // of the nodes
};
// Pure function, any thread; of a large workflow it takes its time.
CardDrawing cardDrawing(const WorkflowDefinition &definition);

// A button with a small drawing of a workflow, its title and one sentence. Checked, it has the outline of what is
// selected.
class TemplateCard : public QAbstractButton
{
    Q_OBJECT
public:
    TemplateCard(const QString &title, const QString &sentence, const CardDrawing &drawing, QWidget *parent = nullptr);
    void setTheme(const Theme &theme);
    // How many lines the sentence has room for; 1 at first.
    void setSentenceLines(int lines);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_sentence;
    CardDrawing m_drawing;
    Theme m_theme;
    int m_sentenceLines = 1;
};

} // namespace automation
