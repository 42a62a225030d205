# SPDX-License-Identifier: BSL-1.0
"""The bars that relata is held against, and the table on the terminal."""

import sys

MIB = 1024 * 1024

# (engine, work, metric) of relata: largest ratio to the hand-written program.
RATIO_BARS = {
    ("sqlite", "scan", "instructions"): 1.05,
    ("sqlite", "select_adhoc", "instructions"): 1.10,
    ("sqlite", "find", "instructions"): 1.07,
    ("sqlite", "select_prepared", "instructions"): 1.05,
    ("sqlite", "insert", "instructions"): 1.07,
    ("sqlite", "bulk", "wall"): 1.10,
}
for server in ("postgresql", "mysql"):
    for work in ("scan", "select_adhoc", "insert"):
        RATIO_BARS[(server, work, "cpu")] = 1.10
    RATIO_BARS[(server, "bulk", "wall")] = 1.10
for compiler in ("g++", "clang++-19"):
    for level in ("-O0", "-O2"):
        RATIO_BARS[(compiler, "fifty_queries" + level, "seconds")] = 1.8
    RATIO_BARS[(compiler, "code_size-O2", "bytes")] = 1.5
    RATIO_BARS[(compiler, "header", "seconds")] = 0.7


def has_bar(engine, work):
    """Whether instructions of this work are held against a bar."""
    return (engine, work, "instructions") in RATIO_BARS


def bar_of(row):
    """Text of the bar and whether it is met, or nothing."""
    if row["variant"] != "relata":
        return "", ""
    engine, work, metric = row["engine"], row["work"], row["metric"]
    if work == "stream" and metric == "bytes":
        return "+2 MiB", row["value"] - row["raw"] <= 2 * MIB
    if work.startswith("fifty_queries") and metric == "bytes":
        return "300 MiB", row["value"] <= 300 * MIB
    if work == "model":
        return "+1.5 s", row["value"] - row["raw"] <= 1.5
    bar = RATIO_BARS.get((engine, work, metric))
    return ("%.2f" % bar, row["ratio"] <= bar) if bar else ("", "")


def spell(value, metric):
    if value is None:
        return ""
    if metric == "bytes":
        return "%.2f MiB" % (value / MIB) if value >= MIB else "%.1f KiB" % (value / 1024)
    if metric == "instructions":
        return "%d" % round(value)
    return "%.3f s" % value


def print_table(rows):
    """Prints all figures; gives how many bars are missed."""
    lines = [("engine", "work", "variant", "metric", "value", "raw", "ratio", "bar", "met?")]
    for row in rows:
        bar, met = bar_of(row)
        ratio = "" if row["ratio"] is None else "%.3f" % row["ratio"]
        lines.append((row["engine"], row["work"], row["variant"], row["metric"],
                      spell(row["value"], row["metric"]), spell(row["raw"], row["metric"]), ratio,
                      bar, {True: "yes", False: "NO"}.get(met, "")))
    widths = [max(len(line[i]) for line in lines) for i in range(len(lines[0]))]
    previous = None
    for line in lines:
        if previous and line[:2] != previous[:2] and line[0] != previous[0]:
            print()
        cells = [cell.rjust(width) if 4 <= i <= 7 else cell.ljust(width)
                 for i, (cell, width) in enumerate(zip(line, widths))]
        print("  ".join(cells).rstrip())
        previous = line
    missed = [line for line in lines[1:] if line[8] == "NO"]
    held = [line for line in lines[1:] if line[8] == "yes"]
    print("\n%d of %d bars are met" % (len(held), len(held) + len(missed)))
    return len(missed)


def progress(text):
    print(text, file=sys.stderr, flush=True)
