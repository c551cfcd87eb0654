#include "app/panels/problemspanel.h"

#include "app/panels/panelview.h"
#include "designer/drawing/icons.h"
#include "designer/drawing/theme.h"
#include "model/document/commands/stepcommands.h"

#include <algorithm>
#include <QVBoxLayout>

namespace automation {

namespace {

bool looksAlike(const Problem &a, const Problem &b)
{
    return a.severity == b.severity && a.rule == b.rule && a.stepId == b.stepId && a.message == b.message
        && a.fixText == b.fixText;
}

} // namespace

// Rows that look as before stay: they keep the selection and are not painted anew with every key a person types.
void ProblemsModel::setProblems(const QList<Problem> &problems)
{
    qsizetype start = 0;
    const qsizetype shorter = std::min(m_problems.size(), problems.size());
    while (start < shorter && looksAlike(m_problems.at(start), problems.at(start)))
        ++start;
    qsizetype oldEnd = m_problems.size();
    qsizetype newEnd = problems.size();
    while (oldEnd > start && newEnd > start && looksAlike(m_problems.at(oldEnd - 1), problems.at(newEnd - 1))) {
        --oldEnd;
        --newEnd;
    }
    const qsizetype changedEnd = std::min(oldEnd, newEnd);
    for (qsizetype i = 0; i < changedEnd; ++i) // their places may have moved, too
        m_problems[i] = problems.at(i);
    if (start < changedEnd)
        Q_EMIT dataChanged(index(int(start), 0), index(int(changedEnd - 1), ColumnCount - 1));
    if (newEnd < oldEnd) {
        beginRemoveRows({}, int(newEnd), int(oldEnd - 1));
        m_problems = problems;
        endRemoveRows();
    } else if (oldEnd < newEnd) {
        beginInsertRows({}, int(oldEnd), int(newEnd - 1));
        m_problems = problems;
        endInsertRows();
    } else {
        m_problems = problems;
    }
}

void ProblemsModel::setTheme(const Theme &theme)
{
    m_error = theme.error;
    m_warning = theme.warning;
    m_muted = theme.muted;
    m_link = theme.pillText;
    if (!m_problems.isEmpty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

int ProblemsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_problems.size());
}

int ProblemsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ProblemsModel::data(const QModelIndex &index, int role) const
{
    const Problem &problem = m_problems.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        switch (index.column()) {
        case MessageColumn:
            return problem.message;
        case StepColumn:
            return problem.stepId;
        case RuleColumn:
            return problem.rule;
        case FixColumn:
            return problem.fixText;
        }
        return {};
    case Qt::DecorationRole:
        if (index.column() != MessageColumn)
            return {};
        if (problem.severity == Problem::Severity::Error)
            return tintedIcon(u"error"_qs, m_error);
        if (problem.severity == Problem::Severity::Warning)
            return tintedIcon(u"warning"_qs, m_warning);
        return tintedIcon(u"info"_qs, m_muted);
    case Qt::ForegroundRole:
        return index.column() == FixColumn ? QVariant(m_link) : QVariant();
    case Qt::AccessibleTextRole:
        if (index.column() == MessageColumn) {
            const QString severity = problem.severity == Problem::Severity::Error ? tr("Error")
                : problem.severity == Problem::Severity::Warning                  ? tr("Warning")
                                                                                  : tr("Hint");
            return QString(severity + u": "_qs + problem.message);
        }
        return {};
    case Qt::ToolTipRole:
        return index.column() == FixColumn && !problem.fixText.isEmpty()
            ? tr("Click to apply this fix; it can be undone")
            : plainToolTip(problem.message);
    }
    return {};
}

QVariant ProblemsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case MessageColumn:
        return tr("Problem");
    case StepColumn:
        return tr("Step");
    case RuleColumn:
        return tr("Rule");
    case FixColumn:
        return tr("Fix");
    }
    return {};
}

ProblemsPanel::ProblemsPanel(QWidget *parent)
    : QWidget(parent)
    , m_view(new PanelView(
          tr("Problems"), u"check"_qs, tr("No problems. Mistakes in the open workflow are listed here as you edit.")))
{
    m_view->setModel(&m_model);
    m_view->setColumnShares({760, 220, 220, 280});
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_view);
    connect(m_view->table(), &QAbstractItemView::clicked, this, &ProblemsPanel::openRow);
    connect(m_view->table(), &QAbstractItemView::activated, this,
        [this](const QModelIndex &index) { openRow(index.siblingAtColumn(ProblemsModel::MessageColumn)); });
}

int ProblemsPanel::count() const
{
    return m_model.rowCount();
}

void ProblemsPanel::setTheme(const Theme &theme)
{
    m_model.setTheme(theme);
}

void ProblemsPanel::setDocument(WorkflowDocument *document)
{
    if (m_document)
        disconnect(m_document, nullptr, this, nullptr);
    m_document = document;
    if (document)
        connect(document, &WorkflowDocument::problemsChanged, this, &ProblemsPanel::refresh);
    refresh();
}

void ProblemsPanel::refresh()
{
    m_model.setProblems(m_document ? m_document->problems() : QList<Problem>());
    Q_EMIT countChanged(count());
}

void ProblemsPanel::openRow(const QModelIndex &index)
{
    if (!index.isValid() || !m_document)
        return;
    const Problem problem = m_model.problemAt(index.row());
    if (index.column() != ProblemsModel::FixColumn || problem.fix.isEmpty()) {
        Q_EMIT placeRequested(problem.stepKey, problem.pointer);
        return;
    }
    if (const Result<void> done = m_document->push(fixEdit(problem)); !done)
        Q_EMIT failed(done.error().message);
}

} // namespace automation
