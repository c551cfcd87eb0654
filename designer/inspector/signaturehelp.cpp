#include "designer/inspector/signaturehelp.h"

#include "designer/style/applicationstyle.h"
#include "model/expression/functioncatalog.h"

#include <QLabel>
#include <QPainter>
#include <QScreen>
#include <QVBoxLayout>

namespace automation {

namespace {

constexpr int Width = 340; // as wide as the list of names
constexpr int Margin = 10;
constexpr int Gap = 4; // to the line

QString exampleOf(const FunctionParameter &parameter)
{
    return parameter.example.isString() ? u'\'' + parameter.example.toString() + u'\''
                                        : QString::fromUtf8(parameter.example.toBool() ? "true" : "false");
}

// The signature of the catalogue with one of its values set off.
QString markedSignature(const FunctionInfo &function, int argument, const Theme &theme)
{
    QStringList parameters;
    for (int i = 0; i < function.parameters.size(); ++i) {
        const FunctionParameter &parameter = function.parameters.at(i);
        QString text = parameter.name;
        if (!parameter.isRequired)
            text += QStringLiteral(" = ") + QString::fromUtf8(parameter.defaultValue.toBool() ? "true" : "false");
        text = text.toHtmlEscaped();
        parameters
            += i == argument ? QStringLiteral("<b style=\"color:%1\">%2</b>").arg(theme.accent.name(), text) : text;
    }
    return function.name.toHtmlEscaped() + u'(' + parameters.join(QStringLiteral(", ")) + u')';
}

QString sentenceOn(const FunctionInfo &function, int argument)
{
    if (function.parameters.isEmpty())
        return SignatureHelp::tr("Takes no values. %1").arg(function.description);
    if (argument >= function.parameters.size())
        return SignatureHelp::tr("Takes %n values at most.", nullptr, int(function.parameters.size()));
    const FunctionParameter &parameter = function.parameters.at(argument);
    return SignatureHelp::tr("%1 Example: %2").arg(parameter.description, exampleOf(parameter));
}

} // namespace

SignatureHelp::SignatureHelp(QWidget *parent)
    : QFrame(parent, Qt::ToolTip | Qt::FramelessWindowHint)
    , m_signature(new QLabel(this))
    , m_sentence(new QLabel(this))
{
    setObjectName(QStringLiteral("signatureHelp"));
    setAccessibleName(tr("What the function takes"));
    setAttribute(Qt::WA_ShowWithoutActivating);
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setFrameShape(QFrame::NoFrame);
    // Names of the catalogue only, never what a file or a server says.
    m_signature->setTextFormat(Qt::RichText);
    m_signature->setProperty("textRole", QStringLiteral("monospace"));
    m_signature->setWordWrap(true);
    m_signature->setContentsMargins(Margin, 7, Margin, 0);
    m_sentence->setTextFormat(Qt::PlainText);
    m_sentence->setProperty("textRole", QStringLiteral("small"));
    m_sentence->setWordWrap(true);
    m_sentence->setContentsMargins(Margin, 4, Margin, 7);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(1, 1, 1, 1);
    layout->setSpacing(0);
    layout->addWidget(m_signature);
    layout->addWidget(m_sentence);
}

void SignatureHelp::showCall(const FunctionCall &call, const QRect &line)
{
    m_signature->setText(markedSignature(*call.function, call.argument, currentTheme()));
    m_sentence->setText(sentenceOn(*call.function, call.argument));
    const QSize size(Width, m_signature->heightForWidth(Width - 2) + m_sentence->heightForWidth(Width - 2) + 2);
    setFixedSize(size);
    const QScreen *screen = parentWidget()->screen();
    const QRect room = screen ? screen->availableGeometry() : QRect(QPoint(), size);
    // The list of names opens below.
    const bool fitsAbove = line.top() - Gap - size.height() >= room.top();
    const int left = isRightToLeft() ? line.right() - Width : line.left();
    move(std::clamp(left, room.left(), std::max(room.left(), room.right() - Width)),
        fitsAbove ? line.top() - Gap - size.height() : line.bottom() + Gap);
    show();
}

QString SignatureHelp::sentence() const
{
    return m_sentence->text();
}

void SignatureHelp::paintEvent(QPaintEvent *)
{
    const Theme theme = currentTheme();
    QPainter painter(this);
    painter.setPen(theme.strongLine);
    painter.setBrush(theme.panel);
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

} // namespace automation
