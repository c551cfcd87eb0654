#pragma once

#include <QWidget>

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

private:
    QList<TemplateCard *> m_cards;
    QColor m_canvas;
    QColor m_dots;
};

} // namespace automation
