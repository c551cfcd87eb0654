// A document that is edited as text.

#include "model/document/workflowdocument.h"

#include "model/document/textcommand.h"
#include "model/json/jsondifference.h"
#include "model/json/jsonreader.h"

#include <QSet>
#include <QStringDecoder>
#include <utility>

namespace automation {

namespace {

constexpr qsizetype manyEdits = 500; // after which looking for problems takes longer than anybody may wait

bool isUtf8(const QByteArray &text)
{
    QStringDecoder decoder(QStringDecoder::Utf8);
    const QString decoded = decoder(text);
    return !decoder.hasError();
}

// A text that is a definition, read.
Result<DocumentBase> readText(const QByteArray &text)
{
    const Result<JsonValue> tree = readJson(text);
    if (!tree)
        return tree.error();
    if (const Result<WorkflowDefinition> definition = WorkflowDefinition::fromJson(*tree); !definition)
        return definition.error();
    return DocumentBase {text, *tree};
}

// What another text makes of a tree. text: what the tree is as text now.
QList<JsonEdit> differenceTo(
    const DocumentBase &next, const JsonValue &tree, const QByteArray &text, const DocumentBase &base)
{
    const QList<TextSplice> pieces = textDifference(base.text, next.text);
    if (text != base.text || pieces.isEmpty())
        return jsonDifference(tree, next.tree);
    const TextSplice &piece = pieces.first();
    return jsonDifference(tree, next.tree, base.tree, {piece.at, piece.removed.size(), piece.inserted.size()});
}

// Members of a step that decide what the drawing looks like.
bool isStructural(QStringView member)
{
    for (const QStringView structural : {u"id", u"stepType", u"nextStepId", u"selectNextStep", u"do"}) {
        if (member == structural)
            return true;
    }
    return false;
}

} // namespace

Result<void> WorkflowDocument::pushText(const QByteArray &text, const QString &undoText, const QString &mergeKey)
{
    const QList<TextSplice> pieces = textDifference(shownText(), text);
    if (pieces.isEmpty())
        return {};
    // What is shown is UTF-8, and pieces are whole characters.
    if (!isUtf8(pieces.first().inserted))
        return Error {ErrorCode::InvalidArgument, tr("The text holds bytes that are no UTF-8.")};
    TextChange change;
    Result<DocumentBase> read = readText(text);
    if (read) {
        change.taken = pieces;
        m_pushedText = std::move(read).value();
    } else {
        change.typed = pieces;
    }
    HistoryEvent event;
    event.taken = change.taken;
    event.typed = change.typed;
    m_isPushing = true;
    m_undoStack.push(new TextCommand(*this, std::move(change), undoText, mergeKey));
    m_isPushing = false;
    event.kind = HistoryEvent::Kind::Text;
    event.edit.text = undoText;
    event.edit.mergeKey = mergeKey;
    event.drawing = std::exchange(m_pushedDrawing, {});
    event.after = historyState();
    Q_EMIT recorded(event);
    return {};
}

// False when it does not fit; then nothing changed.
bool WorkflowDocument::applyText(TextChange &change)
{
    const QByteArray before = m_draft ? m_draft->text : currentText();
    QByteArray taken = before;
    if (!applySplices(taken, change.taken))
        return false;
    QByteArray typed = taken;
    if (!applySplices(typed, change.typed))
        return false;
    std::optional<DocumentBase> base;
    if (!change.taken.isEmpty()) {
        base = std::exchange(m_pushedText, std::nullopt);
        if (!base || base->text != taken) {
            Result<DocumentBase> read = readText(taken);
            if (!read)
                return false;
            base = std::move(read).value();
        }
    }
    if (!change.isKnown) {
        change.isKnown = true;
        change.draftBefore = m_draft;
        if (m_draft || before != m_base.text)
            change.baseBefore = m_base;
        if (base)
            change.edits = differenceTo(*base, currentRoot(), currentText(), m_base);
    }
    ++m_revision;
    const bool isDraftChanged = m_draft || !change.typed.isEmpty();
    if (base)
        m_base = *base;
    if (change.typed.isEmpty())
        m_draft.reset();
    else
        setDraft(typed);
    const QByteArray text = base ? m_base.text : m_text; // a draft alone changes nothing of it
    applyTextEdits(change.edits, change.drawing);
    m_text = text;
    if (isDraftChanged && !m_replayRoot)
        Q_EMIT draftChanged();
    return true;
}

void WorkflowDocument::revertText(const TextChange &change)
{
    // What comes right after this command is gone again, so the base is the text that it took over.
    const bool isDraftChanged = m_draft || change.draftBefore;
    if (!change.taken.isEmpty()) {
        if (change.baseBefore) {
            m_base = *change.baseBefore;
        } else {
            QByteArray before = m_draft ? m_draft->text : m_base.text;
            if (applySplices(before, inverted(change.typed)) && applySplices(before, inverted(change.taken))) {
                if (Result<DocumentBase> read = readText(before))
                    m_base = std::move(read).value();
            }
        }
    }
    ++m_revision;
    m_draft = change.draftBefore;
    std::optional<DrawingChange> back = change.drawing.value_or(DrawingChange()).inverted();
    applyTextEdits(inverted(change.edits), back);
    if (isDraftChanged && !m_replayRoot)
        Q_EMIT draftChanged();
}

void WorkflowDocument::setBase(const DocumentBase &base)
{
    m_base = base;
    m_text = {};
}

void WorkflowDocument::applyTextEdits(const QList<JsonEdit> &edits, std::optional<DrawingChange> &drawing)
{
    m_text = {};
    if (m_replayRoot) {
        for (const JsonEdit &edit : edits)
            applyEdit(*m_replayRoot, edit);
        if (drawing)
            drawing->applyTo(m_drawing);
        return;
    }
    if (edits.isEmpty()) { // blanks, or a draft
        if (!drawing)
            drawing = DrawingChange();
        return;
    }
    JsonValue root = m_definition.root();
    if (!applyEdits(root, edits))
        return;
    Result<WorkflowDefinition> changed = WorkflowDefinition::fromEdited(std::move(root));
    if (!changed)
        return;
    DocumentChange change = changeOf(edits);
    std::optional<DrawingFollower> follower;
    if (!drawing && change.structureChanged && !m_drawing.positions.isEmpty())
        follower.emplace(m_drawing, m_graph);
    m_definition = std::move(changed).value();
    rebuild(edits.size() >= manyEdits ? Extent::ManyPlaces
            : change.structureChanged ? Extent::Structure
                                      : Extent::Values);
    if (!drawing)
        drawing = m_pushedDrawing = follower ? follower->change(edits, m_graph) : DrawingChange();
    drawing->applyTo(m_drawing);
    const QSet<QString> keysBefore(change.stepKeys.cbegin(), change.stepKeys.cend());
    for (const QString &key : changeOf(edits).stepKeys) {
        if (!keysBefore.contains(key))
            change.stepKeys += key;
    }
    announce(std::move(change), !drawing->isEmpty());
}

// In the definition as it is: before the edits, or after them.
DocumentChange WorkflowDocument::changeOf(const QList<JsonEdit> &edits) const
{
    DocumentChange change;
    QSet<int> touched; // nodes
    const qsizetype depth = WorkflowDefinition::stepsPointer().tokens().size();
    for (const JsonEdit &edit : edits) {
        QStringList tokens = edit.container.tokens();
        tokens += edit.key.isEmpty() ? QString::number(edit.index) : edit.key;
        if (tokens.size() <= depth || !edit.container.startsWith(WorkflowDefinition::stepsPointer())) {
            change.triggerChanged = true;
            const bool holdsSteps = WorkflowDefinition::stepsPointer().startsWith(JsonPointer(tokens));
            change.structureChanged = change.structureChanged || holdsSteps;
            continue;
        }
        int node = m_graph.topLevelNode(tokens.at(depth).toLongLong());
        qsizetype level = depth + 1;
        while (node >= 0 && level + 2 < tokens.size() && tokens.at(level) == u"do") {
            const JsonPointer place(tokens.first(level + 3));
            int inner = -1;
            for (const int child : m_graph.nodes().at(node).children) {
                if (m_graph.nodes().at(child).pointer == place)
                    inner = child;
            }
            if (inner < 0)
                break;
            node = inner;
            level += 3;
        }
        if (node >= 0 && !touched.contains(node)) {
            touched.insert(node);
            change.stepKeys += m_graph.nodes().at(node).key;
        }
        if (level >= tokens.size() || isStructural(tokens.at(level))
            || (edit.kind == JsonEdit::Kind::RenameKey && level + 1 == tokens.size() && isStructural(edit.newKey)))
            change.structureChanged = true;
    }
    return change;
}

void WorkflowDocument::setDraft(const std::optional<QByteArray> &text)
{
    if (!text) {
        m_draft.reset();
        return;
    }
    const Result<DocumentBase> read = readText(*text);
    const bool hadConflict = m_draft && m_draft->hasConflict;
    m_draft = {*text,
        read ? Error {ErrorCode::InvalidArgument,
            tr("The workflow was changed elsewhere meanwhile; the text is taken over with the next key.")}
             : read.error(),
        hadConflict};
}

// Before: the text the draft was typed into, which is another one now.
void WorkflowDocument::carryDraft(const QByteArray &before)
{
    bool hasConflict = m_draft->hasConflict;
    const QByteArray merged = mergedText(m_draft->text, before, currentText(), &hasConflict);
    setDraft(merged);
    m_draft->hasConflict = hasConflict;
}

QByteArray WorkflowDocument::currentText() const
{
    if (m_text.isNull())
        m_text = DocumentSnapshot {m_base, currentRoot()}.text();
    return m_text;
}

bool WorkflowDocument::replayText(const HistoryEvent &event)
{
    QByteArray text = m_draft ? m_draft->text : currentText();
    if ((event.taken.isEmpty() && event.typed.isEmpty() && event.drawing.isEmpty()) || !applySplices(text, event.taken))
        return false;
    TextChange change;
    if (!event.taken.isEmpty()) {
        Result<DocumentBase> read = readText(text);
        if (!read)
            return false;
        m_pushedText = std::move(read).value();
    }
    if (!applySplices(text, event.typed))
        return false;
    change.taken = event.taken;
    change.typed = event.typed;
    change.drawing = completed(event.drawing);
    m_isPushing = true;
    auto *command = new TextCommand(*this, std::move(change), event.edit.text, event.edit.mergeKey);
    command->setSeparate(event.isSeparate);
    m_undoStack.push(command);
    m_isPushing = false;
    return true;
}

} // namespace automation
