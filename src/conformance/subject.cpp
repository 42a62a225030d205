// SPDX-License-Identifier: BSL-1.0

#include "conformance/subject.hpp"

#include "conformance/child.hpp"
#include "engine/url.hpp"

#include <relata/driver/option_names.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <filesystem>

#include <unistd.h>

namespace relata::conformance {
namespace {

std::string place_of(std::source_location const& at) {
    std::string_view file = at.file_name();
    if (auto const slash = file.rfind('/'); slash != file.npos) file.remove_prefix(slash + 1);
    return fmt::format("{}:{}", file, at.line());
}

}  // namespace

bool kinds::has(error_kind kind) const {
    return std::find(list_.begin(), list_.end(), kind) != list_.end();
}

std::string kinds::text() const {
    std::string text;
    for (auto const kind : list_) {
        if (!text.empty()) text += " or ";
        text += name_of(kind);
    }
    return text;
}

subject::subject(driver::entry const& entry, std::string url, std::string case_id, ledger& to)
    : entry_(entry), url_(std::move(url)), address_(engine::parse_url(url_)),
      case_id_(std::move(case_id)), ledger_(to) {
    // the driver gets what the engine would give it
    (void)engine::take_pool_options(address_);
}

subject::~subject() {
    drop_tables();
    if (folder_.empty()) return;
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
}

std::string subject::url_with(std::string_view options) const {
    if (options.empty()) return url_;
    return fmt::format("{}{}{}", url_, url_.find('?') == url_.npos ? '?' : '&', options);
}

std::vector<std::string_view> subject::options() const {
    return driver::options_of(entry_, address_.scheme);
}

bool subject::has_option(std::string_view name) const {
    auto const names = options();
    return std::find(names.begin(), names.end(), name) != names.end();
}

std::unique_ptr<driver::connection> subject::connect() const { return connect_to(address_); }

std::unique_ptr<driver::connection> subject::connect(std::string_view options) const {
    auto changed = engine::parse_url(url_with(options));
    (void)engine::take_pool_options(changed);
    engine::check_options(changed, entry_);
    return connect_to(changed);
}

std::unique_ptr<driver::connection> subject::connect_to(driver::address const& there) const {
    auto made = entry_.connect(there);
    if (!made) fail(error_kind::unknown, "the driver's connect gave no connection");
    needs_rows(made->can());
    return made;
}

database subject::open(std::string_view options) const {
    auto opened = relata::open(url_with(options));
    if (!connection_) needs_rows(entry_.connect(address_)->can());
    return opened;
}

// Whoever connects wants to run statements, except for the look at the driver itself.
void subject::needs_rows(driver::capabilities const& can) const {
    if (can.keeps_rows || case_id_ == start_case().id) return;
    ledger_.write(word::declared, name_of(&driver::capabilities::keeps_rows));
    throw end_of_case{};
}

driver::connection& subject::connection() {
    if (!connection_) connection_ = connect();
    return *connection_;
}

void subject::needs(bool driver::capabilities::* member) { needs(can().*member, name_of(member)); }

void subject::needs(isolation level) {
    needs((can().isolation_levels & driver::level_bit(level)) != 0, name_of(level));
}

void subject::needs(bool there, std::string_view name) {
    if (there) return;
    ledger_.write(word::declared, name);
    throw end_of_case{};
}

std::string subject::fresh_name(std::string_view hint) {
    std::string id = case_id_;
    for (auto& c : id) c = c == '-' ? '_' : char(std::tolower(static_cast<unsigned char>(c)));
    return fmt::format("kit{}_{}_{}{}", ::getpid(), id, hint, ++names_);
}

schema::table const& subject::create(schema::table shape) {
    if (shape.name.empty()) shape.name = fresh_name();
    if (!shape.primary.columns.empty() && shape.primary.name.empty())
        shape.primary.name = shape.name + "_pkey";
    auto const& table = tables_.emplace_back(std::move(shape));
    ledger_.write(word::table, table.name);
    for (auto const& statement : dialect::create_tables({&table}, spelling()))
        connection().script(statement);
    return table;
}

void subject::drop_later(std::string const& table) {
    tables_.emplace_back().name = table;
    ledger_.write(word::table, table);
}

std::string const& subject::folder() {
    if (folder_.empty()) {
        folder_ = (std::filesystem::temp_directory_path() / "relata-kit.XXXXXX").string();
        if (!::mkdtemp(folder_.data())) {
            folder_.clear();
            fail(error_kind::unknown, "no temporary folder can be made");
        }
    }
    return folder_;
}

// On a connection of its own: that of the case may be in any state, and may hold locks.
void subject::drop_tables() noexcept {
    if (tables_.empty()) return;
    try {
        connection_.reset();
        auto const fresh = entry_.connect(address_);
        if (!fresh || !fresh->can().keeps_rows) return;
        for (auto each = tables_.rbegin(); each != tables_.rend(); ++each) {
            for (auto const& statement : dialect::drop_tables({&*each}, fresh->spelling()))
                fresh->script(statement);
            ledger_.write(word::dropped, each->name);
        }
    } catch (error const& e) {
        ledger_.write(word::note, fmt::format("tables were left behind: {}", e.what()));
    }
}

void subject::step(std::string_view what, where at) {
    ledger_.doing(fmt::format("{} ({})", what, place_of(at)));
}

bool subject::check(bool holds, std::string_view what, where at) {
    ledger_.checked();
    step(what, at);
    if (!holds) ledger_.write(word::failed, fmt::format("{} ({})", what, place_of(at)));
    return holds;
}

void subject::demand(bool holds, std::string_view what, where at) {
    if (!check(holds, what, at)) throw end_of_case{};
}

void subject::note(std::string_view text) { ledger_.write(word::note, text); }

bool subject::mismatch(std::string const& expected, std::string const& actual,
                       std::string_view what, where at) {
    return check(false, fmt::format("{}: expected {}, got {}", what, expected, actual), at);
}

error_info subject::nothing_thrown(kinds const& expected, std::string_view what, where at) {
    check(false, fmt::format("{}: expected {}, nothing was thrown", what, expected.text()), at);
    return {};
}

error_info subject::judge(kinds const& expected, error const& e, std::string_view what,
                          std::vector<std::string> const& hidden, where at) {
    std::string_view const text = e.what();
    check(expected.has(e.kind()),
          fmt::format("{}: expected {}, got {} | {}", what, expected.text(), text,
                      e.info().native_message),
          at);
    check(!text.empty() && text.find('\n') == text.npos,
          fmt::format("{}: what() is one line", what), at);
    auto const holds = [&](std::string const& secret) {
        return !secret.empty() && text.find(secret) != text.npos;
    };
    // a password that is a word of the address stands in messages rightly
    auto const& password = address_.password;
    if (password.size() > 3 && password != address_.user && password != address_.database)
        check(!holds(password), fmt::format("{}: what() has no password", what), at);
    for (auto const& each : hidden)
        check(!holds(each), fmt::format("{}: what() holds no value: {}", what, text), at);
    return e.info();
}

}  // namespace relata::conformance
