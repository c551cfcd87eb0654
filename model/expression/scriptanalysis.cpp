#include "model/expression/scriptanalysis.h"

#include "model/expression/expressiontemplate.h"
#include "model/expression/plainscript.h"
#include "model/expression/remembered.h"
#include "model/expression/scriptsyntax.h"
#include "model/json/texthash.h"

#include <cstring>
#include <utility>
#include <vector>

namespace automation {

namespace {

// Some megabytes at most; then all are forgotten, which is simple and rare.
constexpr size_t mostRemembered = 20000;

// The texts that were analysed, by their bytes, which stand apart from what was found out about them: a look-up that
// leads from place to place in memory takes longer than all else. A text of 8 bits a character and the same of 16 are
// two.
class Texts
{
public:
    // What make() returns, or returned the last time. text: of no more than longestRememberedText bytes, not empty.
    template <typename Make> const std::shared_ptr<const TextAnalysis> &of(QAnyStringView text, const Make &make)
    {
        const QByteArrayView bytes(static_cast<const char *>(text.data()), text.size_bytes());
        const Name name {quint32(textHash(bytes)), quint32(2 * bytes.size() + (text.size() < bytes.size() ? 1 : 0))};
        if (const Entry &known = m_entries[placeOf(name, bytes.data())]; known.analysis)
            return known.analysis;
        std::shared_ptr<const TextAnalysis> fresh = make();
        if (m_count >= mostRemembered)
            *this = {};
        else if (2 * m_count >= m_entries.size())
            grow();
        ++m_count;
        Entry &entry = m_entries[placeOf(name, bytes.data())];
        entry = {name, std::make_unique<char[]>(size_t(bytes.size())), std::move(fresh)};
        std::memcpy(entry.bytes.get(), bytes.data(), size_t(bytes.size()));
        return entry.analysis;
    }

private:
    struct Name
    {
        quint32 hash = 0;
        quint32 size = 0; // twice the bytes, and one more for 16 bits a character

        friend bool operator==(const Name &, const Name &) = default;
    };
    struct Entry
    {
        Name name;
        std::unique_ptr<char[]> bytes;
        std::shared_ptr<const TextAnalysis> analysis; // nullptr: free
    };

    size_t next(size_t place) const { return (place + 1) & (m_entries.size() - 1); }
    // Where it stands or would stand.
    size_t placeOf(const Name &name, const char *bytes) const
    {
        size_t place = name.hash & (m_entries.size() - 1);
        while (m_entries[place].analysis
            && (m_entries[place].name != name || std::memcmp(m_entries[place].bytes.get(), bytes, name.size / 2) != 0))
            place = next(place);
        return place;
    }
    void grow()
    {
        std::vector<Entry> before = std::exchange(m_entries, std::vector<Entry>(2 * m_entries.size()));
        for (Entry &entry : before) {
            size_t place = entry.name.hash & (m_entries.size() - 1);
            while (entry.analysis && m_entries[place].analysis)
                place = next(place);
            if (entry.analysis)
                m_entries[place] = std::move(entry);
        }
    }

    std::vector<Entry> m_entries = std::vector<Entry>(256); // a power of two, at most half full
    size_t m_count = 0;
};
constexpr qsizetype longestRememberedText = 2000; // bytes

qsizetype findTypographicQuote(QStringView script)
{
    QChar quote;
    for (qsizetype i = 0; i < script.size(); ++i) {
        const QChar c = script[i];
        if (!quote.isNull()) {
            if (c == u'\\')
                ++i;
            else if (c == quote)
                quote = QChar();
        } else if (c == u'\'' || c == u'"' || c == u'`') {
            quote = c;
        } else if (isTypographicQuote(c)) {
            return i;
        }
    }
    return -1;
}

void noteOnlyRead(ScriptAnalysis &analysis)
{
    const QList<ScriptReference> &references = analysis.references.references;
    if (references.size() != 1 || references.first().isOfStep() || references.first().path.isEmpty()
        || !analysis.references.names.isEmpty() || !analysis.findings.isEmpty() || analysis.isConstant)
        return;
    analysis.onlyReads = references.first().path.first().name;
    analysis.onlyReadsHash = textHash(analysis.onlyReads);
}

std::shared_ptr<const ScriptAnalysis> analyse(QStringView script)
{
    auto analysis = std::make_shared<ScriptAnalysis>();
    analysis->script = script.toString();
    const bool isPlain = script.size() <= maxScriptLength && isPlainExpression(script);
    if (!isPlain) {
        analysis->refused = checkScript(script);
        analysis->typographicQuote = findTypographicQuote(script);
        if (!analysis->refused && analysis->typographicQuote < 0)
            analysis->refused = checkScriptSyntax(script);
    }
    if (script.size() <= maxScriptLength)
        analysis->references = findReferences(script);
    if (!analysis->refused && analysis->typographicQuote < 0) {
        analysis->findings = lintScript(script, analysis->references);
        analysis->isConstant = isConstantScript(script, analysis->references);
        noteOnlyRead(*analysis);
    }
    return analysis;
}

} // namespace

bool isTypographicQuote(QChar c)
{
    return (c >= QChar(0x2018) && c <= QChar(0x201f)) || c == QChar(0x00ab) || c == QChar(0x00bb);
}

std::shared_ptr<const ScriptAnalysis> analyseScript(QStringView script)
{
    if (script.size() > maxScriptLength)
        return analyse(script); // may be of any size, and is refused anyway
    thread_local Remembered<ScriptAnalysis> memory;
    return memory.of(script, [](QStringView fresh) { return analyse(fresh); });
}

namespace {

std::shared_ptr<const TextAnalysis> analyse(const QString &text, qsizetype mostExpressions)
{
    auto analysis = std::make_shared<TextAnalysis>();
    analysis->parts = ExpressionTemplate(text, mostExpressions);
    const ExpressionTemplate &parts = analysis->parts;
    analysis->isWholeValue = parts.isWholeValue();
    bool hasOtherBraces = parts.unclosedAt() >= 0 || parts.isCut();
    for (const TemplatePart &part : parts.parts()) {
        if (part.isExpression)
            analysis->expressions.push_back({analyseScript(parts.script(part)), part.scriptStart});
        else
            hasOtherBraces = hasOtherBraces || parts.literal(part).contains(u'{');
    }
    analysis->hasOnlyUsualBraces = !hasOtherBraces && !analysis->expressions.isEmpty();
    return analysis;
}

} // namespace

std::shared_ptr<const TextAnalysis> analyseText(QAnyStringView text, qsizetype mostExpressions)
{
    const QByteArrayView bytes(static_cast<const char *>(text.data()), text.size_bytes());
    constexpr qsizetype shortestExpression = 4;
    if (bytes.isEmpty() || bytes.size() > longestRememberedText || bytes.size() / shortestExpression > mostExpressions)
        return analyse(text.toString(), mostExpressions);
    thread_local Texts memory;
    return memory.of(text, [&] { return analyse(text.toString(), mostExpressions); });
}

} // namespace automation
