// SPDX-License-Identifier: BSL-1.0
// What can be said on the command line. The library that reads it is seen by command_line.cpp alone: it
// would take longer to compile than all that uses it.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace relata::cli {

/// A mistake on the command line; some only show when the command runs.
struct usage_error : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// An option of a command, or what is said without a name. A handle: valid as long as the program.
class option {
public:
    explicit option(CLI::Option& of) noexcept : of_(&of) {}

    option required();
    option one_of(std::vector<std::string> const& words);
    /// What stands for its value in the help.
    option shown_as(std::string const& type);
    option shows_default();
    /// Where its value comes from when it is not said.
    option or_variable(std::string const& name);
    /// Not without the other.
    option needs(option other);

private:
    CLI::Option* of_;
};

/// An option as its help and its completion have it.
struct option_text {
    std::vector<std::string> long_names;  ///< without their dashes
    std::string said;                     ///< as it is said, with what it takes: "--depth UINT"
    std::string description;
};

/// A command, to which its options are added. A handle: valid as long as the program.
class command {
public:
    explicit command(CLI::App& of) noexcept : of_(&of) {}

    command add(std::string const& name, std::string const& description);
    void footer(std::string const& text);
    /// What parse does when this command is said.
    void on_use(std::function<void()> const& action);

    /// A name with dashes, or without for what is said at a place.
    option value(std::string const& name, std::string& to, std::string const& description);
    option value(std::string const& name, unsigned& to, std::string const& description);
    option value(std::string const& name, std::size_t& to, std::string const& description);
    option value(std::string const& name, std::int64_t& to, std::string const& description);
    option flag(std::string const& name, bool& to, std::string const& description);
    /// An option that may be repeated, with one value each time.
    option repeated(std::string const& name, std::vector<std::string>& to,
                    std::string const& description);
    /// All that is said without a name.
    option rest(std::string const& name, std::vector<std::string>& to,
                std::string const& description);

    [[nodiscard]] std::string name() const;
    [[nodiscard]] std::string description() const;
    [[nodiscard]] std::string help() const;
    [[nodiscard]] std::string footer() const;
    [[nodiscard]] std::vector<command> commands() const;
    [[nodiscard]] std::vector<option_text> options() const;

protected:
    CLI::App* of_;
};

/// The command of which all others are a part.
class command_line : public command {
public:
    command_line(std::string const& name, std::string const& description);
    command_line(command_line const&) = delete;
    command_line& operator=(command_line const&) = delete;
    ~command_line();

    void version(std::string const& text);
    /// Reads the arguments into what the options are bound to. Throws usage_error.
    /// \return false: help or version was asked for, and shown
    bool parse(int argc, char const* const* argv);

private:
    explicit command_line(std::unique_ptr<CLI::App> app);

    std::unique_ptr<CLI::App> app_;
};

}  // namespace relata::cli
