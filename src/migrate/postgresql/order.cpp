// SPDX-License-Identifier: BSL-1.0

#include "migrate/postgresql/writing.hpp"

#include <algorithm>
#include <map>

namespace relata::migrate::postgresql {

namespace {

using graph = std::map<catalog::thing, std::vector<catalog::thing>>;

class walk {
public:
    explicit walk(graph const& needs) : needs_(needs) {}

    void visit(catalog::thing const& one) {
        auto const at = needs_.find(one);
        if (at == needs_.end() || !seen_.insert(one).second) return;
        for (auto const& other : at->second) visit(other);
        order_.push_back(one);
    }
    [[nodiscard]] bool reached(catalog::thing const& one) const { return seen_.count(one) != 0; }
    [[nodiscard]] std::vector<catalog::thing>& order() { return order_; }

private:
    graph const& needs_;
    std::set<catalog::thing> seen_;
    std::vector<catalog::thing> order_;
};

bool is_routine(catalog::thing const& t) {
    return t.kind == "function" || t.kind == "procedure" || t.kind == "aggregate";
}

// A table whose default calls a function of its own rows is made before the function, and its
// default after it.
void break_circles(graph& needs, made_order& out) {
    for (auto& [table, others] : needs) {
        if (table.kind != "table" || !std::any_of(others.begin(), others.end(), is_routine))
            continue;
        walk from_functions(needs);
        for (auto const& other : others)
            if (is_routine(other)) from_functions.visit(other);
        if (!from_functions.reached(table)) continue;
        std::erase_if(others, is_routine);
        out.without_calls.insert(table.name);
    }
}

}  // namespace

made_order in_order(std::vector<making> all, std::vector<catalog::dependency> const& known) {
    std::sort(all.begin(), all.end(), [](making const& a, making const& b) {
        return std::tie(a.rank, a.what) < std::tie(b.rank, b.what);
    });
    graph needs;
    for (auto const& one : all) needs[one.what];
    for (auto const& d : known)
        if (auto const at = needs.find(d.of); at != needs.end()) at->second.push_back(d.on);
    made_order out;
    break_circles(needs, out);
    walk through(needs);
    for (auto const& one : all) through.visit(one.what);
    out.things = std::move(through.order());
    return out;
}

}  // namespace relata::migrate::postgresql
