// Texts of a scorecard are plain, or one per language.

/**
 * @param {string} language of the page
 * @param {string} otherwise language of the scorecard
 * @returns {(text: import('/leadfit/types.js').Text | null | undefined) => string}
 */
export function reader(language, otherwise) {
  const base = language.split('-')[0];
  return (text) => {
    if (text === null || text === undefined) return '';
    if (typeof text === 'string') return text;
    return text[language] ?? text[base] ?? text[otherwise] ?? Object.values(text)[0] ?? '';
  };
}
