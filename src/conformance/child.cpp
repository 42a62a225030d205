// SPDX-License-Identifier: BSL-1.0
//
// The child side: what runs in the fork. The parent opens no connection, starts no thread and loads no
// plug-in, so that nothing of a driver is ever shared between cases.

#include "conformance/child.hpp"
#include "conformance/fork.hpp"
#include "conformance/subject.hpp"

#include <relata/driver/registry.hpp>

#include "engine/url.hpp"

#include <fmt/format.h>

#include <cstdlib>
#include <exception>
#include <typeinfo>

#include <cxxabi.h>

namespace relata::conformance {
namespace {

driver::entry const& entry_of(target const& at) {
    if (at.driver.starts_with('/')) return driver::load(at.driver);
    if (!at.driver.empty())
        for (auto const* each : driver::known())
            if (each->name == at.driver) return *each;
    return driver::find(engine::parse_url(at.url).scheme);
}

// What the engine will use for the URL must be what is tested.
driver::entry const& checked_entry(target const& at) {
    auto const& entry = entry_of(at);
    auto const address = engine::parse_url(at.url);
    auto const& found = driver::find(address.scheme);
    if (&found != &entry)
        fail(error_kind::invalid_url, fmt::format("the driver '{}' does not serve the URL's scheme",
                                                  entry.name ? entry.name : ""));
    return entry;
}

std::string type_name(std::type_info const* type) {
    if (!type) return "an unknown type";
    int status = 0;
    char* const name = abi::__cxa_demangle(type->name(), nullptr, nullptr, &status);
    std::string out = name ? name : type->name();
    std::free(name);
    return out;
}

void tell(ledger& to, error const& e) {
    to.checked();
    auto const& more = e.info().native_message;
    to.write(word::failed, fmt::format("{}{}{}", e.what(), more.empty() ? "" : " | ", more));
}

void guarded(ledger& to, auto const& run) {
    try {
        run();
    } catch (end_of_case const&) {
    } catch (error const& e) {
        tell(to, e);
    } catch (std::exception const& e) {
        to.checked();
        to.write(word::failed, fmt::format("an exception that is no relata::error came out: {}: {}",
                                           type_name(&typeid(e)), e.what()));
    } catch (...) {
        to.checked();
        to.write(word::failed, fmt::format("an exception that is no relata::error came out: {}",
                                           type_name(abi::__cxa_current_exception_type())));
    }
}

void start(subject& s) {
    auto const& can = s.can();
    s.check(!can.server.empty(), "the driver tells the server's product and version");
    s.check(s.connection().transaction() == transaction_state::none,
            "a new connection is in no transaction");
}

constexpr case_entry starting{"START", "The driver is found, fits this library, and connects.",
                              &start};

}  // namespace

case_entry const& start_case() { return starting; }

void run_in_child(target const& at, case_entry const& which, ledger& to) {
    guarded(to, [&] {
        auto const& entry = checked_entry(at);
        to.write(word::driver, entry.name);
        subject s(entry, at.url, which.id, to);
        s.stretch(at.seconds_factor);
        guarded(to, [&] { which.run(s); });
        if (&which == &starting) guarded(to, [&] { to.write(word::server, s.can().server); });
    });
    to.write(word::ended, "");
}

void sweep_in_child(target const& at, std::vector<std::string> const& tables, ledger& to) {
    guarded(to, [&] {
        subject s(checked_entry(at), at.url, "SWEEP", to);
        for (auto const& each : tables) s.drop_later(each);
    });
}

}  // namespace relata::conformance
