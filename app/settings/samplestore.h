#pragma once

#include "model/document/backgroundwork.h"
#include "model/document/samplefolder.h"

#include <functional>

namespace automation {

// The person's saved samples: kept in one folder for all documents, read and written on another thread. GUI thread.
class SampleStore : public QObject
{
    Q_OBJECT
public:
    explicit SampleStore(const QString &folder, QObject *parent = nullptr); // the folder need not exist

    const QList<SavedSample> &samples() const { return m_saved.samples; } // by name; empty until read
    const QStringList &damaged() const { return m_saved.damaged; } // translated, plain text
    const SavedSample *find(const QString &id) const; // until changed()

    void read(); // anew: another window may have written there
    // then: with what was saved, or why it was not, before changed(); as long as context lives.
    void save(const SavedSample &sample, QObject *context, std::function<void(const Result<SavedSample> &)> then);
    void remove(const QString &id, QObject *context, std::function<void(const Result<void> &)> then);

Q_SIGNALS:
    void changed();

private:
    void take(const SavedSamples &saved);

    QString m_folder;
    SavedSamples m_saved;
    BackgroundWork m_work {this}; // last: it ends before the rest goes
};

} // namespace automation
