#pragma once

#include "app/views/templatecard.h"
#include "model/document/backgroundwork.h"
#include "model/document/templatefilling.h"
#include "model/document/templatefolder.h"

#include <QDialog>

class QLabel;
class QPushButton;
class QScrollArea;

namespace automation {

class TemplateForm;
class TemplateGrid;
class WrappedText;

// Offers the templates of the program and the person's own, asks for what must be filled in and makes the definition.
// Own templates are read and answers are checked on another thread. GUI thread.
class TemplateGallery : public QDialog
{
    Q_OBJECT
public:
    // ownFolder: of the person's own templates; need not exist.
    TemplateGallery(const QString &ownFolder, const Theme &theme, QWidget *parent = nullptr);
    ~TemplateGallery() override;

    // Chooses one of the program's templates and goes to its first field.
    void choose(const QString &templateId);
    bool isReading() const { return m_reading.isRunning(); }

    // After accepted(): the template, what it became, and in words what was left as the template has it ("URL
    // “https://…”").
    const WorkflowTemplate &chosen() const { return m_chosen; }
    const FilledTemplate &filled() const { return m_filled; }
    QStringList leftAsSuggested() const;

protected:
    void changeEvent(QEvent *event) override;
    bool focusNextPrevChild(bool next) override;

private:
    void readOwn();
    void showOwn(const OwnTemplates &own, const QList<CardDrawing> &drawings);
    void showTemplate(const QString &key);
    void showFocus();
    void check();
    void showCheck(const Result<FilledTemplate> &result);
    void create();
    void finishCreating();
    void askToRemove();
    void showStatus(const QString &text, bool isError);

    QString m_ownFolder;
    OwnTemplates m_own;
    TemplateGrid *m_grid;
    qsizetype m_firstOwn = 0; // place in the grid where what concerns own templates begins
    QScrollArea *m_cardArea;
    QScrollArea *m_formArea;
    QLabel *m_title;
    WrappedText *m_sentence;
    TemplateForm *m_form;
    QPushButton *m_remove;
    WrappedText *m_status;
    QPushButton *m_create;
    QPushButton *m_cancel;
    WorkflowTemplate m_chosen;
    FilledTemplate m_filled;
    bool m_isUsable = false; // m_filled is the outcome of the answers as they were last checked
    bool m_isCheckedAgain = false; // the answers changed meanwhile
    bool m_isCreating = false; // when the check is done
    BackgroundWork m_reading {this};
    BackgroundWork m_checking {this}; // last: what they do ends before the rest goes
};

} // namespace automation
