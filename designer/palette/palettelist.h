#pragma once

#include <QListView>

namespace automation {

// The rows of the palette: captions and step types, painted with their icon tile; starts the drag of a type.
class PaletteList : public QListView
{
    Q_OBJECT
public:
    enum Role {
        TypeNameRole = Qt::UserRole + 1, // empty for a caption
        IconRole,
        CategoryRole
    };

    explicit PaletteList(QWidget *parent = nullptr);

    // The picture under the pointer while a type is dragged: a small card.
    static QPixmap dragPicture(
        const QString &label, const QString &icon, const QString &category, const QFont &font, qreal devicePixelRatio);

Q_SIGNALS:
    void dragStarted(const QString &typeName);

protected:
    void startDrag(Qt::DropActions supportedActions) override;
    void changeEvent(QEvent *event) override;
};

} // namespace automation
