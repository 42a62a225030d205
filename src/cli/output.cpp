// SPDX-License-Identifier: BSL-1.0

#include "cli/output.hpp"

#include "cli/rights.hpp"

#include <nlohmann/json.hpp>

#include <unistd.h>

#include <cstdio>
#include <cstdlib>

namespace relata::cli {

namespace {

bool is_set(char const* variable) {
    auto const* const value = std::getenv(variable);
    return value && *value;
}

bool wants_colors(std::string_view asked, int file) {
    if (asked == "always") return true;
    if (asked == "never" || is_set("NO_COLOR")) return false;
    if (is_set("CLICOLOR_FORCE")) return true;
    auto const* const terminal = std::getenv("TERM");
    return ::isatty(file) == 1 && !(terminal && std::string_view(terminal) == "dumb");
}

std::string painted(color c, std::string_view text, bool colors) {
    if (!colors || c == color::none) return std::string(text);
    static constexpr char const* starts[] = {"",         "\033[31m", "\033[32m",
                                             "\033[33m", "\033[34m", "\033[2m"};
    return starts[static_cast<unsigned>(c)] + std::string(text) + "\033[0m";
}

void put(std::FILE* to, std::string_view text) {
    std::fwrite(text.data(), 1, text.size(), to);
    std::fflush(to);
}

std::string json_of(std::vector<member> const& members) {
    auto object = nlohmann::ordered_json::object();
    for (auto const& each : members)
        std::visit([&](auto const& value) { object[each.name] = value; }, each.value);
    // a database may hold bytes that are no text
    return object.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

// In which the database's own words help, and hold no secret: statements, not connections.
bool is_about_statement(error_kind kind) {
    switch (kind) {
    case error_kind::syntax:
    case error_kind::table_not_found:
    case error_kind::column_not_found:
    case error_kind::already_exists:
    case error_kind::permission_denied:
    case error_kind::invalid_argument:
    case error_kind::not_supported:
    case error_kind::unknown: return true;
    default: return false;
    }
}

std::string_view hint_for(error_kind kind) {
    switch (kind) {
    case error_kind::driver_not_found:
        return "install the driver's package, or check the beginning of the URL";
    case error_kind::connection_failed: return "check host and port, and whether the server runs";
    case error_kind::auth_failed: return "check user and password";
    case error_kind::database_not_found: return "check the name of the database, or create it";
    case error_kind::tls_failed: return "check the certificates, and what the URL says of them";
    case error_kind::read_only:
        return "check that the server is no standby, and that the file and its folder can be "
               "written";
    case error_kind::data_loss: return "if that is meant: --allow-loss";
    default: return {};
    }
}

}  // namespace

void output::configure(std::string_view colors, bool json) {
    json_ = json;
    colors_ = !json && wants_colors(colors, STDOUT_FILENO);
    error_colors_ = !json && wants_colors(colors, STDERR_FILENO);
}

void output::write(std::string_view text) const { put(stdout, text); }
void output::line(std::string_view text) const { put(stdout, std::string(text) + '\n'); }
void output::event(std::vector<member> const& members) const { line(json_of(members)); }
std::string output::in(color c, std::string_view text) const { return painted(c, text, colors_); }

void output::note(std::string_view text) const {
    if (!json_) put(stderr, std::string(text) + '\n');
}

void output::tell(error const& e, std::string_view tenant) const {
    std::string message = e.what();
    if (is_about_statement(e.kind()) && !e.info().native_message.empty())
        message += "\n  the database says: " + e.info().native_message;
    auto const hint = e.kind() == error_kind::permission_denied ? missing_right(e)
                                                                : std::string(hint_for(e.kind()));
    tell(code_of(e.kind()), message, hint, tenant);
}

void output::tell(std::string_view code, std::string_view message, std::string_view hint,
                  std::string_view tenant) const {
    if (json_) {
        std::vector<member> object{
            {"event", "error"}, {"level", "error"}, {"code", code}, {"message", message}};
        if (!hint.empty()) object.emplace_back("hint", hint);
        if (!tenant.empty()) object.emplace_back("tenant", tenant);
        return put(stderr, json_of(object) + '\n');
    }
    auto const who = tenant.empty() ? "relata: " : "relata: " + std::string(tenant) + ": ";
    put(stderr, painted(color::red, who, error_colors_) + std::string(message) + '\n');
    if (!hint.empty()) put(stderr, "  " + std::string(hint) + '\n');
}

}  // namespace relata::cli
