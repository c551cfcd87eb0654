#pragma once

#include "definitiongenerator.h"

#include "model/document/definitionedit.h"
#include "model/document/drawinglayout.h"

#include <functional>

namespace automation {

// One command with its arguments as data, so that a sequence of them can be repeated, shortened and kept in a file.
struct Gesture
{
    QString command;
    QStringList arguments;

    // What the command answers. An unknown command is InvalidArgument.
    Result<DefinitionEdit> edit(const WorkflowDefinition &definition, const DefinitionGraph &graph) const;
    // Whether it changes the drawing only; its edit is empty then, and this is the drawing that comes out.
    bool isDrawing() const { return command == u"draw"; }
    DrawingLayout drawn(DrawingLayout drawing) const;
    QString mergeKey() const { return isDrawing() ? arguments.value(4) : QString(); }
    // Whether the person wrote JSON that may bring or take nested steps, so that what is nested counts as named.
    bool replacesNested() const;

    JsonValue toJson() const;
    static Gesture fromJson(const JsonValue &json);
};

// A random command of any kind with arguments that mostly make sense for the definition.
Gesture anyGesture(const WorkflowDefinition &definition, const DefinitionGraph &graph, Chance &chance);

// A definition as text and what is done to it.
struct GestureCase
{
    QByteArray text;
    QList<Gesture> gestures;

    QByteArray toText() const; // a JSON document, to be kept in tests/data
    static GestureCase fromText(const QByteArray &text);
};

// A random definition in a random layout with 1 to 20 gestures; few are more likely than many.
GestureCase anyCase(Random &random, int mostGestures);
// The smallest case that still fails: fewer gestures, fewer steps, plainer layout.
GestureCase shrunk(const GestureCase &start, const std::function<bool(const GestureCase &)> &fails);

} // namespace automation
