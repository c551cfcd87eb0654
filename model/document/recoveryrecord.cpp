#include "model/document/recoveryrecord.h"

#include "model/document/drawingjson.h"
#include "model/json/jsonreader.h"
#include "model/json/jsonwriter.h"

#include <QCoreApplication>
#include <QStringDecoder>
#include <QtEndian>
#include <xxhash.h>

namespace automation {

namespace {

constexpr QByteArrayView magic("automation-designer recovery journal 2\n");
constexpr qsizetype checksumSize = 8;
constexpr qsizetype frameSize = 5; // length and kind
constexpr JsonLimits recordLimits {qsizetype(1024) * 1024 * 1024, 4096};

enum RecordKind : char { TextRecord = 't', EventRecord = 'e' };

const QString editKinds[] = {u"replace"_qs, u"insert"_qs, u"remove"_qs, u"rename"_qs};

Error unreadable()
{
    return {ErrorCode::NotJson, QCoreApplication::translate("RecoveryRecord", "It is no recovery journal.")};
}

QByteArray checksum(QByteArrayView bytes)
{
    XXH64_canonical_t digest;
    XXH64_canonicalFromHash(&digest, XXH3_64bits(bytes.data(), size_t(bytes.size())));
    static_assert(sizeof digest.digest == checksumSize);
    return QByteArray(reinterpret_cast<const char *>(digest.digest), checksumSize);
}

void addRecord(QByteArray &out, RecordKind kind, const QByteArray &payload)
{
    const qsizetype start = out.size();
    char length[4];
    qToLittleEndian(quint32(payload.size()), length);
    out.append(length, sizeof length);
    out += kind;
    out += payload;
    out += checksum(QByteArrayView(out).sliced(start));
}

JsonValue listOf(const QStringList &texts)
{
    JsonValue list = JsonValue::array();
    for (const QString &text : texts)
        list.append(text);
    return list;
}

QStringList textsOf(const JsonValue &list)
{
    QStringList texts;
    for (qsizetype i = 0; i < list.size(); ++i)
        texts += list.at(i).toString();
    return texts;
}

// Members that say nothing are left out: a record is written with every key that is pressed.
class ObjectWriter
{
public:
    void text(const QString &key, const QString &value)
    {
        if (!value.isEmpty())
            m_object.set(key, value);
    }
    void number(const QString &key, qint64 value)
    {
        if (value != 0)
            m_object.set(key, value);
    }
    void flag(const QString &key, bool value)
    {
        if (value)
            m_object.set(key, true);
    }
    void value(const QString &key, JsonValue value) { m_object.set(key, std::move(value)); }
    void drawing(const DrawingChange &change)
    {
        if (!change.isEmpty())
            m_object.set(u"drawing"_qs, changeToJson(change));
    }
    JsonValue take() { return std::move(m_object); }

private:
    JsonValue m_object = JsonValue::object();
};

JsonValue toJson(const HistoryState &state)
{
    ObjectWriter object;
    object.number(u"index"_qs, state.index);
    object.number(u"count"_qs, state.count);
    object.number(u"clean"_qs, state.cleanIndex);
    object.text(u"file"_qs, state.filePath);
    object.text(u"hash"_qs, QString::fromLatin1(state.fileHash.toHex()));
    object.text(u"layout"_qs, QString::fromLatin1(state.layoutHash.toHex()));
    if (!state.attachment.isNull())
        object.value(u"attachment"_qs, state.attachment);
    return object.take();
}

HistoryState stateOf(const JsonValue &object)
{
    const auto number = [&object](QStringView key) { return int(object[key].toInteger()); };
    const auto hash = [&object](QStringView key) { return QByteArray::fromHex(object[key].toString().toLatin1()); };
    return {number(u"index"), number(u"count"), number(u"clean"), object[u"file"].toString(), hash(u"hash"),
        hash(u"layout"), object[u"attachment"]};
}

JsonValue toJson(const JsonEdit &edit)
{
    ObjectWriter object;
    object.text(u"kind"_qs, editKinds[int(edit.kind)]);
    object.value(u"at"_qs, listOf(edit.container.tokens()));
    object.number(u"index"_qs, edit.index);
    object.text(u"key"_qs, edit.key);
    object.text(u"newKey"_qs, edit.newKey);
    if (edit.kind == JsonEdit::Kind::Replace || edit.kind == JsonEdit::Kind::Insert)
        object.value(u"after"_qs, edit.after);
    return object.take();
}

std::optional<JsonEdit> editOf(const JsonValue &object)
{
    const auto kind = std::find(std::begin(editKinds), std::end(editKinds), object[u"kind"].toString());
    if (kind == std::end(editKinds))
        return {};
    return JsonEdit {static_cast<JsonEdit::Kind>(kind - std::begin(editKinds)), JsonPointer(textsOf(object[u"at"])),
        qsizetype(object[u"index"].toInteger()), object[u"key"].toString(), object[u"newKey"].toString(), {},
        object[u"after"]};
}

JsonValue toJson(const DefinitionEdit &edit)
{
    JsonValue edits = JsonValue::array();
    for (const JsonEdit &part : edit.edits)
        edits.append(toJson(part));
    ObjectWriter object;
    object.text(u"text"_qs, edit.text);
    object.value(u"edits"_qs, std::move(edits));
    object.value(u"steps"_qs, listOf(edit.stepKeys));
    object.flag(u"structure"_qs, edit.structureChanged);
    object.flag(u"trigger"_qs, edit.triggerChanged);
    object.text(u"reveal"_qs, edit.reveal);
    object.text(u"merge"_qs, edit.mergeKey);
    return object.take();
}

std::optional<DefinitionEdit> definitionEditOf(const JsonValue &object)
{
    DefinitionEdit edit;
    edit.text = object[u"text"].toString();
    const JsonValue &edits = object[u"edits"];
    for (qsizetype i = 0; i < edits.size(); ++i) {
        const std::optional<JsonEdit> part = editOf(edits.at(i));
        if (!part)
            return {};
        edit.edits += *part;
    }
    edit.stepKeys = textsOf(object[u"steps"]);
    edit.structureChanged = object[u"structure"].toBool();
    edit.triggerChanged = object[u"trigger"].toBool();
    edit.reveal = object[u"reveal"].toString();
    edit.mergeKey = object[u"merge"].toString();
    return edit;
}

// Reads record after record; ends at the first that is not whole.
class RecordReader
{
public:
    explicit RecordReader(const QByteArray &bytes)
        : m_bytes(bytes)
        , m_position(magic.size())
    {
    }

    bool next()
    {
        const QByteArrayView rest = QByteArrayView(m_bytes).sliced(m_position);
        if (rest.size() < frameSize + checksumSize)
            return false;
        const qsizetype length = qFromLittleEndian<quint32>(rest.data());
        if (rest.size() - frameSize - checksumSize < length)
            return false;
        const QByteArrayView body = rest.first(frameSize + length);
        if (checksum(body) != rest.sliced(body.size(), checksumSize))
            return false;
        m_kind = rest[4];
        m_payload = body.sliced(frameSize).toByteArray();
        m_position += body.size() + checksumSize;
        return true;
    }

    char kind() const { return m_kind; }
    const QByteArray &payload() const { return m_payload; }
    qint64 position() const { return m_position; }

    // Whether what follows cannot be one record that was being written when all ended.
    bool isMoreThanATail() const
    {
        const QByteArrayView rest = QByteArrayView(m_bytes).sliced(m_position);
        if (rest.size() < frameSize)
            return false;
        return rest.size() - frameSize - checksumSize >= qsizetype(qFromLittleEndian<quint32>(rest.data()));
    }

private:
    const QByteArray &m_bytes;
    qsizetype m_position;
    char m_kind = 0;
    QByteArray m_payload;
};

// With a byte order mark, if it begins so.
QString decoded(const QByteArray &text)
{
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::ConvertInitialBom);
    return decoder(text);
}

JsonValue toJson(const QList<TextSplice> &splices)
{
    JsonValue list = JsonValue::array();
    for (const TextSplice &splice : splices) {
        list.append(JsonValue::array({qint64(splice.at), decoded(splice.removed), decoded(splice.inserted)}));
    }
    return list;
}

QList<TextSplice> splicesOf(const JsonValue &list)
{
    QList<TextSplice> splices;
    for (qsizetype i = 0; i < list.size(); ++i) {
        const JsonValue &splice = list.at(i);
        splices += {
            qsizetype(splice.at(0).toInteger(-1)), splice.at(1).toString().toUtf8(), splice.at(2).toString().toUtf8()};
    }
    return splices;
}

// What the document was based on before a text command. Its tree is null when nobody knows it yet.
DocumentBase baseBefore(
    const HistorySnapshot::Command &command, const DocumentBase &base, const std::optional<QByteArray> &draft)
{
    if (command.event.taken.isEmpty())
        return base;
    if (command.baseBefore)
        return *command.baseBefore;
    // Right after the command nothing but a draft stands between the base and what was shown.
    QByteArray text = draft.value_or(base.text);
    applySplices(text, inverted(command.event.typed));
    applySplices(text, inverted(command.event.taken));
    return {text, {}};
}

} // namespace

QByteArray journalBeginning(const HistorySnapshot &snapshot, const QDateTime &time)
{
    // Back to where the first of its commands was done.
    DocumentBase base = snapshot.base;
    JsonValue root = snapshot.root;
    DrawingLayout drawing = snapshot.drawing;
    std::optional<QByteArray> draft = snapshot.draft;
    for (int i = snapshot.state.index - 1; i >= 0; --i) {
        const HistorySnapshot::Command &command = snapshot.commands.at(i);
        command.event.drawing.inverted().applyTo(drawing);
        if (command.event.kind == HistoryEvent::Kind::Reload) {
            base = *command.baseBefore;
            root = command.rootBefore;
        } else if (command.event.kind == HistoryEvent::Kind::Text) {
            base = baseBefore(command, base, draft);
            for (const JsonEdit &edit : inverted(command.edits))
                applyEdit(root, edit);
        } else {
            for (const JsonEdit &edit : inverted(command.event.edit.edits))
                applyEdit(root, edit);
        }
        if (command.event.kind != HistoryEvent::Kind::Drawing)
            draft = command.draftBefore;
    }
    if (base.tree.isNull()) {
        if (const Result<JsonValue> tree = readJson(base.text))
            base.tree = *tree;
    }
    const int clean = snapshot.state.cleanIndex;
    const auto stateAt = [&snapshot, clean](int index) {
        HistoryState state = snapshot.state;
        state.index = index;
        state.count = index;
        state.cleanIndex = clean <= index ? clean : -1;
        return state;
    };
    ObjectWriter object;
    object.text(u"title"_qs, snapshot.title);
    object.value(u"state"_qs, toJson(stateAt(0)));
    object.drawing(DrawingChange::between({}, drawing));
    if (!root.sharesDataWith(base.tree) && root != base.tree)
        object.value(u"root"_qs, root);
    if (draft)
        object.value(u"draft"_qs, decoded(*draft));
    QByteArray out = magic.toByteArray();
    out.reserve(base.text.size() + 1024);
    addRecord(out, TextRecord, base.text);
    addRecord(out, EventRecord, writeJson(object.take(), JsonStyle::compact()));
    for (int i = 0; i < snapshot.commands.size(); ++i) {
        HistoryEvent event = snapshot.commands.at(i).event;
        event.after = stateAt(i + 1);
        event.isSeparate = true;
        out += journalRecord(event, time);
    }
    if (!snapshot.commands.isEmpty()) {
        HistoryEvent end;
        end.after = snapshot.state;
        out += journalRecord(end, time);
    }
    return out;
}

QByteArray journalRecord(const HistoryEvent &event, const QDateTime &time)
{
    QByteArray out;
    ObjectWriter object;
    if (event.kind == HistoryEvent::Kind::Push)
        object.value(u"push"_qs, toJson(event.edit));
    if (event.kind == HistoryEvent::Kind::Drawing) {
        ObjectWriter drawn;
        drawn.text(u"text"_qs, event.edit.text);
        drawn.text(u"merge"_qs, event.edit.mergeKey);
        object.value(u"drawn"_qs, drawn.take());
    }
    if (event.kind == HistoryEvent::Kind::Text) {
        ObjectWriter typed;
        typed.text(u"text"_qs, event.edit.text);
        typed.text(u"merge"_qs, event.edit.mergeKey);
        if (!event.taken.isEmpty())
            typed.value(u"taken"_qs, toJson(event.taken));
        if (!event.typed.isEmpty())
            typed.value(u"typed"_qs, toJson(event.typed));
        object.value(u"text"_qs, typed.take());
    }
    object.drawing(event.drawing);
    object.flag(u"separate"_qs, event.isSeparate);
    if (event.kind == HistoryEvent::Kind::Reload) {
        addRecord(out, TextRecord, event.text);
        object.flag(u"reload"_qs, true);
    }
    object.value(u"state"_qs, toJson(event.after));
    object.number(u"time"_qs, time.toMSecsSinceEpoch());
    addRecord(out, EventRecord, writeJson(object.take(), JsonStyle::compact()));
    return out;
}

Result<JournalContent> readJournal(const QByteArray &bytes)
{
    if (magic.startsWith(bytes))
        return Error {ErrorCode::Cancelled, {}};
    if (!QByteArrayView(bytes).startsWith(magic))
        return unreadable();
    JournalContent content;
    RecordReader reader(bytes);
    QByteArray text;
    bool begun = false;
    bool understood = true;
    while (understood && reader.next()) {
        if (reader.kind() == TextRecord) {
            text = reader.payload();
            continue;
        }
        const Result<JsonValue> record = readJson(reader.payload(), recordLimits);
        understood = reader.kind() == EventRecord && record.isOk();
        if (!understood)
            break;
        if (!begun) {
            content.title = (*record)[u"title"].toString();
            content.text = std::exchange(text, {});
            content.start.state = stateOf((*record)[u"state"]);
            const std::optional<DrawingChange> drawing = changeFromJson((*record)[u"drawing"]);
            understood = drawing.has_value();
            if (!understood)
                break;
            drawing->applyTo(content.start.drawing);
            if (const JsonValue *root = record->find(u"root"))
                content.start.root = *root;
            if (const JsonValue *draft = record->find(u"draft"))
                content.start.draft = draft->toString().toUtf8();
            content.beginningEnd = reader.position();
            begun = true;
            continue;
        }
        HistoryEvent event;
        event.after = stateOf((*record)[u"state"]);
        const std::optional<DrawingChange> drawing = changeFromJson((*record)[u"drawing"]);
        understood = drawing.has_value();
        if (!understood)
            break;
        event.drawing = *drawing;
        event.isSeparate = (*record)[u"separate"].toBool();
        if (const JsonValue *drawn = record->find(u"drawn")) {
            event.kind = HistoryEvent::Kind::Drawing;
            event.edit.text = (*drawn)[u"text"].toString();
            event.edit.mergeKey = (*drawn)[u"merge"].toString();
        } else if (const JsonValue *typed = record->find(u"text")) {
            event.kind = HistoryEvent::Kind::Text;
            event.edit.text = (*typed)[u"text"].toString();
            event.edit.mergeKey = (*typed)[u"merge"].toString();
            event.taken = splicesOf((*typed)[u"taken"]);
            event.typed = splicesOf((*typed)[u"typed"]);
        } else if (const JsonValue *push = record->find(u"push")) {
            std::optional<DefinitionEdit> edit = definitionEditOf(*push);
            understood = edit.has_value();
            if (!understood)
                break;
            event.kind = HistoryEvent::Kind::Push;
            event.edit = std::move(*edit);
        } else if ((*record)[u"reload"].toBool()) {
            event.kind = HistoryEvent::Kind::Reload;
            event.text = std::exchange(text, {});
        }
        content.events += event;
        content.ends += reader.position();
        content.lastTime = QDateTime::fromMSecsSinceEpoch((*record)[u"time"].toInteger());
    }
    content.isDamaged = !understood || reader.isMoreThanATail();
    if (!begun)
        return content.isDamaged ? unreadable() : Error {ErrorCode::Cancelled, {}};
    return content;
}

} // namespace automation
