// SPDX-License-Identifier: BSL-1.0
//
// relata_bench_<engine> load URL ROWS [plain]             creates and fills the tables
// relata_bench_<engine> wall URL ROWS WORK SIZE REPEATS [VARIANT,…]
//     the variants in turn, REPEATS times; prints: variant, nanoseconds on the wall, of this process
// relata_bench_<engine> once URL ROWS WORK SIZE VARIANT   one run, after one to warm up; for callgrind
// relata_bench_<engine> peak URL VARIANT                  streams; prints the peak memory in bytes
//
// ROWS is the size of the table, SIZE the number of operations or rows of the work.

#include "works.hpp"

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <string_view>

namespace bench {

// Enough of a URL parser for the URLs of tests/support/servers.
target parse_target(std::string const& url) {
    target t;
    t.url = url;
    auto const colon = url.find(':');
    t.scheme = url.substr(0, colon);
    std::string rest = url.substr(colon + 1);
    if (is_file(t)) {
        t.database = rest;
        return t;
    }
    if (!rest.starts_with("//")) throw std::runtime_error("not a URL of a server: " + t.scheme);
    rest = rest.substr(2, rest.find('?') - 2);
    if (auto const at = rest.find('@'); at != std::string::npos) {
        t.user = rest.substr(0, at);
        rest = rest.substr(at + 1);
    }
    auto const slash = rest.find('/');
    if (slash == std::string::npos) throw std::runtime_error("the URL names no database");
    t.database = rest.substr(slash + 1);
    rest = rest.substr(0, slash);
    auto const port = rest.find(':');
    t.host = rest.substr(0, port);
    if (port != std::string::npos) t.port = rest.substr(port + 1);
    return t;
}

target own_file(target const& where, std::string const& variant) {
    if (!is_file(where)) return where;
    target own = where;
    own.database += "." + variant;
    own.url = "sqlite:" + own.database;
    return own;
}

namespace {

using maker = std::unique_ptr<subject> (*)(target const&);
constexpr struct {
    char const* name;
    maker make;
} variants[] = {
    {"raw", make_raw},
    {"relata", make_relata},
#ifdef BENCH_SOCI
    {"SOCI", make_soci},
#endif
#ifdef BENCH_PQXX
    {"libpqxx", make_pqxx},
#endif
};

std::unique_ptr<subject> make(target const& where, std::string const& name) {
    for (auto const& each : variants)
        if (name == each.name) return each.make(own_file(where, name));
    throw std::runtime_error("no such variant: " + name);
}

void load_all(target const& where, std::int64_t rows, bool plain) {
    load(where, rows, plain);
    if (!is_file(where)) return;
    for (auto const& each : variants)
        std::filesystem::copy_file(where.database, own_file(where, each.name).database,
                                   std::filesystem::copy_options::overwrite_existing);
}

// On a server the hand-written program empties and checks the table for all; a file belongs to one.
std::unique_ptr<subject> make_control(target const& where) {
    return is_file(where) ? nullptr : make_raw(where);
}

void wall(target const& where, work w, inputs const& in, unsigned repeats,
          std::string const& only) {
    std::vector<std::unique_ptr<subject>> all;
    for (auto const& each : variants)
        if (only.empty() ||
            ("," + only + ",").find("," + std::string(each.name) + ",") != only.npos)
            all.push_back(make(where, each.name));
    auto const control = make_control(where);
    std::uint64_t expected = 0;
    bool first = true;
    for (unsigned i = 0; i <= repeats; ++i) {  // the first round warms up
        for (auto const& variant : all) {
            if (!variant->offers(w)) continue;
            // Row by row, a million rows take SOCI minutes: one repetition says enough.
            if (w == work::bulk && i > 1 && std::string_view(variant->name()) == "SOCI") continue;
            sample const s = measure(*variant, control ? *control : *variant, w, in, i == 0);
            if (i == 0) {
                if (!first && s.result != expected)
                    throw std::runtime_error(std::string(variant->name()) + ": another result in " +
                                             name_of(w));
                expected = s.result;
                first = false;
            } else {
                std::printf("%s\t%lld\t%lld\n", variant->name(), static_cast<long long>(s.wall),
                            static_cast<long long>(s.cpu));
                std::fflush(stdout);
            }
        }
    }
}

void once(target const& where, work w, inputs const& in, std::string const& name) {
    auto const variant = make(where, name);
    auto const control = make_control(where);
    (void)measure(*variant, control ? *control : *variant, w, in, false);
}

// Of this program alone: getrusage also counts who started it.
long long peak_bytes() {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with("VmHWM:")) return std::strtoll(line.c_str() + 6, nullptr, 10) * 1024;
    throw std::runtime_error("/proc/self/status does not tell the peak memory");
}

void peak(target const& where, std::string const& name) {
    auto const variant = make(where, name);
    if (!variant->offers(work::stream)) return;
    sample const s = measure(*variant, *variant, work::stream, {}, false);
    std::printf("%s\t%lld\t%lld\t%lld\t%llu\n", name.c_str(), peak_bytes(),
                static_cast<long long>(s.wall), static_cast<long long>(s.cpu),
                static_cast<unsigned long long>(s.result));
}

int run(int argc, char** argv) {
    std::vector<std::string> const given(argv + 1, argv + argc);
    auto text = [&](std::size_t i) { return i < given.size() ? given[i] : std::string(); };
    auto number = [&](std::size_t i) { return std::strtoll(text(i).c_str(), nullptr, 10); };
    target const where = parse_target(text(1));
    std::string const command = text(0);
    if (command == "load") {
        load_all(where, number(2), text(3) == "plain");
    } else if (command == "peak") {
        peak(where, text(2));
    } else if (command == "wall" || command == "once") {
        work const w = work_named(text(3));
        inputs const in = make_inputs(w, number(4), number(2));
        if (command == "wall") wall(where, w, in, unsigned(number(5)), text(6));
        else once(where, w, in, text(5));
    } else {
        throw std::runtime_error("unknown command: " + command);
    }
    return 0;
}

}  // namespace
}  // namespace bench

int main(int argc, char** argv) {
    try {
        return bench::run(argc, argv);
    } catch (std::exception const& e) {
        std::fprintf(stderr, "%s: %s\n", argv[0], e.what());
        return 1;
    }
}
