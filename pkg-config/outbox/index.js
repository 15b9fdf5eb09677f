// Delivery without loss, in plain JavaScript: `leadfit/outbox`.
import { Outbox as Box } from './outbox.js';

export { consentsIn, leadOf, mailOf, pairsOf, textOf } from './submission.js';

/**
 * Opens the outbox of this site. Do so when the page loads: what earlier pages left is sent then, and
 * what is submitted later finds its storage open.
 *
 * @param {import('./outbox.js').Options} options
 * @returns {import('./outbox.js').Outbox}
 */
export const openOutbox = (options) => new Box(options);

/**
 * leadfit's own collector, and every endpoint that answers with the `id` of what it stored.
 *
 * @param {string} url
 * @param {string} [name]
 * @returns {import('./outbox.js').Receiver}
 */
export const collector = (url, name = 'collector') => ({ name, url, request: () => ({ url, ack: 'echo' }) });

/** @typedef {import('./outbox.js').Outbox} Outbox */
/** @typedef {import('./outbox.js').Change} Change */
/** @typedef {import('./outbox.js').Entry} Entry */
/** @typedef {import('./outbox.js').Options} Options */
/** @typedef {import('./outbox.js').Receiver} Receiver */
/** @typedef {import('./outbox.js').Submitted} Submitted */
/** @typedef {import('./outbox.js').Told} Told */
/** @typedef {import('./record.js').Acknowledgement} Acknowledgement */
/** @typedef {import('./record.js').Request} Request */
/** @typedef {import('./submission.js').ConsentRecord} ConsentRecord */
/** @typedef {import('./submission.js').Draft} Draft */
/** @typedef {import('./submission.js').Submission} Submission */
/** @typedef {import('./submission.js').Touch} Touch */
