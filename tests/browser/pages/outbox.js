// A page with an outbox and nothing else; what happens in it stands in `changes`.
import { collector, openOutbox } from '/leadfit/outbox/index.js';

const query = new URLSearchParams(location.hash.slice(1));
const outbox = openOutbox({ receivers: [collector(`${query.get('at') ?? ''}/leads`)], timeoutSeconds: 1 });
const changes = [];
outbox.subscribe((change) => changes.push(change));

/** What somebody would have typed. @param {string} email @param {string} [form] @param {number} [bytes] of a long answer */
const draft = (email, form = email, bytes = 0) => ({ pairs: [['email', email], ['jobTitle', 'VP Marketing'], ...(bytes > 0 ? [['message', 'x'.repeat(bytes)]] : [])], form });

Object.assign(window, { outbox, changes, draft });
// For frames that nobody can reach into.
if (query.has('submit')) void outbox.submit(draft(query.get('submit')));
document.documentElement.dataset.ready = '';
