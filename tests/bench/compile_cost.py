# SPDX-License-Identifier: BSL-1.0
"""What it costs to compile: CPU seconds, the compiler's peak memory, size of the code."""

import os
import shutil
import subprocess
import sys

import compile_model
import report

COMPILERS = ("g++", "clang++-19")
# SOCI as packaged includes Boost; without it the header is as small as it gets.
SOCI_ALONE = ["-DSOCICONFIG_H_INCLUDED", "-DSOCI_HAVE_CXX11"]


def compile_file(command, source, target):
    """Compiles once; gives CPU seconds and peak bytes of the largest process."""
    process = subprocess.Popen(command + ["-c", source, "-o", target], stderr=subprocess.PIPE)
    problems = process.stderr.read()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit("failed: %s %s\n%s" % (" ".join(command), source, problems.decode()[:4000]))
    return used.ru_utime + used.ru_stime, used.ru_maxrss * 1024


def text_size(target):
    done = subprocess.run(["size", target], capture_output=True, text=True, check=True)
    return int(done.stdout.splitlines()[1].split()[0])


class Costs:
    """The least CPU time of several interleaved runs, and the memory of the last."""

    def __init__(self, compiler, include, folder, repeat):
        self.command = [compiler, "-std=c++20"] + include
        self.folder = folder
        self.repeat = repeat

    def measure(self, sources, options=()):
        """sources: {name: (file, more options)}; gives {name: (seconds, bytes, size of code)}."""
        best = {}
        for _ in range(self.repeat):
            for name, (source, more) in sources.items():
                target = os.path.join(self.folder, "object.o")
                seconds, memory = compile_file(self.command + list(options) + more, source, target)
                before = best.get(name, (seconds, 0, 0))[0]
                best[name] = (min(before, seconds), memory, text_size(target))
        return best


def write(folder, name, text):
    path = os.path.join(folder, name)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    return path


def measure_queries(figures, costs, compiler, here):
    sources = {name: (os.path.join(here, "compile", name + ".cpp"), []) for name in ("raw", "relata")}
    for level in ("-O0", "-O2"):
        report.progress("%s: fifty queries %s" % (compiler, level))
        found = costs.measure(sources, [level])
        for name in sources:
            work = "fifty_queries" + level
            for index, metric in enumerate(("seconds", "bytes")):
                figures.add(compiler, work, name, metric, found[name][index], found["raw"][index])
            figures.add(compiler, "code_size" + level, name, "bytes", found[name][2],
                        found["raw"][2])


def measure_header(figures, costs, compiler, folder):
    report.progress("%s: headers" % compiler)
    own = write(folder, "relata_header.cpp", "#include <relata/relata.hpp>\n")
    soci = write(folder, "soci_header.cpp", "#include <soci/soci.h>\n")
    sources = {"relata": (own, []), "SOCI without Boost": (soci, SOCI_ALONE)}
    if os.path.exists("/usr/include/boost/fusion"):
        sources["SOCI"] = (soci, [])
    found = costs.measure(sources)
    base = found.get("SOCI", found["SOCI without Boost"])[0]
    for name, (seconds, _, _) in found.items():
        figures.add(compiler, "header", name, "seconds", seconds, base)


def measure_model(figures, costs, compiler, folder):
    report.progress("%s: a model of 100 tables" % compiler)
    plain = write(folder, "plain_structs.cpp", compile_model.plain_structs(100))
    mapped = write(folder, "mapped_structs.cpp", compile_model.mapped_structs(100))
    found = costs.measure({"plain structs": (plain, []), "relata": (mapped, [])})
    for name, (seconds, _, _) in found.items():
        figures.add(compiler, "model", name, "seconds", seconds, found["plain structs"][0])


def measure(figures, source, folder, repeat):
    include = ["-I" + os.path.join(source, "include")]
    for compiler in COMPILERS:
        if not shutil.which(compiler):
            report.progress("%s: left out, not installed" % compiler)
            continue
        costs = Costs(compiler, include, folder, repeat)
        measure_queries(figures, costs, compiler, os.path.join(source, "tests", "bench"))
        measure_header(figures, costs, compiler, folder)
        measure_model(figures, costs, compiler, folder)
