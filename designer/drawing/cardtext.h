#pragma once

#include "designer/drawing/cardcontent.h"

#include <QFont>
#include <QStaticText>

class QPainter;

namespace automation {

// A text laid out once: where its baseline starts and what it is drawn with.
struct TextRun
{
    enum class Role { Title, Type, Plain, Value, Expression, Cell };
    QString text; // elided to its place
    QStaticText laidOut;
    QFont font;
    qreal ascent = 0;
    QPointF baseline; // from the card's top left corner
    qreal width = 0;
    Role role = Role::Plain;
    QRectF pill; // behind an expression; the "+" of an open Cell
    int outcome = -1; // of a Cell
    QRectF sign; // of a Cell: where the sign of its tone goes; null without
};

// The texts of one card, measured, elided and placed. Belongs to one thread with a GUI application.
class CardText
{
public:
    explicit CardText(const CardContent &card);

    const QList<TextRun> &runs() const { return m_runs; }
    // Draws one run in the pen's colour; as plain text on vector devices, so that it stays text.
    static void draw(QPainter &painter, const TextRun &run, const QPointF &cardTopLeft, bool isVector);
    static const QFont &font(TextRun::Role role);
    // One text by itself, cut to the room there is; where its baseline starts is for the caller to say.
    static TextRun run(const QString &text, TextRun::Role role, qreal available);

private:
    void addSummary(const CardContent &card);
    void addCells(const CardContent &card);
    static TextRun measured(const QString &text, TextRun::Role role, qreal available);

    QList<TextRun> m_runs;
};

} // namespace automation
