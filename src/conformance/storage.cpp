// SPDX-License-Identifier: BSL-1.0

#include "conformance/storage.hpp"

#include <relata/core/error.hpp>

namespace relata::conformance {
namespace {

std::vector<param> params_of(row_values const& values) {
    std::vector<param> out;
    for (auto const& each : values) out.push_back(each.bind());
    return out;
}

std::vector<type_info const*> types_of(row_values const& values) {
    std::vector<type_info const*> out;
    for (auto const& each : values) out.push_back(&each.type());
    return out;
}

std::string name_list(driver::connection& on, schema::table const& table) {
    std::string text;
    for (auto const& column : table.columns)
        text += (text.empty() ? "" : ", ") + quoted(on, column.name);
    return text;
}

std::int64_t store_ad_hoc(driver::connection& on, std::string const& sql,
                          std::vector<row_values> const& rows) {
    std::int64_t total = 0;
    for (auto const& row : rows) total += execute(on, sql, row);
    return total;
}

std::int64_t store_prepared(driver::connection& on, std::string const& sql,
                            std::vector<row_values> const& rows) {
    auto const statement = prepare(on, sql, types_of(rows.front()));
    std::int64_t total = 0;
    for (auto const& row : rows) {
        execute(*statement, row);
        total += statement->affected();
        statement->finish();
    }
    return total;
}

std::int64_t store_objects(driver::connection& on, std::string const& sql,
                           std::vector<row_values> const& rows) {
    auto const statement = prepare(on, sql, types_of(rows.front()));
    std::int64_t total = 0;
    for (auto const& row : rows) {
        row_block block(ops_of_row(row), 1);
        block.set(0, row);
        statement->execute_from(block.plan(), block.fields(), block.row(0));
        total += statement->affected();
        statement->finish();
    }
    return total;
}

struct block_source {
    row_block const& block;
    std::size_t next = 0;
};

std::int64_t store_batch(driver::connection& on, schema::table const& table, std::string const& sql,
                         std::vector<row_values> const& rows) {
    row_block block(ops_of_row(rows.front()), rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) block.set(i, rows[i]);
    auto const types = types_of(rows.front());
    auto const name = quoted(on, table.name);
    auto const insert = placed(on, sql, types);
    driver::bulk_target target{name, {}, insert, types};
    for (auto const& column : table.columns) target.columns.push_back(quoted(on, column.name));
    block_source source{block};
    auto const next = [](void* context) -> void const* {
        auto& from = *static_cast<block_source*>(context);
        return from.next == from.block.rows() ? nullptr : from.block.row(from.next++);
    };
    bool const own = on.transaction() == transaction_state::none;
    if (own) on.begin(isolation::read_committed, false);
    try {
        auto const total = on.bulk_insert(target, block.plan(), block.fields(), {next, &source});
        if (own) on.commit();
        return total;
    } catch (...) {
        if (own && on.transaction() != transaction_state::none) on.rollback();
        throw;
    }
}

std::int64_t store_literal(driver::connection& on, schema::table const& table,
                           std::vector<row_values> const& rows) {
    std::int64_t total = 0;
    for (auto const& row : rows) {
        auto sql =
            "INSERT INTO " + quoted(on, table.name) + " (" + name_list(on, table) + ") VALUES (";
        for (std::size_t i = 0; i < row.size(); ++i) {
            if (i > 0) sql += ", ";
            dialect::append_literal(sql, row[i].bind(), on.spelling());
        }
        on.script(sql + ")");
        ++total;
    }
    return total;
}

}  // namespace

schema::column column_of(std::string name, value_ops const& ops) {
    return {std::move(name), ops.type, 0, 0};
}

schema::table table_of(std::vector<schema::column> columns, unsigned keys) {
    schema::table table;
    table.columns = std::move(columns);
    for (unsigned i = 0; i < keys; ++i) {
        table.columns[i].in_key = true;
        table.primary.columns.push_back(i);
    }
    return table;
}

std::string quoted(driver::connection& on, std::string_view name) {
    std::string text;
    on.spelling().append_identifier(text, name);
    return text;
}

void run_script(driver::connection& on, std::string_view sql) { on.script(written(on, sql)); }

std::string placed(driver::connection& on, std::string_view sql,
                   std::span<type_info const* const> types) {
    std::string text;
    unsigned index = 0;
    char quote = '\0';  // that of the name or text in which we are
    for (char const c : written(on, sql)) {
        if (quote == '\0' && c == '?' && index < types.size()) {
            on.spelling().append_placeholder(text, index, *types[index], true);
            ++index;
            continue;
        }
        if (quote == c) quote = '\0';
        else if (quote == '\0' && (c == '\'' || c == '"' || c == '`')) quote = c;
        text += c;
    }
    return text;
}

std::unique_ptr<driver::statement> prepare(driver::connection& on, std::string_view sql,
                                           std::vector<type_info const*> const& types) {
    auto made = on.prepare(placed(on, sql, types), types.data(), unsigned(types.size()));
    if (!made) fail(error_kind::unknown, "the driver's prepare gave no statement");
    return made;
}

void execute(driver::statement& on, row_values const& values) {
    auto const params = params_of(values);
    on.execute(params.data(), unsigned(params.size()));
}

std::int64_t execute(driver::connection& on, std::string_view sql, row_values const& values) {
    auto const statement = prepare(on, sql, types_of(values));
    execute(*statement, values);
    auto const rows = statement->affected();
    statement->finish();
    return rows;
}

std::vector<row_values> read_rest(driver::statement& from,
                                  std::vector<value_ops const*> const& columns) {
    std::vector<row_values> out;
    while (from.ready()) {
        row_block block(columns, 1);
        if (from.fetch(block.plan(), block.fields(), block.data(), block.stride(), 1) != 1)
            fail(error_kind::unknown, "ready() told of a row, and fetch gave none");
        out.push_back(block.values(0));
    }
    from.finish();
    return out;
}

std::vector<row_values> read(driver::connection& on, std::string_view sql,
                             std::vector<value_ops const*> const& columns,
                             row_values const& values) {
    auto const statement = prepare(on, sql, types_of(values));
    execute(*statement, values);
    return read_rest(*statement, columns);
}

std::int64_t count(driver::connection& on, schema::table const& table) {
    return read_column<std::int64_t>(on, "SELECT count(*) FROM " + quoted(on, table.name)).at(0);
}

std::string_view name_of(path way) {
    constexpr std::string_view names[] = {"ad hoc", "prepared", "object", "batch", "literal"};
    return names[unsigned(way)];
}

std::string insert_text(driver::connection& on, schema::table const& table) {
    auto sql =
        "INSERT INTO " + quoted(on, table.name) + " (" + name_list(on, table) + ") VALUES (?";
    for (std::size_t i = 1; i < table.columns.size(); ++i) sql += ", ?";
    return sql + ")";
}

std::int64_t store(driver::connection& on, schema::table const& table,
                   std::vector<row_values> const& rows, path way) {
    if (rows.empty()) return 0;
    auto const sql = insert_text(on, table);
    switch (way) {
    case path::ad_hoc: return store_ad_hoc(on, sql, rows);
    case path::prepared: return store_prepared(on, sql, rows);
    case path::object: return store_objects(on, sql, rows);
    case path::batch: return store_batch(on, table, sql, rows);
    case path::literal: break;
    }
    return store_literal(on, table, rows);
}

std::vector<row_values> read_table(driver::connection& on, schema::table const& table,
                                   std::vector<value_ops const*> const& columns) {
    return read(on,
                "SELECT " + name_list(on, table) + " FROM " + quoted(on, table.name) +
                    " ORDER BY " + quoted(on, table.columns.front().name),
                columns);
}

}  // namespace relata::conformance
