#include "host/lab/learn/site_style.hpp"

namespace sehlab::lab {

std::string_view site_style() {
  return R"(:root {
  color-scheme: light dark;
  --paper: #fdfcf9; --ink: #22252a; --faint: #6a6f78; --line: #dcd8cf;
  --box: #f3f0e9; --accent: #0b5c8a; --ask: #fff5d6; --ask-line: #e0bf62;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #16181c; --ink: #dfe2e7; --faint: #979da8; --line: #33373e;
    --box: #1f2228; --accent: #7cc0ea; --ask: #2b2715; --ask-line: #7d6a2c;
  }
}
* { box-sizing: border-box; }
html { background: var(--paper); color: var(--ink); font: 1.05rem/1.6 system-ui, sans-serif; }
body { max-width: 52rem; margin: 0 auto; padding: 1.5rem 1.25rem 4rem; }
h1 { font-size: 1.75rem; line-height: 1.25; margin: 1rem 0 1.25rem; }
h1 small { display: block; font-size: 1rem; font-weight: 400; color: var(--faint); }
h2 { font-size: 1.2rem; margin: 2.25rem 0 .6rem; }
h3 { font-size: 1rem; margin: 1.75rem 0 .4rem; }
a { color: var(--accent); }
a.word { text-decoration-style: dotted; text-underline-offset: .2em; }
nav { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; justify-content: space-between;
  font-size: .95rem; color: var(--faint); }
code, pre { font-family: ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; }
code { font-size: .88em; background: var(--box); border-radius: .25rem; padding: .08em .3em; }
pre { font-size: .82rem; line-height: 1.5; background: var(--box); border: 1px solid var(--line);
  border-radius: .4rem; padding: .8rem 1rem; overflow-x: auto; margin: .75rem 0; }
pre code { font-size: inherit; background: none; padding: 0; }
.source { counter-reset: line; }
.source span::before { counter-increment: line; content: counter(line); display: inline-block;
  width: 2.2em; margin-right: 1em; text-align: right; color: var(--faint); user-select: none; }
.trace span { display: block; white-space: pre-wrap; padding-left: 18ch; text-indent: -18ch; }
.trace i { color: var(--faint); font-style: normal; }
.command { margin: .5rem 0 0; }
.predict { background: var(--ask); border: 1px solid var(--ask-line); border-radius: .4rem;
  padding: .25rem 1.1rem; margin: 2rem 0 1rem; }
.predict h2 { margin-top: .8rem; }
summary { cursor: pointer; font-weight: 600; padding: .6rem 0; color: var(--accent); }
ol.lessons { padding-left: 0; list-style: none; }
ol.lessons li { display: flex; gap: 1rem; padding: .45rem 0; border-bottom: 1px solid var(--line); }
ol.lessons b { min-width: 1.6em; text-align: right; color: var(--faint); font-weight: 400; }
dt { font-weight: 600; margin-top: 1.4rem; overflow-wrap: anywhere; }
dt span { font-weight: 400; color: var(--faint); }
dd { margin: .2rem 0 0; }
dd small, .sources { color: var(--faint); font-size: .88rem; }
dt:target { background: var(--ask); }
@media print { details > * { display: block; } pre { white-space: pre-wrap; } }
)";
}

}  // namespace sehlab::lab
