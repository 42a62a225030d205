# SPDX-License-Identifier: BSL-1.0
"""Draws the ratios to the hand-written program as horizontal bars, in one SVG file."""

import datetime
import platform
import subprocess
from xml.sax.saxutils import escape

import report

COLOURS = {"relata": "#1f6fb4", "SOCI": "#e07b39", "libpqxx": "#6a9f58"}
# Which metric tells most about an engine.
METRICS = {"sqlite": ("instructions",), "postgresql": ("cpu",), "mysql": ("cpu",)}
WALL = ("bulk", "report")
TITLES = {"sqlite": "SQLite", "postgresql": "PostgreSQL", "mysql": "MariaDB"}
# A bar longer than this ends in an arrow: the axis is for telling 1.05 from 1.10.
MOST = 4.0

LEFT, RIGHT, BAR, GAP, PANEL, TOP = 210, 90, 11, 9, 34, 74
WIDTH = 900


def chosen(rows):
    """{engine: {(work, metric): {variant: row}}}, in the order of the figures."""
    groups = {}
    for row in rows:
        engine, work, metric = row["engine"], row["work"], row["metric"]
        if row["ratio"] is None or row["variant"] not in COLOURS:
            continue
        if engine in METRICS:
            wanted = ("wall",) if work in WALL else METRICS[engine]
            if work == "stream":
                wanted = ("bytes",)
        else:
            wanted = ("seconds", "bytes")
        if metric in wanted:
            groups.setdefault(engine, {}).setdefault((work, metric), {})[row["variant"]] = row
    return groups


def text(x, y, words, anchor="start", size=12, colour="#222", weight="normal"):
    return ('<text x="%.1f" y="%.1f" text-anchor="%s" font-size="%d" fill="%s" font-weight="%s">%s'
            "</text>" % (x, y, anchor, size, colour, weight, escape(words)))


def rectangle(x, y, width, height, colour):
    return '<rect x="%.1f" y="%.1f" width="%.1f" height="%.1f" fill="%s"/>' % (x, y, width, height,
                                                                              colour)


def line(x, y1, y2, colour, dashes=""):
    return '<line x1="%.1f" y1="%.1f" x2="%.1f" y2="%.1f" stroke="%s" stroke-dasharray="%s"/>' % (
        x, y1, x, y2, colour, dashes)


def across(ratio):
    return LEFT + (WIDTH - LEFT - RIGHT) * min(ratio, MOST) / MOST


def draw_work(out, y, work, metric, variants):
    out.append(text(LEFT - 8, y + BAR * len(variants) / 2 + 4, "%s (%s)" % (work, metric), "end"))
    for variant, row in variants.items():
        end = across(row["ratio"])
        out.append(rectangle(LEFT, y, end - LEFT, BAR - 1, COLOURS[variant]))
        bar, met = report.bar_of(row)
        note = "%.2f" % row["ratio"]
        if row["ratio"] > MOST:
            note = "\u2192 " + note
        if bar:
            note += "  (bar %s%s)" % (bar, "" if met else ", missed")
        out.append(text(end + 5, y + BAR - 2, note, size=10,
                        colour="#b00020" if met is False else "#222"))
        y += BAR
    return y + GAP


def draw_engine(out, y, engine, works):
    out.append(text(12, y + 14, TITLES.get(engine, engine), size=15, weight="bold"))
    y += PANEL - 10
    first = y
    bars = []
    for (work, metric), variants in works.items():
        y = draw_work(bars, y, work, metric, variants)
    for tick in (0, 1, 2, 3, 4):
        out.append(line(across(tick), first - 4, y, "#888" if tick == 1 else "#ddd",
                        "4 3" if tick == 1 else ""))
        out.append(text(across(tick), y + 12, "%d" % tick, "middle", 10, "#666"))
    out.extend(bars)
    return y + PANEL


def version_of(command):
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        return done.stdout.splitlines()[0] if done.stdout else ""
    except OSError:
        return ""


def write(rows, path):
    out = []
    y = TOP
    for engine, works in chosen(rows).items():
        y = draw_engine(out, y, engine, works)
    out.append(text(across(2), y, "cost \u00f7 hand-written C API code (1 = the same)", "middle"))
    head = [
        '<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" '
        'font-family="DejaVu Sans, Arial, sans-serif">' % (WIDTH, y + 20),
        rectangle(0, 0, WIDTH, y + 20, "#fff"),
        text(12, 26, "What relata costs over hand-written code", size=18, weight="bold"),
        text(12, 44, "%s, %s, %s" % (datetime.date.today().isoformat(), version_of(["g++", "--version"]),
                                     platform.platform(terse=True)), size=10, colour="#666"),
    ]
    x = 12
    for variant, colour in COLOURS.items():
        head.append(rectangle(x, 54, 12, 10, colour))
        head.append(text(x + 16, 63, variant, size=11))
        x += 90
    with open(path, "w", encoding="utf-8") as file:
        file.write("\n".join(head + out + ["</svg>"]) + "\n")
