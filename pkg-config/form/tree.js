// Markup as data, so that a browser and a server make the same fields of the same questions.

/**
 * An element that is not made yet.
 *
 * @typedef {object} Tree
 * @property {string} tag
 * @property {Record<string, string | boolean | number | undefined>} attributes `true` sets an empty one, `false` and `undefined` none
 * @property {(Tree | string)[]} children text stays text
 */

/**
 * @param {string} tag
 * @param {Tree['attributes']} [attributes]
 * @param {...(Tree | string | false | undefined)} children those that are nothing are left out
 * @returns {Tree}
 */
export const h = (tag, attributes = {}, ...children) => ({ tag, attributes, children: /** @type {Tree['children']} */ (children.filter(Boolean)) });

/**
 * @param {Tree} tree
 * @returns {any} the element
 */
export function grow({ tag, attributes, children }) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(...children.map((child) => (typeof child === 'string' ? child : grow(child))));
  return element;
}
