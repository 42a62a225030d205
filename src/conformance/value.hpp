// SPDX-License-Identifier: BSL-1.0
/// \file
/// A value of any type that relata knows, with its type erased: one code path stores and reads them all.
#pragma once

#include <relata/types/field.hpp>
#include <relata/types/param.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace relata::conformance {

/// What is done with an object whose type is not known.
struct value_ops {
    type_info const* type;
    std::shared_ptr<void> (*make)();
    std::shared_ptr<void> (*copy)(void const*);
    void (*construct)(void* at);
    void (*destroy)(void* at);
    void (*assign)(void* to, void const* from);
    bool (*equal)(void const*, void const*);
    value_ops const* optional;  ///< of std::optional<T>; nullptr when T is one already
    /// A std::optional<T> that holds a copy of the object, empty for nullptr.
    std::shared_ptr<void> (*wrap)(void const*);
};

namespace detail {

template <class T> struct ops_for {
    static std::shared_ptr<void> make() { return std::make_shared<T>(); }
    static std::shared_ptr<void> copy(void const* from) {
        return std::make_shared<T>(*static_cast<T const*>(from));
    }
    static void construct(void* at) { ::new (at) T(); }
    static void destroy(void* at) { static_cast<T*>(at)->~T(); }
    static void assign(void* to, void const* from) {
        *static_cast<T*>(to) = *static_cast<T const*>(from);
    }
    static bool equal(void const* a, void const* b) {
        return *static_cast<T const*>(a) == *static_cast<T const*>(b);
    }
    static std::shared_ptr<void> wrap(void const* from) {
        if constexpr (relata::detail::is_optional<T>) return nullptr;
        else {
            auto made = std::make_shared<std::optional<T>>();
            if (from) *made = *static_cast<T const*>(from);
            return made;
        }
    }
    static constexpr value_ops const* optional() {
        if constexpr (relata::detail::is_optional<T>) return nullptr;
        else return &ops_for<std::optional<T>>::ops;
    }
    static constexpr value_ops ops{&type_of<T>, &make,  &copy,      &construct, &destroy,
                                   &assign,     &equal, optional(), &wrap};
};

}  // namespace detail

/// The operations of T.
template <class T> inline constexpr value_ops const& ops_of = detail::ops_for<T>::ops;

/// An immutable value. Cheap to copy.
class value {
public:
    /// Holds a copy of `object`.
    template <class T>
        requires(kind_of<T> != kind::none)
    explicit value(T object) : ops_(&ops_of<T>), object_(std::make_shared<T>(std::move(object))) {}
    explicit value(char const* text) : value(std::string(text)) {}
    explicit value(std::string_view text) : value(std::string(text)) {}
    /// A copy of the object at `at`.
    value(value_ops const& ops, void const* at) : ops_(&ops), object_(ops.copy(at)) {}
    /// The empty value of a type: 0, "", or NULL for a std::optional.
    static value blank(value_ops const& ops) { return value(&ops, ops.make()); }

    [[nodiscard]] value_ops const& ops() const { return *ops_; }
    [[nodiscard]] type_info const& type() const { return *ops_->type; }
    [[nodiscard]] void const* object() const { return object_.get(); }
    /// The object, which must be a T.
    template <class T> [[nodiscard]] T const& as() const {
        return *static_cast<T const*>(object_.get());
    }
    /// As a param that refers to this value.
    [[nodiscard]] param bind() const { return relata::detail::element(type(), object()); }
    [[nodiscard]] bool is_null() const { return bind().kind == kind::none; }

    /// The same value as a std::optional.
    [[nodiscard]] value optional() const;
    /// NULL of the same type.
    [[nodiscard]] value null() const;

    /// For messages: as a literal of SQL, cut when long.
    [[nodiscard]] std::string shown() const;

    /// Same type and equal.
    friend bool operator==(value const& a, value const& b) {
        return a.ops_ == b.ops_ && a.ops_->equal(a.object(), b.object());
    }

private:
    value(value_ops const* ops, std::shared_ptr<void const> object)
        : ops_(ops), object_(std::move(object)) {}

    value_ops const* ops_;
    std::shared_ptr<void const> object_;
};

/// Values of one row.
using row_values = std::vector<value>;

/// The types of a row.
[[nodiscard]] std::vector<value_ops const*> ops_of_row(row_values const& row);

/// Rows in one piece of memory, as the driver interface reads and writes them.
class row_block {
public:
    row_block(std::vector<value_ops const*> columns, std::size_t rows);
    ~row_block();
    row_block(row_block const&) = delete;
    row_block& operator=(row_block const&) = delete;

    [[nodiscard]] field const* plan() const { return plan_.data(); }
    [[nodiscard]] unsigned fields() const { return unsigned(plan_.size()); }
    [[nodiscard]] std::size_t stride() const { return stride_; }
    [[nodiscard]] std::size_t rows() const { return rows_; }
    [[nodiscard]] void* data() const { return memory_; }
    [[nodiscard]] void* row(std::size_t index) const;

    void set(std::size_t row, row_values const& values);
    [[nodiscard]] value at(std::size_t row, unsigned column) const;
    [[nodiscard]] row_values values(std::size_t row) const;

private:
    std::vector<value_ops const*> columns_;
    std::vector<field> plan_;
    std::size_t rows_;
    std::size_t stride_ = 0;
    char* memory_ = nullptr;
};

}  // namespace relata::conformance
