#include "designer/inspector/messagelook.h"

#include "designer/inspector/editortools.h"

#include <QCoreApplication>
#include <QUrl>

namespace automation {

namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(automation::MessageLook)
};

constexpr qsizetype mostEntries = 100;

QString textAt(const JsonValue &value, QStringView key)
{
    return plainText(value.value(key));
}

QString mediaInWords(const QString &type)
{
    const QString word = type.toLower();
    if (word == u"image" || word == u"gif")
        return Text::tr("Picture");
    if (word == u"video")
        return Text::tr("Video");
    if (word == u"audio")
        return Text::tr("Audio");
    if (word == u"file" || word == u"document")
        return Text::tr("File");
    return {};
}

// "Picture · menu.jpg": of an address its last part, which tells most.
QString fileInWords(const QString &kind, const QString &url)
{
    QString name = url.contains(u"{{") ? url : QUrl(url).fileName();
    if (name.isEmpty())
        name = url;
    return name.isEmpty() ? kind : Text::tr("%1 · %2").arg(kind, name);
}

QString placeInWords(const JsonValue &location)
{
    QStringList parts;
    for (const QStringView key : {u"name", u"address"}) {
        if (const QString text = textAt(location, key); !text.isEmpty())
            parts += text;
    }
    const QString latitude = textAt(location, u"latitude");
    const QString longitude = textAt(location, u"longitude");
    if (!latitude.isEmpty() || !longitude.isEmpty())
        parts += Text::tr("%1, %2", "latitude, longitude").arg(latitude, longitude);
    return parts.isEmpty() ? QString() : Text::tr("Place · %1").arg(parts.join(u'\n'));
}

// The words of the template itself are at the service; what it is filled with is here.
void lookOfTemplate(const JsonValue &filled, MessageLook *look)
{
    const QString name = textAt(filled, u"name");
    const QString language = textAt(filled, u"language");
    if (name.isEmpty())
        return;
    look->header = language.isEmpty() ? Text::tr("Template “%1”").arg(name)
                                      : Text::tr("Template “%1” in %2").arg(name, language);
    QStringList lines;
    const JsonValue &components = filled.value(u"components");
    for (qsizetype i = 0; i < std::min(components.size(), mostEntries); ++i) {
        const JsonValue &parameters = components.at(i).value(u"parameters");
        QStringList values;
        for (qsizetype k = 0; k < std::min(parameters.size(), mostEntries); ++k) {
            const JsonValue &parameter = parameters.at(k);
            const QString media = mediaInWords(textAt(parameter, u"type"));
            QString value
                = media.isEmpty() ? textAt(parameter, u"text") : fileInWords(media, textAt(parameter, u"url"));
            for (const QStringView key : {u"payload", u"couponCode"}) {
                if (value.isEmpty())
                    value = textAt(parameter, key);
            }
            if (value.isEmpty())
                value = placeInWords(parameter.value(u"location"));
            values += value;
        }
        const QString part = textAt(components.at(i), u"type");
        lines += Text::tr("%1: %2").arg(part, values.join(Text::tr(", ")));
    }
    look->text = lines.join(u'\n');
}

void lookOfInteractive(const JsonValue &interactive, MessageLook *look)
{
    const JsonValue &header = interactive.value(u"header");
    const QString kind = textAt(header, u"type");
    const QString media = mediaInWords(kind);
    if (media.isEmpty())
        look->header = textAt(header, u"text");
    else
        look->media = fileInWords(media, textAt(header.value(kind.toLower()), u"link"));
    look->text = textAt(interactive.value(u"body"), u"text");
    look->footer = textAt(interactive.value(u"footer"), u"text");
    const JsonValue &action = interactive.value(u"action");
    const JsonValue &buttons = action.value(u"buttons");
    for (qsizetype i = 0; i < std::min(buttons.size(), mostEntries); ++i)
        look->buttons += textAt(buttons.at(i).value(u"reply"), u"title");
    for (const QString &button : {textAt(action, u"button"), textAt(action.value(u"parameters"), u"display_text"),
             textAt(action.value(u"parameters"), u"flowCta")}) {
        if (!button.isEmpty())
            look->buttons += button;
    }
    const JsonValue &sections = action.value(u"sections");
    for (qsizetype i = 0; i < std::min(sections.size(), mostEntries); ++i) {
        if (const QString title = textAt(sections.at(i), u"title"); !title.isEmpty())
            look->rows += title;
        const JsonValue &rows = sections.at(i).value(u"rows");
        for (qsizetype k = 0; k < std::min(rows.size(), mostEntries); ++k) {
            const QString description = textAt(rows.at(k), u"description");
            const QString title = textAt(rows.at(k), u"title");
            look->rows += QStringLiteral("  • ");
            look->rows.last()
                += description.isEmpty() ? title : Text::tr("%1 – %2", "row – its description").arg(title, description);
        }
    }
}

} // namespace

bool MessageLook::isEmpty() const
{
    return words().isEmpty();
}

QString MessageLook::words() const
{
    QStringList lines;
    for (const QString &line : {media, header, text, footer}) {
        if (!line.isEmpty())
            lines += line;
    }
    for (const QString &line : buttons + rows) {
        if (!line.isEmpty())
            lines += line;
    }
    return lines.join(u'\n');
}

MessageLook messageLook(const QString &type, const JsonValue &content)
{
    MessageLook look;
    const QString word = type.trimmed().toLower();
    if (word == u"template") {
        lookOfTemplate(content.value(u"template"), &look);
    } else if (word == u"interactive") {
        lookOfInteractive(content.value(u"interactive"), &look);
    } else if (word == u"location") {
        look.media = placeInWords(content.value(u"location"));
    } else {
        const QString media = mediaInWords(word);
        const QString url = textAt(content, u"url");
        if (!media.isEmpty() && !url.isEmpty())
            look.media = fileInWords(media, url);
        if (word != u"audio")
            look.text = textAt(content, u"text");
    }
    return look;
}

} // namespace automation
