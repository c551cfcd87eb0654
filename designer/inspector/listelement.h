#pragma once

#include "designer/inspector/inputchange.h"

#include <QWidget>

class QLabel;
class QToolButton;
class QVBoxLayout;

namespace automation {

class FieldEditor;

// One element of a list in a form: what it is and its number, ways to move and remove it, and its fields. GUI thread.
class ListElement : public QWidget
{
    Q_OBJECT
public:
    struct Part
    {
        const InputField *field = nullptr;
        FieldEditor *editor = nullptr;
    };

    // list: the field it is an element of; outlives it.
    ListElement(const InputField &list, int index, QWidget *parent);

    void addPart(const InputField *field, FieldEditor *editor);
    // Shows the members of an object in the fields, as far as those have a meaning there.
    void showElement(const JsonValue &element);
    const QList<Part> &parts() const { return m_parts; }
    FieldEditor *firstShown() const;
    InputChange *change() { return &m_change; }

Q_SIGNALS:
    void removeRequested();
    void moveUpRequested();

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    QVBoxLayout *m_column = nullptr;
    QList<Part> m_parts;
    InputChange m_change;
};

} // namespace automation
