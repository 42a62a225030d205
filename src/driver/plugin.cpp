// SPDX-License-Identifier: BSL-1.0
//
// A plug-in is code, so only the administrator of the process says where it lies: the call of
// `load`, the environment and the build. A URL never does.

#include "driver/plugin.hpp"

#include "core/shown.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <system_error>

#include <dlfcn.h>
#include <sys/stat.h>
#include <unistd.h>

namespace relata::driver::detail {

using relata::detail::shown;

namespace {

namespace fs = std::filesystem;

[[noreturn]] void refuse(fs::path const& file, std::string_view why) {
    fail(error_kind::driver_not_found, fmt::format("plug-in {}: {}", shown(file.native()), why));
}

[[noreturn]] void mismatch(std::string_view origin, std::string_view why) {
    fail(error_kind::driver_mismatch,
         fmt::format("{} {}; build it with the relata that the program uses", origin, why));
}

// What root runs, root alone may change.
void check_owner(fs::path const& file, fs::path const& changeable) {
    struct stat facts{};
    if (stat(changeable.c_str(), &facts) != 0)
        refuse(file, std::error_code(errno, std::generic_category()).message());
    bool const by_group = (facts.st_mode & S_IWGRP) != 0 && facts.st_gid != 0;
    bool const by_all = (facts.st_mode & S_IWOTH) != 0;
    if (facts.st_uid != 0 || by_group || by_all)
        refuse(file, fmt::format("others than root may write {}, and this process runs as root",
                                 shown(changeable.native())));
}

// The file itself, links followed, so that what was checked is what gets loaded.
fs::path checked_path(std::string const& given) {
    fs::path const file(given);
    if (given.find('\0') != given.npos || !file.is_absolute())
        refuse(file, "the path must be absolute");
    std::error_code problem;
    fs::path const real = fs::canonical(file, problem);
    if (problem) refuse(file, problem.message());
    if (!fs::is_regular_file(real, problem)) refuse(file, "this is no file");
    if (geteuid() == 0) {
        check_owner(file, real);
        check_owner(file, real.parent_path());
    }
    return real;
}

char const* plugin_path() {
#if defined(__linux__)
    // not in a program that runs with more rights than its caller
    return secure_getenv("RELATA_PLUGIN_PATH");
#else
    bool const elevated = geteuid() != getuid() || getegid() != getgid();
    return elevated ? nullptr : std::getenv("RELATA_PLUGIN_PATH");
#endif
}

}  // namespace

void check_entry(entry const* driver, std::string_view origin) {
    if (!driver) mismatch(origin, "describes no driver");
    if (driver->version != interface_version)
        mismatch(origin, fmt::format("was built for version {} of the driver interface, not {}",
                                     driver->version, interface_version));
    if (!driver->abi || std::string_view(driver->abi) != abi_tag)
        mismatch(origin, fmt::format("was built for the C++ library {}, not {}",
                                     driver->abi ? shown(driver->abi) : "(none)", abi_tag));
    if (!driver->name || !driver->schemes || !driver->options || !driver->connect)
        mismatch(origin, "leaves out its name, schemes, options or connect function");
}

entry const& load_plugin(std::string const& given) {
    fs::path const file = checked_path(given);
    // RTLD_NOW: a missing symbol is told here, not in the middle of a query.
    void* const library = dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (!library) {
        char const* const why = dlerror();
        refuse(file, shown(why ? why : "it cannot be loaded"));
    }
    void* const symbol = dlsym(library, "relata_driver");
    if (!symbol) refuse(file, "it has no function relata_driver, so it is no driver of relata");
    auto const describe = reinterpret_cast<entry const* (*)()>(symbol);
    entry const* const driver = describe();
    check_entry(driver, fmt::format("plug-in {}", shown(file.native())));
    return *driver;
}

std::vector<std::string> plugin_folders() {
    std::vector<std::string> folders;
    char const* const set = plugin_path();
    if (set && *set) {
        if (*set != '/')
            fail(error_kind::driver_not_found, "RELATA_PLUGIN_PATH must be one absolute path");
        folders.emplace_back(set);
    }
    folders.emplace_back(RELATA_PLUGIN_DIR);
    return folders;
}

std::vector<std::string> plugins_in(std::string const& folder) {
    std::vector<std::string> names;
    std::error_code problem;
    fs::directory_iterator at(folder, problem);
    for (; !problem && at != fs::directory_iterator(); at.increment(problem)) {
        std::string const file = at->path().filename().string();
        if (file.size() > 10 && file.starts_with("relata_") && file.ends_with(".so"))
            names.push_back(file.substr(7, file.size() - 10));
    }
    std::sort(names.begin(), names.end());
    return names;
}

}  // namespace relata::driver::detail
