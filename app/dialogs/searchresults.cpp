#include "app/dialogs/searchresults.h"

#include "designer/style/themedicon.h"

#include <QPoint>

namespace automation {

namespace {

constexpr qsizetype shownBefore = 24; // characters around a hit
constexpr qsizetype shownAfter = 70;
constexpr qsizetype longestHit = 200;

QString kindName(SearchHit::Kind kind)
{
    switch (kind) {
    case SearchHit::Kind::Id:
        return SearchResults::tr("Id");
    case SearchHit::Kind::Text:
        return SearchResults::tr("Text");
    case SearchHit::Kind::Expression:
        return SearchResults::tr("Expression");
    case SearchHit::Kind::Value:
        return SearchResults::tr("Value");
    }
    return {};
}

// The place below its step, or of the workflow: "content.text".
QString fieldOf(const SearchHit &hit)
{
    const QStringList tokens = hit.place.tokens();
    if (hit.stepKey.isEmpty())
        return tokens.last();
    qsizetype at = 3; // behind definition, steps and the number
    const auto isNumber = [&tokens](qsizetype i) { return !tokens.value(i).isEmpty() && tokens.at(i).at(0).isDigit(); };
    while (tokens.value(at) == u"do" && isNumber(at + 1))
        at += isNumber(at + 2) ? 3 : 2;
    QStringList rest = tokens.mid(at);
    if (rest.size() > 1 && rest.first() == u"inputs")
        rest.removeFirst();
    if (hit.isName && rest.size() > 1)
        return SearchResults::tr("name in %1").arg(rest.mid(0, rest.size() - 1).join(u'.'));
    return rest.join(u'.');
}

struct Excerpt
{
    QString text;
    QPoint mark; // start and length
};

Excerpt excerpt(const SearchHit &hit, const QString &shown)
{
    const qsizetype from = std::max<qsizetype>(0, hit.start - shownBefore);
    const QString before = (from > 0 ? u"…"_qs : QString()) + hit.subject.mid(from, hit.start - from);
    const QString after = hit.subject.mid(hit.start + hit.length, shownAfter);
    QString text = before + shown.left(longestHit) + after;
    for (QChar &c : text) { // one line, without anything that moves what follows
        if (c == u'\n' || c == u'\r' || c == u'\t' || c.category() == QChar::Other_Control
            || c.category() == QChar::Other_Format)
            c = u' ';
    }
    return {text, QPoint(int(before.size()), int(std::min(longestHit, shown.size())))};
}

constexpr quintptr topLevel = 0; // internal id of a workflow; of its rows, its number + 1

} // namespace

SearchResults::SearchResults(QObject *parent)
    : QAbstractItemModel(parent)
{
}

QList<SearchSource> SearchResults::setSources(QList<SearchSource> sources, bool withReplacements)
{
    beginResetModel();
    m_sources.swap(sources);
    m_withReplacements = withReplacements;
    m_checks.clear();
    m_checked.clear();
    for (const SearchSource &source : std::as_const(m_sources)) {
        m_checks += QList<bool>(source.found.hits.size(), true);
        m_checked += source.found.hits.size();
    }
    recount();
    endResetModel();
    return sources;
}

void SearchResults::recount()
{
    m_hitCount = 0;
    m_checkedCount = 0;
    for (qsizetype i = 0; i < m_sources.size(); ++i) {
        m_hitCount += m_sources.at(i).found.hits.size();
        m_checkedCount += m_checked.at(i);
    }
}

void SearchResults::setNotes(int source, const QStringList &notes)
{
    SearchSource &changed = m_sources[source];
    if (changed.notes == notes)
        return;
    const QModelIndex parent = index(source, 0);
    if (!changed.notes.isEmpty()) {
        beginRemoveRows(parent, 0, int(changed.notes.size()) - 1);
        changed.notes.clear();
        endRemoveRows();
    }
    if (!notes.isEmpty()) {
        beginInsertRows(parent, 0, int(notes.size()) - 1);
        changed.notes = notes;
        endInsertRows();
    }
}

int SearchResults::sourceOf(const QModelIndex &index) const
{
    if (!index.isValid())
        return -1;
    return index.internalId() == topLevel ? index.row() : int(index.internalId()) - 1;
}

const SearchHit *SearchResults::hit(const QModelIndex &index) const
{
    if (!index.isValid() || index.internalId() == topLevel)
        return nullptr;
    const SearchSource &source = m_sources.at(sourceOf(index));
    const qsizetype number = index.row() - source.notes.size();
    return number >= 0 ? &source.found.hits.at(number) : nullptr;
}

QModelIndex SearchResults::index(int row, int column, const QModelIndex &parent) const
{
    if (row < 0 || row >= rowCount(parent) || column < 0 || column >= ColumnCount)
        return {};
    return createIndex(row, column, parent.isValid() ? quintptr(parent.row()) + 1 : topLevel);
}

QModelIndex SearchResults::parent(const QModelIndex &child) const
{
    if (!child.isValid() || child.internalId() == topLevel)
        return {};
    return createIndex(int(child.internalId()) - 1, 0, topLevel);
}

int SearchResults::rowCount(const QModelIndex &parent) const
{
    if (!parent.isValid())
        return int(m_sources.size());
    if (parent.internalId() != topLevel || parent.column() != 0)
        return 0;
    const SearchSource &source = m_sources.at(parent.row());
    return int(source.found.hits.size() + source.notes.size());
}

int SearchResults::columnCount(const QModelIndex &) const
{
    return ColumnCount;
}

QVariant SearchResults::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case WhereColumn:
        return tr("Where");
    case KindColumn:
        return tr("What");
    case BeforeColumn:
        return m_withReplacements ? tr("Before") : tr("Found");
    default:
        return tr("After");
    }
}

Qt::CheckState SearchResults::checkOf(int source) const
{
    const qsizetype checked = m_checked.at(source);
    return checked == 0                                     ? Qt::Unchecked
        : checked == m_sources.at(source).found.hits.size() ? Qt::Checked
                                                            : Qt::PartiallyChecked;
}

QVariant SearchResults::sourceData(const SearchSource &source, int number, int column, int role) const
{
    if (role == Qt::CheckStateRole && column == WhereColumn && m_withReplacements && !source.found.hits.isEmpty())
        return checkOf(number);
    if (role == Qt::DecorationRole && column == WhereColumn)
        return source.isFailed ? themedIcon(u"warning"_qs, IconTone::Muted) : themedIcon(u"file"_qs, IconTone::Muted);
    if (role == Qt::ToolTipRole && !source.path.isEmpty())
        return QString(u"<qt>"_qs + source.path.toHtmlEscaped() + u"</qt>"_qs);
    if (role != Qt::DisplayRole && role != Qt::AccessibleTextRole)
        return {};
    if (column == WhereColumn)
        return source.name;
    if (column == BeforeColumn && !source.found.hits.isEmpty())
        return tr("%n hit(s)", nullptr, int(source.found.hits.size()));
    return {};
}

QVariant SearchResults::hitData(const SearchHit &hit, bool isChecked, int column, int role) const
{
    if (role == Qt::CheckStateRole && column == WhereColumn && m_withReplacements)
        return isChecked ? Qt::Checked : Qt::Unchecked;
    if (column == BeforeColumn || (column == AfterColumn && m_withReplacements)) {
        const Excerpt part
            = excerpt(hit, column == BeforeColumn ? hit.subject.mid(hit.start, hit.length) : hit.replacement);
        if (role == Qt::DisplayRole)
            return part.text;
        return role == MarkRole ? QVariant(part.mark) : QVariant();
    }
    if (role != Qt::DisplayRole)
        return {};
    if (column == WhereColumn) {
        const QString step = hit.stepKey.isEmpty() ? tr("Workflow") : hit.stepId;
        return tr("%1 · %2").arg(step, fieldOf(hit));
    }
    return column == KindColumn ? QVariant(kindName(hit.kind)) : QVariant();
}

QVariant SearchResults::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const int number = sourceOf(index);
    const SearchSource &source = m_sources.at(number);
    if (index.internalId() == topLevel)
        return sourceData(source, number, index.column(), role);
    if (const SearchHit *found = hit(index))
        return hitData(*found, m_checks.at(number).at(index.row() - source.notes.size()), index.column(), role);
    const QString &note = source.notes.at(index.row());
    if (index.column() != WhereColumn)
        return {};
    if (role == Qt::DisplayRole)
        return note;
    if (role == Qt::ToolTipRole)
        return QString(u"<qt>"_qs + note.toHtmlEscaped() + u"</qt>"_qs);
    return role == Qt::DecorationRole ? QVariant(themedIcon(u"warning"_qs, IconTone::Muted)) : QVariant();
}

bool SearchResults::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (role != Qt::CheckStateRole || index.column() != WhereColumn || !m_withReplacements)
        return false;
    const int source = sourceOf(index);
    const bool isChecked = value.value<Qt::CheckState>() == Qt::Checked;
    QList<bool> &checks = m_checks[source];
    if (index.internalId() == topLevel)
        checks.fill(isChecked);
    else if (hit(index))
        checks[index.row() - m_sources.at(source).notes.size()] = isChecked;
    else
        return false;
    m_checked[source] = checks.count(true);
    recount();
    const QModelIndex top = this->index(source, 0);
    Q_EMIT dataChanged(top, top, {Qt::CheckStateRole});
    if (!checks.isEmpty()) {
        Q_EMIT dataChanged(this->index(0, 0, top), this->index(rowCount(top) - 1, 0, top), {Qt::CheckStateRole});
    }
    Q_EMIT checksChanged(source);
    return true;
}

Qt::ItemFlags SearchResults::flags(const QModelIndex &index) const
{
    Qt::ItemFlags flags = QAbstractItemModel::flags(index);
    if (index.column() == WhereColumn && m_withReplacements
        && (hit(index) || (index.internalId() == topLevel && rowCount(index) > 0)))
        flags |= Qt::ItemIsUserCheckable;
    return flags;
}

} // namespace automation
