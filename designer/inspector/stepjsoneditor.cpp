#include "designer/inspector/stepjsoneditor.h"

#include "designer/inspector/editortools.h"
#include "designer/style/applicationstyle.h"
#include "model/document/commands/stepcommands.h"
#include "model/json/jsonreader.h"
#include "model/json/jsonwriter.h"

#include <QKeyEvent>
#include <QLabel>
#include <QPlainTextEdit>
#include <QVBoxLayout>

namespace automation {

StepJsonEditor::StepJsonEditor(WorkflowDocument *document, QWidget *parent)
    : QWidget(parent)
    , m_document(document)
    , m_editor(new QPlainTextEdit(this))
    , m_error(new QLabel(this))
    , m_hint(new QLabel(this))
{
    m_editor->setObjectName(QStringLiteral("stepJson"));
    m_editor->setProperty("monospace", true);
    m_editor->setAccessibleName(tr("Step as JSON"));
    m_editor->setLayoutDirection(Qt::LeftToRight); // as code is read everywhere
    m_editor->setLineWrapMode(QPlainTextEdit::WidgetWidth);
    m_editor->setTabChangesFocus(true); // as everywhere in the form; blanks indent
    m_editor->installEventFilter(this);
    m_error->setObjectName(QStringLiteral("stepJsonError"));
    m_error->setTextFormat(Qt::PlainText);
    m_error->setWordWrap(true);
    m_error->setProperty("textRole", QStringLiteral("error"));
    m_error->hide();
    m_hint->setTextFormat(Qt::PlainText);
    m_hint->setWordWrap(true);
    m_hint->setProperty("textRole", QStringLiteral("small"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    layout->addWidget(m_editor, 1);
    layout->addWidget(m_error);
    layout->addWidget(m_hint);
    connect(m_editor, &QPlainTextEdit::textChanged, this, [this] { m_edited = true; });
}

void StepJsonEditor::setNode(const QString &key)
{
    const int index = m_document->graph().indexOfKey(key);
    if (index < 0)
        return;
    const GraphNode &node = m_document->graph().nodes().at(index);
    const JsonValue *found = node.pointer.resolve(m_document->definition().root());
    if (!found)
        return;
    JsonValue value = *found;
    constexpr qsizetype most = 200'000; // characters
    const bool isTooLarge = !node.isTrigger && !isSmallerThan(most, value);
    m_editor->setReadOnly(node.isTrigger || isTooLarge);
    m_hint->setText(isTooLarge ? tr("Too large to be shown here: it is kept as it is, and edited on the JSON page.")
            : node.isTrigger   ? tr("The workflow without its steps. Change it on the first tab, or all of it as JSON.")
                               : tr("Ctrl+Enter applies"));
    if (node.isTrigger) { // the steps may be thousands, and each is shown on its own
        JsonValue definition = value.value(u"definition");
        definition.remove(u"steps");
        value.set(QStringLiteral("definition"), definition);
    }
    const bool sameNode = key == m_key;
    m_key = key;
    if (sameNode && (m_edited || value == m_shown))
        return;
    m_shown = value;
    replaceText(m_editor, isTooLarge ? QString() : QString::fromUtf8(writeJson(value)));
    m_edited = false;
    showError({});
}

bool StepJsonEditor::commit()
{
    if (!m_edited || m_applying || m_retired || m_editor->isReadOnly())
        return true;
    const Result<JsonValue> parsed = readJson(m_editor->toPlainText().toUtf8());
    if (!parsed) {
        showError(tr("Not applied: %1").arg(parsed.error().message));
        return false;
    }
    if (!parsed->isObject()) {
        showError(tr("Not applied: a step is a JSON object in braces."));
        return false;
    }
    showError({});
    if (*parsed == m_shown) {
        m_edited = false;
        return true;
    }
    const Result<DefinitionEdit> edit = replaceStep(m_document->definition(), m_document->graph(), m_key, *parsed);
    if (!edit) {
        showError(tr("Not applied: %1").arg(edit.error().message));
        return false;
    }
    const JsonPointer place = m_document->graph().nodes().at(m_document->graph().indexOfKey(m_key)).pointer;
    m_applying = true;
    const Result<void> done = m_document->push(*edit);
    m_applying = false;
    if (!done) {
        showError(tr("Not applied: %1").arg(done.error().message));
        return false;
    }
    m_edited = false;
    m_shown = *parsed;
    // The id may be another now; the place in the file is the same.
    for (const GraphNode &node : m_document->graph().nodes()) {
        if (!node.isTrigger && node.pointer == place) {
            const QString key = node.key;
            m_key = key;
            Q_EMIT applied(key);
            break;
        }
    }
    return true;
}

bool StepJsonEditor::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_editor && event->type() == QEvent::FocusOut) {
        commit();
    } else if (watched == m_editor && event->type() == QEvent::ShortcutOverride && !m_edited) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->matches(QKeySequence::Undo) || key->matches(QKeySequence::Redo)) {
            event->ignore(); // all of it is applied, so that it is the document's to take back
            return true;
        }
    } else if (watched == m_editor && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if ((key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) && key->modifiers() & Qt::ControlModifier) {
            commit();
            return true;
        }
        if (key->key() == Qt::Key_Escape && m_edited) { // back to what the definition holds
            m_edited = false;
            replaceText(m_editor, QString::fromUtf8(writeJson(m_shown)));
            showError({});
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void StepJsonEditor::showError(const QString &message)
{
    m_error->setText(message);
    m_error->setVisible(!message.isEmpty());
    const QString severity = message.isEmpty() ? QString() : QStringLiteral("error");
    if (m_editor->property("severity").toString() != severity) {
        m_editor->setProperty("severity", severity);
        repolish(m_editor);
    }
}

} // namespace automation
