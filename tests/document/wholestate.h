#pragma once

#include "model/document/drawingjson.h"
#include "model/document/workflowdocument.h"

namespace automation {

// All that is to come back of a document.
inline QByteArray wholeState(const QByteArray &text, const DrawingLayout &drawing)
{
    return text + writeDrawingLayout(drawing);
}
inline QByteArray wholeState(const WorkflowDocument &document)
{
    return wholeState(document.text(), document.drawing());
}

} // namespace automation
