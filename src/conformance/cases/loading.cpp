// SPDX-License-Identifier: BSL-1.0
//
// Loading: what is no driver, or one of another interface, is refused before it can do harm.

#include "conformance/case.hpp"
#include "conformance/subject.hpp"

#include <relata/driver/registry.hpp>

#include <atomic>
#include <fstream>
#include <thread>

#include <dlfcn.h>
#include <sys/stat.h>
#include <unistd.h>

namespace relata::conformance {
namespace {

std::string file_of(subject& s, std::string const& name, std::string_view content) {
    auto const file = s.folder() + "/" + name;
    std::ofstream(file, std::ios::binary) << content;
    return file;
}

void refused(subject& s, std::string const& file, std::string_view what) {
    auto const e = s.throws(error_kind::driver_not_found, [&] { driver::load(file); }, what);
    s.check(e.message.find(file) != std::string::npos, std::string(what) + ": names the file");
}

// The head of an ELF library for a processor that nobody has.
std::string foreign_library() {
    std::string head("\x7f"
                     "ELF\x02\x01\x01",
                     7);
    head.resize(64);
    head[16] = 3;  // a shared object
    head[18] = '\x7f';
    head[19] = '\x7f';
    head[20] = 1;
    return head;
}

void no_driver(subject& s) {
    refused(s, s.folder() + "/none.so", "a file that is not there");
    refused(s, s.folder(), "a folder");
    refused(s, file_of(s, "empty.so", ""), "an empty file");
    refused(s, file_of(s, "text.so", "this is no library\n"), "a text");
    refused(s,
            file_of(s, "head.so",
                    std::string_view("\x7f"
                                     "ELF",
                                     4)),
            "half a head");
    refused(s, file_of(s, "foreign.so", foreign_library()), "another processor's library");
    Dl_info where{};
    // a library for certain, and no driver: that of the C language
    if (::dladdr(reinterpret_cast<void*>(&::getpid), &where) && where.dli_fname[0] == '/')
        s.throws(
            error_kind::driver_not_found, [&] { driver::load(where.dli_fname); },
            "a library without relata_driver");
}

void incomplete_entry(subject& s) {
    auto const fails = [&](driver::entry const& entry, std::string_view what) {
        s.throws(error_kind::driver_mismatch, [&] { driver::add(entry); }, what);
    };
    auto entry = s.entry();
    entry.name = nullptr;
    fails(entry, "an entry without a name");
    entry = s.entry();
    entry.schemes = nullptr;
    fails(entry, "an entry without schemes");
    entry = s.entry();
    entry.options = nullptr;
    fails(entry, "an entry without options");
    entry = s.entry();
    entry.connect = nullptr;
    fails(entry, "an entry without connect");
    s.check(&driver::find(s.entry().schemes[0]) == &s.entry(), "the driver is found as before");
}

void other_version(subject& s) {
    s.equal(driver::interface_version, s.entry().version, "the version of the driver interface");
    s.equal(std::string(driver::abi_tag), std::string(s.entry().abi), "the C++ library");
    for (auto const version : {0U, driver::interface_version - 1, driver::interface_version + 1}) {
        auto entry = s.entry();
        entry.version = version;
        auto const e = s.throws(
            error_kind::driver_mismatch, [&] { driver::add(entry); },
            "a driver for another version of the interface");
        s.check(e.message.find(std::to_string(version)) != std::string::npos,
                "the error tells the driver's version");
    }
    auto entry = s.entry();
    entry.abi = "another library";
    s.throws(
        error_kind::driver_mismatch, [&] { driver::add(entry); },
        "a driver for another C++ library");
}

void wrong_places(subject& s) {
    s.throws(error_kind::driver_not_found, [] { driver::load("relata_x.so"); }, "a relative path");
    s.throws(
        error_kind::driver_not_found, [] { driver::load("../relata_x.so"); }, "a path upwards");
    for (char const* url : {"../evil:x", "/tmp/evil.so:x", "file.so:x"})
        s.throws(
            {error_kind::invalid_url, error_kind::driver_not_found},
            [&] { (void)relata::open(url); }, "a file in place of the scheme");
    auto const file = file_of(s, "open.so", foreign_library());
    ::chmod(file.c_str(), 0777);
    s.throws(
        error_kind::driver_not_found, [&] { driver::load(file); },
        "a file that everybody may write");
}

void at_once(subject& s) {
    constexpr unsigned several = 8;
    std::atomic<unsigned> same{0};
    std::vector<std::thread> threads;
    for (unsigned i = 0; i < several; ++i)
        threads.emplace_back([&] {
            for (int n = 0; n < 100; ++n)
                if (&driver::find(s.entry().schemes[0]) != &s.entry()) return;
            ++same;
        });
    for (auto& each : threads) each.join();
    s.equal(several, same.load(), "threads that always found the same driver");
    std::size_t times = 0;
    for (auto const* each : driver::known()) times += each == &s.entry();
    s.equal(1, times, "times that the driver is known");
}

void control_characters(subject& s) {
    std::string const bad = "/none/\x1b[31mred\nline\x07.so";
    auto const clean = [&](auto const& action, std::string_view what) {
        try {
            action();
            s.check(false, what);
        } catch (error const& e) {
            std::string_view const text = e.what();
            s.check(text.find_first_of("\x1b\n\x07") == text.npos, what);
        }
    };
    clean([&] { driver::load(bad); }, "a file name with control characters is shown escaped");
    clean([&] { driver::find("\x1b[31mred\n"); }, "so is a scheme");
    clean([&] { (void)relata::open("\x1b[31m\n:x"); }, "so is a URL");
}

constexpr case_entry loading_table[] = {
    {"CAP-05",
     "A plug-in that is missing, a folder, no library, cut off, for another processor, or without "
     "relata_driver is refused with driver_not_found, which names the file.",
     &no_driver},
    {"CAP-06",
     "An entry that leaves out its name, schemes, options or connect is refused with "
     "driver_mismatch, and drivers that are there stay.",
     &incomplete_entry},
    {"CAP-07",
     "A driver built for an older or newer interface, or for another C++ library, is refused with "
     "driver_mismatch, which tells its version.",
     &other_version},
    {"CAP-08", "Structures of the interface keep their size within a version.", nullptr,
     "the interface is C++ classes; a plug-in is held to the same interface version and C++ "
     "library, "
     "see CAP-07, so no structure of another size is ever seen."},
    {"CAP-09",
     "A relative path, a path in place of the URL's scheme, and a file that everybody may write "
     "are "
     "refused.",
     &wrong_places},
    {"CAP-10", "Threads that look for a driver at once find one and the same, which is known once.",
     &at_once},
    {"CAP-11",
     "Control characters in the name of a file, a scheme or a URL never come out in an error's "
     "text.",
     &control_characters},
    {"CAP-12", "Options are read back into a buffer that may be too small.", nullptr,
     "options are strings of the URL, which the driver never hands back into a caller's buffer."},
};

}  // namespace

std::span<case_entry const> loading_cases() { return loading_table; }

}  // namespace relata::conformance
