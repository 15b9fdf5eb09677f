// Messages to the people who follow up, from a server: the addresses of these webhooks are secrets.

import { historyIn, nameOf, ownerOf, reasonsIn, textOf, toAsk, whole } from './handoff.js';
import { pointsFor } from './talking.js';

/** @typedef {import('./handoff.js').Handoff} Handoff */
/** @typedef {{ talkingPoints?: { readonly [role: string]: readonly string[] } }} Words */

/** No longer than a message shows. @param {string} text @param {number} most */
const cut = (text, most) => (text.length > most ? `${text.slice(0, most - 1)}…` : text);

/**
 * What a message says, in the words of both.
 *
 * @param {Handoff} handoff
 * @param {Words} words
 */
function contentOf(handoff, { talkingPoints }) {
  const { lead, verdict, submission, due, link, card } = whole(handoff);
  const facts = {
    Email: textOf(lead.email),
    Phone: textOf(lead.phone),
    Grade: verdict ? `${verdict.grade} (${verdict.score} points)` : 'not scored',
    Route: verdict?.route.id ?? '',
    Owner: ownerOf(handoff),
    Due: textOf(due).replace('T', ' ').replace(/:\d\d(\.\d+)?Z$/, ' UTC'),
    Scorecard: card?.title ?? '',
  };
  const lists = { Why: reasonsIn(verdict), 'Worth asking': toAsk(verdict), 'Speak of': pointsFor(verdict, talkingPoints), Before: historyIn(submission) };
  return {
    title: `${verdict?.disqualified.length ? 'Disqualified' : 'New lead'}: ${nameOf(handoff)}`,
    facts: Object.entries(facts).filter(([, value]) => value),
    lists: Object.entries(lists).filter(([, lines]) => lines.length > 0),
    // Only what a browser may open.
    link: link && /^https?:\/\//.test(link) ? link : undefined,
  };
}

/** Slack reads three characters as markup; with them escaped no name of a person pings a channel. @param {string} text */
const forSlack = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/**
 * A Slack message for an incoming webhook.
 *
 * @param {object} options
 * @param {string} options.url of the webhook, from the environment
 * @param {Words['talkingPoints']} [options.talkingPoints]
 * @param {string} [options.name]
 */
export const slack = ({ url, talkingPoints, name = 'slack' }) => ({
  name,
  /** @param {Handoff} handoff */
  request(handoff) {
    const { title, facts, lists, link } = contentOf(handoff, { talkingPoints });
    const section = (/** @type {string} */ text) => ({ type: 'section', text: { type: 'mrkdwn', text: cut(text, 3000) } });
    const blocks = [
      { type: 'header', text: { type: 'plain_text', text: cut(title, 150), emoji: false } },
      { type: 'section', fields: facts.slice(0, 10).map(([label, value]) => ({ type: 'mrkdwn', text: cut(`*${label}*\n${forSlack(value)}`, 2000) })) },
      ...lists.map(([label, lines]) => section(`*${label}*\n${lines.slice(0, 10).map((line) => `• ${forSlack(line)}`).join('\n')}`)),
      ...(link ? [{ type: 'actions', elements: [{ type: 'button', text: { type: 'plain_text', text: 'Open' }, url: link }] }] : []),
    ];
    return { url, type: 'application/json', body: JSON.stringify({ text: forSlack(cut(title, 300)), blocks }) };
  },
});

/** So that a card stays below 28 KB, the most that Teams takes, even if each of its letters had to be escaped. */
const mostOfLine = 200;

/** Text blocks of Teams read Markdown; a zero-width space could not be told from text. @param {string} text */
const forTeams = (text) => text.replaceAll(/[\\`*_{}[\]()#+!|~>-]/g, '\\$&').replaceAll('<', '&lt;');

/**
 * A message in Microsoft Teams, as an Adaptive Card for a workflow that waits for a webhook.
 *
 * @param {object} options
 * @param {string} options.url of the workflow, from the environment
 * @param {Words['talkingPoints']} [options.talkingPoints]
 * @param {string} [options.name]
 */
export const teams = ({ url, talkingPoints, name = 'teams' }) => ({
  name,
  /** @param {Handoff} handoff */
  request(handoff) {
    const { title, facts, lists, link } = contentOf(handoff, { talkingPoints });
    const text = (/** @type {string} */ text, /** @type {object} */ more = {}) => ({ type: 'TextBlock', text, wrap: true, ...more });
    const content = {
      $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
      type: 'AdaptiveCard',
      version: '1.4',
      body: [
        text(forTeams(cut(title, mostOfLine)), { weight: 'Bolder', size: 'Medium' }),
        { type: 'FactSet', facts: facts.map(([label, value]) => ({ title: label, value: forTeams(cut(value, mostOfLine)) })) },
        ...lists.flatMap(([label, lines]) => [text(label, { weight: 'Bolder', spacing: 'Medium' }), text(lines.slice(0, 10).map((line) => `- ${forTeams(cut(line, mostOfLine))}`).join('\n'), { spacing: 'Small' })]),
      ],
      ...(link && { actions: [{ type: 'Action.OpenUrl', title: 'Open', url: link }] }),
    };
    return { url, type: 'application/json', body: JSON.stringify({ type: 'message', attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', contentUrl: null, content }] }) };
  },
});
