// What a server does with submissions. Runs wherever there are `Request` and `Response`: nothing here
// reads a file or opens a port. For Node there is `leadfit/server/node`.

export { hashPassword, peopleIn } from './sales/sign-in.js';
export { createCollector } from './collector.js';
export { cardsOf, recheck } from './recheck.js';
export { createStore } from './store.js';
export { issueTicket, readTicket, solves } from './ticket.js';

/** @typedef {import('./collector.js').Collector} Collector */
/** @typedef {import('./collector.js').Settings} Settings */
/** @typedef {import('./forward.js').Receiver} Receiver */
/** @typedef {import('./recheck.js').Difference} Difference */
/** @typedef {import('./recheck.js').DifferenceCode} DifferenceCode */
/** @typedef {import('./recheck.js').Find} Find */
/** @typedef {import('./recheck.js').Recheck} Recheck */
/** @typedef {import('./sales/sign-in.js').Person} Person */
/** @typedef {import('./store.js').Database} Database */
/** @typedef {import('./store.js').Store} Store */
/** @typedef {import('./ticket.js').Flag} Flag */
