// SPDX-License-Identifier: BSL-1.0
// Names of the things in a folder of migrations, and what reading and writing share.
#pragma once

#include <relata/migrate/folder.hpp>

#include <filesystem>

namespace relata::migrate {

inline constexpr std::string_view sum_name = "relata.sum";
inline constexpr std::string_view meta_name = "meta.json";

[[noreturn]] void refuse_folder(std::string const& why);

[[nodiscard]] std::string_view name_of(schema::catalog::engine engine) noexcept;
/// 14 digits, an underscore, and a name of lower case letters, digits and underscores.
[[nodiscard]] bool is_id(std::string_view text) noexcept;
/// What begins the line that mentions a data step.
inline constexpr std::string_view step_mark = "-- relata:step ";
/// Lower case letters, digits and underscores.
[[nodiscard]] bool is_step_name(std::string_view text) noexcept;
/// Whether a migration may have a file of this name.
[[nodiscard]] bool is_file_name(std::string_view text) noexcept;

/// The parent and replaced ids of a meta.json.
void read_meta(migration& to, std::string const& text);
[[nodiscard]] std::string meta_of(migration const& m);

/// In the order of their parents, with hashes.
[[nodiscard]] std::vector<migration> in_order(std::vector<migration> unordered);
[[nodiscard]] std::string sum_of(std::vector<migration> const& ordered);
/// Throws for the first thing in which the text of relata.sum differs from these migrations.
void demand_sum(std::vector<migration> const& ordered, std::string const& sum);

/// The files of a migration that is written for these engines.
[[nodiscard]] std::vector<migration_file> files_of(migration const& m,
                                                   std::vector<engine_steps> const& steps,
                                                   std::string const& script = {});
/// Writes a directory with these files, all or none.
void write_directory(std::filesystem::path const& directory,
                     std::vector<migration_file> const& files);

[[nodiscard]] std::string content_of(std::filesystem::path const& file);
/// Writes beside the file first, so that a crash leaves the old one or the new one.
void write_content(std::filesystem::path const& file, std::string const& content);

}  // namespace relata::migrate
