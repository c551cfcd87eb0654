#pragma once

#include <QIcon>
#include <QString>

namespace automation {

// Which colour of the current theme an icon takes each time it is drawn.
enum class IconTone { Text, Muted, Accent, OnAccent, Ok, Warning, Error };

// One of our icons in a colour of the current theme: after applyTheme() it is drawn in the new one, so actions and
// buttons need no refresh. GUI thread.
QIcon themedIcon(const QString &name, IconTone tone = IconTone::Text);

// The coloured tile with a white icon that stands for a step type. category as in StepType::category.
QPixmap categoryTile(const QString &icon, QStringView category, int size, qreal devicePixelRatio);

} // namespace automation
