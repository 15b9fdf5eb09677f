// As much of jQuery as its users' events need: they reach jQuery's own listeners and nobody else's.

/** @type {WeakMap<object, Map<string, Function[]>>} */
const listeners = new WeakMap();

class Wrapped {
  /** @param {any} node */
  constructor(node) {
    this.node = node;
  }

  /** @param {string} name @param {Function} listener */
  on(name, listener) {
    const of = listeners.get(this.node) ?? new Map();
    listeners.set(this.node, of.set(name, [...(of.get(name) ?? []), listener]));
    return this;
  }

  /** @param {string} name @param {Function} listener */
  off(name, listener) {
    const of = listeners.get(this.node);
    of?.set(name, (of.get(name) ?? []).filter((each) => each !== listener));
    return this;
  }

  /** From the node up to the document, with more arguments. @param {string} name @param {any} [more] */
  trigger(name, more) {
    const event = { type: name, target: this.node };
    const args = Array.isArray(more) ? more : [more];
    for (let at = this.node; at; at = at.parentNode) for (const listener of listeners.get(at)?.get(name) ?? []) listener.call(at, event, ...args);
    return this;
  }
}

window.jQuery ??= (node) => new Wrapped(node);
