#include "model/document/commands/variablecommands.h"

#include "model/document/commands/outcomeediting.h"
#include "model/expression/expressiontemplate.h"
#include "model/expression/memberaccess.h"
#include "model/expression/scriptreferences.h"
#include "model/expression/scripttokens.h"

#include <QCoreApplication>
#include <QSet>

namespace automation {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(StepCommands)
};

// One access to a variable in a script: what to write instead of which part of it.
struct Change
{
    qsizetype offset = 0;
    qsizetype length = 0;
    QString text;
};

struct Findings
{
    QList<Change> changes; // in the order of the script
    bool readsNew = false;
    bool readsUnknown = false; // a member of data with a computed name
};

// The accesses to data.oldName in a script.
Findings look(QStringView script, const QString &oldName, const QString &newName)
{
    Findings found;
    if (!script.contains(u"data"))
        return found;
    const QList<ScriptReference> references = findReferences(script).references;
    QList<ScriptToken> tokens;
    for (const ScriptReference &reference : references) {
        if (reference.root != u"data")
            continue;
        if (reference.path.isEmpty()) {
            found.readsUnknown = found.readsUnknown || reference.isOpen;
            continue;
        }
        const ScriptReference::Member &member = reference.path.first();
        found.readsNew = found.readsNew || member.name == newName;
        if (member.name != oldName)
            continue;
        if (tokens.isEmpty())
            tokens = scanScript(script);
        qsizetype root = 0;
        while (tokens.at(root).offset != reference.offset)
            ++root;
        const auto textOf = [&](qsizetype i) { return script.mid(tokens.at(i).offset, tokens.at(i).length); };
        const bool isOptional = textOf(root + 1) == u"?.";
        const bool isBracket = textOf(root + (isOptional ? 2 : 1)) == u"[";
        const qsizetype nameToken = root + (isOptional && isBracket ? 3 : 2);
        const ScriptToken &name = tokens.at(nameToken);
        if (!isBracket && isDotName(newName)) {
            found.changes += {name.offset, name.length, newName};
        } else if (!isBracket) {
            const qsizetype start = tokens.at(root + 1).offset;
            const QString access = isOptional ? u"?.["_qs : u"["_qs;
            found.changes += {start, name.end() - start, access + quotedText(newName) + u']'};
        } else if (!isDotName(oldName) && isDotName(newName)) {
            const qsizetype start = tokens.at(root + 1).offset;
            const QString access = isOptional ? u"?."_qs : u"."_qs;
            found.changes += {start, tokens.at(nameToken + 1).end() - start, access + newName};
        } else {
            const bool isString = name.kind == ScriptToken::Kind::String;
            const QChar quote = isString ? script.at(name.offset) : QChar(u'\'');
            found.changes += {name.offset, name.length, quotedText(newName, quote)};
        }
    }
    return found;
}

// Goes through the expressions of all steps and through the names their outputs write.
class Renaming
{
public:
    Renaming(const WorkflowDefinition &definition, const DefinitionGraph &graph, const QString &oldName,
        const QString &newName)
        : m_graph(graph)
        , m_recorder(definition)
        , m_old(oldName)
        , m_new(newName)
    {
    }

    Result<DefinitionEdit> run()
    {
        for (const GraphNode &node : m_graph.nodes()) {
            const JsonValue *found = node.isTrigger ? nullptr : m_recorder.at(node.pointer);
            if (!found || !found->isObject())
                continue;
            const JsonValue step = *found;
            m_node = &node;
            m_touched = false;
            for (qsizetype i = 0; i < step.size(); ++i) {
                const QString &member = step.keyAt(i);
                if (step.indexOf(member) != i)
                    continue; // another member of that name is the one that counts
                if (member == u"id" || member == u"stepType" || member == u"nextStepId"
                    || (member == u"do" && !node.children.isEmpty()))
                    continue;
                const bool isScript = member == u"selectNextStep";
                visit(node.pointer / member, step.at(i), isScript);
            }
            renameOutput(step);
            if (m_touched)
                m_edit.stepKeys += node.key;
        }
        if (!m_newRead.isEmpty()) {
            return invalidRequest(Text::tr("“%1” is read in “%2” already although no step writes it: it is data of "
                                           "the trigger, or a mistake to correct first.")
                                      .arg(m_new, m_newRead));
        }
        if (!m_unknown.isEmpty()) {
            m_edit.notice = Text::tr("“%1” reads data by a computed name; look whether it means “%2”.")
                                .arg(m_unknown.join(Text::tr("”, “")), m_old);
        }
        m_edit.text = Text::tr("Rename the variable “%1” to “%2”").arg(m_old, m_new);
        m_edit.reveal = m_edit.stepKeys.value(0);
        // Labels of outcomes may show the name.
        m_edit.structureChanged = true;
        return m_recorder.finish(m_edit);
    }

private:
    void visit(const JsonPointer &place, const JsonValue &value, bool isCondition)
    {
        if (value.isString()) {
            rewrite(place, value.toString(), isCondition);
            return;
        }
        for (qsizetype i = 0; i < value.size(); ++i) {
            if (value.isArray())
                visit(place / i, value.at(i), isCondition);
            else if (value.indexOf(value.keyAt(i)) == i)
                visit(place / value.keyAt(i), value.at(i), isCondition);
        }
    }

    void rewrite(const JsonPointer &place, const QString &text, bool isCondition)
    {
        QList<Change> changes;
        const auto scan = [&](QStringView script, qsizetype start) {
            Findings found = look(script, m_old, m_new);
            for (Change &change : found.changes) {
                change.offset += start;
                changes += change;
            }
            if (found.readsNew && m_newRead.isEmpty())
                m_newRead = m_node->id;
            if (found.readsUnknown && !m_unknown.contains(m_node->id))
                m_unknown += m_node->id;
        };
        if (ExpressionTemplate::mayHaveExpressions(text)) {
            const ExpressionTemplate parts(text);
            for (const TemplatePart &part : parts.parts()) {
                if (part.isExpression)
                    scan(parts.script(part), part.scriptStart);
            }
        } else if (isCondition) {
            scan(text, 0); // the braces were forgotten; it is an expression all the same
        }
        if (changes.isEmpty())
            return;
        QString changed = text;
        std::for_each(changes.rbegin(), changes.rend(),
            [&changed](const Change &change) { changed.replace(change.offset, change.length, change.text); });
        m_recorder.replace(place, changed);
        m_touched = true;
    }

    void renameOutput(const JsonValue &step)
    {
        const JsonValue &outputs = step.value(u"outputs");
        if (!outputs.isObject() || !outputs.contains(m_old))
            return;
        m_recorder.renameKey(m_node->pointer / u"outputs"_qs / m_old, m_new);
        m_touched = true;
    }

    const DefinitionGraph &m_graph;
    EditRecorder m_recorder;
    DefinitionEdit m_edit;
    QString m_old;
    QString m_new;
    const GraphNode *m_node = nullptr;
    bool m_touched = false;
    QString m_newRead; // a step that reads the new name
    QStringList m_unknown; // steps that read computed names
};

// Names that come with the trigger for certain. What an HTTP request brings is for its sender to say.
QSet<QString> triggerData(const DefinitionGraph &graph)
{
    QSet<QString> names;
    const StepType *trigger = graph.nodes().isEmpty() ? nullptr : graph.nodes().first().type;
    if (!trigger || trigger->name == u"http_request")
        return names;
    for (const auto &[title, payload] : trigger->payloads) {
        for (qsizetype i = 0; i < payload.size(); ++i)
            names.insert(payload.keyAt(i));
    }
    return names;
}

} // namespace

QStringList writtenVariables(const WorkflowDefinition &definition, const DefinitionGraph &graph)
{
    QStringList names;
    QSet<QString> known;
    for (const GraphNode &node : graph.nodes()) {
        const JsonValue *step = node.isTrigger ? nullptr : node.pointer.resolve(definition.root());
        if (!step)
            continue;
        const JsonValue &outputs = step->value(u"outputs");
        for (qsizetype i = 0; i < outputs.size(); ++i) {
            const QString &name = outputs.keyAt(i);
            if (outputs.isObject() && !known.contains(name)) {
                known.insert(name);
                names += name;
            }
        }
    }
    return names;
}

Result<DefinitionEdit> renameVariable(
    const WorkflowDefinition &definition, const DefinitionGraph &graph, const QString &oldName, const QString &newName)
{
    const QStringList written = writtenVariables(definition, graph);
    const QSet<QString> given = triggerData(graph);
    if (!written.contains(oldName))
        return invalidRequest(Text::tr("No step writes a variable “%1”.").arg(oldName));
    if (given.contains(oldName)) {
        return invalidRequest(Text::tr("“%1” is data of the trigger as well, so it is unclear which one an expression "
                                       "means. Rename it in the outputs of the step that writes it.")
                                  .arg(oldName));
    }
    if (newName.trimmed().isEmpty())
        return invalidRequest(Text::tr("A variable needs a name."));
    const bool isWritable = std::none_of(newName.begin(), newName.end(),
        [](QChar c) { return c < u' ' || c.isSurrogate() || c == QChar(0x2028) || c == QChar(0x2029); });
    if (!isWritable)
        return invalidRequest(Text::tr("The name holds a character that no expression can name."));
    if (newName != oldName && written.contains(newName))
        return invalidRequest(Text::tr("Another variable is named “%1” already.").arg(newName));
    if (given.contains(newName))
        return invalidRequest(Text::tr("“%1” is data of the trigger already.").arg(newName));
    if (newName == oldName)
        return DefinitionEdit();
    return Renaming(definition, graph, oldName, newName).run();
}

} // namespace automation
