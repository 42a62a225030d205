// SPDX-License-Identifier: BSL-1.0

#include "migrate/engine_support.hpp"

#include "database/back_end.hpp"

#include <algorithm>
#include <cstdio>
#include <stdexcept>
#include <string_view>

namespace test {

namespace {

std::string in_quotes(std::string const& text) {
    std::string out = "'";
    for (char const c : text) out.append(c == '\'' ? "'\\''" : std::string(1, c));
    return out += '\'';
}

// What a command of the server's own client programs prints.
std::string output_of(std::string const& command) {
    auto* const pipe = ::popen(command.c_str(), "r");
    if (!pipe) throw std::runtime_error("cannot run " + command);
    std::string out;
    char buffer[4096];
    while (auto const count = std::fread(buffer, 1, sizeof buffer, pipe)) out.append(buffer, count);
    if (::pclose(pipe) != 0) throw std::runtime_error("failed: " + command + "\n" + out);
    return out;
}

std::string make(int number) {
    auto const name = "relata_migrate_" + std::to_string(number);
    auto const url = back_end_url();
    auto const opened = relata::open(url);
    auto connection = opened.connect();
    connection.script("set client_min_messages = warning");
    connection.script(relata::unsafe_sql("drop database if exists " + name + " with (force)"));
    connection.script(relata::unsafe_sql("create database " + name + " template template0"));
    auto const question = url.find('?');
    auto const slash = url.rfind('/', question);
    return url.substr(0, slash + 1) + name +
           (question == url.npos ? std::string() : url.substr(question));
}

void load(std::string const& url, std::filesystem::path const& file) {
    output_of("psql -X -q -v ON_ERROR_STOP=1 -o /dev/null -f " + in_quotes(file.string()) + ' ' +
              in_quotes(url) + " 2>&1");
}

// Takes out the paragraphs that begin so.
void take_out(std::string& dump, std::string_view paragraph) {
    for (auto at = dump.find(paragraph); at != dump.npos; at = dump.find(paragraph, at))
        dump.erase(at, std::min(dump.find("\n--\n", at + paragraph.size()), dump.size()) - at);
}

// Without owners and privileges, which are no part of the model, what pg_dump says of them on the
// default namespace, and the password of one use that newer versions write around the dump.
std::string dump(std::string const& url) {
    auto out = output_of("pg_dump --schema-only --no-owner --no-privileges " + in_quotes(url) +
                         " | grep -v '^\\\\\\(un\\)\\?restrict '");
    take_out(out, "\n--\n-- Name: public; Type: SCHEMA; Schema: -; Owner: -\n--\n");
    return out;
}

}  // namespace

engine_support postgresql_support() { return {"postgresql", make, load, dump}; }

}  // namespace test
