// SPDX-License-Identifier: BSL-1.0

#include "migrate/mysql/catalogue.hpp"
#include "migrate/mysql/words.hpp"

#include <optional>

namespace relata::migrate::mysql {

namespace {

struct event_row {
    std::string name;
    std::string body;
    std::string zone;
    std::optional<std::string> once;
    std::optional<std::string> interval;
    std::optional<std::string> unit;
    std::optional<std::string> starts;
    std::optional<std::string> ends;
    std::string status;
    std::string completion;
    std::string comment;
    std::string mode;
    std::optional<std::string> definer;
};

std::string schedule_of(event_row const& found) {
    if (found.once) return "AT " + text_literal(*found.once);
    auto out = "EVERY " + found.interval.value_or("1") + ' ' + found.unit.value_or("DAY");
    if (found.starts) out += " STARTS " + text_literal(*found.starts);
    if (found.ends) out += " ENDS " + text_literal(*found.ends);
    return out;
}

std::string event_header(event_row const& found) {
    auto out = "EVENT " + quote_name(found.name) + " ON SCHEDULE " + schedule_of(found) +
               " ON COMPLETION " + found.completion;
    out += found.status == "ENABLED"    ? " ENABLE"
           : found.status == "DISABLED" ? " DISABLE"
                                        : " DISABLE ON SLAVE";
    if (!found.comment.empty()) out += " COMMENT " + text_literal(found.comment);
    return out + " DO ";
}

}  // namespace

void read_events(reading& r) {
    auto rows = r.from.all(
        sql_query<"select event_name, event_definition, time_zone, cast(execute_at as char), "
                  "interval_value, interval_field, cast(starts as char), cast(ends as char), "
                  "status, on_completion, event_comment, sql_mode, "
                  "nullif(definer, current_user()) "
                  "from information_schema.events where event_schema = database()",
                  event_row>());
    for (event_row& found : rows) {
        auto const header = event_header(found);
        if (is_damaged(r, found.body))
            found.body = behind(shown_statement(r, "EVENT", found.name), header);
        trim_end(found.body);
        r.found.others.push_back({"event",
                                  {"", found.name},
                                  {},
                                  definer_clause(found.definer) + header + found.body,
                                  {{"sql_mode", found.mode}, {"time_zone", found.zone}}});
    }
}

}  // namespace relata::migrate::mysql
