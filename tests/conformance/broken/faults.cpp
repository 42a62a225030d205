// SPDX-License-Identifier: BSL-1.0

#include "conformance/broken/faults.hpp"

#include <relata/core/error.hpp>
#include <relata/types/bytes.hpp>
#include <relata/types/detail/int128.hpp>
#include <relata/types/time.hpp>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <stdexcept>
#include <string>
#include <thread>

namespace broken {
namespace {

using namespace relata;
using name_t = std::string_view;

// The plain object of a fetched value, nullptr for NULL; the kind must match.
void* object_of(field const& f, void* at, kind wanted) {
    if (f.type->kind != wanted) return nullptr;
    if (!f.type->nullable) return at;
    return const_cast<void*>(f.type->optional->value(at));
}

template <class T> T* as(field const& f, void* at, kind wanted) {
    return static_cast<T*>(object_of(f, at, wanted));
}

// A crash as the system sees one, also where a sanitizer would report it and exit.
void crash() {
    std::signal(SIGSEGV, SIG_DFL);
    std::raise(SIGSEGV);
}

void null_becomes_zero(field const& f, void* at) {
    if (f.type->nullable && !f.type->optional->value(at)) f.type->optional->emplace(at);
}
void zero_becomes_null(field const& f, void* at) {
    auto const* n = as<std::int64_t>(f, at, kind::int64);
    if (n && *n == 0 && f.type->nullable) f.type->optional->reset(at);
}
void empty_becomes_null(field const& f, void* at) {
    auto const* text = as<std::string>(f, at, kind::text);
    if (text && text->empty() && f.type->nullable) f.type->optional->reset(at);
}
void cut_text(field const& f, void* at) {
    if (auto* text = as<std::string>(f, at, kind::text); text && text->size() > 255)
        text->resize(255);
}
void trimmed_text(field const& f, void* at) {
    if (auto* text = as<std::string>(f, at, kind::text))
        while (text->ends_with(' ')) text->pop_back();
}
void cut_bytes(field const& f, void* at) {
    auto* data = as<bytes>(f, at, kind::bytes);
    for (std::size_t i = 0; data && i < data->size(); ++i)
        if ((*data)[i] == std::byte{}) data->resize(i);
}
template <std::int64_t Unit> void lost_fraction(field const& f, void* at) {
    for (auto const k : {kind::time, kind::timestamp, kind::instant})
        if (auto* n = as<std::int64_t>(f, at, k)) *n -= *n % Unit;
}
void shifted_hour(field const& f, void* at) {
    if (auto* n = as<std::int64_t>(f, at, kind::instant)) *n += 3'600'000'000;
}
void julian_day(field const& f, void* at) {
    using namespace std::chrono;
    auto* day = as<date>(f, at, kind::date);
    if (day && *day < date(year{1582}, month{10}, std::chrono::day{15}))
        *day = date(sys_days(*day) + days(10));
}
void narrow_real(field const& f, void* at) {
    if (auto* real = as<double>(f, at, kind::float64)) *real = double(float(*real));
}
void number_by_double(field const& f, void* at) {
    if (auto* n = as<std::int64_t>(f, at, kind::int64); n && *n > (std::int64_t{1} << 53))
        *n -= *n % 1024;
}
void signed_bits(field const& f, void* at) {
    if (auto* n = as<std::uint64_t>(f, at, kind::uint64)) *n &= INT64_MAX;
}
void wrapped_byte(field const& f, void* at) {
    if (auto* n = as<std::uint8_t>(f, at, kind::uint8)) *n &= 127;
}
void cut_decimal(field const& f, void* at) {
    if (auto* n = as<std::int64_t>(f, at, kind::decimal)) *n -= *n % 10;
}
void decimal_by_double(field const& f, void* at) {
    if (auto* n = as<relata::detail::int128>(f, at, kind::decimal_wide))
        *n = relata::detail::int128(double(*n));
}
void swapped_uuid(field const& f, void* at) {
    if (auto* raw = as<unsigned char>(f, at, kind::uuid)) std::swap(raw[0], raw[3]);
}
void reformatted_json(field const& f, void* at) {
    if (auto* text = as<std::string>(f, at, kind::json)) std::erase(*text, ' ');
}
void always_true(field const& f, void* at) {
    if (auto* flag = as<bool>(f, at, kind::boolean)) *flag = true;
}
void first_enumerator(field const& f, void* at) {
    if (auto* raw = as<unsigned char>(f, at, kind::enumeration)) *raw = 0;
}

void bound_wrapped(param& p) {
    if (p.kind == kind::uint64) p.integer &= INT64_MAX;
}
void bound_cut(param& p) {
    if (p.kind == kind::text && p.chars.size > 1) --p.chars.size;
}
void bound_null(param& p) {
    if (p.kind == kind::none && p.type->plain().kind == kind::int64) {
        p.kind = kind::int64;
        p.integer = 0;
    }
}

bool does_work(name_t name) {
    return name == "execute" || name == "execute_from" || name == "script" || name == "bulk_insert";
}

// A mistake in fetched values, which the round trip of values must find.
constexpr fault wrong_value(name_t name, void (*change)(field const&, void*)) {
    fault f{name, "FET-01", "expected"};
    f.fetched = change;
    return f;
}
constexpr fault wrong_bind(name_t name, void (*change)(param&), name_t said = "expected") {
    fault f{name, "FET-01", said};
    f.bound = change;
    return f;
}
constexpr fault wrong_count(name_t name, std::int64_t (*change)(std::int64_t)) {
    fault f{name, "EXE-06", "expected"};
    f.affected = change;
    return f;
}
constexpr fault wrong_call(name_t name, char const* found_by, name_t said,
                           name_t (*instead)(name_t)) {
    fault f{name, found_by, said};
    f.instead = instead;
    return f;
}
constexpr fault bad_manners(name_t name, char const* found_by, name_t said, void (*call)(name_t)) {
    fault f{name, found_by, said};
    f.call = call;
    return f;
}

constexpr fault faults[] = {
    // how a driver can bring a program down
    bad_manners("throws", "EXE-06", "the driver throws from every call",
                [](name_t name) {
                    if (name == "prepare" || name == "begin" || does_work(name))
                        fail(error_kind::unknown, "the driver throws from every call");
                }),
    bad_manners("throws_foreign", "EXE-06", "no relata::error came out: std::runtime_error",
                [](name_t name) {
                    if (name == "prepare") throw std::runtime_error("out of the driver");
                }),
    bad_manners("throws_number", "EXE-06", "no relata::error came out: int",
                [](name_t name) {
                    if (name == "prepare") throw 42;
                }),
    bad_manners("throws_in_noexcept", "START", "crashed: SIGABRT",
                [](name_t name) {
                    if (name == "transaction") throw 42;
                }),
    bad_manners("crashes", "EXE-06", "crashed: SIGSEGV",
                [](name_t name) {
                    if (name == "prepare") crash();
                }),
    bad_manners("crashes_late", "START", "crashed: SIGSEGV",
                [](name_t name) {
                    if (name == "disconnect") crash();
                }),
    bad_manners("aborts", "EXE-06", "crashed: SIGABRT",
                [](name_t name) {
                    if (name == "execute") std::abort();
                }),
    bad_manners("exits", "EXE-06", "ended the process with exit code 0",
                [](name_t name) {
                    if (name == "prepare") std::_Exit(0);
                }),
    bad_manners("hangs", "TXN-01", "no end within",
                [](name_t name) {
                    while (name == "begin") std::this_thread::sleep_for(std::chrono::hours(1));
                }),
    wrong_call("no_connection", "START", "gave no connection",
               [](name_t name) { return name == "connect" ? name_t() : name; }),
    wrong_call("no_statement", "EXE-06", "gave no statement",
               [](name_t name) { return name == "prepare" ? name_t() : name; }),
    // what it can do to values
    wrong_value("null_becomes_zero", &null_becomes_zero),
    wrong_value("zero_becomes_null", &zero_becomes_null),
    wrong_value("empty_becomes_null", &empty_becomes_null),
    wrong_value("cut_text", &cut_text),
    wrong_value("trimmed_text", &trimmed_text),
    wrong_value("cut_bytes", &cut_bytes),
    wrong_value("lost_microseconds", &lost_fraction<1000>),
    wrong_value("lost_fractions", &lost_fraction<1'000'000>),
    wrong_value("shifted_hour", &shifted_hour),
    wrong_value("julian_day", &julian_day),
    wrong_value("narrow_real", &narrow_real),
    wrong_value("number_by_double", &number_by_double),
    wrong_value("signed_bits", &signed_bits),
    wrong_value("wrapped_byte", &wrapped_byte),
    wrong_value("cut_decimal", &cut_decimal),
    wrong_value("decimal_by_double", &decimal_by_double),
    wrong_value("swapped_uuid", &swapped_uuid),
    wrong_value("reformatted_json", &reformatted_json),
    wrong_value("always_true", &always_true),
    wrong_value("first_enumerator", &first_enumerator),
    wrong_bind("bound_wrapped", &bound_wrapped),
    wrong_bind("bound_cut", &bound_cut, "text_invalid"),
    wrong_bind("bound_null", &bound_null),
    // what it can do to statements and transactions
    wrong_count("counts_one_less", [](std::int64_t rows) { return rows - 1; }),
    wrong_count("counts_at_most_one", [](std::int64_t rows) { return rows > 1 ? 1 : rows; }),
    wrong_count("counts_nothing", [](std::int64_t) { return std::int64_t{0}; }),
    wrong_call("swallowed_statement", "EXE-06", "expected",
               [](name_t name) { return name == "execute" ? name_t() : name; }),
    wrong_call("commit_hides_rollback", "TXN-01", "after the commit",
               [](name_t name) { return name == "commit" ? name_t("rollback") : name; }),
    wrong_call("commit_does_nothing", "TXN-01", "after commit",
               [](name_t name) { return name == "commit" ? name_t() : name; }),
    wrong_call("begin_does_nothing", "TXN-01", "after begin",
               [](name_t name) { return name == "begin" ? name_t() : name; }),
    wrong_call("state_is_none", "TXN-01", "after begin",
               [](name_t name) { return name == "transaction" ? name_t() : name; }),
};

}  // namespace

std::span<fault const> all_faults() { return faults; }

}  // namespace broken
