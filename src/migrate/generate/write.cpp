// SPDX-License-Identifier: BSL-1.0

#include "migrate/generate/write.hpp"

#include "migrate/document/facts.hpp"

#include <algorithm>

namespace relata::migrate::generate {

namespace {

using relata::kind;

std::string plain_type(draft_column const& c) {
    auto const& t = c.mapped.type;
    switch (t.is) {
    case kind::boolean: return "bool";
    case kind::int8: return "std::int8_t";
    case kind::int16: return "std::int16_t";
    case kind::int32: return "std::int32_t";
    case kind::int64: return "std::int64_t";
    case kind::uint8: return "std::uint8_t";
    case kind::uint16: return "std::uint16_t";
    case kind::uint32: return "std::uint32_t";
    case kind::uint64: return "std::uint64_t";
    case kind::float32: return "float";
    case kind::float64: return "double";
    case kind::decimal:
    case kind::decimal_wide:
        return "relata::decimal<" + std::to_string(t.precision) + ", " + std::to_string(t.scale) +
               ">";
    case kind::bounded_text: return "relata::text<" + std::to_string(t.length) + ">";
    case kind::bytes: return "relata::bytes";
    case kind::date: return "relata::date";
    case kind::time: return "relata::time_of_day";
    case kind::timestamp: return "relata::timestamp";
    case kind::instant: return "relata::instant";
    case kind::uuid: return "relata::uuid";
    case kind::json: return "relata::json";
    case kind::enumeration: return c.enumeration;
    default: return "std::string";
    }
}

// Types whose default constructor leaves them without a value.
bool needs_value(kind k) {
    return k == kind::boolean || is_integer(k) || k == kind::float32 || k == kind::float64 ||
           k == kind::date || k == kind::timestamp || k == kind::instant || k == kind::enumeration;
}

// A text for a comment of one line; a backslash at its end would take the next
// line in.
std::string one_line(std::string_view text) {
    std::string out;
    for (char const c : text) out += static_cast<unsigned char>(c) < 32 || c == 127 ? ' ' : c;
    while (!out.empty() && (out.back() == ' ' || out.back() == '\\')) out.pop_back();
    return out;
}

class header_writer {
public:
    header_writer(catalog::schema const& from, draft const& all, std::vector<cpp_note> const& notes,
                  cpp_options const& options)
        : from_(from), all_(all), notes_(notes), options_(options) {}

    std::string text() {
        head();
        if (!all_.enumerations.empty()) enumerations();
        open();
        for (auto const& t : all_.tables) structure(t);
        for (auto const& t : all_.tables) description(t);
        close();
        rest();
        if (!options_.guard.empty()) out_ += "\n#endif  // " + options_.guard + "\n";
        return std::move(out_);
    }

private:
    void head() {
        out_ = "// Tables of a database on " + one_line(document::product_name(from_)) +
               ", written by relata; from now on yours to change.\n";
        if (options_.guard.empty()) out_ += "#pragma once\n";
        else out_ += "#ifndef " + options_.guard + "\n#define " + options_.guard + "\n";
        out_ += "\n#include <relata/relata.hpp>\n\n#include <cstdint>\n#include "
                "<optional>\n"
                "#include <string>\n#include <type_traits>\n\n";
    }

    void open() {
        if (!options_.name_space.empty()) out_ += "namespace " + options_.name_space + " {\n\n";
    }
    void close() {
        if (!options_.name_space.empty()) out_ += "}  // namespace " + options_.name_space + "\n";
    }

    void enumerations() {
        open();
        for (auto const& e : all_.enumerations) {
            out_ += "enum class " + e.name + " {";
            for (std::size_t i = 0; i < e.labels.size(); ++i)
                out_ += (i ? ", " : " ") + e.labels[i];
            out_ += " };\n\n";
        }
        close();
        out_ += "\n";
        auto const scope = options_.name_space.empty() ? "" : options_.name_space + "::";
        for (auto const& e : all_.enumerations) {
            auto const name = scope + e.name;
            out_ += "template <>\ninline constexpr auto relata::names<" + name +
                    "> = relata::enumerators<";
            for (std::size_t i = 0; i < e.labels.size(); ++i)
                out_ += (i ? ",\n    " : "\n    ") + name + "::" + e.labels[i];
            out_ += ">;\n\n";
        }
    }

    void structure(draft_table const& t) {
        if (options_.doc_comments && !t.original->comment.empty())
            out_ += "/// " + one_line(t.original->comment) + "\n";
        out_ += "struct " + t.structure + " {\n";
        for (auto const& c : t.columns) {
            auto type = plain_type(c);
            bool const braces = !c.optional && needs_value(c.mapped.type.is);
            if (c.optional) type = "std::optional<" + type + ">";
            out_ += "    " + type + " " + c.member + (braces ? "{};" : ";");
            if (options_.doc_comments && !c.original->comment.empty())
                out_ += "  ///< " + one_line(c.original->comment);
            out_ += "\n";
        }
        out_ += "};\n\n";
    }

    void description(draft_table const& t) {
        bool first = true;
        for (auto const& n : notes_) {
            if (n.of.kind != "table" || n.part.empty() || n.of.name != t.original->name) continue;
            if (first) out_ += "// In the database, but not here, or otherwise:\n";
            first = false;
            note(n.part + (n.name.empty() ? "" : " " + n.name) + ": " + n.reason);
        }
        out_ += "constexpr auto relata_table(std::type_identity<" + t.structure + ">) {\n" +
                write_description(from_.engine, t) + "}\n\n";
    }

    void note(std::string const& text) { out_ += "//   " + one_line(text) + "\n"; }

    void rest() {
        bool first = true;
        for (auto const& n : notes_) {
            if (!n.part.empty()) continue;
            if (first) out_ += "\n// In the database, but not here:\n";
            first = false;
            note(n.of.kind + " " + picture::full_name(n.of.name) + ": " + n.reason);
        }
    }

    catalog::schema const& from_;
    draft const& all_;
    std::vector<cpp_note> const& notes_;
    cpp_options const& options_;
    std::string out_;
};

}  // namespace

std::string write_header(catalog::schema const& from, draft const& all,
                         std::vector<cpp_note> const& notes, cpp_options const& options) {
    return header_writer(from, all, notes, options).text();
}

}  // namespace relata::migrate::generate
