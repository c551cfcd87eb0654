#include "designer/inspector/contentfieldeditor.h"

#include "designer/inspector/editortools.h"
#include "designer/inspector/messagelook.h"
#include "designer/inspector/messagepreview.h"
#include "designer/style/themedicon.h"

#include <QPushButton>
#include <QVBoxLayout>

namespace automation {

namespace {

using Editor = InputField::Editor;

// Adds the places in a value that no field shows, as dotted names. path: where the value stands among the inputs.
void collectUnshown(
    const JsonValue &value, const QStringList &path, const QList<const InputField *> &fields, QStringList *places)
{
    bool hasInner = false;
    for (const InputField *field : fields) {
        if (field->keys == path) {
            if (field->editor != Editor::List)
                return;
            for (qsizetype i = 0; i < value.size(); ++i) {
                const JsonValue &element = value.at(i);
                QList<const InputField *> parts;
                for (const InputField &part : field->items) {
                    if (part.isMeant(element))
                        parts.append(&part);
                }
                for (qsizetype k = 0; element.isObject() && k < element.size(); ++k) {
                    // What every new element has need not be shown.
                    if (element.at(k) != field->newItem.value(element.keyAt(k)) || !element.at(k).isString())
                        collectUnshown(element.at(k), {element.keyAt(k)}, parts, places);
                }
            }
            return;
        }
        hasInner = hasInner || (field->keys.size() > path.size() && field->keys.first(path.size()) == path);
    }
    if (!hasInner || !value.isObject()) {
        if (!(hasInner && value.isNull()))
            places->append(path.join(u'.'));
        return;
    }
    for (qsizetype i = 0; i < value.size(); ++i)
        collectUnshown(value.at(i), path + QStringList {value.keyAt(i)}, fields, places);
}

} // namespace

ContentFieldEditor::ContentFieldEditor(const InputField &field, QWidget *parent)
    : JsonFieldEditor(field, parent)
    , m_preview(new MessagePreview(this))
    , m_switch(new QPushButton(tr("%1 as JSON").arg(field.label), this))
    , m_label(field.label)
{
    m_switch->setObjectName(QStringLiteral("json_") + field.name);
    m_switch->setProperty("link", true);
    m_switch->setCheckable(true);
    // Above the label, which names the text below it.
    static_cast<QVBoxLayout *>(layout())->insertWidget(0, m_preview);
    body()->insertWidget(0, m_switch, 0, Qt::AlignLeft);
    connect(m_switch, &QPushButton::clicked, this, [this](bool isOn) {
        m_isOpen = isOn;
        refresh();
        if (isOn)
            input()->setFocus(Qt::OtherFocusReason);
    });
    connect(this, &FieldEditor::edited, this, &ContentFieldEditor::refresh);
}

void ContentFieldEditor::setInputs(const JsonValue &inputs)
{
    if (inputs == m_inputs)
        return;
    m_inputs = inputs;
    refresh();
}

void ContentFieldEditor::showValue(const JsonValue *value)
{
    JsonFieldEditor::showValue(value);
    refresh();
}

void ContentFieldEditor::refresh()
{
    QList<const InputField *> fields;
    bool hasParts = false;
    for (qsizetype i = 0; m_fields && i < m_fields->size(); ++i) {
        const InputField &each = m_fields->at(i);
        if (each.editor == Editor::Content || each.keys.size() <= field().keys.size() || !each.isMeant(m_inputs)
            || each.keys.first(field().keys.size()) != field().keys)
            continue;
        fields.append(&each);
        hasParts = hasParts || each.group > 0;
    }
    QStringList unshown;
    if (hasParts && value() && !value()->isNull())
        collectUnshown(*value(), field().keys, fields, &unshown);
    const bool isNeeded = !hasParts || !unshown.isEmpty();
    const bool isShown = isNeeded || m_isOpen;
    m_switch->setVisible(hasParts && !isNeeded);
    m_switch->setChecked(isShown);
    m_switch->setIcon(
        themedIcon(isShown ? QStringLiteral("chevron-down") : QStringLiteral("chevron-right"), IconTone::Muted));
    setLabelText(isNeeded ? m_label : QString());
    input()->setVisible(isShown);
    constexpr qsizetype mostNamed = 4;
    if (unshown.size() > mostNamed)
        unshown = unshown.first(mostNamed) + QStringList {QString(QChar(0x2026))};
    setNote(unshown.isEmpty() ? QString()
                              : tr("There is no field for %1 here; it stays as it is and is edited as JSON.")
                                    .arg(unshown.join(QStringLiteral(", "))));
    updatePreview();
}

// What the recipient sees. While a result is on its way the last one stays, so that nothing jumps.
void ContentFieldEditor::updatePreview()
{
    using Phase = LiveResult::State::Phase;
    const QString type = plainText(m_inputs.value(u"type"));
    // Nobody reads what is spoken on the phone.
    const bool isRead = field().name == u"content";
    const MessageLook raw = isRead && value() ? messageLook(type, *value()) : MessageLook();
    const bool isPlain = !raw.words().contains(u"{{");
    m_preview->setVisible(!raw.isEmpty());
    if (raw.isEmpty() || (!isPlain && !m_result.isThere() && !m_preview->message().isEmpty()))
        return;
    const bool isKnown = m_result.phase == Phase::Value && !isPlain;
    m_preview->setLook(isKnown ? messageLook(type, m_result.value) : raw, isPlain || isKnown);
}

// The fields of the parts say what they give.
void ContentFieldEditor::showLive(const LiveResult::State &state)
{
    m_result = state;
    updatePreview();
    if (input()->isHidden())
        setLiveLine({}, false, false, {});
    else
        FieldEditor::showLive(state);
}

} // namespace automation
