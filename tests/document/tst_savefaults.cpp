// Saving while real things go wrong: no room, no permission, the process killed in the middle.

#include "documenttools.h"
#include "model/document/atomicfile.h"

#include <csignal>
#include <fcntl.h>
#include <grp.h>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <sched.h>
#include <sys/file.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <thread>
#include <unistd.h>

using namespace automation;

namespace {

constexpr uid_t nobody = 65534;

// Runs in a process of its own, which may give up rights or be limited. Returns what it returns: what went wrong, or
// nothing.
QByteArray inChild(const std::function<QByteArray()> &work)
{
    int ends[2];
    if (::pipe(ends) != 0)
        return "no pipe";
    const pid_t child = ::fork();
    if (child < 0)
        return "no process";
    if (child == 0) {
        ::close(ends[0]);
        const QByteArray said = work();
        (void)!::write(ends[1], said.constData(), size_t(said.size()));
        ::_exit(0);
    }
    ::close(ends[1]);
    QByteArray said;
    char buffer[4096];
    for (ssize_t count; (count = ::read(ends[0], buffer, sizeof buffer)) > 0;)
        said.append(buffer, count);
    ::close(ends[0]);
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) ? said : "the process crashed";
}

bool becomeNobody()
{
    return ::geteuid() != 0 || (::setgroups(0, nullptr) == 0 && ::setgid(nobody) == 0 && ::setuid(nobody) == 0);
}

struct stat statusOf(const QString &path)
{
    struct stat status
    {
    };
    ::stat(QFile::encodeName(path).constData(), &status);
    return status;
}

} // namespace

class TestSaveFaults : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void killedAtAnyMoment();
    void noRoomAtAnySize();
    void fullFileSystem();
    void protectedFile();
    void protectedFolder();
    void ownerModeAndAttributesStay();
    void groupThatCannotBeKeptLosesItsRights();
    void newFileHasTheUsualRights();
    void linksAreFollowed();
    void pipesAreWrittenTo();
    void otherHardLinkKeepsTheOldContent();
    void leftoversGo();
    void longNames();
    void folderReplacedOrGone();

private:
    QString path(const QString &name) const { return m_folder->filePath(name); }
    QStringList names() const
    {
        return QDir(m_folder->path()).entryList(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestSaveFaults::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
}

void TestSaveFaults::cleanup()
{
    m_folder.reset();
}

void TestSaveFaults::killedAtAnyMoment()
{
    // Two versions of different size, so that a mixture would show.
    const QByteArray versions[] = {QByteArray(700'000, 'a') + '\n', QByteArray(900'000, 'b') + '\n'};
    const QString file = path(u"a.json"_qs);
    QVERIFY(writeFile(file, versions[0]));
    const quint32 seed = QRandomGenerator::global()->generate();
    qInfo("seed %u", seed);
    QRandomGenerator random(seed);
    constexpr int kills = 250;
    int first = 0;
    int leftovers = 0;
    for (int i = 0; i < kills; ++i) {
        int ready[2];
        QCOMPARE(::pipe(ready), 0);
        const pid_t child = ::fork();
        QVERIFY(child >= 0);
        if (child == 0) {
            (void)!::write(ready[1], "x", 1);
            for (int n = i;; ++n)
                (void)writeFileAtomically(file, versions[n % 2]).isOk();
        }
        char byte;
        QCOMPARE(::read(ready[0], &byte, 1), 1);
        std::this_thread::sleep_for(std::chrono::microseconds(random.bounded(12'000))); // the moment is what is tested
        ::kill(child, SIGKILL);
        ::waitpid(child, nullptr, 0);
        ::close(ready[0]);
        ::close(ready[1]);
        const QByteArray found = fileContent(file);
        QVERIFY2(
            found == versions[0] || found == versions[1], qPrintable(u"kill %1: %2 bytes"_qs.arg(i).arg(found.size())));
        first += found == versions[0];
        const QStringList all = names();
        QVERIFY2(all.size() <= 2, qPrintable(all.join(u' '))); // the next save took the one before away
        leftovers += int(all.size()) - 1;
    }
    qInfo("%d kills: %d times the one version, %d times the other, %d times in the middle of writing", kills, first,
        kills - first, leftovers);
    QVERIFY(leftovers > 0); // the moments were not all between two savings
    QVERIFY(writeFileAtomically(file, "end").isOk());
    QCOMPARE(names(), QStringList {u"a.json"_qs});
}

void TestSaveFaults::noRoomAtAnySize()
{
    const QByteArray before = "before";
    const QByteArray after(100'000, 'x');
    const QString file = path(u"a.json"_qs);
    QVERIFY(writeFile(file, before));
    const QByteArray said = inChild([&]() -> QByteArray {
        std::signal(SIGXFSZ, SIG_IGN);
        for (rlim_t room : {0, 1, 4095, 4096, 50'000, 99'999}) {
            const rlimit limit {room, RLIM_INFINITY};
            if (setrlimit(RLIMIT_FSIZE, &limit) != 0)
                return "no limit";
            const Result<void> saved = writeFileAtomically(file, after);
            if (saved || saved.error().code != ErrorCode::Unwritable || !saved.error().message.contains(file))
                return "saved with room for " + QByteArray::number(qulonglong(room));
            if (fileContent(file) != before || names().size() != 1)
                return "changed with room for " + QByteArray::number(qulonglong(room));
        }
        return {};
    });
    QCOMPARE(said, QByteArray());
    QVERIFY(writeFileAtomically(file, after).isOk());
    QCOMPARE(fileContent(file), after);
}

void TestSaveFaults::fullFileSystem()
{
    const QByteArray said = inChild([this]() -> QByteArray {
        const QByteArray place = QFile::encodeName(m_folder->path());
        if ((::unshare(CLONE_NEWNS) != 0 && ::unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0)
            || ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0
            || ::mount("tmpfs", place.constData(), "tmpfs", 0, "size=256k") != 0)
            return "no mount";
        const QString file = path(u"a.json"_qs);
        const QByteArray before(100'000, 'a');
        if (!writeFileAtomically(file, before))
            return "no first save";
        // Both do not fit at once, so the new one has no room beside the old.
        const Result<void> saved = writeFileAtomically(file, QByteArray(200'000, 'b'));
        if (saved || fileContent(file) != before || names().size() != 1)
            return "the full disk was not noticed, or something was lost";
        if (!saved.error().message.contains(QString::fromLocal8Bit(std::strerror(ENOSPC))))
            return saved.error().message.toUtf8();
        // With room again it goes on.
        if (!writeFileAtomically(file, QByteArray(120'000, 'c')) || fileContent(file) != QByteArray(120'000, 'c'))
            return "no save after that";
        return {};
    });
    if (said == "no mount")
        qInfo("This system lets no small file system be mounted here; the limit on file sizes stands for it.");
    else
        QCOMPARE(said, QByteArray());
}

void TestSaveFaults::protectedFile()
{
    const QString file = path(u"a.json"_qs);
    QVERIFY(writeFile(file, "before"));
    QCOMPARE(::chmod(QFile::encodeName(file).constData(), 0444), 0);
    QCOMPARE(::chmod(QFile::encodeName(m_folder->path()).constData(), 0777), 0);
    const QByteArray said = inChild([&]() -> QByteArray {
        if (!becomeNobody())
            return "still root";
        const Result<void> saved = writeFileAtomically(file, "after");
        return saved                                             ? "saved"
            : saved.error().message.contains(u"write-protected") ? ""
                                                                 : saved.error().message.toUtf8();
    });
    QCOMPARE(said, QByteArray());
    QCOMPARE(fileContent(file), QByteArray("before"));
    QCOMPARE(statusOf(file).st_mode & 0777, 0444U);
}

void TestSaveFaults::protectedFolder()
{
    const QString file = path(u"a.json"_qs);
    QVERIFY(writeFile(file, "before"));
    QCOMPARE(::chmod(QFile::encodeName(file).constData(), 0666), 0);
    QCOMPARE(::chmod(QFile::encodeName(m_folder->path()).constData(), 0555), 0);
    const QByteArray said = inChild([&]() -> QByteArray {
        if (!becomeNobody())
            return "still root";
        for (const QString &name : {file, path(u"new.json"_qs)}) {
            const Result<void> saved = writeFileAtomically(name, "after");
            if (saved || !saved.error().message.contains(u"folder"))
                return saved ? "saved" : saved.error().message.toUtf8();
        }
        return {};
    });
    QCOMPARE(::chmod(QFile::encodeName(m_folder->path()).constData(), 0755), 0);
    QCOMPARE(said, QByteArray());
    QCOMPARE(fileContent(file), QByteArray("before"));
    QCOMPARE(names().size(), 1);
}

void TestSaveFaults::ownerModeAndAttributesStay()
{
    const QString file = path(u"a.json"_qs);
    const QByteArray name = QFile::encodeName(file);
    QVERIFY(writeFile(file, "before"));
    const bool owned = ::geteuid() == 0 && ::chown(name.constData(), 1234, 2345) == 0;
    const bool attributed = ::setxattr(name.constData(), "user.note", "mine", 4, 0) == 0;
    for (mode_t mode : {0600U, 0640U, 0664U, 0777U, 0604U}) {
        QCOMPARE(::chmod(name.constData(), mode), 0);
        QVERIFY(writeFileAtomically(file, "after").isOk());
        QCOMPARE(statusOf(file).st_mode & 07777, mode);
    }
    if (owned) {
        QCOMPARE(statusOf(file).st_uid, 1234U);
        QCOMPARE(statusOf(file).st_gid, 2345U);
    }
    if (attributed) {
        char value[8];
        QCOMPARE(::getxattr(name.constData(), "user.note", value, sizeof value), 4);
    }
}

void TestSaveFaults::groupThatCannotBeKeptLosesItsRights()
{
    if (::geteuid() != 0)
        return qInfo("Only root can make a file of a group one is not in.");
    const QString file = path(u"a.json"_qs);
    QVERIFY(writeFile(file, "before"));
    QCOMPARE(::chown(QFile::encodeName(file).constData(), nobody, 2345), 0);
    QCOMPARE(::chmod(QFile::encodeName(file).constData(), 0664), 0);
    QCOMPARE(::chown(QFile::encodeName(m_folder->path()).constData(), nobody, nobody), 0);
    const QByteArray said = inChild([&]() -> QByteArray {
        return !becomeNobody() ? "still root" : writeFileAtomically(file, "after") ? "" : "not saved";
    });
    QCOMPARE(said, QByteArray());
    QCOMPARE(fileContent(file), QByteArray("after"));
    QCOMPARE(statusOf(file).st_gid, nobody);
    QCOMPARE(statusOf(file).st_mode & 0777, 0644U); // like all others
}

void TestSaveFaults::newFileHasTheUsualRights()
{
    const mode_t mask = ::umask(027);
    const Result<void> saved = writeFileAtomically(path(u"a.json"_qs), "x");
    ::umask(mask);
    QVERIFY(saved.isOk());
    QCOMPARE(statusOf(path(u"a.json"_qs)).st_mode & 0777, 0640U);
}

void TestSaveFaults::linksAreFollowed()
{
    QVERIFY(QDir(m_folder->path()).mkdir(u"deep"_qs));
    QVERIFY(writeFile(path(u"deep/real.json"_qs), "before"));
    QVERIFY(QFile::link(u"deep/real.json"_qs, path(u"one"_qs))); // relative
    QVERIFY(QFile::link(path(u"one"_qs), path(u"two"_qs)));
    QVERIFY(QFile::link(u"deep/new.json"_qs, path(u"dangling"_qs)));
    QVERIFY(QFile::link(u"round"_qs, path(u"about"_qs)));
    QVERIFY(QFile::link(u"about"_qs, path(u"round"_qs)));
    QVERIFY(writeFileAtomically(path(u"two"_qs), "after").isOk());
    QVERIFY(QFileInfo(path(u"two"_qs)).isSymLink() && QFileInfo(path(u"one"_qs)).isSymLink());
    QCOMPARE(fileContent(path(u"deep/real.json"_qs)), QByteArray("after"));
    QVERIFY(writeFileAtomically(path(u"dangling"_qs), "new").isOk());
    QVERIFY(QFileInfo(path(u"dangling"_qs)).isSymLink());
    QCOMPARE(fileContent(path(u"deep/new.json"_qs)), QByteArray("new"));
    const Result<void> circle = writeFileAtomically(path(u"round"_qs), "x");
    QVERIFY(!circle.isOk());
    QVERIFY2(circle.error().message.contains(u"circle"), qPrintable(circle.error().message));
}

void TestSaveFaults::pipesAreWrittenTo()
{
    int ends[2];
    QCOMPARE(::pipe(ends), 0);
    const QString name = u"/proc/self/fd/%1"_qs.arg(ends[1]); // a link to something without a name
    const Result<void> saved = QFileInfo::exists(name) ? writeFileAtomically(name, "through") : Result<void>();
    ::close(ends[1]);
    char buffer[16] = {};
    const ssize_t count = ::read(ends[0], buffer, sizeof buffer);
    ::close(ends[0]);
    QVERIFY2(saved.isOk(), saved ? "" : qPrintable(saved.error().message));
    QCOMPARE(QByteArray(buffer, qMax<ssize_t>(0, count)), QByteArray("through"));
}

void TestSaveFaults::otherHardLinkKeepsTheOldContent()
{
    QVERIFY(writeFile(path(u"a.json"_qs), "before"));
    QCOMPARE(
        ::link(QFile::encodeName(path(u"a.json"_qs)).constData(), QFile::encodeName(path(u"b.json"_qs)).constData()),
        0);
    QVERIFY(writeFileAtomically(path(u"a.json"_qs), "after").isOk());
    QCOMPARE(fileContent(path(u"a.json"_qs)), QByteArray("after"));
    QCOMPARE(fileContent(path(u"b.json"_qs)), QByteArray("before"));
}

void TestSaveFaults::leftoversGo()
{
    QVERIFY(writeFile(path(u"a.json"_qs), "before"));
    QVERIFY(writeFile(path(u".a.json.saving-dead"_qs), "left"));
    QVERIFY(writeFile(path(u".a.json.saving-living"_qs), "being written"));
    const QStringList others {u".a.json"_qs, u".a.json.saved"_qs, u".b.json.saving-dead"_qs, u"a.json.saving-dead"_qs};
    for (const QString &other : others)
        QVERIFY(writeFile(path(other), "theirs"));
    const int living = ::open(QFile::encodeName(path(u".a.json.saving-living"_qs)).constData(), O_RDONLY);
    QCOMPARE(::flock(living, LOCK_EX | LOCK_NB), 0);
    QVERIFY(writeFileAtomically(path(u"a.json"_qs), "after").isOk());
    QVERIFY(!names().contains(u".a.json.saving-dead"_qs));
    QVERIFY(names().contains(u".a.json.saving-living"_qs));
    for (const QString &other : others)
        QCOMPARE(fileContent(path(other)), QByteArray("theirs"));
    ::close(living);
}

void TestSaveFaults::longNames()
{
    const QString name = QString(240, u'n') + u".json"_qs;
    const QString wide = QString(80, QChar(0x4e2d)) + u".json"_qs; // three bytes each
    for (const QString &each : {name, wide}) {
        QVERIFY(writeFileAtomically(path(each), "one").isOk());
        QVERIFY(writeFileAtomically(path(each), "two").isOk());
        QCOMPARE(fileContent(path(each)), QByteArray("two"));
    }
    QCOMPARE(names().size(), 2);
}

void TestSaveFaults::folderReplacedOrGone()
{
    QVERIFY(QDir(m_folder->path()).mkpath(u"sub/a.json"_qs)); // a folder where the file should be
    QVERIFY(!writeFileAtomically(path(u"sub/a.json"_qs), "x").isOk());
    QVERIFY(QFileInfo(path(u"sub/a.json"_qs)).isDir());
    QVERIFY(QDir(path(u"sub"_qs)).removeRecursively());
    const Result<void> gone = writeFileAtomically(path(u"sub/a.json"_qs), "x");
    QVERIFY(!gone.isOk());
    QVERIFY2(gone.error().message.contains(u"does not exist"), qPrintable(gone.error().message));
    QVERIFY(names().isEmpty());
}

QTEST_GUILESS_MAIN(TestSaveFaults)
#include "tst_savefaults.moc"
