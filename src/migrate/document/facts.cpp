// SPDX-License-Identifier: BSL-1.0

#include "migrate/document/facts.hpp"
#include "migrate/characters.hpp"

namespace relata::migrate::document {

namespace {

using picture::full_name;

void add(std::string& to, std::string const& text) {
    if (text.empty()) return;
    if (!to.empty()) to += ", ";
    to += text;
}

char const* words(catalog::action what) {
    switch (what) {
    case catalog::action::no_action: return "";
    case catalog::action::restrict: return "restrict";
    case catalog::action::cascade: return "cascade";
    case catalog::action::set_null: return "set null";
    case catalog::action::set_default: return "set default";
    }
    return "";
}

void add_count(std::string& to, std::size_t count, char const* one, char const* many) {
    if (count > 0) add(to, std::to_string(count) + " " + (count == 1 ? one : many));
}

std::string labels_of(catalog::enumeration const& e) {
    std::string out;
    for (auto const& label : e.labels) add(out, "'" + label + "'");
    return out;
}

std::string definition_of(catalog::domain const& d) {
    auto out = d.type;
    if (!d.nullable) out += " not null";
    if (d.default_value) out += " default " + *d.default_value;
    for (auto const& c : d.checks) out += "\ncheck (" + c.condition + ")";
    return out;
}

}  // namespace

incoming_references incoming_of(catalog::schema const& from) {
    std::vector<catalog::table const*> all;
    for (auto const& t : from.tables) all.push_back(&t);
    incoming_references found;
    for (auto const* t : all)
        for (auto const& r : t->references)
            if (auto const* other = picture::target_of(r, all, from.engine))
                found[other].push_back({t, &r});
    return found;
}

std::string product_name(catalog::schema const& from) {
    std::string name;
    switch (from.engine) {
    case catalog::engine::sqlite: name = "SQLite"; break;
    case catalog::engine::postgresql: name = "PostgreSQL"; break;
    case catalog::engine::mysql: name = "MySQL"; break;
    case catalog::engine::mariadb: name = "MariaDB"; break;
    }
    return from.version.empty() ? name : name + " " + from.version;
}

std::string counts_of(catalog::schema const& from, std::size_t shown) {
    std::string out;
    if (shown != from.tables.size()) out = std::to_string(shown) + " of ";
    out += std::to_string(from.tables.size()) + (from.tables.size() == 1 ? " table" : " tables");
    add_count(out, from.views.size(), "view", "views");
    add_count(out, from.enumerations.size() + from.domains.size(), "type", "types");
    add_count(out, from.sequences.size(), "sequence", "sequences");
    add_count(out, from.others.size(), "other object", "other objects");
    return out;
}

std::string value_of(catalog::column const& c) {
    if (c.computed != catalog::computed::none) return c.expression;
    return c.default_value.value_or("");
}

std::string remarks_of(catalog::column const& c) {
    std::string out;
    switch (c.identity) {
    case catalog::identity::none: break;
    case catalog::identity::by_default: add(out, "generated"); break;
    case catalog::identity::always: add(out, "always generated"); break;
    case catalog::identity::auto_increment: add(out, "auto increment"); break;
    }
    if (c.computed == catalog::computed::stored) add(out, "computed, stored");
    if (c.computed == catalog::computed::on_read) add(out, "computed");
    if (!c.collation.empty()) add(out, "collation " + c.collation);
    add(out, words_of(c.options));
    return out;
}

std::string rules_of(catalog::reference const& r) {
    std::string out;
    if (r.deleted != catalog::action::no_action)
        add(out, std::string("on delete ") + words(r.deleted));
    if (r.updated != catalog::action::no_action)
        add(out, std::string("on update ") + words(r.updated));
    add(out, words_of(r.options));
    return out;
}

std::string remarks_of(catalog::index const& i) {
    std::string out = i.unique ? "unique" : "";
    add(out, i.method);
    if (!i.include.empty()) add(out, "with " + picture::joined(i.include));
    if (!i.where.empty()) add(out, "where " + i.where);
    add(out, words_of(i.options));
    return out;
}

std::string words_of(std::vector<catalog::option> const& options) {
    std::string out;
    for (auto const& option : options)
        add(out, option.value.empty() ? option.name : option.name + " " + option.value);
    return out;
}

std::string anchor(std::string_view kind, catalog::object_name const& name) {
    std::string out(kind);
    out += '-';
    for (char const c : full_name(name)) {
        bool const plain =
            (lower(c) >= 'a' && lower(c) <= 'z') || is_digit(c) || c == '_' || c == '.';
        auto const byte = static_cast<unsigned char>(c);
        if (plain) out += c;
        else {
            out += '-';
            out += "0123456789abcdef"[byte >> 4U];
            out += "0123456789abcdef"[byte & 15U];
        }
    }
    return out;
}

std::vector<other_thing> other_things(catalog::schema const& from) {
    std::vector<other_thing> out;
    for (auto const& v : from.views)
        out.push_back(
            {v.materialized ? "materialized view" : "view", full_name(v.name), v.comment, v.query});
    for (auto const& e : from.enumerations)
        out.push_back({"enumeration", full_name(e.name), e.comment, labels_of(e)});
    for (auto const& d : from.domains)
        out.push_back({"domain", full_name(d.name), d.comment, definition_of(d)});
    for (auto const& s : from.sequences)
        out.push_back({"sequence", full_name(s.name), s.comment, words_of(s.options)});
    for (auto const& o : from.others) {
        auto const on = o.on.name.empty() ? std::string() : " on " + full_name(o.on);
        out.push_back({o.kind, full_name(o.name) + on, {}, o.definition});
    }
    return out;
}

}  // namespace relata::migrate::document
