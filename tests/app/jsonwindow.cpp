#include "jsonwindow.h"

#include "model/json/jsonreader.h"

namespace automation {

const QByteArray smallWorkflow = R"({
  "definition": {
    "name": "Hello",
    "steps": [
      {
        "id": "ask",
        "stepType": "SMS",
        "inputs": {
          "text": "Hi {{data.payload.source}}"
        },
        "nextStepId": "pause"
      },
      {
        "id": "pause",
        "stepType": "Wait",
        "inputs": {
          "duration": "00:05:00"
        }
      }
    ]
  },
  "trigger": "inbound_sms",
  "status": "disabled"
}
)";

std::optional<QString> disagreement(JsonWindow &window)
{
    const QByteArray text = window.text();
    QByteArray shown = window.document()->shownText();
    if (shown.startsWith("\xEF\xBB\xBF"))
        shown.remove(0, 3);
    if (text != shown)
        return u"the view shows\n%1\nand the document has\n%2"_qs.arg(
            QString::fromUtf8(text), QString::fromUtf8(shown));
    const Result<JsonValue> read = readJson(window.document()->shownText());
    const bool isGood = read && WorkflowDefinition::fromJson(*read);
    // A draft that another change made good is taken over with the next key.
    if (!isGood && !window.document()->draft())
        return u"the text is %1 but the document says otherwise:\n%2"_qs.arg(
            isGood ? u"good"_qs : u"broken"_qs, QString::fromUtf8(shown));
    if (!window.document()->draft()
        && (*read != window.document()->definition().root()
            || window.document()->text() != window.document()->shownText()))
        return u"the definition is not that of the text"_qs;
    return std::nullopt;
}

} // namespace automation
