#pragma once

#include "designer/inspector/fieldeditor.h"

class QGridLayout;
class QLabel;
class QLineEdit;
class QMenu;
class QPlainTextEdit;
class QPushButton;
class QToolButton;

namespace automation {

// A field of names and values: HTTP headers, query parameters, a step's outputs. Each row edits one member in its
// place; order, duplicates and values that are no text survive. Enter goes to the next cell and behind the last one
// into a new row, Alt+Delete removes the row. What is wrong with a name or value stands below its row. A value that is
// no object is edited as JSON.
class MembersFieldEditor : public FieldEditor
{
    Q_OBJECT
public:
    struct Words
    {
        QString name; // column captions and button; empty = "Name", "Value", "Add"
        QString value;
        QString add;
    };

    MembersFieldEditor(const InputField &field, const Words &words, QWidget *parent);

    // Members that the add button offers: name and value, with a tool tip. Without any it adds an empty row.
    struct Offer
    {
        QString name;
        QString value;
        QString help;
    };
    void setOffers(const QList<Offer> &offers);

    QWidget *input() const override;
    bool commit() override;
    void setProblems(const QList<Problem> &problems) override;
    int rowCount() const { return int(m_rows.size()); }

protected:
    void showValue(const JsonValue *value) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    struct Row
    {
        QLineEdit *name = nullptr;
        QLineEdit *value = nullptr;
        QToolButton *remove = nullptr;
        QLabel *note = nullptr; // why what is typed is not taken over
        QVBoxLayout *problems = nullptr;
        QList<QWidget *> widgets() const;
    };

    JsonValue object() const;
    void addMember(const QString &name, const QString &text);
    void buildRows(qsizetype count);
    Row buildRow(int index);
    void orderTabs();
    void goOn(int row, bool isName);
    void nameTyped(int row);
    bool nameEdited(int row);
    void setNote(int row, const QString &text);
    QString whyNotNamed(int row, const QString &name) const;
    void valueEdited(int row);
    void removeRow(int row);
    void jsonEdited();
    QString freeName(const QString &wanted) const;

    Words m_words;
    QGridLayout *m_grid = nullptr;
    QWidget *m_table = nullptr;
    QPlainTextEdit *m_json = nullptr;
    QString m_seen; // the JSON as it was shown or taken over last
    QPushButton *m_add = nullptr;
    QMenu *m_menu = nullptr;
    QList<Row> m_rows;
    QList<Problem> m_problems;
};

} // namespace automation
