#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Times `relata move` and the same with the databases' own tools; called by tests/bench/move.

Raw is what one would type who knows the tools: text of all tables out of the source in one snapshot and
into the target in one transaction, where tables with their keys are there already. What checks and
indexes rows one by one is off meanwhile or made afterwards: PostgreSQL's indexes and references, SQLite's
indexes; MariaDB has all in place and does not check keys and references, as its own dumps do.
The time of `relata move` is that of the whole command: schema, rows, and both sides read for the digests.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import time

# Columns that are spelled in another way from engine to engine; of the shop, where no value is NULL.
PLAIN, MONEY, MOMENT = "plain", "money", "moment"
TABLES = {
    "countries": {"code": PLAIN, "name": PLAIN, "vat_rate": MONEY},
    "products": {"id": PLAIN, "sku": PLAIN, "name": PLAIN, "price": MONEY, "weight_grams": PLAIN,
                 "stock": PLAIN},
    "customers": {"id": PLAIN, "name": PLAIN, "email": PLAIN, "country_code": PLAIN},
    "shipping_classes": {"max_weight_grams": PLAIN, "name": PLAIN, "price": MONEY},
    "cart_items": {"customer_id": PLAIN, "product_id": PLAIN, "quantity": PLAIN},
    "orders": {"id": PLAIN, "customer_id": PLAIN, "placed_at": MOMENT, "status": PLAIN,
               "items": MONEY, "shipping": MONEY, "tax": MONEY, "total": MONEY},
    "order_lines": {"order_id": PLAIN, "line": PLAIN, "product_id": PLAIN, "quantity": PLAIN,
                    "unit_price": MONEY},
}


def run(command, text=None, out=None):
    done = subprocess.run(command, input=text, stdout=out or subprocess.PIPE, stderr=subprocess.PIPE,
                          text=True, check=False)
    if done.returncode != 0:
        sys.exit("failed: %s\n%s" % (" ".join(command), done.stderr.strip()))
    return done.stdout


def type_options():
    """What SQLite and MariaDB do not tell: the scale of decimals, and which times are instants."""
    out = []
    for table, columns in TABLES.items():
        for column, kind in columns.items():
            if kind == MONEY:
                digits = 5 if column == "vat_rate" else 12
                out += ["--type", "%s.%s=decimal(%d,2)" % (table, column, digits)]
            elif kind == MOMENT:
                out += ["--type", "%s.%s=instant" % (table, column)]
    return out


class Engine:
    """An engine with its databases source and target. `hand_over` is how a target wants the column."""

    def __init__(self, arguments):
        self.folder = arguments.folder

    def file(self, table):
        return os.path.join(self.folder, table + ".txt")

    def selects(self, target):
        for table, columns in TABLES.items():
            yield table, "select %s from %s" % (
                ", ".join(self.expression(column, kind, target.name) for column, kind in columns.items()), table)


class Sqlite(Engine):
    name = "sqlite"

    def path(self, which):
        return os.path.join(self.folder, which + ".db")

    def url(self, which):
        return "sqlite:" + self.path(which)

    def tool(self, which, text):
        return run(["sqlite3", "-bail", self.path(which)], text)

    def make(self, which):
        for end in ("", "-wal", "-shm"):
            if os.path.exists(self.path(which) + end):
                os.remove(self.path(which) + end)

    def expression(self, column, kind, _):
        return column + " / 100.0" if kind == MONEY else column

    def export(self, target):
        self.tool("source", ".mode tabs\nbegin;\n" + "".join(
            ".once %s\n%s;\n" % (self.file(t), s) for t, s in self.selects(target)))

    def prepare(self):
        """Empties the target's tables, and keeps for later what is made after the rows."""
        schema = self.tool("target", ".mode list\nselect sql || ';' from sqlite_schema where sql is not null "
                                     "and name not like 'sqlite!_%' escape '!' order by type desc;")
        self.make("target")
        tables, index, rest = schema.partition("CREATE INDEX")
        self.tool("target", tables)
        self.later = index + rest

    def load(self):
        self.tool("target", "pragma journal_mode = off;\npragma synchronous = off;\nbegin;\n.mode tabs\n" + "".join(
            ".import %s %s\n" % (self.file(t), t) for t in TABLES) + self.later + "commit;\n")

    def count(self, table):
        return int(self.tool("target", "select count(*) from %s;" % table))


class Postgresql(Engine):
    name = "postgresql"

    def __init__(self, arguments):
        super().__init__(arguments)
        self.server = os.environ["RELATA_TEST_POSTGRESQL"].rsplit("/", 1)[0] + "/"

    def url(self, which):
        return self.server + which

    def tool(self, which, text):
        return run(["psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-f", "-", self.url(which)],
                   "set timezone = 'UTC';\n" + text)

    def make(self, which):
        self.tool("relata", "drop database if exists %s with (force);\ncreate database %s;\n" % (which, which))

    def expression(self, column, kind, target):
        if kind == MONEY and target == "sqlite":
            return "(%s * 100)::bigint" % column
        if kind == MOMENT:
            return "to_char(%s, 'YYYY-MM-DD HH24:MI:SS.US')" % column
        return column

    def export(self, target):
        self.tool("source", "begin isolation level repeatable read;\n" + "".join(
            "\\copy (%s) to '%s'\n" % (s, self.file(t)) for t, s in self.selects(target)) + "commit;\n")

    def prepare(self):
        self.later = self.tool("target", """
            select indexdef || ';' from pg_indexes where schemaname = 'public' and indexdef not like '% UNIQUE %';
            select format('alter table %s add constraint %I %s;', conrelid::regclass, conname,
                          pg_get_constraintdef(oid)) from pg_constraint where contype = 'f';""")
        self.tool("target", self.tool("target", """
            select format('alter table %s drop constraint %I;', conrelid::regclass, conname)
            from pg_constraint where contype = 'f';
            select format('drop index %I;', indexname) from pg_indexes
            where schemaname = 'public' and indexdef not like '% UNIQUE %';
            select format('truncate %I;', tablename) from pg_tables where schemaname = 'public';"""))

    def load(self):
        self.tool("target", "begin;\n" + "".join(
            "\\copy %s from '%s'\n" % (t, self.file(t)) for t in TABLES) + self.later + "commit;\n")

    def count(self, table):
        return int(self.tool("target", "select count(*) from %s;" % table))


class Mysql(Engine):
    name = "mysql"

    def __init__(self, arguments):
        super().__init__(arguments)
        self.server = os.environ["RELATA_TEST_MYSQL"].rsplit("/", 1)[0] + "/"
        self.options = ["mariadb", "--no-defaults", "--local-infile=1", "--default-character-set=utf8mb4",
                        "--socket=" + os.path.join(self.folder, "servers/mysql/s.sock"), "-uroot", "--batch",
                        "--quick", "--skip-column-names"]

    def url(self, which):
        return self.server + which

    def tool(self, which, text, out=None):
        return run(self.options + [which], text, out)

    def make(self, which):
        self.tool("relata", "drop database if exists %s; create database %s character set utf8mb4 "
                            "collate utf8mb4_nopad_bin;" % (which, which))

    def expression(self, column, kind, target):
        return "cast(%s * 100 as signed)" % column if kind == MONEY and target == "sqlite" else column

    def export(self, target):
        for table, select in self.selects(target):
            with open(self.file(table), "w", encoding="utf-8") as out:
                self.tool("source", select, out)

    def prepare(self):
        self.tool("target", "set foreign_key_checks = 0;" + "".join("truncate %s;" % t for t in TABLES))

    def load(self):
        self.tool("target", "set foreign_key_checks = 0; set unique_checks = 0; begin;" + "".join(
            "load data local infile '%s' into table %s;" % (self.file(t), t) for t in TABLES) + "commit;")

    def count(self, table):
        return int(self.tool("target", "select count(*) from %s" % table))


def timed(work):
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def measure(arguments, source, target):
    """The seconds of one run of each: raw out, raw in, move."""
    target.make("target")
    move = timed(lambda: run([arguments.relata, "move", source.url("source"), target.url("target")] + type_options()))
    counts = [target.count(t) for t in TABLES]
    target.prepare()
    out = timed(lambda: source.export(target))
    into = timed(target.load)
    if counts != [target.count(t) for t in TABLES] or min(counts[-2:]) == 0:
        sys.exit("raw export and import left other rows than the move")
    return out, into, move


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--relata", required=True)
    parser.add_argument("--folder", required=True)
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--pair", action="append", default=[])
    parser.add_argument("--json")
    arguments = parser.parse_args()
    engines = [Sqlite(arguments), Postgresql(arguments), Mysql(arguments)]
    for engine in engines[1:]:
        engine.make("source")
        run([arguments.relata, "move", engines[0].url("source"), engine.url("source")] + type_options())
    figures = []
    print("%-24s %8s %8s %8s %8s   (seconds, medians of %d)" % ("", "out", "in", "move", "ratio", arguments.repeat))
    for source in engines:
        for target in engines:
            pair = source.name + ":" + target.name
            if source is target or (arguments.pair and pair not in arguments.pair):
                continue
            runs = [measure(arguments, source, target) for _ in range(arguments.repeat)]
            out, into, move = (statistics.median(column) for column in zip(*runs))
            ratio = statistics.median(m / (o + i) for o, i, m in runs)
            print("%-24s %8.2f %8.2f %8.2f %8.2f" % (pair, out, into, move, ratio), flush=True)
            figures.append({"from": source.name, "to": target.name, "raw": out + into, "move": move, "ratio": ratio})
    if arguments.json:
        with open(arguments.json, "w", encoding="utf-8") as file:
            json.dump(figures, file, indent=1)


if __name__ == "__main__":
    main()
