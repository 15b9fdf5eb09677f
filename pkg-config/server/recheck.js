// What a page claims is worth nothing until it is recomputed: whoever can run scripts on a page can make
// it say anything. A server therefore judges the submitted facts anew and goes by its own verdict; the
// page's is compared with it, so that people see where the two differ, and why.

import { leadOf } from '../outbox/submission.js';
import { differencesIn } from './compare.js';
import { isRecord, momentOf, own, readSubmission, shown } from './read.js';

/** @typedef {import('../leadfit.js').Scorecard} Scorecard */
/** @typedef {import('../types.js').Lead} Lead */
/** @typedef {import('../types.js').Verdict} Verdict */

/**
 * What kind of difference it is. `receiptDiffers`, `verdictDiffers`, `factsDiffer`: the same facts do not
 * give what the page claims. `receiptAbsent`: a verdict without its receipt. `hashMismatch`: another
 * content under a known revision. `staleRevision`: a revision that the server does not have.
 * `unknownScorecard`: an id that it does not have. `engineDiffers`: judged by another version of leadfit.
 * `clockOff`: more than 7 days old, or more than 5 minutes ahead. `replay`: sent before with other content,
 * or under another id. `unreadable`: a part without its shape. `newerFormat`: a newer format.
 *
 * @typedef {'receiptDiffers' | 'verdictDiffers' | 'factsDiffer' | 'receiptAbsent' | 'hashMismatch' | 'staleRevision' | 'unknownScorecard' | 'engineDiffers' | 'clockOff' | 'replay' | 'unreadable' | 'newerFormat'} DifferenceCode
 */

/**
 * One place where a submission differs from what the server finds.
 *
 * @typedef {object} Difference
 * @property {string} at JSON pointer into the submission, `""` for all of it
 * @property {DifferenceCode} code
 * @property {string} found what the submission says, in a few words
 * @property {string} expected what the server finds
 * @property {string} help
 * @property {boolean} tampered whether no honest page sends this
 */

/**
 * Finds scorecards: by id, revision and hash exactly that one; by id and revision whatever its hash; by
 * id the current revision; without any the one for forms that name none. It may be asynchronous; where
 * it fails, so does `recheck`, since that is no fault of the submission.
 *
 * @callback Find
 * @param {string} [id]
 * @param {number} [revision]
 * @param {string} [hash]
 * @returns {Scorecard | undefined | Promise<Scorecard | undefined>}
 */

/**
 * @typedef {object} Recheck
 * @property {Verdict | null} verdict the one that counts, of the server; `null` where there is no scorecard for it
 * @property {Lead | null} lead the lead that was judged
 * @property {Scorecard | null} scorecard by which
 * @property {boolean} scored whether the page had judged it; else it came without a verdict and was judged here alone
 * @property {boolean} tampered whether any difference is one that no honest page sends
 * @property {readonly Difference[]} differences
 * @property {import('./read.js').Readable} submission its readable parts
 */

const DAY = 86_400_000;

/** A page may be so much behind, for outboxes hold leads for days, and so much ahead. */
const MOST_BEHIND = 7 * DAY;
const MOST_AHEAD = 5 * 60_000;

/**
 * A `find` for cards at hand. The first names the default; of one id the highest revision is current.
 *
 * @param {readonly Scorecard[]} cards
 * @returns {Find}
 */
export function cardsOf(cards) {
  const all = [...cards];
  return (id = all[0]?.id, revision, hash) => {
    const fits = all.filter((card) => card.id === id && (revision === undefined || card.revision === revision) && (hash === undefined || card.hash === hash));
    return fits.reduce((/** @type {Scorecard | undefined} */ best, card) => (best === undefined || card.revision > best.revision ? card : best), undefined);
  };
}

/**
 * Judges a submission anew and compares. Never throws for what stands in a submission: whatever is odd is
 * a difference, and facts that can be read are judged.
 *
 * @param {Find} find
 * @param {unknown} given a submission (docs/submission.md), parsed or as JSON text; one without a
 *   receipt, such as a plain form post, is judged here alone
 * @param {object} [options]
 * @param {Date | number} [options.now] the present moment of the server
 * @param {(id: string) => unknown} [options.seen] the submission that came before with this id, parsed or
 *   as text, or nothing; may be asynchronous
 * @returns {Promise<Recheck>}
 */
export async function recheck(find, given, { now = Date.now(), seen } = {}) {
  const read = readSubmission(given);
  const { id } = read.submission;
  if (seen && id !== undefined) {
    const before = await seen(id);
    if (before !== undefined && before !== null && !sameContent(before, given)) read.differences.push(replayOf('/id', shown(id), 'each id once'));
  }
  return recheckRead(find, read, Number(now));
}

/**
 * @param {string} at
 * @param {string} found
 * @param {string} expected
 * @returns {Difference}
 */
export const replayOf = (at, found, expected) => ({ at, code: 'replay', expected, found: `${found}, sent before`, help: 'the first submission stays as it is', tampered: true });

/**
 * The same for a submission that was read already.
 *
 * @param {Find} find
 * @param {ReturnType<typeof readSubmission>} read
 * @param {number} present
 * @returns {Promise<Recheck>}
 */
export async function recheckRead(find, { submission, differences: unreadable }, present) {
  const differences = [...unreadable];
  const { receipt, verdict: claimed } = submission;
  /** @param {DifferenceCode} code @param {string} at @param {string} found @param {string} expected @param {string} help @param {boolean} [tampered] */
  const differ = (code, at, found, expected, help, tampered = false) => void differences.push({ at, code, expected, found, help, tampered });

  const { scorecard, exact } = await cardFor(find, submission, differ);
  const { moment, off } = momentFor(submission, present, differ);
  if (!scorecard) return finished(submission, differences, null, null, null);

  const lead = leadIn(scorecard, submission);
  const own = scorecard.evaluate(lead, { now: moment });
  if (isRecord(receipt)) {
    if (receipt.engine !== own.receipt.engine && typeof receipt.engine === 'string') {
      differ('engineDiffers', '/receipt/engine', shown(receipt.engine), shown(own.receipt.engine), 'pages are cached; the verdict of the server counts');
    } else if (exact) {
      const byAccount = own.route.followUp.some(({ owner }) => owner?.by === 'account');
      differences.push(...differencesIn(receipt, own.receipt, 'receipt', byAccount));
      if (claimed !== undefined) differences.push(...differencesIn(claimed, own, 'verdict', byAccount));
    }
  } else if (claimed !== undefined) {
    differ('receiptAbsent', '/receipt', 'nothing', 'the receipt of the verdict', 'the verdict of the server counts', true);
  }
  // The page's moment decided what is compared; one that cannot be right routes nobody.
  return finished(submission, differences, lead, off ? scorecard.evaluate(lead, { now: present }) : own, scorecard);
}

/**
 * @param {import('./read.js').Readable} submission
 * @param {Difference[]} differences
 * @param {Lead | null} lead
 * @param {Verdict | null} verdict
 * @param {Scorecard | null} scorecard
 * @returns {Recheck}
 */
function finished(submission, differences, lead, verdict, scorecard) {
  return { verdict, lead, scorecard, scored: submission.receipt !== undefined, tampered: differences.some(({ tampered }) => tampered), differences, submission };
}

/**
 * @param {Find} find
 * @param {import('./read.js').Readable} submission
 * @param {(code: DifferenceCode, at: string, found: string, expected: string, help: string, tampered?: boolean) => void} differ
 */
async function cardFor(find, { card, receipt }, differ) {
  if (!card) {
    if (receipt !== undefined) differ('unknownScorecard', '/card', 'nothing', 'the scorecard of the receipt', 'the default scorecard of the server was applied', true);
    return { scorecard: await find(), exact: false };
  }
  const { id, revision, hash } = card;
  const exact = await find(id, revision, hash);
  if (exact) return { scorecard: exact, exact: true };
  if (await find(id, revision)) {
    differ('hashMismatch', '/card/hash', shown(hash), 'the content that the server has under this revision', 'raise `revision` with every change of a scorecard, and give the server each one that is published', true);
    return { scorecard: await find(id), exact: false };
  }
  const current = await find(id);
  if (current) {
    differ('staleRevision', '/card/revision', shown(revision), `\`${current.revision}\``, 'the current revision of the server was applied; keep older ones there while pages may hold them');
    return { scorecard: current, exact: false };
  }
  differ('unknownScorecard', '/card/id', shown(id), 'a scorecard of this server', 'the default scorecard of the server was applied; give it the one that the page uses');
  return { scorecard: await find(), exact: false };
}

/**
 * The moment at which the lead is compared: the one of the page.
 *
 * @param {import('./read.js').Readable} submission
 * @param {number} present
 * @param {(code: DifferenceCode, at: string, found: string, expected: string, help: string, tampered?: boolean) => void} differ
 */
function momentFor({ at, receipt }, present, differ) {
  const told = own(receipt, 'now') ?? at;
  const moment = momentOf(told);
  if (Number.isNaN(moment)) return { moment: present, off: false };
  if (receipt !== undefined && at !== undefined && momentOf(at) !== moment) differ('receiptDiffers', '/receipt/now', shown(told), shown(at), 'a verdict is made for the moment of the submission', true);
  const off = present - moment > MOST_BEHIND || moment - present > MOST_AHEAD;
  if (off) differ('clockOff', '/at', shown(told), `within 7 days before \`${new Date(present).toISOString()}\``, 'the lead was seen at the time of the server');
  return { moment, off };
}

/** @param {Scorecard} scorecard @param {import('./read.js').Readable} submission @returns {Lead} */
function leadIn(scorecard, submission) {
  try {
    return leadOf(scorecard, /** @type {any} */ (submission));
  } catch {
    return {};
  }
}

/** @param {unknown} before @param {unknown} now */
function sameContent(before, now) {
  const text = (/** @type {unknown} */ value) => (typeof value === 'string' ? value : JSON.stringify(value));
  try {
    return text(before) === text(now) || JSON.stringify(JSON.parse(text(before))) === JSON.stringify(JSON.parse(text(now)));
  } catch {
    return false;
  }
}
