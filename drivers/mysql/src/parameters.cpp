// SPDX-License-Identifier: BSL-1.0

#include "parameters.hpp"

namespace relata::mysql::detail {

void parameters::resize(unsigned count) {
    slots_.resize(count);
    bindings_.resize(count);
    for (slot& s : slots_) {
        s.type = MYSQL_TYPE_NULL;
        s.is_unsigned = false;
        s.whole = false;
        s.data = "";
        s.length = 0;
        s.null = 1;
    }
    changed_ = true;
}

void parameters::demand_integers(type_info const* const* types, unsigned count) {
    if (!types) return;
    for (unsigned i = 0; i < count; ++i)
        if (types[i])
            slots_[i].whole = types[i]->kind >= kind::int8 && types[i]->kind <= kind::uint64;
}

bool parameters::bind_types(MYSQL_STMT* statement, unsigned count) {
    for (unsigned i = 0; i < count; ++i) {
        slot& s = slots_[i];
        MYSQL_BIND binding{};
        binding.buffer_type = s.type;
        binding.is_unsigned = s.is_unsigned;
        binding.buffer = const_cast<void*>(s.data);
        binding.length = &s.length;
        binding.is_null = &s.null;
        bindings_[i] = binding;
    }
    if (count && mysql_stmt_bind_param(statement, bindings_.data())) return false;
    bound_ = statement;
    changed_ = false;
    return true;
}

}  // namespace relata::mysql::detail
