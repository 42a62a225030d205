// SPDX-License-Identifier: BSL-1.0
// The order of migrations, and the hashes that prove it.

#include "migrate/folder/layout.hpp"
#include "migrate/hash.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace relata::migrate {

namespace {

using by_parent = std::map<std::string, migration*>;

by_parent children_of(std::vector<migration>& all) {
    std::set<std::string> ids;
    for (auto const& each : all) ids.insert(each.id);
    by_parent children;
    for (auto& each : all) {
        if (!each.parent.empty() && !ids.contains(each.parent))
            refuse_folder("the parent of " + each.id + " is missing: " + each.parent +
                          "; restore its directory, or name another parent in meta.json");
        auto const [at, added] = children.try_emplace(each.parent, &each);
        if (added) continue;
        auto const [first, second] = std::minmax(at->second->id, each.id);
        refuse_folder("two migrations come after " +
                      (each.parent.empty() ? "nothing" : each.parent) + ": " + first + " and " +
                      second + "; make " + first + " the parent of " + second +
                      " in its meta.json, or the other way round, and write the hashes again");
    }
    return children;
}

std::string hash_after(std::string const& before, migration const& m) {
    auto text = before + "\n" + m.id + "\n";
    for (auto const& file : m.files)
        text += file.name + "\n" + std::to_string(file.content.size()) + "\n" + file.content;
    return sha256(text);
}

struct sum_line {
    std::string hash;
    std::string id;
};

std::vector<sum_line> lines_of(std::string const& sum) {
    constexpr std::size_t digits = 64;
    std::vector<sum_line> lines;
    for (std::size_t at = 0; at < sum.size();) {
        auto const end = std::min(sum.find('\n', at), sum.size());
        auto const line = sum.substr(at, end - at);
        at = end + 1;
        if (line.size() < digits + 2 || line[digits] != ' ' || !is_id(line.substr(digits + 1)))
            refuse_folder(
                "relata.sum:" + std::to_string(lines.size() + 1) +
                ": is no hash and id; if it is left from a merge, write the hashes again");
        lines.push_back({line.substr(0, digits), line.substr(digits + 1)});
    }
    return lines;
}

}  // namespace

std::vector<migration> in_order(std::vector<migration> unordered) {
    auto children = children_of(unordered);
    std::vector<migration> ordered;
    std::string hash;
    for (auto at = children.find(""); at != children.end();) {
        auto& next = ordered.emplace_back(std::move(*at->second));
        hash = next.hash = hash_after(hash, next);
        children.erase(at);
        at = children.find(next.id);
    }
    if (!children.empty())
        refuse_folder("no first migration leads to " + children.begin()->first +
                      "; its parents are a circle: mend parent in meta.json");
    return ordered;
}

std::string sum_of(std::vector<migration> const& ordered) {
    std::string sum;
    for (auto const& each : ordered) sum += each.hash + " " + each.id + "\n";
    return sum;
}

void demand_sum(std::vector<migration> const& ordered, std::string const& sum) {
    auto const lines = lines_of(sum);
    for (auto const& line : lines)
        if (std::none_of(ordered.begin(), ordered.end(),
                         [&](auto const& each) { return each.id == line.id; }))
            refuse_folder(line.id +
                          " is in relata.sum and not in the folder; restore it, or, if it "
                          "was never applied anywhere, write the hashes again");
    for (auto const& each : ordered)
        if (std::none_of(lines.begin(), lines.end(),
                         [&](auto const& line) { return each.id == line.id; }))
            refuse_folder(each.id + " is not in relata.sum; write the hashes again if it was added "
                                    "by hand or by a merge");
    for (std::size_t i = 0; i < ordered.size(); ++i) {
        if (lines[i].id != ordered[i].id)
            refuse_folder("relata.sum has " + lines[i].id + " where " + ordered[i].id +
                          " is; the order was changed: write the hashes again if that was meant");
        if (lines[i].hash != ordered[i].hash)
            refuse_folder(ordered[i].id + " was edited; restore its files, or, if the change was "
                                          "meant, write the hashes again");
    }
    if (lines.size() != ordered.size()) refuse_folder("relata.sum names a migration twice");
}

}  // namespace relata::migrate
