#pragma once

#include <QFrame>

class QButtonGroup;
class QHBoxLayout;
class QToolButton;

namespace automation {

// A row of texts of which exactly one is chosen (Design · Runs · JSON · Diff). Left and right move the choice.
class SegmentedControl : public QFrame
{
    Q_OBJECT
public:
    explicit SegmentedControl(QWidget *parent = nullptr);

    // The first segment added is chosen. Returns its index.
    int addSegment(const QString &text, const QString &toolTip = {});
    int count() const;
    int currentIndex() const;
    void setSegmentEnabled(int index, bool enabled);
    void setSegmentText(int index, const QString &text);
    QString segmentText(int index) const;

public Q_SLOTS:
    void setCurrentIndex(int index);

Q_SIGNALS:
    void currentChanged(int index);

private:
    QToolButton *segment(int index) const;

    QHBoxLayout *m_layout = nullptr;
    QButtonGroup *m_group = nullptr;
};

} // namespace automation
