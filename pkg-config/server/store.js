// Where submissions lie: SQLite, whichever program speaks it. What is acknowledged was committed before.
//
// Submissions that arrive together are committed together: a flush to the disk takes milliseconds, and
// one is enough for all that wait for it.

import { replayOf } from './recheck.js';
import { tables, VERSION } from './schema.js';

/**
 * A database, of which only this much is asked. All of it is synchronous, so that nothing comes between
 * the steps of a transaction.
 *
 * @typedef {object} Database
 * @property {(sql: string) => unknown} exec runs statements
 * @property {(sql: string, ...values: (string | number | null)[]) => any[]} rows runs a statement; its rows as objects
 * @property {<T>(work: () => T) => T} transaction all of the work or nothing
 */

/** @typedef {import('./recheck.js').Difference} Difference */
/** @typedef {import('./ticket.js').Flag} Flag */

/**
 * A submission that came in, judged.
 *
 * @typedef {object} Arrival
 * @property {string} key idempotency key
 * @property {number} at the moment at which the lead was seen, in milliseconds
 * @property {number} received when it came
 * @property {string} body the submission as it was sent
 * @property {string | null} email by which leads are merged
 * @property {string} name how to call the lead
 * @property {string} place title and company
 * @property {string} words by which people look for the lead
 * @property {Record<string, any>} lead what the lead said, and what its answers settle
 * @property {import('../types.js').Verdict | null} verdict
 * @property {readonly Difference[]} differences
 * @property {boolean} tampered
 * @property {readonly Flag[]} flags
 * @property {string | null} nonce of its ticket
 * @property {string | null} owner
 * @property {number | null} due when the first response is due
 * @property {readonly string[]} receivers names of those it is forwarded to
 */

/** @typedef {{ id: string, status: 'stored' | 'duplicate' }} Stored `id`: the key that was sent */
/** @typedef {{ id: number, email: string | null, state: LeadState, due: number | null, score: number, firstAt: number, lastAt: number, newest: Submitted }} LeadRow */
/** @typedef {'new' | 'accepted' | 'rejected'} LeadState */
/** @typedef {{ id: string, at: number, received: number, leadId: number, lead: Record<string, any>, name: string, place: string, verdict: import('../types.js').Verdict | null, differences: Difference[], tampered: boolean, flags: Flag[], owner: string | null, due: number | null, body: string }} Submitted */
/** @typedef {{ id: number, at: number, person: string, kind: NoteKind, said: Record<string, any> }} Note */
/** @typedef {'accepted' | 'rejected' | 'attempt' | 'outcome' | 'reopened'} NoteKind */
/** @typedef {{ submission: string, receiver: string, state: 'pending' | 'delivered' | 'unconfirmed' | 'parked', tries: number, nextAt: number, answer: string }} Delivery */
/** @typedef {ReturnType<typeof createStore>} Store */

/** Statements that several calls need. */
const submitted = 'id, lead, at, received, body, told, name, place, verdict, differences, tampered, flags, owner, due';
const leadColumns = `leads.id AS lead_id, leads.email, leads.state, leads.due AS lead_due, leads.score, leads.first_at, leads.last_at, ${submitted.split(', ').map((name) => `s.${name}`).join(', ')}`;

/** @param {any} row @returns {Submitted} */
const submissionIn = ({ id, lead, at, received, body, told, name, place, verdict, differences, tampered, flags, owner, due }) => ({
  id, leadId: lead, at, received, body, name, place, owner, due, lead: JSON.parse(told), verdict: verdict === null ? null : JSON.parse(verdict),
  differences: JSON.parse(differences), tampered: tampered === 1, flags: JSON.parse(flags),
});

/** @param {any} row @returns {LeadRow} */
const leadIn = (row) => ({ id: row.lead_id, email: row.email, state: row.state, due: row.lead_due, score: row.score, firstAt: row.first_at, lastAt: row.last_at, newest: submissionIn(row) });

/** @param {any} row @returns {Delivery} */
const deliveryIn = ({ submission, receiver, state, tries, next_at, answer }) => ({ submission, receiver, state, tries, nextAt: next_at, answer });

/** After all that already waits. Where there is no such thing, at the end of the task. @type {(work: () => void) => unknown} */
const later = /** @type {any} */ (globalThis).setImmediate ?? queueMicrotask;

/**
 * A store on a database; makes its tables where they are missing.
 *
 * @param {Database} database
 */
export function createStore(database) {
  const { rows, transaction } = database;
  transaction(() => {
    database.exec(tables);
    const [about] = rows('SELECT version FROM about');
    if (!about) rows('INSERT INTO about (version) VALUES (?)', VERSION);
    else if (about.version > VERSION) throw new Error(`leadfit: this store was written by a newer version (${about.version}, known ${VERSION}); update the npm package \`leadfit\``);
  });

  /** @type {{ arrival: Arrival, done: (stored: Stored) => void, failed: (error: unknown) => void }[]} */
  let waiting = [];

  function flush() {
    const batch = waiting;
    waiting = [];
    try {
      const stored = transaction(() => batch.map(({ arrival }) => put(arrival)));
      batch.forEach(({ done }, index) => done(stored[index]));
    } catch (error) {
      if (batch.length === 1) return batch[0].failed(error);
      // One that cannot be stored must not take the others along.
      for (const { arrival, done, failed } of batch) {
        try {
          done(transaction(() => put(arrival)));
        } catch (error) {
          failed(error);
        }
      }
    }
  }

  /** @param {Arrival} arrival @returns {Stored} */
  function put(arrival) {
    const { key, body, received, nonce } = arrival;
    const differences = [...arrival.differences];
    const flags = [...arrival.flags];
    const [{ known, same }] = rows('SELECT COUNT(*) AS known, COUNT(CASE WHEN body = ? THEN 1 END) AS same FROM submissions WHERE key = ?', body, key);
    if (same > 0) return { id: key, status: 'duplicate' };
    // With other content under a known key the first stays as it is, and this one is kept beside it.
    const id = known > 0 ? `${key}~${known + 1}` : key;
    if (known > 0) differences.push(replayOf('/id', `\`${key}\``, 'each id once'));
    else if (copied(arrival)) differences.push(replayOf('', 'the same answers at the same moment', 'each submission once'));
    if (nonce !== null) {
      const [used] = rows('SELECT submission FROM tickets WHERE nonce = ?', nonce);
      if (used) flags.push('ticketReused');
      else rows('INSERT INTO tickets (nonce, submission, at) VALUES (?, ?, ?)', nonce, id, received);
    }
    const lead = leadFor(arrival, id);
    rows(
      `INSERT INTO submissions (id, key, lead, at, received, body, told, name, place, verdict, differences, tampered, flags, owner, due) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      id, key, lead, arrival.at, received, body, JSON.stringify(arrival.lead), arrival.name, arrival.place, arrival.verdict && JSON.stringify(arrival.verdict),
      JSON.stringify(differences), differences.some(({ tampered }) => tampered) ? 1 : 0, JSON.stringify(flags), arrival.owner, arrival.due,
    );
    for (const receiver of arrival.receivers) rows('INSERT INTO deliveries (submission, receiver, next_at) VALUES (?, ?, ?)', id, receiver, received);
    return { id: key, status: 'stored' };
  }

  /** Whether the same answers came before under another key. @param {Arrival} arrival */
  function copied({ email, at, body }) {
    if (email === null) return false;
    const before = rows('SELECT s.body FROM submissions s JOIN leads ON leads.id = s.lead WHERE leads.email = ? AND s.at = ?', email, at);
    const said = (/** @type {string} */ text) => JSON.stringify([JSON.parse(text).at, JSON.parse(text).pairs]);
    return before.some((one) => said(one.body) === said(body));
  }

  /** The lead of a submission: of the same email, else a new one. @param {Arrival} arrival @param {string} id @returns {number} */
  function leadFor({ email, at, received, due, verdict, words }, id) {
    const score = verdict?.score ?? 0;
    const [known] = email === null ? [] : rows('SELECT leads.id, leads.state, s.at FROM leads JOIN submissions s ON s.id = leads.newest WHERE leads.email = ?', email);
    if (!known) {
      const [{ id: made }] = rows('INSERT INTO leads (email, newest, first_at, last_at, due, score, words) VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id', email, id, received, received, due, score, words);
      return made;
    }
    // An outbox may hand over old ones late: the newest moment counts, not the last arrival.
    if (at > known.at) rows('UPDATE leads SET newest = ?, last_at = ?, due = ?, score = ?, words = ? WHERE id = ?', id, received, due, score, words, known.id);
    if (known.state === 'rejected' && at > known.at) {
      rows(`UPDATE leads SET state = 'new' WHERE id = ?`, known.id);
      addNote(known.id, { at: received, person: '', kind: 'reopened', said: {} });
    }
    return known.id;
  }

  /** @param {number} lead @param {Omit<Note, 'id'>} note */
  function addNote(lead, { at, person, kind, said }) {
    rows('INSERT INTO notes (lead, at, person, kind, said) VALUES (?, ?, ?, ?, ?)', lead, at, person, kind, JSON.stringify(said));
  }

  /** @param {number} lead @returns {Note[]} */
  const notesOf = (lead) => rows('SELECT id, at, person, kind, said FROM notes WHERE lead = ? ORDER BY at DESC, id DESC', lead).map(({ id, at, person, kind, said }) => ({ id, at, person, kind, said: JSON.parse(said) }));

  return {
    /**
     * Stores a submission once; answers when it is committed.
     *
     * @param {Arrival} arrival
     * @returns {Promise<Stored>}
     */
    add: (arrival) =>
      new Promise((done, failed) => {
        if (waiting.push({ arrival, done, failed }) === 1) later(flush);
      }),

    /** How many leads there are in each state. @returns {Record<LeadState, number>} */
    counts: () => ({ new: 0, accepted: 0, rejected: 0, ...Object.fromEntries(rows('SELECT state, COUNT(*) AS count FROM leads GROUP BY state').map(({ state, count }) => [state, count])) }),

    /** How many submissions there are. @returns {number} */
    size: () => rows('SELECT COUNT(*) AS count FROM submissions')[0].count,

    /**
     * Leads, those first whose response is due first.
     *
     * @param {{ state?: LeadState, words?: string, offset?: number, limit?: number }} [which]
     * @returns {LeadRow[]}
     */
    leads({ state, words = '', offset = 0, limit = 50 } = {}) {
      const like = `%${words.toLowerCase().replaceAll(/[\\%_]/g, '\\$&')}%`;
      const where = `leads.words LIKE ? ESCAPE '\\'${state === undefined ? '' : ' AND leads.state = ?'}`;
      return rows(
        `SELECT ${leadColumns} FROM leads JOIN submissions s ON s.id = leads.newest WHERE ${where} ORDER BY leads.due IS NULL, leads.due, leads.score DESC, leads.id DESC LIMIT ? OFFSET ?`,
        like, ...(state === undefined ? [] : [state]), limit, offset,
      ).map(leadIn);
    },

    /**
     * One lead with all that belongs to it, newest first.
     *
     * @param {number} id
     * @returns {{ lead: LeadRow, submissions: Submitted[], notes: Note[], deliveries: Delivery[] } | undefined}
     */
    lead(id) {
      const [row] = rows(`SELECT ${leadColumns} FROM leads JOIN submissions s ON s.id = leads.newest WHERE leads.id = ?`, id);
      if (!row) return undefined;
      return {
        lead: leadIn(row),
        submissions: rows(`SELECT ${submitted} FROM submissions WHERE lead = ? ORDER BY at DESC, received DESC`, id).map(submissionIn),
        notes: notesOf(id),
        deliveries: rows('SELECT d.* FROM deliveries d JOIN submissions s ON s.id = d.submission WHERE s.lead = ? ORDER BY s.at DESC, d.receiver', id).map(deliveryIn),
      };
    },

    /** Leads in the order in which they came, after one. @param {number} after @param {number} limit @returns {LeadRow[]} */
    leadsAfter: (after, limit) => rows(`SELECT ${leadColumns} FROM leads JOIN submissions s ON s.id = leads.newest WHERE leads.id > ? ORDER BY leads.id LIMIT ?`, after, limit).map(leadIn),

    /** What people did with a lead, newest first. @param {number} lead @returns {Note[]} */
    notesOf,

    /**
     * Notes what people did; a decision also moves the lead.
     *
     * @param {number} lead
     * @param {Omit<Note, 'id'>} note
     * @returns {boolean} whether there is such a lead
     */
    note: (lead, note) =>
      transaction(() => {
        if (rows('SELECT 1 FROM leads WHERE id = ?', lead).length === 0) return false;
        if (note.kind === 'accepted' || note.kind === 'rejected') rows('UPDATE leads SET state = ? WHERE id = ?', note.kind, lead);
        addNote(lead, note);
        return true;
      }),

    /**
     * Forgets a lead and all that belongs to it, for who asks to be forgotten.
     *
     * @param {number} lead
     * @returns {boolean} whether there was such a lead
     */
    erase: (lead) =>
      transaction(() => {
        const own = 'SELECT id FROM submissions WHERE lead = ?';
        rows(`DELETE FROM deliveries WHERE submission IN (${own})`, lead);
        rows(`DELETE FROM tickets WHERE submission IN (${own})`, lead);
        rows('DELETE FROM notes WHERE lead = ?', lead);
        rows('DELETE FROM submissions WHERE lead = ?', lead);
        return rows('DELETE FROM leads WHERE id = ? RETURNING id', lead).length > 0;
      }),

    /** Deliveries whose time has come. @param {number} now @param {number} [limit] @returns {Delivery[]} */
    dueDeliveries: (now, limit = 20) => rows(`SELECT * FROM deliveries WHERE state = 'pending' AND next_at <= ? ORDER BY next_at LIMIT ?`, now, limit).map(deliveryIn),

    /** When the next delivery is due; `null` where none waits. @returns {number | null} */
    nextDelivery: () => rows(`SELECT MIN(next_at) AS next_at FROM deliveries WHERE state = 'pending'`)[0].next_at,

    /** @param {Delivery} delivery */
    settle({ submission, receiver, state, tries, nextAt, answer }) {
      rows('UPDATE deliveries SET state = ?, tries = ?, next_at = ?, answer = ? WHERE submission = ? AND receiver = ?', state, tries, nextAt, answer, submission, receiver);
    },

    /** @param {string} id @returns {Submitted | undefined} */
    submission: (id) => rows(`SELECT ${submitted} FROM submissions WHERE id = ?`, id).map(submissionIn)[0],

    /** @param {{ token: string, person: string, expires: number }} session `token`: its hash, never itself */
    openSession({ token, person, expires }) {
      rows('INSERT INTO sessions (token, person, expires) VALUES (?, ?, ?)', token, person, expires);
    },

    /** The person of a session that has not ended. @param {string} token @param {number} now @returns {string | undefined} */
    personOf: (token, now) => rows('SELECT person FROM sessions WHERE token = ? AND expires > ?', token, now)[0]?.person,

    /** @param {string} token */
    closeSession: (token) => void rows('DELETE FROM sessions WHERE token = ?', token),

    /** Forgets sessions and tickets that have ended. @param {number} now */
    tidy(now) {
      rows('DELETE FROM sessions WHERE expires <= ?', now);
      rows('DELETE FROM tickets WHERE at < ?', now - 2 * 86_400_000);
    },
  };
}
