// SPDX-License-Identifier: BSL-1.0

#include <relata/migrate/snapshot.hpp>

#include "migrate/snapshot_fields.hpp"

#include <relata/core/error.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <type_traits>

namespace relata::migrate {

namespace {

using json = nlohmann::ordered_json;
namespace catalog = schema::catalog;
using snapshot::fields;
using snapshot::of;
using snapshot::spelled;

constexpr int format = 1;

[[noreturn]] void no_snapshot(std::string const& why) {
    throw error(error_kind::invalid_argument, "this is no schema snapshot: " + why);
}

template <class T> struct list_of {
    static constexpr bool is = false;
};
template <class T> struct list_of<std::vector<T>> {
    static constexpr bool is = true;
};
template <class T> struct optional_of {
    static constexpr bool is = false;
};
template <class T> struct optional_of<std::optional<T>> {
    static constexpr bool is = true;
};

template <class T> json write(T const& from) {
    if constexpr (std::is_same_v<T, std::string> || std::is_same_v<T, bool>) {
        return from;
    } else if constexpr (std::is_enum_v<T>) {
        return spelled(of<T>{}).at(static_cast<std::size_t>(from));
    } else if constexpr (list_of<T>::is) {
        auto to = json::array();
        for (auto const& each : from) to.push_back(write(each));
        return to;
    } else if constexpr (optional_of<T>::is) {
        return write(*from);
    } else {
        auto to = json::object();
        static T const usual{};
        std::apply(
            [&](auto const&... each) {
                auto const one = [&](auto const& f) {
                    if (!(from.*f.member == usual.*f.member)) to[f.key] = write(from.*f.member);
                };
                (one(each), ...);
            },
            fields(of<T>{}));
        return to;
    }
}

template <class T> void read(json const& from, T& to);

template <class T> void read_members(json const& from, T& to) {
    if (!from.is_object())
        no_snapshot("an object is expected where there is " + std::string(from.type_name()));
    std::size_t known = 0;
    std::apply(
        [&](auto const&... each) {
            auto const one = [&](auto const& f) {
                auto const at = from.find(f.key);
                if (at == from.end()) return;
                ++known;
                read(*at, to.*f.member);
            };
            (one(each), ...);
        },
        fields(of<T>{}));
    if (known != from.size()) no_snapshot("it has a member that is not known");
}

template <class T> void read(json const& from, T& to) {
    if constexpr (std::is_same_v<T, std::string> || std::is_same_v<T, bool>) {
        to = from.get<T>();
    } else if constexpr (std::is_enum_v<T>) {
        auto const all = spelled(of<T>{});
        auto const at = std::find(all.begin(), all.end(), from.get<std::string>());
        if (at == all.end()) no_snapshot("a word is not known");
        to = static_cast<T>(at - all.begin());
    } else if constexpr (list_of<T>::is) {
        if (!from.is_array())
            no_snapshot("a list is expected where there is " + std::string(from.type_name()));
        for (auto const& each : from) read(each, to.emplace_back());
    } else if constexpr (optional_of<T>::is) {
        read(from, to.emplace());
    } else {
        read_members(from, to);
    }
}

}  // namespace

std::string to_json(schema::catalog::schema const& from) {
    try {
        auto to = json::object();
        to["format"] = format;
        to["engine"] = write(from.engine);  // said also where it is the usual one
        to.update(write(from));
        return to.dump(1) + "\n";
    } catch (json::exception const&) {
        throw error(error_kind::text_invalid, "the schema has text that is not UTF-8");
    }
}

schema::catalog::schema from_json(std::string_view text) {
    try {
        auto from = json::parse(text);
        if (!from.is_object() || !from.contains("format")) no_snapshot("it has no format");
        if (from["format"] != format) no_snapshot("its format is another than 1");
        from.erase("format");
        catalog::schema found;
        read(from, found);
        return found;
    } catch (json::exception const&) {
        no_snapshot("it is no JSON, or a value has another type");
    }
}

}  // namespace relata::migrate
