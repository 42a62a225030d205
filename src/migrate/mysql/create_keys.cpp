// SPDX-License-Identifier: BSL-1.0

#include "migrate/mysql/ddl.hpp"
#include "migrate/mysql/words.hpp"

namespace relata::migrate::mysql {

namespace {

std::string parts_clause(std::vector<catalog::part> const& parts) {
    std::string out;
    for (auto const& part : parts) {
        out += out.empty() ? " (" : ",";
        out += part.column.empty() ? '(' + part.expression + ')' : quote_name(part.column);
        if (auto const* const length = find_option(part.options, "length"))
            out += '(' + *length + ')';
        if (part.descending) out += " DESC";
    }
    return out + ')';
}

std::string ending(std::vector<catalog::option> const& options, std::string const& comment) {
    std::string out;
    if (!comment.empty()) out += " COMMENT " + text_literal(comment);
    if (find_option(options, "ignored")) out += " IGNORED";
    if (find_option(options, "invisible")) out += " INVISIBLE";
    return out;
}

std::string key_clause(catalog::key const& key) {
    auto out = parts_clause(key.parts);
    if (auto const* const method = find_option(key.options, "method")) out += " USING " + *method;
    return out + ending(key.options, key.comment);
}

std::string_view words_of(catalog::action action) {
    switch (action) {
    case catalog::action::no_action: return "NO ACTION";
    case catalog::action::restrict: return "RESTRICT";
    case catalog::action::cascade: return "CASCADE";
    case catalog::action::set_null: return "SET NULL";
    case catalog::action::set_default: return "SET DEFAULT";
    }
    return {};
}

}  // namespace

std::string primary_clause(catalog::key const& key) { return "PRIMARY KEY" + key_clause(key); }

std::string unique_clause(catalog::key const& key) {
    return "UNIQUE KEY " + quote_name(key.name) + key_clause(key);
}

std::string index_clause(catalog::index const& index) {
    bool const of_tree = index.method.empty() || index.method == "hash" || index.method == "btree";
    std::string out;
    if (!of_tree) {
        for (char const c : index.method) out += static_cast<char>(c & ~0x20);
        out += ' ';
    }
    out += "KEY " + quote_name(index.name) + parts_clause(index.parts);
    if (of_tree && !index.method.empty()) out += " USING " + index.method;
    if (auto const* const parser = find_option(index.options, "parser"))
        out += " WITH PARSER " + quote_name(*parser);
    return out + ending(index.options, index.comment);
}

std::string reference_clause(catalog::reference const& reference, catalog::engine engine) {
    // What is not said: in MariaDB it is called RESTRICT, in MySQL NO ACTION.
    auto const usual =
        engine == catalog::engine::mariadb ? catalog::action::restrict : catalog::action::no_action;
    std::string out;
    if (!reference.name.empty()) out += "CONSTRAINT " + quote_name(reference.name) + ' ';
    out += "FOREIGN KEY (" + quoted_list(reference.columns) + ") REFERENCES " +
           quote_name(reference.other) + " (" + quoted_list(reference.other_columns) + ')';
    if (reference.deleted != usual) out.append(" ON DELETE ").append(words_of(reference.deleted));
    if (reference.updated != usual) out.append(" ON UPDATE ").append(words_of(reference.updated));
    return out;
}

std::string check_clause(catalog::check const& check) {
    std::string out;
    if (!check.name.empty()) out += "CONSTRAINT " + quote_name(check.name) + ' ';
    out += "CHECK (" + check.condition + ')';
    if (find_option(check.options, "not enforced")) out += " NOT ENFORCED";
    return out;
}

}  // namespace relata::migrate::mysql
