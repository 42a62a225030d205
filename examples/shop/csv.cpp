// SPDX-License-Identifier: BSL-1.0

#include "csv.hpp"

#include <fstream>
#include <stdexcept>

namespace shop {
namespace {

std::vector<std::string> split(std::string const& line) {
    std::vector<std::string> fields(1);
    bool quoted = false;
    for (std::size_t i = 0; i < line.size(); ++i) {
        char const c = line[i];
        if (c == '"' && quoted && i + 1 < line.size() && line[i + 1] == '"')
            fields.back() += line[++i];
        else if (c == '"') quoted = !quoted;
        else if (c == ',' && !quoted) fields.emplace_back();
        else fields.back() += c;
    }
    return fields;
}

}  // namespace

std::vector<std::vector<std::string>> read_csv(std::string const& file) {
    std::ifstream in(file);
    std::string line;
    if (!std::getline(in, line)) throw std::runtime_error("cannot read " + file);
    auto const columns = split(line).size();
    std::vector<std::vector<std::string>> rows;
    while (std::getline(in, line)) {
        rows.push_back(split(line));
        if (rows.back().size() != columns)
            throw std::runtime_error(file + ": row " + std::to_string(rows.size()) +
                                     " has another number of fields");
    }
    return rows;
}

}  // namespace shop
