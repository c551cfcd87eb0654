// A document shown as text, for the tests of that page.

#pragma once

#include "app/documenttab.h"
#include "app/views/jsondocumentview.h"
#include "app/views/jsoneditor.h"
#include "tests/document/documenttools.h"

#include <QUndoStack>

namespace automation {

// Two steps in a chain, in the form that the service's builder downloads.
extern const QByteArray smallWorkflow;

// A tab with its text shown, in a window.
class JsonWindow
{
public:
    explicit JsonWindow(const QByteArray &text)
        : tab(documentOf(text))
    {
        tab.resize(1000, 700);
        tab.setTheme(Theme::light());
        tab.show();
        tab.setView(DocumentTab::View::Json);
        tab.activateWindow();
        (void)QTest::qWaitForWindowActive(&tab);
        editor()->setFocus();
    }

    JsonDocumentView *view() { return tab.jsonView(); }
    JsonEditor *editor() { return view()->editor(); }
    WorkflowDocument *document() { return tab.document(); }
    QUndoStack *stack() { return document()->undoStack(); }
    QByteArray text() { return editor()->bytes(); }
    void keys(const char *typed)
    {
        for (const char32_t character : QString::fromUtf8(typed).toUcs4()) {
            QKeyEvent press(QEvent::KeyPress, 0, Qt::NoModifier, QString::fromUcs4(&character, 1));
            QApplication::sendEvent(editor(), &press);
        }
    }
    void key(Qt::Key which, Qt::KeyboardModifiers modifiers = {}) { QTest::keyClick(editor(), which, modifiers); }
    // Puts the cursor behind the first of these.
    void goBehind(const char *what)
    {
        editor()->setCursor(text().indexOf(what) + qsizetype(qstrlen(what)));
        Q_EMIT editor()->jumped();
    }

    DocumentTab tab;
};

// What is wrong with a view and its document, if anything.
std::optional<QString> disagreement(JsonWindow &window);

} // namespace automation
