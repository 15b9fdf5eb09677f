// The proof of work that a ticket may ask for; loaded only then.

/**
 * A text such that SHA-256 of ticket, colon and text begins with so many zero bits: about 2^bits tries,
 * which the browser does beside everything else.
 *
 * @param {string} ticket
 * @param {number} bits
 * @returns {Promise<string>}
 */
export async function workFor(ticket, bits) {
  const encoder = new TextEncoder();
  for (let tries = 0; ; tries++) {
    const work = tries.toString(36);
    const hash = new DataView(await crypto.subtle.digest('SHA-256', encoder.encode(`${ticket}:${work}`)));
    // The server asks for 24 bits at most.
    if (Math.clz32(hash.getUint32(0)) >= bits) return work;
  }
}
