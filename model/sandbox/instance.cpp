#include "model/sandbox/instance.h"

using namespace Qt::StringLiterals;

namespace automation {

QString StoredDefinition::trigger() const
{
    return body["trigger"_L1].toString();
}

bool StoredDefinition::isEnabled() const
{
    return body["status"_L1].toString() == "enabled"_L1;
}

QString StoredDefinition::subAccountId() const
{
    return body["subAccountId"_L1].toString();
}

QString statusText(InstanceStatus status)
{
    switch (status) {
    case InstanceStatus::Runnable:
        return u"Runnable"_s;
    case InstanceStatus::Suspended:
        return u"Suspended"_s;
    case InstanceStatus::Complete:
        return u"Complete"_s;
    case InstanceStatus::Terminated:
        return u"Terminated"_s;
    }
    return {};
}

QString statusText(PointerStatus status)
{
    switch (status) {
    case PointerStatus::Pending:
        return u"Pending"_s;
    case PointerStatus::Running:
        return u"Running"_s;
    case PointerStatus::Complete:
        return u"Complete"_s;
    case PointerStatus::Sleeping:
        return u"Sleeping"_s;
    case PointerStatus::WaitingForEvent:
        return u"WaitingForEvent"_s;
    case PointerStatus::Failed:
        return u"Failed"_s;
    case PointerStatus::Cancelled:
        return u"Cancelled"_s;
    }
    return {};
}

} // namespace automation
