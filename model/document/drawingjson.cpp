#include "model/document/drawingjson.h"

#include "model/json/jsonreader.h"
#include "model/json/jsonwriter.h"

#include <algorithm>
#include <cmath>
#include <QCoreApplication>

namespace automation {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(DrawingLayout)
};

constexpr JsonLimits fileLimits {qsizetype(64) * 1024 * 1024, 64};
constexpr int version = 1;

const QString versionKey = u"version"_qs;
const QString directionKey = u"direction"_qs;
const QString positionsKey = u"positions"_qs;
const QString notesKey = u"notes"_qs;
const QString idKey = u"id"_qs;
const QString rectKey = u"rect"_qs;
const QString textKey = u"text"_qs;

const QString directions[] = {u"topToBottom"_qs, u"leftToRight"_qs};

using Direction = DrawingLayout::Direction;

// What is wrong with a value, and which.
struct Wrong
{
    const JsonValue *value;
    QString message;
};

std::optional<Wrong> readNumbers(const JsonValue &list, std::initializer_list<qreal *> numbers)
{
    if (!list.isArray() || list.size() != qsizetype(numbers.size()))
        return Wrong {&list, Text::tr("a list of %n number(s) is expected here", nullptr, int(numbers.size()))};
    qsizetype index = 0;
    for (qreal *number : numbers) {
        const JsonValue &value = list.at(index++);
        *number = value.isNumber() ? value.toDouble(qQNaN()) : qQNaN();
        if (!std::isfinite(*number))
            return Wrong {&value, Text::tr("this is not a number that can be used")};
    }
    return {};
}

std::optional<Wrong> readDirection(const JsonValue &json, Direction &direction)
{
    const auto known = std::find(std::begin(directions), std::end(directions), json.toString());
    if (!json.isString() || known == std::end(directions))
        return Wrong {&json, Text::tr("the direction is “topToBottom” or “leftToRight”")};
    direction = static_cast<Direction>(known - std::begin(directions));
    return {};
}

std::optional<Wrong> readPositions(const JsonValue &json, QHash<QString, QPointF> &positions)
{
    if (!json.isObject())
        return Wrong {&json, Text::tr("the positions are an object of steps")};
    for (qsizetype i = 0; i < json.size(); ++i) {
        qreal x = 0;
        qreal y = 0;
        if (const auto wrong = readNumbers(json.at(i), {&x, &y}))
            return wrong;
        positions.insert(json.keyAt(i), {x, y});
    }
    return {};
}

std::optional<Wrong> readNotes(const JsonValue &json, QList<CanvasNote> &notes)
{
    if (!json.isArray())
        return Wrong {&json, Text::tr("the notes are a list")};
    for (qsizetype i = 0; i < json.size(); ++i) {
        const JsonValue &object = json.at(i);
        if (!object.isObject() || !object[idKey].isString() || !object[textKey].isString())
            return Wrong {&object, Text::tr("a note is an object with an id, a rect and a text")};
        qreal x = 0;
        qreal y = 0;
        qreal width = 0;
        qreal height = 0;
        if (const auto wrong = readNumbers(object[rectKey], {&x, &y, &width, &height}))
            return Wrong {wrong->value->span().isValid() ? wrong->value : &object, wrong->message};
        CanvasNote note {object[idKey].toString(), QRectF(x, y, width, height), object[textKey].toString(), object};
        for (const QString &key : {idKey, rectKey, textKey})
            note.others.remove(key);
        if (note.others.isEmpty())
            note.others = {};
        notes += note;
    }
    return {};
}

std::optional<Wrong> read(const JsonValue &root, DrawingLayout &drawing)
{
    if (!root.isObject() || !root[versionKey].isNumber())
        return Wrong {&root, Text::tr("an object with a version is expected")};
    if (root[versionKey].toInteger() != version)
        return Wrong {root.find(versionKey), Text::tr("only version %1 is known").arg(version)};
    if (const JsonValue *direction = root.find(directionKey)) {
        if (const auto wrong = readDirection(*direction, drawing.direction))
            return wrong;
    }
    if (const JsonValue *positions = root.find(positionsKey)) {
        if (const auto wrong = readPositions(*positions, drawing.positions))
            return wrong;
    }
    if (const JsonValue *notes = root.find(notesKey)) {
        if (const auto wrong = readNotes(*notes, drawing.notes))
            return wrong;
    }
    drawing.others = root;
    for (const QString &key : {versionKey, directionKey, positionsKey, notesKey})
        drawing.others.remove(key);
    if (drawing.others.isEmpty())
        drawing.others = {};
    return {};
}

JsonValue numbers(std::initializer_list<qreal> values)
{
    JsonValue list = JsonValue::array();
    for (const qreal value : values)
        list.append(value);
    return list;
}

JsonValue toJson(const CanvasNote &note)
{
    JsonValue object = JsonValue::object(
        {{idKey, note.id}, {rectKey, numbers({note.rect.x(), note.rect.y(), note.rect.width(), note.rect.height()})},
            {textKey, note.text}});
    for (qsizetype i = 0; i < note.others.size(); ++i)
        object.insertMember(object.size(), note.others.keyAt(i), note.others.at(i));
    return object;
}

QByteArray inOneLine(const JsonValue &value)
{
    return writeJson(value, JsonStyle {{}, {}, ": ", ", ", {}});
}

} // namespace

Result<DrawingLayout> readDrawingLayout(const QByteArray &text)
{
    const Result<JsonValue> root = readJson(text, fileLimits);
    if (!root)
        return root.error();
    DrawingLayout drawing;
    if (const auto wrong = read(*root, drawing)) {
        const TextPosition place = textPositionAt(text, qMax(0, wrong->value->span().start));
        return Error {ErrorCode::NotJson,
            Text::tr("Line %1, column %2: %3.").arg(place.line).arg(place.column).arg(wrong->message), place.line,
            place.column};
    }
    if (const Result<void> checked = checkDrawing(drawing); !checked)
        return checked.error();
    return drawing;
}

QByteArray writeDrawingLayout(const DrawingLayout &drawing)
{
    QByteArrayList members {"  \"version\": " + QByteArray::number(version)};
    if (drawing.direction != Direction::TopToBottom)
        members += "  \"direction\": " + writeJsonString(directions[int(drawing.direction)]);
    if (!drawing.positions.isEmpty()) {
        QStringList keys = drawing.positions.keys();
        std::sort(keys.begin(), keys.end());
        QByteArrayList lines;
        for (const QString &key : std::as_const(keys)) {
            const QPointF at = drawing.positions.value(key);
            lines += "    " + writeJsonString(key) + ": " + inOneLine(numbers({at.x(), at.y()}));
        }
        members += "  \"positions\": {\n" + lines.join(",\n") + "\n  }";
    }
    if (!drawing.notes.isEmpty()) {
        QByteArrayList lines;
        for (const CanvasNote &note : drawing.notes)
            lines += "    " + inOneLine(toJson(note));
        members += "  \"notes\": [\n" + lines.join(",\n") + "\n  ]";
    }
    for (qsizetype i = 0; i < drawing.others.size(); ++i)
        members += "  " + writeJsonString(drawing.others.keyAt(i)) + ": " + writeJson(drawing.others.at(i), {}, "  ");
    return "{\n" + members.join(",\n") + "\n}\n";
}

JsonValue changeToJson(const DrawingChange &change)
{
    if (change.isEmpty())
        return {};
    JsonValue object = JsonValue::object();
    if (!change.positions.isEmpty()) {
        JsonValue positions = JsonValue::object();
        for (auto it = change.positions.begin(); it != change.positions.end(); ++it) {
            const JsonValue position = it->after ? numbers({it->after->x(), it->after->y()}) : JsonValue();
            positions.insertMember(positions.size(), it.key(), position);
        }
        object.set(positionsKey, positions);
    }
    if (change.notes) {
        JsonValue notes = JsonValue::array();
        for (const CanvasNote &note : change.notes->after)
            notes.append(toJson(note));
        object.set(notesKey, notes);
    }
    if (change.direction)
        object.set(directionKey, directions[int(change.direction->after)]);
    if (change.others)
        object.set(u"others"_qs, change.others->after);
    return object;
}

std::optional<DrawingChange> changeFromJson(const JsonValue &json)
{
    DrawingChange change;
    const JsonValue &positions = json[positionsKey];
    for (qsizetype i = 0; i < positions.size(); ++i) {
        qreal x = 0;
        qreal y = 0;
        const bool isGone = positions.at(i).isNull();
        if (!isGone && readNumbers(positions.at(i), {&x, &y}))
            return {};
        const DrawingChange::Position after = isGone ? DrawingChange::Position() : QPointF(x, y);
        change.positions.insert(positions.keyAt(i), {{}, after});
    }
    if (const JsonValue *notes = json.find(notesKey)) {
        change.notes.emplace();
        if (readNotes(*notes, change.notes->after))
            return {};
    }
    if (const JsonValue *direction = json.find(directionKey)) {
        change.direction.emplace();
        if (readDirection(*direction, change.direction->after))
            return {};
    }
    if (const JsonValue *others = json.find(u"others"))
        change.others = {{}, *others};
    return change;
}

} // namespace automation
