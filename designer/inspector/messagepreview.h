#pragma once

#include "designer/inspector/wrappedtext.h"

namespace automation {

// A message as its recipient will read it: a bubble with the text, and below it what it takes up. GUI thread.
class MessagePreview : public QWidget
{
    Q_OBJECT
public:
    explicit MessagePreview(QWidget *parent = nullptr);

    // isWhole: everything in it is what will arrive; otherwise parts of it are still unknown.
    void setMessage(const QString &text, bool isWhole);
    QString message() const { return m_text->text(); }
    // What stands at the left below the bubble: what it takes up as an SMS.
    void setCount(const QString &text);

protected:
    void changeEvent(QEvent *event) override;

private:
    WrappedText *m_text = nullptr;
    WrappedText *m_count = nullptr;
};

} // namespace automation
