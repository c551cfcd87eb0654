#include "designer/inspector/checkrow.h"

#include "designer/inspector/editortools.h"
#include "designer/inspector/wrappedtext.h"
#include "designer/style/themedicon.h"
#include "model/expression/countrycodes.h"
#include "model/expression/timezones.h"

#include <algorithm>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QRegularExpression>
#include <QTime>
#include <QToolButton>
#include <QVBoxLayout>

namespace automation {

namespace {

using Kind = ConditionPart::Kind;
using ValueKind = ConditionPart::ValueKind;

// A way to look at something, as it stands in the list.
struct Check
{
    const char *label;
    Kind kind;
    bool isNegated;
    const char *comparison; // of Compare
    ValueKind valueKind;
};

constexpr Check checks[] = {
    {QT_TRANSLATE_NOOP("automation::CheckRow", "contains"), Kind::Contains, false, "", ValueKind::Text},
    {QT_TRANSLATE_NOOP("automation::CheckRow", "does not contain"), Kind::Contains, true, "", ValueKind::Text},
    {QT_TRANSLATE_NOOP("automation::CheckRow", "is the text"), Kind::Compare, false, "==", ValueKind::Text},
    {QT_TRANSLATE_NOOP("automation::CheckRow", "is not the text"), Kind::Compare, false, "!=", ValueKind::Text},
    {QT_TRANSLATE_NOOP("automation::CheckRow", "is there"), Kind::Compare, false, "!=", ValueKind::Nothing},
    {QT_TRANSLATE_NOOP("automation::CheckRow", "is missing"), Kind::Compare, false, "==", ValueKind::Nothing},
    {QT_TRANSLATE_NOOP("automation::CheckRow", "is the number"), Kind::Compare, false, "==", ValueKind::Number},
    {QT_TRANSLATE_NOOP("automation::CheckRow", "is not the number"), Kind::Compare, false, "!=", ValueKind::Number},
    {QT_TRANSLATE_NOOP("automation::CheckRow", "is less than"), Kind::Compare, false, "<", ValueKind::Number},
    {QT_TRANSLATE_NOOP("automation::CheckRow", "is at most"), Kind::Compare, false, "<=", ValueKind::Number},
    {QT_TRANSLATE_NOOP("automation::CheckRow", "is more than"), Kind::Compare, false, ">", ValueKind::Number},
    {QT_TRANSLATE_NOOP("automation::CheckRow", "is at least"), Kind::Compare, false, ">=", ValueKind::Number},
    {QT_TRANSLATE_NOOP("automation::CheckRow", "is a number from"), Kind::Country, false, "", ValueKind::Text},
    {QT_TRANSLATE_NOOP("automation::CheckRow", "is no number from"), Kind::Country, true, "", ValueKind::Text},
    {QT_TRANSLATE_NOOP("automation::CheckRow", "has a time between"), Kind::TimeOfDay, false, "", ValueKind::Text},
    {QT_TRANSLATE_NOOP("automation::CheckRow", "has a time outside of"), Kind::TimeOfDay, true, "", ValueKind::Text},
    {QT_TRANSLATE_NOOP("automation::CheckRow", "is on a"), Kind::Weekday, false, "", ValueKind::Text},
    {QT_TRANSLATE_NOOP("automation::CheckRow", "is not on a"), Kind::Weekday, true, "", ValueKind::Text},
    {QT_TRANSLATE_NOOP("automation::CheckRow", "is true"), Kind::Given, false, "", ValueKind::Text},
    {QT_TRANSLATE_NOOP("automation::CheckRow", "is not true"), Kind::Given, true, "", ValueKind::Text},
};

// Its place in the list; -1 for a rarer one, such as !(a == 'b') and a === 1, which keeps its own words.
int checkOf(const ConditionPart &part)
{
    const auto *found = std::find_if(std::begin(checks), std::end(checks), [&part](const Check &check) {
        return check.kind == part.kind && check.isNegated == part.isNegated
            && (part.kind != Kind::Compare
                || (part.comparison == QLatin1StringView(check.comparison) && part.valueKind == check.valueKind));
    });
    return found == std::end(checks) ? -1 : int(found - std::begin(checks));
}

// Such a one in its own words, with the value unless that has an input.
QString rareCheck(const ConditionPart &part)
{
    QString text = part.comparison;
    if (part.valueKind == ValueKind::Truth)
        text += u' ' + part.value;
    else if (part.valueKind == ValueKind::Nothing)
        text += QStringLiteral(" null");
    return part.isNegated ? CheckRow::tr("not %1").arg(text) : text;
}

bool isNumber(const QString &text)
{
    static const QRegularExpression form(QStringLiteral("^-?[0-9]+(\\.[0-9]+)?$"));
    return form.match(text).hasMatch();
}

const QList<std::pair<QString, QString>> &countries()
{
    static const QList<std::pair<QString, QString>> list = [] {
        QList<std::pair<QString, QString>> result;
        for (char16_t a = u'A'; a <= u'Z'; ++a) {
            for (char16_t b = u'A'; b <= u'Z'; ++b) {
                const QString code = QString(QChar(a)) + QChar(b);
                if (!isCountryCode(code))
                    continue;
                const QLocale::Territory territory = QLocale::codeToTerritory(code);
                const QString name
                    = territory == QLocale::AnyTerritory ? QString() : QLocale::territoryToString(territory);
                result.append({code, name.isEmpty() ? code : QStringLiteral("%1 (%2)").arg(name, code)});
            }
        }
        std::sort(result.begin(), result.end(),
            [](const auto &x, const auto &y) { return x.second.localeAwareCompare(y.second) < 0; });
        return result;
    }();
    return list;
}

QList<std::pair<QString, QString>> weekdays()
{
    QList<std::pair<QString, QString>> result;
    for (int day = 1; day <= 7; ++day)
        result.append({QLocale::c().dayName(day), QLocale().standaloneDayName(day)});
    return result;
}

QList<std::pair<QString, QString>> zones()
{
    QList<std::pair<QString, QString>> result;
    for (const TimeZoneInfo &zone : timeZones())
        result.append({zone.id, zone.id});
    return result;
}

// Its entries are made when the list is opened.
class SubjectCombo : public QComboBox
{
public:
    SubjectCombo(const CheckRow::Subjects &subjects, QWidget *parent)
        : QComboBox(parent)
        , m_subjects(subjects)
    {
        setEditable(true);
        setInsertPolicy(NoInsert);
        setCompleter(nullptr);
    }

    void showPopup() override
    {
        const QString text = currentText();
        const QSignalBlocker quiet(this);
        clear();
        if (m_subjects)
            addItems(m_subjects());
        setCurrentIndex(findText(text));
        setEditText(text);
        QComboBox::showPopup();
    }

private:
    CheckRow::Subjects m_subjects;
};

void prepare(QComboBox *combo)
{
    combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    combo->setMinimumContentsLength(6);
    combo->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    ignoreWheelInPassing(combo);
}

void choose(QComboBox *combo, const QString &value)
{
    int index = combo->findData(value, Qt::UserRole, Qt::MatchFixedString); // in any case
    if (index < 0) { // kept, and told of by the checks
        combo->addItem(value, value);
        index = combo->count() - 1;
    }
    combo->setCurrentIndex(index);
}

} // namespace

CheckRow::CheckRow(const ConditionPart &part, const Subjects &subjects, QWidget *parent)
    : QWidget(parent)
    , m_part(part)
    , m_column(new QVBoxLayout(this))
    , m_remove(new QToolButton(this))
{
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(4);
    auto *line = new QHBoxLayout;
    line->setSpacing(6);
    m_column->addLayout(line);
    m_remove->setIcon(themedIcon(QStringLiteral("close"), IconTone::Muted));
    m_remove->setIconSize(QSize(14, 14));
    m_remove->setProperty("compact", true);
    m_remove->setObjectName(QStringLiteral("removeCheck"));
    m_remove->setToolTip(tr("Remove this check"));
    m_remove->setAccessibleName(m_remove->toolTip());
    connect(m_remove, &QToolButton::clicked, this, &CheckRow::removeRequested);
    if (part.isGroup()) {
        auto *text = new WrappedText(this);
        text->setText(conditionScript(part));
        text->setToolTip(tr("Checks within checks are kept as they are written."));
        text->setObjectName(QStringLiteral("innerChecks"));
        line->addWidget(text, 1);
        line->addWidget(m_remove, 0, Qt::AlignVCenter); // lower than the rest, which keeps its height
        return;
    }
    m_subject = new SubjectCombo(subjects, this);
    m_subject->setObjectName(QStringLiteral("checkSubject"));
    m_subject->lineEdit()->setProperty("monospace", true);
    m_subject->lineEdit()->setPlaceholderText(QStringLiteral("data.answer"));
    m_subject->setEditText(part.subject);
    prepare(m_subject);
    m_check = new QComboBox(this);
    m_check->setObjectName(QStringLiteral("checkKind"));
    for (const Check &check : checks)
        m_check->addItem(tr(check.label));
    m_check->setMaxVisibleItems(int(std::size(checks)));
    m_check->setCurrentIndex(checkOf(part));
    if (m_check->currentIndex() < 0)
        m_check->setPlaceholderText(rareCheck(part));
    prepare(m_check);
    m_values = new QWidget(this);
    line->addWidget(m_subject, 1);
    line->addWidget(m_remove, 0, Qt::AlignVCenter); // lower than the rest, which keeps its height
    m_second = new QHBoxLayout;
    m_second->setSpacing(6);
    m_second->addWidget(m_check, 1);
    m_column->addLayout(m_second);
    take(m_subject, tr("What is looked at"));
    take(m_subject->lineEdit(), tr("What is looked at"));
    take(m_check, tr("How it is looked at"));
    m_fixedInputs = m_inputs.size();
    const auto subjectEdited = [this](const QString &text) {
        const QString subject = text.trimmed();
        if (!isConditionSubject(subject)) {
            Q_EMIT refused(tr("“%1” is no path such as data.answer.").arg(subject));
            return;
        }
        change([&subject](ConditionPart &changed) { changed.subject = subject; });
    };
    connect(m_subject->lineEdit(), &QLineEdit::textEdited, this, subjectEdited);
    connect(m_subject, &QComboBox::textActivated, this, subjectEdited);
    connect(m_check, &QComboBox::activated, this, &CheckRow::chooseCheck);
    buildValues();
}

bool CheckRow::setPart(const ConditionPart &part)
{
    if (part.isGroup() || m_part.isGroup() || part.kind != m_part.kind || checkOf(part) != checkOf(m_part)
        || checkOf(part) < 0)
        return false;
    m_part = part;
    if (m_subject->lineEdit()->text() != part.subject)
        replaceText(m_subject->lineEdit(), part.subject);
    for (const auto &[line, member] : std::as_const(m_lines)) {
        if (line->text() != part.*member)
            replaceText(line, part.*member);
    }
    for (const auto &[combo, member] : std::as_const(m_choices))
        choose(combo, part.*member);
    if (m_matchCase)
        m_matchCase->setChecked(!part.ignoresCase);
    return true;
}

void CheckRow::setRemovable(bool isRemovable)
{
    m_remove->setVisible(isRemovable);
}

void CheckRow::take(QWidget *input, const QString &name)
{
    m_inputs.append({input, name});
}

void CheckRow::change(const std::function<void(ConditionPart &)> &make)
{
    m_part.source.clear();
    make(m_part);
    Q_EMIT refused({});
    Q_EMIT edited();
}

void CheckRow::chooseCheck(int index)
{
    if (index < 0 || index == checkOf(m_part))
        return;
    const Check &check = checks[index];
    change([&check](ConditionPart &part) {
        const bool keepsValue = part.kind == check.kind && part.valueKind == check.valueKind;
        const bool wasText
            = part.valueKind == ValueKind::Text && (part.kind == Kind::Contains || part.kind == Kind::Compare);
        const bool isText
            = check.valueKind == ValueKind::Text && (check.kind == Kind::Contains || check.kind == Kind::Compare);
        part.kind = check.kind;
        part.isNegated = check.isNegated;
        part.comparison = QLatin1StringView(check.comparison);
        part.valueKind = check.valueKind;
        if (check.valueKind == ValueKind::Number && !isNumber(part.value))
            part.value = QStringLiteral("0");
        else if (check.kind == Kind::Country && !isCountryCode(part.value))
            part.value = QStringLiteral("SG");
        else if (check.kind == Kind::Weekday)
            part.value = keepsValue ? part.value : QLocale::c().dayName(1);
        else if (check.kind == Kind::TimeOfDay && part.from.isEmpty()) {
            part.from = QStringLiteral("09:00:00");
            part.to = QStringLiteral("18:00:00");
            part.zone = QStringLiteral("UTC");
        } else if (!keepsValue && !(wasText && isText) && check.kind != Kind::Country
            && check.valueKind != ValueKind::Number) {
            part.value.clear();
        }
    });
    buildValues();
}

void CheckRow::buildValues()
{
    m_inputs.resize(m_fixedInputs);
    m_lines.clear();
    m_choices.clear();
    m_matchCase = nullptr;
    auto *values = new QWidget(this);
    auto *column = new QVBoxLayout(values);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    auto *line = new QHBoxLayout;
    line->setSpacing(6);
    column->addLayout(line);
    switch (m_part.kind) {
    case Kind::Contains: {
        addLine(line, tr("Keyword"), m_part.value, &ConditionPart::value);
        m_matchCase = new QToolButton(values);
        m_matchCase->setText(QStringLiteral("Aa"));
        m_matchCase->setCheckable(true);
        m_matchCase->setChecked(!m_part.ignoresCase);
        m_matchCase->setToolTip(tr("Capitals and small letters differ"));
        m_matchCase->setObjectName(QStringLiteral("checkMatchCase"));
        connect(m_matchCase, &QToolButton::clicked, this,
            [this](bool isChecked) { change([isChecked](ConditionPart &part) { part.ignoresCase = !isChecked; }); });
        line->addWidget(m_matchCase);
        take(m_matchCase, tr("Capitals and small letters differ"));
        break;
    }
    case Kind::Compare:
        if (m_part.valueKind == ValueKind::Nothing || m_part.valueKind == ValueKind::Truth)
            break;
        if (m_part.valueKind == ValueKind::Number) {
            addLine(line, tr("Number"), m_part.value, &ConditionPart::value,
                [](const QString &text) { return isNumber(text) ? QString() : tr("“%1” is no number.").arg(text); });
        } else {
            addLine(line, tr("Text"), m_part.value, &ConditionPart::value);
        }
        break;
    case Kind::Country:
        addChoice(line, tr("Country"), countries(), m_part.value, &ConditionPart::value);
        break;
    case Kind::Weekday:
        addChoice(line, tr("Day"), weekdays(), m_part.value, &ConditionPart::value);
        break;
    case Kind::TimeOfDay: {
        const auto refusal = [](const QString &text) {
            return QTime::fromString(text, QStringLiteral("HH:mm:ss")).isValid()
                ? QString()
                : tr("“%1” is no time such as 09:00:00.").arg(text);
        };
        addLine(line, tr("From"), m_part.from, &ConditionPart::from, refusal);
        auto *dash = new QLabel(QStringLiteral("–"), values);
        dash->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Preferred); // the times share the rest
        line->addWidget(dash);
        addLine(line, tr("To"), m_part.to, &ConditionPart::to, refusal);
        addChoice(column, tr("Time zone"), zones(), m_part.zone, &ConditionPart::zone);
        break;
    }
    case Kind::Given:
    case Kind::All:
    case Kind::Any:
        break;
    }
    m_values->hide();
    m_values->deleteLater(); // one of its widgets may be what brought us here
    // One value stands beside the check; three need lines of their own.
    if (m_part.kind == Kind::TimeOfDay)
        m_column->addWidget(values);
    else
        m_second->addWidget(values, 1);
    m_values = values;
    values->setVisible(m_inputs.size() > m_fixedInputs);
    Q_EMIT inputsChanged();
}

QLineEdit *CheckRow::addLine(QLayout *layout, const QString &name, const QString &text, QString ConditionPart::*member,
    const std::function<QString(const QString &)> &refusal)
{
    auto *line = new QLineEdit(text, layout->parentWidget());
    line->setPlaceholderText(name);
    line->setObjectName(QStringLiteral("checkValue"));
    line->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    line->setMinimumWidth(40);
    layout->addWidget(line);
    connect(line, &QLineEdit::textEdited, this, [this, member, refusal](const QString &typed) {
        if (const QString message = refusal ? refusal(typed) : QString(); !message.isEmpty()) {
            Q_EMIT refused(message);
            return;
        }
        change([&](ConditionPart &part) { part.*member = typed; });
    });
    m_lines.append({line, member});
    take(line, name);
    return line;
}

QComboBox *CheckRow::addChoice(QLayout *layout, const QString &name, const QList<std::pair<QString, QString>> &choices,
    const QString &chosen, QString ConditionPart::*member)
{
    auto *combo = new QComboBox(layout->parentWidget());
    combo->setObjectName(QStringLiteral("checkChoice"));
    prepare(combo);
    for (const auto &[value, label] : choices)
        combo->addItem(label, value);
    choose(combo, chosen);
    layout->addWidget(combo);
    connect(combo, &QComboBox::activated, this, [this, combo, member](int at) {
        const QString value = combo->itemData(at).toString();
        if (value.compare(m_part.*member, Qt::CaseInsensitive) != 0)
            change([&](ConditionPart &part) { part.*member = value; });
    });
    m_choices.append({combo, member});
    take(combo, name);
    return combo;
}

} // namespace automation
