#include "designer/inspector/membersfieldeditor.h"

#include "designer/inspector/editortools.h"
#include "designer/inspector/expressionlineedit.h"
#include "designer/style/themedicon.h"
#include "model/json/jsonreader.h"
#include "model/json/jsonwriter.h"

#include <QGridLayout>
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
    , m_json(new QPlainTextEdit(this))
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
    for (int row = 0; row < m_rows.size(); ++row)
        nameEdited(row);
    return true;
}

void MembersFieldEditor::showValue(const JsonValue *value)
{
    const bool asJson = value && !value->isObject() && !value->isNull();
    m_json->setVisible(asJson);
    m_table->setVisible(!asJson);
    m_add->setVisible(!asJson);
    if (asJson) {
        replaceText(m_json, QString::fromUtf8(writeJson(*value)));
        fitToLines(m_json, 2, 10);
        setHint(tr("Not an object of names and values, so it is shown as JSON."));
        return;
    }
    setHint({});
    const qsizetype count = value ? value->size() : 0;
    if (count != m_rows.size())
        buildRows(count);
    for (int i = 0; i < m_rows.size(); ++i) {
        replaceText(m_rows.at(i).name, value->keyAt(i));
        replaceText(m_rows.at(i).value, plainText(value->at(i)));
    }
    m_table->setVisible(!asJson && !m_rows.isEmpty());
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
        m_rows.last().name->setFocus();
        m_rows.last().name->selectAll();
    }
}

void MembersFieldEditor::buildRows(qsizetype count)
{
    while (m_rows.size() > count) {
        const Row row = m_rows.takeLast();
        for (QWidget *widget :
            {static_cast<QWidget *>(row.name), static_cast<QWidget *>(row.value), static_cast<QWidget *>(row.remove)}) {
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
    while (m_rows.size() < count) {
        const int index = int(m_rows.size());
        Row row;
        row.name = new QLineEdit(m_table);
        row.name->setProperty("monospace", true);
        row.value = new ExpressionLineEdit(m_table);
        row.value->setProperty("monospace", true);
        row.remove = new QToolButton(m_table);
        row.remove->setIcon(themedIcon(QStringLiteral("close"), IconTone::Muted));
        row.remove->setIconSize(QSize(14, 14));
        row.remove->setToolTip(tr("Remove this row"));
        row.remove->setAccessibleName(tr("Remove row %1").arg(index + 1));
        row.remove->setProperty("compact", true);
        row.name->setObjectName(QStringLiteral("name_%1_%2").arg(field().name).arg(index));
        row.value->setObjectName(QStringLiteral("value_%1_%2").arg(field().name).arg(index));
        row.remove->setObjectName(QStringLiteral("remove_%1_%2").arg(field().name).arg(index));
        for (QLineEdit *edit : {row.name, row.value}) {
            edit->setMinimumWidth(40);
            edit->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
        }
        adopt(row.name, tr("%1, row %2").arg(m_words.name).arg(index + 1));
        adopt(row.value, tr("%1, row %2").arg(m_words.value).arg(index + 1));
        m_grid->addWidget(row.name, index + 1, 0);
        m_grid->addWidget(row.value, index + 1, 1);
        m_grid->addWidget(row.remove, index + 1, 2);
        connect(row.name, &QLineEdit::editingFinished, this, [this, index] { nameEdited(index); });
        connect(row.value, &QLineEdit::textEdited, this, [this, index] { valueEdited(index); });
        connect(row.remove, &QToolButton::clicked, this, [this, index] { removeRow(index); });
        m_rows.append(row);
    }
}

void MembersFieldEditor::nameEdited(int row)
{
    const JsonValue before = object();
    if (row >= m_rows.size() || row >= before.size())
        return;
    const QString name = m_rows.at(row).name->text();
    if (name == before.keyAt(row))
        return;
    if (name.isEmpty() || before.contains(name)) {
        setHint(name.isEmpty() ? tr("A name is needed.") : tr("There already is “%1”.").arg(name), true);
        replaceText(m_rows.at(row).name, before.keyAt(row));
        return;
    }
    JsonValue next = before;
    next.renameKeyAt(row, name);
    setHint({});
    submit(next);
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
            setHint(tr("Not taken over yet: this value is JSON, and what stands there is not."), true);
            return;
        }
    }
    setHint({});
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
}

void MembersFieldEditor::jsonEdited()
{
    fitToLines(m_json, 2, 10);
    const QString typed = m_json->toPlainText();
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
