#include "definitiongenerator.h"

#include "model/json/jsonwriter.h"

namespace automation {

namespace {

const QStringList &names()
{
    static const QStringList list {u"answer"_qs, u"total"_qs, u"grand total"_qs, u"état"_qs, u"a.b"_qs, u"0"_qs};
    return list;
}

const QStringList &ids()
{
    static const QStringList list {u"sms_1"_qs, u"sms_2"_qs, u"ask"_qs, u"ask-2"_qs, u"wait9"_qs, u"Ünd so"_qs,
        u"a\"b\\c/d~e"_qs, u"x"_qs, u"branch_1"_qs, u"log"_qs, u"step007"_qs, u"end"_qs};
    return list;
}

} // namespace

JsonValue DefinitionGenerator::definition()
{
    JsonValue steps = JsonValue::array();
    const int count = m_chance.once(30) ? 0 : 1 + m_chance.below(12);
    for (int i = 0; i < count; ++i)
        steps.append(m_chance.once(60) ? anything(1) : step(0));

    JsonValue inner = JsonValue::object({{u"name"_qs, u"Generated"_qs}});
    if (m_chance.once(3))
        inner.set(u"id"_qs, u"5d0c-1"_qs);
    inner.set(u"steps"_qs, steps);
    if (m_chance.once(3))
        inner.insertMember(m_chance.below(3), u"version"_qs, JsonValue::number("7"));
    if (m_chance.once(6))
        inner.remove(u"name");

    JsonValue root = JsonValue::object();
    root.set(u"definition"_qs, inner);
    const auto put = [&](const QString &key, const JsonValue &value) {
        root.insertMember(m_chance.below(root.size() + 1), key, value);
    };
    if (!m_chance.once(12)) {
        static const QStringList triggers {
            u"inbound_sms"_qs, u"inbound_chat_apps"_qs, u"http_request"_qs, u"Inbound_SMS"_qs, u"moon"_qs};
        put(u"trigger"_qs, m_chance.from(triggers));
    }
    if (m_chance.once(2))
        put(m_chance.once(3) ? u"subaccountId"_qs : u"subAccountId"_qs,
            m_chance.once(2) ? JsonValue() : JsonValue(u"acme"_qs));
    if (m_chance.once(2))
        put(u"status"_qs, u"enabled"_qs);
    if (m_chance.once(6))
        put(u"id"_qs, u"outer-9"_qs);
    if (m_chance.once(8))
        put(u"note"_qs, anything(0));
    if (m_chance.once(25) && root.contains(u"trigger"))
        root.insertMember(0, u"trigger"_qs, u"old"_qs); // stands twice; the last one counts
    return root;
}

QString DefinitionGenerator::id()
{
    return m_chance.once(12) ? u"nowhere_%1"_qs.arg(m_chance.below(3)) : m_chance.from(ids());
}

JsonValue DefinitionGenerator::step(int depth)
{
    static const QStringList types {u"SMS"_qs, u"ChatAppsMessage"_qs, u"VoiceMessage"_qs, u"Wait"_qs,
        u"WaitForReply"_qs, u"WaitForDTMF"_qs, u"Branch"_qs, u"Branch"_qs, u"If"_qs, u"If"_qs, u"HttpRequest"_qs,
        u"SendToConverse"_qs, u"Teleport"_qs, u"sms"_qs};
    --m_left;
    JsonValue result = JsonValue::object();
    const QString type = m_chance.from(types);
    if (!m_chance.once(40))
        result.set(u"id"_qs, m_chance.once(80) ? JsonValue(5) : JsonValue(m_chance.from(ids())));
    if (!m_chance.once(50))
        result.insertMember(m_chance.below(result.size() + 1), u"stepType"_qs, type);
    const bool full = m_chance.once(3);
    if (full || !m_chance.once(6))
        result.set(u"inputs"_qs, inputs());
    if (full || m_chance.once(3))
        result.insertMember(m_chance.below(result.size() + 1), u"outputs"_qs, outputs());
    if (type == u"If" ? !m_chance.once(4) : full || m_chance.once(20))
        result.insertMember(m_chance.below(result.size() + 1), u"do"_qs,
            type == u"If" || m_chance.once(10) ? sequences(depth) : JsonValue::array());
    const bool branches = type == u"Branch" || type.startsWith(u"WaitFor");
    if (!branches && !m_chance.once(4))
        result.insertMember(m_chance.below(result.size() + 1), u"nextStepId"_qs,
            m_chance.once(30)      ? anything(1)
                : m_chance.once(4) ? JsonValue()
                                   : JsonValue(id()));
    else if (full)
        result.set(u"nextStepId"_qs, JsonValue());
    if (branches ? !m_chance.once(6) : m_chance.once(15))
        result.set(u"selectNextStep"_qs, m_chance.once(40) ? anything(1) : selection());
    else if (full)
        result.set(u"selectNextStep"_qs, JsonValue::object());
    if (m_chance.once(10))
        result.insertMember(m_chance.below(result.size() + 1), u"note"_qs, anything(0));
    if (m_chance.once(60) && result.contains(u"nextStepId"))
        result.insertMember(0, u"nextStepId"_qs, id());
    return result;
}

JsonValue DefinitionGenerator::inputs()
{
    if (m_chance.once(50))
        return anything(1);
    static const QStringList members {u"text"_qs, u"destination"_qs, u"subAccountId"_qs, u"url"_qs, u"timeout"_qs,
        u"condition"_qs, u"body"_qs, u"extra"_qs};
    JsonValue result = JsonValue::object();
    for (int i = m_chance.below(4); i > 0; --i)
        result.set(m_chance.from(members), m_chance.once(4) ? anything(0) : JsonValue(u"{{%1}}"_qs.arg(script())));
    if (m_chance.once(6)) {
        result.set(u"user"_qs, JsonValue::object({{u"msisdn"_qs, u"+6591234567"_qs}}));
        result.set(u"content"_qs, JsonValue::object({{u"text"_qs, u"Hi {{%1}}, bye"_qs.arg(script())}}));
    }
    if (m_chance.once(40) && !result.isEmpty())
        result.insertMember(0, result.keyAt(0), u"twice"_qs);
    return result;
}

JsonValue DefinitionGenerator::outputs()
{
    JsonValue result = JsonValue::object();
    for (int i = m_chance.below(3); i > 0; --i)
        result.set(m_chance.from(names()), u"{{%1}}"_qs.arg(script()));
    return result;
}

JsonValue DefinitionGenerator::selection()
{
    static const QStringList conditions {u"{{step.reply != null}}"_qs, u"{{ step.reply == null }}"_qs,
        u"{{step.dtmfData != null}}"_qs, u"{{data.answer == 'yes'}}"_qs, u"data.total > 5"_qs, u"{{ }}"_qs, u""_qs};
    JsonValue result = JsonValue::object();
    for (int i = m_chance.below(5); i > 0; --i)
        result.set(id(),
            m_chance.once(4)       ? JsonValue()
                : m_chance.once(9) ? JsonValue(u"{{%1}}"_qs.arg(script()))
                                   : JsonValue(m_chance.from(conditions)));
    if (m_chance.once(25) && !result.isEmpty())
        result.insertMember(0, result.keyAt(0), u"{{true}}"_qs);
    return result;
}

JsonValue DefinitionGenerator::sequences(int depth)
{
    JsonValue result = JsonValue::array();
    if (depth >= 3)
        return result;
    for (int i = m_chance.below(3); i > 0; --i) {
        if (m_chance.once(25) && m_left > 0) {
            result.append(step(depth + 1)); // where a list should be
            continue;
        }
        JsonValue list = JsonValue::array();
        for (int k = m_chance.below(4); k > 0 && m_left > 0; --k)
            list.append(step(depth + 1));
        result.append(list);
    }
    if (m_chance.once(40))
        result.append(anything(1));
    return result;
}

QString DefinitionGenerator::script()
{
    const QString &name = m_chance.from(names());
    switch (m_chance.below(8)) {
    case 0:
        return u"data.answer"_qs;
    case 1:
        return u"data?.total + 1"_qs;
    case 2:
        return u"data['%1']"_qs.arg(name);
    case 3:
        return u"data?.[\"%1\"] ?? 'data.answer'"_qs.arg(name);
    case 4:
        return u"stringContains( data . answer , \"it's data.total\")"_qs;
    case 5:
        return u"`${data.answer} data.answer` // data.total"_qs;
    case 6:
        return u"step.data.answer"_qs;
    default:
        return u"data.list.map(data => data.answer)"_qs;
    }
}

JsonValue DefinitionGenerator::anything(int depth)
{
    switch (m_chance.below(depth > 1 ? 6 : 9)) {
    case 0:
        return {};
    case 1:
        return m_chance.once(2);
    case 2:
        return JsonValue::number(
            m_chance.from(QByteArrayList {"0", "-0", "1.50", "1E5", "12345678901234567890", "0.000001"}));
    case 3:
        return u"text, with \"quotes\"\nand é"_qs;
    case 4:
        return u"{{%1}}"_qs.arg(script());
    case 5:
        return JsonValue::array();
    case 6:
        return JsonValue::object();
    case 7:
        return JsonValue::array({anything(depth + 1), anything(depth + 1)});
    default:
        return JsonValue::object({{u"k"_qs, anything(depth + 1)}, {u""_qs, anything(depth + 1)}});
    }
}

namespace {

class OddWriter
{
public:
    explicit OddWriter(Chance &chance)
        : m_chance(chance)
        , m_newline(chance.once(3) ? "\r\n" : "\n")
        , m_indent(chance.from(QByteArrayList {"  ", "  ", "    ", "\t", " ", ""}))
        , m_colon(chance.from(QByteArrayList {": ", ": ", ":", " : "}))
        , m_comma(chance.from(QByteArrayList {", ", ",", " , "}))
        , m_padding(chance.from(QByteArrayList {"", " "}))
        , m_inlineDepth(chance.below(9)) // 0: everything on one line
        , m_bracesTogether(chance.once(6))
        , m_restless(chance.once(8))
        , m_commaFirst(chance.once(15))
    {
    }

    QByteArray write(const JsonValue &value)
    {
        QByteArray out = m_chance.once(20) ? QByteArray("\xef\xbb\xbf") : QByteArray();
        if (m_chance.once(20))
            out += m_newline + " ";
        put(out, value, {}, 0);
        if (!m_chance.once(4))
            out += m_newline;
        return out;
    }

private:
    void put(QByteArray &out, const JsonValue &value, const QByteArray &margin, int depth)
    {
        if (value.isString()) {
            out += text(value.toString());
            return;
        }
        if (!(value.isArray() || value.isObject())) {
            out += writeJson(value);
            return;
        }
        const bool object = value.isObject();
        out += object ? '{' : '[';
        const bool onLines = !value.isEmpty() && depth < m_inlineDepth && !(m_restless && m_chance.once(4));
        const bool together = m_bracesTogether && !object && value.at(0).isObject();
        const QByteArray inner = onLines && !together ? margin + m_indent : margin;
        if (value.isEmpty() && m_chance.once(15))
            out += m_chance.once(2) ? QByteArray(" ") : m_newline + margin;
        for (qsizetype i = 0; i < value.size(); ++i) {
            if (i > 0)
                out += onLines && m_commaFirst ? m_newline + inner + ", " : onLines ? QByteArray(",") : m_comma;
            if (onLines && together && i > 0 && !m_commaFirst)
                out += ' ';
            else if (onLines && !together && !(m_commaFirst && i > 0))
                out += (m_restless && m_chance.once(9) ? m_newline : QByteArray()) + m_newline + inner;
            else if (!onLines && object && i == 0)
                out += m_padding;
            if (object)
                out += text(value.keyAt(i)) + m_colon;
            put(out, value.at(i), inner, depth + 1);
        }
        if (onLines && !together)
            out += m_newline + margin;
        else if (object && !value.isEmpty())
            out += m_padding;
        out += object ? '}' : ']';
    }

    QByteArray text(const QString &value)
    {
        QByteArray written = writeJsonString(value);
        if (m_restless && m_chance.once(10) && written.contains("a"))
            written.replace("a", "\\u0061");
        return written;
    }

    Chance &m_chance;
    QByteArray m_newline;
    QByteArray m_indent;
    QByteArray m_colon;
    QByteArray m_comma;
    QByteArray m_padding;
    int m_inlineDepth;
    bool m_bracesTogether;
    bool m_restless;
    bool m_commaFirst;
};

} // namespace

QByteArray oddlyWritten(const JsonValue &value, Chance &chance)
{
    return OddWriter(chance).write(value);
}

} // namespace automation
