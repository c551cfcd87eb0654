#include "model/document/documentsave.h"

#include "model/document/atomicfile.h"
#include "model/document/layoutfile.h"
#include "model/json/jsonpatch.h"
#include "model/json/jsonreader.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>

namespace automation {

QByteArray DocumentSnapshot::text() const
{
    return patchJson(base.text, base.tree, root);
}

SaveOutcome writeDocument(const SaveRequest &request)
{
    SaveOutcome outcome;
    outcome.layoutHash = request.knownLayoutHash;
    const QByteArray text = request.content.text();
    const QByteArray hash = contentHash(text);
    const bool isDevice = QFileInfo::exists(request.path) && !QFileInfo(request.path).isFile();
    const FileContent present = isDevice ? FileContent {} : lookAtFile(request.path, JsonLimits().bytes);
    if (present.exists && present.hash != request.knownHash && !request.overwritesChanges) {
        outcome.error = Error {ErrorCode::ChangedOnDisk,
            QCoreApplication::translate("WorkflowDocument",
                "“%1” was changed by another program since it was opened. Saving would lose that change.")
                .arg(QDir::toNativeSeparators(request.path))};
        return outcome;
    }
    if (present.hash != hash) {
        if (const Result<void> written = writeFileAtomically(request.path, text); !written) {
            outcome.error = written.error();
            return outcome;
        }
    }
    outcome.hash = hash;
    if (!request.drawing || isDevice) // beside a device or a pipe belongs no file
        return outcome;
    const Result<QByteArray> layout = writeLayoutFile(request.path, *request.drawing, request.knownLayoutHash);
    if (layout) {
        outcome.layoutHash = *layout;
        outcome.drawing = request.drawing;
    } else {
        outcome.error = layout.error();
    }
    return outcome;
}

} // namespace automation
