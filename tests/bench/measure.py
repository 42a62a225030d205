#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Runs the benchmark programs and collects the figures; called by tests/bench/run."""

import argparse
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile

import compile_cost
import plot
import report

ENGINES = ("sqlite", "postgresql", "mysql")
WORKS = ("scan", "select_adhoc", "find", "select_prepared", "insert", "bulk", "report", "stream")
ROUND_TRIPS = ("select_adhoc", "find", "select_prepared", "insert")

# Sizes of the works: rows or operations; the table has as many rows as the scan.
FULL = {"scan": 1_000_000, "select_adhoc": 100_000, "find": 100_000, "select_prepared": 100_000,
        "insert": 100_000, "bulk": 1_000_000, "report": 10}
QUICK = {"scan": 100_000, "select_adhoc": 20_000, "find": 20_000, "select_prepared": 20_000,
         "insert": 20_000, "bulk": 100_000, "report": 3}
# Two sizes whose difference is free of what happens once.
COUNTED = {"scan": (10_000, 20_000), "select_adhoc": (2_000, 4_000), "find": (2_000, 4_000),
           "select_prepared": (2_000, 4_000), "insert": (2_000, 4_000), "bulk": (2_000, 4_000)}


class Figures:
    """Collects {engine, work, variant, metric, value, raw, ratio}."""

    def __init__(self):
        self.rows = []

    def add(self, engine, work, variant, metric, value, raw, ratio=None):
        if ratio is None:
            ratio = value / raw if raw else None
        self.rows.append({"engine": engine, "work": work, "variant": variant, "metric": metric,
                          "value": value, "raw": raw, "ratio": ratio})


def program(arguments, engine):
    return os.path.join(arguments.programs, "relata_bench_" + engine)


def output_of(command, **more):
    done = subprocess.run(command, capture_output=True, text=True, check=False, **more)
    if done.returncode != 0:
        sys.exit("failed: %s\n%s" % (" ".join(command), done.stderr.strip()))
    return done


def threads_of(process):
    """Its threads; none of a process that has ended, as a server's workers do at any time."""
    try:
        return os.listdir("/proc/%d/task" % process)
    except OSError:
        return []


def children_of(process, thread):
    try:
        with open("/proc/%d/task/%s/children" % (process, thread), encoding="utf-8") as file:
            return [int(child) for child in file.read().split()]
    except OSError:
        return []


def server_processes(folder, engine):
    """The server's processes that this run has started itself, or none."""
    if not folder:
        return []
    name = "postgresql/data/postmaster.pid" if engine == "postgresql" else "mysql/pid"
    try:
        with open(os.path.join(folder, name), encoding="utf-8") as file:
            first = int(file.readline())
    except (OSError, ValueError):
        return []
    found = [first]
    for process in found:
        for thread in threads_of(process):
            found += children_of(process, thread)
    return found


def place_server(folder, engine, cores):
    """Lets the server run on these cores only; new threads and processes inherit them."""
    for process in server_processes(folder, engine):
        for thread in threads_of(process):
            try:
                os.sched_setaffinity(int(thread), cores)
            except OSError:
                pass


def time_work(arguments, figures, engine, url, work, sizes):
    all_cores = os.sched_getaffinity(0)
    pinned = engine != "sqlite" and work in ROUND_TRIPS
    # On one core a round trip does not depend on how fast another one wakes up.
    cores = {min(all_cores)} if pinned else all_cores
    if engine != "sqlite":
        place_server(arguments.servers, engine, cores)
    command = [program(arguments, engine), "wall", url, str(sizes["scan"]), work,
               str(sizes[work]), str(arguments.repeat)]
    done = output_of(command, preexec_fn=lambda: os.sched_setaffinity(0, cores))
    if pinned:
        place_server(arguments.servers, engine, all_cores)
    times = {}
    for line in done.stdout.splitlines():
        variant, wall, cpu = line.split("\t")
        times.setdefault(variant, []).append((int(wall) / 1e9, int(cpu) / 1e9))
    for index, metric in ((0, "wall"), (1, "cpu")):
        raw = [sample[index] for sample in times["raw"]]
        for variant, samples in times.items():
            own = [sample[index] for sample in samples]
            ratio = statistics.median(a / b for a, b in zip(own, raw))
            figures.add(engine, work, variant, metric, statistics.median(own),
                        statistics.median(raw), ratio)


def count_once(arguments, engine, url, rows, work, size, variant):
    with tempfile.NamedTemporaryFile() as file:
        done = output_of(["valgrind", "--tool=callgrind", "--collect-atstart=no",
                          "--toggle-collect=relata_bench_measured",
                          "--callgrind-out-file=" + file.name, program(arguments, engine), "once",
                          url, str(rows), work, str(size), variant])
    return int(re.search(r"Collected : (\d+)", done.stderr).group(1))


def count_work(arguments, figures, engine, url, work):
    small, large = COUNTED[work]
    counts = {}
    for size in (small, large):
        rows = size if work == "scan" else small
        load = [program(arguments, engine), "load", url, str(rows)]
        # A table without checks, so that the database's own work does not hide the library's.
        output_of(load + (["plain"] if engine == "sqlite" else []))
        for variant in arguments.counted:
            counts.setdefault(variant, []).append(
                count_once(arguments, engine, url, rows, work, size, variant))
    for variant, (first, second) in counts.items():
        per_operation = (second - first) / (large - small)
        raw = (counts["raw"][1] - counts["raw"][0]) / (large - small)
        figures.add(engine, work, variant, "instructions", per_operation, raw)


def peak_memory(arguments, figures, engine, url):
    peaks, results = {}, set()
    for variant in ("raw", "relata", "SOCI", "libpqxx"):
        done = subprocess.run([program(arguments, engine), "peak", url, variant],
                              capture_output=True, text=True, check=False)
        if done.returncode != 0 and "no such variant" in done.stderr:
            continue
        if done.returncode != 0:
            sys.exit("failed: peak %s %s\n%s" % (engine, variant, done.stderr.strip()))
        if not done.stdout:
            continue  # the variant cannot stream
        name, memory, wall, cpu, result = done.stdout.split("\t")
        peaks[name] = (int(memory), int(wall) / 1e9, int(cpu) / 1e9)
        results.add(result)
    if len(results) != 1:
        sys.exit("failed: the variants have read different rows while streaming on " + engine)
    for variant, values in peaks.items():
        for index, metric in enumerate(("bytes", "wall", "cpu")):
            figures.add(engine, "stream", variant, metric, values[index], peaks["raw"][index])


def measure_engine(arguments, figures, engine, url):
    sizes = QUICK if arguments.quick else FULL
    works = [work for work in WORKS if not arguments.work or work == arguments.work]
    if not works:
        return
    if not arguments.check:
        report.progress("%s: loading %d rows" % (engine, sizes["scan"]))
        output_of([program(arguments, engine), "load", url, str(sizes["scan"])])
    for work in () if arguments.check else works:
        report.progress("%s: %s" % (engine, work))
        if work == "stream":
            peak_memory(arguments, figures, engine, url)
        else:
            time_work(arguments, figures, engine, url, work, sizes)
    if arguments.instructions or engine == "sqlite":
        for work in works:
            if work in COUNTED and (not arguments.check or report.has_bar(engine, work)):
                report.progress("%s: counting instructions of %s" % (engine, work))
                count_work(arguments, figures, engine, url, work)


def url_of(engine, folder):
    if engine == "sqlite":
        return "sqlite:%s/bench.db" % folder
    return os.environ.get("RELATA_TEST_" + engine.upper())


def read_arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--programs", required=True, help="folder of relata_bench_*")
    parser.add_argument("--source", required=True, help="folder of the repository")
    parser.add_argument("--servers", help="folder of the servers that were started for this run")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--instructions", action="store_true", help="count on servers too")
    parser.add_argument("--check", action="store_true",
                        help="only counts instructions; fails when a bar is missed")
    parser.add_argument("--repeat", type=int)
    parser.add_argument("--engine", action="append", choices=ENGINES)
    parser.add_argument("--work", choices=WORKS + ("compile",))
    parser.add_argument("--json")
    parser.add_argument("--plot")
    arguments = parser.parse_args()
    arguments.counted = ("raw", "relata") if arguments.quick or arguments.check else ("raw", "relata", "SOCI")
    if not arguments.repeat:
        arguments.repeat = 3 if arguments.quick else 5
    return arguments


def main():
    arguments = read_arguments()
    figures = Figures()
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="relata-bench.", dir=memory) as folder:
        if arguments.work != "compile":
            for engine in arguments.engine or ENGINES:
                url = url_of(engine, folder)
                if url and os.path.exists(program(arguments, engine)):
                    measure_engine(arguments, figures, engine, url)
                else:
                    report.progress("%s: left out, no server or no program" % engine)
        if arguments.work in (None, "compile") and not arguments.engine:
            compile_cost.measure(figures, arguments.source, folder, 1 if arguments.quick else 3)
    report.progress("")
    missed = report.print_table(figures.rows)
    if arguments.json:
        with open(arguments.json, "w", encoding="utf-8") as file:
            json.dump(figures.rows, file, indent=1)
            file.write("\n")
    if arguments.plot:
        plot.write(figures.rows, arguments.plot)
    if arguments.check and (missed or not figures.rows):
        sys.exit("a bar is missed" if missed else "nothing was counted")


if __name__ == "__main__":
    main()
