// SPDX-License-Identifier: BSL-1.0
// relata er, doc: a schema as a picture, and as a page.

#include "cli/result_file.hpp"
#include "cli/source.hpp"

#include <relata/migrate/document.hpp>

namespace relata::cli {

namespace {

struct view_options {
    std::string source;
    migrate::viewpoint shown;
    result_options result;
};

struct er_options : view_options {
    std::string columns = "all";
};

struct doc_options : view_options {
    std::string title;
    bool picture = false;
};

std::vector<std::string> const pictures{"mermaid", "dot", "svg"};
std::vector<std::string> const pages{"md", "html"};

catalog::schema schema_of(session const& s, view_options const& o) {
    return read_source(s, o.source.empty() ? s.database_url({}) : o.source);
}

int run_er(session& s, er_options const& o) {
    auto const format = format_of(o.result, pictures);
    auto const schema = schema_of(s, o);
    auto shown = o.shown;
    shown.columns = o.columns == "keys"   ? migrate::shown_columns::keys
                    : o.columns == "none" ? migrate::shown_columns::none
                                          : migrate::shown_columns::all;
    put_result(s, o.result, format,
               format == "svg"   ? migrate::draw_svg(schema, shown)
               : format == "dot" ? migrate::draw_dot(schema, shown)
                                 : migrate::draw_mermaid(schema, shown));
    return done;
}

int run_doc(session& s, doc_options const& o) {
    auto const format = format_of(o.result, pages);
    if (o.picture && format != "html") throw usage_error("--picture is for --format html");
    auto const schema = schema_of(s, o);
    migrate::document_options page{.title = o.title, .shown = o.shown};
    if (o.picture) page.picture = migrate::draw_svg(schema, o.shown);
    put_result(s, o.result, format,
               format == "html" ? migrate::to_html(schema, page)
                                : migrate::to_markdown(schema, page));
    return done;
}

void add_view(command& of, view_options& to) {
    of.value("source", to.source, source_text).shown_as("SOURCE");
    of.repeated("--only", to.shown.only,
                "tables whose name matches; * and ? stand for any text (may be repeated)")
        .shown_as("PATTERN");
    of.repeated("--without", to.shown.without, "and none of those (may be repeated)")
        .shown_as("PATTERN");
    auto const around =
        of.value("--around", to.shown.around, "this table and its neighbours").shown_as("TABLE");
    of.value("--depth", to.shown.depth, "neighbours over so many references")
        .shows_default()
        .needs(around);
}

}  // namespace

void add_er(command& all, session& s) {
    auto er = all.add("er", "Draw tables and what they refer to");
    er.footer("Mermaid is shown by many places that show Markdown; SVG needs Graphviz. Examples:\n"
              "  relata er sqlite:music.db\n"
              "  relata er env:prod --around orders --depth 2 --out orders.svg\n"
              "  relata er migrations --only 'user*' --columns keys --format dot");
    auto& drawn = add_action(er, s, run_er);
    add_view(er, drawn);
    er.value("--columns", drawn.columns, "all, keys or none")
        .one_of({"all", "keys", "none"})
        .shows_default();
    add_result(er, drawn.result, pictures);
    auto doc = all.add("doc", "Write a page on the tables of a schema");
    doc.footer("Examples:\n"
               "  relata doc sqlite:music.db > schema.md\n"
               "  relata doc --env prod --title Shop --picture --out shop.html --force");
    auto& written = add_action(doc, s, run_doc);
    add_view(doc, written);
    doc.value("--title", written.title, "of the page").shown_as("TEXT");
    doc.flag("--picture", written.picture, "HTML: with a picture, which needs Graphviz");
    add_result(doc, written.result, pages);
}

}  // namespace relata::cli
