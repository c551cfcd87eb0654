#pragma once

#include "app/session/accountsession.h"

#include <QElapsedTimer>

namespace automation {

// What is remembered about the watched definition between two looks at it.
struct AccountSession::Watch
{
    bool busy = false;
    bool again = false; // asked for while busy
    int tick = 0;
    QMap<int, QList<WorkflowInstance>> byVersion;
    QHash<QString, QString> currentSteps; // of unfinished instances
    QSet<QString> errorsKnown; // instances whose errors were fetched
    qsizetype nextDetails = 0; // which unfinished instance to look into next
    QString lastProblem; // told once
    QElapsedTimer sinceChange;
};

} // namespace automation
