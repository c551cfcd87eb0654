#include "tests/layout/dotyardstick.h"

#include <QProcess>
#include <QStandardPaths>

using namespace Qt::Literals::StringLiterals;

namespace automation {

namespace {

constexpr qreal pixelsPerInch = 72;
constexpr int piecesPerCurve = 12;

QByteArray number(qreal pixels)
{
    return QByteArray::number(pixels / pixelsPerInch, 'f', 4);
}

class DotText
{
public:
    explicit DotText(const LayoutGraph &graph)
        : m_graph(graph)
        , m_children(graph.nodes.size())
    {
        for (int i = 0; i < graph.nodes.size(); ++i) {
            if (graph.nodes[i].parent >= 0)
                m_children[graph.nodes[i].parent].append(i);
        }
    }

    QByteArray write(const LayoutOptions &options)
    {
        m_text = "digraph {\nnode [shape=record fixedsize=true label=\"\"];\nnodesep=" + number(options.nodeGap)
            + "; ranksep=" + number(options.rankGap) + ";\n";
        for (int i = 0; i < m_graph.nodes.size(); ++i) {
            if (m_graph.nodes[i].parent < 0)
                writeNode(i);
        }
        for (const LayoutEdge &edge : m_graph.edges) {
            m_text += 'n' + QByteArray::number(edge.from);
            if (edge.port >= 0 && edge.port < m_graph.nodes[edge.from].ports.size())
                m_text += ":p" + QByteArray::number(edge.port);
            m_text += ":s -> n" + QByteArray::number(edge.to) + ":t:n [arrowhead=none];\n";
        }
        return m_text + "}\n";
    }

private:
    void writeNode(int i)
    {
        const LayoutNode &node = m_graph.nodes[i];
        m_text += 'n' + QByteArray::number(i) + " [width=" + number(node.size.width())
            + " height=" + number(node.size.height()) + " label=\"{<t>|{";
        for (int port = 0; port < node.ports.size(); ++port)
            m_text += (port > 0 ? "|<p" : "<p") + QByteArray::number(port) + '>';
        m_text += "}}\"];\n";
        if (m_children[i].isEmpty())
            return;
        m_text += "subgraph cluster_" + QByteArray::number(i) + " {\n";
        for (int child : m_children[i])
            writeNode(child);
        m_text += "}\n";
    }

    const LayoutGraph &m_graph;
    QList<QList<int>> m_children;
    QByteArray m_text;
};

QList<QPointF> flattened(const QList<QPointF> &controls)
{
    QList<QPointF> line {controls.first()};
    for (qsizetype i = 0; i + 3 < controls.size(); i += 3) {
        for (int piece = 1; piece <= piecesPerCurve; ++piece) {
            const qreal t = qreal(piece) / piecesPerCurve;
            const qreal s = 1 - t;
            line.append(controls[i] * (s * s * s) + controls[i + 1] * (3 * s * s * t)
                + controls[i + 2] * (3 * s * t * t) + controls[i + 3] * (t * t * t));
        }
    }
    return line;
}

} // namespace

QString findDot()
{
    return QStandardPaths::findExecutable(u"dot"_s);
}

std::optional<DotDrawing> drawWithDot(const LayoutGraph &graph, const LayoutOptions &options, int milliseconds)
{
    QProcess dot;
    dot.start(findDot(), {u"-Tplain"_s});
    dot.write(DotText(graph).write(options));
    dot.closeWriteChannel();
    if (!dot.waitForFinished(milliseconds)) {
        dot.kill();
        dot.waitForFinished();
        return std::nullopt;
    }
    if (dot.exitStatus() != QProcess::NormalExit || dot.exitCode() != 0)
        return std::nullopt;
    DotDrawing drawing;
    drawing.centres.resize(graph.nodes.size());
    // Long lines of the output go on in the next after a backslash.
    const QByteArray output = dot.readAllStandardOutput().replace("\\\n", "");
    for (const QByteArray &line : output.split('\n')) {
        const QList<QByteArray> words = line.split(' ');
        const auto pointAt = [&](qsizetype word) {
            return QPointF(words.value(word).toDouble(), -words.value(word + 1).toDouble()) * pixelsPerInch;
        };
        if (words.first() == "node") {
            drawing.centres[words.value(1).mid(1).toInt()] = pointAt(2);
        } else if (words.first() == "edge") {
            QList<QPointF> controls;
            for (int i = 0; i < words.value(3).toInt(); ++i)
                controls.append(pointAt(4 + 2 * i));
            drawing.lines.append({words.value(1).mid(1).toInt(), words.value(2).mid(1).toInt(), flattened(controls)});
        }
    }
    return drawing;
}

} // namespace automation
