// SPDX-License-Identifier: BSL-1.0

#include "migrate/folder/layout.hpp"
#include "migrate/hash.hpp"

#include <relata/core/error.hpp>
#include <relata/migrate/snapshot.hpp>

#include <algorithm>

namespace relata::migrate {

namespace {

using schema::catalog::engine;

migration_file const* find_file(migration const& in, std::string const& name) noexcept {
    auto const at = std::find_if(in.files.begin(), in.files.end(),
                                 [&](auto const& file) { return file.name == name; });
    return at == in.files.end() ? nullptr : &*at;
}

// The most special file there is.
migration_file const* script_for(migration const& in, std::string const& way, engine on) noexcept {
    if (auto const* own = find_file(in, way + "." + std::string(name_of(on)) + ".sql")) return own;
    if (on == engine::mariadb)
        if (auto const* like = find_file(in, way + ".mysql.sql")) return like;
    return find_file(in, way + ".sql");
}

migration_file const& demand(migration const& in, std::string const& way, engine on) {
    if (auto const* found = script_for(in, way, on)) return *found;
    refuse_folder(in.id + " has no " + way + "." + std::string(name_of(on)) + ".sql and no " + way +
                  ".sql: it is not made for this engine; write one, an empty one if nothing is to "
                  "be done");
}

std::vector<statement> statements(migration const& in, std::string const& way, engine on) {
    auto const& file = demand(in, way, on);
    return read_script(file.content, on, in.id + "/" + file.name);
}

}  // namespace

bool migration::has_up(engine on) const noexcept { return script_for(*this, "up", on); }
bool migration::has_down(engine on) const noexcept { return script_for(*this, "down", on); }
std::vector<statement> migration::up(engine on) const { return statements(*this, "up", on); }
std::vector<statement> migration::down(engine on) const { return statements(*this, "down", on); }
std::string migration::up_hash(engine on) const { return sha256(demand(*this, "up", on).content); }

std::optional<schema::catalog::schema> migration::snapshot(engine on) const {
    auto const name = "snapshot." + std::string(name_of(on)) + ".json";
    auto const* file = find_file(*this, name);
    if (!file) return std::nullopt;
    try {
        auto found = from_json(file->content);
        if (found.engine == on) return found;
    } catch (error const& e) {
        refuse_folder(id + "/" + name + ": " + e.message());
    }
    refuse_folder(id + "/" + name + " is of another engine");
}

migration const* folder::find(std::string_view id) const noexcept {
    auto const at = place_of(id);
    return at < migrations.size() ? &migrations[at] : nullptr;
}

std::size_t folder::place_of(std::string_view id) const noexcept {
    return std::size_t(std::find_if(migrations.begin(), migrations.end(),
                                    [&](auto const& each) { return each.id == id; }) -
                       migrations.begin());
}

}  // namespace relata::migrate
