// SPDX-License-Identifier: BSL-1.0
#include "conformance/network.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

namespace relata::conformance {
namespace {

void replace_options(driver::address& to, url_options const& options) {
    for (auto const& [name, text] : options) {
        std::erase_if(to.options, [&](auto const& each) { return each.first == name; });
        to.options.emplace_back(name, text);
    }
}

// The proxy is made before anything else can be asked for, so the need comes first.
std::string const& url_of_server(subject& s) {
    s.needs(&driver::capabilities::server_process);
    return s.url();
}

std::string cross_join(driver::connection& on, schema::table const& numbers, unsigned times) {
    std::string from, sum;
    for (unsigned i = 0; i < times; ++i) {
        from += fmt::format("{}{} x{}", i ? ", " : "", quoted(on, numbers.name), i);
        sum += fmt::format("{}x{}.n", i ? " + " : "", i);
    }
    return fmt::format("SELECT count(*) FROM {} WHERE {} > 0", from, sum);
}

}  // namespace

std::unique_ptr<driver::connection> connect_with(subject const& s, url_options const& options) {
    auto where = s.address();
    replace_options(where, options);
    return s.connect_to(where);
}

network::network(subject& s) : proxy(url_of_server(s)), subject_(s) {}

driver::address network::address(url_options const& options) const {
    auto where = subject_.address();
    where.host = "127.0.0.1";
    where.port = std::to_string(proxy.port());
    replace_options(where, options);
    return where;
}

std::unique_ptr<driver::connection> network::connect(url_options const& options) const {
    return subject_.connect_to(address(options));
}

database network::open(std::string_view options) const {
    return relata::open(proxy.url(subject_.url_with(options)));
}

void network::needs_messages() {
    auto const c = connect();
    subject_.needs(proxy.messages(way::to_client, message::any) > 0,
                   "a protocol that the fault proxy can read");
}

schema::table const& numbers(subject& s, unsigned rows) {
    auto const& table = s.create(table_of(
        {column<std::int64_t>("id"), column<std::int64_t>("n"), column<std::string>("t")}));
    std::vector<row_values> all;
    for (unsigned i = 1; i <= rows; ++i)
        all.push_back(
            {value(std::int64_t(i)), value(std::int64_t(i)), value(std::string(100, 'x'))});
    store(s.connection(), table, all, path::batch);
    return table;
}

std::string endless_query(driver::connection& on, schema::table const& numbers) {
    return cross_join(on, numbers, 6);
}

std::string short_query(driver::connection& on, schema::table const& numbers) {
    return cross_join(on, numbers, 2);
}

void run_query(driver::connection& on, std::string const& sql) {
    (void)read_column<std::int64_t>(on, sql);
}

bool eventually_counts(driver::connection& on, schema::table const& table, std::int64_t rows) {
    for (int i = 0; i < 250; ++i) {
        if (count(on, table) == rows) return true;
        pause(20);
    }
    return false;
}

std::size_t open_files() {
    namespace fs = std::filesystem;
    return std::size_t(std::distance(fs::directory_iterator("/proc/self/fd"), {}));
}

}  // namespace relata::conformance
