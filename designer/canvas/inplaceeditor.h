#pragma once

#include <QLineEdit>

namespace automation {

// A field on the drawing for one short text: a step's id. Enter and leaving it take the text over, Esc does not. A
// child of the view it lies on. GUI thread.
class InPlaceEditor : public QLineEdit
{
    Q_OBJECT
public:
    explicit InPlaceEditor(QWidget *parent);

    // key: what the text belongs to; given back with it.
    void open(const QString &key, const QString &text);
    void cancel(); // nothing when it is closed
    bool isOpen() const { return m_isOpen; }
    QString key() const { return m_key; }

Q_SIGNALS:
    // A text other than the one it was opened with. The editor stays open until close() or cancel().
    void finished(const QString &key, const QString &text, bool *accepted);
    void closed();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    bool take();
    void close(bool giveFocusBack);

    QString m_key;
    QString m_before;
    bool m_isOpen = false;
};

} // namespace automation
