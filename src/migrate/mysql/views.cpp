// SPDX-License-Identifier: BSL-1.0

#include "migrate/mysql/catalogue.hpp"
#include "migrate/mysql/words.hpp"

#include <relata/core/error.hpp>

#include <optional>

namespace relata::migrate::mysql {

namespace {

struct view_row {
    std::string name;
    std::string query;
    std::string check;
    std::optional<std::string> definer;
    std::string security;
    std::optional<std::string> algorithm;
    std::optional<std::string> columns;
};

std::vector<view_row> view_rows(reading& r) {
    if (r.mariadb) {
        return r.from.all(sql_query<"select table_name, view_definition, check_option, "
                                    "nullif(definer, current_user()), security_type, "
                                    "nullif(algorithm, 'UNDEFINED'), null "
                                    "from information_schema.views where table_schema = database()",
                                    view_row>());
    }
    return r.from.all(sql_query<"select table_name, view_definition, check_option, "
                                "nullif(definer, current_user()), security_type, null, null "
                                "from information_schema.views where table_schema = database()",
                                view_row>());
}

// With what the view's other text leaves out: the character sets of literals, and MySQL's algorithm.
void read_whole(reading& r, view_row& found) {
    struct shown {
        std::string name;
        std::string statement;
        std::optional<std::string> charset;
        std::optional<std::string> collation;
    };
    auto const sql = "show create view " + quote_name(found.name);
    auto const whole = r.from.one(sql_query<shown>(unsafe_sql(sql)));
    std::string_view text = whole.statement;
    constexpr std::string_view algorithm = "CREATE ALGORITHM=";
    if (text.starts_with(algorithm)) {
        auto const word =
            text.substr(algorithm.size(), text.find(' ', algorithm.size()) - algorithm.size());
        if (word != "UNDEFINED") found.algorithm = word;
    }
    auto const query = behind(text, " VIEW " + quote_name(found.name) + ' ');
    text = query;
    constexpr std::string_view as = "AS ";
    if (text.starts_with('(')) {  // MySQL keeps the names of the columns beside the query
        auto const end = text.find(") AS ");
        found.columns = text.substr(1, end - 1);
        text.remove_prefix(std::min(end + 2, text.size()));
    }
    if (text.starts_with(as)) text.remove_prefix(as.size());
    auto const end = " WITH " + found.check + " CHECK OPTION";
    if (text.ends_with(end)) text.remove_suffix(end.size());
    found.query = text;
}

}  // namespace

void read_views(reading& r) {
    for (view_row& found : view_rows(r)) {
        if (found.query.empty()) {
            error_info info;
            info.kind = error_kind::permission_denied;
            info.message = "the text of a view is not shown to this user: it needs SHOW VIEW";
            throw error(std::move(info));
        }
        // One statement for each such view: there is no other way to their whole text.
        if (!r.mariadb || found.query.find('\'') != std::string::npos) read_whole(r, found);
        catalog::view view;
        view.name.name = std::move(found.name);
        view.query = without_database(found.query, r.database);
        add_option(view.options, "algorithm", std::move(found.algorithm).value_or(""));
        if (found.check != "NONE") view.options.push_back({"check", std::move(found.check)});
        add_option(view.options, "columns", std::move(found.columns).value_or(""));
        add_option(view.options, "definer", std::move(found.definer).value_or(""));
        if (found.security != "DEFINER") view.options.push_back({"security", found.security});
        r.found.views.push_back(std::move(view));
    }
    std::ranges::sort(r.found.views, {}, &catalog::view::name);
}

}  // namespace relata::migrate::mysql
