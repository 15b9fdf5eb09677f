// Elements made by hand. Text goes in as text nodes only, so no answer and no scorecard can bring markup.

/**
 * @param {string} tag
 * @param {Record<string, string | boolean | undefined>} [attributes] `true` sets an empty one, `false` and `undefined` none
 * @param {...(Node | string | undefined)} children
 */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.filter((child) => child !== undefined));
  return element;
}

/** The element that the page must have. @param {string} selector @param {ParentNode} [inside] @returns {any} */
export function the(selector, inside = document) {
  const found = inside.querySelector(selector);
  if (!found) throw new Error(`the page has no ${selector}`);
  return found;
}
