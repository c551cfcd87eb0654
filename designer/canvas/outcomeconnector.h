#pragma once

#include "designer/canvas/quickaddmodel.h"

#include <QObject>

namespace automation {

class GraphView;
class QuickAdd;
class Theme;

// Connects and disconnects the ways out of a step without a pointer: asks which way out, when the step has several,
// then which step it leads to, by a few letters. Each is one command on the document; Esc leaves no trace. What a way
// out may not lead to is not offered. GUI thread; belongs to the view.
class OutcomeConnector : public QObject
{
    Q_OBJECT
public:
    explicit OutcomeConnector(GraphView &view);

    // Of the way out the keys are on, of the selected connection, or of the selected step.
    void connectCurrent();
    void disconnectCurrent();
    // What can be done with the current selection.
    bool canConnect() const;
    bool canDisconnect() const;
    void cancel();
    QuickAdd *panel() const { return m_panel; }

private:
    // What the person is asked next.
    enum class Question { None, WhichToConnect, WhichToDisconnect, WhereTo };
    QList<QuickAddModel::Entry> outcomes(const QString &key, bool connectedOnly) const;
    QList<QuickAddModel::Entry> targets(const QString &key, const QString &outcomeKey) const;
    QString currentStep() const; // empty unless exactly one is meant
    void askOutcome(Question question, const QString &key, const QList<QuickAddModel::Entry> &entries);
    void askTarget(const QString &key, const QString &outcomeKey);
    void takeOutcome(const QString &outcomeKey);
    void takeTarget(const QString &targetKey);
    void disconnect(const QString &key, const QString &outcomeKey);
    QPoint placeOf(const QString &key, const QString &outcomeKey) const;

    GraphView &m_view;
    QuickAdd *m_panel;
    Question m_question = Question::None;
    QString m_key;
    QString m_outcomeKey;
};

} // namespace automation
