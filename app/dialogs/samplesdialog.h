#pragma once

#include "model/document/samplefolder.h"

#include <optional>
#include <QDialog>

class QComboBox;
class QLabel;
class QLineEdit;
class QListWidget;
class QPushButton;
class QStackedWidget;

namespace automation {

class CodeView;
class SampleStore;
class WrappedText;
struct Theme;

// The person's samples for workflows with one trigger: added, edited as JSON, renamed and deleted. What cannot be saved
// stays as it was typed, also while another sample is looked at. GUI thread.
class SamplesDialog : public QDialog
{
    Q_OBJECT
public:
    // store: not owned, outlives this. trigger: as in SavedSample; triggerLabel for people. example: what a new sample
    // begins with.
    SamplesDialog(SampleStore *store, const QString &trigger, const QString &triggerLabel, const JsonValue &example,
        const Theme &theme, QWidget *parent = nullptr);

    // One that is not saved yet, to be given a name.
    void addNew(const QString &name, bool isContext, const JsonValue &content);

public Q_SLOTS:
    void reject() override; // asks when something is not saved

Q_SIGNALS:
    void sampleSaved(const automation::SavedSample &sample, bool isNew);

private:
    // One row of the list.
    struct Entry
    {
        QString key; // its id, or a name of our own as long as it has none
        SavedSample saved; // id empty = not yet
        QString savedText; // what stood in the editor then
        QString name; // as it is in the fields
        bool isContext = false;
        QString text;
        bool isChanged() const;
    };

    QWidget *buildForm(const Theme &theme);
    void takeStored();
    void showList(const QString &key);
    void showEntry();
    void takeFields();
    void refreshRow(int row);
    void check();
    void save();
    void finishSaving(const QString &key, const QString &text, const Result<SavedSample> &saved);
    void remove();
    void undoRemoving();
    void refuse(const QString &message, QWidget *field);
    void showStatus(const QString &text, bool isError);
    QString freeName(const QString &wanted) const;
    bool isTaken(const QString &name, const QString &besides) const;
    Entry *current();
    int rowOf(const QString &key) const;
    static Entry entryOf(const SavedSample &sample);

    SampleStore *m_store;
    QString m_trigger;
    JsonValue m_example;
    QList<Entry> m_entries; // as in the list
    std::optional<Entry> m_removed; // can be brought back
    bool m_isShowing = false; // fields change without anybody typing
    bool m_isSaving = false;
    int m_newCount = 0;
    QListWidget *m_list;
    WrappedText *m_damaged;
    QPushButton *m_remove;
    QStackedWidget *m_pages;
    QLineEdit *m_name;
    QComboBox *m_holds;
    CodeView *m_code;
    WrappedText *m_problem; // what is wrong with the JSON
    WrappedText *m_status;
    QPushButton *m_undo;
    QPushButton *m_save;
};

} // namespace automation
