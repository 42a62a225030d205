// SPDX-License-Identifier: BSL-1.0

#include "sql/owned_values.hpp"

#include "sql/clause_data.hpp"

#include <cstddef>

namespace relata::sql {
namespace {

bool is_chars(kind k) {
    switch (k) {
    case kind::text:
    case kind::bounded_text:
    case kind::bytes:
    case kind::json:
    case kind::enumeration: return true;
    default: return false;
    }
}

}  // namespace

/// The elements of a list, laid out one behind the other as their type lays them out.
class owned_list {
public:
    explicit owned_list(param& list) : type_(&list.type->plain()) {
        auto const* const from = static_cast<char const*>(list.object);
        auto const size = type_->size;
        for (std::uint32_t i = 0; i < list.count; ++i) add(from + std::size_t(i) * size);
        list.type = codec() ? &codec()->stored->plain() : type_;
        list.kind = list.type->kind;
        list.object = first();
    }

private:
    [[nodiscard]] codec_info const* codec() const { return type_->codec; }

    void add(void const* element) {
        if (!codec()) return copy(*type_, element);
        codec()->encode(
            element,
            [](void* self, void const* stored) {
                auto& list = *static_cast<owned_list*>(self);
                list.copy(list.codec()->stored->plain(), stored);
            },
            this);
    }

    void copy(type_info const& type, void const* element) {
        switch (type.kind) {
        case kind::text:
        case kind::bounded_text:
        case kind::json: texts_.push_back(*static_cast<std::string const*>(element)); return;
        case kind::bytes:
            blobs_.push_back(*static_cast<std::vector<std::byte> const*>(element));
            return;
        default: break;
        }
        auto const* const bytes = static_cast<std::byte const*>(element);
        plain_.insert(plain_.end(), bytes, bytes + type.size);
    }

    [[nodiscard]] void const* first() const {
        if (!texts_.empty()) return texts_.data();
        if (!blobs_.empty()) return blobs_.data();
        return plain_.data();
    }

    type_info const* type_;
    std::vector<std::string> texts_;
    std::vector<std::vector<std::byte>> blobs_;
    std::vector<std::byte> plain_;  // numbers, dates, uuids, enumerators
};

owned_values::owned_values(param const* values, unsigned count) : params_(values, values + count) {
    texts_.reserve(count);
    for (auto& p : params_) own(p);
}

owned_values::~owned_values() = default;

void owned_values::own(param& p) {
    switch (p.role) {
    case param::role::toggle: return;
    case param::role::list: lists_.push_back(std::make_unique<owned_list>(p)); return;
    case param::role::clause: conditions_.push_back(clause_data::shared(p)); return;
    case param::role::value: break;
    }
    if (is_chars(p.kind)) own_chars(p);
    else if (p.type->plain().codec) own_encoded(p);
}

void owned_values::own_chars(param& p) {
    texts_.emplace_back(p.chars.data ? p.chars.data : "", p.chars.size);
    p.chars = {texts_.back().data(), texts_.back().size()};
}

void owned_values::own_encoded(param& p) {
    auto const& codec = *p.type->plain().codec;
    if (p.kind == kind::none) {
        p.type = &codec.stored->plain();
        return;
    }
    struct context {
        owned_values& owner;
        param& to;
        type_info const& stored;
    } c{*this, p, codec.stored->plain()};
    codec.encode(
        p.object,
        [](void* to, void const* stored) {
            auto& self = *static_cast<context*>(to);
            self.to = relata::detail::element(self.stored, stored);
            if (is_chars(self.to.kind)) self.owner.own_chars(self.to);
        },
        &c);
}

}  // namespace relata::sql
