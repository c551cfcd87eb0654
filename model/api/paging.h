#pragma once

#include "model/api/httptransport.h"

#include <QCoreApplication>
#include <QSet>

namespace automation {

// Lists that come in pages. The service's "offset" can be read as the number of a page or of an item (API reference
// §2); this works with both and never gives an item twice.
class Paging
{
    Q_DECLARE_TR_FUNCTIONS(automation::Paging)
public:
    // An answer with more pages than this is not a list, it is a fault.
    static constexpr int maximumPages = 2000;

    // The elements of an array, each read by T::fromJson.
    template <typename T>
    static Result<QList<T>> elements(const HttpTransport &transport, const HttpRequest &request, const JsonValue &json)
    {
        if (!json.isArray())
            return transport.unusable(request, tr("it is not a list"));
        QList<T> items;
        items.reserve(json.size());
        for (qsizetype i = 0; i < json.size(); ++i) {
            Result<T> item = T::fromJson(json.at(i));
            if (!item)
                return transport.unusable(request, tr("in element %1 %2").arg(i + 1).arg(item.error().message));
            items.append(std::move(*item));
        }
        return items;
    }

    // All pages, or as many as give maximum items (0 = all). keyOf tells items apart.
    template <typename T>
    static QCoro::Task<Result<QList<T>>> all(std::shared_ptr<HttpTransport> transport, HttpRequest request, int maximum,
        QString (*keyOf)(const T &), std::stop_token stop)
    {
        const qsizetype pageSize = std::clamp(transport->options().pageSize, 1, 500);
        QList<T> items;
        QSet<QString> seen;
        QString secondOfFirstPage;
        qint64 offset = 0;
        bool countsItems = false;
        for (int page = 0; page < maximumPages; ++page) {
            HttpRequest pageRequest = request;
            pageRequest.addQuery(QLatin1StringView("limit"), QString::number(pageSize));
            pageRequest.addQuery(QLatin1StringView("offset"), QString::number(offset));
            QCoro::Task<Result<JsonValue>> asking = HttpTransport::sendForJson(transport, pageRequest, stop);
            Result<JsonValue> json = co_await asking;
            if (!json)
                co_return json.error();
            Result<QList<T>> fresh = elements<T>(*transport, pageRequest, *json);
            if (!fresh)
                co_return fresh.error();
            if (page == 0 && fresh->size() > 1)
                secondOfFirstPage = keyOf(fresh->at(1));
            if (page == 1 && !fresh->isEmpty())
                countsItems = !secondOfFirstPage.isEmpty() && keyOf(fresh->at(0)) == secondOfFirstPage;
            const qsizetype before = items.size();
            for (const T &item : std::as_const(*fresh)) {
                const QString key = keyOf(item);
                if (!seen.contains(key)) {
                    seen.insert(key);
                    items.append(item);
                }
            }
            if (maximum > 0 && items.size() >= maximum) {
                items.resize(maximum);
                co_return items;
            }
            if (fresh->size() < pageSize)
                co_return items;
            // Reading items, the probe at offset 1 of a list that ends there brings nothing new and is complete.
            if (items.size() == before)
                co_return items;
            if (page == 0)
                offset = 1;
            else if (countsItems)
                offset = page == 1 ? pageSize : offset + pageSize;
            else
                ++offset;
        }
        co_return transport->unusable(request, tr("it has more than %1 pages").arg(maximumPages));
    }
};

} // namespace automation
