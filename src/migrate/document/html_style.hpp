// SPDX-License-Identifier: BSL-1.0
// How the HTML page looks, by day and by night, and its filter box.
#pragma once

#include <string_view>

namespace relata::migrate::document {

inline constexpr std::string_view style_sheet = R"(
:root { color-scheme: light dark; --page: #fff; --ink: #1c2024; --soft: #5f6b76; --line: #dde3e8;
  --band: #f4f6f8; --accent: #1f5c99; --key: #8a5a00; --key-ground: #fdf1d3; --code: #eef1f4; }
@media (prefers-color-scheme: dark) { :root { --page: #14171a; --ink: #e4e7ea; --soft: #9aa5af;
  --line: #323940; --band: #1b2025; --accent: #7ab8f5; --key: #f0c869; --key-ground: #3a3014;
  --code: #22282e; } }
* { box-sizing: border-box; }
html { scroll-behavior: smooth; scroll-padding-top: 1rem; }
body { margin: 0; font: 15px/1.5 system-ui, sans-serif; background: var(--page); color: var(--ink);
  display: grid; grid-template-columns: 17rem minmax(0, 1fr); }
nav { position: sticky; top: 0; height: 100vh; overflow: auto; padding: 1rem;
  border-right: 1px solid var(--line); background: var(--band); }
nav input { width: 100%; padding: .4rem .6rem; font: inherit; color: inherit;
  background: var(--page); border: 1px solid var(--line); border-radius: 6px; }
nav p { margin: .5rem 0; color: var(--soft); font-size: .85rem; }
nav ul { list-style: none; margin: 0; padding: 0; }
nav a { display: block; padding: .1rem .4rem; border-radius: 4px; color: inherit;
  text-decoration: none; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
nav a:hover { background: var(--code); }
main { padding: 1.5rem 2rem 50vh; max-width: 78rem; }
h1 { margin: 0; font-size: 1.6rem; }
h2 { margin: 0 0 .2rem; font-size: 1.15rem; overflow-wrap: anywhere; }
h2 small { font-weight: 400; color: var(--soft); font-size: .85rem; margin-left: .5rem; }
section { margin-top: 2rem; padding-top: 1.2rem; border-top: 1px solid var(--line); }
section > p { margin: .3rem 0 .6rem; color: var(--soft); white-space: pre-line; }
section:target h2 { color: var(--accent); }
a { color: var(--accent); }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; margin: .5rem 0; font-size: .92rem; }
th { text-align: left; font-weight: 600; color: var(--soft); font-size: .8rem; }
th, td { padding: .25rem .7rem .25rem 0; border-bottom: 1px solid var(--line);
  vertical-align: top; overflow-wrap: anywhere; }
td.marks { white-space: nowrap; width: 1%; }
td.name { min-width: 9rem; }
td.soft { color: var(--soft); }
code { font: .9em/1.5 ui-monospace, "DejaVu Sans Mono", monospace; overflow-wrap: anywhere; }
b.mark { font-size: .68rem; font-weight: 700; color: var(--key); background: var(--key-ground);
  border-radius: 4px; padding: .05rem .3rem; margin-right: .2rem; }
dl { display: grid; grid-template-columns: 8rem minmax(0, 1fr); gap: .15rem .8rem; margin: .6rem 0;
  font-size: .92rem; }
dt { color: var(--soft); }
dd { margin: 0; overflow-wrap: anywhere; }
dd small { color: var(--soft); font-size: .92em; }
pre { background: var(--code); padding: .7rem .9rem; border-radius: 6px; overflow: auto;
  white-space: pre-wrap; }
.picture { margin-top: 1rem; overflow: auto; max-height: 85vh; border: 1px solid var(--line);
  border-radius: 8px; background: #fff; }
.picture svg { display: block; max-width: 100%; height: auto; margin: auto; cursor: zoom-in; }
.picture.whole svg { max-width: none; cursor: zoom-out; }
[hidden] { display: none; }
@media (max-width: 50rem) { body { display: block; } nav { position: static; height: auto;
  max-height: 40vh; border-right: 0; } main { padding: 1rem; } }
@media print { nav { display: none; } body { display: block; } section { break-inside: avoid; } }
)";

// Every word of the box must be in a table's names. A click on the picture shows it in its own size.
inline constexpr std::string_view script = R"(
const box = document.querySelector('nav input'), count = document.querySelector('#shown');
const sections = [...document.querySelectorAll('section')];
function filter() {
  const words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const s of sections) {
    const fits = words.every(w => s.dataset.names.includes(w));
    s.hidden = !fits;
    document.querySelector('nav a[href="#' + CSS.escape(s.id) + '"]').parentElement.hidden = !fits;
    if (fits) ++shown;
  }
  count.textContent = words.length ? shown + ' of ' + sections.length + ' shown' : '';
}
box.addEventListener('input', filter);
addEventListener('keydown', e => {
  if (e.key === '/' && document.activeElement !== box) { e.preventDefault(); box.focus(); }
  if (e.key === 'Escape' && document.activeElement === box) { box.value = ''; filter(); }
});
addEventListener('hashchange', () => {
  const s = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (s && s.hidden) { box.value = ''; filter(); s.scrollIntoView(); }
});
const picture = document.querySelector('.picture');
if (picture) picture.addEventListener('click', e => {
  const seen = picture.querySelector('svg').getBoundingClientRect();
  const x = (e.clientX - seen.left) / seen.width, y = (e.clientY - seen.top) / seen.height;
  if (!picture.classList.toggle('whole')) return;
  picture.scrollTo(x * picture.scrollWidth - picture.clientWidth / 2,
                   y * picture.scrollHeight - picture.clientHeight / 2);
});
filter();
)";

}  // namespace relata::migrate::document
