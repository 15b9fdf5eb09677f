// How the pages of sales look. One sheet, no script, no font and no picture from anywhere.

export const style = `
:root {
  color-scheme: light dark;
  --page: #f6f7f8; --card: #fff; --ink: #17262a; --soft: #4a5b60; --line: #dde3e5; --edge: #76858a;
  --brand: #0d5960; --on-brand: #fff; --brand-soft: #e4f0ef;
  --good: #17663a; --good-soft: #e3f3e9; --warn: #7a4a00; --warn-soft: #fdf0d5; --bad: #a8201a; --bad-soft: #fdeceb;
  --focus: #0b57d0; --shadow: 0 1px 2px rgb(23 38 42 / 8%);
  --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", "Helvetica Neue", Arial, sans-serif;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #0e1619; --card: #172226; --ink: #e8f0f0; --soft: #aebec1; --line: #2b393d; --edge: #80949a;
    --brand: #83d3d4; --on-brand: #04272b; --brand-soft: #1b3438;
    --good: #86dcaa; --good-soft: #163424; --warn: #ffd58a; --warn-soft: #3a2e14; --bad: #ffb3aa; --bad-soft: #3d2322;
    --focus: #9ac2ff; --shadow: none;
  }
}
*, ::before, ::after { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink); font: 1rem/1.5 var(--sans); }
h1, h2, h3, p, ul, ol, dl, dd { margin: 0; padding: 0; }
ul, ol { list-style: none; }
h1 { font-size: 1.5rem; line-height: 1.25; letter-spacing: -0.01em; overflow-wrap: anywhere; }
h2 { font-size: 1.0625rem; }
a { color: var(--brand); }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; border-radius: 0.25rem; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.skip { position: absolute; left: 1rem; top: -4rem; padding: 0.5rem 1rem; background: var(--brand); color: var(--on-brand); }
.skip:focus { top: 0.5rem; }
.soft { color: var(--soft); }
.small { font-size: 0.875rem; }

.top { background: var(--card); border-bottom: 1px solid var(--line); }
.top > div, main { max-width: 76rem; margin: 0 auto; padding: 0 1.25rem; }
.top > div { display: flex; flex-wrap: wrap; align-items: center; gap: 0.5rem 1.5rem; min-height: 3.5rem; }
.brand { display: inline-flex; align-items: center; gap: 0.5rem; min-height: 2.75rem; color: var(--ink); font-weight: 700; text-decoration: none; }
.brand::before { content: ""; width: 0.875rem; height: 0.875rem; border-radius: 0.25rem; background: var(--brand); }
.who { display: flex; align-items: center; gap: 0.75rem; margin-left: auto; }
main { padding-block: 1.75rem 4rem; }

button, .button { display: inline-flex; align-items: center; justify-content: center; min-height: 2.75rem; padding: 0.375rem 1rem; border: 1px solid var(--edge); border-radius: 0.5rem; background: var(--card); color: var(--ink); font: inherit; font-weight: 600; text-decoration: none; cursor: pointer; }
button:hover, .button:hover { border-color: var(--brand); color: var(--brand); }
.primary { border-color: var(--brand); background: var(--brand); color: var(--on-brand); }
.primary:hover { color: var(--on-brand); filter: brightness(1.1); }
label { display: block; margin-bottom: 0.25rem; font-size: 0.875rem; font-weight: 600; }
input, select, textarea { width: 100%; min-height: 2.75rem; padding: 0.5rem 0.75rem; border: 1px solid var(--edge); border-radius: 0.5rem; background: var(--card); color: var(--ink); font: inherit; }
.field + .field, .field + button, .two + .field, .two + button { margin-top: 0.75rem; }
.two { display: grid; grid-template-columns: 1fr 1fr; gap: 0.75rem; margin-top: 0.75rem; }
.two .field + .field { margin-top: 0; }

.bar { display: flex; flex-wrap: wrap; align-items: end; gap: 1rem; margin-block: 1.25rem 1rem; }
.tabs { display: flex; flex-wrap: wrap; gap: 0.375rem; }
.tabs a { display: inline-flex; align-items: center; gap: 0.5rem; min-height: 2.75rem; padding: 0 0.875rem; border-radius: 1.375rem; color: var(--soft); font-weight: 600; text-decoration: none; }
.tabs a:hover { background: var(--brand-soft); }
.tabs a[aria-current] { background: var(--brand); color: var(--on-brand); }
.search { display: flex; gap: 0.5rem; margin-left: auto; flex: 0 1 22rem; }

.leads { border: 1px solid var(--line); border-radius: 0.75rem; background: var(--card); box-shadow: var(--shadow); overflow: hidden; }
.lead { position: relative; display: grid; grid-template-columns: 9.5rem minmax(0, 1.3fr) 5.5rem minmax(0, 1.7fr) minmax(0, 0.9fr); gap: 0.25rem 1.25rem; align-items: start; padding: 0.9375rem 1.25rem; }
.lead + .lead { border-top: 1px solid var(--line); }
.lead:hover { background: var(--brand-soft); }
.lead h2 { font-size: 1rem; overflow-wrap: anywhere; }
.lead h2 a { color: inherit; text-decoration: none; }
.lead h2 a::after { content: ""; position: absolute; inset: 0; }
.lead h2 a:hover { text-decoration: underline; }
.lead p { overflow-wrap: anywhere; }
.chip { display: inline-block; padding: 0.0625rem 0.625rem; border-radius: 1rem; background: var(--line); color: var(--ink); font-size: 0.8125rem; font-weight: 600; }
.chip-late { background: var(--bad-soft); color: var(--bad); }
.chip-soon { background: var(--warn-soft); color: var(--warn); }
.chip-later { background: var(--good-soft); color: var(--good); }
.chip-none { background: none; padding-inline: 0; color: var(--soft); font-weight: 400; }
.grade { line-height: 1.3; white-space: nowrap; }
.grade b { display: block; font-size: 1.125rem; }
.why { display: flex; flex-wrap: wrap; gap: 0.125rem 0.75rem; font-size: 0.875rem; }
.points { font-variant-numeric: tabular-nums; font-weight: 700; }
.points-more { color: var(--good); }
.points-less { color: var(--bad); }
.empty { padding: 3.5rem 1.25rem; text-align: center; }
.pages { display: flex; justify-content: space-between; margin-top: 1rem; }

.head { display: flex; flex-wrap: wrap; align-items: start; gap: 1rem 2rem; margin-block: 0.75rem 1.5rem; }
.head > :first-child { flex: 1 1 20rem; min-width: 0; }
.figures { display: flex; gap: 1.5rem; }
.figures dt { color: var(--soft); font-size: 0.8125rem; }
.figures dd { font-size: 1.25rem; font-weight: 700; }
.columns { display: grid; grid-template-columns: minmax(0, 1fr) 21rem; gap: 1.25rem; align-items: start; }
.stack { display: grid; gap: 1.25rem; min-width: 0; }
.card { padding: 1.125rem 1.25rem; border: 1px solid var(--line); border-radius: 0.75rem; background: var(--card); box-shadow: var(--shadow); min-width: 0; }
.card > h2 { margin-bottom: 0.75rem; }
.card > p + details, .card > ul + details { margin-top: 0.5rem; }
.reach { display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; margin-top: 0.25rem; }
.reach a { display: inline-flex; align-items: center; min-height: 1.75rem; overflow-wrap: anywhere; }
.card h3 { margin: 1rem 0 0.375rem; font-size: 0.875rem; color: var(--soft); }
.card-warn { border-color: var(--warn); background: var(--warn-soft); }
.card-bad { border-color: var(--bad); background: var(--bad-soft); }
.note { margin-bottom: 1.25rem; padding: 0.75rem 1rem; border-radius: 0.5rem; background: var(--good-soft); color: var(--good); font-weight: 600; }
.note-bad { background: var(--bad-soft); color: var(--bad); }
.reasons li { display: grid; grid-template-columns: 3rem minmax(0, 1fr); gap: 0.75rem; padding-block: 0.4375rem; overflow-wrap: anywhere; }
.reasons li + li { border-top: 1px solid var(--line); }
.reasons .points { text-align: right; }
.pairs { display: grid; grid-template-columns: minmax(7rem, 0.4fr) minmax(0, 1fr); gap: 0.375rem 1rem; }
.pairs dt { color: var(--soft); overflow-wrap: anywhere; }
.pairs dd { overflow-wrap: anywhere; white-space: pre-line; }
.before { display: block; color: var(--soft); font-size: 0.875rem; }
.list > li { padding-block: 0.5rem; overflow-wrap: anywhere; }
.list > li + li { border-top: 1px solid var(--line); }
.buttons { display: flex; gap: 0.75rem; }
.buttons > * { flex: 1; }
.check { display: flex; align-items: center; gap: 0.75rem; }
.check input { width: 1.5rem; min-height: 1.5rem; margin: 0; }
.check label { margin: 0; }
.erase { padding-inline: 1.25rem; }
details summary { min-height: 2.75rem; display: flex; align-items: center; font-weight: 600; cursor: pointer; color: var(--brand); }
details summary::before { content: "+"; width: 1.25rem; }
details[open] summary::before { content: "–"; }
.sign-in { max-width: 24rem; margin: 12vh auto 0; }
.sign-in h1 { margin-bottom: 1.25rem; }
@media (max-width: 60rem) {
  .columns { grid-template-columns: minmax(0, 1fr); }
  .columns > .acts { order: -1; }
  .grade b { display: inline; margin-right: 0.375rem; }
  .lead { grid-template-columns: minmax(0, 1fr) auto; }
  .lead > :nth-child(1) { order: 1; }
  .lead > :nth-child(3) { order: 2; justify-self: end; }
  .lead > :nth-child(2), .lead > :nth-child(4), .lead > :nth-child(5) { order: 3; grid-column: 1 / -1; }
  .search { margin-left: 0; flex: 1 1 100%; }
}
@media (max-width: 30rem) {
  .pairs { grid-template-columns: minmax(0, 1fr); gap: 0; }
  .pairs dd { margin-bottom: 0.5rem; }
  .who { margin-left: 0; }
}
@media (forced-colors: active) { .chip, .note, .tabs a[aria-current] { border: 1px solid CanvasText; } }
`;
