// SPDX-License-Identifier: BSL-1.0
// relata squash: one migration in place of several.

#include "cli/session.hpp"

#include <relata/migrate/squash.hpp>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <set>

namespace relata::cli {

namespace {

struct squash_options {
    std::string first;
    std::string last;
    std::string name;
    std::vector<std::string> empty;  ///< URLs of databases to prove it in
    bool dry_run = false;
};

std::vector<migrate::migration> chosen(session const& s, migrate::folder const& folder,
                                       squash_options const& o) {
    auto const place = [&](std::string const& id) {
        if (folder.find(id)) return folder.place_of(id);
        throw usage_error("there is no migration '" + id + "' in " + s.folder_path() + "; `" +
                          s.program + " status` lists them");
    };
    auto const first = static_cast<std::ptrdiff_t>(place(o.first));
    auto const last = static_cast<std::ptrdiff_t>(place(o.last));
    if (first > last)
        throw usage_error(o.last + " comes before " + o.first + ": say the older one first");
    auto const begin = folder.migrations.begin();
    return {begin + first, begin + last + 1};
}

// Each engine that has statements of its own must have a database in which they can be tried.
void check_engines(std::vector<migrate::migration> const& all,
                   std::set<catalog::engine> const& given) {
    using catalog::engine;
    for (auto const on : {engine::sqlite, engine::postgresql, engine::mysql, engine::mariadb}) {
        auto const own = std::string("up.") + name_of(on) + ".sql";
        bool const needed = std::any_of(all.begin(), all.end(), [&](auto const& m) {
            return std::any_of(m.files.begin(), m.files.end(),
                               [&](auto const& file) { return file.name == own; });
        });
        if (needed && !given.contains(on))
            throw usage_error(std::string("an empty database of ") + name_of(on) +
                              " is needed to prove that nothing is lost: give its URL with "
                              "--prove-in; nothing was changed");
    }
}

// A copy of the folder, which goes with it.
class copied_folder {
public:
    explicit copied_folder(std::string const& original) {
        auto name = (std::filesystem::temp_directory_path() / "relata-XXXXXX").string();
        if (!mkdtemp(name.data()))
            throw error(error_kind::invalid_argument,
                        "no folder can be made in " +
                            std::filesystem::temp_directory_path().string());
        path_ = name;
        std::filesystem::copy(original, path_, std::filesystem::copy_options::recursive);
    }
    ~copied_folder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    copied_folder(copied_folder const&) = delete;
    copied_folder& operator=(copied_folder const&) = delete;
    [[nodiscard]] std::string const& path() const { return path_; }

private:
    std::string path_;
};

int run_squash(session& s, squash_options const& o) {
    auto const path = s.folder_path();
    auto const all = chosen(s, migrate::read_folder(path), o);
    auto urls = o.empty.empty() ? s.dev_urls() : o.empty;
    if (urls.empty()) urls.push_back("sqlite::memory:");
    std::set<catalog::engine> engines;
    std::vector<database> empty;
    for (auto const& each : urls) {
        engines.insert(migrate::scratch(each).engine());  // refuses one that is not empty
        empty.push_back(open(each));
    }
    check_engines(all, engines);
    if (o.dry_run) {
        copied_folder const copy(path);
        (void)migrate::squash(copy.path(), o.first, o.last, o.name, empty, s.steps);
        s.out.note(std::to_string(all.size()) +
                   " migrations and one in place of them make the same; the folder is as it was");
        return done;
    }
    auto const made = migrate::squash(path, o.first, o.last, o.name, empty, s.steps);
    auto const id = o.last.substr(0, 15) + o.name;
    if (s.out.json())
        s.out.event(
            {{"event", "squashed"}, {"migration", id}, {"replaces", made.find(id)->replaces}});
    else s.out.line((std::filesystem::path(path) / id).string());
    s.out.note("in place of " + std::to_string(all.size()) +
               " migrations; a database that has all of them takes it for applied");
    return done;
}

}  // namespace

void add_squash(command& all, session& s) {
    auto command = all.add("squash", "Make one migration of several, and prove it the same");
    command.footer(
        "Both ways are replayed in an empty database, which is empty again afterwards. Ends with "
        "8\n"
        "when they make different schemas; the folder is then as it was. A database that has only\n"
        "some of them must get the others first. Examples:\n"
        "  relata squash 20261122090000_start 20261203080000_labels first_release\n"
        "  relata squash 20261122090000_start 20261203080000_labels first_release \\\n"
        "      --prove-in postgresql://localhost/empty --prove-in mysql://localhost/empty");
    auto& options = add_action(command, s, run_squash);
    command.value("first", options.first, "the oldest of them").required().shown_as("ID");
    command.value("last", options.last, "the newest of them").required().shown_as("ID");
    command.value("name", options.name, "of the new one: lower case letters, digits, underscores")
        .required()
        .shown_as("NAME");
    command
        .repeated("--prove-in", options.empty,
                  "empty database, one of each engine; default: --dev, or SQLite's memory")
        .shown_as("URL");
    command.flag("--dry-run", options.dry_run, "prove it, and leave the folder as it is");
}

}  // namespace relata::cli
