#include "designer/inspector/membersfieldeditor.h"

#include "designer/inspector/editortools.h"
#include "designer/inspector/expressionlineedit.h"
#include "designer/inspector/expressiontextedit.h"
#include "designer/inspector/problemlabel.h"
#include "designer/style/themedicon.h"
#include "model/json/jsonreader.h"
#include "model/json/jsonwriter.h"

#include <QGridLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

namespace automation {

MembersFieldEditor::MembersFieldEditor(const InputField &field, const Words &words, QWidget *parent)
    : FieldEditor(field, parent)
    , m_words(words)
    , m_table(new QWidget(this))
    , m_json(new ExpressionTextEdit(this, ExpressionTextEdit::Language::Json))
    , m_add(new QPushButton(this))
{
    if (m_words.name.isEmpty())
        m_words.name = tr("Name");
    if (m_words.value.isEmpty())
        m_words.value = tr("Value");
    m_add->setText(m_words.add.isEmpty() ? tr("Add") : m_words.add);
    m_add->setIcon(themedIcon(QStringLiteral("add"), IconTone::Muted));
    m_add->setObjectName(QStringLiteral("add_") + field.name);
    m_add->setAccessibleName(tr("%1: %2").arg(field.label, m_add->text()));
    m_grid = new QGridLayout(m_table);
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(6);
    m_grid->setVerticalSpacing(4);
    m_grid->setColumnStretch(0, 4);
    m_grid->setColumnStretch(1, 5);
    m_json->setObjectName(QStringLiteral("editor_") + field.name);
    m_json->setProperty("monospace", true);
    m_json->setTabChangesFocus(true);
    m_json->setUndoRedoEnabled(false);
    m_json->hide();
    adopt(m_json);
    body()->addWidget(m_table);
    body()->addWidget(m_json);
    body()->addWidget(m_add, 0, Qt::AlignLeft);
    connect(m_add, &QPushButton::clicked, this, [this] {
        if (!m_menu)
            addMember(freeName(tr("name", "first name of a new row")), {});
    });
    connect(m_json, &QPlainTextEdit::textChanged, this, &MembersFieldEditor::jsonEdited);
}

void MembersFieldEditor::setOffers(const QList<Offer> &offers)
{
    delete m_menu;
    m_menu = nullptr;
    if (offers.isEmpty())
        return;
    m_menu = new QMenu(m_add);
    m_menu->setToolTipsVisible(true);
    for (const Offer &offer : offers) {
        QAction *action = m_menu->addAction(offer.value);
        action->setToolTip(offer.help);
        connect(action, &QAction::triggered, this, [this, offer] { addMember(freeName(offer.name), offer.value); });
    }
    m_menu->addSeparator();
    connect(m_menu->addAction(tr("Another value")), &QAction::triggered, this,
        [this] { addMember(freeName(tr("name", "first name of a new row")), {}); });
    m_add->setMenu(m_menu);
}

QWidget *MembersFieldEditor::input() const
{
    if (!m_json->isHidden())
        return m_json;
    return m_rows.isEmpty() ? static_cast<QWidget *>(m_add) : m_rows.first().name;
}

bool MembersFieldEditor::commit()
{
    bool done = true;
    for (int row = 0; row < m_rows.size(); ++row)
        done = nameEdited(row) && done;
    return done;
}

QList<QWidget *> MembersFieldEditor::Row::widgets() const
{
    return {name, value, remove, note, problems->parentWidget()};
}

void MembersFieldEditor::showValue(const JsonValue *value)
{
    constexpr qsizetype mostRows = 100;
    const bool isTable = !value || value->isObject() || value->isNull();
    const bool asJson = !isTable || (value && value->size() > mostRows);
    m_json->setVisible(asJson);
    m_table->setVisible(!asJson);
    m_add->setVisible(!asJson);
    if (asJson) {
        replaceText(m_json, QString::fromUtf8(writeJson(*value)));
        m_seen = m_json->toPlainText();
        fitToLines(m_json, 2, 10);
        setHint(isTable ? tr("Too many for a table, so they are shown as JSON.")
                        : tr("Not an object of names and values, so it is shown as JSON."));
        return;
    }
    setHint({});
    const qsizetype count = value ? value->size() : 0;
    if (count != m_rows.size())
        buildRows(count);
    for (int i = 0; i < m_rows.size(); ++i) {
        replaceText(m_rows.at(i).name, value->keyAt(i));
        replaceText(m_rows.at(i).value, plainText(value->at(i)));
        setNote(
            i, value->indexOf(value->keyAt(i)) != i ? tr("The name comes again below, and that counts.") : QString());
    }
    m_table->setVisible(!asJson && !m_rows.isEmpty());
    setProblems(QList<Problem>(m_problems));
}

// Those of a member stand below its row.
void MembersFieldEditor::setProblems(const QList<Problem> &problems)
{
    m_problems = problems;
    QList<Problem> rest;
    QList<QList<Problem>> ofRows(m_rows.size());
    const JsonValue members = object();
    for (const Problem &problem : problems) {
        qsizetype row = -1;
        for (const QString &token : problem.pointer.tokens())
            row = std::max(row, members.indexOf(token));
        if (row >= 0 && row < m_rows.size() && m_json->isHidden())
            ofRows[row].append(problem);
        else
            rest.append(problem);
    }
    for (qsizetype row = 0; row < m_rows.size(); ++row) {
        showProblems(m_rows.at(row).problems, ofRows.at(row));
        m_rows.at(row).problems->parentWidget()->setVisible(!ofRows.at(row).isEmpty());
    }
    FieldEditor::setProblems(rest);
}

JsonValue MembersFieldEditor::object() const
{
    return value() && value()->isObject() ? *value() : JsonValue::object();
}

void MembersFieldEditor::addMember(const QString &name, const QString &text)
{
    JsonValue next = object();
    next.insertMember(next.size(), name, JsonValue(text));
    Q_EMIT visited(); // a row of its own on the undo stack
    submit(next);
    showValue(value());
    if (!m_rows.isEmpty()) {
        focusWithinVisit(m_rows.last().name);
        m_rows.last().name->selectAll();
    }
}

void MembersFieldEditor::buildRows(qsizetype count)
{
    while (m_rows.size() > count) {
        const Row row = m_rows.takeLast();
        for (QWidget *widget : row.widgets()) {
            // Later: one of them may be what reported the edit. It must not report losing the focus, though.
            widget->disconnect(this);
            m_grid->removeWidget(widget);
            widget->hide();
            widget->deleteLater();
        }
    }
    if (m_grid->count() == 0 && count > 0) {
        int column = 0;
        for (const QString &caption : {m_words.name, m_words.value}) {
            auto *label = new QLabel(caption, m_table);
            label->setProperty("textRole", QStringLiteral("small"));
            m_grid->addWidget(label, 0, column++);
        }
    }
    while (m_rows.size() < count)
        m_rows.append(buildRow(int(m_rows.size())));
    orderTabs();
}

MembersFieldEditor::Row MembersFieldEditor::buildRow(int index)
{
    Row row;
    row.name = new QLineEdit(m_table);
    row.name->setProperty("monospace", true);
    row.value = new ExpressionLineEdit(m_table);
    row.value->setProperty("monospace", true);
    row.remove = new QToolButton(m_table);
    row.remove->setIcon(themedIcon(QStringLiteral("close"), IconTone::Muted));
    row.remove->setIconSize(QSize(14, 14));
    row.remove->setToolTip(tr("Remove this row (Alt+Delete)"));
    row.remove->setAccessibleName(tr("Remove row %1").arg(index + 1));
    row.remove->setProperty("compact", true);
    row.remove->installEventFilter(this);
    row.note = new QLabel(m_table);
    row.note->setTextFormat(Qt::PlainText);
    row.note->setWordWrap(true);
    row.note->setProperty("textRole", QStringLiteral("error"));
    row.note->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Minimum);
    row.note->hide();
    auto *problems = new QWidget(m_table);
    row.problems = new QVBoxLayout(problems);
    row.problems->setContentsMargins(0, 0, 0, 0);
    row.problems->setSpacing(2);
    problems->hide();
    row.name->setObjectName(QStringLiteral("name_%1_%2").arg(field().name).arg(index));
    row.value->setObjectName(QStringLiteral("value_%1_%2").arg(field().name).arg(index));
    row.remove->setObjectName(QStringLiteral("remove_%1_%2").arg(field().name).arg(index));
    row.note->setObjectName(QStringLiteral("note_%1_%2").arg(field().name).arg(index));
    for (QLineEdit *edit : {row.name, row.value}) {
        edit->setMinimumWidth(40);
        edit->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    }
    adopt(row.name, tr("%1, row %2").arg(m_words.name).arg(index + 1));
    adopt(row.value, tr("%1, row %2").arg(m_words.value).arg(index + 1));
    constexpr int linesOfRow = 3; // the cells, the note, the problems
    const int line = 1 + linesOfRow * index;
    m_grid->addWidget(row.name, line, 0);
    m_grid->addWidget(row.value, line, 1);
    m_grid->addWidget(row.remove, line, 2, Qt::AlignVCenter); // lower than the cells, which keep their height
    m_grid->addWidget(row.note, line + 1, 0, 1, 3);
    m_grid->addWidget(problems, line + 2, 0, 1, 3);
    for (QWidget *cell :
        {static_cast<QWidget *>(row.name), static_cast<QWidget *>(row.value), static_cast<QWidget *>(row.remove)})
        cell->show(); // not only at the layout's next turn: what takes the focus must be there
    connect(row.name, &QLineEdit::textEdited, this, [this, index] { nameTyped(index); });
    connect(row.name, &QLineEdit::editingFinished, this, [this, index] { nameEdited(index); });
    connect(row.name, &QLineEdit::returnPressed, this, [this, index] { goOn(index, true); });
    connect(row.value, &QLineEdit::textEdited, this, [this, index] { valueEdited(index); });
    connect(row.value, &QLineEdit::returnPressed, this, [this, index] { goOn(index, false); });
    connect(row.remove, &QToolButton::clicked, this, [this, index] { removeRow(index); });
    return row;
}

// Row by row, and then what adds one.
void MembersFieldEditor::orderTabs()
{
    QWidget *last = m_json;
    for (const Row &row : std::as_const(m_rows)) {
        for (QWidget *widget :
            {static_cast<QWidget *>(row.name), static_cast<QWidget *>(row.value), static_cast<QWidget *>(row.remove)}) {
            setTabOrder(last, widget);
            last = widget;
        }
    }
    setTabOrder(last, m_add);
}

void MembersFieldEditor::goOn(int row, bool isName)
{
    if (row >= m_rows.size() || (isName && !nameEdited(row)))
        return;
    if (isName) {
        m_rows.at(row).value->setFocus(Qt::TabFocusReason);
    } else if (row + 1 < m_rows.size()) {
        m_rows.at(row + 1).name->setFocus(Qt::TabFocusReason);
    } else if (m_menu) {
        m_add->setFocus(Qt::TabFocusReason); // there is something to choose from
    } else {
        addMember(freeName(tr("name", "first name of a new row")), {});
    }
}

bool MembersFieldEditor::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        const bool isDelete = key->key() == Qt::Key_Delete;
        for (int row = 0; row < m_rows.size(); ++row) {
            const Row &each = m_rows.at(row);
            const bool isCell = watched == each.name || watched == each.value;
            const bool removes = (isCell && isDelete && key->modifiers() == Qt::AltModifier)
                || (watched == each.remove
                    && (isDelete || key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter));
            if (removes) {
                removeRow(row);
                return true;
            }
            if (watched == each.name && key->key() == Qt::Key_Escape && !each.note->isHidden()) {
                replaceText(each.name, object().keyAt(row)); // back to what the definition holds
                setNote(row, {});
                return true;
            }
        }
    }
    return FieldEditor::eventFilter(watched, event);
}

void MembersFieldEditor::setNote(int row, const QString &text)
{
    QLabel *note = m_rows.at(row).note;
    note->setText(text);
    note->setVisible(!text.isEmpty());
}

// Empty when the row can have the name.
QString MembersFieldEditor::whyNotNamed(int row, const QString &name) const
{
    const JsonValue members = object();
    if (name == members.keyAt(row))
        return {};
    if (name.isEmpty())
        return tr("A name is needed.");
    return members.contains(name) ? tr("There already is “%1”.").arg(name) : QString();
}

void MembersFieldEditor::nameTyped(int row)
{
    // An empty cell on the way to another name is no mistake yet.
    const QString name = m_rows.at(row).name->text();
    setNote(row, name.isEmpty() ? QString() : whyNotNamed(row, name));
}

// False when what stands there cannot be its name; it stays on the screen with the reason.
bool MembersFieldEditor::nameEdited(int row)
{
    const JsonValue before = object();
    if (row >= m_rows.size() || row >= before.size())
        return true;
    const QString name = m_rows.at(row).name->text();
    if (name == before.keyAt(row))
        return true;
    const QString reason = whyNotNamed(row, name);
    setNote(row, reason);
    if (!reason.isEmpty())
        return false;
    JsonValue next = before;
    next.renameKeyAt(row, name);
    submit(next);
    return true;
}

void MembersFieldEditor::valueEdited(int row)
{
    JsonValue next = object();
    if (row >= m_rows.size() || row >= next.size())
        return;
    const QString text = m_rows.at(row).value->text();
    const JsonValue &before = next.at(row);
    JsonValue changed(text);
    if (!before.isString() && !before.isNull()) {
        // Not a text so far: it stays JSON as long as what is typed is JSON of the same kind.
        const Result<JsonValue> parsed = readJson(text.toUtf8());
        if (parsed && parsed->type() == before.type()) {
            changed = *parsed;
        } else if (before.isObject() || before.isArray()) {
            setNote(row, tr("Not taken over yet: this value is JSON, and what stands there is not."));
            return;
        }
    }
    setNote(row, {});
    next.replace(row, changed);
    submit(next);
}

void MembersFieldEditor::removeRow(int row)
{
    JsonValue next = object();
    if (row >= next.size())
        return;
    next.removeAt(row);
    Q_EMIT visited();
    submit(next);
    showValue(value());
    if (m_rows.isEmpty())
        m_add->setFocus(Qt::OtherFocusReason);
    else
        m_rows.at(std::min<qsizetype>(row, m_rows.size() - 1)).name->setFocus(Qt::OtherFocusReason);
}

void MembersFieldEditor::jsonEdited()
{
    const QString typed = m_json->toPlainText();
    if (m_json->isHidden() || typed == m_seen)
        return; // it got another look, which is no edit
    m_seen = typed;
    fitToLines(m_json, 2, 10);
    if (typed.trimmed().isEmpty()) {
        submit(std::nullopt);
        return;
    }
    const Result<JsonValue> parsed = readJson(typed.toUtf8());
    if (!parsed) {
        setHint(tr("Not taken over yet: %1").arg(parsed.error().message), true);
        return;
    }
    setHint({});
    submit(*parsed);
}

QString MembersFieldEditor::freeName(const QString &wanted) const
{
    const JsonValue members = object();
    QString name = wanted;
    for (int i = 2; members.contains(name); ++i)
        name = QStringLiteral("%1_%2").arg(wanted).arg(i);
    return name;
}

} // namespace automation
