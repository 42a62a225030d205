// SPDX-License-Identifier: BSL-1.0

#include "migrate/document/facts.hpp"

#include <relata/migrate/document.hpp>

#include <algorithm>

namespace relata::migrate {

namespace {

using namespace document;
using picture::full_name;
using picture::joined;

// Text that stays text, also in a cell of a table.
std::string plain(std::string_view text) {
    std::string out;
    for (char const c : text) {
        if (c == '\n') out += "<br>";
        else if (c == '\r') continue;
        else {
            if (std::string_view("\\`*_{}[]<>()#+-.!|&~$:@^=\"'").find(c) != std::string_view::npos)
                out += '\\';
            out += c;
        }
    }
    return out;
}

// Comments are prose: a full stop or a bracket is no markup there and stays readable.
std::string prose(std::string_view text) {
    std::string out;
    for (char const c : text) {
        if (c == '\n') out += "<br>";
        else if (c == '\r') continue;
        else {
            if (std::string_view("\\`*_[]<>#|&~$").find(c) != std::string_view::npos) out += '\\';
            out += c;
        }
    }
    return out;
}

// Code between as many backticks as it needs; a `|` would end the cell.
std::string in_backticks(std::string_view text) {
    if (text.empty()) return "";
    std::string inner;
    std::size_t run = 0, longest = 0;
    for (char const c : text) {
        run = c == '`' ? run + 1 : 0;
        longest = std::max(longest, run);
        if (c == '|') inner += "\\|";
        else inner += c == '\n' || c == '\r' ? ' ' : c;
    }
    std::string const ticks(longest + 1, '`');
    auto const space = longest > 0 ? " " : "";
    return ticks + space + inner + space + ticks;
}

std::string link(catalog::table const& t) {
    return "[" + in_backticks(full_name(t.name)) + "](#" + anchor("table", t.name) + ")";
}

class markdown_writer {
public:
    markdown_writer(catalog::schema const& from, document_options const& options)
        : from_(from), options_(options), tables_(tables_in(from, options.shown)),
          incoming_(incoming_of(from)) {}

    std::string text() {
        out_ = "# " + plain(options_.title.empty() ? "Database schema" : options_.title) + "\n\n" +
               prose(product_name(from_)) + " · " + counts_of(from_, tables_.size()) + "\n\n";
        contents();
        for (auto const* t : tables_) table(*t);
        for (auto const& thing : other_things(from_)) other(thing);
        return std::move(out_);
    }

private:
    void contents() {
        out_ += "| table | columns | refers to | about |\n| --- | ---: | --- | --- |\n";
        for (auto const* t : tables_) {
            std::string targets;
            for (auto const& r : t->references)
                (targets += targets.empty() ? "" : ", ") += reference_target(r);
            out_ += "| " + link(*t) + " | " + std::to_string(t->columns.size()) + " | " + targets +
                    " | " + prose(t->comment) + " |\n";
        }
        out_ += "\n";
    }

    std::string reference_target(catalog::reference const& r) const {
        auto const* other = picture::target_of(r, tables_, from_.engine);
        return other ? link(*other) : in_backticks(full_name(r.other));
    }

    void table(catalog::table const& t) {
        out_ += "<a id=\"" + anchor("table", t.name) + "\"></a>\n\n## " +
                in_backticks(full_name(t.name)) + "\n\n";
        if (!t.comment.empty()) out_ += prose(t.comment) + "\n\n";
        columns(t);
        keys(t);
        references(t);
        indexes(t);
        for (auto const& c : t.checks)
            line("Check " + in_backticks(c.name) + (c.name.empty() ? "" : ": ") +
                 in_backticks(c.condition));
        if (!t.options.empty()) line("Options: " + prose(words_of(t.options)));
        if (!t.partitioning.by.empty()) line("Partitioned by " + in_backticks(t.partitioning.by));
        out_ += "\n";
    }

    void line(std::string const& text) { out_ += "- " + text + "\n"; }

    void columns(catalog::table const& t) {
        out_ += "| | column | type | null | default | about |\n"
                "| --- | --- | --- | --- | --- | --- |\n";
        for (auto const& c : t.columns) {
            auto const role = picture::role_of(t, c.name);
            std::string marks = role.primary ? "PK" : "";
            if (role.refers) (marks += marks.empty() ? "" : " ") += "FK";
            if (role.unique && !role.primary) (marks += marks.empty() ? "" : " ") += "UK";
            auto about = prose(remarks_of(c));
            if (!c.comment.empty()) (about += about.empty() ? "" : " · ") += prose(c.comment);
            out_ += "| " + marks + " | " + in_backticks(c.name) + " | " + in_backticks(c.type) +
                    " | " + (c.nullable ? "null" : "") + " | " + in_backticks(value_of(c)) + " | " +
                    about + " |\n";
        }
        out_ += "\n";
    }

    void keys(catalog::table const& t) {
        auto const said = [](catalog::key const& k) {
            auto const words = words_of(k.options);
            return in_backticks(joined(k.parts)) +
                   (k.name.empty() ? "" : ", called " + in_backticks(k.name)) +
                   (words.empty() ? "" : ", " + prose(words));
        };
        if (t.primary) line("Primary key " + said(*t.primary));
        for (auto const& k : t.uniques) line("Unique " + said(k));
    }

    void references(catalog::table const& t) {
        auto const rules = [](catalog::reference const& r) {
            auto const words = rules_of(r);
            return words.empty() ? words : ", " + prose(words);
        };
        for (auto const& r : t.references)
            line("Refers from " + in_backticks(joined(r.columns)) + " to " + reference_target(r) +
                 (r.other_columns.empty() ? "" : " " + in_backticks(joined(r.other_columns))) +
                 rules(r));
        auto const found = incoming_.find(&t);
        if (found == incoming_.end()) return;
        for (auto const& in : found->second) {
            bool const shown = std::find(tables_.begin(), tables_.end(), in.from) != tables_.end();
            line("Referred to by " +
                 (shown ? link(*in.from) : in_backticks(full_name(in.from->name))) + " " +
                 in_backticks(joined(in.reference->columns)) + rules(*in.reference));
        }
    }

    void indexes(catalog::table const& t) {
        for (auto const& i : t.indexes) {
            auto const remarks = remarks_of(i);
            line("Index " + in_backticks(i.name) + " on " + in_backticks(joined(i.parts)) +
                 (remarks.empty() ? "" : ", " + prose(remarks)));
        }
    }

    void other(other_thing const& thing) {
        out_ += "## " + plain(thing.kind) + " " + in_backticks(thing.name) + "\n\n";
        if (!thing.comment.empty()) out_ += prose(thing.comment) + "\n\n";
        if (!thing.definition.empty()) out_ += fenced(thing.definition) + "\n";
    }

    static std::string fenced(std::string const& text) {
        std::size_t run = 0, longest = 2;
        for (char const c : text) {
            run = c == '`' ? run + 1 : 0;
            longest = std::max(longest, run);
        }
        std::string const ticks(longest + 1, '`');
        return ticks + "sql\n" + text + "\n" + ticks + "\n";
    }

    catalog::schema const& from_;
    document_options const& options_;
    std::vector<catalog::table const*> tables_;
    incoming_references incoming_;
    std::string out_;
};

}  // namespace

std::string to_markdown(catalog::schema const& from, document_options const& options) {
    return markdown_writer(from, options).text();
}

}  // namespace relata::migrate
