// Markup by hand, with one rule: whatever is put into a template is text, unless it came out of one.

class Html {
  /** @param {string} text */
  constructor(text) {
    this.text = text;
  }
}

/** @typedef {Html | string | number | false | null | undefined | readonly Html[]} Part */

/** @type {Record<string, string>} */
const entities = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** @param {Part} part @returns {string} */
function textOf(part) {
  if (part instanceof Html) return part.text;
  if (Array.isArray(part)) return part.map(textOf).join('');
  if (part === null || part === undefined || part === false) return '';
  // NUL is no character of HTML; what browsers make of it differs.
  return String(part).replace(/[&<>"']/g, (letter) => entities[letter]).replaceAll('\0', '\uFFFD');
}

/** @param {TemplateStringsArray} strings @param {...Part} parts */
export const html = (strings, ...parts) => new Html(strings.reduce((text, string, index) => text + textOf(parts[index - 1]) + string));

/** Text of people, whose direction must not turn what stands around it. @param {string | null | undefined} text */
export const theirs = (text) => (text ? html`<bdi>${text}</bdi>` : html``);
