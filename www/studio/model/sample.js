// Past leads that never were: for trying the studio, for its tests and for its benchmark. The same
// seed gives the same bytes everywhere.

/** Repeatable random numbers, below 1 (mulberry32). @param {number} seed */
export function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const first = 'Ada Amir Ana Anton Bea Carla Chen Clara Dario Elif Emma Erik Femi Finn Gala Hana Hugo Ida Ines Ivo Jana Jonas Kai Lara Leo Lina Luca Maja Marek Mina Nadia Nils Noor Omar Paula Petra Rafael Rosa Sami Sofia Tariq Theo Uma Vera Wim Yara Zoe'.split(' ');
const last = 'Abel Acosta Almeida Bauer Becker Bianchi Brandt Costa Dubois Eriksen Fischer Garcia Haas Ivanov Jansen Kaya Keller Kim Laurent Lindqvist Marino Meyer Moreau Nowak Okafor Olsen Patel Pereira Quist Reyes Rossi Sato Schmid Silva Tanaka Ueda Varga Vogel Weber Wolff Yilmaz Zeman'.split(' ');
const firms = 'Alder Birch Copper Delta Ember Fjord Granite Harbor Indigo Juniper Kestrel Lumen Maple Nimbus Orchard Pioneer Quartz River Slate Timber Umber Vertex Willow Zephyr'.split(' ');
const trades = ['Foods', 'Logistics', 'Media', 'Robotics', 'Textiles', 'Energy', 'Health', 'Finance', 'Software', 'Retail', 'Travel', 'Studios'];
const countries = [['DE', 22], ['US', 20], ['GB', 10], ['FR', 8], ['NL', 6], ['AT', 4], ['CH', 5], ['SE', 4], ['CA', 5], ['IN', 9], ['BR', 7]];

/** Levels: words around a field, how many have them, and how much likelier they buy. */
const levels = [
  [['Chief %f Officer', 'VP %f', 'VP of %f'], 6, 1.5],
  [['Head of %f', 'Director of %f', '%f Director', 'Leitung %f'], 16, 1.7],
  [['%f Manager', 'Senior %f Manager', 'Team Lead %f', 'Responsable %f'], 30, 1.15],
  [['%f Specialist', 'Senior %f Specialist', '%f Coordinator', '%f Associate', 'Referent %f'], 30, 0.55],
  [['CEO', 'Founder', 'Owner', 'Managing Director', 'Geschäftsführer'], 8, 1.3],
  [['Student', 'Intern %f', 'Working Student %f', 'Trainee'], 10, 0.05],
];
const fields = [['Marketing', 45, 1.4], ['Sales', 15, 0.9], ['Product', 10, 0.9], ['Finance', 8, 0.5], ['IT', 9, 0.5], ['Operations', 8, 0.6], ['HR', 5, 0.35]];
/** Channel, how many come by it, how much likelier they buy, and what a lead costs in cents. */
const channels = [['google', 'organic', 30, 1.2, 900], ['google', 'cpc', 22, 1, 6400], ['linkedin', 'paid_social', 14, 0.8, 9800], ['newsletter', 'email', 12, 1.1, 300], ['partner', 'referral', 9, 1.6, 2500], ['facebook', 'paid_social', 8, 0.35, 3900], ['', '', 5, 1.1, 0]];
const owners = ['Sofia Brandt', 'Marek Nowak', 'Uma Patel', 'Jonas Keller', 'Nadia Reyes'];
const sizes = [[1, 9, 22, 0.45], [10, 49, 28, 0.95], [50, 499, 30, 1.5], [500, 4999, 14, 1.35], [5000, 60000, 6, 0.8]];

export const header = ['Lead ID', 'Created at', 'First name', 'Last name', 'Email', 'Job title', 'Company', 'Employees', 'Country', 'utm_source', 'utm_medium', 'demoRequests', 'demoRequests30d', 'pricingViews60d', 'pricingViews60d.lastAt', 'buyingGuideDownloads', 'webinars', 'unsubscribes180d', 'Lead owner', 'Lead cost', 'Outcome', 'Closed at', 'Deal amount'];

/** 2025-11-17: the first of the leads came a year before the samples' clock. */
const start = Date.UTC(2025, 10, 17);
const day = 86_400_000;

/**
 * Past leads as CSV text, in pieces.
 *
 * @param {{ seed: number, leads: number, also?: import('./sample-columns.js').Columns }} options `also`: columns beside those of every sample
 * @returns {Generator<string>}
 */
export function* pieces({ seed, leads, also = [] }) {
  const next = random(seed);
  const below = (count) => Math.floor(next() * count);
  const of = (list) => list[below(list.length)];
  /** One of several, as often as its weight says. */
  const weighed = (list, weight) => {
    let left = next() * list.reduce((sum, item) => sum + item[weight], 0);
    for (const item of list) {
      left -= item[weight];
      if (left < 0) return item;
    }
    return list[list.length - 1];
  };
  /** How often something rare happened. */
  const often = (mean) => {
    let count = 0;
    for (let left = Math.exp(-mean), odds = next(); odds > left && count < 40; count++) odds *= next();
    return count;
  };
  let piece = `${[...header, ...also.map(({ name }) => name)].join(',')}\n`;
  for (let index = 0; index < leads; index++) {
    const level = weighed(levels, 1);
    const field = weighed(fields, 1);
    const size = weighed(sizes, 2);
    const channel = weighed(channels, 2);
    const country = weighed(countries, 1)[0];
    const title = of(level[0]).replace('%f', field[0]);
    const name = [of(first), of(last)];
    const firm = `${of(firms)} ${of(trades)}`;
    const employees = size[0] + below(size[1] - size[0]);
    const free = next() < (employees < 10 ? 0.5 : 0.12);
    const domain = free ? of(['gmail.com', 'outlook.com', 'gmx.de']) : `${firm.toLowerCase().replace(' ', '-')}-${below(400)}.example`;
    const email = `${name[0]}.${name[1]}${below(900)}@${domain}`.toLowerCase();
    const created = start + Math.floor((index / leads) * 365) * day + 8 * 3_600_000 + below(36_000) * 1000;
    // Interest hangs on who it is, but not only.
    const keen = level[2] * size[3] * (0.3 + 1.4 * next());
    const demo = next() < 0.1 * keen ? 1 : 0;
    const pricing = often(0.5 * keen + demo);
    const guide = next() < 0.12 * keen ? 1 : 0;
    const webinars = often(0.15 * keen);
    const left = next() < 0.04 ? 1 : 0;
    const odds = 0.03 * level[2] * field[2] * size[3] * channel[3] * (free ? 0.4 : 1) * (1 + 2.2 * demo + 0.35 * Math.min(pricing, 4) + 0.5 * guide + 0.2 * webinars) * (left ? 0.2 : 1) * (['IN', 'BR'].includes(country) ? 0.4 : 1);
    const roll = next();
    const open = index / leads > 0.9 && next() < 0.6;
    const outcome = open ? 'Open' : level[2] < 0.1 || roll > 0.96 ? 'Disqualified' : roll < Math.min(odds, 0.7) ? 'Closed Won' : 'Closed Lost';
    const closed = outcome === 'Open' ? '' : new Date(created + (3 + below(80)) * day).toISOString().slice(0, 10);
    const amount = outcome === 'Closed Won' ? Math.round((1800 + 140 * Math.sqrt(employees) * (0.5 + next())) / 10) * 10 : '';
    const seen = pricing > 0 ? new Date(created - below(55) * day).toISOString().slice(0, 10) : '';
    const known = (share, value) => (next() < share ? value : '');
    const rest = also.map(({ cell }) => `,${cell({ keen, won: outcome === 'Closed Won', created })}`).join('');
    piece += `L${100000 + index},${new Date(created).toISOString().slice(0, 19)}Z,${name[0]},${name[1]},${email},${known(0.94, title)},${firm},${known(0.85, employees)},${known(0.95, country)},${channel[0]},${channel[1]},${demo},${demo},${pricing},${seen},${guide},${webinars},${left},${of(owners)},${(channel[4] / 100).toFixed(2)},${outcome},${closed},${amount}${rest}\n`;
    if (piece.length > 1 << 18) {
      yield piece;
      piece = '';
    }
  }
  yield piece;
}

/** Past leads as CSV text. @param {Parameters<typeof pieces>[0]} options */
export const generate = (options) => [...pieces(options)].join('');
