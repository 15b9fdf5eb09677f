// How a submission leaves the page where there is no outbox: as the form would post it by itself.

/** @typedef {import('../outbox/submission.js').Draft} Draft */

/**
 * What became of it: `kept`, it lies on the device and will be sent; `parked`, a receiver refused it
 * for good; `unsent`, it did not get through.
 *
 * @typedef {{ id?: string, state: 'delivered' | 'unconfirmed' | 'kept' | 'parked' | 'unsent' }} Submitted
 */

/**
 * Whatever delivers: an outbox of `leadfit/outbox`, or something of the page.
 *
 * @typedef {{ submit(draft: Draft, known: { lead?: import('../types.js').Lead, verdict?: import('../types.js').Verdict, form: HTMLFormElement }): Promise<Submitted> }} Delivery
 */

/** Milliseconds until the visitor is told that it does not work. */
const patience = 15_000;

/** @type {Delivery} */
export const plain = {
  async submit({ pairs, guard }, { form }) {
    const address = form.getAttribute('action');
    // A form that goes nowhere has a page that listens.
    if (address === null) return { state: 'delivered' };
    const body = new URLSearchParams(/** @type {any} */ (pairs));
    if (guard?.ticket) body.set('leadfit-ticket', guard.ticket);
    try {
      const { ok } = await fetch(address, { method: 'POST', body, keepalive: true, signal: AbortSignal.timeout(patience) });
      return { state: ok ? 'delivered' : 'unsent' };
    } catch {
      return { state: 'unsent' };
    }
  },
};
