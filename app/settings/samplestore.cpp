#include "app/settings/samplestore.h"

#include <algorithm>
#include <QPointer>

namespace automation {

SampleStore::SampleStore(const QString &folder, QObject *parent)
    : QObject(parent)
    , m_folder(folder)
{
}

const SavedSample *SampleStore::find(const QString &id) const
{
    const auto found = std::find_if(
        m_saved.samples.cbegin(), m_saved.samples.cend(), [&id](const SavedSample &sample) { return sample.id == id; });
    return found == m_saved.samples.cend() ? nullptr : &*found;
}

void SampleStore::read()
{
    m_work.start([this, folder = m_folder]() -> BackgroundWork::Finish {
        return [this, saved = readSampleFolder(folder)] { take(saved); };
    });
}

void SampleStore::save(
    const SavedSample &sample, QObject *context, std::function<void(const Result<SavedSample> &)> then)
{
    m_work.start([this, folder = m_folder, sample, context = QPointer(context),
                     then = std::move(then)]() -> BackgroundWork::Finish {
        const Result<SavedSample> written = saveSample(folder, sample);
        return [this, context, then, written, saved = readSampleFolder(folder)] {
            if (context)
                then(written);
            take(saved);
        };
    });
}

void SampleStore::remove(const QString &id, QObject *context, std::function<void(const Result<void> &)> then)
{
    m_work.start(
        [this, folder = m_folder, id, context = QPointer(context), then = std::move(then)]() -> BackgroundWork::Finish {
            const Result<void> removed = removeSample(folder, id);
            return [this, context, then, removed, saved = readSampleFolder(folder)] {
                if (context)
                    then(removed);
                take(saved);
            };
        });
}

void SampleStore::take(const SavedSamples &saved)
{
    m_saved = saved;
    Q_EMIT changed();
}

} // namespace automation
