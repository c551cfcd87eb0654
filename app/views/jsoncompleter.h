#pragma once

#include "app/views/jsonoffers.h"
#include "model/validation/completion.h"

#include <QObject>
#include <QPointer>

namespace automation {

class CompletionList;
class JsonDocumentView;
class JsonEditor;
class StepData;

// Offers what can be written while the text of a definition is: names from the catalogue, step types, targets, and in
// expressions the data that is there. Opens by itself behind a quote and the first letters, and at Ctrl+Space; arrows
// choose, Enter or Tab takes, Esc closes. GUI thread; neither view nor document are owned.
class JsonCompleter : public QObject
{
    Q_OBJECT
public:
    JsonCompleter(JsonDocumentView *view, WorkflowDocument *document);

    bool isOpen() const;
    QStringList names() const; // that are offered

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    struct Choice
    {
        JsonOffer offer;
        bool isExpression = false;
        bool isFunction = false;
        bool isNamed = false; // nothing follows the name
    };
    QList<Choice> choices(const JsonContext &place) const;
    void offer(bool isAsked);
    void take(int row);
    void close();

    JsonDocumentView *m_view;
    QPointer<WorkflowDocument> m_document;
    StepData *m_data;
    QPointer<CompletionList> m_list;
    QList<Choice> m_choices;
};

} // namespace automation
