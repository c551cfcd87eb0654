#include "designer/accessibility/canvaswords.h"

#include <QCoreApplication>

namespace automation::CanvasWords {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(CanvasWords)
};

} // namespace

QString step(const SceneNode &node)
{
    QStringList parts {node.card.title};
    if (!node.card.typeLabel.isEmpty())
        parts.append(node.card.typeLabel);
    QString summary;
    for (const SummaryPiece &piece : node.card.summary())
        summary += piece.text;
    if (!summary.trimmed().isEmpty())
        parts.append(summary.simplified());
    return parts.join(Words::tr(", ", "between the parts of a name that is read aloud"));
}

QString outcomeLabel(const CardContent &card, qsizetype outcome)
{
    const QString text = card.textOf(outcome);
    return text.isEmpty() ? Words::tr("Next") : text;
}

QString outcome(const GraphScene &scene, int node, int outcome)
{
    const CardContent &card = scene.nodes().at(node).card;
    const OutcomeCell &cell = card.outcomes.at(outcome);
    const QString label = outcomeLabel(card, outcome);
    const int edge = scene.edgeOf(node, outcome);
    if (edge >= 0)
        return Words::tr("%1, leads to %2").arg(label, scene.nodes().at(scene.edges().at(edge).to).card.title);
    return cell.isDangling ? Words::tr("%1, leads to a step that does not exist").arg(label)
                           : Words::tr("%1, open").arg(label);
}

QString connection(const GraphScene &scene, int edge)
{
    const SceneEdge &line = scene.edges().at(edge);
    const SceneNode &from = scene.nodes().at(line.from);
    const QString to = scene.nodes().at(line.to).card.title;
    const QString label = from.card.textOf(line.outcome);
    return label.isEmpty() ? Words::tr("From %1 to %2").arg(from.card.title, to)
                           : Words::tr("From %1, %2, to %3").arg(from.card.title, label, to);
}

} // namespace automation::CanvasWords
