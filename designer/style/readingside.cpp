#include "designer/style/readingside.h"

#include <QEvent>
#include <QLineEdit>

namespace automation {

namespace {

class ReadingSide : public QObject
{
public:
    explicit ReadingSide(QLineEdit &field)
        : QObject(&field)
        , m_field(field)
    {
        field.installEventFilter(this);
        align();
    }

    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (watched == &m_field && event->type() == QEvent::LayoutDirectionChange)
            align();
        return QObject::eventFilter(watched, event);
    }

private:
    void align()
    {
        const Qt::Alignment side = m_field.isRightToLeft() ? Qt::AlignRight : Qt::AlignLeft;
        m_field.setAlignment(side | Qt::AlignAbsolute | Qt::AlignVCenter);
    }

    QLineEdit &m_field;
};

} // namespace

void beginAtReadingSide(QLineEdit &field)
{
    new ReadingSide(field);
}

} // namespace automation
