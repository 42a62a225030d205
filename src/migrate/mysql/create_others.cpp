// SPDX-License-Identifier: BSL-1.0

#include "migrate/mysql/ddl.hpp"
#include "migrate/mysql/words.hpp"

namespace relata::migrate::mysql {

std::string create_view(catalog::view const& view) {
    auto const* const definer = find_option(view.options, "definer");
    auto out = definer_clause(definer ? std::optional(*definer) : std::nullopt);
    // Inside of CREATE, the algorithm comes before the account.
    if (auto const* const algorithm = find_option(view.options, "algorithm"))
        out.insert(std::string_view("CREATE ").size(), "ALGORITHM=" + *algorithm + ' ');
    if (auto const* const security = find_option(view.options, "security"))
        out += "SQL SECURITY " + *security + ' ';
    out += "VIEW " + quote_name(view.name);
    if (auto const* const columns = find_option(view.options, "columns"))
        out += " (" + *columns + ')';
    out += " AS " + view.query;
    if (auto const* const check = find_option(view.options, "check"))
        out += " WITH " + *check + " CHECK OPTION";
    return out;
}

std::string create_sequence(catalog::sequence const& sequence) {
    auto out = "CREATE SEQUENCE " + quote_name(sequence.name);
    constexpr std::pair<std::string_view, std::string_view> words[] = {
        {"start", " START WITH "},
        {"minimum", " MINVALUE "},
        {"maximum", " MAXVALUE "},
        {"increment", " INCREMENT BY "},
        {"cache", " CACHE "}};
    for (auto const& [name, word] : words)
        if (auto const* const value = find_option(sequence.options, name))
            out.append(word).append(*value);
    if (find_option(sequence.options, "cycle")) out += " CYCLE";
    if (!sequence.comment.empty()) out += " COMMENT=" + text_literal(sequence.comment);
    return out;
}

}  // namespace relata::migrate::mysql
