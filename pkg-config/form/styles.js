// How the form looks where the page says nothing else. Both sheets are constructed, so that no policy
// has to allow inline styles.

// Inside the shadow: progress, summary, buttons and what comes after.
const inside = `
:host { display: block; }
:host([hidden]), [hidden] { display: none !important; }
* { box-sizing: border-box; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
[part=progress] { display: grid; gap: .375rem; margin-block-end: var(--leadfit-gap, 1.25rem); font-size: .875em; color: color-mix(in srgb, currentColor 78%, transparent); }
.bar { block-size: .375rem; border-radius: 1rem; overflow: hidden; background: color-mix(in srgb, currentColor 18%, transparent); }
.fill { block-size: 100%; inline-size: 100%; border-radius: inherit; background: var(--leadfit-accent, #0b57d0); transform-origin: left; transition: transform .3s; }
:host(:dir(rtl)) .fill { transform-origin: right; }
[part=summary] { margin-block-end: var(--leadfit-gap, 1.25rem); padding: 1rem; border: 2px solid var(--leadfit-danger, #b3261e); border-radius: var(--leadfit-radius, .5rem); scroll-margin-block: 1.5rem; }
[part=summary]:focus { outline: 3px solid var(--leadfit-focus, currentColor); outline-offset: 2px; }
[part=summary-title] { margin: 0; font-size: 1.0625em; }
ul { display: grid; gap: .375rem; margin: .5rem 0 0; padding-inline-start: 1.125rem; }
li a { color: inherit; font-weight: 600; text-underline-offset: .15em; }
[part=buttons] { display: flex; flex-wrap: wrap-reverse; gap: .75rem; margin-block-start: var(--leadfit-gap, 1.25rem); }
[part~=button] { flex: 1 1 auto; min-block-size: 3rem; padding: .625rem 1.5rem; border: 2px solid transparent; border-radius: var(--leadfit-radius, .5rem); background: var(--leadfit-accent, #0b57d0); color: var(--leadfit-on-accent, #fff); font: inherit; font-weight: 650; text-align: center; text-decoration: none; cursor: pointer; }
[part~=back] { flex-grow: 0; border-color: color-mix(in srgb, currentColor 45%, transparent); background: none; color: inherit; }
[part~=button]:hover { filter: brightness(.93); }
[part~=button][aria-disabled=true] { opacity: .7; cursor: progress; }
[part~=button]:focus-visible, a:focus-visible { outline: 3px solid var(--leadfit-focus, currentColor); outline-offset: 2px; }
[part=outcome] { display: grid; gap: 1rem; justify-items: start; }
[part=outcome-title] { margin: 0; font-size: 1.375em; line-height: 1.25; text-wrap: balance; }
[part=outcome-title]:focus { outline: none; }
@media (prefers-reduced-motion: reduce) { .fill { transition: none; } }
@media (forced-colors: active) { [part~=button], .bar { border: 1px solid ButtonText; } .fill { background: Highlight; forced-color-adjust: none; } }
`;

// The fields stand in the page. In a layer, and with no weight at all, whatever the page says goes before.
const outside = `
@layer leadfit {
  :where(lead-form .leadfit-unseen) { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
  :where(lead-form form) { display: grid; gap: var(--leadfit-gap, 1.25rem); }
  lead-form [hidden] { display: none !important; }
  :where(lead-form .leadfit-field) { min-inline-size: 0; margin: 0; padding: 0; border: 0; scroll-margin-block: 1.5rem; }
  :where(lead-form .leadfit-field > label, lead-form .leadfit-field > legend) { display: block; padding: 0; font-weight: 600; line-height: 1.35; }
  :where(lead-form .leadfit-mark, lead-form .leadfit-error) { color: var(--leadfit-danger, light-dark(#b3261e, #ffb4ab)); }
  :where(lead-form .leadfit-help) { margin: .125rem 0 0; font-size: .875em; opacity: .8; }
  :where(lead-form .leadfit-error) { margin: .25rem 0 0; font-weight: 600; }
  :where(lead-form .leadfit-line > input, lead-form .leadfit-line > select) { box-sizing: border-box; display: block; inline-size: 100%; min-block-size: 2.75rem; margin: 0; margin-block-start: .375rem; padding: .5rem .75rem; border: 1px solid color-mix(in srgb, currentColor 55%, transparent); border-radius: var(--leadfit-radius, .5rem); background: Field; color: FieldText; font: inherit; }
  :where(lead-form .leadfit-options) { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 14rem), 1fr)); gap: .5rem; margin-block-start: .5rem; }
  :where(lead-form .leadfit-option) { box-sizing: border-box; display: flex; align-items: center; gap: .625rem; min-block-size: 2.75rem; padding: .5rem .875rem; border: 1px solid color-mix(in srgb, currentColor 45%, transparent); border-radius: var(--leadfit-radius, .5rem); cursor: pointer; }
  :where(lead-form .leadfit-option:has(:checked)) { border-color: var(--leadfit-accent, #0b57d0); background: color-mix(in srgb, var(--leadfit-accent, #0b57d0) 12%, transparent); box-shadow: inset 0 0 0 1px var(--leadfit-accent, #0b57d0); }
  :where(lead-form .leadfit-option input, lead-form .leadfit-consent > input) { flex: none; inline-size: 1.25rem; block-size: 1.25rem; margin: 0; accent-color: var(--leadfit-accent, auto); }
  :where(lead-form .leadfit-consent) { display: grid; grid-template-columns: auto 1fr; gap: .25rem .75rem; align-items: start; }
  :where(lead-form .leadfit-consent > label) { font-weight: 400; }
  :where(lead-form .leadfit-consent > input) { inline-size: 1.5rem; block-size: 1.5rem; }
  :where(lead-form .leadfit-consent > p) { grid-column: 1 / -1; }
  :where(lead-form [data-leadfit-wrong]) { padding-inline-start: .75rem; border-inline-start: 4px solid var(--leadfit-danger, light-dark(#b3261e, #ffb4ab)); }
  :where(lead-form [aria-invalid=true]) { border-color: var(--leadfit-danger, light-dark(#b3261e, #ffb4ab)); }
  :where(lead-form :focus-visible) { outline: 3px solid var(--leadfit-focus, light-dark(#0b57d0, #a8c7fa)); outline-offset: 2px; }
  :where(lead-form .leadfit-option:has(:focus-visible)) { outline: 3px solid var(--leadfit-focus, light-dark(#0b57d0, #a8c7fa)); outline-offset: 2px; }
  :where(lead-form .leadfit-option :focus-visible) { outline: none; }
  @media (prefers-reduced-motion: no-preference) { :where(lead-form [data-leadfit-new]) { animation: leadfit-in .25s ease-out; } }
  @media (forced-colors: active) { :where(lead-form .leadfit-option:has(:checked)) { outline: 2px solid Highlight; } }
  @keyframes leadfit-in { from { opacity: 0; translate: 0 -.5rem; } }
}
`;

/** @type {Map<string, CSSStyleSheet>} */
const made = new Map();

/** Puts a sheet into a document or a shadow, once. @param {Document | ShadowRoot} root @param {string} css */
function adopt(root, css) {
  const sheet = made.get(css) ?? new CSSStyleSheet();
  if (!made.has(css)) sheet.replaceSync(css);
  made.set(css, sheet);
  if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
}

/**
 * @param {ShadowRoot} shadow of the element
 * @param {Node} root in which the fields stand: the page, or a shadow around them
 */
export function dress(shadow, root) {
  adopt(shadow, inside);
  if (root instanceof Document || root instanceof ShadowRoot) adopt(root, outside);
}
