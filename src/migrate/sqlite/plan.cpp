// SPDX-License-Identifier: BSL-1.0

#include "migrate/product.hpp"
#include "migrate/sqlite/create_table.hpp"
#include "migrate/sqlite/table_steps.hpp"
#include "migrate/sqlite/tokens.hpp"

#include <algorithm>

namespace relata::migrate::sqlite {

namespace {

namespace catalog = schema::catalog;

bool is_trigger(catalog::opaque const& each) { return each.kind == "trigger"; }

// In the order of the documented procedure for "other kinds of table schema changes", for all tables
// at once.
class planner {
public:
    explicit planner(schema_change const& changes) : changes_(changes) {
        for (auto const& each : changes.altered) copies_.push_back(needs_copy(each));
    }

    std::vector<step> made() {
        bool const drops_tables = !changes_.dropped.empty() || copies_anything();
        disturbs_ = drops_tables ||
                    std::any_of(changes_.altered.begin(), changes_.altered.end(),
                                [](auto const& each) { return each.renamed || loses_names(each); });
        // DROP TABLE would delete what refers to the table
        if (drops_tables) add_outside("PRAGMA foreign_keys = OFF");
        drop_views_and_triggers();
        drop_indexes();
        drop_tables();
        rename_tables();
        for (auto const& each : changes_.created) add(create_table(each, each.name.name));
        alter_tables();
        create_virtual_tables();
        create_indexes();
        create_views_and_triggers();
        if (drops_tables) {
            check();
            add_outside("PRAGMA foreign_keys = ON");
        }
        return std::move(steps_);
    }

private:
    void add(std::string text) { steps_.push_back({std::move(text)}); }
    void add_outside(std::string text) { steps_.push_back({std::move(text), false}); }
    void add_destroying(std::string text) { steps_.push_back({std::move(text), true, true}); }

    [[nodiscard]] bool copies_anything() const {
        return std::find(copies_.begin(), copies_.end(), true) != copies_.end();
    }

    // SQLite reads all views and triggers again when a table gets another name, and refuses where one
    // of them does not fit in between.
    void drop_views_and_triggers() {
        if (disturbs_) {
            for (auto const& each : changes_.before.others)
                if (is_trigger(each)) add("DROP TRIGGER " + quote_name(each.name.name));
            for (auto const& each : changes_.before.views)
                add("DROP VIEW " + quote_name(each.name.name));
        } else {
            for (auto const& each : changes_.others)
                if (each.before && is_trigger(*each.before) && !goes_with_view(*each.before))
                    add("DROP TRIGGER " + quote_name(each.before->name.name));
            for (auto const& each : changes_.views)
                if (each.before) add("DROP VIEW " + quote_name(each.before->name.name));
        }
        for (auto const& each : changes_.others)
            if (each.before && !is_trigger(*each.before))
                add_destroying("DROP TABLE " + quote_name(each.before->name.name));
    }

    [[nodiscard]] bool goes_with_view(catalog::opaque const& trigger) const {
        return std::any_of(changes_.views.begin(), changes_.views.end(), [&](auto const& each) {
            return each.before && same_name(each.before->name.name, trigger.on.name);
        });
    }

    void drop_indexes() {
        for (std::size_t i = 0; i < copies_.size(); ++i)
            for (auto const& each : changes_.altered[i].indexes)
                if (each.before) add("DROP INDEX " + quote_name(each.before->name));
    }

    void drop_tables() {
        for (auto const& each : changes_.dropped)
            add_destroying("DROP TABLE " + quote_name(each.name.name));
    }

    // Names may go round in a circle: then all take a spare one first.
    void rename_tables() {
        std::vector<table_change const*> renamed;
        for (auto const& each : changes_.altered)
            if (each.renamed) renamed.push_back(&each);
        bool const circle = std::any_of(renamed.begin(), renamed.end(), [&](auto const* each) {
            return std::any_of(renamed.begin(), renamed.end(), [&](auto const* other) {
                return same_name(each->after.name.name, other->before.name.name);
            });
        });
        std::vector<std::string> names;
        for (auto const* each : renamed) {
            names.push_back(circle ? spare_name() : each->before.name.name);
            if (circle) rename(each->before.name.name, names.back());
        }
        for (std::size_t i = 0; i < renamed.size(); ++i)
            rename(names[i], renamed[i]->after.name.name);
    }

    void rename(std::string const& from, std::string const& to) {
        add("ALTER TABLE " + quote_name(from) + " RENAME TO " + quote_name(to));
    }

    void alter_tables() {
        for (std::size_t i = 0; i < copies_.size(); ++i) {
            if (copies_[i]) add_copy_steps(steps_, changes_.altered[i], spare_name());
            else add_native_steps(steps_, changes_.altered[i]);
        }
    }

    void create_virtual_tables() {
        for (auto const& each : changes_.others)
            if (each.after && !is_trigger(*each.after)) add(each.after->definition);
    }

    void create_indexes() {
        for (auto const& table : changes_.created)
            for (auto const& each : table.indexes) add(create_index(each, table.name.name));
        for (std::size_t i = 0; i < copies_.size(); ++i) {
            auto const& table = changes_.altered[i].after;
            if (copies_[i])
                for (auto const& each : table.indexes) add(create_index(each, table.name.name));
            else
                for (auto const& each : changes_.altered[i].indexes)
                    if (each.after) add(create_index(*each.after, table.name.name));
        }
    }

    void create_views_and_triggers() {
        if (disturbs_) {
            for (auto const& each : changes_.after.views) add(create_view(each));
            for (auto const& each : changes_.after.others)
                if (is_trigger(each)) add(each.definition);
            return;
        }
        for (auto const& each : changes_.views)
            if (each.after) add(create_view(*each.after));
        for (auto const& each : changes_.after.others)
            if (is_trigger(each) && (is_changed(each) || goes_with_view(each)))
                add(each.definition);
    }

    [[nodiscard]] bool is_changed(catalog::opaque const& trigger) const {
        return std::any_of(changes_.others.begin(), changes_.others.end(),
                           [&](auto const& each) { return each.after && *each.after == trigger; });
    }

    // Fails where a row refers to none, or does not fit its table.
    void check() {
        add("CREATE TEMP TABLE relata_check (found INTEGER CONSTRAINT all_references_and_rows_fit "
            "CHECK (found = 0))");
        add("INSERT INTO temp.relata_check SELECT count(*) FROM pragma_foreign_key_check");
        for (std::size_t i = 0; i < copies_.size(); ++i) {
            auto const& table = changes_.altered[i].after;
            // SQLite 3.40 sees NULLs there that are none, when the key is not the first column
            if (!copies_[i] || find(table.options, "without rowid")) continue;
            add("INSERT INTO temp.relata_check SELECT count(*) FROM pragma_quick_check(" +
                quoted_text(table.name.name) + ") WHERE quick_check <> 'ok'");
        }
        add("DROP TABLE temp.relata_check");
    }

    static std::string quoted_text(std::string const& from) {
        std::string text = "'";
        for (char const c : from) text.append(c == '\'' ? 2 : 1, c);
        return text + "'";
    }

    // A name that no table has, before or after.
    std::string spare_name() {
        auto const taken = [](catalog::schema const& in, std::string const& name) {
            return std::any_of(in.tables.begin(), in.tables.end(),
                               [&](auto const& table) { return same_name(table.name.name, name); });
        };
        std::string name;
        do name = "relata_spare_" + std::to_string(++spare_);
        while (taken(changes_.before, name) || taken(changes_.after, name));
        return name;
    }

    schema_change const& changes_;
    std::vector<bool> copies_;  // by altered table
    bool disturbs_ = false;     // tables or columns go or get other names
    int spare_ = 0;
    std::vector<step> steps_;
};

}  // namespace

std::vector<step> plan(schema_change const& changes, plan_options const&) {
    return planner(changes).made();
}

}  // namespace relata::migrate::sqlite
