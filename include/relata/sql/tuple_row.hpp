// SPDX-License-Identifier: BSL-1.0
/// \file
/// `std::tuple` and `std::pair` as a row: their elements by type and place. Includes neither: elements
/// are found where a tuple is used, so that a program without tuples does not pay for <tuple>.
#pragma once

#include <relata/schema/members.hpp>

#include <cstddef>
#include <utility>

namespace relata::detail {

#if defined(__clang__)
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wundefined-var-template"
#pragma clang diagnostic ignored "-Wundefined-internal"
#endif

/// A tuple or a pair: has std::tuple_size, which is not 0, and is no plain struct.
template <class R>
concept tuple_row = !std::is_aggregate_v<R> && requires { requires std::tuple_size<R>::value > 0; };

// The standard says nothing about the order of elements, so each is looked for. `get` is that of the
// tuple's namespace.
template <class R, std::size_t I> consteval std::uint32_t element_offset() {
    void const* const element = __builtin_addressof(get<I>(probe<R>.value));
    std::uint32_t at = 0;
    while (static_cast<void const*>(&probe<R>.bytes[at]) != element) ++at;
    return at;
}

template <class R, class I> struct tuple_elements;
template <template <class...> class Tuple, class... E, std::size_t... I>
struct tuple_elements<Tuple<E...>, std::index_sequence<I...>> {
    static constexpr member_array<sizeof...(E)> list{
        {member_info{&type_of<E>, element_offset<Tuple<E...>, I>(), "", 0, 0}...}};
    static constexpr bool cells_only =
        ((kind_of<E> != kind::none && kind_of<E> != kind::object) && ...);
};

template <class R>
    requires tuple_row<R>
struct members_of<R> {
    static constexpr unsigned count = std::tuple_size<R>::value;
    using elements = tuple_elements<R, std::make_index_sequence<count>>;
    static constexpr object_info object{elements::list.value, count, sizeof(R)};
};

#if defined(__clang__)
#pragma clang diagnostic pop
#endif

}  // namespace relata::detail
