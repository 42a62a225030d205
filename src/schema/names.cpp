// SPDX-License-Identifier: BSL-1.0

#include "schema/names.hpp"

#include <cstdint>

namespace relata::schema {

bool valid_name(std::string_view name) noexcept {
    if (name.empty() || name.size() > longest_name) return false;
    if (name[0] < 'a' || name[0] > 'z') return false;
    for (char const c : name)
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_')) return false;
    return true;
}

std::string fitted_name(std::string name) {
    if (name.size() <= longest_name) return name;
    std::uint32_t hash =
        2166136261U;  // FNV-1a: the same name on every machine and in every version
    for (char const c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
    name.resize(longest_name - 9);
    name += '_';
    for (int shift = 28; shift >= 0; shift -= 4) name += "0123456789abcdef"[hash >> shift & 15U];
    return name;
}

std::string constraint_name(std::string_view table, std::string_view what,
                            std::string_view suffix) {
    std::string name(table);
    if (!what.empty()) (name += '_') += what;
    (name += '_') += suffix;
    return fitted_name(std::move(name));
}

}  // namespace relata::schema
