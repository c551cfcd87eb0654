#pragma once

#include "model/document/templatefilling.h"

#include <QWidget>

class QLineEdit;
class QPlainTextEdit;
class QVBoxLayout;

namespace automation {

class WrappedText;

// The fields of what a template asks for, each with its label, its example and what is wrong with the answer. GUI
// thread.
class TemplateForm : public QWidget
{
    Q_OBJECT
public:
    explicit TemplateForm(QWidget *parent = nullptr);

    void setTemplate(const WorkflowTemplate &item);
    QStringList answers() const; // one for each question
    // What the check of these answers found; one for each question.
    void showFindings(const QList<std::optional<FilledTemplate::Finding>> &findings);
    void focusField(int question);
    QList<QWidget *> editors() const; // from top to bottom

Q_SIGNALS:
    void changed();

private:
    struct Field
    {
        QLineEdit *line = nullptr;
        QPlainTextEdit *message = nullptr;
        WrappedText *note = nullptr;
        QString help;

        QWidget *editor() const;
        QString answer() const;
    };
    void addField(const WorkflowTemplate &item, const TemplateQuestion &question, int number);

    QVBoxLayout *m_layout;
    QWidget *m_content = nullptr; // of the present template
    QList<Field> m_fields;
};

} // namespace automation
