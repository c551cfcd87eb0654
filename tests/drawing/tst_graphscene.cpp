#include "../benchmarks/definitiongenerator.h"
#include "drawingfixture.h"

using namespace automation;
using namespace Qt::StringLiterals;

class TestGraphScene : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cardsHaveTheMeasuresOfTheDesign()
    {
        const auto drawing = DrawingFixture::fromFile(u"booking.json"_s);
        QCOMPARE(drawing.scene->nodes().size(), 7);
        for (const SceneNode &node : drawing.scene->nodes()) {
            QCOMPARE(node.box.width(), CardMetrics::Width);
            QVERIFY(!node.card.summary().isEmpty() || !node.card.hasRow);
        }
        const SceneNode &plain = drawing.node(u"ask"_s);
        QVERIFY(!plain.card.hasRow);
        QCOMPARE(plain.box.height(), CardMetrics::HeadHeight + CardMetrics::SummaryHeight);
        const SceneNode &wait = drawing.node(u"await_answer"_s);
        QVERIFY(wait.card.hasRow);
        QCOMPARE(wait.card.outcomes.size(), 2);
        QCOMPARE(wait.card.outcomes.at(0).port, QPointF(CardMetrics::Width / 4, wait.box.height()));
        QCOMPARE(wait.card.outcomes.at(1).port, QPointF(CardMetrics::Width * 3 / 4, wait.box.height()));
    }

    void cardsSayWhatTheStepIs()
    {
        const auto drawing = DrawingFixture::fromFile(u"booking.json"_s);
        QCOMPARE(drawing.node(u"ask"_s).card.title, u"ask"_s);
        QVERIFY(drawing.node(u"await_answer"_s).card.typeLabel.endsWith(u"· WhatsApp"_s));
        const SceneNode &trigger = drawing.scene->nodes().first();
        QCOMPARE(trigger.card.typeLabel, u"inbound_chat_apps"_s);
        QCOMPARE(trigger.card.title, StepCatalog::builtIn().trigger(u"inbound_chat_apps")->label);
        QVERIFY(!trigger.card.summary().isEmpty());
    }

    void linesStartAtTheirPortAndEndAtTheirCard()
    {
        const auto drawing = DrawingFixture::fromFile(u"booking.json"_s);
        QCOMPARE(drawing.scene->edges().size(), 6);
        for (const SceneEdge &edge : drawing.scene->edges()) {
            QCOMPARE(edge.points.first(), drawing.scene->portPosition(edge.from, edge.outcome));
            const QRectF target = drawing.scene->nodes().at(edge.to).box;
            QCOMPARE(edge.points.last(), QPointF(target.center().x(), target.top()));
        }
    }

    void leftToRightWaysLeaveAtTheRightEdge()
    {
        for (const QString &name : {u"booking.json"_s, u"odd.json"_s}) {
            const auto drawing = DrawingFixture::fromFile(name);
            LayoutOptions options = GraphScene::defaultOptions();
            options.direction = LayoutOptions::Direction::LeftToRight;
            const auto scene = GraphScene::build(drawing.definition, drawing.graph, options);
            for (const SceneEdge &edge : scene->edges()) {
                const QPointF port = scene->portPosition(edge.from, edge.outcome);
                QCOMPARE(port.x(), scene->nodes().at(edge.from).box.right());
                QCOMPARE(edge.points.first(), port);
                const QRectF target = scene->nodes().at(edge.to).box;
                QCOMPARE(edge.points.last(), QPointF(target.left(), target.center().y()));
            }
            for (int i = 0; i < scene->nodes().size(); ++i) {
                const SceneNode &node = scene->nodes().at(i);
                QCOMPARE(node.box.width(), CardMetrics::Width);
                QCOMPARE(node.box.size(), node.card.size);
                for (int c = 0; c < node.card.outcomes.size(); ++c) {
                    const QPointF port = scene->portPosition(i, c);
                    const SceneHit cell {SceneHit::Part::Outcome, i, c, -1};
                    QCOMPARE(scene->hit(port - QPointF(2, 0)), cell);
                    if (node.card.hasRow)
                        QCOMPARE(scene->hit(QPointF(node.box.left() + 20, port.y())), cell);
                }
                if (scene->hasOpenStub(i)) {
                    const QPointF add = scene->openAddPosition(i, 0);
                    QCOMPARE(add, QPointF(node.box.right() + CardMetrics::OpenStub, node.box.center().y()));
                    QCOMPARE(scene->hit(add), (SceneHit {SceneHit::Part::OpenAdd, i, 0, -1}));
                    QVERIFY(scene->bounds().contains(add));
                }
            }
        }
    }

    void manyOutcomesWidenTheCard()
    {
        const auto drawing = DrawingFixture::fromFile(u"odd.json"_s);
        const SceneNode &many = drawing.node(u"many"_s);
        QVERIFY(many.card.outcomes.size() >= 6);
        QCOMPARE(many.box.width(), CardMetrics::MinimumCellWidth * qreal(many.card.outcomes.size()));
        qreal end = 0;
        for (const OutcomeCell &cell : many.card.outcomes) {
            QVERIFY(cell.rect.width() >= 30); // room for a few letters
            QVERIFY(qAbs(cell.rect.left() - end) < 0.01);
            QCOMPARE(cell.port.x(), cell.rect.center().x());
            end = cell.rect.right();
        }
        QVERIFY(qAbs(end - many.box.width()) < 0.01);
    }

    void childrenStandInTheFrame()
    {
        const auto drawing = DrawingFixture::fromFile(u"odd.json"_s);
        const SceneNode &container = drawing.node(u"office"_s);
        QVERIFY(!container.frame.isEmpty());
        QVERIFY(container.frame.contains(drawing.node(u"inner_first"_s).box));
        QVERIFY(container.frame.contains(drawing.node(u"inner_second"_s).box));
        QVERIFY(drawing.node(u"many"_s).frame.isNull());
    }

    void outcomesToNowhereAreMarked()
    {
        const auto drawing = DrawingFixture::fromFile(u"odd.json"_s);
        const SceneNode &first = drawing.scene->nodes().at(1);
        QCOMPARE(first.card.outcomes.size(), 1);
        QVERIFY(first.card.outcomes.first().isDangling);
        QVERIFY(!first.card.outcomes.first().isOpen);
    }

    void textsOfAFileStayInOneLine()
    {
        const auto drawing = DrawingFixture::fromFile(u"odd.json"_s);
        for (const SceneNode &node : drawing.scene->nodes()) {
            for (const SummaryPiece &piece : node.card.summary())
                QVERIFY(!piece.text.contains(u'\n') && !piece.text.contains(u'\t'));
        }
    }

    void hitsWhatIsUnderAPoint()
    {
        const auto drawing = DrawingFixture::fromFile(u"booking.json"_s);
        const GraphScene &scene = *drawing.scene;
        const int ask = scene.indexOfKey(u"ask"_s);
        const int wait = scene.indexOfKey(u"await_answer"_s);
        QCOMPARE(scene.hit(scene.nodes().at(ask).box.center()), (SceneHit {SceneHit::Part::Card, ask, -1, -1}));
        const QRectF box = scene.nodes().at(wait).box;
        QCOMPARE(scene.hit(box.bottomLeft() + QPointF(20, -10)), (SceneHit {SceneHit::Part::Outcome, wait, 0, -1}));
        QCOMPARE(scene.hit(box.bottomRight() + QPointF(-20, -10)), (SceneHit {SceneHit::Part::Outcome, wait, 1, -1}));
        const int edge = scene.edgeOf(ask, 0);
        QVERIFY(edge >= 0);
        QCOMPARE(scene.hit(scene.edges().at(edge).addButton).part, SceneHit::Part::EdgeAdd);
        QCOMPARE(scene.hit(scene.edges().at(edge).points.last() - QPointF(0, 3)).part, SceneHit::Part::EdgeEnd);
        QCOMPARE(scene.hit(scene.bounds().topLeft() - QPointF(400, 400)).part, SceneHit::Part::Nothing);
    }

    void openWayOnHasAPlusBelow()
    {
        const auto drawing = DrawingFixture::fromFile(u"booking.json"_s);
        const int last = drawing.scene->indexOfKey(u"farewell"_s);
        QVERIFY(drawing.scene->hasOpenStub(last));
        const SceneHit hit = drawing.scene->hit(drawing.scene->openAddPosition(last, 0));
        QCOMPARE(hit.part, SceneHit::Part::OpenAdd);
        QCOMPARE(hit.node, last);
        QVERIFY(!drawing.scene->hasOpenStub(drawing.scene->indexOfKey(u"ask"_s)));
    }

    void indexFindsTheSameAsLookingAtAll()
    {
        const auto drawing = DrawingFixture::chain(300);
        const GraphScene &scene = *drawing.scene;
        const QRectF window(scene.bounds().center() - QPointF(300, 400), QSizeF(600, 800));
        const QList<int> found = scene.nodesIn(window);
        QVERIFY(found.size() < 40);
        for (int i = 0; i < scene.nodes().size(); ++i) {
            if (scene.nodes().at(i).box.intersects(window))
                QVERIFY(found.contains(i));
        }
        const QList<int> edges = scene.edgesIn(window);
        for (int i = 0; i < scene.edges().size(); ++i) {
            if (scene.edges().at(i).bounds.intersects(window))
                QVERIFY(edges.contains(i));
        }
    }

    void pathGoesBothWays()
    {
        const auto drawing = DrawingFixture::fromFile(u"booking.json"_s);
        const GraphScene &scene = *drawing.scene;
        const QBitArray path = scene.pathEdges(scene.indexOfKey(u"choose"_s));
        QCOMPARE(path.count(true), 5); // all but the one to the farewell
        const int farewell = scene.indexOfKey(u"farewell"_s);
        for (int edge = 0; edge < scene.edges().size(); ++edge)
            QCOMPARE(path.testBit(edge), scene.edges().at(edge).to != farewell);
    }

    // A line that runs sideways over one that goes down does so in an arc, and there is no arc elsewhere.
    void hopsAreWhereLinesCross()
    {
        const DrawingFixture drawing(DefinitionGenerator(11).text(600));
        const GraphScene &scene = *drawing.scene;
        qsizetype hops = 0;
        qsizetype crossings = 0;
        constexpr qreal Beside = 15; // of a corner, where there is no room
        for (const SceneEdge &level : scene.edges()) {
            hops += level.hops.size();
            for (const QPointF &hop : level.hops) {
                bool crosses = false;
                for (const SceneEdge &down : scene.edges()) {
                    for (qsizetype p = 1; p < down.points.size(); ++p) {
                        const QRectF run = QRectF(down.points.at(p - 1), down.points.at(p)).normalized();
                        crosses = crosses
                            || (run.width() == 0 && run.left() == hop.x() && run.top() < hop.y()
                                && run.bottom() > hop.y());
                    }
                }
                QVERIFY(crosses);
            }
            for (qsizetype p = 1; p < level.points.size(); ++p) {
                const QRectF sideways = QRectF(level.points.at(p - 1), level.points.at(p)).normalized();
                if (sideways.height() > 0)
                    continue;
                for (const SceneEdge &down : scene.edges()) {
                    if (down.to == level.to || down.from == level.from)
                        continue;
                    for (qsizetype q = 1; q < down.points.size(); ++q) {
                        const QRectF run = QRectF(down.points.at(q - 1), down.points.at(q)).normalized();
                        if (run.width() > 0 || run.top() + 2 > sideways.top() || run.bottom() - 2 < sideways.top()
                            || run.left() < sideways.left() + Beside || run.left() > sideways.right() - Beside)
                            continue;
                        ++crossings;
                        // Lines that stand close together share one arc.
                        const bool hasHop
                            = std::any_of(level.hops.cbegin(), level.hops.cend(), [&](const QPointF &hop) {
                                  return hop.y() == sideways.top() && std::abs(hop.x() - run.left()) <= 10;
                              });
                        QVERIFY(hasHop);
                    }
                }
            }
        }
        QVERIFY2(crossings > 10 && hops > 10, qPrintable(u"%1, %2"_s.arg(crossings).arg(hops)));
    }

    void stopRequestedGivesNoScene()
    {
        const auto drawing = DrawingFixture::chain(50);
        std::stop_source stop;
        stop.request_stop();
        QVERIFY(!GraphScene::build(drawing.definition, drawing.graph, GraphScene::defaultOptions(), stop.get_token()));
    }

    void layoutThatDoesNotFitIsRefused()
    {
        const auto drawing = DrawingFixture::chain(3);
        QList<CardContent> cards;
        for (const SceneNode &node : drawing.scene->nodes())
            cards.append(node.card);
        QVERIFY(GraphScene::fromLayout(drawing.graph, cards, {})->nodes().isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestGraphScene)
#include "tst_graphscene.moc"
