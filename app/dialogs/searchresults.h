#pragma once

#include "model/document/foldersearch.h"
#include "model/document/workflowdocument.h"

#include <QAbstractItemModel>
#include <QPointer>

namespace automation {

// One workflow that was searched: an open document or a file. Value type.
struct SearchSource
{
    QString name; // for people
    QString path; // of a file that is not open; else empty
    QPointer<WorkflowDocument> document;
    quint64 revision = 0; // of the document when it was searched
    WorkflowDefinition definition; // of the document then
    DefinitionGraph graph;
    FileHits found;
    QStringList notes; // what would arise or cannot be replaced; why it could not be read
    bool isFailed = false; // could not be read or written
};

// What a search found, to look at and to choose from: workflows with notes on them and their hits, each with a
// check box. GUI thread.
class SearchResults : public QAbstractItemModel
{
    Q_OBJECT
public:
    enum Column { WhereColumn, KindColumn, BeforeColumn, AfterColumn, ColumnCount };
    // Of the Before and After columns: where in the text the hit stands, as a QPoint(start, length).
    static constexpr int MarkRole = Qt::UserRole;

    explicit SearchResults(QObject *parent = nullptr);

    // withReplacements: whether there is anything to be put instead. Gives back what was shown before, which takes a
    // while to be destroyed.
    [[nodiscard]] QList<SearchSource> setSources(QList<SearchSource> sources, bool withReplacements);
    const QList<SearchSource> &sources() const { return m_sources; }
    void setNotes(int source, const QStringList &notes);
    qsizetype hitCount() const { return m_hitCount; }
    qsizetype checkedCount() const { return m_checkedCount; }
    qsizetype checkedCount(int source) const { return m_checked.at(source); }
    QList<bool> checks(int source) const { return m_checks.at(source); } // of its hits
    // nullptr for the row of a workflow or a note.
    const SearchHit *hit(const QModelIndex &index) const;
    int sourceOf(const QModelIndex &index) const; // -1 for the root

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &child) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

Q_SIGNALS:
    void checksChanged(int source);

private:
    QVariant sourceData(const SearchSource &source, int number, int column, int role) const;
    QVariant hitData(const SearchHit &hit, bool isChecked, int column, int role) const;
    Qt::CheckState checkOf(int source) const;
    void recount();

    QList<SearchSource> m_sources;
    QList<QList<bool>> m_checks;
    QList<qsizetype> m_checked; // how many, by source
    bool m_withReplacements = false;
    qsizetype m_hitCount = 0;
    qsizetype m_checkedCount = 0;
};

} // namespace automation
