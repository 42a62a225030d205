// SPDX-License-Identifier: BSL-1.0

#include "cli/source.hpp"

#include <relata/migrate/folder.hpp>
#include <relata/migrate/generate.hpp>
#include <relata/migrate/inspect.hpp>
#include <relata/migrate/snapshot.hpp>

#include <filesystem>
#include <fstream>
#include <iterator>

namespace relata::cli {

namespace {

// Anything that may hold a password goes to `open`, whose errors show none.
bool is_url(std::string const& text) {
    auto const colon = text.find(':');
    return text.find("://") != text.npos ||
           (colon != text.npos && colon > 1 &&
            text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789+_") == colon);
}

catalog::schema of_database(std::string const& url) {
    auto const opened = open(url);
    auto connection = opened.connect();
    return migrate::inspect(connection);
}

catalog::schema empty_schema(catalog::engine engine) {
    catalog::schema none;
    none.engine = engine;
    return none;
}

// Of what must be made somewhere to be seen. Empties the scratch database again, and says if it cannot.
template <class Make>
catalog::schema made_in_scratch(session const& s, std::optional<catalog::engine> engine,
                                Make const& make) {
    auto const dev = s.dev_url();
    migrate::scratch scratch(engine        ? s.scratch_url(*engine)
                             : dev.empty() ? "sqlite::memory:"
                                           : dev);
    make(scratch);
    auto found = scratch.inspect();
    scratch.clear();
    return found;
}

// What the last migration leaves: its snapshot, or all of them run in a scratch database.
catalog::schema of_folder(session const& s, std::string const& path,
                          std::optional<catalog::engine> engine) {
    auto const folder = migrate::read_folder(path);
    if (engine) {
        if (folder.migrations.empty()) return empty_schema(*engine);
        if (auto kept = folder.migrations.back().snapshot(*engine)) return *kept;
    }
    return made_in_scratch(s, engine, [&](migrate::scratch& in) {
        for (auto const& each : folder.migrations) in.run(each.up(in.engine()));
    });
}

}  // namespace

bool has_engine(std::string const& source) {
    return source != "empty" && source != "model" && !source.ends_with(".sql") &&
           !std::filesystem::is_directory(source);
}

std::string content_of(std::string const& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in || std::filesystem::is_directory(file))
        throw usage_error("cannot read the file " + file);
    return {std::istreambuf_iterator<char>(in), {}};
}

catalog::schema read_source(session const& s, std::string const& source,
                            std::optional<catalog::engine> engine) {
    if (source == "empty") {
        if (engine) return empty_schema(*engine);
        auto const dev = s.dev_url();
        return empty_schema(dev.empty() ? catalog::engine::sqlite : migrate::scratch(dev).engine());
    }
    if (source == "model") {
        if (!s.models.create)
            throw usage_error(
                "'model' are the tables of a program: this one has none. Link relata::migrate_main "
                "into a program that gives it its tables");
        return made_in_scratch(s, engine, [&](migrate::scratch& in) { in.make(s.models); });
    }
    if (source.starts_with("env:")) {
        auto named = s;
        named.environment_name = source.substr(4);
        named.url.clear();
        return of_database(named.database_url({}));
    }
    if (source.ends_with(".json")) return migrate::from_json(content_of(source));
    if (source.ends_with(".sql")) {
        auto const sql = content_of(source);
        return made_in_scratch(s, engine, [&](migrate::scratch& in) { in.run(sql, source); });
    }
    if (std::filesystem::is_directory(source)) return of_folder(s, source, engine);
    if (is_url(source)) return of_database(source);
    throw usage_error("'" + source + "' has no schema: it must be " + source_text);
}

two_schemas read_both(session const& s, std::string const& from, std::string const& to) {
    two_schemas out;
    if (has_engine(from) || !has_engine(to)) {
        out.from = read_source(s, from);
        auto const engine =
            from == "empty" && !has_engine(to) ? std::nullopt : std::optional(out.from.engine);
        out.to = read_source(s, to, engine);
        if (from == "empty") out.from.engine = out.to.engine;
    } else {
        out.to = read_source(s, to);
        out.from = read_source(s, from, out.to.engine);
    }
    if (to == "model" && from != "model") out.to = migrate::adopt(out.from, out.to);
    else if (from == "model") out.from = migrate::adopt(out.to, out.from);
    return out;
}

}  // namespace relata::cli
