#include "definitiongenerator.h"

#include "model/json/jsonwriter.h"

using namespace Qt::Literals::StringLiterals;

namespace automation {

namespace {

// All paths meet again at every so many steps.
constexpr int sectionLength = 12;

QString words(QRandomGenerator &random)
{
    static const QStringList texts {u"Your table is booked for tonight"_s, u"We are sorry, nobody is here right now"_s,
        u"Please answer with the number of your choice"_s, u"Thank you, the parcel is on its way \U0001F4E6"_s,
        u"Line one\nLine two, with \"quotes\""_s};
    return texts.at(random.bounded(int(texts.size())));
}

// Only what a step has to say, as a person writes it.
JsonValue written(const QString &type, const QString &id, const JsonValue &next, const JsonValue &inputs,
    const JsonValue &outputs = {}, const JsonValue &select = {}, const JsonValue &sequences = {})
{
    JsonValue step = JsonValue::object({{u"id"_s, id}, {u"stepType"_s, type}});
    for (const auto &[key, value] : {std::pair<QString, const JsonValue &> {u"inputs"_s, inputs}, {u"do"_s, sequences},
             {u"outputs"_s, outputs}, {u"selectNextStep"_s, select}, {u"nextStepId"_s, next}}) {
        if (!value.isNull())
            step.set(key, value);
    }
    return step;
}

} // namespace

QString DefinitionGenerator::nameOf(int index) const
{
    return u"step_%1"_s.arg(index + 1, 4, 10, QChar(u'0'));
}

JsonValue DefinitionGenerator::nextOf(int index) const
{
    return index + 1 < m_count ? JsonValue(nameOf(index + 1)) : JsonValue();
}

int DefinitionGenerator::laterInSection(int index)
{
    const int sectionEnd = (index / sectionLength + 1) * sectionLength;
    return qMin(index + 1 + below(qMax(1, sectionEnd - index)), m_count - 1);
}

QString DefinitionGenerator::variable()
{
    return m_written.isEmpty() ? u"payload.source"_s : m_written.at(below(int(m_written.size())));
}

JsonValue DefinitionGenerator::message(const QString &id, const JsonValue &next)
{
    if (below(3) == 0) {
        return written(u"ChatAppsMessage"_s, id, next,
            JsonValue::object({{u"subAccountId"_s, u"bistro_chat"_s},
                {u"user"_s, JsonValue::object({{u"msisdn"_s, u"{{data.payload.source}}"_s}})}, {u"type"_s, u"text"_s},
                {u"content"_s, JsonValue::object({{u"text"_s, words(m_random)}})}}));
    }
    return written(u"SMS"_s, id, next,
        JsonValue::object({{u"subAccountId"_s, u"bistro_sms"_s}, {u"source"_s, u"Bistro"_s},
            {u"destination"_s, u"{{data.payload.source}}"_s},
            {u"text"_s, u"%1: {{data.%2}}"_s.arg(words(m_random), variable())}, {u"encoding"_s, u"AUTO"_s}}));
}

JsonValue DefinitionGenerator::request(const QString &id, const JsonValue &next)
{
    const QString result = u"answer_%1"_s.arg(id.mid(5));
    return written(u"HttpRequest"_s, id, next,
        JsonValue::object({{u"url"_s, u"https://bookings.example.com/tables/%1"_s.arg(below(500))},
            {u"method"_s, u"POST"_s}, {u"headers"_s, JsonValue::object({{u"Content-Type"_s, u"application/json"_s}})},
            {u"body"_s,
                JsonValue::object({{u"guest"_s, u"{{data.payload.source}}"_s}, {u"seats"_s, JsonValue(1 + below(8))},
                    {u"note"_s, u"{{data.%1}}"_s.arg(variable())}})},
            {u"timeoutSeconds"_s, JsonValue(10)}}),
        JsonValue::object({{result, u"{{step.responseCode}}"_s}}));
}

JsonValue DefinitionGenerator::branch(const QString &id, int index)
{
    static const QStringList cities {u"Lyon"_s, u"Porto"_s, u"Ghent"_s, u"Turku"_s, u"Krakow"_s, u"Basel"_s};
    JsonValue select = JsonValue::object();
    const int conditions = 1 + below(4);
    for (int i = 0; i < conditions; ++i) {
        const QString target = nameOf(laterInSection(index));
        if (!select.contains(target)) {
            select.set(target,
                below(4) == 0 ? u"{{data.%1 == 'city %2'}}"_s.arg(variable()).arg(i)
                              : u"{{stringContains(data.payload.body, '%1', true)}}"_s.arg(cities.at(i)));
        }
    }
    const QString otherwise = nameOf(qMin(index + 1, m_count - 1));
    select.remove(otherwise);
    select.set(otherwise, nullptr);
    return written(u"Branch"_s, id, {}, {}, {}, select);
}

JsonValue DefinitionGenerator::waitForReply(const QString &id, int index)
{
    const QString reply = u"reply_%1"_s.arg(id.mid(5));
    JsonValue select = JsonValue::object({{nameOf(index + 1), u"{{step.reply != null}}"_s}});
    // A silent guest is asked again, else the section is left.
    const int back = (index / sectionLength) * sectionLength + 1;
    const QString silent = below(2) == 0 && back < index ? nameOf(back) : nameOf(laterInSection(index));
    if (!select.contains(silent))
        select.set(silent, u"{{step.reply == null}}"_s);
    return written(u"WaitForReply"_s, id, {},
        JsonValue::object({{u"from"_s, u"{{data.payload.source}}"_s}, {u"channel"_s, u"sms"_s},
            {u"timeout"_s, u"0.00:%1:00"_s.arg(5 + below(50), 2, 10, QChar(u'0'))}}),
        JsonValue::object({{reply, u"{{step.reply.payload.body}}"_s}}), select);
}

JsonValue DefinitionGenerator::condition(const QString &id, int index, const JsonValue &next)
{
    JsonValue inside = JsonValue::array();
    const int count = qMin(1 + below(3), m_count - m_made);
    for (int i = 0; i < count; ++i) {
        const JsonValue following = i + 1 < count ? JsonValue(u"inner_%1_%2"_s.arg(index).arg(i + 2)) : JsonValue();
        inside.append(message(u"inner_%1_%2"_s.arg(index).arg(i + 1), following));
        ++m_made;
    }
    return written(u"If"_s, id, next,
        JsonValue::object({{u"condition"_s, u"{{isCountryCode(data.payload.source, 'FR')}}"_s}}), {}, {},
        count > 0 ? JsonValue::array({inside}) : JsonValue());
}

JsonValue DefinitionGenerator::step(int index)
{
    const QString id = nameOf(index);
    const JsonValue next = nextOf(index);
    ++m_made;
    const bool last = index + 2 >= m_count;
    if (index % sectionLength == 0 && index > 0) {
        JsonValue result = request(id, next);
        m_written += u"answer_%1"_s.arg(id.mid(5));
        return result;
    }
    const int kind = below(100);
    if (kind < 18 && !last)
        return branch(id, index);
    if (kind < 30 && !last)
        return waitForReply(id, index);
    if (kind < 42)
        return request(id, next);
    if (kind < 50) {
        return written(u"Wait"_s, id, next,
            JsonValue::object({{u"duration"_s, u"0.00:00:%1"_s.arg(1 + below(59), 2, 10, QChar(u'0'))}}));
    }
    if (kind < 58)
        return condition(id, index, next);
    return message(id, next);
}

JsonValue DefinitionGenerator::tree(int steps)
{
    m_written.clear();
    m_made = 0;
    m_count = steps;
    JsonValue list = JsonValue::array();
    // How many steps stand inside others shows only on the way: make the list, then make it again in the right length.
    const QRandomGenerator before = m_random;
    for (int round = 0; round < 2; ++round) {
        list = JsonValue::array();
        m_random = before;
        m_written.clear();
        m_made = 0;
        for (int i = 0; i < m_count; ++i)
            list.append(step(i));
        m_count = qMax(1, int(qint64(m_count) * steps / qMax(1, m_made)));
    }
    return JsonValue::object(
        {{u"definition"_s, JsonValue::object({{u"name"_s, u"Made for measuring"_s}, {u"steps"_s, list}})},
            {u"subAccountId"_s, nullptr}, {u"trigger"_s, u"inbound_sms"_s}, {u"status"_s, u"disabled"_s}});
}

QByteArray DefinitionGenerator::text(int steps)
{
    return writeJson(tree(steps)) + '\n';
}

} // namespace automation
