// SPDX-License-Identifier: BSL-1.0

#include "cli/man_page.hpp"

namespace relata::cli {

namespace {

// Text in which nothing is taken for a request or an escape.
std::string plain(std::string const& text) {
    std::string out;
    for (char const c : text) {
        bool const first = out.empty() || out.back() == '\n';
        if (first && (c == '.' || c == '\'')) out += "\\&";
        if (c == '\\') out += "\\e";
        else if (c == '-') out += "\\-";
        else out += c;
    }
    return out;
}

std::string as_written(std::string const& text) { return ".PP\n.nf\n" + plain(text) + "\n.fi\n"; }

// Without --help, which all have.
std::string options_text(command const& of) {
    std::string text;
    for (auto const& each : of.options())
        if (each.long_names != std::vector<std::string>{"help"})
            text += ".TP\n\\fB" + plain(each.said) + "\\fR\n" + plain(each.description) + '\n';
    return text;
}

std::string command_text(command const& of) {
    auto text = ".SS " + plain(of.name()) + '\n' + plain(of.description()) + ".\n";
    text += options_text(of);
    return of.footer().empty() ? text : text + as_written(of.footer());
}

std::string exit_code_lines() {
    std::string text;
    for (auto const& each : exit_codes())
        text += ".TP\n\\fB" + std::to_string(each.code) + "\\fR\n" + plain(each.meaning) + '\n';
    return text;
}

}  // namespace

std::string man_page(command const& all, std::string const& version, std::string const& settings) {
    auto const name = plain(all.name());
    auto text = ".TH \"" + name + "\" 1 \"\" \"relata " + version + "\"\n.SH NAME\n" + name +
                " \\- " + plain(all.description()) + "\n.SH SYNOPSIS\n\\fB" + name +
                "\\fR \\fIcommand\\fR [\\fIoptions\\fR]\n.SH COMMANDS\n";
    for (auto const& each : all.commands()) text += command_text(each);
    return text + ".SH OPTIONS\n" + options_text(all) + ".SH EXIT STATUS\n" + exit_code_lines() +
           ".SH ENVIRONMENT\n" + as_written(settings) + ".SH EXAMPLES\n" + as_written(all.footer());
}

}  // namespace relata::cli
