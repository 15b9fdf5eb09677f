// Suggestions for a job title, in the language of the page, fetched when the visitor comes to the field.

import { firstOf } from './controls.js';
import { grow, h } from './tree.js';

/**
 * @param {HTMLElement} field
 * @param {string} language
 */
export function suggest(field, language) {
  const control = /** @type {HTMLInputElement | undefined} */ (firstOf(field));
  if (control?.tagName !== 'INPUT' || control.hasAttribute('list')) return;
  control.addEventListener(
    'focus',
    async () => {
      const { titles } = await import('./suggestions.js').catch(() => ({ titles: {} }));
      const words = /** @type {Record<string, string>} */ (titles)[language.toLowerCase().split('-')[0]];
      if (!words) return;
      const list = grow(h('datalist', { id: `${control.id || control.name}-titles` }, ...words.split('|').map((value) => h('option', { value }))));
      control.after(list);
      control.setAttribute('list', list.id);
    },
    { once: true },
  );
}
