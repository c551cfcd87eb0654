#pragma once

#include "designer/inspector/fieldeditor.h"

class QLineEdit;

namespace automation {

// The id of a step. Reported only when editing is finished, since every reference follows a rename.
class IdFieldEditor : public FieldEditor
{
    Q_OBJECT
public:
    IdFieldEditor(const InputField &field, QWidget *parent);
    QWidget *input() const override;
    bool commit() override;
    // The id reported last cannot be had: says why and leaves the text for correction.
    void refuse(const QString &reason);

protected:
    void showValue(const JsonValue *value) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QLineEdit *m_line = nullptr;
    QString m_current; // the id in the definition
    bool m_refused = false;
};

} // namespace automation
