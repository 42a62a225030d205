// SPDX-License-Identifier: BSL-1.0

#include "migrate/document/facts.hpp"
#include "migrate/characters.hpp"
#include "migrate/document/html_style.hpp"

#include <relata/migrate/document.hpp>

#include <algorithm>

namespace relata::migrate {

namespace {

using namespace document;
using picture::escaped;
using picture::full_name;
using picture::joined;

std::string code(std::string_view text) {
    return text.empty() ? std::string() : "<code>" + escaped(text) + "</code>";
}

std::string small(std::string const& text) {
    return text.empty() ? text : " <small>" + escaped(text) + "</small>";
}

// ASCII letters in lower case, as the filter compares.
class html_writer {
public:
    html_writer(catalog::schema const& from, document_options const& options)
        : from_(from), options_(options), tables_(tables_in(from, options.shown)),
          incoming_(incoming_of(from)), others_(other_things(from)) {}

    std::string text() {
        auto const title = escaped(options_.title.empty() ? "Database schema" : options_.title);
        out_ = "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
               "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>" +
               title + "</title>\n<style>";
        (out_ += style_sheet) += "</style>\n</head>\n<body>\n";
        contents();
        out_ += "<main>\n<h1>" + title + "</h1>\n<p>" + escaped(product_name(from_)) + " · " +
                counts_of(from_, tables_.size()) + "</p>\n";
        picture();
        for (auto const* t : tables_) table(*t);
        for (std::size_t i = 0; i < others_.size(); ++i) other(i);
        (out_ += "</main>\n<script>") += script;
        return std::move(out_) + "</script>\n</body>\n</html>\n";
    }

private:
    void contents() {
        out_ +=
            "<nav>\n<input type=\"search\" placeholder=\"Filter: table or column  ( / )\" "
            "aria-label=\"Filter by names of tables and columns\">\n<p id=\"shown\"></p>\n<ul>\n";
        auto const entry = [&](std::string const& to, std::string const& name) {
            out_ += "<li><a href=\"#" + to + "\" title=\"" + escaped(name) + "\">" + escaped(name) +
                    "</a></li>\n";
        };
        for (auto const* t : tables_) entry(anchor("table", t->name), full_name(t->name));
        for (std::size_t i = 0; i < others_.size(); ++i)
            entry(other_anchor(i), others_[i].kind + " " + others_[i].name);
        out_ += "</ul>\n</nav>\n";
    }

    static std::string other_anchor(std::size_t number) {
        return "other-" + std::to_string(number + 1);
    }

    // Without what comes before the svg element: a page has its own.
    void picture() {
        auto const at = options_.picture.find("<svg");
        if (at == std::string::npos) return;
        out_ += "<div class=\"picture\">" + options_.picture.substr(at) + "</div>\n";
    }

    std::string link(catalog::table const* t, catalog::object_name const& name) const {
        if (!t) return code(full_name(name));
        return "<a href=\"#" + anchor("table", t->name) + "\">" + code(full_name(t->name)) + "</a>";
    }

    void table(catalog::table const& t) {
        auto names = lowered(full_name(t.name));
        for (auto const& c : t.columns) names += " " + lowered(c.name);
        out_ += "<section id=\"" + anchor("table", t.name) + "\" data-names=\"" + escaped(names) +
                "\">\n<h2>" + escaped(full_name(t.name)) + "</h2>\n";
        comment(t.comment);
        columns(t);
        out_ += "<dl>\n";
        keys(t);
        references(t);
        for (auto const& i : t.indexes)
            fact("Index", code(i.name) + " on " + code(joined(i.parts)) + small(remarks_of(i)));
        for (auto const& c : t.checks)
            fact("Check", code(c.name) + (c.name.empty() ? "" : " ") + code(c.condition) +
                              small(words_of(c.options)));
        if (!t.partitioning.by.empty()) fact("Partitioned", code(t.partitioning.by));
        if (!t.options.empty()) fact("Options", escaped(words_of(t.options)));
        out_ += "</dl>\n</section>\n";
    }

    void comment(std::string const& text) {
        if (!text.empty()) out_ += "<p>" + escaped(text) + "</p>\n";
    }

    void fact(char const* name, std::string const& text) {
        out_ += "<dt>" + std::string(name) + "</dt><dd>" + text + "</dd>\n";
    }

    void columns(catalog::table const& t) {
        out_ += "<div class=\"scroll\"><table>\n<tr><th></th><th>column</th><th>type</th>"
                "<th>null</th><th>default</th><th>about</th></tr>\n";
        for (auto const& c : t.columns) {
            auto about = escaped(remarks_of(c));
            if (!c.comment.empty()) (about += about.empty() ? "" : " · ") += escaped(c.comment);
            out_ += "<tr><td class=\"marks\">" + marks(picture::role_of(t, c.name)) +
                    "</td><td class=\"name\">" + code(c.name) + "</td><td>" + code(c.type) +
                    "</td><td class=\"soft\">" + (c.nullable ? "null" : "") + "</td><td>" +
                    code(value_of(c)) + "</td><td class=\"soft\">" + about + "</td></tr>\n";
        }
        out_ += "</table></div>\n";
    }

    static std::string marks(picture::column_role const& role) {
        std::string out;
        if (role.primary) out += "<b class=\"mark\">PK</b>";
        if (role.refers) out += "<b class=\"mark\">FK</b>";
        if (role.unique && !role.primary) out += "<b class=\"mark\">UK</b>";
        return out;
    }

    void keys(catalog::table const& t) {
        auto const add = [&](char const* word, catalog::key const& k) {
            fact(word, code(joined(k.parts)) + small(k.name) + small(words_of(k.options)));
        };
        if (t.primary) add("Primary key", *t.primary);
        for (auto const& k : t.uniques) add("Unique", k);
    }

    void references(catalog::table const& t) {
        for (auto const& r : t.references)
            fact("Refers to", code(joined(r.columns)) + " → " +
                                  link(picture::target_of(r, tables_, from_.engine), r.other) +
                                  (r.other_columns.empty() ? "" : " ") +
                                  code(joined(r.other_columns)) + small(rules_of(r)));
        auto const found = incoming_.find(&t);
        if (found == incoming_.end()) return;
        for (auto const& in : found->second) {
            bool const shown = std::find(tables_.begin(), tables_.end(), in.from) != tables_.end();
            fact("Referred to by", link(shown ? in.from : nullptr, in.from->name) + " " +
                                       code(joined(in.reference->columns)) +
                                       small(rules_of(*in.reference)));
        }
    }

    void other(std::size_t number) {
        auto const& thing = others_[number];
        out_ += "<section id=\"" + other_anchor(number) + "\" data-names=\"" +
                escaped(lowered(thing.kind + " " + thing.name)) + "\">\n<h2>" +
                escaped(thing.name) + "<small>" + escaped(thing.kind) + "</small></h2>\n";
        comment(thing.comment);
        if (!thing.definition.empty()) out_ += "<pre>" + code(thing.definition) + "</pre>\n";
        out_ += "</section>\n";
    }

    catalog::schema const& from_;
    document_options const& options_;
    std::vector<catalog::table const*> tables_;
    incoming_references incoming_;
    std::vector<other_thing> others_;
    std::string out_;
};

}  // namespace

std::string to_html(catalog::schema const& from, document_options const& options) {
    return html_writer(from, options).text();
}

}  // namespace relata::migrate
