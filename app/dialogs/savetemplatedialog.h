#pragma once

#include <QDialog>

class QLineEdit;
class QPushButton;

namespace automation {

class WrappedText;

// Asks what a template shall be called and what it is for. Says when one of that name would be replaced. GUI thread.
class SaveTemplateDialog : public QDialog
{
    Q_OBJECT
public:
    // taken: file names (templateFileName()) of the templates there are.
    SaveTemplateDialog(const QString &name, const QStringList &taken, QWidget *parent = nullptr);

    QString title() const;
    QString sentence() const;

private:
    void check();

    QStringList m_taken;
    QLineEdit *m_title;
    QLineEdit *m_sentence;
    WrappedText *m_note;
    QPushButton *m_save;
};

} // namespace automation
