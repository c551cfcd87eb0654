#pragma once

#include <functional>
#include <QComboBox>

namespace automation {

// Chooses the step an outcome leads to. The list is asked for only when it is opened, since a workflow may have
// thousands of steps.
class TargetCombo : public QComboBox
{
    Q_OBJECT
public:
    explicit TargetCombo(QWidget *parent = nullptr);

    // Gives the ids to offer.
    void setSource(std::function<QStringList()> source) { m_source = std::move(source); }
    // The text of "leads nowhere"; empty = cannot be chosen.
    void setNoneText(const QString &text) { m_noneText = text; }
    // Shows a target without asking for the list; empty = none.
    void setTarget(const QString &id);
    QString target() const { return m_target; }

    void showPopup() override;

Q_SIGNALS:
    // The person chose; empty = none.
    void targetChosen(const QString &id);

protected:
    void wheelEvent(QWheelEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void initStyleOption(QStyleOptionComboBox *option) const override;

private:
    std::function<QStringList()> m_source;
    QString m_noneText;
    QString m_target;
};

} // namespace automation
