#include "app/views/jsoncompleter.h"

#include "app/views/jsondocumentview.h"
#include "app/views/jsoneditor.h"
#include "designer/inspector/completionlist.h"
#include "designer/inspector/stepdata.h"
#include "model/expression/functioncatalog.h"
#include "model/json/jsonwriter.h"

#include <QKeyEvent>

namespace automation {

namespace {

constexpr qsizetype longestSample = 60;

JsonOffer offerOf(const AvailableData &data)
{
    JsonOffer offer {data.path, data.type, {}, {}, !data.isCertain};
    if (!data.sample.isNull() && !data.sample.isObject() && !data.sample.isArray()) {
        const QString sample = data.sample.isString() ? data.sample.toString()
                                                      : QString::fromUtf8(writeJson(data.sample, JsonStyle::compact()));
        offer.detail += u" · "_qs + sample.simplified().left(longestSample);
    }
    const QString writers = data.writers.join(u", "_qs).remove(nodeKeySeparator);
    if (data.isOfTrigger)
        offer.sentence = JsonCompleter::tr("From the trigger.");
    else if (data.isCertain)
        offer.sentence = JsonCompleter::tr("Written by %1 on every path to here.").arg(writers);
    else
        offer.sentence = JsonCompleter::tr("Written by %1, but not on every path to here.").arg(writers);
    return offer;
}

} // namespace

JsonCompleter::JsonCompleter(JsonDocumentView *view, WorkflowDocument *document)
    : QObject(view)
    , m_view(view)
    , m_document(document)
    , m_data(new StepData(this))
{
    m_data->setDocument(document);
    JsonEditor *editor = view->editor();
    editor->installEventFilter(this);
    connect(editor, &JsonEditor::jumped, this, [this] {
        if (isOpen())
            offer(true);
    });
}

bool JsonCompleter::isOpen() const
{
    return m_list && m_list->isVisible();
}

QStringList JsonCompleter::names() const
{
    QStringList names;
    for (const Choice &choice : isOpen() ? m_choices : QList<Choice>())
        names += choice.offer.name;
    return names;
}

QList<JsonCompleter::Choice> JsonCompleter::choices(const JsonContext &place) const
{
    QList<Choice> all;
    if (place.isInString && !place.isKey) {
        const QString text = QString::fromUtf8(m_view->editor()->bytes().mid(place.start, place.end - place.start));
        if (const std::optional<CompletionPlace> name = completionPlace(text, place.typed.size())) {
            const int node = nodeAt(place, *m_document);
            const bool isLeaving = isInOutputs(place);
            const QString key = node < 0 ? QString() : m_document->graph().nodes().at(node).key;
            const QList<AvailableData> data
                = m_data->available(key, isLeaving ? DataRead::When::Leaving : DataRead::When::Running);
            const StepType *offers = node >= 0 && isLeaving ? m_document->graph().nodes().at(node).type : nullptr;
            for (const CompletionItem &item : completions(name->typed, data, offers)) {
                Choice choice {{item.text, {}, {}, {}, false}, true, item.kind == CompletionItem::Kind::Function, true};
                if (item.kind == CompletionItem::Kind::Data) {
                    const AvailableData &found = data.at(item.index);
                    choice.offer = offerOf(found);
                    choice.offer.name = item.text;
                    choice.isNamed = found.type != u"object" && found.type != u"list";
                } else if (item.kind == CompletionItem::Kind::StepMember) {
                    choice.offer.detail = offers->outputs.at(item.index).type;
                    choice.offer.sentence = offers->outputs.at(item.index).help;
                } else {
                    choice.offer.detail = tr("function");
                    choice.offer.sentence = functionCatalog().at(item.index).signature;
                }
                all += choice;
            }
            return all;
        }
    }
    for (const JsonOffer &offer : jsonOffers(place, *m_document))
        all += {offer, false, false, false};
    return all;
}

void JsonCompleter::offer(bool isAsked)
{
    if (!m_document)
        return;
    const JsonContext place = jsonContextAt(m_view->editor()->bytes(), m_view->editor()->cursor());
    if (!place.isInString && !isAsked) {
        close();
        return;
    }
    m_choices = choices(place);
    const bool isWhole = m_choices.size() == 1 && m_choices.first().offer.name == place.typed;
    if (m_choices.isEmpty() || (isWhole && !isAsked)) {
        close();
        return;
    }
    QList<CompletionList::Row> rows;
    for (const Choice &choice : std::as_const(m_choices))
        rows += {choice.offer.name, choice.offer.detail, choice.offer.sentence, choice.offer.isDoubtful};
    if (!m_list) {
        m_list = new CompletionList(m_view->editor());
        connect(m_list, &CompletionList::clicked, this, &JsonCompleter::take);
    }
    m_list->showRows(rows, m_view->editor()->cursorLine());
}

void JsonCompleter::take(int row)
{
    close();
    JsonEditor *editor = m_view->editor();
    const QByteArray text = editor->bytes();
    const JsonContext place = jsonContextAt(text, editor->cursor());
    if (row < 0 || row >= m_choices.size())
        return;
    const Choice choice = m_choices.at(row);
    m_view->endTyping();
    if (choice.isExpression) {
        const QString whole = QString::fromUtf8(text.mid(place.start, place.end - place.start));
        const std::optional<CompletionPlace> name = completionPlace(whole, place.typed.size());
        if (!name)
            return;
        const QString tail = name->isClosed ? QString() : u"}}"_qs;
        const QString written = choice.offer.name + (choice.isFunction ? u"()"_qs : QString()) + tail;
        const qsizetype start = place.start + whole.first(name->start).toUtf8().size();
        const qsizetype end = start + whole.mid(name->start, name->length).toUtf8().size();
        editor->type(start, end, written.toUtf8());
        const qsizetype back = choice.isFunction ? tail.size() + 1 : choice.isNamed ? 0 : tail.size();
        editor->setCursor(start + written.toUtf8().size() - back);
        return;
    }
    // The name in quotes, whatever of them is there already.
    const QByteArray name = writeJsonString(choice.offer.name);
    const qsizetype start = place.isInString ? place.start - 1 : place.start;
    const qsizetype end = place.isInString ? place.end + (place.isClosed ? 1 : 0) : place.start;
    const QByteArray follows = place.isKey && !place.hasColon ? choice.offer.follows.toUtf8() : QByteArray();
    editor->type(start, end, name + follows);
    const qsizetype written = start + name.size() + follows.size();
    editor->setCursor(follows.endsWith('"') ? written - 1 : written);
    m_view->endTyping();
}

void JsonCompleter::close()
{
    if (m_list)
        m_list->hide();
}

bool JsonCompleter::eventFilter(QObject *, QEvent *event)
{
    if (event->type() == QEvent::FocusOut || event->type() == QEvent::Hide || event->type() == QEvent::Resize
        || event->type() == QEvent::Wheel) {
        close();
        return false;
    }
    if (event->type() != QEvent::KeyPress && event->type() != QEvent::ShortcutOverride)
        return false;
    auto *key = static_cast<QKeyEvent *>(event);
    const bool isPress = event->type() == QEvent::KeyPress;
    if (key->keyCombination() == (Qt::CTRL | Qt::Key_Space)) {
        event->accept();
        if (isPress)
            offer(true);
        return true;
    }
    if (isOpen() && (key->modifiers() & ~Qt::KeypadModifier) == Qt::NoModifier) {
        const auto taken = [&](auto run) {
            event->accept();
            if (isPress)
                run();
            return true;
        };
        switch (key->key()) {
        case Qt::Key_Up:
        case Qt::Key_Down:
            return taken([&] { m_list->move(key->key() == Qt::Key_Up ? -1 : 1); });
        case Qt::Key_PageUp:
        case Qt::Key_PageDown:
            return taken([&] { m_list->movePage(key->key() == Qt::Key_PageUp ? -1 : 1); });
        case Qt::Key_Return:
        case Qt::Key_Enter:
        case Qt::Key_Tab:
            return taken([this] { take(m_list->current()); });
        case Qt::Key_Escape:
            return taken([this] { close(); });
        default:
            break;
        }
    }
    // Once the key is in the text.
    const bool writes
        = !key->text().isEmpty() && key->text().at(0).isPrint() && !(key->modifiers() & Qt::ControlModifier);
    if (isPress && (writes || (isOpen() && key->key() == Qt::Key_Backspace))) {
        QMetaObject::invokeMethod(
            this,
            [this] {
                if (m_view->editor()->hasFocus())
                    offer(false);
            },
            Qt::QueuedConnection);
    }
    return false;
}

} // namespace automation
