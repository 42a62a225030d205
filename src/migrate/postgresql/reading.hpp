// SPDX-License-Identifier: BSL-1.0
// What the readers of PostgreSQL's catalogue share: one query each, tied together by object ids.
#pragma once

#include <relata/engine/handle.hpp>
#include <relata/schema/catalog.hpp>
#include <relata/sql/raw.hpp>

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <vector>

namespace relata::migrate::postgresql {

namespace catalog = schema::catalog;

using object_id = std::int64_t;

// The catalogues that an object id can be of; their own ids are the same on every server.
namespace in {
inline constexpr object_id types = 1247;
inline constexpr object_id functions = 1255;
inline constexpr object_id relations = 1259;
inline constexpr object_id constraints = 2606;
inline constexpr object_id defaults = 2604;
inline constexpr object_id rules = 2618;
inline constexpr object_id extensions = 3079;
inline constexpr object_id casts = 2605;
inline constexpr object_id collations = 3456;
}  // namespace in

/// A comment, and how the server names what it is on.
struct comment {
    std::string text;
    std::string kind;
    std::string identity;
    bool taken = false;  ///< it has found its place in the model
};

/// A table, view or composite type while it is read.
struct relation {
    catalog::object_name name;
    std::string kind;  ///< as in pg_class.relkind
    catalog::table table;
    catalog::view view;
    std::vector<std::string> columns;  ///< by number, from 1; empty: dropped
};

struct reading {
    handle const& from;
    catalog::schema& out;
    int version;  ///< as in 150004
    std::map<object_id, relation> relations{};
    std::map<std::tuple<object_id, object_id, std::int32_t>, comment> comments{};
    /// What each row of a catalogue belongs to, for the dependencies.
    std::map<std::pair<object_id, object_id>, catalog::thing> things{};

    template <class Row> [[nodiscard]] std::vector<Row> rows(std::string_view sql) const {
        return from.all(sql_query<Row>(unsafe_sql(sql)));
    }
    [[nodiscard]] relation* find(object_id id) {
        auto const at = relations.find(id);
        return at == relations.end() ? nullptr : &at->second;
    }
    [[nodiscard]] std::string take_comment(object_id catalogue, object_id id,
                                           std::int32_t part = 0);
    /// Says what a row of a catalogue belongs to.
    void is(object_id catalogue, object_id id, std::string_view kind, catalog::object_name name) {
        things.try_emplace({catalogue, id}, catalog::thing{std::string(kind), std::move(name)});
    }
    void keep(std::string_view kind, catalog::object_name name, catalog::object_name on,
              std::string definition);
};

inline void set(std::vector<catalog::option>& options, std::string_view name,
                std::string value = {}) {
    options.push_back({std::string(name), std::move(value)});
}
/// In the model the default namespace has no name.
[[nodiscard]] catalog::object_name named(std::string_view space, std::string_view name);
/// The numbers of "{1,2}" or "1 2".
[[nodiscard]] std::vector<object_id> numbers(std::string_view list);
/// name=value lines, as the server keeps storage options.
void add_options(std::vector<catalog::option>& to, std::string_view lines,
                 std::string_view prefix = {});
/// An expression as the server tells it, in one spelling where it has several:
/// without parentheses around the whole, and with lists of texts cast as one.
[[nodiscard]] std::string one_spelling(std::string expression);

void read_comments(reading& r);
void read_relations(reading& r);
void read_columns(reading& r);
void read_indexes(reading& r);
void read_constraints(reading& r);
void read_sequences(reading& r);
void read_types(reading& r);
void read_routines(reading& r);
void read_others(reading& r);
void read_dependencies(reading& r);

}  // namespace relata::migrate::postgresql
