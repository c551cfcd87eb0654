#pragma once

#include "designer/drawing/theme.h"

#include <QTextLayout>
#include <QWidget>

namespace automation {

// Plain text that takes whatever width there is: breaks also within long words, unlike a label, so that it never makes
// a form wider. A part of it may be a link for the mouse; the keyboard has another way to the same. GUI thread.
class WrappedText : public QWidget
{
    Q_OBJECT
public:
    enum class Tone { Text, Muted, Accent, Ok, Warning, Error };

    explicit WrappedText(QWidget *parent = nullptr);

    void setText(const QString &text);
    QString text() const { return m_isBlank ? QString() : m_text; }
    // Keeps the room of the text and shows nothing until the next text is set.
    void makeBlank();
    void setTone(Tone tone);
    Tone tone() const { return m_tone; }
    void setPixels(int pixels); // of the text at the usual base size of 13
    void setIsBold(bool isBold);
    // Beyond so many lines the text ends with an ellipsis.
    void setMostLines(int lines);
    // What can be clicked; UTF-16 units of the text. A length of 0 is none.
    void setLink(qsizetype start, qsizetype length);
    QRect linkRect() const; // its first line

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void linkActivated(const QPoint &globalPosition);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    QFont textFont() const;
    QString shownText() const;
    // Lays the text out; returns the height.
    qreal layOut(QTextLayout &layout, int width) const;
    bool isOnLink(const QPointF &place) const;
    QColor colour() const;

    QString m_text;
    bool m_isBlank = false;
    Tone m_tone = Tone::Text;
    int m_pixels = 12;
    bool m_isBold = false;
    int m_mostLines = 0;
    qsizetype m_linkStart = 0;
    qsizetype m_linkLength = 0;
    bool m_isPressed = false;
};

} // namespace automation
