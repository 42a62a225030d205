// SPDX-License-Identifier: BSL-1.0
//
// Only `relata_bench_measured` and what it calls is timed; callgrind counts inside it too, so its name
// must stay known.

#include "works.hpp"

#include <ctime>
#include <stdexcept>
#include <string>

extern "C" [[gnu::noinline]] void relata_bench_measured(void (*run)(void*), void* context) {
    run(context);
    asm volatile("" ::: "memory");  // keeps the call above from becoming the function's last jump
}

namespace bench {
namespace {

constexpr struct {
    work which;
    char const* name;
} names[] = {
    {work::scan, "scan"},     {work::select_adhoc, "select_adhoc"},
    {work::find, "find"},     {work::select_prepared, "select_prepared"},
    {work::insert, "insert"}, {work::bulk, "bulk"},
    {work::report, "report"}, {work::stream, "stream"},
};

std::int64_t now(clockid_t clock) {
    timespec t{};
    clock_gettime(clock, &t);
    return std::int64_t(t.tv_sec) * 1'000'000'000 + t.tv_nsec;
}

template <class F> sample timed(F&& run) {
    sample s;
    std::int64_t const cpu = now(CLOCK_PROCESS_CPUTIME_ID);
    std::int64_t const wall = now(CLOCK_MONOTONIC);
    relata_bench_measured([](void* f) { (*static_cast<F*>(f))(); }, &run);
    s.wall = now(CLOCK_MONOTONIC) - wall;
    s.cpu = now(CLOCK_PROCESS_CPUTIME_ID) - cpu;
    return s;
}

template <class F> sample timed_sum(F&& run) {
    std::int64_t sum = 0;
    sample s = timed([&] { sum = run(); });
    s.result = std::uint64_t(sum);
    return s;
}

sample measure_scan(subject& variant) {
    items rows;
    sample s = timed([&] { rows = variant.scan(); });
    s.result = checksum(rows);
    return s;
}

sample measure_report(subject& variant, inputs const& in) {
    std::vector<group_row> rows;
    sample s = timed([&] {
        for (unsigned i = 0; i < in.reports; ++i) rows = variant.report(in.last);
    });
    s.result = checksum(rows);
    return s;
}

sample measure_write(subject& variant, subject& control, work w, inputs const& in, bool check) {
    control.clear();
    sample s = timed([&] { w == work::bulk ? variant.bulk(in.rows) : variant.insert(in.rows); });
    if (check) {
        s.result = control.written();
        if (s.result != checksum(in.rows))
            throw std::runtime_error(std::string(variant.name()) +
                                     " did not write what it was given");
    }
    control.clear();
    return s;
}

}  // namespace

char const* name_of(work w) {
    for (auto const& each : names)
        if (each.which == w) return each.name;
    return "";
}

work work_named(std::string_view name) {
    for (auto const& each : names)
        if (name == each.name) return each.which;
    throw std::runtime_error("no such work: " + std::string(name));
}

inputs make_inputs(work w, std::int64_t size, std::int64_t table_rows) {
    inputs in;
    switch (w) {
    case work::select_adhoc:
    case work::find:
    case work::select_prepared: in.wanted = make_keys(size, table_rows); break;
    case work::insert:
    case work::bulk: in.rows = make_copies(size); break;
    case work::report:
        in.last = table_rows < 20'000 ? table_rows : 20'000;
        in.reports = unsigned(size);
        break;
    case work::scan:
    case work::stream: break;
    }
    return in;
}

sample measure(subject& variant, subject& control, work w, inputs const& in, bool check) {
    switch (w) {
    case work::scan: return measure_scan(variant);
    case work::select_adhoc: return timed_sum([&] { return variant.select_adhoc(in.wanted); });
    case work::find: return timed_sum([&] { return variant.find(in.wanted); });
    case work::select_prepared:
        return timed_sum([&] { return variant.select_prepared(in.wanted); });
    case work::insert:
    case work::bulk: return measure_write(variant, control, w, in, check);
    case work::report: return measure_report(variant, in);
    case work::stream: return timed_sum([&] { return variant.stream(); });
    }
    return {};
}

}  // namespace bench
