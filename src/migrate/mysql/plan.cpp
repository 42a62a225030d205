// SPDX-License-Identifier: BSL-1.0

#include "migrate/mysql/alter.hpp"
#include "migrate/mysql/ddl.hpp"
#include "migrate/mysql/online.hpp"
#include "migrate/mysql/script.hpp"
#include "migrate/product.hpp"

#include <algorithm>
#include <set>

namespace relata::migrate::mysql {

namespace {

std::string word_of(catalog::opaque const& program) {
    std::string out;
    for (char const c : program.kind) out += static_cast<char>(c & ~0x20);
    return out;
}

// All statements end the transaction that runs, so that their order alone must keep each of them
// possible: what refers goes first and comes last.
class planner {
public:
    planner(schema_change const& changes, bool online) : changes_(changes), online_(online) {}

    std::vector<step> made() {
        if (has_zero_date(changes_.after.tables) && !changes_.empty())
            to_.in_session(&plain_mode, nullptr);
        find_triggers();
        drop_programs_and_views();
        drop_references();
        for (auto const& each : changes_.dropped)
            to_.add(step{"DROP TABLE " + quote_name(each.name), false, true});
        rename_tables();
        change_sequences();
        for (auto const& each : changes_.created) {
            if (!each.partitioning.by.empty()) to_.in_session(&plain_mode, nullptr);
            to_.add(create_table(each, changes_.engine, {}));
        }
        for (auto const& each : changes_.altered)
            add_alter_steps(to_, each, changes_.engine, online_);
        add_references();
        create_programs_and_views();
        return to_.finish();
    }

private:
    // Triggers of one table run in the order of their making: with one, all are made again.
    void find_triggers() {
        for (auto const& each : changes_.others)
            for (auto const* side : {&each.before, &each.after})
                if (*side && (*side)->kind == "trigger") with_triggers_.insert((*side)->on.name);
        for (auto const& each : changes_.altered)
            if (each.renamed) with_triggers_.insert({each.before.name.name, each.after.name.name});
    }
    void drop_programs_and_views() {
        for (auto const& each : changes_.before.others)
            if (each.kind == "trigger" && with_triggers_.contains(each.on.name)) drop_trigger(each);
        for (auto const& each : changes_.others)
            if (each.before && each.before->kind != "trigger")
                to_.add("DROP " + word_of(*each.before) + ' ' + quote_name(each.before->name));
        for (auto const& each : changes_.views)
            if (each.before) to_.add("DROP VIEW " + quote_name(each.before->name));
    }

    void drop_trigger(catalog::opaque const& trigger) {
        step drop{"DROP TRIGGER " + quote_name(trigger.name)};
        if (online_)
            drop.impact = "rows that are written before it is made again do not run this trigger";
        to_.add(std::move(drop));
    }

    // Those of a table that stays are dropped while others write.
    void drop_references(catalog::object_name const& of, std::string const& clauses, bool stays) {
        step drop{"ALTER TABLE " + quote_name(of) + clauses, false};
        if (online_ && stays) drop.text += ", " + algorithm_of({manner::in_place}, changes_.engine);
        tell_waiters(drop, {manner::in_place});
        to_.add(std::move(drop));
    }
    void drop_references() {
        for (auto const& each : changes_.dropped)
            for (auto const& r : each.references)
                drop_references(each.name, " DROP FOREIGN KEY " + quote_name(r.name), false);
        for (auto const& each : changes_.altered) {
            std::string text;
            for (auto const& r : each.before.references)
                if (goes(each, r))
                    text += (text.empty() ? " DROP FOREIGN KEY " : ", DROP FOREIGN KEY ") +
                            quote_name(r.name);
            if (!text.empty()) drop_references(each.before.name, text, true);
        }
        // of tables that do not change themselves
        for (auto const& table : changes_.before.tables)
            if (stays(table))
                for (auto const& r : table.references)
                    if (is_disturbed(r.other, r.other_columns))
                        drop_references(table.name, " DROP FOREIGN KEY " + quote_name(r.name),
                                        true);
    }

    void add_references() {
        for (auto const& each : changes_.created) add_references(each, each.references, false);
        for (auto const& each : changes_.altered) {
            std::vector<catalog::reference> made;
            for (auto const& r : each.after.references)
                if (comes(each, r)) made.push_back(r);
            add_references(each.after, made, true);
        }
        for (auto const& table : changes_.before.tables) {
            std::vector<catalog::reference> made;
            auto const* now = stays(table) ? changes_.after.find(table.name) : nullptr;
            for (auto const& r : table.references)
                if (now && is_disturbed(r.other, r.other_columns))
                    for (auto const& again : now->references)
                        if (again.name == r.name) made.push_back(again);
            add_references(table, made, true);
        }
    }
    void add_references(catalog::table const& of, std::vector<catalog::reference> const& made,
                        bool has_rows) {
        std::string text;
        for (auto const& r : made)
            text += (text.empty() ? " ADD " : ", ADD ") + reference_clause(r, changes_.engine);
        if (text.empty()) return;
        step all{"ALTER TABLE " + quote_name(of.name) + text, false, false, true};
        tell_waiters(all, {manner::copied});
        if (online_ && has_rows) {
            all.text += ", " + algorithm_of({manner::copied}, changes_.engine);
            all.impact = kept_out("a foreign key is proved on all rows");
        }
        to_.add(std::move(all));
    }

    [[nodiscard]] bool stays(catalog::table const& table) const {
        auto const is = [&](catalog::object_name const& name) { return name == table.name; };
        return std::ranges::none_of(changes_.dropped, is, &catalog::table::name) &&
               std::ranges::none_of(changes_.altered, is,
                                    [](auto const& each) { return each.before.name; });
    }
    // Whether a key or one of these columns of the table changes: then no reference may be on it.
    [[nodiscard]] bool is_disturbed(catalog::object_name const& table,
                                    std::vector<std::string> const& columns) const {
        for (auto const& each : changes_.altered)
            if (each.before.name == table) return disturbs_keys(each, columns);
        return std::ranges::any_of(changes_.dropped,
                                   [&](auto const& each) { return each.name == table; });
    }
    [[nodiscard]] bool goes(table_change const& of, catalog::reference const& r) const {
        return disturbs_keys(of, r.columns) || is_disturbed(r.other, r.other_columns) ||
               std::ranges::any_of(of.references, [&](auto const& each) {
                   return each.before && each.before->name == r.name;
               });
    }
    // What was there and has not gone is there still.
    [[nodiscard]] bool comes(table_change const& of, catalog::reference const& r) const {
        auto const same = [&](auto const& old) { return old.name == r.name; };
        auto const before = std::ranges::find_if(of.before.references, same);
        return before == of.before.references.end() || goes(of, *before);
    }

    // One statement, atomic; through spare names, as names may go round in a circle.
    void rename_tables() {
        std::string text;
        std::string second;
        int spare = 0;
        for (auto const& each : changes_.altered) {
            if (!each.renamed) continue;
            auto const between = quote_name("relata_spare_" + std::to_string(++spare));
            text += (text.empty() ? "" : ", ") + quote_name(each.before.name) + " TO " + between;
            second += ", " + between + " TO " + quote_name(each.after.name);
        }
        if (!text.empty()) to_.add("RENAME TABLE " + text + second);
    }

    void change_sequences() {
        for (auto const& each : changes_.sequences) {
            if (!each.after)
                to_.add(step{"DROP SEQUENCE " + quote_name(each.before->name), false, true});
            else if (!each.before) to_.add(create_sequence(*each.after));
            else to_.add("ALTER" + create_sequence(*each.after).substr(sizeof("CREATE") - 1));
        }
    }

    void create_programs_and_views() {
        std::vector<catalog::opaque> programs;
        for (auto const& each : changes_.others)
            if (each.after && each.after->kind != "trigger") programs.push_back(*each.after);
        for (auto const& each : changes_.after.others)
            if (each.kind == "trigger" && with_triggers_.contains(each.on.name))
                programs.push_back(each);
        std::vector<catalog::view> views;
        for (auto const& each : changes_.views)
            if (each.after) views.push_back(*each.after);
        add_programs(to_, programs, {"function", "procedure"});
        add_views(to_, views);
        add_programs(to_, programs, {"trigger"});
        add_programs(to_, programs, {"event"});
    }

    schema_change const& changes_;
    bool online_;
    script to_;
    std::set<std::string> with_triggers_;  // tables whose triggers are made again
};

}  // namespace

std::vector<step> plan(schema_change const& changes, plan_options const& options) {
    return planner(changes, options.online).made();
}

}  // namespace relata::migrate::mysql
