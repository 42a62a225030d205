// SPDX-License-Identifier: BSL-1.0

#include "migrate/product.hpp"

#include "migrate/postgresql/writing.hpp"

#include <relata/core/error.hpp>

#include <algorithm>
#include <array>
#include <map>

namespace relata::migrate::postgresql {

namespace {

// Opaque things that others can need, in the order in which they are made when none does.
constexpr std::array<std::string_view, 6> in_graph{"collation", "type",      "function",
                                                   "procedure", "aggregate", "cast"};
constexpr std::array<int, 6> ranks{0, 1, 4, 4, 5, 6};
constexpr int rank_of_type = 1;
constexpr int rank_of_sequence = 2;
constexpr int rank_of_table = 3;
constexpr int rank_of_view = 7;

// Those that are made when everything else is there; an event trigger would see what comes after it.
constexpr std::array<std::string_view, 11> afterwards{
    "constraint", "default", "statistics", "trigger",       "trigger state",      "rule",
    "rule state", "policy",  "comment",    "event trigger", "event trigger state"};

[[noreturn]] void refuse_object(catalog::opaque const& o) {
    error_info info;
    info.kind = error_kind::not_supported;
    info.message = "the schema has a " + o.kind + " that cannot be written again: " + o.name.name;
    throw error(std::move(info));
}

class writer {
public:
    explicit writer(catalog::schema const& s) : s_(s) {}

    statements write() {
        check();
        for (auto const& space : s_.spaces) out_.push_back("CREATE SCHEMA " + quote_name(space));
        opaque_of("extension");
        bool const routines = std::any_of(s_.others.begin(), s_.others.end(), [](auto const& o) {
            return o.kind == "function" || o.kind == "procedure";
        });
        // The body of a function can name what is made after it.
        if (routines) out_.push_back("SET check_function_bodies = off");
        make_in_order();
        if (routines) out_.push_back("RESET check_function_bodies");
        finish();
        return std::move(out_);
    }

private:
    void check() const {
        for (auto const& o : s_.others) {
            bool const known =
                o.kind == "extension" ||
                std::find(in_graph.begin(), in_graph.end(), o.kind) != in_graph.end() ||
                std::find(afterwards.begin(), afterwards.end(), o.kind) != afterwards.end();
            if (!known || o.definition.empty()) refuse_object(o);
        }
    }

    void opaque_of(std::string_view kind) {
        for (auto const& o : s_.others)
            if (o.kind == kind) out_.push_back(o.definition);
    }

    void add(std::string_view kind, int rank, catalog::object_name const& name,
             statements definition) {
        catalog::thing const what{std::string(kind), name};
        all_.push_back({what, rank});
        made_[what] = std::move(definition);
    }

    void collect() {
        for (auto const& e : s_.enumerations)
            add("type", rank_of_type, e.name, {create_enumeration(e)});
        for (auto const& d : s_.domains) {
            statements made;
            create_domain(made, d);
            add("type", rank_of_type, d.name, std::move(made));
        }
        for (auto const& q : s_.sequences)
            add("sequence", rank_of_sequence, q.name, {create_sequence(q)});
        for (auto const& t : s_.tables) add("table", rank_of_table, t.name, {});
        for (auto const& v : s_.views) add("view", rank_of_view, v.name, {create_view(v)});
        for (auto const& o : s_.others) {
            auto const at = std::find(in_graph.begin(), in_graph.end(), o.kind);
            if (at != in_graph.end())
                add(o.kind, ranks[static_cast<std::size_t>(at - in_graph.begin())], o.name,
                    {o.definition});
        }
    }

    void make_in_order() {
        collect();
        auto order = in_order(std::move(all_), s_.dependencies);
        without_calls_ = std::move(order.without_calls);
        for (auto const& t : s_.tables) made_[{"table", t.name}] = {create_table(t, has_calls(t))};
        for (auto const& thing : order.things)
            for (auto& statement : made_.at(thing)) out_.push_back(std::move(statement));
    }

    [[nodiscard]] bool has_calls(catalog::table const& t) const {
        return without_calls_.count(t.name) == 0;
    }

    void finish() {
        for (auto const& q : s_.sequences)
            if (!q.owner.empty())
                out_.push_back("ALTER SEQUENCE " + quote_name(q.name) + " OWNED BY " + q.owner);
        for (auto const& t : s_.tables) attach_partition(out_, t);
        for (auto const& t : s_.tables) finish_table(out_, t, has_calls(t));
        for (auto const& t : s_.tables)
            for (auto const& i : t.indexes) out_.push_back(create_index(t.name, i, manner_on(t)));
        for (auto const& v : s_.views)
            for (auto const& i : v.indexes)
                out_.push_back(create_index(v.name, i, index_manner::usual));
        for (auto const& t : s_.tables)
            for (auto const& i : t.indexes) finish_index(out_, t.name, i);
        for (auto const& v : s_.views)
            for (auto const& i : v.indexes) finish_index(out_, v.name, i);
        for (auto const& t : s_.tables)
            for (auto const& f : t.references) out_.push_back(add_reference(t, f));
        for (auto const& [what, text] : comments_of(s_)) out_.push_back(comment_on(what, text));
        for (auto const kind : afterwards) opaque_of(kind);
    }

    catalog::schema const& s_;
    statements out_;
    std::vector<making> all_;
    std::map<catalog::thing, statements> made_;
    std::set<catalog::object_name> without_calls_;
};

}  // namespace

statements create_all(catalog::schema const& wanted) { return writer(wanted).write(); }

std::vector<std::string> create_statements(schema::catalog::schema const& wanted) {
    auto all = create_all(wanted);
    for (auto& each : all) each = with_default_space(std::move(each), wanted.by_search_path);
    return all;
}

}  // namespace relata::migrate::postgresql
