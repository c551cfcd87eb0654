#pragma once

#include "model/definition/stepcatalog.h"

#include <QDialog>

class QCheckBox;
class QComboBox;
class QLabel;
class QPushButton;

namespace automation {

class CodeView;
struct Theme;

// Asks for the payload that a test run starts with: an example of the trigger to begin with, editable, checked as
// it is typed.
class TestRunDialog : public QDialog
{
    Q_OBJECT
public:
    // trigger may be nullptr (unknown): then an empty object is offered. publishText: sentence of the check box that
    // publishes the edited workflow first; empty = the published version is what is open, no box.
    TestRunDialog(const StepType *trigger, const QString &subAccountId, const QString &publishText, const Theme &theme,
        QWidget *parent = nullptr);

    JsonValue payload() const { return m_payload; }
    bool publishFirst() const;
    void requirePublishing(); // there is no published version to run instead
    // Another example, in front of those of the trigger and chosen.
    void offerFirst(const QString &name, const JsonValue &payload);
    // The payload to begin with instead of an example.
    void setPayload(const JsonValue &payload);

private:
    void showExample(int index);
    void check();

    QList<std::pair<QString, JsonValue>> m_examples;
    QComboBox *m_example;
    CodeView *m_code;
    QLabel *m_status;
    QCheckBox *m_publishFirst;
    QLabel *m_publishNote;
    bool m_publishingRequired = false;
    QPushButton *m_run;
    JsonValue m_payload;
};

} // namespace automation
