// SPDX-License-Identifier: BSL-1.0
/// \file
/// The members of a plain struct, without macros: `members_of<T>` has their types, names and offsets.
#pragma once

#include <relata/schema/detail/member_bindings.hpp>
#include <relata/types/codec.hpp>
#include <relata/types/enum.hpp>

namespace relata {
namespace detail {

#if defined(__clang__)
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wundefined-var-template"
#pragma clang diagnostic ignored "-Wundefined-internal"
#endif

// The number of members, by doubling and halving: `takes_members` is true up to the count.
template <class T, unsigned Low, unsigned High> constexpr unsigned count_between() {
    if constexpr (Low + 1 >= High) return Low;
    else if constexpr (takes_members<T, (Low + High) / 2>)
        return count_between<T, (Low + High) / 2, High>();
    else return count_between<T, Low, (Low + High) / 2>();
}
template <class T> constexpr unsigned count_members() {
    if constexpr (!takes_members<T, 1>) return 0;
    else if constexpr (!takes_members<T, 8>) return count_between<T, 1, 8>();
    else if constexpr (!takes_members<T, 16>) return count_between<T, 8, 16>();
    else if constexpr (takes_members<T, max_members + 1>) return max_members + 1;
    else return count_between<T, 16, max_members + 1>();
}

struct any_base {
    template <class T> operator T() const;
};
template <class T> struct base_of {  // converts to bases of T only
    template <class B>
        requires(std::is_base_of_v<B, T> && !std::is_same_v<B, T>)
    operator B() const;
};
template <class T>
concept has_base = requires { T{base_of<T>{}}; };

// The verdict stands in the body of a class template, so that its text comes first.
template <class T> struct struct_check {
    static constexpr bool is_aggregate = std::is_aggregate_v<T>;
    static_assert(is_aggregate,
                  "relata: a mapped struct must be an aggregate: no constructor, no private "
                  "member, no virtual function");
    static constexpr bool has_no_base = !is_aggregate || !has_base<T>;
    static_assert(
        has_no_base,
        "relata: a mapped struct has no base class; put shared columns into a member struct");
    static constexpr unsigned found = is_aggregate && has_no_base ? count_members<T>() : 1;
    static constexpr bool has_members = found > 0;
    static_assert(
        has_members,
        "relata: a mapped struct has at least one member, and each is default-constructible "
        "(no references)");
    static constexpr bool is_not_too_large = found <= max_members;
    static_assert(
        is_not_too_large,
        "relata: a mapped struct has at most 64 members; group some into a member struct");
    static constexpr unsigned count =
        is_aggregate && has_no_base && has_members && is_not_too_large ? found : 0;
};

template <class M> constexpr type_info const* member_type() {
    constexpr type_info const* info = &type_info_of<std::remove_cv_t<M>>::value;
    static_assert(
        info->kind != kind::none,
        "relata: a member's type is none that relata can store; specialise relata::codec for it, "
        "or mark the member with ignore<>() and give it a type that can be stored");
    static_assert(info->kind != kind::object || !info->nullable,
                  "relata: an embedded struct cannot be optional; make its members optional");
    return info;
}

// Guesses each offset by the layout rule and lets the compiler confirm it by comparing addresses.
template <class T> struct offset_finder {
    std::uint32_t at = 0;
    constexpr std::uint32_t place(void const* member, std::uint32_t align, std::uint32_t size) {
        at = (at + align - 1) / align * align;
        while (static_cast<void const*>(&probe<T>.bytes[at]) != member) at += align;
        auto const found = at;
        at += size;
        return found;
    }
};

template <unsigned N> struct member_array {
    member_info value[N ? N : 1];
};

template <class T, class L> struct member_table;
template <class T, class... M, P... Places>
struct member_table<T, member_pack<type_list<M...>, Places...>> {
    using pack = member_pack<type_list<M...>, Places...>;
    static constexpr unsigned count = sizeof...(M);
    // Not consteval: clang would work it out once for the call and once more for the variable.
    static constexpr member_array<count> make() {
        member_array<count> out{};
        constexpr auto names = find_names<count>(pack::text());
        offset_finder<T> finder;
        unsigned i = 0;
        ((out.value[i] =
              member_info{member_type<M>(), finder.place(Places.at, alignof(M), sizeof(M)),
                          pack::text(), names.part[i].at, names.part[i].size},
          ++i),
         ...);
        return out;
    }
    static constexpr int index_of(void const* member) {
        int i = 0, found = -1;
        ((Places.at == member ? void(found = i) : void(), ++i), ...);
        return found;
    }
};

template <class T> struct members_of {
    static constexpr unsigned count = struct_check<T>::count;
    using pack = decltype(bind_members<count>::template pack<T>());
    using table = member_table<T, pack>;
    static constexpr member_array<count> members = table::make();
    static constexpr object_info object{members.value, count, sizeof(T)};
};

template <class C, class M> C owner_of_member(M C::*);
template <class C, class M> M type_of_member(M C::*);

/// The struct that a member pointer belongs to, and the member's type.
template <auto Member> using owner_t = decltype(owner_of_member(Member));
template <auto Member> using member_t = std::remove_cv_t<decltype(type_of_member(Member))>;

/// Position of a member in its struct.
template <auto Member> constexpr int index_of_member() {
    using owner = owner_t<Member>;
    return members_of<owner>::table::index_of(&(probe<owner>.value.*Member));
}

#if defined(__clang__)
#pragma clang diagnostic pop
#endif

template <class T>
concept plain_struct = std::is_class_v<T> && std::is_aggregate_v<T> && !has_codec<T>;

// A struct as a member is a group of embedded columns.
template <class T>
    requires plain_struct<T>
struct type_info_of<T> {
    static constexpr type_info value = [] {
        type_info t = simple_type<T>(kind::object);
        t.object = &members_of<T>::object;
        return t;
    }();
};

}  // namespace detail

/// The members of a struct as constant data.
template <class T> inline constexpr object_info const& members = detail::members_of<T>::object;

}  // namespace relata
