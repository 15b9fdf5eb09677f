// Texts of scorecards, and words with gaps in them.

/** @typedef {import('../types.js').Text} Text plain, or one per language */

/**
 * @param {string} language of the page
 * @param {string} otherwise language of the scorecard
 * @returns {(text: Text | null | undefined) => string}
 */
export function translator(language, otherwise) {
  const base = language.split('-')[0];
  return (text) => {
    if (typeof text === 'string') return text;
    return (text && (text[language] ?? text[base] ?? text[otherwise] ?? Object.values(text)[0])) ?? '';
  };
}

/**
 * Fills the gaps of a text: `{label}` with the label.
 *
 * @param {string} text
 * @param {Record<string, string | number>} values
 */
export const filled = (text, values) => text.replace(/\{(\w+)\}/g, (gap, name) => String(values[name] ?? gap));
