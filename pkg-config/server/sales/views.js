// The pages of sales as markup: data in, page out.

import { html, theirs } from './html.js';
import { dueWords, flagWords, knownOf, momentWords, ownerWords, plainText, reasonWords, stageWords, wordsOf } from './words.js';

/** @typedef {import('../store.js').LeadRow} LeadRow */
/** @typedef {import('../store.js').LeadState} LeadState */

/** What a page needs beside its data. @typedef {{ person: string, token: string, now: number, timeZone: string }} Context */

/** Why sales sends a lead back; marketing reads it, and so does the studio. */
export const rejections = { notReachable: 'Could not be reached', wrongPerson: 'The wrong person', noNeed: 'No need', noBudget: 'No budget', notNow: 'Not now', competitor: 'A competitor', spam: 'Spam, or not a person', other: 'Something else' };
export const channels = { call: 'Call', email: 'Email', message: 'Message', meeting: 'Meeting' };
export const outcomes = { won: 'Won', lost: 'Lost', disqualified: 'No buyer', open: 'Still open' };

/** @type {Record<string, string>} */
const done = {
  accepted: 'Accepted. It is yours now.',
  rejected: 'Sent back, with your reason.',
  attempt: 'Attempt noted.',
  outcome: 'Outcome noted.',
  again: 'It will be sent again.',
  erased: 'Erased, with all that belonged to it.',
};

const states = { new: 'New', accepted: 'Accepted', rejected: 'Sent back', all: 'All' };

/** @param {string} title @param {any} content @param {Context | undefined} context @returns {string} */
function page(title, content, context) {
  return `<!doctype html>${
    html`
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title} · leadfit</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/sales/style.css">
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
${context && html`<header class="top"><div><a class="brand" href="/sales">Leads</a><div class="who"><span class="soft small">${theirs(context.person)}</span><form method="post" action="/sales/sign-out">${token(context)}<button>Sign out</button></form></div></div></header>`}
<main id="main" tabindex="-1">${content}</main>
</body>
</html>
`.text
  }`;
}

/** @param {Context} context */
const token = ({ token }) => html`<input type="hidden" name="token" value="${token}">`;

/** @param {string} name @param {string} label @param {Record<string, string>} options @param {string} [first] */
const choice = (name, label, options, first) => html`<div class="field"><label for="${name}">${label}</label><select id="${name}" name="${name}" required>${first ? html`<option value="">${first}</option>` : ''}${Object.entries(options).map(([value, text]) => html`<option value="${value}">${text}</option>`)}</select></div>`;

/** @param {number} at @param {Context} context */
const time = (at, { timeZone }) => html`<time datetime="${new Date(at).toISOString()}">${momentWords(at, timeZone)}</time>`;

/** @param {number} points */
const pointsOf = (points) => html`<span class="points ${points < 0 ? 'points-less' : 'points-more'}">${points > 0 ? '+' : points < 0 ? '−' : ''}${Math.abs(points)}</span>`;

/** @param {number | null} due @param {number} now */
function dueChip(due, now) {
  const { text, urgency } = dueWords(due, now);
  return html`<span class="chip chip-${urgency}">${text}</span>`;
}

/** @param {string | undefined} said */
const doneNote = (said) => (said !== undefined && Object.hasOwn(done, said) ? html`<p class="note" role="status">${done[said]}</p>` : html``);

/** @param {{ wrong: boolean }} state */
export const signInPage = ({ wrong }) =>
  page('Sign in', html`
<div class="sign-in card">
<h1>Sign in to your leads</h1>
${wrong && html`<p class="note note-bad" role="alert">Name and password do not fit. Try again.</p>`}
<form method="post" action="/sales/sign-in">
<div class="field"><label for="name">Name</label><input id="name" name="name" autocomplete="username" required maxlength="100"></div>
<div class="field"><label for="password">Password</label><input id="password" name="password" type="password" autocomplete="current-password" required maxlength="1000"></div>
<button class="primary">Sign in</button>
</form>
</div>`, undefined);

/** @param {string} title @param {string} text @param {Context} [context] */
export const messagePage = (title, text, context) => page(title, html`<div class="sign-in card"><h1>${title}</h1><p>${text}</p><p><a href="/sales">All leads</a></p></div>`, context);

/** A list that begins further down, and keeps what was chosen. @param {string} state @param {string} words @param {number} offset */
const listAddress = (state, words, offset = 0) => `/sales?${new URLSearchParams({ state, ...(words && { words }), ...(offset > 0 && { from: String(offset) }) })}`;

/**
 * @param {{ leads: LeadRow[], counts: Record<LeadState, number>, state: LeadState | 'all', words: string, offset: number, more: boolean, size: number }} data
 * @param {Context} context
 * @param {string} [said] what was just done
 */
export function listPage({ leads, counts, state, words, offset, more, size }, context, said) {
  const all = counts.new + counts.accepted + counts.rejected;
  const tab = (/** @type {[string, string]} */ [id, label]) => html`<a href="${listAddress(id, words)}"${id === state && html` aria-current="page"`}>${label} <span>${id === 'all' ? all : counts[/** @type {LeadState} */ (id)]}</span></a>`;
  const row = (/** @type {LeadRow} */ { id, due, state: at, newest }) => {
    const { name, place, verdict, flags, tampered } = newest;
    return html`
<li class="lead">
<p>${at === 'new' ? dueChip(due, context.now) : html`<span class="chip">${states[at]}</span>`}</p>
<div><h2><a href="/sales/leads/${id}">${theirs(name)}</a></h2><p class="soft small">${theirs(place)}</p></div>
<p class="grade"><b>${verdict?.grade ?? '–'}</b> <span class="soft small">${verdict ? `${verdict.score} points` : 'not scored'}</span></p>
<ul class="why">${(verdict?.reasons ?? []).slice(0, 3).map((reason) => html`<li>${pointsOf(reason.points)} ${theirs(reasonWords(reason).what)}</li>`)}</ul>
<div class="small"><p>${verdict ? wordsOf(verdict.route.id) : 'No route'}</p><p class="soft">${theirs(ownerWords(newest))}</p>${verdict && verdict.disqualified.length > 0 && html`<p><span class="chip">No buyer</span></p>`}${(flags.length > 0 || tampered) && html`<p><span class="chip chip-soon">Look closer</span></p>`}</div>
</li>`;
  };
  return page('Leads', html`
${doneNote(said)}
<h1>Leads</h1>
<div class="bar">
<nav class="tabs" aria-label="Which leads">${Object.entries(states).map(tab)}</nav>
<form class="search" role="search" action="/sales"><input type="hidden" name="state" value="${state}"><label class="unseen" for="words">Name, email or company</label><input id="words" name="words" type="search" value="${words}" placeholder="Name, email or company" maxlength="100"><button>Find</button></form>
</div>
${leads.length > 0 ? html`<ol class="leads">${leads.map(row)}</ol>` : html`<div class="leads empty"><h2>${words ? 'Nobody fits these words' : 'Nobody waits here'}</h2><p class="soft">${words ? 'Look among all leads, or for fewer words.' : 'Leads appear as soon as they come in.'}</p></div>`}
<nav class="pages" aria-label="Pages">${offset > 0 ? html`<a class="button" href="${listAddress(state, words, Math.max(0, offset - size))}">Before</a>` : html`<span></span>`}${more && html`<a class="button" href="${listAddress(state, words, offset + size)}">More</a>`}</nav>
<p class="small soft"><a href="/sales/leads.csv">All leads as CSV</a> for the studio or a spreadsheet.</p>`, context);
}

/**
 * @param {NonNullable<ReturnType<import('../store.js').Store['lead']>>} data
 * @param {Context} context
 * @param {string} [said] what was just done
 */
export function leadPage({ lead, submissions, notes, deliveries }, context, said) {
  const { name, place, verdict, differences, flags } = lead.newest;
  const owner = ownerWords(lead.newest);
  const { route } = verdict ?? {};
  const [step] = route?.followUp ?? [];
  const promised = step?.sla?.attempts?.count;
  const attempts = notes.filter(({ kind }) => kind === 'attempt').length;
  const next = Date.parse(/** @type {any} */ (step)?.attempts?.[attempts] ?? '');
  const action = `/sales/leads/${lead.id}`;
  return page(name, html`
<p><a href="/sales">All leads</a></p>
${doneNote(said)}
<div class="head">
<div><h1>${theirs(name)}</h1><p class="soft">${theirs(place)}</p>${reachOf(lead.newest.lead)}<p>${lead.state === 'new' ? dueChip(lead.due, context.now) : html`<span class="chip">${states[lead.state]}</span>`} ${lead.due !== null && html`<span class="small soft">${time(lead.due, context)}, ${context.timeZone}</span>`}</p></div>
<dl class="figures"><div><dt>Grade</dt><dd>${verdict?.grade ?? '–'}</dd></div><div><dt>Score</dt><dd>${verdict?.score ?? '–'}</dd></div><div><dt>Stage</dt><dd>${verdict?.stage ? stageWords(verdict.stage) : '–'}</dd></div></dl>
</div>
<div class="columns">
<div class="stack">
${checked(differences, flags)}
<section class="card" aria-labelledby="why"><h2 id="why">Why this score</h2>
${verdict ? html`<ul class="reasons">${verdict.reasons.map((reason) => {
    const { what, facts: behind } = reasonWords(reason);
    return html`<li>${pointsOf(reason.points)}<div>${theirs(what)}${behind && html`<br><span class="soft small">${theirs(behind)}</span>`}</div></li>`;
  })}</ul>` : html`<p>No scorecard was at hand, so nobody scored this lead.</p>`}
${verdict && verdict.disqualified.length > 0 && html`<h3>Disqualified</h3><ul class="list">${verdict.disqualified.map(({ id, reason }) => html`<li>${theirs(plainText(reason) || wordsOf(id))}</li>`)}</ul>`}
${route && html`<h3>Route</h3><p>${wordsOf(route.id)}${owner && html`, ${theirs(owner)}`}${step?.task && html`: ${theirs(plainText(step.task))}`}</p>`}
${verdict && verdict.unknown.length > 0 && html`<h3>Worth asking</h3><p>${verdict.unknown.map(({ id }) => wordsOf(id)).join(', ')}</p>`}
</section>
<section class="card" aria-labelledby="known"><h2 id="known">What we know</h2>
<dl class="pairs">${knownOf(submissions).map(({ fact, value, before }) => html`<dt>${wordsOf(fact)}</dt><dd>${theirs(value)}${before.length > 0 && html`<span class="before">before: ${theirs(before.join(', '))}</span>`}</dd>`)}</dl>
</section>
<section class="card" aria-labelledby="history"><h2 id="history">History</h2><ol class="list">${historyOf(submissions, notes, context)}</ol></section>
</div>
<div class="stack acts">
<section class="card" aria-labelledby="decide"><h2 id="decide">${lead.state === 'new' ? 'Is it yours?' : 'Changed your mind?'}</h2>
${lead.state !== 'accepted' && html`<form method="post" action="${action}/accept">${token(context)}<button class="primary">Accept</button></form>`}
${lead.state !== 'rejected' && html`<details><summary>Send back to marketing</summary><form method="post" action="${action}/reject">${token(context)}${choice('reason', 'Why?', rejections, 'Please choose')}<div class="field"><label for="reject-note">In your words (optional)</label><textarea id="reject-note" name="note" rows="2" maxlength="2000"></textarea></div><button>Send back</button></form></details>`}
</section>
<section class="card" aria-labelledby="attempt"><h2 id="attempt">Attempts${promised ? ` (${attempts} of ${promised})` : attempts > 0 ? ` (${attempts})` : ''}</h2>
${!Number.isNaN(next) && html`<p class="small soft">Next by ${time(next, context)}</p>`}
<form method="post" action="${action}/attempt">${token(context)}<div class="two">${choice('channel', 'How?', channels)}${choice('reached', 'Reached?', { no: 'No', yes: 'Yes' })}</div><div class="field"><label for="attempt-note">Note (optional)</label><textarea id="attempt-note" name="note" rows="2" maxlength="2000"></textarea></div><button>Note attempt</button></form>
</section>
<section class="card" aria-labelledby="outcome-title"><h2 id="outcome-title">Outcome</h2>
<form method="post" action="${action}/outcome">${token(context)}${choice('outcome', 'What became of it?', outcomes, 'Please choose')}<div class="two"><div class="field"><label for="revenue">Revenue</label><input id="revenue" name="revenue" inputmode="decimal" pattern="\\d{1,12}([.]\\d{1,2})?" title="A number such as 12500 or 12500.50"></div><div class="field"><label for="currency">Currency</label><input id="currency" name="currency" value="${verdict?.value?.currency ?? ''}" pattern="[A-Za-z]{3}" maxlength="3" title="Three letters such as EUR"></div></div><button>Note outcome</button></form>
</section>
${deliveries.length > 0 && html`<section class="card" aria-labelledby="sent"><h2 id="sent">Handed on to</h2><ul class="list">${deliveries.map(({ submission, receiver, state, tries, answer }) => html`<li>${theirs(receiver)}: <b>${state}</b>${tries > 1 && `, ${tries} tries`}${answer && html`<br><span class="small soft">${answer}</span>`}${state === 'parked' && html`<form method="post" action="${action}/again">${token(context)}<input type="hidden" name="submission" value="${submission}"><input type="hidden" name="receiver" value="${receiver}"><button>Send again</button></form>`}</li>`)}</ul></section>`}
<details class="erase"><summary>Erase this lead</summary><form method="post" action="${action}/erase">${token(context)}<p class="field small">For people who ask to be forgotten. All that they sent and all notes go, here but not where it was handed on. It cannot be undone.</p><p class="field check"><input id="sure" name="sure" value="yes" type="checkbox" required><label for="sure">I am sure</label></p><button>Erase</button></form></details>
</div>
</div>`, context);
}

/** How to reach a lead, as far as it said; a link only where it is an address or a number. @param {Record<string, any>} lead */
function reachOf({ email, phone }) {
  const mail = typeof email === 'string' && /^[^\s@<>"]+@[^\s@<>"]+$/.test(email.trim()) ? email.trim() : undefined;
  const number = typeof phone === 'string' && /^[+(]?[\d\s().\/-]{5,30}$/.test(phone.trim()) ? phone.trim() : undefined;
  if (!mail && !number) return html``;
  return html`<p class="reach">${mail && html`<a href="mailto:${encodeURIComponent(mail).replace('%40', '@')}">${theirs(mail)}</a>`}${number && html`<a href="tel:${number.replaceAll(/[^\d+]/g, '')}">${theirs(number)}</a>`}</p>`;
}

/** What the server found odd about the newest submission. @param {import('../store.js').Difference[]} differences @param {import('../store.js').Flag[]} flags */
function checked(differences, flags) {
  if (differences.length === 0 && flags.length === 0) return html``;
  const tampered = differences.some((one) => one.tampered);
  const places = differences.map(({ at, code, found, expected, help }) => html`<li><b>${wordsOf(code)}</b>${at && html` at <code>${theirs(at)}</code>`}: found ${theirs(found)}, expected ${theirs(expected)}. <span class="small">${help.charAt(0).toUpperCase()}${help.slice(1)}.</span></li>`);
  return html`<section class="card ${tampered ? 'card-bad' : 'card-warn'}" aria-labelledby="odd"><h2 id="odd">${tampered ? 'The page claimed something else' : 'Look closer'}</h2>
${tampered && html`<p>Somebody may have tampered with it. All that you see here is what the server found out by itself.</p>`}
${flags.length > 0 && html`<ul class="list">${flags.map((flag) => html`<li>${flagWords[flag]}</li>`)}</ul>`}
${places.length > 0 && html`<details><summary>${places.length === 1 ? 'What differs' : `${places.length} places differ`}</summary><ul class="list">${places}</ul></details>`}</section>`;
}

/**
 * @param {readonly import('../store.js').Submitted[]} submissions
 * @param {readonly import('../store.js').Note[]} notes
 * @param {Context} context
 */
function historyOf(submissions, notes, context) {
  const lines = [
    ...submissions.map(({ received, verdict }) => ({ at: received, line: html`Sent a form${verdict ? html`: ${verdict.score} points, grade ${verdict.grade}, ${wordsOf(verdict.route.id)}` : ''}` })),
    ...notes.map(({ at, person, kind, said }) => ({ at, line: html`${noteWords(kind, said)}${person && html`, by ${theirs(person)}`}${said.note && html`<br>${theirs(said.note)}`}` })),
  ];
  return lines.sort((a, b) => b.at - a.at).map(({ at, line }) => html`<li><span class="small soft">${time(at, context)}</span><br>${line}</li>`);
}

/** @param {import('../store.js').NoteKind} kind @param {Record<string, any>} said */
function noteWords(kind, said) {
  if (kind === 'accepted') return 'Accepted';
  if (kind === 'rejected') return `Sent back: ${rejections[/** @type {keyof typeof rejections} */ (said.reason)] ?? said.reason}`;
  if (kind === 'attempt') return `${channels[/** @type {keyof typeof channels} */ (said.channel)] ?? said.channel}: ${said.reached ? 'reached' : 'not reached'}`;
  if (kind === 'outcome') return `Outcome: ${outcomes[/** @type {keyof typeof outcomes} */ (said.outcome)] ?? said.outcome}${said.revenue ? `, ${said.revenue} ${said.currency ?? ''}` : ''}`;
  return 'Came back after it was sent back';
}
