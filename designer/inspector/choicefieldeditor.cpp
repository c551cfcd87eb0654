#include "designer/inspector/choicefieldeditor.h"

#include "designer/inspector/editortools.h"

#include <QComboBox>
#include <QLineEdit>
#include <QVBoxLayout>

namespace automation {

ChoiceFieldEditor::ChoiceFieldEditor(const InputField &field, QWidget *parent)
    : FieldEditor(field, parent)
    , m_combo(new QComboBox(this))
{
    m_combo->setObjectName(QStringLiteral("editor_") + field.name);
    m_combo->setEditable(field.openChoices);
    m_combo->setInsertPolicy(QComboBox::NoInsert);
    m_combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_combo->setMinimumContentsLength(8);
    m_combo->setPlaceholderText(field.defaultValue.isNull() ? tr("Choose…") : plainText(field.defaultValue));
    m_combo->addItems(field.choices);
    m_combo->setCurrentIndex(-1);
    ignoreWheelInPassing(m_combo);
    body()->addWidget(m_combo);
    adopt(m_combo);
    if (QLineEdit *line = m_combo->lineEdit()) {
        line->setPlaceholderText(field.placeholder.isEmpty() ? m_combo->placeholderText() : field.placeholder);
        adopt(line);
        connect(line, &QLineEdit::textEdited, this, [this](const QString &text) { submitText(text); });
    }
    connect(m_combo, &QComboBox::activated, this, [this](int index) { submitText(m_combo->itemText(index)); });
}

QWidget *ChoiceFieldEditor::input() const
{
    return m_combo;
}

void ChoiceFieldEditor::showValue(const JsonValue *value)
{
    const QSignalBlocker quiet(m_combo);
    const QString text = value ? plainText(*value) : QString();
    if (m_combo->isEditable()) {
        m_combo->setCurrentIndex(m_combo->findText(text));
        replaceText(m_combo->lineEdit(), text);
        return;
    }
    // A word that is not among the choices stays visible, and choosable, as it stands.
    while (m_combo->count() > field().choices.size())
        m_combo->removeItem(m_combo->count() - 1);
    int index = m_combo->findText(text);
    if (index < 0 && !text.isEmpty()) {
        m_combo->addItem(text);
        index = m_combo->count() - 1;
    }
    m_combo->setCurrentIndex(index);
}

} // namespace automation
