#pragma once

#include <QAbstractButton>
#include <QList>
#include <QPointer>

class QMenu;

namespace automation {

// A rounded one-line label with a coloured dot before each text: "● 2 errors ● 1 warning", "● Sandbox ▾". Emits
// clicked() like any button; with a menu it opens that instead. Texts are plain text.
class PillLabel : public QAbstractButton
{
    Q_OBJECT
public:
    enum class Tone { None, Neutral, Ok, Warning, Error, Accent, Waiting };
    struct Part
    {
        Tone tone = Tone::None; // None: no dot
        QString text;
        QString brief = {}; // said instead where room is scarce; empty: the text
        bool operator==(const Part &other) const = default;
    };

    explicit PillLabel(QWidget *parent = nullptr);
    PillLabel(Tone tone, const QString &text, QWidget *parent = nullptr);

    void setParts(const QList<Part> &parts);
    void setPart(Tone tone, const QString &text, const QString &brief = {}) { setParts({{tone, text, brief}}); }
    void setBrief(bool isBrief);
    const QList<Part> &parts() const { return m_parts; }
    // Draws a small arrow and opens the menu on a click. The menu stays the caller's.
    void setMenu(QMenu *menu);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;
    void enterEvent(QEnterEvent *event) override;
    void leaveEvent(QEvent *event) override;

private:
    QFont labelFont() const;
    void openMenu();

    QString shownText(const Part &part) const;

    QList<Part> m_parts;
    bool m_isBrief = false;
    QPointer<QMenu> m_menu;
};

} // namespace automation
