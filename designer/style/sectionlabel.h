#pragma once

#include <QLabel>

namespace automation {

// A caption in capitals above a group: MESSAGING. The accessible name keeps the text as given.
class SectionLabel : public QLabel
{
    Q_OBJECT
public:
    explicit SectionLabel(const QString &text = {}, QWidget *parent = nullptr);

    void setCaption(const QString &text);
};

} // namespace automation
