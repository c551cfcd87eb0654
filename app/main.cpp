#include "app/mainwindow.h"
#include "app/screenshot.h"
#include "designer/canvas/graphview.h"

#include <cstdio>
#include <QApplication>
#include <QCommandLineParser>
#include <QDir>
#include <QLibraryInfo>
#include <QStandardPaths>
#include <QTranslator>

using namespace automation;

namespace {

constexpr int usageError = 2;

int complain(const QString &text)
{
    std::fprintf(stderr, "automation-designer: %s\n", qPrintable(text));
    return usageError;
}

// The catalogues of a language: ours (English too, for its plurals) and Qt's.
void installLanguage(QApplication &application, const QLocale &locale)
{
    const std::pair<QString, QString> catalogues[]
        = {{u"qtbase"_qs, QLibraryInfo::path(QLibraryInfo::TranslationsPath)},
            {u"automation"_qs, u":/automation/translations"_qs}};
    for (const auto &[name, directory] : catalogues) {
        auto *translator = new QTranslator(&application);
        if (translator->load(locale, name, u"_"_qs, directory)
            || (name == u"automation" && translator->load(u"automation_en"_qs, directory)))
            application.installTranslator(translator);
    }
}

} // namespace

int main(int argc, char **argv)
{
    QApplication::setAttribute(Qt::AA_DontCreateNativeWidgetSiblings);
    QGuiApplication::setHighDpiScaleFactorRoundingPolicy(Qt::HighDpiScaleFactorRoundingPolicy::PassThrough);
    QApplication application(argc, argv);
    QApplication::setOrganizationName(u"automation-designer"_qs);
    QApplication::setApplicationName(u"automation-designer"_qs);
    QApplication::setApplicationDisplayName(QString());
    QApplication::setApplicationVersion(QLatin1String(AUTOMATION_VERSION));
    QApplication::setDesktopFileName(u"automation-designer"_qs);

    QCommandLineParser parser;
    parser.setApplicationDescription(u"Draw, rehearse, publish and watch workflows of the Automation API."_qs);
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addPositionalArgument(u"files"_qs, u"Workflow definitions to open."_qs, u"[FILE…]"_qs);
    const QCommandLineOption profile(u"profile"_qs, u"Connect to a saved account."_qs, u"NAME"_qs);
    const QCommandLineOption sandbox(u"sandbox"_qs, u"Connect to a local sandbox, starting it."_qs);
    const QCommandLineOption theme(u"theme"_qs, u"light, dark or system."_qs, u"THEME"_qs);
    const QCommandLineOption language(u"language"_qs, u"Language of the program, e.g. en."_qs, u"xx"_qs);
    const QCommandLineOption screenshot(
        u"screenshot"_qs, u"Open, settle, save the window's picture and quit."_qs, u"OUT.png"_qs);
    const QCommandLineOption size(u"size"_qs, u"Size of the window, e.g. 1600x1000."_qs, u"WxH"_qs);
    const QCommandLineOption view(u"view"_qs, u"design, runs or json."_qs, u"VIEW"_qs, u"design"_qs);
    parser.addOptions({profile, sandbox, theme, language, screenshot, size, view});
    parser.process(application);

    static const QHash<QString, MainWindow::ThemeChoice> themes = {{u"system"_qs, MainWindow::ThemeChoice::System},
        {u"light"_qs, MainWindow::ThemeChoice::Light}, {u"dark"_qs, MainWindow::ThemeChoice::Dark}};
    static const QHash<QString, DocumentTab::View> views = {{u"design"_qs, DocumentTab::View::Design},
        {u"runs"_qs, DocumentTab::View::Runs}, {u"json"_qs, DocumentTab::View::Json}};
    if (parser.isSet(theme) && !themes.contains(parser.value(theme)))
        return complain(u"--theme takes light, dark or system, not “%1”."_qs.arg(parser.value(theme)));
    if (!views.contains(parser.value(view)))
        return complain(u"--view takes design, runs or json, not “%1”."_qs.arg(parser.value(view)));
    QSize windowSize;
    if (parser.isSet(size)) {
        const QStringList numbers = parser.value(size).split(u'x');
        windowSize = QSize(numbers.value(0).toInt(), numbers.value(1).toInt());
        if (numbers.size() != 2 || windowSize.width() < 100 || windowSize.height() < 100 || windowSize.width() > 16384
            || windowSize.height() > 16384)
            return complain(u"--size takes WIDTHxHEIGHT, not “%1”."_qs.arg(parser.value(size)));
    }

    if (parser.isSet(language)) {
        const QLocale chosen(parser.value(language));
        if (chosen.language() == QLocale::C)
            return complain(
                u"--language takes a language such as en or pt_BR, not “%1”."_qs.arg(parser.value(language)));
        QLocale::setDefault(chosen);
    }
    installLanguage(application, QLocale());
    // By itself Qt mirrors windows only where it finds its own catalogue of the language.
    if (QLocale().textDirection() == Qt::RightToLeft)
        QApplication::setLayoutDirection(Qt::RightToLeft);
    QSettings settings;
    MainWindow window(&settings);
    window.setThemeChoice(parser.isSet(theme)
            ? themes.value(parser.value(theme))
            : static_cast<MainWindow::ThemeChoice>(qBound(0, settings.value(u"window/theme"_qs).toInt(), 2)));
    if (windowSize.isValid())
        window.resize(windowSize);
    window.show();
    // A picture is taken without asking anything, and whatever is edited for it is not worth a journal.
    if (!parser.isSet(screenshot)) {
        window.startRecovery(QStandardPaths::writableLocation(QStandardPaths::AppDataLocation) + u"/recovery"_qs);
    }
    for (const QString &file : parser.positionalArguments())
        window.openFile(QDir::current().absoluteFilePath(file));
    if (parser.isSet(sandbox))
        window.connectToSandbox();
    else if (parser.isSet(profile))
        window.connectToAccount(parser.value(profile));
    const auto showView = [&] {
        if (DocumentTab *tab = window.currentTab())
            tab->setView(views.value(parser.value(view)));
    };
    if (window.isOpening())
        QObject::connect(&window, &MainWindow::openingFinished, &window, showView, Qt::SingleShotConnection);

    if (parser.isSet(screenshot)) {
        auto *taker = new Screenshot(&window, parser.value(screenshot), parser.isSet(sandbox) || parser.isSet(profile));
        QObject::connect(taker, &Screenshot::finished, &application,
            [](const QString &error) { QCoreApplication::exit(error.isEmpty() ? 0 : complain(error)); });
        taker->start();
    }
    return QApplication::exec();
}
