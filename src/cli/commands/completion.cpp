// SPDX-License-Identifier: BSL-1.0
// relata completion: a script that completes commands and options in a shell.

#include "cli/session.hpp"

namespace relata::cli {

namespace {

struct completion_options {
    std::string shell;
};

std::vector<CLI::App const*> commands_of(CLI::App const& app) {
    return app.get_subcommands([](CLI::App const* each) { return !each->get_name().empty(); });
}

// The long options of a command and those of all commands.
std::string options_of(CLI::App const& command, CLI::App const& all) {
    std::string text;
    for (auto const* app : {&command, &all})
        for (auto const* each : app->get_options())
            for (auto const& name : each->get_lnames())
                if (text.find(" --" + name + ' ') == text.npos || app == &command)
                    text += (text.empty() ? "--" : " --") + name;
    return text;
}

std::string for_bash(CLI::App const& app, std::string const& program) {
    std::string names;
    std::string cases;
    for (auto const* each : commands_of(app)) {
        names += (names.empty() ? "" : " ") + each->get_name();
        cases += "        " + each->get_name() + ") words=\"" + options_of(*each, app) + "\" ;;\n";
    }
    auto const function = "_" + program;
    return function + "() {\n    local word words i\n    words=\"" + names + ' ' +
           options_of(app, app) +
           "\"\n    for ((i = 1; i < COMP_CWORD; i++)); do\n        case ${COMP_WORDS[i]} in\n" +
           cases +
           "        *) continue ;;\n        esac\n        break\n    done\n"
           "    word=${COMP_WORDS[COMP_CWORD]}\n"
           "    mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$word\")\n"
           "    if [[ $word != -* ]]; then\n"
           "        mapfile -t -O \"${#COMPREPLY[@]}\" COMPREPLY < <(compgen -f -- \"$word\")\n    "
           "fi\n}\n"
           "complete -o filenames -F " +
           function + ' ' + program + '\n';
}

std::string in_quotes(std::string const& text) {
    std::string out = "'";
    for (char const c : text) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return out + "'";
}

std::string for_zsh(CLI::App const& app, std::string const& program) {
    std::string list;
    std::string cases;
    for (auto const* each : commands_of(app)) {
        list += "        " + in_quotes(each->get_name() + ':' + each->get_description()) + '\n';
        cases += "    " + each->get_name() + ") compadd -- " + options_of(*each, app) + " ;;\n";
    }
    return "#compdef " + program + "\n_" + program + "() {\n    local -a commands=(\n" + list +
           "    )\n    if ((CURRENT == 2)); then\n        _describe command commands\n        "
           "return\n    fi\n"
           "    if [[ ${words[CURRENT]} != -* ]]; then\n        _files\n        return\n    fi\n"
           "    case ${words[2]} in\n" +
           cases + "    esac\n}\ncompdef _" + program + ' ' + program + '\n';
}

std::string for_fish(CLI::App const& app, std::string const& program) {
    std::string text;
    auto const complete = "complete -c " + program;
    for (auto const* each : commands_of(app)) {
        text += complete + " -n __fish_use_subcommand -a " + each->get_name() + " -d " +
                in_quotes(each->get_description()) + '\n';
        for (auto const* option : each->get_options())
            for (auto const& name : option->get_lnames())
                text += complete + " -n '__fish_seen_subcommand_from " + each->get_name() +
                        "' -l " + name + " -d " + in_quotes(option->get_description()) + '\n';
    }
    for (auto const* option : app.get_options())
        for (auto const& name : option->get_lnames())
            text += complete + " -l " + name + " -d " + in_quotes(option->get_description()) + '\n';
    return text;
}

int run(session& s, completion_options const& o) {
    if (o.shell == "bash") s.out.write(for_bash(*s.app, s.program));
    else if (o.shell == "zsh") s.out.write(for_zsh(*s.app, s.program));
    else s.out.write(for_fish(*s.app, s.program));
    return done;
}

}  // namespace

void add_completion(CLI::App& app, session& s) {
    auto& command =
        *app.add_subcommand("completion", "Write a script that completes commands in a shell");
    command.footer("Examples:\n"
                   "  relata completion bash > /etc/bash_completion.d/relata\n"
                   "  relata completion fish > ~/.config/fish/completions/relata.fish");
    auto& options = add_action(command, s, run);
    command.add_option("shell", options.shell, "bash, zsh or fish")
        ->required()
        ->check(CLI::IsMember({"bash", "zsh", "fish"}));
}

}  // namespace relata::cli
