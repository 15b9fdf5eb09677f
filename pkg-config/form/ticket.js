// A ticket of the collector: it knows by its own clock when the form was shown.

/** @typedef {{ ticket?: string, work?: string }} Ticket with the proof of work that it asks for */

/**
 * A ticket for a form that is being shown. Without one a lead is flagged, and not refused: whatever
 * goes wrong here is nobody's trouble.
 *
 * @param {string} address of the collector's `GET /ticket`
 * @param {string} [form] id of the form
 * @returns {Promise<Ticket>}
 */
export async function ticketFrom(address, form) {
  try {
    const url = new URL(address, document.baseURI);
    if (form) url.searchParams.set('form', form);
    const response = await fetch(url);
    const { ticket, workBits } = await response.json();
    if (!(workBits > 0)) return { ticket };
    const { workFor } = await import('./work.js');
    return { ticket, work: await workFor(ticket, workBits) };
  } catch {
    return {};
  }
}
