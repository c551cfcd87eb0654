#include "model/document/workflowdocument.h"

#include "model/document/commands/editrecorder.h"
#include "model/document/drawingcommand.h"
#include "model/document/editcommand.h"
#include "model/json/jsonreader.h"
#include "model/json/jsonwriter.h"
#include "model/validation/validator.h"

#include <QDir>
#include <QFileInfo>
#include <utility>

namespace automation {

Result<std::unique_ptr<WorkflowDocument>> WorkflowDocument::open(const QString &path, const StepCatalog &catalog)
{
    return open(path, catalog, Checks::Now);
}

Result<std::unique_ptr<WorkflowDocument>> WorkflowDocument::openUnchecked(
    const QString &path, const StepCatalog &catalog)
{
    return open(path, catalog, Checks::Later);
}

Result<std::unique_ptr<WorkflowDocument>> WorkflowDocument::open(
    const QString &path, const StepCatalog &catalog, Checks checks)
{
    const Result<QByteArray> text = readWholeFile(path, JsonLimits().bytes);
    if (!text)
        return text.error();
    Result<std::unique_ptr<WorkflowDocument>> document = read(*text, QDir::toNativeSeparators(path), catalog, checks);
    if (document) {
        (*document)->m_filePath = QFileInfo(path).absoluteFilePath();
        (*document)->m_diskHash = contentHash(*text);
        (*document)->setDrawing(readLayoutFile(path));
    }
    return document;
}

Result<std::unique_ptr<WorkflowDocument>> WorkflowDocument::fromText(
    const QByteArray &text, const QString &title, const StepCatalog &catalog)
{
    Result<std::unique_ptr<WorkflowDocument>> document = read(text, title, catalog, Checks::Now);
    if (document)
        (*document)->m_title = title;
    return document;
}

std::unique_ptr<WorkflowDocument> WorkflowDocument::createEmpty(
    const QString &trigger, const QString &name, const StepCatalog &catalog)
{
    // The order of the builder's exports (API reference §9).
    const JsonValue root = JsonValue::object(
        {{u"definition"_qs, JsonValue::object({{u"name"_qs, name}, {u"steps"_qs, JsonValue::array()}})},
            {u"subAccountId"_qs, nullptr}, {u"trigger"_qs, trigger}, {u"status"_qs, QLatin1StringView("disabled")}});
    return std::move(fromText(writeJson(root) + '\n', name, catalog)).value();
}

Result<WorkflowDefinition> WorkflowDocument::readDefinition(const QByteArray &text, const QString &name)
{
    const auto named = [&name](Error error) {
        error.message = tr("“%1” cannot be opened. %2").arg(name, error.message);
        return error;
    };
    if (QByteArrayView(text).trimmed().isEmpty()) {
        return named({ErrorCode::NotADefinition,
            tr("It is empty; a workflow definition is a JSON object with a \"definition\" and a \"trigger\".")});
    }
    const Result<JsonValue> tree = readJson(text);
    if (!tree)
        return named(tree.error());
    Result<WorkflowDefinition> definition = WorkflowDefinition::fromJson(*tree);
    if (!definition) {
        // As far as it is one: what is wrong is there or missing there.
        const JsonValue *place = &*tree;
        for (const QStringView key : {u"definition", u"steps"}) {
            const JsonValue *inner = place->find(key);
            place = inner ? inner : place;
        }
        const TextPosition position = textPositionAt(text, qMax<qsizetype>(0, place->span().start));
        Error error = definition.error();
        error.line = position.line;
        error.column = position.column;
        return named(error);
    }
    return definition;
}

Result<std::unique_ptr<WorkflowDocument>> WorkflowDocument::read(
    const QByteArray &text, const QString &name, const StepCatalog &catalog, Checks checks)
{
    Result<WorkflowDefinition> definition = readDefinition(text, name);
    if (!definition)
        return definition.error();
    return std::unique_ptr<WorkflowDocument>(
        new WorkflowDocument(catalog, text, std::move(definition).value(), checks));
}

WorkflowDocument::WorkflowDocument(
    const StepCatalog &catalog, QByteArray text, WorkflowDefinition definition, Checks checks)
    : m_catalog(catalog)
    , m_base {std::move(text), definition.root()}
    , m_definition(std::move(definition))
    , m_graph(DefinitionGraph::build(m_definition, catalog))
    , m_validator(std::make_shared<Validator>(catalog))
{
    if (checks == Checks::Now)
        findProblems();
    connect(&m_undoStack, &QUndoStack::cleanChanged, this, [this](bool clean) { Q_EMIT modifiedChanged(!clean); });
    connect(&m_undoStack, &QUndoStack::indexChanged, this, [this] {
        if (!m_isPushing)
            record(HistoryEvent::Kind::State);
    });
}

// The stack announces its end by becoming clean; nobody shall hear that from half a document.
WorkflowDocument::~WorkflowDocument()
{
    m_undoStack.disconnect(this);
}

DocumentSnapshot WorkflowDocument::snapshot() const
{
    return {m_base, m_definition.root()};
}

QString WorkflowDocument::displayName() const
{
    return m_filePath.isEmpty() ? m_title : QFileInfo(m_filePath).fileName();
}

QByteArray WorkflowDocument::text() const
{
    return currentText();
}

Result<void> WorkflowDocument::push(const DefinitionEdit &edit)
{
    if (edit.edits.isEmpty())
        return {}; // nothing to do is nothing to undo
    for (const JsonEdit &part : edit.edits) {
        if (const Result<void> checked = checkDepth(part); !checked)
            return checked;
    }
    JsonValue root = m_definition.root();
    if (!applyEdits(root, edit.edits)) {
        return Error {ErrorCode::InvalidArgument,
            tr("“%1” is not possible any more: the workflow has changed meanwhile.").arg(edit.text)};
    }
    Result<WorkflowDefinition> changed = WorkflowDefinition::fromEdited(std::move(root));
    if (!changed)
        return Error {ErrorCode::InvalidArgument, changed.error().message};
    m_pushed = std::move(changed).value();
    pushEdit(edit, nullptr);
    return {};
}

Result<void> WorkflowDocument::push(const DefinitionEdit &edit, EditOutcome outcome)
{
    // One that becomes part of the command before it has no state of its own.
    if (!outcome.after.validator || !outcome.before.sharesDataWith(m_definition.root()) || !edit.mergeKey.isEmpty()
        || edit.edits.isEmpty())
        return push(edit);
    pushEdit(edit, std::make_shared<DefinitionState>(std::move(outcome.after)));
    return {};
}

void WorkflowDocument::pushEdit(const DefinitionEdit &edit, std::shared_ptr<DefinitionState> state)
{
    m_pushedPositions = edit.positions;
    m_isPushing = true;
    m_undoStack.push(new EditCommand(*this, edit, {}, std::move(state)));
    m_isPushing = false;
    record(HistoryEvent::Kind::Push, edit, {}, std::exchange(m_pushedDrawing, {}));
    if (!edit.notice.isEmpty())
        Q_EMIT noticed(edit.notice);
}

Result<void> WorkflowDocument::pushDrawing(const DrawingLayout &next, const QString &undoText, const QString &mergeKey)
{
    if (const Result<void> checked = checkDrawing(next); !checked)
        return checked;
    const DrawingChange change = DrawingChange::between(m_drawing, next);
    if (change.isEmpty())
        return {};
    for (auto it = change.positions.begin(); it != change.positions.end(); ++it) {
        if (it->after && m_graph.indexOfKey(it.key()) < 0)
            return Error {ErrorCode::InvalidArgument, tr("There is no step “%1” to be moved.").arg(it.key())};
    }
    m_isPushing = true;
    m_undoStack.push(new DrawingCommand(*this, change, undoText, mergeKey));
    m_isPushing = false;
    DefinitionEdit edit;
    edit.text = undoText;
    edit.mergeKey = mergeKey;
    record(HistoryEvent::Kind::Drawing, edit, {}, change);
    return {};
}

void WorkflowDocument::applyDrawing(const DrawingChange &change)
{
    change.applyTo(m_drawing);
    ++m_revision;
    if (!m_replayRoot)
        Q_EMIT drawingChanged();
}

void WorkflowDocument::applyChange(const QList<JsonEdit> &edits, DocumentChange change,
    std::optional<DrawingChange> &drawing, DefinitionState *state, const std::optional<TextDraft> *draft)
{
    const QByteArray before = m_draft && !draft ? currentText() : QByteArray();
    m_text = {};
    const auto takeDraft = [&] {
        if (draft)
            m_draft = *draft;
        else if (m_draft)
            carryDraft(before);
    };
    if (m_replayRoot) {
        // A push was applied already, to know whether it fits; what undo and redo do fits.
        if (!m_isPushing) {
            for (const JsonEdit &edit : edits)
                applyEdit(*m_replayRoot, edit);
        }
        if (drawing)
            drawing->applyTo(m_drawing);
        takeDraft();
        return;
    }
    ++m_revision;
    std::optional<DrawingFollower> follower;
    if (!drawing && change.structureChanged && !m_drawing.positions.isEmpty())
        follower.emplace(m_drawing, m_graph);
    const Extent extent = change.structureChanged ? Extent::Structure : Extent::Values;
    if (state) {
        exchange(*state);
    } else if (m_pushed) {
        m_definition = *std::exchange(m_pushed, std::nullopt);
        rebuild(extent);
    } else {
        JsonValue root = m_definition.root();
        if (!applyEdits(root, edits))
            return;
        Result<WorkflowDefinition> changed = WorkflowDefinition::fromEdited(std::move(root));
        if (!changed)
            return;
        m_definition = std::move(changed).value();
        rebuild(extent);
    }
    if (!drawing) {
        m_pushedDrawing = follower ? follower->change(edits, m_graph) : DrawingChange();
        const QHash<QString, QPointF> positions = std::exchange(m_pushedPositions, {});
        for (auto position = positions.begin(); position != positions.end(); ++position) {
            if (m_graph.indexOfKey(position.key()) >= 0)
                m_pushedDrawing.positions.insert(position.key(), {std::nullopt, *position});
        }
        drawing = m_pushedDrawing;
    }
    drawing->applyTo(m_drawing);
    const bool hadDraft = m_draft.has_value();
    takeDraft();
    announce(std::move(change), !drawing->isEmpty());
    if (hadDraft || m_draft)
        Q_EMIT draftChanged();
}

void WorkflowDocument::applyBase(const DocumentBase &base, const JsonValue &root, const DrawingChange &drawing,
    const std::optional<TextDraft> &draft)
{
    drawing.applyTo(m_drawing);
    ++m_revision;
    m_text = {};
    const bool isDraftChanged = m_draft || draft;
    m_draft = draft;
    if (m_replayRoot) {
        m_base = base;
        m_replayRoot = root;
        return;
    }
    Result<WorkflowDefinition> changed = WorkflowDefinition::fromEdited(root);
    if (!changed)
        return;
    m_base = base;
    m_definition = std::move(changed).value();
    rebuild(Extent::Structure);
    announce({{}, true, true, true, {}}, !drawing.isEmpty());
    if (isDraftChanged)
        Q_EMIT draftChanged();
}

void WorkflowDocument::announce(DocumentChange change, bool isDrawingChanged)
{
    // Undo takes away what redo shows, and the reverse: show a neighbour then.
    if (!change.reveal.isEmpty() && m_graph.indexOfKey(change.reveal) < 0) {
        change.reveal.clear();
        for (const QString &key : std::as_const(change.stepKeys)) {
            if (m_graph.indexOfKey(key) >= 0) {
                change.reveal = key;
                break;
            }
        }
    }
    Q_EMIT changed(change);
    if (m_isChecked || m_problems.isEmpty())
        Q_EMIT problemsChanged();
    if (isDrawingChanged)
        Q_EMIT drawingChanged();
}

void WorkflowDocument::rebuild(Extent extent)
{
    m_check.wait(); // it has the validator and a copy of the graph
    m_graph = DefinitionGraph::rebuild(std::move(m_graph), m_definition, m_catalog);
    constexpr int manySteps = 4000; // after which looking at all of their connections holds up the window
    const bool isQuick = m_graph.stepCount() < manySteps || (extent == Extent::Values && m_isChecked);
    if (extent != Extent::ManyPlaces && isQuick) {
        findProblems();
        return;
    }
    if (extent == Extent::ManyPlaces)
        m_problems.clear(); // else they stay until then, so that nothing flickers
    m_isChecked = false;
    checkInBackground();
}

void WorkflowDocument::exchange(DefinitionState &state)
{
    m_check.wait(); // it has the validator
    std::swap(m_definition, state.definition);
    std::swap(m_graph, state.graph);
    std::swap(m_problems, state.problems);
    std::swap(m_validator, state.validator);
    std::swap(m_isChecked, state.isChecked);
    checkInBackground();
}

void WorkflowDocument::findProblems()
{
    m_problems = m_validator->check(m_definition, m_graph);
    m_isChecked = true;
}

void WorkflowDocument::check()
{
    m_check.wait();
    if (m_isChecked)
        return;
    findProblems();
    Q_EMIT problemsChanged();
}

void WorkflowDocument::checkInBackground()
{
    if (m_isChecked || m_check.isRunning())
        return;
    m_check.start([this, definition = m_definition, graph = m_graph]() -> BackgroundWork::Finish {
        return [this, problems = m_validator->check(definition, graph)] {
            m_problems = problems;
            m_isChecked = true;
            // Who waited for them may be in the middle of an edit.
            QMetaObject::invokeMethod(this, &WorkflowDocument::problemsChanged, Qt::QueuedConnection);
        };
    });
}

} // namespace automation
