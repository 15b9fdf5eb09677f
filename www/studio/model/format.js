// Numbers and words as people read them.

const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });

/** `1,234`; by hand, since hundreds of them are written on every move. @param {number} number */
export function count(number) {
  const digits = String(Math.round(number));
  return digits.length < 4 ? digits : digits.replace(/\B(?=(\d{3})+$)/g, ',');
}

/** `12.3 %`; an en dash where there is nothing to tell. @param {number | undefined} share */
export const percent = (share, digits = 1) => (share === undefined || Number.isNaN(share) ? '–' : `${(share * 100).toFixed(digits)} %`);

/** `+3` or `−3`. @param {number} number */
export const signed = (number) => (number > 0 ? `+${count(number)}` : number < 0 ? `−${count(-number)}` : '±0');

/** Making one takes longer than using it, and many are wanted while a slider moves. @type {Map<string, Intl.NumberFormat>} */
const moneys = new Map();

/** @param {number} minor @param {string} [currency] */
export function money(minor, currency = 'USD') {
  const amount = minor / 100;
  const short = Math.abs(amount) >= 100_000;
  const key = `${currency}${short}`;
  let format = moneys.get(key);
  if (!format) moneys.set(key, (format = new Intl.NumberFormat('en', { style: 'currency', currency, notation: short ? 'compact' : 'standard', maximumFractionDigits: short ? 1 : 0 })));
  return format.format(amount);
}

/** `1.2K`. @param {number} number */
export const brief = (number) => compact.format(number);

/** @param {number} number */
export const short = (number) => (Math.abs(number) < 10_000 ? count(number) : compact.format(number));

/** A date without a time of day. @param {number} time */
export const date = (time) => new Date(time).toISOString().slice(0, 10);

/** A text of a scorecard: plain, or by language. @param {string | Record<string, string> | undefined} text */
export const words = (text, fallback = '') => (text === undefined ? fallback : typeof text === 'string' ? text : (text.en ?? Object.values(text)[0] ?? fallback));

/** `demoRequest` → `Demo request`. @param {string} id */
export function spaced(id) {
  const text = id.replace(/[._-]+/g, ' ').replace(/([a-z0-9])([A-Z])|([a-z])(?=\d)/g, (_, before, after, last) => (last ? `${last} ` : `${before} ${after}`)).toLowerCase();
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** @param {number} number @param {string} one @param {string} [many] */
export const plural = (number, one, many = `${one}s`) => `${count(number)} ${number === 1 ? one : many}`;
