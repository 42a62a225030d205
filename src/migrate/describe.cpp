// SPDX-License-Identifier: BSL-1.0

#include <relata/migrate/describe.hpp>

namespace relata::migrate {

namespace {

namespace catalog = schema::catalog;
using difference_kind = difference::kind;

std::string text_of(catalog::object_name const& name) {
    return name.space.empty() ? name.name : name.space + '.' + name.name;
}

// "type integer -> bigint, NOT NULL"
class details {
public:
    void from_to(char const* what, std::string const& before, std::string const& after) {
        if (before == after) return;
        add(std::string(what) + ' ' + (before.empty() ? "(none)" : before) + " -> " +
            (after.empty() ? "(none)" : after));
    }
    void add(std::string const& text) { text_ += (text_.empty() ? "" : ", ") + text; }
    std::string text() && { return std::move(text_); }

private:
    std::string text_;
};

std::string detail_of(catalog::column const& before, catalog::column const& after) {
    details all;
    all.from_to("type", before.type, after.type);
    if (before.nullable != after.nullable) all.add(after.nullable ? "NULL allowed" : "NOT NULL");
    all.from_to("default", before.default_value.value_or(""), after.default_value.value_or(""));
    if (before.identity != after.identity) all.add("identity");
    if (before.computed != after.computed) all.add("computed");
    all.from_to("expression", before.expression, after.expression);
    all.from_to("collation", before.collation, after.collation);
    if (before.comment != after.comment) all.add("comment");
    if (before.options != after.options) all.add("options");
    return std::move(all).text();
}

std::string column_list(std::vector<catalog::part> const& parts) {
    std::string text;
    for (auto const& each : parts)
        text += (text.empty() ? "" : ", ") + (each.column.empty() ? each.expression : each.column) +
                (each.descending ? " DESC" : "");
    return '(' + text + ')';
}
std::string column_list(std::vector<std::string> const& columns) {
    std::string text;
    for (auto const& each : columns) text += (text.empty() ? "" : ", ") + each;
    return '(' + text + ')';
}

std::string detail_of(catalog::key const& k) { return column_list(k.parts); }
std::string detail_of(catalog::index const& i) {
    return (i.unique ? "unique " : "") + column_list(i.parts) +
           (i.where.empty() ? "" : " where " + i.where);
}
std::string detail_of(catalog::reference const& r) {
    return column_list(r.columns) + " to " + text_of(r.other) + ' ' + column_list(r.other_columns);
}
std::string detail_of(catalog::check const& c) { return c.condition; }

class list {
public:
    explicit list(schema_change const& changes) : changes_(changes) {}

    std::vector<difference> made() {
        for (auto const& each : changes_.spaces) {
            if (each.after) add(difference_kind::added, "schema", *each.after);
            else add(difference_kind::dropped, "schema", *each.before);
        }
        for (auto const& each : changes_.dropped)
            add(difference_kind::dropped, "table", text_of(each.name));
        for (auto const& each : changes_.created)
            add(difference_kind::added, "table", text_of(each.name));
        for (auto const& each : changes_.altered) add_table(each);
        add_objects("view", changes_.views);
        add_objects("enumeration", changes_.enumerations);
        add_objects("domain", changes_.domains);
        add_objects("sequence", changes_.sequences);
        for (auto const& each : changes_.others) {
            auto const& one = each.before ? *each.before : *each.after;
            add(kind_of(each), one.kind, text_of(one.name));
        }
        for (auto const& each : changes_.ambiguous) {
            if (each.column.empty())
                add(difference_kind::ambiguous, "table", text_of(each.table),
                    text_of(each.to_table));
            else
                add(difference_kind::ambiguous, "column", text_of(each.table) + '.' + each.column,
                    each.to_column);
        }
        return std::move(all_);
    }

private:
    template <class T> static difference_kind kind_of(change<T> const& c) {
        return !c.before  ? difference_kind::added
               : !c.after ? difference_kind::dropped
                          : difference_kind::altered;
    }
    void add(difference_kind is, std::string thing, std::string name, std::string detail = {}) {
        all_.push_back({is, std::move(thing), std::move(name), std::move(detail)});
    }

    template <class T> void add_objects(char const* thing, std::vector<change<T>> const& changes) {
        for (auto const& each : changes)
            add(kind_of(each), thing, text_of(each.before ? each.before->name : each.after->name));
    }

    void add_table(table_change const& t) {
        auto const name = text_of(t.before.name);
        if (t.renamed) add(difference_kind::renamed, "table", name, text_of(t.after.name));
        for (auto const& c : t.columns) add_column(name, c);
        if (t.primary) add_part(name, "primary key", *t.primary);
        for (auto const& each : t.uniques) add_part(name, "unique key", each);
        for (auto const& each : t.indexes) add_part(name, "index", each);
        for (auto const& each : t.references) add_part(name, "foreign key", each);
        for (auto const& each : t.checks) add_part(name, "check", each);
        details rest;
        if (t.partitioning) rest.add("partitioning");
        if (t.comment) rest.add("comment");
        if (t.options) rest.add("options");
        if (t.order) rest.add("order of columns");
        if (auto text = std::move(rest).text(); !text.empty())
            add(difference_kind::altered, "table", name, std::move(text));
    }
    void add_column(std::string const& table, change<catalog::column> const& c) {
        auto const name = table + '.' + (c.before ? c.before->name : c.after->name);
        if (!c.before) return add(difference_kind::added, "column", name, c.after->type);
        if (!c.after) return add(difference_kind::dropped, "column", name, c.before->type);
        if (c.before->name != c.after->name)
            add(difference_kind::renamed, "column", name, c.after->name);
        if (auto detail = detail_of(*c.before, *c.after); !detail.empty())
            add(difference_kind::altered, "column", name, std::move(detail));
    }
    template <class T>
    void add_part(std::string const& table, char const* thing, change<T> const& c) {
        auto const& one = c.after ? *c.after : *c.before;
        add(kind_of(c), thing, table + (one.name.empty() ? "" : '.' + one.name), detail_of(one));
    }

    schema_change const& changes_;
    std::vector<difference> all_;
};

}  // namespace

std::string_view name_of(difference::kind of) noexcept {
    switch (of) {
    case difference_kind::added: return "added";
    case difference_kind::dropped: return "dropped";
    case difference_kind::altered: return "altered";
    case difference_kind::renamed: return "renamed";
    case difference_kind::ambiguous: break;
    }
    return "ambiguous";
}

std::vector<difference> differences(schema_change const& changes) { return list(changes).made(); }

}  // namespace relata::migrate
