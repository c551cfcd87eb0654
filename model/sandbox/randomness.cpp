#include "model/sandbox/randomness.h"

#include <QUuid>

using namespace Qt::StringLiterals;

namespace automation {

QString Randomness::uuid()
{
    const quint32 a = next();
    const quint32 b = next();
    const quint32 c = next();
    const quint32 d = next();
    const auto version = static_cast<ushort>(0x4000U | ((b >> 16U) & 0x0fffU));
    const auto variant = static_cast<uchar>(0x80U | ((c >> 24U) & 0x3fU));
    const QUuid value(a, static_cast<ushort>(b), version, variant, static_cast<uchar>(c >> 16U),
        static_cast<uchar>(c >> 8U), static_cast<uchar>(c), static_cast<uchar>(d >> 24U), static_cast<uchar>(d >> 16U),
        static_cast<uchar>(d >> 8U), static_cast<uchar>(d));
    return value.toString(QUuid::WithoutBraces);
}

QString Randomness::objectId()
{
    QString id;
    for (int i = 0; i < 3; ++i)
        id += u"%1"_s.arg(next(), 8, 16, QLatin1Char('0'));
    return id;
}

} // namespace automation
