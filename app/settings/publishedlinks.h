#pragma once

#include <QSettings>

namespace automation {

// Which definition of an account a file was last published as. Kept in the settings, never in the file: nothing of
// ours goes into a definition. Use on the GUI thread.
class PublishedLinks
{
public:
    struct Link
    {
        QString definitionId; // empty = not published there
        int version = 0; // the last one published from here
    };

    explicit PublishedLinks(QSettings *settings); // not owned, outlives this

    // accountKey: "sandbox", or whatever tells accounts apart. document: absolute path of the file.
    Link find(const QString &accountKey, const QString &document) const;
    void set(const QString &accountKey, const QString &document, const Link &link);
    void remove(const QString &accountKey, const QString &definitionId); // the definition is gone

private:
    QSettings *m_settings;
};

} // namespace automation
