#include "model/api/onceonlybody.h"

#include <cstring>

namespace automation {

OnceOnlyBody::OnceOnlyBody(QByteArray data, QObject *parent)
    : QIODevice(parent)
    , m_data(std::move(data))
{
    open(QIODevice::ReadOnly | QIODevice::Unbuffered);
}

bool OnceOnlyBody::atEnd() const
{
    return bytesAvailable() == 0;
}

qint64 OnceOnlyBody::bytesAvailable() const
{
    return m_data.size() - m_position + QIODevice::bytesAvailable();
}

bool OnceOnlyBody::seek(qint64)
{
    return false;
}

qint64 OnceOnlyBody::readData(char *data, qint64 maximum)
{
    const qint64 count = std::min<qint64>(maximum, m_data.size() - m_position);
    if (count == 0)
        return m_position == m_data.size() ? -1 : 0;
    std::memcpy(data, m_data.constData() + m_position, size_t(count));
    m_position += count;
    return count;
}

qint64 OnceOnlyBody::writeData(const char *, qint64)
{
    return -1;
}

} // namespace automation
