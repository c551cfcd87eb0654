#pragma once

#include <QWidget>

class QBoxLayout;
class QGridLayout;

namespace automation {

class TemplateCard;
struct Theme;

// What the window shows while no document is open: templates, an empty workflow, a file, an account.
class WelcomePage : public QWidget
{
    Q_OBJECT
public:
    explicit WelcomePage(QWidget *parent = nullptr);
    void setTheme(const Theme &theme);

Q_SIGNALS:
    void templateChosen(const QString &templateId);
    void emptyRequested();
    void openRequested();
    void fetchRequested();

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void place();

    QGridLayout *m_grid;
    QBoxLayout *m_buttons;
    QList<TemplateCard *> m_cards;
    int m_columns = 0;
    int m_lines = 0; // of a card's sentence
    QColor m_canvas;
    QColor m_dots;
};

} // namespace automation
