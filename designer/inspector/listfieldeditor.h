#pragma once

#include "designer/inspector/fieldeditor.h"
#include "designer/inspector/inputchange.h"

class QPushButton;
class QToolButton;

namespace automation {

class JsonFieldEditor;
class ListElement;

// A field that holds a list of objects: each with the fields of its members one below the other, to be added, removed
// and moved up. Members without a field survive. A value that is no list of objects is edited as JSON.
class ListFieldEditor : public FieldEditor
{
    Q_OBJECT
public:
    ListFieldEditor(const InputField &field, QWidget *parent);
    ~ListFieldEditor() override;

    QWidget *input() const override;
    QWidget *inputAt(const JsonPointer &pointer) const override;
    // Those of a member of an element stand below its field.
    void setProblems(const QList<Problem> &problems) override;
    bool commit() override;
    void setLive(StepData *stepData, const std::function<StepData::Sample()> &sample) override;

protected:
    void showValue(const JsonValue *value) override;

private:
    JsonValue list() const;
    FieldEditor *partAt(const JsonPointer &pointer) const;
    void build(qsizetype count);
    ListElement *buildElement(int index);
    void connectEditor(FieldEditor *editor);
    void elementEdited(int index, const InputField &part, const std::optional<JsonValue> &value);
    void add();
    void remove(int index);
    void moveUp(int index);
    void showList(const JsonValue &list);

    QList<ListElement *> m_elements;
    JsonFieldEditor *m_json = nullptr;
    QPushButton *m_add = nullptr;
    StepData *m_stepData = nullptr;
    std::function<StepData::Sample()> m_sample;
};

} // namespace automation
