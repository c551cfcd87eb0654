#pragma once

#include "model/document/workflowdocument.h"

#include <QWidget>

class QLabel;
class QPlainTextEdit;

namespace automation {

// A whole step as JSON text. Applied when the editor loses the focus or with Ctrl+Enter; while the text cannot be
// applied the line below says why and the text stays. The trigger is shown but not edited here.
class StepJsonEditor : public QWidget
{
    Q_OBJECT
public:
    StepJsonEditor(WorkflowDocument *document, QWidget *parent);

    // Shows the node of this key; call it again after every change of the document. A text that was edited but not
    // applied stays as long as the key is the same.
    void setNode(const QString &key);
    QPlainTextEdit *editor() const { return m_editor; }
    // True when nothing was typed or it could be applied.
    bool commit();
    // True while commit() changes the document: the step may have another key until applied() says so.
    bool isApplying() const { return m_applying; }
    // Nothing typed here counts any more; for an editor that is about to be deleted.
    void retire() { m_retired = true; }

Q_SIGNALS:
    // The step was replaced and may have another key now.
    void applied(const QString &key);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void showError(const QString &message);

    WorkflowDocument *m_document = nullptr;
    QString m_key;
    QPlainTextEdit *m_editor = nullptr;
    QLabel *m_error = nullptr;
    QLabel *m_hint = nullptr;
    JsonValue m_shown;
    bool m_edited = false;
    bool m_applying = false;
    bool m_retired = false;
};

} // namespace automation
