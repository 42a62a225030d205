// SPDX-License-Identifier: BSL-1.0
// relata generate: C++ structs for the tables of a schema.

#include "cli/result_file.hpp"
#include "cli/source.hpp"

#include <relata/migrate/generate.hpp>

namespace relata::cli {

namespace {

struct generate_options {
    std::string language;
    std::string source;
    bool no_comments = false;
    migrate::cpp_options cpp;
    result_options result;
};

void tell_notes(session const& s, std::vector<migrate::cpp_note> const& notes) {
    if (s.out.json())
        for (auto const& each : notes)
            s.out.event({{"event", "note"},
                         {"thing", each.of.kind},
                         {"of", text_of(each.of.name)},
                         {"part", each.part},
                         {"name", each.name},
                         {"message", each.reason}});
    else if (!notes.empty())
        s.out.note("the database has " + std::to_string(notes.size()) +
                   (notes.size() == 1 ? " thing" : " things") +
                   " otherwise than create_tables would make it: see the comments in the "
                   "header");
}

int run_generate(session& s, generate_options const& o) {
    auto const format = format_of(o.result, {o.language});
    auto options = o.cpp;
    options.doc_comments = !o.no_comments;
    auto const made = migrate::generate_cpp(
        read_source(s, o.source.empty() ? s.database_url({}) : o.source), options);
    put_result(s, o.result, format, made.text);
    tell_notes(s, made.notes);
    return done;
}

}  // namespace

void add_generate(command& all, session& s) {
    auto command = all.add("generate", "Write C++ structs for the tables of a schema");
    command.footer("What structs cannot say stands in comments of the header. Examples:\n"
                   "  relata generate cpp sqlite:music.db\n"
                   "  relata generate cpp --env prod --namespace shop::model --out model.hpp");
    auto& options = add_action(command, s, run_generate);
    command.value("language", options.language, "cpp").required().one_of({"cpp"});
    command.value("source", options.source, source_text).shown_as("SOURCE");
    command.value("--namespace", options.cpp.name_space, "of the structs, such as shop::model")
        .shown_as("NAME");
    command.value("--guard", options.cpp.guard, "macro of an include guard; default: #pragma once")
        .shown_as("MACRO");
    command.flag("--no-comments", options.no_comments, "leave comments of the schema away");
    add_result(command, options.result);
}

}  // namespace relata::cli
