// SPDX-License-Identifier: BSL-1.0

#include "migrate/mysql/catalogue.hpp"
#include "migrate/mysql/words.hpp"

#include <relata/core/error.hpp>

#include <map>
#include <optional>

namespace relata::migrate::mysql {

namespace {

struct parameter_row {
    std::string routine;
    std::string kind;
    std::int64_t position;  // 0: what a function returns
    std::optional<std::string> mode;
    std::optional<std::string> name;
    std::string type;
    std::optional<std::string> charset;
    std::optional<std::string> collation;
};

struct routine_row {
    std::string name;
    std::string kind;
    std::optional<std::string> body;
    std::string deterministic;
    std::string access;
    std::string security;
    std::string comment;
    std::string mode;
    std::optional<std::string> definer;
};

struct signature {
    std::string parameters;
    std::string result;
};

using signatures = std::map<std::pair<std::string, std::string>, signature>;

std::string type_of(parameter_row const& found) {
    auto out = found.type;
    if (found.charset) out += " CHARSET " + *found.charset;
    if (found.collation) out += " COLLATE " + *found.collation;
    return out;
}

signatures signatures_of(reading& r) {
    auto const rows = r.from.all(
        sql_query<"select specific_name, routine_type, ordinal_position, parameter_mode, "
                  "parameter_name, dtd_identifier, character_set_name, collation_name "
                  "from information_schema.parameters where specific_schema = database() "
                  "order by specific_name, routine_type, ordinal_position",
                  parameter_row>());
    signatures all;
    for (auto const& found : rows) {
        auto& of = all[{found.kind, found.routine}];
        if (found.position == 0) {
            of.result = type_of(found);
            continue;
        }
        if (!of.parameters.empty()) of.parameters += ", ";
        if (found.kind == "PROCEDURE") of.parameters += found.mode.value_or("IN") + ' ';
        of.parameters += quote_name(found.name.value_or("")) + ' ' + type_of(found);
    }
    return all;
}

std::string definition_of(routine_row const& found, signature const& of) {
    auto out = definer_clause(found.definer) + found.kind + ' ' + quote_name(found.name) + '(' +
               of.parameters + ')';
    if (!of.result.empty()) out += " RETURNS " + of.result;
    if (found.deterministic == "YES") out += " DETERMINISTIC";
    if (found.access != "CONTAINS SQL") out += ' ' + found.access;
    if (found.security != "DEFINER") out += " SQL SECURITY " + found.security;
    if (!found.comment.empty()) out += " COMMENT " + text_literal(found.comment);
    return out + '\n' + *found.body;
}

}  // namespace

void read_routines(reading& r) {
    auto const all = signatures_of(r);
    auto rows = r.from.all(
        sql_query<"select routine_name, routine_type, routine_definition, is_deterministic, "
                  "sql_data_access, security_type, routine_comment, sql_mode, "
                  "nullif(definer, current_user()) "
                  "from information_schema.routines where routine_schema = database()",
                  routine_row>());
    for (routine_row& found : rows) {
        if (!found.body) {
            error_info info;
            info.kind = error_kind::permission_denied;
            info.message = "the text of a routine is not shown to this user";
            throw error(std::move(info));
        }
        if (is_damaged(r, *found.body))
            found.body = routine_body(shown_statement(r, found.kind, found.name));
        trim_end(*found.body);
        auto const of = all.find({found.kind, found.name});
        std::string kind;
        for (char const c : found.kind) kind += static_cast<char>(c == ' ' ? c : c | 0x20);
        r.found.others.push_back({std::move(kind),
                                  {"", found.name},
                                  {},
                                  definition_of(found, of == all.end() ? signature() : of->second),
                                  {{"sql_mode", std::move(found.mode)}}});
    }
}

}  // namespace relata::migrate::mysql
