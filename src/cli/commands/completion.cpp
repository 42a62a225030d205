// SPDX-License-Identifier: BSL-1.0
// relata completion: a script that completes commands and options in a shell.

#include "cli/session.hpp"

namespace relata::cli {

namespace {

struct completion_options {
    std::string shell;
};

// The long options of a command and those of all commands.
std::string options_of(command const& one, command const& all) {
    std::string text;
    for (auto const* of : {&one, &all})
        for (auto const& each : of->options())
            for (auto const& name : each.long_names)
                if (text.find(" --" + name + ' ') == text.npos || of == &one)
                    text += (text.empty() ? "--" : " --") + name;
    return text;
}

std::string for_bash(command const& all, std::string const& program) {
    std::string names;
    std::string cases;
    for (auto const& each : all.commands()) {
        names += (names.empty() ? "" : " ") + each.name();
        cases += "        " + each.name() + ") words=\"" + options_of(each, all) + "\" ;;\n";
    }
    auto const function = "_" + program;
    return function + "() {\n    local word words i\n    words=\"" + names + ' ' +
           options_of(all, all) +
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

std::string for_zsh(command const& all, std::string const& program) {
    std::string list;
    std::string cases;
    for (auto const& each : all.commands()) {
        list += "        " + in_quotes(each.name() + ':' + each.description()) + '\n';
        cases += "    " + each.name() + ") compadd -- " + options_of(each, all) + " ;;\n";
    }
    return "#compdef " + program + "\n_" + program + "() {\n    local -a commands=(\n" + list +
           "    )\n    if ((CURRENT == 2)); then\n        _describe command commands\n        "
           "return\n    fi\n"
           "    if [[ ${words[CURRENT]} != -* ]]; then\n        _files\n        return\n    fi\n"
           "    case ${words[2]} in\n" +
           cases + "    esac\n}\ncompdef _" + program + ' ' + program + '\n';
}

std::string for_fish(command const& all, std::string const& program) {
    std::string text;
    auto const complete = "complete -c " + program;
    for (auto const& each : all.commands()) {
        text += complete + " -n __fish_use_subcommand -a " + each.name() + " -d " +
                in_quotes(each.description()) + '\n';
        for (auto const& option : each.options())
            for (auto const& name : option.long_names)
                text += complete + " -n '__fish_seen_subcommand_from " + each.name() + "' -l " +
                        name + " -d " + in_quotes(option.description) + '\n';
    }
    for (auto const& option : all.options())
        for (auto const& name : option.long_names)
            text += complete + " -l " + name + " -d " + in_quotes(option.description) + '\n';
    return text;
}

int run_completion(session& s, completion_options const& o) {
    if (o.shell == "bash") s.out.write(for_bash(*s.all, s.program));
    else if (o.shell == "zsh") s.out.write(for_zsh(*s.all, s.program));
    else s.out.write(for_fish(*s.all, s.program));
    return done;
}

}  // namespace

void add_completion(command& all, session& s) {
    auto command = all.add("completion", "Write a script that completes commands in a shell");
    command.footer("Examples:\n"
                   "  relata completion bash > /etc/bash_completion.d/relata\n"
                   "  relata completion fish > ~/.config/fish/completions/relata.fish");
    auto& options = add_action(command, s, run_completion);
    command.value("shell", options.shell, "bash, zsh or fish")
        .required()
        .one_of({"bash", "zsh", "fish"});
}

}  // namespace relata::cli
