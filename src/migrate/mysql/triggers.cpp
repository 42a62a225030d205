// SPDX-License-Identifier: BSL-1.0

#include "migrate/mysql/catalogue.hpp"
#include "migrate/mysql/words.hpp"

#include <optional>

namespace relata::migrate::mysql {

namespace {
struct trigger_row {
    std::string name;
    std::string table;
    std::string timing;
    std::string event;
    std::int64_t order;
    std::string body;
    std::string mode;
    std::optional<std::string> definer;
};
}  // namespace

void read_triggers(reading& r) {
    auto rows = r.from.all(
        sql_query<"select trigger_name, event_object_table, action_timing, event_manipulation, "
                  "action_order, action_statement, sql_mode, nullif(definer, current_user()) "
                  "from information_schema.triggers where trigger_schema = database()",
                  trigger_row>());
    for (trigger_row& found : rows) {
        catalog::opaque trigger{"trigger", {"", found.name}, {"", found.table}, {}, {}};
        auto const header = "TRIGGER " + quote_name(found.name) + ' ' + found.timing + ' ' +
                            found.event + " ON " + quote_name(found.table) + " FOR EACH ROW ";
        if (is_damaged(r, found.body))
            found.body = behind(shown_statement(r, "TRIGGER", found.name), header);
        trim_end(found.body);
        trigger.definition = definer_clause(found.definer) + header + found.body;
        // Those of one event run in the order in which they were made.
        if (found.order > 1) trigger.options.push_back({"order", std::to_string(found.order)});
        trigger.options.push_back({"sql_mode", std::move(found.mode)});
        r.found.others.push_back(std::move(trigger));
    }
}

}  // namespace relata::migrate::mysql
