// Cells of CSV that no spreadsheet takes for a formula.

/** What spreadsheets begin to calculate with, in both widths, also after blanks and control characters. */
const formula = /^[\s\u0000-\u001f\u007f-\u009f\u200b-\u200f\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/;

/** A whole number or a decimal, which is no formula. */
const number = /^-?\d{1,15}(\.\d+)?$/;

/** @param {string | number | null | undefined} value */
export function cell(value) {
  const text = String(value ?? '').replaceAll('\0', '\uFFFD');
  const safe = formula.test(text) && !number.test(text) ? `'${text}` : text;
  return /[",;\r\n\t]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** @param {readonly (string | number | null | undefined)[]} values */
export const line = (values) => `${values.map(cell).join(',')}\r\n`;
