#pragma once

#include "model/document/atomicfile.h"
#include "model/document/backgroundwork.h"
#include "model/document/definitionstate.h"
#include "model/document/documentsave.h"
#include "model/document/historyevent.h"
#include "model/document/historysnapshot.h"
#include "model/document/layoutfile.h"
#include "model/document/textdraft.h"

#include <memory>
#include <optional>
#include <QObject>
#include <QUndoStack>

namespace automation {

// What one command, undo or redo changed.
struct DocumentChange
{
    QStringList stepKeys; // steps whose members changed, came or went (keys before and after)
    bool structureChanged = false; // steps or connections came, went or moved: the drawing needs a layout
    bool triggerChanged = false; // trigger, name, subaccount or status
    bool everything = false; // another text was taken over from the file
    QString reveal; // step the person should see afterwards; may be empty
};

// One open definition: its text, its tree, its undo stack and its file. Lives on the GUI thread. Nothing but push()
// and the undo stack changes the definition. After each change graph() and, if isChecked(), problems() are up to date
// before changed() is emitted; what would take longer than anybody may wait is looked for on another thread.
class WorkflowDocument : public QObject
{
    Q_OBJECT
public:
    // A file from disk. Unreadable, NotJson (with line and column), NotADefinition, Limit; messages name the file.
    static Result<std::unique_ptr<WorkflowDocument>> open(
        const QString &path, const StepCatalog &catalog = StepCatalog::builtIn());
    // The same before anybody looked for problems, which would take as long again: for showing a large file at once.
    static Result<std::unique_ptr<WorkflowDocument>> openUnchecked(
        const QString &path, const StepCatalog &catalog = StepCatalog::builtIn());
    // A text from elsewhere (the service, a template): no file yet, so saving asks for one.
    static Result<std::unique_ptr<WorkflowDocument>> fromText(
        const QByteArray &text, const QString &title, const StepCatalog &catalog = StepCatalog::builtIn());
    // An empty workflow with a trigger and no step.
    static std::unique_ptr<WorkflowDocument> createEmpty(
        const QString &trigger, const QString &name, const StepCatalog &catalog = StepCatalog::builtIn());
    ~WorkflowDocument() override;

    const WorkflowDefinition &definition() const { return m_definition; }
    const DefinitionGraph &graph() const { return m_graph; }
    const StepCatalog &catalog() const { return m_catalog; }
    const QList<Problem> &problems() const { return m_problems; } // unless isChecked() those of before, or none
    // False of one from openUnchecked(), until a check or edit, and just after steps of a large one came or went or
    // text was replaced in hundreds of places.
    bool isChecked() const { return m_isChecked; }
    void check(); // looks for problems, or waits until those are found that are being looked for
    void checkInBackground(); // on another thread; problemsChanged() comes when they are found
    QUndoStack *undoStack() { return &m_undoStack; }

    QString filePath() const { return m_filePath; } // absolute; empty before the first save
    QString displayName() const; // file name, or the title it came with
    bool isModified() const { return !m_undoStack.isClean(); }

    // The bytes that saving would write: the original text with only the edits patched in.
    QByteArray text() const;
    // What a person typed that is no definition (yet), with the reason; definition() and text() are the last good ones.
    const std::optional<TextDraft> &draft() const { return m_draft; }
    // The bytes an editor of the text shows: those of the draft, else text().
    QByteArray shownText() const { return m_draft ? m_draft->text : text(); }
    DocumentSnapshot snapshot() const; // gives that text later, also on another thread
    quint64 revision() const { return m_revision; } // another number after each change of definition or drawing
    // What the person arranged by hand; of steps that there are. Its file is read with the definition (openingNotice()
    // says when that cannot be used) and written by save() when something was arranged.
    const DrawingLayout &drawing() const { return m_drawing; }
    QString openingNotice() const { return m_openingNotice; } // for the person; empty when all went well
    // Writes text() to the file and drawing() beside it, atomically: the file is either the old or the new one, whole;
    // its permissions stay. Unwritable, with the cause; ChangedOnDisk when another program wrote the file meanwhile and
    // may not be overwritten; InvalidArgument when there is no file yet. The document stays modified when it fails. A
    // file that holds these bytes already is not touched. While there is a draft nothing is saved: its error is.
    enum class Overwrite { No, Yes };
    Result<void> save(Overwrite changedFile = Overwrite::No);
    // To another file, which becomes the document's. A file that is there is overwritten: the person was asked.
    Result<void> saveAs(const QString &path);
    // The same without waiting for the disk: the document as it is now is written on another thread, then comes saved()
    // or saveFailed(). One after the other; asked for while one is under way, the next writes what the document is
    // then. What is changed meanwhile leaves the document modified. Only a document without a file or with a draft is
    // refused at once.
    Result<void> saveInBackground(Overwrite changedFile = Overwrite::No);
    Result<void> saveAsInBackground(const QString &path);
    bool isSaving() const { return m_isSaving; }
    void finishSaving(); // waits; afterwards isModified() tells the truth about the file
    // How the file compares with what was read or saved last. Same without a file.
    enum class DiskState { Same, Changed, Missing, Unreadable };
    DiskState compare(const FileContent &content) const;
    // Whether the file holds something else than was read or saved last. False without a file or when it is gone.
    // Reads the file.
    bool changedOnDisk() const;
    // Takes over what the file holds now, as one command that can be undone; afterwards saving gives the bytes of the
    // file. Errors as of open(); then nothing changed. In the background it is read on another thread, and
    // reloadFailed() comes with the error.
    Result<void> reload();
    void reloadInBackground();
    // What the file holds now is known and shall not count as a change any more: saving overwrites it without asking.
    // The document is modified until then, unless the file holds the same.
    void keepMine();
    // For whoever has looked at the file: its contentHash(), empty when it cannot be read or is gone, and whether it
    // holds what saving would write.
    void keepMine(const QByteArray &fileHash, bool isSame);
    // The same two for the layout file alone, for whoever has read it: its drawing becomes the document's, as one
    // command that can be undone (nothing happens to a drawing that is the same; errors as of pushDrawing()), or saving
    // overwrites it.
    Result<void> reloadDrawing(const LayoutFile &file);
    void keepDrawing(const LayoutFile &known);
    // When the published definition got an id and version, they are not written into the file (nothing of ours).

    HistoryState historyState() const;
    // With the last so many commands that are done and all that are undone.
    HistorySnapshot historySnapshot(int mostCommands) const;
    // Lets events of an earlier session happen again on a document that was just made from the text it began with.
    // Graph, problems and signals come once, at the end. Ends before the first event that does not fit, or when goOn,
    // which is told how many are done, says so; returns how many happened.
    qsizetype replay(
        const HistoryStart &start, const QList<HistoryEvent> &events, const std::function<bool(qsizetype)> &goOn = {});
    // Makes the document belong to another thread, by the one it belongs to. Nobody may be using it.
    void moveTo(QThread *thread);

    // What the program remembers of the document apart from its file (which published definition it is): not written
    // into the file, not part of undo, but in the recovery journal.
    const JsonValue &attachment() const { return m_attachment; }
    void setAttachment(const JsonValue &attachment);

    // Applies an edit as one command on the undo stack. InvalidArgument when it does not fit, Limit when it brings what
    // no file may hold (nested too deeply); then nothing changed.
    Result<void> push(const DefinitionEdit &edit);
    // The same for an edit of many places, whose outcome was worked out on another thread: pushing, undoing and redoing
    // it cost little more than telling of it. It must be of the document's catalogue; one that was worked out for
    // another definition is not used.
    Result<void> push(const DefinitionEdit &edit, EditOutcome outcome);
    // Another drawing, as one command; consecutive ones of the same non-empty mergeKey become one. Nothing happens when
    // it is the same. InvalidArgument for a position of no step or a note without an id of its own, Limit as of
    // checkDrawing(); then nothing changed.
    // What a person typed: text takes the place of shownText(), byte for byte, as one command; consecutive ones of the
    // same non-empty mergeKey become one. A definition becomes the document's, by the smallest changes; anything else
    // becomes the draft. Commands that come while there is a draft are brought into it where it was left alone; where
    // both changed what is typed stays. Nothing happens when it is the same. InvalidArgument when it is no UTF-8.
    Result<void> pushText(const QByteArray &text, const QString &undoText, const QString &mergeKey = {});
    Result<void> pushDrawing(const DrawingLayout &next, const QString &undoText, const QString &mergeKey = {});

Q_SIGNALS:
    void changed(const automation::DocumentChange &change);
    // After changed() when an edit took positions along.
    void drawingChanged();
    void problemsChanged();
    void modifiedChanged(bool modified);
    void filePathChanged();
    // What the person should know about the edit that was just pushed (DefinitionEdit::notice): plain text, a sentence
    // a line.
    void noticed(const QString &text);
    // The draft came, changed or went; after changed() where that comes too.
    void draftChanged();
    void saved();
    void saveFailed(const automation::Error &error);
    void reloadFailed(const automation::Error &error);
    // After everything that changed the history or the state of the file, in order: what a recovery journal keeps.
    void recorded(const automation::HistoryEvent &event);

private:
    friend class DrawingCommand;
    friend class EditCommand;
    friend class ReloadCommand;
    friend class TextCommand;
    enum class Checks { Now, Later };
    WorkflowDocument(const StepCatalog &catalog, QByteArray text, WorkflowDefinition definition, Checks checks);
    static Result<WorkflowDefinition> readDefinition(const QByteArray &text, const QString &name);
    static Result<std::unique_ptr<WorkflowDocument>> open(
        const QString &path, const StepCatalog &catalog, Checks checks);
    static Result<std::unique_ptr<WorkflowDocument>> read(
        const QByteArray &text, const QString &name, const StepCatalog &catalog, Checks checks);
    struct PendingSave
    {
        QString path;
        Overwrite changedFile;
    };
    // What a file holds, read on any thread.
    struct ReadFile
    {
        DocumentBase base;
        QByteArray hash;
        LayoutFile layout;
        DefinitionGraph graph;
    };
    Error noFile() const;
    Error notSavable() const;
    void startSaving(const PendingSave &save);
    void endSaving(const SaveOutcome &outcome, const QString &path, quint64 revision);
    SaveRequest saveRequest(const QString &path, Overwrite changedFile) const;
    Result<void> takeSaved(const SaveOutcome &outcome, const QString &path, quint64 revision);
    static Result<ReadFile> readFile(const QString &path, const StepCatalog &catalog);
    Result<void> takeFile(const Result<ReadFile> &file);
    bool isDrawingSaved() const;
    void setDrawing(const LayoutFile &file);
    // The first time, drawing is none and becomes what the edit means for the drawing.
    // state: what the edits make of the definition, exchanged for what it is now; nullptr = to be worked out.
    // draft: what is the draft afterwards; nullptr = the present one, taken along.
    void applyChange(const QList<JsonEdit> &edits, DocumentChange change, std::optional<DrawingChange> &drawing,
        DefinitionState *state, const std::optional<TextDraft> *draft = nullptr);
    void pushEdit(const DefinitionEdit &edit, std::shared_ptr<DefinitionState> state);
    void applyBase(const DocumentBase &base, const JsonValue &root, const DrawingChange &drawing,
        const std::optional<TextDraft> &draft);
    // documenttext.cpp
    bool applyText(TextChange &change);
    void revertText(const TextChange &change);
    void setBase(const DocumentBase &base);
    void applyTextEdits(const QList<JsonEdit> &edits, std::optional<DrawingChange> &drawing);
    DocumentChange changeOf(const QList<JsonEdit> &edits) const;
    void setDraft(const std::optional<QByteArray> &text);
    void carryDraft(const QByteArray &before);
    QByteArray currentText() const;
    bool replayText(const HistoryEvent &event);
    void applyDrawing(const DrawingChange &change);
    void announce(DocumentChange change, bool isDrawingChanged);
    const JsonValue &currentRoot() const { return m_replayRoot ? *m_replayRoot : m_definition.root(); }
    void record(HistoryEvent::Kind kind, const DefinitionEdit &edit = {}, const QByteArray &text = {},
        const DrawingChange &drawing = {});
    bool replayEvent(const HistoryEvent &event);
    bool replayPush(const HistoryEvent &event);
    DrawingChange completed(DrawingChange change) const;
    void replayState(const HistoryState &state);
    enum class Extent { Values, Structure, ManyPlaces }; // of a change
    void rebuild(Extent extent);
    void exchange(DefinitionState &state);
    void findProblems();

    const StepCatalog &m_catalog;
    // What the document was opened with or reloaded from, kept over saving: patching it brings back the very first
    // bytes when every edit is undone.
    DocumentBase m_base;
    QByteArray m_diskHash; // of what the file held when last read or written; empty = unknown
    WorkflowDefinition m_definition;
    std::optional<WorkflowDefinition> m_pushed; // outcome of the edit being pushed
    mutable QByteArray m_text; // text(), once somebody asked for it; null = nobody did
    std::optional<TextDraft> m_draft;
    DefinitionGraph m_graph;
    std::shared_ptr<Validator> m_validator; // while m_check is running: of its thread
    QList<Problem> m_problems;
    bool m_isChecked = false;
    DrawingLayout m_drawing;
    std::optional<DrawingLayout> m_savedDrawing = DrawingLayout(); // in the layout file; none = unknown
    QByteArray m_layoutHash; // of what the layout file held when last read or written; empty = none that can be used
    QString m_openingNotice;
    QHash<QString, QPointF> m_pushedPositions; // that the edit being pushed asks for
    DrawingChange m_pushedDrawing; // what it meant for the drawing
    QUndoStack m_undoStack {this};
    bool m_isPushing = false; // what the stack announces meanwhile is recorded with the push
    std::optional<DocumentBase> m_pushedText; // what was typed, read
    std::optional<JsonValue> m_replayRoot; // the definition while a history is replayed
    QString m_filePath;
    QString m_title;
    JsonValue m_attachment;
    quint64 m_revision = 0;
    bool m_isSaving = false;
    std::optional<PendingSave> m_nextSave;
    // Last: what they do ends before the rest goes.
    BackgroundWork m_check {this};
    BackgroundWork m_background {this};
};

} // namespace automation
