// SPDX-License-Identifier: BSL-1.0
/// \file
/// How the HTML report looks, by day and by night.
#pragma once

#include <string_view>

namespace relata::conformance {

inline constexpr std::string_view style_sheet = R"(
:root { color-scheme: light dark; --page: #fff; --ink: #1c2024; --soft: #6a737d; --line: #d9dee3;
  --band: #f2f4f6; --passed: #14693a; --passed-bg: #d9f2e3; --declared: #7a5600;
  --declared-bg: #fdf0cc; --failed: #a51323; --failed-bg: #fbdada; }
@media (prefers-color-scheme: dark) { :root { --page: #14171a; --ink: #e4e7ea; --soft: #98a2ac;
  --line: #343a41; --band: #1f2429; --passed: #7fd8a4; --passed-bg: #173626; --declared: #ecc768;
  --declared-bg: #3a3014; --failed: #ff9aa2; --failed-bg: #481b21; } }
body { font: 15px/1.45 system-ui, sans-serif; margin: 1.5rem; background: var(--page);
  color: var(--ink); }
h1 { font-size: 1.5rem; margin: 0 0 .3rem; }
h3 { font-size: 1rem; margin: 1.2rem 0 .2rem; }
label { color: var(--soft); cursor: pointer; }
b.passed { color: var(--passed); } b.declared { color: var(--declared); }
b.failed { color: var(--failed); }
.scroll { overflow: auto; max-height: 88vh; margin-top: .8rem; border: 1px solid var(--line);
  border-radius: 6px; }
table { border-collapse: separate; border-spacing: 0; width: 100%; }
th, td { border-bottom: 1px solid var(--line); padding: .22rem .6rem; vertical-align: top; }
thead th { position: sticky; top: 0; z-index: 2; background: var(--band); text-align: center;
  font-weight: 600; white-space: nowrap; }
thead th:first-child { left: 0; z-index: 3; text-align: left; }
small { color: var(--soft); font-weight: 400; }
td small { color: inherit; font-size: .8em; }
.sum { display: block; font-size: .8rem; font-weight: 500; margin-top: .15rem; background: none; }
tr > th[scope=row] { position: sticky; left: 0; background: var(--page); text-align: left;
  font-weight: 400; min-width: 7rem; max-width: 26rem; }
summary { font: 13px/1.6 ui-monospace, monospace; cursor: pointer; }
details[open] { color: var(--soft); }
tr.group th { position: sticky; left: 0; background: var(--band); text-align: left;
  font-weight: 600; padding-top: .5rem; }
td { text-align: center; border-left: 1px solid var(--line); white-space: nowrap; }
td a { color: inherit; }
.passed { color: var(--passed); } td.passed { background: var(--passed-bg); }
.declared { color: var(--declared); } td.declared { background: var(--declared-bg); }
.failed { color: var(--failed); }
td.failed { background: var(--failed-bg); font-weight: 700; }
td.not_applicable, td.none { color: var(--soft); }
body:has(#odd:checked) tr.plain { display: none; }
pre { background: var(--band); padding: .6rem .8rem; border-radius: 6px; overflow: auto;
  white-space: pre-wrap; }
section:target { outline: 2px solid var(--failed); outline-offset: 6px; border-radius: 4px; }
)";

}  // namespace relata::conformance
