#pragma once

#include "model/expression/functioncall.h"

#include <QFrame>

class QLabel;

namespace automation {

// Above the line in which a call is written: what the function takes, the value the cursor stands in set off, and a
// sentence on that one. A window of its own that never takes keys or clicks. GUI thread.
class SignatureHelp : public QFrame
{
    Q_OBJECT
public:
    explicit SignatureHelp(QWidget *parent);

    // line: the line of text the call stands in, in coordinates of the screen.
    void showCall(const FunctionCall &call, const QRect &line);
    QString sentence() const; // on the value the cursor stands in

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QLabel *m_signature = nullptr;
    QLabel *m_sentence = nullptr;
};

} // namespace automation
