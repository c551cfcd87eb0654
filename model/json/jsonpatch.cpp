#include "model/json/jsonpatch.h"

#include "model/json/jsonlayout_p.h"
#include "model/json/jsonmatch_p.h"
#include "model/json/jsonreader.h"

#include <algorithm>
#include <optional>
#include <QHash>
#include <utility>

namespace automation {

namespace {

// A new object on one line may be this long; beyond it gets lines of its own.
constexpr qsizetype longestOneLiner = 80;

class Patcher
{
public:
    Patcher(const QByteArray &text, const JsonValue &root)
        : m_text(text)
        , m_root(root)
        , m_layout(surveyLayout(text, root))
    {
    }

    QByteArray run(const JsonValue &newer)
    {
        m_out.reserve(m_text.size() + m_text.size() / 16 + 64);
        const JsonSpan span = m_root.span();
        const QByteArrayView before = QByteArrayView(m_text).first(span.start);
        m_out += before;
        // A byte order mark is no margin.
        const QByteArray margin = hasLineBreak(before) ? marginOf(before).toByteArray() : QByteArray();
        patchValue(m_root, newer, {margin, m_layout.multiLine});
        m_out += QByteArrayView(m_text).sliced(span.end);
        return std::move(m_out);
    }

private:
    // Where a value stands.
    struct Place
    {
        QByteArray margin; // indentation of its line
        bool ownLine = false; // it begins a line, so its elements may have lines of their own
    };

    QByteArrayView source(const JsonValue &older) const
    {
        return QByteArrayView(m_text).sliced(older.span().start, older.span().end - older.span().start);
    }

    void patchValue(const JsonValue &older, const JsonValue &newer, const Place &place)
    {
        const bool containers = (older.isObject() && newer.isObject()) || (older.isArray() && newer.isArray());
        if (!containers) {
            if (older == newer)
                m_out += source(older);
            else if (older.isEmpty())
                writeFresh(newer, place.ownLine, place.margin);
            else
                writeFresh(newer, hasLineBreak(source(older)), place.margin);
        } else if (older.sharesDataWith(newer) || (older.isEmpty() && newer.isEmpty())) {
            m_out += source(older);
        } else if (newer.isEmpty()) {
            m_out += newer.isObject() ? "{}" : "[]";
        } else if (older.isEmpty()) {
            writeFresh(newer, place.ownLine || hasLineBreak(source(older)), place.margin);
        } else if (older.isArray() && older.at(0).isArray()) {
            const JsonValue *lists = std::exchange(m_lists, &older);
            const qsizetype indexed = std::exchange(m_indexed, 0);
            QHash<QByteArray, QList<const JsonValue *>> members = std::exchange(m_members, {});
            patchElements(older, newer, place.margin);
            m_lists = lists;
            m_indexed = indexed;
            m_members = std::move(members);
        } else {
            patchElements(older, newer, place.margin);
        }
    }

    // What is new in a list may have stood in the one beside it: then it keeps its form.
    void writeFresh(const JsonValue &value, bool block, const QByteArray &margin)
    {
        const bool hasLines = block && m_layout.multiLine;
        m_out += writeJson(value, hasLines ? m_layout.block : m_layout.oneLine, margin,
            [this, hasLines](QByteArray &out, const JsonValue &part, const QByteArray &partMargin) {
                const JsonValue *known = m_lists && part.isObject() ? sameInLists(part) : nullptr;
                if (!known)
                    return false;
                const bool isBlock = hasLineBreak(source(*known));
                if (isBlock && !hasLines)
                    return false;
                if (isBlock)
                    appendBlock(out, *known, partMargin);
                else
                    out += source(*known);
                return true;
            });
    }

    static constexpr qsizetype mostOfOneName = 16; // looked at

    // The same object in a list of m_lists, found by its "id" or, without one, by all it is.
    const JsonValue *sameInLists(const JsonValue &object)
    {
        const auto nameOf = [](const JsonValue &value) {
            const JsonValue *id = value.find(QLatin1StringView("id"));
            return id && id->isString() ? id->toString().toUtf8() : writeJson(value, JsonStyle::compact());
        };
        for (; m_indexed < m_lists->size(); ++m_indexed) {
            const JsonValue &list = m_lists->at(m_indexed);
            for (qsizetype i = 0; list.isArray() && i < list.size(); ++i) {
                if (!list.at(i).isObject())
                    continue;
                QList<const JsonValue *> &members = m_members[nameOf(list.at(i))];
                if (members.size() < mostOfOneName)
                    members.append(&list.at(i));
            }
        }
        const QList<const JsonValue *> candidates = m_members.value(nameOf(object));
        const auto same = std::find_if(candidates.begin(), candidates.end(),
            [&object](const JsonValue *candidate) { return *candidate == object; });
        return same == candidates.end() ? nullptr : *same;
    }

    // A value of several lines as it stands in the text, with another margin.
    void appendBlock(QByteArray &out, const JsonValue &part, const QByteArray &margin) const
    {
        const QByteArrayView text = source(part);
        const QByteArrayView before = marginOf(QByteArrayView(m_text).first(part.span().start));
        qsizetype width = 0;
        while (width < before.size() && (before[width] == ' ' || before[width] == '\t'))
            ++width;
        const QByteArrayView own = before.first(width); // margin of the line it began in
        if (own == margin) {
            out += text;
            return;
        }
        qsizetype done = 0;
        for (qsizetype i = 0; i < text.size(); ++i) {
            const bool isEnd = text[i] == '\n' || (text[i] == '\r' && text[i + 1] != '\n'); // a bracket is last
            if (!isEnd)
                continue;
            out += text.sliced(done, i + 1 - done);
            done = i + 1;
            if (text.sliced(done).startsWith(own)) {
                out += margin;
                done += own.size();
            }
        }
        out += text.sliced(done);
    }

    void patchElements(const JsonValue &older, const JsonValue &newer, QByteArray margin)
    {
        const ContainerLayout layout(m_text, older);
        const std::vector<ElementMatch> matches = matchElements(older, newer);
        const bool object = older.isObject();
        const qsizetype count = newer.size();
        // Found out when first needed: most containers only change a value.
        std::optional<QByteArray> lead;
        std::optional<QByteArray> colon;
        std::optional<QByteArray> trail;
        std::optional<bool> block;
        const auto usualLead = [&]() -> QByteArrayView {
            if (!lead)
                lead = layout.usualLead(m_layout.oneLine.inlineComma.sliced(1));
            return *lead;
        };

        m_out += object ? '{' : '[';
        for (qsizetype i = 0; i < count; ++i) {
            const auto [oldIndex, equal] = matches[static_cast<size_t>(i)];
            const QByteArrayView blanks = leadOf(layout, oldIndex, i, usualLead);
            if (i > 0)
                m_out += ',';
            m_out += blanks;
            if (hasLineBreak(blanks))
                margin = marginOf(blanks).toByteArray();
            const Place place {margin, hasLineBreak(blanks)};

            if (object) {
                if (oldIndex >= 0 && older.keyAt(oldIndex) == newer.keyAt(i)) {
                    const JsonSpan key = older.keySpanAt(oldIndex);
                    m_out += QByteArrayView(m_text).sliced(key.start, key.end - key.start);
                } else {
                    m_out += writeJsonString(newer.keyAt(i));
                }
                if (oldIndex < 0 && !colon)
                    colon = layout.usualColon(m_layout.block.colon);
                m_out += oldIndex >= 0 ? layout.colon(oldIndex) : QByteArrayView(*colon);
            }

            if (oldIndex < 0) {
                if (!block)
                    block = elementsAreBlocks(layout, older, place.ownLine);
                const bool fits = !object || place.ownLine == false
                    || writeJson(newer.at(i), m_layout.oneLine).size() <= longestOneLiner;
                writeFresh(newer.at(i), *block || !fits, margin);
            } else if (equal) {
                m_out += layout.source(oldIndex);
            } else {
                patchValue(older.at(oldIndex), newer.at(i), place);
            }

            if (i + 1 < count) {
                if (oldIndex >= 0 && oldIndex + 1 < older.size()) {
                    m_out += layout.trail(oldIndex);
                } else {
                    if (!trail)
                        trail = layout.usualTrail();
                    m_out += *trail;
                }
            }
        }
        m_out += layout.tail();
        m_out += object ? '}' : ']';
    }

    // An element keeps its blanks when it moves, except that the first one of a line has none to give away.
    template <typename UsualLead>
    QByteArrayView leadOf(
        const ContainerLayout &layout, qsizetype oldIndex, qsizetype newIndex, UsualLead usualLead) const
    {
        const QByteArrayView first = layout.lead(0);
        if (oldIndex < 0)
            return newIndex == 0 ? first : usualLead();
        const QByteArrayView own = layout.lead(oldIndex);
        if ((oldIndex == 0) == (newIndex == 0))
            return own;
        if (newIndex == 0)
            return hasLineBreak(own) && hasLineBreak(first) ? own : first;
        return hasLineBreak(own) ? own : usualLead();
    }

    // Whether new elements of a container are laid out over several lines: as the others are that could be, else when
    // they begin a line.
    bool elementsAreBlocks(const ContainerLayout &layout, const JsonValue &older, bool ownLine) const
    {
        bool any = false;
        for (qsizetype i = 0; i < older.size(); ++i) {
            if (older.at(i).isEmpty())
                continue;
            any = true;
            if (hasLineBreak(layout.source(i)))
                return true;
        }
        return !any && ownLine;
    }

    const QByteArray &m_text;
    const JsonValue &m_root;
    TextLayout m_layout;
    QByteArray m_out;
    const JsonValue *m_lists = nullptr; // the list of lists that is patched, the innermost
    qsizetype m_indexed = 0; // so many of them are in m_members
    QHash<QByteArray, QList<const JsonValue *>> m_members; // by name
};

} // namespace

Result<QByteArray> patchJson(const QByteArray &originalText, const JsonValue &newValue)
{
    if (originalText.isEmpty())
        return writeJson(newValue) + '\n';
    const Result<JsonValue> original = readJson(originalText);
    if (!original)
        return original.error();
    return patchJson(originalText, *original, newValue);
}

QByteArray patchJson(const QByteArray &originalText, const JsonValue &original, const JsonValue &newValue)
{
    if (original.sharesDataWith(newValue))
        return originalText;
    return Patcher(originalText, original).run(newValue);
}

} // namespace automation
