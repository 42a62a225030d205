// SPDX-License-Identifier: BSL-1.0
#include "refusal_support.hpp"

#include <relata/driver/registry.hpp>

#include <catch2/catch.hpp>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <thread>

#include <sys/stat.h>
#include <unistd.h>

using namespace relata;
using driver_tests::check_refused;
namespace fs = std::filesystem;

namespace {

std::string const plugins = RELATA_TEST_PLUGINS;

void check_load(std::string const& file, error_kind kind, std::string const& text) {
    check_refused(kind, text, [&] { driver::load(file); });
}

// RELATA_PLUGIN_PATH for as long as it lives.
class plugin_path {
public:
    explicit plugin_path(std::string const& folder) {
        if (char const* const old = std::getenv(name)) old_ = old;
        setenv(name, folder.c_str(), 1);
    }
    ~plugin_path() { old_.empty() ? unsetenv(name) : setenv(name, old_.c_str(), 1); }
    plugin_path(plugin_path const&) = delete;
    plugin_path& operator=(plugin_path const&) = delete;

private:
    static constexpr char const* name = "RELATA_PLUGIN_PATH";
    std::string old_;
};

class temporary_folder {
public:
    temporary_folder() {
        std::string pattern = (fs::temp_directory_path() / "relata-XXXXXX").string();
        REQUIRE(mkdtemp(pattern.data()));
        path = pattern;
    }
    ~temporary_folder() { fs::remove_all(path); }
    temporary_folder(temporary_folder const&) = delete;
    temporary_folder& operator=(temporary_folder const&) = delete;

    fs::path path;
};

}  // namespace

TEST_CASE("plug-in: is found by its scheme, loaded once, and throws our errors") {
    plugin_path const here(plugins);
    auto const& first = driver::find("right");
    CHECK(std::string(first.name) == "test");
    CHECK(&driver::find("right") == &first);
    CHECK(&driver::load(plugins + "/relata_right.so") == &first);
    auto const all = driver::known();
    CHECK(std::count(all.begin(), all.end(), &first) == 1);
    check_refused(error_kind::connection_failed, "reaches nothing", [&] { first.connect({}); });
}

TEST_CASE("plug-in: a scheme with a suffix has a file of its own") {
    plugin_path const here(plugins);
    CHECK(std::string(driver::find("right+more").schemes[0]) == "right+more");
    check_refused(error_kind::driver_not_found, "no driver for the scheme 'right+less'",
                  [] { driver::find("right+less"); });
}

TEST_CASE("plug-in: one that does not serve the scheme of its file name is passed over") {
    plugin_path const here(plugins);
    check_refused(error_kind::driver_not_found, "no driver for the scheme 'elsewhere'",
                  [] { driver::find("elsewhere"); });
}

TEST_CASE("plug-in: those that lie there are named, though not loaded") {
    plugin_path const here(plugins);
    check_refused(error_kind::driver_not_found,
                  "; did you mean silent? known: ", [] { driver::find("silnt"); });
    check_refused(error_kind::driver_not_found, "install its plug-in in " + plugins,
                  [] { driver::find("oracle"); });
}

TEST_CASE("plug-in: one built for another interface is refused with its path") {
    auto const file = [](char const* name) { return plugins + "/relata_" + name + ".so"; };
    auto const mismatch = error_kind::driver_mismatch;
    check_load(file("old"), mismatch, file("old") + " was built for version 0 of the driver");
    check_load(file("alien"), mismatch, file("alien") + " was built for the C++ library another");
    check_load(file("without_abi"), mismatch, "C++ library (none)");
    check_load(file("empty"), mismatch, file("empty") + " describes no driver");
    check_load(file("deaf"), mismatch, "leaves out its name, schemes, options or connect");
    check_load(file("silent"), error_kind::driver_not_found, "no function relata_driver");
    plugin_path const here(plugins);
    check_refused(mismatch, "version 0", [] { driver::find("old"); });
}

TEST_CASE("plug-in: what is no library is refused with its path and the loader's reason") {
    temporary_folder const folder;
    auto const file = (folder.path / "relata_text.so").string();
    auto const kind = error_kind::driver_not_found;
    check_load(file, kind, "No such file");
    std::ofstream(file) << "this is no library, though it is longer than a header of one would be";
    check_load(file, kind, "plug-in " + file + ": ");
    check_load(folder.path.string(), kind, "this is no file");
    check_load("/dev/null", kind, "this is no file");
    fs::create_symlink("relata_loop.so", folder.path / "relata_loop.so");
    check_load((folder.path / "relata_loop.so").string(), kind, "symbolic links");
}

TEST_CASE("plug-in: only an absolute path is taken") {
    auto const kind = error_kind::driver_not_found;
    for (std::string const file : {"relata_right.so", "./relata_right.so", "", "../x.so", "~/x.so"})
        check_load(file, kind, "the path must be absolute");
    check_load(plugins + "/relata_right.so" + '\0' + "x", kind, "the path must be absolute");
    plugin_path const here("plugins");
    check_refused(kind, "RELATA_PLUGIN_PATH must be one absolute path",
                  [] { driver::find("anything"); });
}

TEST_CASE("plug-in: root loads only what nobody else may write") {
    if (geteuid() != 0) {
        WARN("skipped: this is not root");
        return;
    }
    temporary_folder const folder;
    auto const file = (folder.path / "relata_right.so").string();
    fs::copy_file(plugins + "/relata_right.so", file);
    auto const refused = [&](std::string const& what) {
        check_load(file, error_kind::driver_not_found, "others than root may write " + what);
    };
    auto const change = [](std::string const& path, mode_t mode, uid_t user, gid_t group) {
        REQUIRE(chown(path.c_str(), user, group) == 0);
        REQUIRE(chmod(path.c_str(), mode) == 0);
    };
    auto const parent = folder.path.string();
    change(file, 0646, 0, 0), refused(file);
    change(file, 0664, 0, 12345), refused(file);
    change(file, 0644, 12345, 0), refused(file);
    change(file, 0644, 0, 12345);
    change(parent, 0757, 0, 0), refused(parent);
    change(parent, 01777, 0, 0), refused(parent);
    change(parent, 0775, 0, 12345), refused(parent);
    change(parent, 0755, 12345, 0), refused(parent);
    change(parent, 0755, 0, 0);
    CHECK_NOTHROW(driver::load(file));
}

TEST_CASE("plug-in: loading from several threads gives one driver", "[threads]") {
    std::atomic<driver::entry const*> seen[8] = {};
    std::vector<std::thread> threads;
    for (auto& each : seen)
        threads.emplace_back([&each] { each = &driver::load(plugins + "/relata_right.so"); });
    for (auto& each : threads) each.join();
    for (auto& each : seen) CHECK(each == &driver::load(plugins + "/relata_right.so"));
}

TEST_CASE("plug-in: the SQLite driver works as one") {
    char const* const folder = std::getenv("RELATA_PLUGIN_PATH");
    std::string const file = std::string(folder ? folder : "") + "/relata_sqlite.so";
    if (!folder || !fs::exists(file)) {
        WARN("skipped: RELATA_PLUGIN_PATH does not lead to the SQLite plug-in");
        return;
    }
    auto const& sqlite = driver::load(file);
    CHECK(std::string(sqlite.name) == "sqlite");
    driver::address where;
    where.scheme = "sqlite";
    where.database = ":memory:";
    auto const connection = sqlite.connect(where);
    connection->script("create table t (a integer) strict");
    check_refused(error_kind::already_exists, "",
                  [&] { connection->script("create table t (a integer) strict"); });
    where.options.emplace_back("mode", "wrong");
    check_refused(error_kind::invalid_url, "mode", [&] { sqlite.connect(where); });
}
