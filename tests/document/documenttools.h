#pragma once

#include "model/document/commands/stepcommands.h"
#include "model/document/workflowdocument.h"

#include <QFile>
#include <QtTest>

namespace automation {

inline QByteArray fileContent(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

inline QByteArray dataText(const char *name)
{
    return fileContent(QStringLiteral(TEST_DATA_DIR "/document/") + QLatin1StringView(name));
}

inline bool writeFile(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
}

inline std::unique_ptr<WorkflowDocument> documentOf(const QByteArray &text)
{
    Result<std::unique_ptr<WorkflowDocument>> document = WorkflowDocument::fromText(text, u"test"_qs);
    if (!document) {
        qWarning("%s", qPrintable(document.error().message));
        return nullptr;
    }
    return std::move(document).value();
}

inline const StepType &stepType(QStringView name)
{
    return *StepCatalog::builtIn().step(name);
}

inline JsonPointer pointer(QStringView text)
{
    const Result<JsonPointer> place = JsonPointer::parse(text);
    return place ? *place : JsonPointer();
}

// The step of an id in a document, null when there is none.
inline JsonValue stepOf(const WorkflowDocument &document, const QString &id)
{
    const int index = document.graph().indexOfId(id);
    const JsonValue *step
        = index < 0 ? nullptr : document.graph().nodes().at(index).pointer.resolve(document.definition().root());
    return step ? *step : JsonValue();
}

// Whether the edit could be made and pushed; the reason is printed when not.
inline bool pushed(WorkflowDocument &document, const Result<DefinitionEdit> &edit)
{
    if (!edit) {
        qWarning("%s", qPrintable(edit.error().message));
        return false;
    }
    const Result<void> done = document.push(*edit);
    if (!done)
        qWarning("%s", qPrintable(done.error().message));
    return done.isOk();
}

// How b differs from a when lines common at the start and at the end are left out: (lines gone, lines come).
inline std::pair<QByteArrayList, QByteArrayList> changedLines(const QByteArray &a, const QByteArray &b)
{
    QByteArrayList left = a.split('\n');
    QByteArrayList right = b.split('\n');
    while (!left.isEmpty() && !right.isEmpty() && left.first() == right.first()) {
        left.removeFirst();
        right.removeFirst();
    }
    while (!left.isEmpty() && !right.isEmpty() && left.last() == right.last()) {
        left.removeLast();
        right.removeLast();
    }
    return {left, right};
}

} // namespace automation
