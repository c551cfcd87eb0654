#pragma once

#include "designer/inspector/messagelook.h"
#include "designer/inspector/wrappedtext.h"

class QVBoxLayout;

namespace automation {

// A message as its recipient will read it: a bubble with the text and what comes with it, and below it what it takes
// up. GUI thread.
class MessagePreview : public QWidget
{
    Q_OBJECT
public:
    explicit MessagePreview(QWidget *parent = nullptr);

    // isWhole: everything in it is what will arrive; otherwise parts of it are still unknown.
    void setMessage(const QString &text, bool isWhole);
    void setLook(const MessageLook &look, bool isWhole);
    // What is shown, line by line.
    QString message() const { return m_shown; }
    // What stands at the left below the bubble: what it takes up as an SMS.
    void setCount(const QString &text);

protected:
    void changeEvent(QEvent *event) override;

private:
    WrappedText *addLine(const QString &objectName, int pixels);
    void showLines(QVBoxLayout *column, QStringList lines, WrappedText::Tone tone);

    QString m_shown;
    QVBoxLayout *m_bubble = nullptr;
    WrappedText *m_media = nullptr;
    WrappedText *m_header = nullptr;
    WrappedText *m_text = nullptr;
    WrappedText *m_footer = nullptr;
    QVBoxLayout *m_buttons = nullptr;
    QVBoxLayout *m_rows = nullptr;
    WrappedText *m_count = nullptr;
};

} // namespace automation
