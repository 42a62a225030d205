// SPDX-License-Identifier: BSL-1.0
//
// The description of a table in C++.

#include "migrate/generate/names.hpp"
#include "migrate/generate/write.hpp"

#include <algorithm>

namespace relata::migrate::generate {

namespace {

constexpr std::size_t usual_capacity = 24;

class describer {
public:
    describer(catalog::engine engine, draft_table const& t) : engine_(engine), t_(t) {}

    std::string text() {
        for (auto const& c : t_.columns)
            if (c.member != c.mapped.name)
                fact("column<" + member(c) + ">(" + cpp_literal(c.mapped.name) + ")");
        if (t_.primary) {
            bool const made = t_.columns[t_.primary->columns.front()].generated;
            key("key", *t_.primary, made ? "relata::generated" : "");
        }
        for (auto const& k : t_.uniques) key("unique", k, "");
        for (auto const& r : t_.references) reference(r);
        for (auto const& k : t_.indexes) key("index", k, "");
        for (auto const& c : t_.checks) check(c);
        for (auto const& c : t_.columns) default_of(c);
        return head() + lines_ + ";\n";
    }

private:
    std::string head() const {
        auto const room = std::max(facts_, values_);
        std::string out;
        if (literals_) out += "    using namespace relata::literals;\n";
        out += "    return relata::describe<" + t_.structure;
        if (room > usual_capacity) out += ", " + std::to_string(room);
        out += ">(" + cpp_literal(t_.original->name.name);
        return out + (t_.verbatim ? ", relata::verbatim)" : ")");
    }

    void fact(std::string const& text) {
        ++facts_;
        lines_ += "\n        ." + text;
    }
    void named(std::string const& name) { lines_ += ".named(" + cpp_literal(name) + ")"; }

    std::string member(draft_column const& c) const { return "&" + t_.structure + "::" + c.member; }
    std::string members(draft_table const& t, std::vector<std::size_t> const& columns) const {
        std::string out;
        for (auto const i : columns) {
            if (!out.empty()) out += ", ";
            out += "&" + t.structure + "::" + t.columns[i].member;
        }
        return out;
    }

    void key(char const* word, draft_key const& k, std::string const& arguments) {
        fact(std::string(word) + "<" + members(t_, k.columns) + ">(" + arguments + ")");
        if (k.named) named(k.name);
    }

    void reference(draft_reference const& r) {
        auto const from = members(t_, r.from.columns);
        auto const to = members(*r.to, r.other);
        auto const rules = rules_of(r);
        if (r.other.size() == 1) fact("references<" + from + ", " + to + ">(" + rules + ")");
        else
            fact("references(relata::member_path<" + from + ">{}, relata::member_path<" + to +
                 ">{}" + (rules.empty() ? "" : ", ") + rules + ")");
        if (r.from.named) named(r.from.name);
    }
    std::string rules_of(draft_reference const& r) const {
        auto const deleted = rule(r.deleted);
        auto const updated = rule(r.updated);
        if (updated == "no_action")
            return deleted == "no_action" ? "" : "relata::on_delete::" + deleted;
        return "relata::on_delete::" + deleted + ", relata::on_update::" + updated;
    }
    std::string rule(catalog::action action) const {
        switch (action) {
        case catalog::action::restrict:
            return engine_ == catalog::engine::mariadb ? "no_action" : "restrict";
        case catalog::action::cascade: return "cascade";
        case catalog::action::set_null: return "set_null";
        default: return "no_action";
        }
    }

    void check(draft_check const& c) {
        fact("check<" + cpp_literal(c.label.empty() ? "check" : c.label) + ">(" + c.cpp + ")");
        values_ += static_cast<std::size_t>(std::count(c.cpp.begin(), c.cpp.end(), '&'));
        if (c.label.empty()) named(c.name);
        look_for_literals(c.cpp);
    }

    void default_of(draft_column const& c) {
        if (c.is_now) fact("default_now<" + member(c) + ">()");
        if (!c.value) return;
        fact("default_value<" + member(c) + ">(" + c.value->cpp + ")");
        ++values_;
        look_for_literals(c.value->cpp);
    }
    void look_for_literals(std::string const& cpp) {
        literals_ = literals_ || cpp.find("\"_dec") != std::string::npos;
    }

    catalog::engine engine_;
    draft_table const& t_;
    std::string lines_;
    std::size_t facts_ = 0;
    std::size_t values_ = 0;
    bool literals_ = false;
};

}  // namespace

std::string write_description(catalog::engine engine, draft_table const& t) {
    return describer(engine, t).text();
}

}  // namespace relata::migrate::generate
