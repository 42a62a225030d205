// SPDX-License-Identifier: BSL-1.0

#include "migrate/postgresql/reading.hpp"

#include <charconv>

namespace relata::migrate::postgresql {

std::string reading::take_comment(object_id catalogue, object_id id, std::int32_t part) {
    auto const at = comments.find({catalogue, id, part});
    if (at == comments.end()) return {};
    at->second.taken = true;
    return at->second.text;
}

void reading::keep(std::string_view kind, catalog::object_name name, catalog::object_name on,
                   std::string definition) {
    while (definition.ends_with(';') || definition.ends_with('\n')) definition.pop_back();
    out.others.push_back(
        {std::string(kind), std::move(name), std::move(on), std::move(definition)});
}

catalog::object_name named(std::string_view space, std::string_view name) {
    return {space == "public" ? std::string() : std::string(space), std::string(name)};
}

std::vector<object_id> numbers(std::string_view list) {
    std::vector<object_id> out;
    auto const* at = list.data();
    auto const* const end = at + list.size();
    while (at != end) {
        object_id number = 0;
        auto const [next, failure] = std::from_chars(at, end, number);
        if (failure == std::errc()) {
            out.push_back(number);
            at = next;
        } else {
            ++at;
        }
    }
    return out;
}

void add_options(std::vector<catalog::option>& to, std::string_view lines,
                 std::string_view prefix) {
    while (!lines.empty()) {
        auto const line = lines.substr(0, lines.find('\n'));
        lines.remove_prefix(std::min(line.size() + 1, lines.size()));
        auto const sign = line.find('=');
        to.push_back({std::string(prefix) += line.substr(0, sign),
                      sign == line.npos ? std::string() : std::string(line.substr(sign + 1))});
    }
}

namespace {

// The place after the quoted text that begins here.
std::size_t after_quoted(std::string_view text, std::size_t at) {
    auto const end = text.find(text[at], at + 1);
    return end == text.npos ? text.size() : end + 1;
}

// The same of a text, in which a quote is doubled.
std::size_t after_literal(std::string_view sql, std::size_t at) {
    do at = after_quoted(sql, at);
    while (at < sql.size() && sql[at] == '\'');
    return at;
}

// Where the parenthesis at the beginning is closed.
std::size_t closing(std::string_view text) {
    int depth = 0;
    for (std::size_t at = 0; at < text.size();) {
        char const c = text[at];
        if (c == '\'' || c == '"') {
            at = after_quoted(text, at);
            continue;
        }
        if (c == '(') ++depth;
        if (c == ')' && --depth == 0) return at;
        ++at;
    }
    return text.size();
}

std::string without_parentheses(std::string expression) {
    while (expression.starts_with('(') && closing(expression) == expression.size() - 1)
        expression = expression.substr(1, expression.size() - 2);
    return expression;
}

// The elements of ARRAY[('a'::character varying)::text, …], each without its cast to text; where it ends.
std::size_t read_cast_elements(std::string_view sql, std::size_t at, std::string& elements) {
    constexpr std::string_view cast = "::character varying";
    constexpr std::string_view end = ")::text";
    while (sql.substr(at).starts_with("('")) {
        auto const begin = at + 1;
        at = after_literal(sql, begin);
        if (!sql.substr(at).starts_with(cast)) return sql.npos;
        at += cast.size();
        elements += sql.substr(begin, at - begin);
        if (!sql.substr(at).starts_with(end)) return sql.npos;
        at += end.size();
        if (!sql.substr(at).starts_with(", ")) break;
        elements += ", ";
        at += 2;
    }
    return sql.substr(at).starts_with("])") ? at + 1 : sql.npos;
}

// A list of varchar that was written as IN ('a') is told as ANY ((ARRAY['a'::character varying])::text[]),
// and this, run, as ANY (ARRAY[('a'::character varying)::text]): both become the first.
std::string with_lists_cast_as_one(std::string sql) {
    constexpr std::string_view head = "(ARRAY[";
    for (auto at = sql.find(head); at != sql.npos; at = sql.find(head, at + 1)) {
        std::string elements;
        auto const end = read_cast_elements(sql, at + head.size(), elements);
        if (end == sql.npos) continue;
        sql.replace(at, end - at, "((ARRAY[" + elements + "])::text[]");
    }
    return sql;
}

}  // namespace

std::string one_spelling(std::string expression) {
    return with_lists_cast_as_one(without_parentheses(std::move(expression)));
}

}  // namespace relata::migrate::postgresql
