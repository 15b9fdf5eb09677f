// Every word that the form itself says, in English. The other languages stand in texts/, each fetched
// only by pages in that language.

/**
 * The built-in words; `{label}` and the like are filled in.
 *
 * @typedef {object} Texts
 * @property {string} send on the button that sends
 * @property {string} next on the button that leads to the next step
 * @property {string} back on the button that leads to the step before
 * @property {string} sending while it is sent
 * @property {string} sent once it was
 * @property {string} kept when it is kept safely and will be sent, now or later
 * @property {string} failed when it neither was sent nor is kept
 * @property {string} thanks where the scorecard has no words for after the form
 * @property {string} open on the link to where a route leads
 * @property {string} required what the star means
 * @property {string} choose the first line of a list
 * @property {string} search hint of a list that is searched by typing; `{n}` answers
 * @property {string} progress name of the progress bar
 * @property {string} moreOne at most one question is left
 * @property {string} more at most `{n}` questions are left
 * @property {string} last nothing is left after this step
 * @property {string} asked another question has come up: `{label}`
 * @property {string} errors title of what must be mended
 * @property {string} error comes before each message, and in the page's title
 * @property {string} missing nothing was given for `{label}`
 * @property {string} missingEmail
 * @property {string} missingChoice nothing was chosen for `{label}`
 * @property {string} missingConsent
 * @property {string} email the address cannot be right
 * @property {string} tel
 * @property {string} number
 * @property {string} url
 * @property {string} date
 * @property {string} listed what was typed is none of the answers to `{label}`
 * @property {string} wrong something else is wrong with `{label}`
 */

/** @type {Texts} */
export const english = {
  send: 'Send',
  next: 'Continue',
  back: 'Back',
  sending: 'Sending your answers.',
  sent: 'Your answers have been sent.',
  kept: 'Your answers are kept safely and are on their way; without a connection they are sent as soon as there is one.',
  failed: 'Your answers did not get through. Check your connection and try again; nothing you typed is lost.',
  thanks: 'Thank you',
  open: 'Continue',
  required: 'must be answered',
  choose: 'Please choose',
  search: 'Type to search {n} answers',
  progress: 'Progress',
  moreOne: 'At most one more question',
  more: 'At most {n} more questions',
  last: 'Last step',
  asked: 'One more question: {label}',
  errors: 'There is a problem',
  error: 'Error:',
  missing: 'Fill in “{label}”',
  missingEmail: 'Enter your email address, such as name@company.com',
  missingChoice: 'Choose an answer to “{label}”',
  missingConsent: 'Tick the box so that we may contact you',
  email: 'Check your email address: it needs a name, an @ and a domain, such as name@company.com',
  tel: 'Enter a phone number in digits, such as +44 20 7946 0000',
  number: 'Enter a number in digits, such as 25',
  url: 'Enter a web address, such as https://company.com',
  date: 'Enter a date with day, month and year',
  listed: 'Choose one of the answers offered for “{label}”',
  wrong: 'Check your answer to “{label}”',
};

/** Languages that come with the package, beside English. @type {Record<string, () => Promise<{ default: Texts }>>} */
const languages = {
  de: () => import('./texts/de.js'),
  es: () => import('./texts/es.js'),
  fr: () => import('./texts/fr.js'),
  it: () => import('./texts/it.js'),
  ja: () => import('./texts/ja.js'),
  nl: () => import('./texts/nl.js'),
  pt: () => import('./texts/pt.js'),
};

/**
 * The built-in words for a page; English where there are none, or where they cannot be fetched.
 *
 * @param {string} language
 * @returns {Promise<Texts>}
 */
export async function textsFor(language) {
  const load = languages[language.toLowerCase().split('-')[0]];
  return load ? load().then((module) => module.default, () => english) : english;
}
