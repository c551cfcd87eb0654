#include "designer/inspector/inspector.h"

#include "designer/inspector/datatab.h"
#include "designer/inspector/expressionlineedit.h"
#include "designer/inspector/expressiontextedit.h"
#include "designer/inspector/nodeform.h"
#include "designer/inspector/stepdata.h"
#include "designer/inspector/stepjsoneditor.h"
#include "designer/style/emptystate.h"
#include "designer/style/wholetabs.h"

#include <QApplication>
#include <QScrollArea>
#include <QStackedWidget>
#include <QTabBar>
#include <QTabWidget>
#include <QVBoxLayout>

namespace automation {

Inspector::Inspector(QWidget *parent)
    : QWidget(parent)
    , m_data(new StepData(this))
    , m_stack(new QStackedWidget(this))
    , m_empty(new EmptyState(QStringLiteral("settings"), QString(), QString(), this))
    , m_tabs(new WholeTabs(this))
    , m_scroll(new QScrollArea(this))
    , m_dataTab(new DataTab(m_data, this))
    , m_jsonPage(new QWidget(this))
{
    setAccessibleName(tr("Inspector"));
    setProperty("surface", QStringLiteral("panel"));
    setAttribute(Qt::WA_StyledBackground);
    setMinimumWidth(240);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *jsonLayout = new QVBoxLayout(m_jsonPage);
    jsonLayout->setContentsMargins(14, 12, 14, 12);
    m_tabs->addTab(m_scroll, tr("Step"));
    m_tabs->addTab(m_dataTab, tr("Data"));
    m_tabs->addTab(m_jsonPage, tr("JSON"));
    m_tabs->tabBar()->setAcceptDrops(true);
    m_tabs->tabBar()->setChangeCurrentOnDrag(true); // rows of data are dragged to the fields
    m_tabs->tabBar()->setDrawBase(false);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_tabs);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_stack);
    connect(m_data, &StepData::samplesRequested, this, &Inspector::samplesRequested);
    connect(m_dataTab, &DataTab::insertRequested, this, &Inspector::insertData);
    connect(m_dataTab, &DataTab::placeRequested, this, &Inspector::placeRequested);
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget *before, QWidget *now) {
        rememberField(now);
        if (before) // not when the window comes to the front again
            showWhole(now);
    });
    connect(m_empty, &EmptyState::actionRequested, this, &Inspector::triggerRequested);
    rebuild();
}

Inspector::~Inspector()
{
    qApp->disconnect(this); // the focus goes while the fields do
}

void Inspector::setDocument(WorkflowDocument *document)
{
    if (m_document == document)
        return;
    commitPending();
    if (m_document)
        m_document->disconnect(this);
    m_document = document;
    m_data->setDocument(document); // before the form hears of changes, which asks it
    m_key.clear();
    if (m_document) {
        connect(m_document, &WorkflowDocument::changed, this, &Inspector::documentChanged);
        connect(m_document, &WorkflowDocument::problemsChanged, this, [this] {
            if (m_form && m_form->fits(m_key))
                m_form->refresh();
        });
        connect(m_document, &QObject::destroyed, this, [this] {
            m_key.clear();
            rebuild();
        });
    }
    rebuild();
}

void Inspector::setNodeKey(const QString &key)
{
    if (key == m_key)
        return;
    if (isShownStep(key)) { // the drawing may hear of a new id earlier
        followKey(key);
        return;
    }
    const QString before = m_key;
    commitPending();
    // A pending new id of the step that is left may just have renamed it; what was asked for counts.
    if (m_key != before && key == before)
        return;
    m_key = key;
    rebuild();
}

void Inspector::focusField(const QString &key, const JsonPointer &pointer)
{
    setNodeKey(key);
    m_tabs->setCurrentIndex(0);
    if (m_form && m_form->focusField(pointer))
        if (QWidget *focused = m_form->focusWidget())
            m_scroll->ensureWidgetVisible(focused, 0, 60);
}

void Inspector::focusId()
{
    if (!m_form || !m_document)
        return;
    const int index = m_document->graph().indexOfKey(m_key);
    if (index < 0)
        return;
    const GraphNode &node = m_document->graph().nodes().at(index);
    focusField(m_key,
        node.isTrigger ? WorkflowDefinition::stepsPointer().parent() / QStringLiteral("name")
                       : node.pointer / QStringLiteral("id"));
}

void Inspector::rememberField(QWidget *focused)
{
    const bool takesExpressions
        = qobject_cast<ExpressionLineEdit *>(focused) || qobject_cast<ExpressionTextEdit *>(focused);
    if (takesExpressions && m_form && m_form->isAncestorOf(focused))
        m_lastField = focused;
}

// What got the keys, not only its cursor. What is clicked on stays under the pointer.
void Inspector::showWhole(const QWidget *focused)
{
    if (!m_form || !m_form->isAncestorOf(focused) || QApplication::mouseButtons() != Qt::NoButton)
        return;
    constexpr int around = 24; // as much as its label needs
    const QRect place(focused->mapTo(m_form, QPoint()), focused->size());
    if (place.height() + 2 * around < m_scroll->viewport()->height())
        m_scroll->ensureVisible(place.left(), place.center().y(), 0, place.height() / 2 + around);
}

// Into the field edited last; else into the first that is about a text.
void Inspector::insertData(const QString &path)
{
    if (!m_form)
        return;
    QWidget *field = m_lastField && m_form->isAncestorOf(m_lastField) ? m_lastField : nullptr;
    if (!field)
        field = m_form->findChild<ExpressionTextEdit *>();
    if (!field)
        field = m_form->findChild<ExpressionLineEdit *>();
    if (!field)
        return;
    m_tabs->setCurrentWidget(m_scroll);
    field->setFocus(Qt::OtherFocusReason);
    m_scroll->ensureWidgetVisible(field, 0, 60);
    if (auto *line = qobject_cast<ExpressionLineEdit *>(field)) {
        // Coming by keyboard selected all of it, which shall stay.
        const int end = line->cursorPosition();
        line->deselect();
        line->setCursorPosition(end);
        line->insertData(path);
    } else if (auto *lines = qobject_cast<ExpressionTextEdit *>(field)) {
        lines->insertData(path);
    }
}

void Inspector::setInstanceSample(const QString &name, const JsonValue &context)
{
    m_data->setInstance(name, context);
}

void Inspector::setSavedSamples(const QList<SavedSample> &samples)
{
    m_data->setSavedSamples(samples);
}

void Inspector::chooseSavedSample(const QString &id)
{
    m_data->chooseSource(StepData::savedSourceId(id));
}

JsonValue Inspector::sampleData() const
{
    return m_data->source().data;
}

bool Inspector::commitPending()
{
    // Both may rename the step; each knows how to find it again.
    const bool json = !m_json || m_json->commit();
    const bool form = !m_form || m_form->commit();
    return json && form;
}

QSize Inspector::sizeHint() const
{
    return {312, 480};
}

void Inspector::documentChanged(const DocumentChange &change)
{
    if (m_key.isEmpty() || !m_document)
        return;
    if (m_document->graph().indexOfKey(m_key) < 0) {
        if ((m_form && m_form->isRenaming()) || (m_json && m_json->isApplying()))
            return; // they tell the new key themselves
        const QString key = renamedKey(change);
        if (!key.isEmpty()) {
            followKey(key);
            return;
        }
        m_key.clear();
        rebuild();
        return;
    }
    if (m_form && m_form->fits(m_key)) {
        m_form->refresh();
        if (m_json)
            m_json->setNode(m_key);
        remember();
        return;
    }
    rebuild();
}

void Inspector::followKey(const QString &key)
{
    m_key = key;
    if (!m_form || !(m_form->fits(key) || m_form->follow(key))) {
        rebuild();
    } else {
        m_dataTab->setNode(key);
        if (m_json)
            m_json->setNode(key);
    }
    remember();
    Q_EMIT nodeKeyChanged(key);
}

// The key of the shown step after its id was changed elsewhere, by undo for instance: what stands in its place and
// differs in nothing but the id.
QString Inspector::renamedKey(const DocumentChange &change) const
{
    for (const GraphNode &node : m_document->graph().nodes()) {
        if (node.isTrigger || node.pointer != m_place || !change.stepKeys.contains(node.key))
            continue;
        return isShownStep(node.key) || change.reveal == node.key ? node.key : QString();
    }
    return {};
}

// Whether a key is that of the shown step, which had another one until now.
bool Inspector::isShownStep(const QString &key) const
{
    const int index = m_document && !m_key.isEmpty() ? m_document->graph().indexOfKey(key) : -1;
    if (index < 0 || m_document->graph().indexOfKey(m_key) >= 0)
        return false;
    const GraphNode &node = m_document->graph().nodes().at(index);
    const JsonValue *found = node.pointer.resolve(m_document->definition().root());
    if (node.isTrigger || node.pointer != m_place || !found || !m_step.contains(QLatin1StringView("id")))
        return false;
    JsonValue before = m_step;
    before.set(QStringLiteral("id"), found->value(u"id"));
    return before == *found || (m_form && m_form->isRenaming());
}

void Inspector::remember()
{
    const int index = m_document ? m_document->graph().indexOfKey(m_key) : -1;
    if (index < 0)
        return;
    const GraphNode &node = m_document->graph().nodes().at(index);
    m_place = node.pointer;
    const JsonValue *found = node.isTrigger ? nullptr : node.pointer.resolve(m_document->definition().root());
    m_step = found ? *found : JsonValue();
}

void Inspector::rebuild()
{
    const QWidget *before = QApplication::focusWidget();
    const bool hadFocus = (m_form && m_form->isAncestorOf(before)) || (m_json && m_json->isAncestorOf(before));
    showPages();
    if (hadFocus && !isAncestorOf(QApplication::focusWidget()))
        Q_EMIT focusDropped();
}

void Inspector::showPages()
{
    // The same step keeps the cursor in the same field.
    const QWidget *focused = m_form && m_form->key() == m_key ? m_form->focusWidget() : nullptr;
    const QString focusedName = focused && focused->hasFocus() ? focused->objectName() : QString();
    const int visit = m_form ? m_form->visit() : 0;
    // The old form may be what reported the change, so it goes later; it must not speak up any more.
    if (m_form) {
        m_form->disconnect(this);
        m_form->retire();
        m_form->hide();
        m_scroll->takeWidget();
        m_form->deleteLater();
    }
    m_form = nullptr;
    if (m_json) {
        m_json->disconnect(this);
        m_json->retire();
        m_json->hide();
        m_jsonPage->layout()->removeWidget(m_json);
        m_json->deleteLater();
    }
    m_json = nullptr;
    const int index = m_document && !m_key.isEmpty() ? m_document->graph().indexOfKey(m_key) : -1;
    if (index < 0) {
        m_empty->setSentence(m_document ? tr("Select a step in the drawing to see and change what it does.")
                                        : tr("Open a workflow, and the step you select is shown here."));
        m_empty->setActionText(m_document ? tr("Workflow and trigger") : QString());
        m_dataTab->setNode({});
        m_stack->setCurrentWidget(m_empty);
        return;
    }
    const bool isTrigger = m_document->graph().nodes().at(index).isTrigger;
    m_tabs->setTabText(0, isTrigger ? tr("Workflow") : tr("Step"));
    m_form = new NodeForm(m_document, m_data, m_key, m_scroll);
    connect(m_form, &NodeForm::keyChanged, this, &Inspector::followKey);
    m_scroll->setWidget(m_form);
    m_json = new StepJsonEditor(m_document, m_jsonPage);
    connect(m_json, &StepJsonEditor::applied, this, &Inspector::followKey);
    m_jsonPage->layout()->addWidget(m_json);
    m_json->setNode(m_key);
    remember();
    m_dataTab->setNode(m_key);
    m_stack->setCurrentWidget(m_tabs);
    if (!focusedName.isEmpty()) {
        if (auto *editor = m_form->findChild<QWidget *>(focusedName)) {
            editor->setFocus();
            m_form->setVisit(visit);
        }
    }
}

} // namespace automation
