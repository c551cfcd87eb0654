#pragma once

#include "app/views/templatecard.h"

#include <QWidget>

class QGridLayout;

namespace automation {

// Cards in as many columns as there is room for, one of them chosen. The arrows, Home and End choose another one; Tab
// leaves the cards. GUI thread.
class TemplateGrid : public QWidget
{
    Q_OBJECT
public:
    explicit TemplateGrid(QWidget *parent = nullptr);

    // Each stands behind the ones before, once arrange() is called.
    void addCard(const QString &key, const QString &title, const QString &sentence, const CardDrawing &drawing);
    // A widget over the whole width, below the cards so far.
    void addWide(QWidget *widget);
    void removeFrom(qsizetype place); // that one and all that were added after it
    void arrange(); // after adding and removing
    qsizetype count() const { return m_parts.size(); }
    void setTheme(const Theme &theme);

    QString current() const { return m_current; } // key; empty before one is chosen
    // False when there is no such card.
    bool setCurrent(const QString &key);
    TemplateCard *card(const QString &key) const;

Q_SIGNALS:
    void currentChanged(const QString &key);
    void activated(); // by a double click

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    struct Part
    {
        QString key; // of a card
        QWidget *widget = nullptr;
        bool isCard = false;
    };
    void place();
    void choose(const QString &key, bool takeFocus);
    bool moveBy(int key);

    QGridLayout *m_layout;
    QList<Part> m_parts;
    QString m_current;
    Theme m_theme;
    int m_columns = 0;
};

} // namespace automation
