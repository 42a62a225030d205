// SPDX-License-Identifier: BSL-1.0

#include "cli/command_line.hpp"

#include <CLI/CLI.hpp>

#include <utility>

namespace relata::cli {

namespace {

std::string said(CLI::Option const& of) {
    auto const names = of.nonpositional() ? of.get_name(false, true) : of.get_name(true);
    return of.get_type_name().empty() ? names : names + ' ' + of.get_type_name();
}

}  // namespace

option option::required() {
    of_->required();
    return *this;
}

option option::one_of(std::vector<std::string> const& words) {
    of_->check(CLI::IsMember(words));
    return *this;
}

option option::shown_as(std::string const& type) {
    of_->type_name(type);
    return *this;
}

option option::shows_default() {
    of_->capture_default_str();
    return *this;
}

option option::or_variable(std::string const& name) {
    of_->envname(name);
    return *this;
}

option option::needs(option other) {
    of_->needs(other.of_);
    return *this;
}

command command::add(std::string const& name, std::string const& description) {
    return command(*of_->add_subcommand(name, description));
}

void command::footer(std::string const& text) { of_->footer(text); }
void command::on_use(std::function<void()> const& action) { of_->callback(action); }

option command::value(std::string const& name, std::string& to, std::string const& description) {
    return option(*of_->add_option(name, to, description));
}

option command::value(std::string const& name, unsigned& to, std::string const& description) {
    return option(*of_->add_option(name, to, description));
}

option command::value(std::string const& name, std::size_t& to, std::string const& description) {
    return option(*of_->add_option(name, to, description));
}

option command::value(std::string const& name, std::int64_t& to, std::string const& description) {
    return option(*of_->add_option(name, to, description));
}

option command::flag(std::string const& name, bool& to, std::string const& description) {
    return option(*of_->add_flag(name, to, description));
}

option command::repeated(std::string const& name, std::vector<std::string>& to,
                         std::string const& description) {
    return option(*of_->add_option(name, to, description)->expected(1)->take_all());
}

option command::rest(std::string const& name, std::vector<std::string>& to,
                     std::string const& description) {
    return option(*of_->add_option(name, to, description));
}

std::string command::name() const { return of_->get_name(); }
std::string command::description() const { return of_->get_description(); }
std::string command::help() const { return of_->help(); }
std::string command::footer() const { return of_->get_footer(); }

std::vector<command> command::commands() const {
    std::vector<command> all;
    for (auto* const each : of_->get_subcommands([](CLI::App const*) { return true; }))
        all.emplace_back(*each);
    return all;
}

std::vector<option_text> command::options() const {
    std::vector<option_text> all;
    for (auto const* const each : std::as_const(*of_).get_options())
        all.push_back({each->get_lnames(), said(*each), each->get_description()});
    return all;
}

command_line::command_line(std::string const& name, std::string const& description)
    : command_line(std::make_unique<CLI::App>(description, name)) {}

command_line::command_line(std::unique_ptr<CLI::App> app) : command(*app), app_(std::move(app)) {
    of_->fallthrough();
}

command_line::~command_line() = default;

void command_line::version(std::string const& text) { of_->set_version_flag("--version", text); }

bool command_line::parse(int argc, char const* const* argv) {
    try {
        of_->parse(argc, argv);
    } catch (CLI::ParseError const& e) {
        if (e.get_exit_code() != 0) throw usage_error(e.what());
        of_->exit(e);
        return false;
    }
    return true;
}

}  // namespace relata::cli
