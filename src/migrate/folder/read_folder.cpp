// SPDX-License-Identifier: BSL-1.0

#include "migrate/folder/layout.hpp"
#include "migrate/folder/lexer.hpp"

#include <algorithm>

namespace relata::migrate {

namespace {

namespace fs = std::filesystem;

// The entries by name, without those whose names begin with a dot.
std::vector<fs::path> entries_of(fs::path const& directory) {
    std::vector<fs::path> entries;
    std::error_code problem;
    for (fs::directory_iterator at(directory, problem), end; !problem && at != end;
         at.increment(problem))
        if (!at->path().filename().string().starts_with('.')) entries.push_back(at->path());
    if (problem) refuse_folder("cannot read " + directory.string() + ": " + problem.message());
    std::sort(entries.begin(), entries.end());
    return entries;
}

bool has_statements(migration const& m) {
    return std::any_of(m.files.begin(), m.files.end(),
                       [](auto const& file) { return file.name.starts_with("up."); });
}

migration read_migration(fs::path const& directory) {
    migration m;
    m.id = directory.filename().string();
    if (!is_id(m.id))
        refuse_folder(m.id + " is no name of a migration: 14 digits, an underscore, and lower case "
                             "letters, digits and underscores; rename it or take it away");
    bool has_meta = false;
    for (auto const& each : entries_of(directory)) {
        auto const name = each.filename().string();
        if (!is_file_name(name))
            refuse_folder(m.id + "/" + name + " is not known here; take it away");
        m.files.push_back({name, normalised(content_of(each))});
        if (name != meta_name) continue;
        has_meta = true;
        read_meta(m, m.files.back().content);
    }
    if (!has_meta) refuse_folder(m.id + " has no meta.json; restore it");
    if (!has_statements(m)) refuse_folder(m.id + " has no up.sql or up.<engine>.sql; restore it");
    return m;
}

}  // namespace

folder read_unproved(std::string const& path) {
    std::vector<migration> all;
    for (auto const& each : entries_of(path)) {
        std::error_code ignored;
        if (fs::is_directory(each, ignored)) all.push_back(read_migration(each));
        else if (each.filename() != sum_name)
            refuse_folder(each.filename().string() + " is not known in a folder of migrations; "
                                                     "take it away");
    }
    return {path, in_order(std::move(all))};
}

folder read_folder(std::string const& path) {
    auto found = read_unproved(path);
    auto const sum = fs::path(path) / sum_name;
    std::error_code ignored;
    if (fs::exists(sum, ignored)) demand_sum(found.migrations, normalised(content_of(sum)));
    else if (!found.migrations.empty())
        refuse_folder("relata.sum is missing; restore it, or write the hashes again");
    return found;
}

}  // namespace relata::migrate
