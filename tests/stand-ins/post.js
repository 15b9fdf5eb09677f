// How all stand-ins reach their servers: the demo's own endpoint takes it.

/** @param {[string, string][]} pairs */
export async function post(pairs) {
  const { ok } = await fetch('/submit', { method: 'POST', body: new URLSearchParams(pairs) });
  return ok;
}

/** @param {string} tag @param {Record<string, string>} attributes @param {...(Node | string)} children */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** @param {HTMLFormElement} form @returns {[string, string][]} */
export const pairsOf = (form) => /** @type {any} */ ([...new FormData(form)]);
