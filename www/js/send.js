// Sends what the form would send by itself, without leaving the page.

/** Milliseconds until the visitor is told that it does not work. */
const patience = 15_000;

/**
 * @param {HTMLFormElement} form
 * @returns {Promise<boolean>} whether it arrived
 */
export async function send(form) {
  const body = new URLSearchParams(/** @type {any} */ (new FormData(form)));
  try {
    return (await fetch(form.getAttribute('action'), { method: 'POST', body, signal: AbortSignal.timeout(patience) })).ok;
  } catch {
    return false;
  }
}
