#include "designer/inspector/problemlabel.h"

#include "designer/style/applicationstyle.h"
#include "designer/style/themedicon.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

namespace automation {

ProblemLabel::ProblemLabel(QWidget *parent)
    : QWidget(parent)
    , m_icon(new QLabel(this))
    , m_text(new QLabel(this))
    , m_fix(new QPushButton(this))
{
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_text->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Minimum);
    m_fix->setProperty("link", true);
    m_fix->setCursor(Qt::PointingHandCursor);
    m_icon->setFixedWidth(16);
    auto *column = new QVBoxLayout;
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_text);
    column->addWidget(m_fix, 0, Qt::AlignLeft);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(5);
    layout->addWidget(m_icon, 0, Qt::AlignTop);
    layout->addLayout(column, 1);
    connect(m_fix, &QPushButton::clicked, this, [this] { Q_EMIT fixRequested(m_problem); });
}

void ProblemLabel::setProblem(const Problem &problem)
{
    // Set again after every key a person types; only its places may be new then.
    const bool looksAlike = !m_icon->accessibleName().isEmpty() && m_problem.message == problem.message
        && m_problem.severity == problem.severity && m_problem.fixText == problem.fixText
        && m_problem.fix.isEmpty() == problem.fix.isEmpty();
    m_problem = problem;
    if (looksAlike)
        return;
    const bool error = problem.severity == Problem::Severity::Error;
    const bool hint = problem.severity == Problem::Severity::Hint;
    m_text->setText(problem.message);
    m_text->setProperty("textRole",
        error      ? QStringLiteral("error")
            : hint ? QStringLiteral("small")
                   : QStringLiteral("warning"));
    repolish(m_text);
    const QIcon icon = error ? themedIcon(QStringLiteral("error"), IconTone::Error)
        : hint               ? themedIcon(QStringLiteral("info"), IconTone::Muted)
                             : themedIcon(QStringLiteral("warning"), IconTone::Warning);
    m_icon->setPixmap(icon.pixmap(QSize(14, 14), devicePixelRatioF()));
    m_icon->setAccessibleName(error ? tr("Error") : hint ? tr("Hint") : tr("Warning"));
    m_fix->setText(problem.fixText);
    m_fix->setVisible(!problem.fixText.isEmpty() && !problem.fix.isEmpty());
}

QString ProblemLabel::message() const
{
    return m_problem.message;
}

QList<Problem> firstProblems(const QList<Problem> &problems)
{
    constexpr qsizetype most = 20;
    if (problems.size() <= most + 1)
        return problems;
    QList<Problem> shown = problems.first(most);
    Problem rest;
    rest.severity = Problem::Severity::Hint;
    rest.message = ProblemLabel::tr("%n more in the Problems panel", nullptr, int(problems.size() - most));
    return shown << rest;
}

} // namespace automation
