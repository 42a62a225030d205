// SPDX-License-Identifier: BSL-1.0

#include "migrate/characters.hpp"
#include "migrate/folder/layout.hpp"

#include <relata/core/error.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>

namespace relata::migrate {

namespace {

using json = nlohmann::ordered_json;
constexpr std::array<std::string_view, 4> engines{"sqlite", "postgresql", "mysql", "mariadb"};

bool is_name(char c) { return (c >= 'a' && c <= 'z') || is_digit(c) || c == '_'; }

}  // namespace

void refuse_folder(std::string const& why) { fail(error_kind::migration_folder_invalid, why); }

std::string_view name_of(schema::catalog::engine engine) noexcept {
    return engines.at(std::size_t(engine));
}

bool is_id(std::string_view text) noexcept {
    constexpr std::size_t digits = 14;
    constexpr std::size_t most = 200;
    return text.size() > digits + 1 && text.size() <= most && text[digits] == '_' &&
           std::all_of(text.begin(), text.begin() + digits, &is_digit) &&
           std::all_of(text.begin() + digits, text.end(), is_name);
}

bool is_step_name(std::string_view text) noexcept {
    return !text.empty() && std::all_of(text.begin(), text.end(), is_name);
}

bool is_file_name(std::string_view text) noexcept {
    if (text == meta_name || text == "up.sql" || text == "down.sql") return true;
    return std::any_of(engines.begin(), engines.end(), [&](std::string_view engine) {
        auto const with = [&](std::string_view front, std::string_view back) {
            return text.size() == front.size() + engine.size() + back.size() &&
                   text.starts_with(front) && text.ends_with(back) &&
                   text.substr(front.size(), engine.size()) == engine;
        };
        return with("up.", ".sql") || with("down.", ".sql") || with("snapshot.", ".json");
    });
}

void read_meta(migration& to, std::string const& text) {
    auto const where = to.id + "/" + std::string(meta_name) + ": ";
    try {
        auto const meta = json::parse(text);
        if (!meta.is_object() || !meta.contains("parent")) refuse_folder(where + "has no parent");
        for (auto const& [key, value] : meta.items()) {
            if (key == "parent") to.parent = value.is_null() ? "" : value.get<std::string>();
            else if (key == "replaces") to.replaces = value.get<std::vector<std::string>>();
            else refuse_folder(where + "has a member that is not known: " + key);
        }
    } catch (json::exception const&) {
        refuse_folder(where + "is no JSON, or a value has another type");
    }
}

std::string meta_of(migration const& m) {
    json meta;
    meta["parent"] = m.parent.empty() ? json() : json(m.parent);
    if (!m.replaces.empty()) meta["replaces"] = m.replaces;
    return meta.dump(1) + "\n";
}

std::string content_of(std::filesystem::path const& file) {
    std::ifstream in(file, std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(in), {}};
    if (!in || in.bad()) refuse_folder("cannot read " + file.string());
    return text;
}

void write_content(std::filesystem::path const& file, std::string const& content) {
    auto beside = file;
    beside.replace_filename("." + file.filename().string() + ".new");
    std::ofstream out(beside, std::ios::binary | std::ios::trunc);
    out.write(content.data(), std::streamsize(content.size()));
    out.close();
    std::error_code problem;
    if (out) std::filesystem::rename(beside, file, problem);
    if (!out || problem)
        fail(error_kind::unknown, "cannot write " + file.string() + "; nothing was changed there");
}

}  // namespace relata::migrate
