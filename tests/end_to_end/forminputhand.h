#pragma once

#include <QSet>
#include <QStringList>

class QComboBox;
class QScrollArea;
class QWidget;

namespace automation {

class MainWindow;

// What stands in a form: an input by the field it belongs to (its object name, empty = none) and its own name.
struct FormInput
{
    QString field;
    QString name;
    int number = 0; // among those of the same name in the field

    QString text() const { return field + u'|' + name + u'|' + QString::number(number); }
};

// Fills in the forms of the inspector as a person does: with keys alone, or with the pointer for all that a pointer can
// do. Each of the functions that return a text says in it what went wrong; empty = done. Waits for what it did to show.
class FormHand
{
public:
    enum class Way { Keys, Pointer };

    FormHand(MainWindow *window, Way way)
        : m_window(window)
        , m_way(way)
    {
    }

    bool hasKeys() const { return m_way == Way::Keys; }
    // Goes to a node on the drawing, and into its form.
    QString openForm(const QString &key);
    QScrollArea *scrollArea() const;
    QWidget *form() const;
    QWidget *find(const FormInput &input) const; // visible; nullptr when it is not there
    FormInput nameOf(const QWidget *widget) const;
    // All that takes keys and can be seen, from top to bottom.
    QList<QWidget *> stops() const;

    QString reach(const FormInput &input);
    // Puts a text in the place of what stands there.
    QString overwrite(const FormInput &input, const QString &text, const QStringList &after = {});
    // Writes at the beginning, behind the first character.
    QString writeInside(const FormInput &input, const QString &text);
    QString press(const FormInput &input);
    // Presses what opens a menu and takes the first entry.
    QString pressFirstEntry(const FormInput &input);
    QString choose(const FormInput &input, int row);
    // From a list that is made when it opens.
    QString chooseNamed(const FormInput &input, const QString &id);
    // Goes on to what comes next, as after filling in.
    void leave();
    void undo();

    // Walks through the form from the first input to the last; says which cannot be reached, stands outside of what is
    // seen or does not look as if it had the keys.
    QString walkThrough(const FormInput &first);

private:
    bool hasResults() const; // of the expressions in the form
    QString tabTo(QWidget *target);
    QString bringIntoView(QWidget *widget);
    QString click(QWidget *widget);
    QString clickRow(QComboBox *combo, int row);
    QWidget *focused() const;

    MainWindow *m_window = nullptr;
    Way m_way;
};

} // namespace automation
