#include "app/settings/accounts.h"
#include "app/settings/keystore.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace automation;
using namespace std::chrono_literals;

class TestAccounts : public QObject
{
    Q_OBJECT
private slots:
    void keepsAccountsInOrder();
    void replacesAndRemoves();
    void refusesWhatCannotBeUsed();
    void leavesOutWhatWasTamperedWith();
    void keepsKeysInMemoryAndSaysSo();
    void answersWithoutAKeychain();
    void neverWritesAKey();

private:
    static ApiAccount account(const QString &name, const QString &url = QStringLiteral("https://example.com"))
    {
        return {name, QUrl(url), QStringLiteral("acme")};
    }
};

void TestAccounts::keepsAccountsInOrder()
{
    QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("s.ini"));
    {
        QSettings settings(file, QSettings::IniFormat);
        Accounts accounts(&settings);
        QVERIFY(accounts.list().isEmpty());
        QVERIFY(accounts.save(account(QStringLiteral("Zürich"))));
        QVERIFY(accounts.save(account(QStringLiteral("a/b"))));
        accounts.setLastUsed(QStringLiteral("a/b"));
    }
    QSettings settings(file, QSettings::IniFormat);
    Accounts accounts(&settings);
    QCOMPARE(accounts.list().size(), 2);
    QCOMPARE(accounts.list().first(), account(QStringLiteral("Zürich")));
    QVERIFY(accounts.find(QStringLiteral("a/b")).has_value());
    QCOMPARE(accounts.lastUsed(), QStringLiteral("a/b"));
}

void TestAccounts::replacesAndRemoves()
{
    QTemporaryDir folder;
    QSettings settings(folder.filePath(QStringLiteral("s.ini")), QSettings::IniFormat);
    Accounts accounts(&settings);
    QVERIFY(accounts.save(account(QStringLiteral("one"))));
    QVERIFY(accounts.save(account(QStringLiteral("two"))));
    QVERIFY(accounts.save(account(QStringLiteral("one"), QStringLiteral("https://other.example"))));
    QCOMPARE(accounts.list().size(), 2);
    QCOMPARE(accounts.list().first().baseUrl.host(), QStringLiteral("other.example"));
    accounts.setLastUsed(QStringLiteral("one"));
    accounts.remove(QStringLiteral("one"));
    QCOMPARE(accounts.list().size(), 1);
    QVERIFY(accounts.lastUsed().isEmpty());
}

void TestAccounts::refusesWhatCannotBeUsed()
{
    QTemporaryDir folder;
    QSettings settings(folder.filePath(QStringLiteral("s.ini")), QSettings::IniFormat);
    Accounts accounts(&settings);
    QVERIFY(!accounts.save(account(QStringLiteral("  "))));
    QVERIFY(!accounts.save(account(QStringLiteral("plain"), QStringLiteral("http://example.com"))));
    QVERIFY(!accounts.save(account(QStringLiteral("key"), QStringLiteral("https://user:pass@example.com"))));
    QVERIFY(accounts.list().isEmpty());
}

void TestAccounts::leavesOutWhatWasTamperedWith()
{
    QTemporaryDir folder;
    QSettings settings(folder.filePath(QStringLiteral("s.ini")), QSettings::IniFormat);
    Accounts accounts(&settings);
    QVERIFY(accounts.save(account(QStringLiteral("good"))));
    QVERIFY(accounts.save(account(QStringLiteral("bad"))));
    settings.setValue(QStringLiteral("accounts/list/2/url"), QStringLiteral("http://evil.example"));
    QCOMPARE(accounts.list().size(), 1);
}

void TestAccounts::keepsKeysInMemoryAndSaysSo()
{
    KeyStore store(nullptr, KeyStore::Backend::MemoryOnly);
    QVERIFY(!store.isPersistent());
    QVERIFY(!store.persistenceMessage().isEmpty());
    QSignalSpy written(&store, &KeyStore::keyWritten);
    QSignalSpy read(&store, &KeyStore::keyRead);
    store.write(QStringLiteral("one"), QStringLiteral("k"));
    QTRY_COMPARE(written.size(), 1);
    QCOMPARE(written.first().at(1).toBool(), false);
    store.read(QStringLiteral("one"));
    store.read(QStringLiteral("two"));
    QTRY_COMPARE(read.size(), 2);
    QCOMPARE(read.at(0).at(1).toString(), QStringLiteral("k"));
    QVERIFY(read.at(1).at(1).toString().isEmpty());
    store.remove(QStringLiteral("one"));
    store.read(QStringLiteral("one"));
    QTRY_COMPARE(read.size(), 3);
    QVERIFY(read.at(2).at(1).toString().isEmpty());
}

void TestAccounts::answersWithoutAKeychain()
{
    // A session bus address nobody listens at: as on a machine without a desktop.
    QTemporaryDir folder;
    qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=" + folder.filePath(QStringLiteral("bus")).toLocal8Bit());
    KeyStore store(nullptr, KeyStore::Backend::System, 500ms);
    QSignalSpy changed(&store, &KeyStore::persistenceChanged);
    QSignalSpy written(&store, &KeyStore::keyWritten);
    QSignalSpy read(&store, &KeyStore::keyRead);
    store.write(QStringLiteral("one"), QStringLiteral("k"));
    QTRY_COMPARE(written.size(), 1);
    QCOMPARE(written.first().at(1).toBool(), false);
    QVERIFY(!store.isPersistent());
    QCOMPARE(changed.size(), 1);
    store.read(QStringLiteral("one"));
    QTRY_COMPARE(read.size(), 1);
    QCOMPARE(read.first().at(1).toString(), QStringLiteral("k"));
}

void TestAccounts::neverWritesAKey()
{
    QTemporaryDir folder;
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, folder.path());
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, folder.path());
    qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=" + folder.filePath(QStringLiteral("bus")).toLocal8Bit());
    KeyStore store(nullptr, KeyStore::Backend::System, 500ms);
    QSignalSpy written(&store, &KeyStore::keyWritten);
    store.write(QStringLiteral("one"), QStringLiteral("k"));
    QTRY_COMPARE(written.size(), 1);
    QVERIFY(QDir(folder.path()).isEmpty(QDir::AllEntries | QDir::NoDotAndDotDot));
}

QTEST_GUILESS_MAIN(TestAccounts)
#include "tst_accounts.moc"
