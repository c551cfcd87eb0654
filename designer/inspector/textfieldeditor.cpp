#include "designer/inspector/textfieldeditor.h"

#include "designer/inspector/editortools.h"
#include "designer/inspector/expressionlineedit.h"
#include "designer/inspector/expressiontextedit.h"
#include "designer/inspector/messagepreview.h"
#include "model/definition/definitiongraph.h"
#include "model/expression/expressiontemplate.h"
#include "model/json/jsonreader.h"
#include "model/json/jsonwriter.h"

#include <QAbstractTextDocumentLayout>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QVBoxLayout>

namespace automation {

namespace {

// A concatenated message has at most so many parts: one byte counts them (3GPP TS 23.040 §9.2.3.24.1).
constexpr int mostSmsParts = 255;
constexpr qsizetype mostSmsLength = qsizetype(mostSmsParts) * 153;

} // namespace

TextFieldEditor::TextFieldEditor(const InputField &field, Kind kind, QWidget *parent)
    : FieldEditor(field, parent)
    , m_kind(kind)
{
    QString placeholder = field.placeholder;
    if (placeholder.isEmpty() && !field.defaultValue.isNull())
        placeholder = plainText(field.defaultValue);
    if (kind == Kind::Lines) {
        m_lines = new ExpressionTextEdit(this);
        m_lines->setObjectName(QStringLiteral("editor_") + field.name);
        m_lines->setPlaceholderText(placeholder);
        m_lines->setTabChangesFocus(true);
        m_lines->setUndoRedoEnabled(false); // undo is the document's
        m_lines->setVerticalScrollBarPolicy(Qt::ScrollBarAsNeeded);
        m_lines->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
        body()->addWidget(m_lines);
        connect(m_lines->document()->documentLayout(), &QAbstractTextDocumentLayout::documentSizeChanged, this,
            &TextFieldEditor::fitHeight);
        connect(m_lines, &QPlainTextEdit::textChanged, this, [this] {
            if (m_lines->toPlainText() != m_seen) // not only another look
                textEdited();
        });
        fitHeight();
        if (field.isSms) {
            m_preview = new MessagePreview(this);
            m_preview->hide();
            body()->addWidget(m_preview);
        }
    } else {
        m_line = new ExpressionLineEdit(this);
        m_line->setObjectName(QStringLiteral("editor_") + field.name);
        m_line->setPlaceholderText(placeholder);
        body()->addWidget(m_line);
        connect(m_line, &QLineEdit::textChanged, this, &TextFieldEditor::textEdited);
    }
    adopt(input());
}

QWidget *TextFieldEditor::input() const
{
    return m_lines ? static_cast<QWidget *>(m_lines) : m_line;
}

void TextFieldEditor::showValue(const JsonValue *value)
{
    const QString shown = value ? plainText(*value) : QString();
    m_isTextByNow = value && value->isString() && !value->toString().isEmpty();
    if (m_lines)
        replaceText(m_lines, shown);
    else
        replaceText(m_line, shown);
    m_seen = text();
    fitHeight();
    updateHint();
}

QString TextFieldEditor::text() const
{
    return m_lines ? m_lines->toPlainText() : m_line->text();
}

void TextFieldEditor::textEdited()
{
    fitHeight();
    const QString typed = text();
    m_seen = typed;
    const JsonValue *current = value();
    const bool structured = current && (current->isObject() || current->isArray());
    if (structured && !typed.isEmpty()) {
        const Result<JsonValue> parsed = readJson(typed.toUtf8());
        if (!parsed) {
            setHint(tr("Not taken over yet: %1").arg(parsed.error().message), true);
            return;
        }
        submit(*parsed);
        updateHint();
        return;
    }
    // Numbers and true/false stay what they are as long as the text allows it.
    const bool wantsNumber = (m_kind == Kind::Integer || m_kind == Kind::Number) && !m_isTextByNow;
    if (wantsNumber || (current && (current->isNumber() || current->isBool()))) {
        const Result<JsonValue> parsed = readJson(typed.trimmed().toUtf8());
        if (parsed && (parsed->isNumber() || (parsed->isBool() && m_kind != Kind::Integer && m_kind != Kind::Number))) {
            submit(*parsed);
            updateHint();
            return;
        }
        if (typed.isEmpty()) {
            submit(std::nullopt);
            updateHint();
            return;
        }
    }
    submitText(current && current->isString() ? keepLineEnds(current->toString(), typed) : typed);
    updateHint();
}

void TextFieldEditor::updateHint()
{
    const QString typed = text();
    if (m_kind == Kind::Duration) {
        const QString shown
            = typed.isEmpty() && field().defaultValue.isString() ? field().defaultValue.toString() : typed;
        const QString words = durationInWords(shown);
        if (!words.isEmpty())
            setHint(typed.isEmpty() ? tr("%1, unless set").arg(words) : words);
        else if (shown.isEmpty() || shown.contains(QLatin1StringView("{{")))
            setHint({});
        else
            setHint(tr("Not a duration. Write days.hours:minutes:seconds, such as 0.00:05:00 for 5 minutes."), true);
        return;
    }
    if (m_kind == Kind::Number && !typed.isEmpty() && !typed.contains(QLatin1StringView("{{"))) {
        bool ok = false;
        typed.trimmed().toDouble(&ok);
        setHint(ok ? QString() : tr("A number is expected here, with a point before its fraction."), !ok);
        return;
    }
    if (m_kind == Kind::Integer && !typed.isEmpty() && !typed.contains(QLatin1StringView("{{"))) {
        bool ok = false;
        typed.trimmed().toLongLong(&ok);
        setHint(ok ? QString() : tr("A whole number is expected here."), !ok);
        return;
    }
    updatePreview();
    const JsonValue *current = value();
    setHint(current && (current->isObject() || current->isArray()) ? tr("This value is JSON, not text.") : QString());
}

void TextFieldEditor::setInputs(const JsonValue &inputs)
{
    if (!field().isSms)
        return;
    const QString encoding = inputs.value(u"encoding").toString().trimmed().toUpper();
    const auto wanted = encoding == u"GSM7" ? std::optional(SmsEncoding::Gsm7)
        : encoding == u"UCS2"               ? std::optional(SmsEncoding::Ucs2)
                                            : std::nullopt;
    if (wanted == m_encoding)
        return;
    m_encoding = wanted;
    updatePreview();
}

// "GSM-7 · 68 of 160 characters · 1 part", or why it is UCS-2. What expressions bring is not counted unless it is
// known.
QString TextFieldEditor::smsHint(const QString &text, bool isWhole) const
{
    if (text.isEmpty())
        return {};
    if (text.size() > mostSmsLength)
        return tr("Longer than any SMS, which has at most %1 parts").arg(mostSmsParts);
    QString counted = text;
    if (!isWhole) {
        counted.clear();
        const ExpressionTemplate parts(text);
        for (const TemplatePart &part : parts.parts()) {
            if (!part.isExpression)
                counted += parts.literal(part);
        }
    }
    const SmsCount count = m_encoding ? countSms(counted, *m_encoding) : countSms(counted);
    if (count.parts > mostSmsParts)
        return tr("Longer than any SMS, which has at most %1 parts").arg(mostSmsParts);
    QString foreign;
    if (count.firstForeign >= 0) {
        const bool isPair = counted.at(count.firstForeign).isHighSurrogate();
        foreign = counted.mid(count.firstForeign, isPair ? 2 : 1);
    }
    QStringList said;
    if (count.encoding == SmsEncoding::Gsm7 && !foreign.isEmpty())
        said += tr("GSM-7 has no “%1”").arg(foreign);
    else if (count.encoding == SmsEncoding::Ucs2 && !foreign.isEmpty() && !m_encoding)
        said += tr("UCS-2 because of “%1”").arg(foreign);
    else
        said += count.encoding == SmsEncoding::Gsm7 ? tr("GSM-7") : tr("UCS-2");
    said += tr("%1 of %2 characters").arg(count.units).arg(count.room);
    said += tr("%n part(s)", nullptr, std::max(1, count.parts));
    if (!isWhole)
        said += tr("without what expressions bring");
    return said.join(QStringLiteral(" · "));
}

// What the recipient reads. While a result is on its way the last one stays, so that nothing jumps.
void TextFieldEditor::updatePreview()
{
    using Phase = LiveResult::State::Phase;
    if (!m_preview)
        return;
    const JsonValue *current = value();
    const bool isText = current && current->isString() && !current->toString().isEmpty();
    m_preview->setVisible(isText);
    if (!isText)
        return;
    const bool isRaw = !ExpressionTemplate(current->toString()).hasExpressions();
    const bool isKnown = m_result.phase == Phase::Value && !isRaw;
    if (!isRaw && !m_result.isThere() && !m_preview->message().isEmpty())
        return;
    const QString message = isKnown ? plainText(m_result.value) : current->toString();
    m_preview->setMessage(message, isRaw || isKnown);
    m_preview->setCount(field().isSms ? smsHint(message, isRaw || isKnown) : QString());
}

void TextFieldEditor::showLive(const LiveResult::State &state)
{
    using Phase = LiveResult::State::Phase;
    m_result = state;
    updatePreview();
    // The result itself stands in the preview, here or below all of the content.
    const bool isPreviewed = m_preview || (m_lines && field().keys.value(0) == u"content");
    LiveResult::State shown = state;
    if (isPreviewed && (state.phase == Phase::Value || state.phase == Phase::Expected))
        shown.text.clear();
    FieldEditor::showLive(shown);
}

void TextFieldEditor::fitHeight()
{
    if (!m_lines)
        return;
    // Grows with the text up to a limit; a condition usually needs one or two lines, a message more.
    const int least = field().editor == InputField::Editor::MultilineText ? 3 : 2;
    fitToLines(m_lines, least, 12);
}

} // namespace automation
