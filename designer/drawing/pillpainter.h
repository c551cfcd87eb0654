#pragma once

#include "designer/drawing/boxpainter.h"
#include "designer/drawing/cardtext.h"
#include "designer/drawing/graphscene.h"
#include "designer/drawing/theme.h"

#include <QCoreApplication>
#include <unordered_map>

namespace automation {

// Draws the pills of jumps: a word about the other end on a rounded box. Keeps texts and boxes it has drawn. Belongs to
// one thread.
class PillPainter
{
    Q_DECLARE_TR_FUNCTIONS(PillPainter)
public:
    void setTheme(const Theme &theme) { m_theme = theme; }
    void forgetTexts() { m_texts.clear(); }

    // outline: invalid for none. The fill may be dimmed with the rest.
    struct Look
    {
        QColor outline;
        qreal width = 1;
        qreal opacity = 1;
    };
    void paintSource(QPainter &painter, const PixelGrid &grid, const GraphScene &scene, int edge, const QRectF &pill,
        const Look &look);
    void paintTarget(QPainter &painter, const PixelGrid &grid, const GraphScene &scene, int edge, const QRectF &pill,
        const Look &look);

    // What they say: where the jump leads, where the jumps here come from.
    static QString sourceText(const GraphScene &scene, int edge);
    static QString targetText(const GraphScene &scene, int edge);

private:
    void paint(
        QPainter &painter, const PixelGrid &grid, const QString &text, int key, const QRectF &pill, const Look &look);

    Theme m_theme = Theme::light();
    BoxPainter m_boxes;
    std::unordered_map<int, TextRun> m_texts; // by edge; of targets by -1 - edge
};

} // namespace automation
