// English has a catalogue for its plurals: each text that counts something must be in it, in both forms.

#include <QDirIterator>
#include <QRegularExpression>
#include <QtTest>
#include <QXmlStreamReader>

using namespace Qt::StringLiterals;

namespace {

QString contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

// Texts of tr() that count, as they stand in the sources.
QSet<QString> countedTexts(const QString &folder)
{
    static const QRegularExpression call(uR"(\btr\(\s*((?:"(?:[^"\\]|\\.)*"\s*)+))"_s);
    static const QRegularExpression between(uR"("\s*")"_s);
    QSet<QString> texts;
    QDirIterator files(folder, {u"*.cpp"_s, u"*.h"_s}, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        const QString source = contentOf(files.next());
        for (auto calls = call.globalMatch(source); calls.hasNext();) {
            QString text = calls.next().captured(1).trimmed();
            text = text.mid(1, text.size() - 2).remove(between);
            if (text.contains(u"%n"))
                texts.insert(text.replace(u"\\\""_s, u"\""_s).replace(u"\\n"_s, u"\n"_s));
        }
    }
    return texts;
}

} // namespace

class TestCatalogues : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void englishHasItsPlurals();
};

void TestCatalogues::englishHasItsPlurals()
{
    QHash<QString, QStringList> forms;
    QXmlStreamReader reader(contentOf(u"" SOURCE_DIR "/translations/automation_en.ts"_s));
    QString source;
    while (!reader.atEnd()) {
        reader.readNext();
        if (!reader.isStartElement())
            continue;
        if (reader.name() == u"source")
            source = reader.readElementText();
        else if (reader.name() == u"numerusform")
            forms[source] += reader.readElementText();
    }
    QVERIFY2(!reader.hasError(), qPrintable(reader.errorString()));
    QSet<QString> texts;
    for (const QString &folder : {u"app"_s, u"designer"_s, u"model"_s})
        texts += countedTexts(u"" SOURCE_DIR "/"_s + folder);
    QVERIFY(texts.size() > 30);
    QVERIFY(texts.contains(u"%n part(s)"_s));
    QStringList wrong;
    for (const QString &text : std::as_const(texts)) {
        const QStringList known = forms.value(text);
        if (known.size() < 2 || known.contains(QString()) || known.join(u' ').contains(u"(s)"_s))
            wrong += text;
    }
    wrong.sort();
    QVERIFY2(wrong.isEmpty(), qPrintable(u"not in the catalogue, or without a plural:\n"_s + wrong.join(u'\n')));
}

QTEST_APPLESS_MAIN(TestCatalogues)
#include "tst_catalogues.moc"
