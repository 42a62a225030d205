// SPDX-License-Identifier: BSL-1.0

#include <relata/types/enum.hpp>

namespace relata {

std::string_view enumerator_name(enum_info const& info, std::int64_t value) noexcept {
    for (unsigned i = 0; i < info.count; ++i) {
        auto const& e = info.values[i];
        if (e.value == value) return {e.text + e.at, e.size};
    }
    return {};
}

enumerator const* find_enumerator(enum_info const& info, std::string_view name) noexcept {
    for (unsigned i = 0; i < info.count; ++i) {
        auto const& e = info.values[i];
        if (name == std::string_view(e.text + e.at, e.size)) return &e;
    }
    return nullptr;
}

}  // namespace relata
