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
    if (!field.required && !field.openChoices)
        m_combo->addItem(tr("Not set"));
    m_ownCount = m_combo->count();
    m_combo->setCurrentIndex(-1);
    ignoreWheelInPassing(m_combo);
    body()->addWidget(m_combo);
    adopt(m_combo);
    if (QLineEdit *line = m_combo->lineEdit()) {
        line->setPlaceholderText(field.placeholder.isEmpty() ? m_combo->placeholderText() : field.placeholder);
        adopt(line);
        connect(line, &QLineEdit::textEdited, this, &ChoiceFieldEditor::choose);
    }
    connect(m_combo, &QComboBox::activated, this, [this](int index) {
        const bool isNone = index == this->field().choices.size() && index < m_ownCount;
        choose(isNone ? QString() : m_combo->itemText(index));
        if (isNone)
            m_combo->setCurrentIndex(-1); // what is assumed then shows through
    });
}

// A word there need not be is not there rather than empty.
void ChoiceFieldEditor::choose(const QString &word)
{
    if (word.isEmpty() && !field().required)
        submit(std::nullopt);
    else
        submitText(word);
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
    while (m_combo->count() > m_ownCount)
        m_combo->removeItem(m_combo->count() - 1);
    int index = int(field().choices.indexOf(text));
    if (index < 0 && !text.isEmpty()) {
        m_combo->addItem(text);
        index = m_combo->count() - 1;
    }
    m_combo->setCurrentIndex(index);
}

} // namespace automation
