// SPDX-License-Identifier: BSL-1.0

#include "migrate/folder_support.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <utility>

#include <stdlib.h>

namespace test {

namespace fs = std::filesystem;

scratch_folder::scratch_folder()
    : path_((fs::temp_directory_path() / "relata-migrations-XXXXXX").string()) {
    if (!::mkdtemp(path_.data())) throw std::runtime_error("no temporary folder");
}

scratch_folder::~scratch_folder() {
    std::error_code ignored;
    if (!path_.empty()) fs::remove_all(path_, ignored);
}

scratch_folder::scratch_folder(scratch_folder&& other) noexcept
    : path_(std::exchange(other.path_, {})) {}

void scratch_folder::write(std::string const& name, std::string const& content) const {
    auto const file = fs::path(path_) / name;
    fs::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << content;
}

void scratch_folder::remove(std::string const& name) const {
    if (fs::remove_all(fs::path(path_) / name) == 0) throw std::runtime_error("no " + name);
}

std::vector<std::string> scratch_folder::files() const {
    std::vector<std::string> names;
    for (auto const& each : fs::recursive_directory_iterator(path_))
        names.push_back(each.path().lexically_relative(path_).string());
    std::sort(names.begin(), names.end());
    return names;
}

}  // namespace test
