// SPDX-License-Identifier: BSL-1.0

#include "migrate/generate_support.hpp"

#include <dlfcn.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <stdexcept>

namespace test {

namespace {

namespace fs = std::filesystem;

// A folder of this process, away at its end.
fs::path folder() {
    static struct own_folder {
        fs::path path =
            fs::temp_directory_path() / ("relata_generated_" + std::to_string(getpid()));
        own_folder() { fs::create_directories(path); }
        ~own_folder() { fs::remove_all(path); }
    } const made;
    return made.path;
}

void run(std::string const& command) {
    auto* const pipe = ::popen((command + " 2>&1").c_str(), "r");
    if (!pipe) throw std::runtime_error("cannot run " + command);
    std::string out;
    char buffer[4096];
    while (auto const count = std::fread(buffer, 1, sizeof buffer, pipe)) out.append(buffer, count);
    if (::pclose(pipe) != 0) throw std::runtime_error(command + "\n" + out.substr(0, 4000));
}

std::string structs_in(compiled_models::part const& part) {
    std::string list;
    std::regex const tables("relata_table\\(std::type_identity<(\\w+)>\\)");
    for (std::sregex_iterator at(part.text.begin(), part.text.end(), tables), end; at != end; ++at)
        list += (list.empty() ? "" : ", ") + part.name_space + "::" + (*at)[1].str();
    return list;
}

fs::path write_source(std::vector<compiled_models::part> const& parts) {
    auto const source = folder() / "models.cpp";
    std::ofstream out(source);
    for (auto const& part : parts) {
        std::ofstream(folder() / (part.name_space + ".hpp")) << part.text;
        out << "#include \"" << part.name_space << ".hpp\"\n";
    }
    for (auto const& part : parts) {
        auto const structs = structs_in(part);
        out << "extern \"C\" void make_" << part.name_space << "(relata::connection& in) {\n"
            << (structs.empty() ? "    (void)in;" : "    in.create_tables<" + structs + ">();")
            << "\n}\n";
    }
    return source;
}

std::string flags() {
    return " -std=c++20 -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror "
           "-Wno-missing-declarations -I " RELATA_SOURCE_FOLDER "/include ";
}

}  // namespace

compiled_models::compiled_models(std::vector<part> const& parts) {
    static int count = 0;
    auto const source = write_source(parts);
    auto const library = folder() / ("models" + std::to_string(++count) + ".so");
    run(RELATA_TEST_COMPILER + flags() + "-fPIC -shared -o " + library.string() + " " +
        source.string());
    library_ = ::dlopen(library.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (!library_) throw std::runtime_error(::dlerror());
}

// It stays loaded: the library keeps the models of its tables for ever.
compiled_models::~compiled_models() = default;

void compiled_models::create_tables(std::string const& name_space, relata::connection& in) const {
    auto* const found = ::dlsym(library_, ("make_" + name_space).c_str());
    if (!found) throw std::runtime_error(::dlerror());
    reinterpret_cast<void (*)(relata::connection&)>(found)(in);
}

void check_with(std::string const& compiler, std::vector<compiled_models::part> const& parts) {
    run(compiler + flags() + "-fsyntax-only " + write_source(parts).string());
}

std::string things(std::vector<relata::migrate::cpp_note> const& notes) {
    std::set<std::string> lines;
    for (auto const& n : notes)
        lines.insert(n.of.kind + " " + n.of.name.space + "." + n.of.name.name + " " + n.part + " " +
                     n.name);
    std::string all;
    for (auto const& line : lines) all += line + "\n";
    return all;
}

}  // namespace test
