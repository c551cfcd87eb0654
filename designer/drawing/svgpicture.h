#pragma once

#include <memory>
#include <QPaintDevice>

namespace automation {

class SvgPictureEngine;

// A device that turns what is painted into SVG: shapes as paths and rectangles, text as text elements with the names of
// their fonts and a general family behind them for machines that lack those. Made for drawings: transforms may only
// scale and move, brushes are plain colours, there is no clip. Belongs to one thread.
class SvgPicture : public QPaintDevice
{
public:
    // size: of the area painted; nominalSize: how large a viewer shows it, in CSS pixels.
    SvgPicture(const QSizeF &size, const QSizeF &nominalSize, const QString &title, const QString &description);
    ~SvgPicture() override;

    QPaintEngine *paintEngine() const override;
    QByteArray take(); // the whole file, once painting has ended

protected:
    int metric(PaintDeviceMetric metric) const override;

private:
    QSizeF m_size;
    QSizeF m_nominalSize;
    QString m_title;
    QString m_description;
    std::unique_ptr<SvgPictureEngine> m_engine;
};

} // namespace automation
