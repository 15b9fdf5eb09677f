// What others would do in a page with the same file: read it, score every lead by some rules of the same
// kind, and count scores by outcome. They do less than the studio: titles are looked for by a few words,
// nothing is told of what cannot be read, and nothing is ready for a slider to move.

import * as duckdb from '@duckdb/duckdb-wasm';
import Papa from 'papaparse';

/** Milliseconds that a piece of work takes, and what it gives. */
async function timed(work) {
  const begun = performance.now();
  const result = await work();
  return { took: performance.now() - begun, result };
}

/** Counts as text, to compare them. @param {Iterable<[string, number]>} counts */
const told = (counts) => [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, count]) => `${key}=${count}`).join(' ');

async function blob(file) {
  const reader = file.stream().getReader();
  let bytes = 0;
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return bytes;
    bytes += value.length;
  }
}

const home = new Set(['DE', 'AT', 'CH', 'FR', 'NL']);
const free = new Set(['gmail.com', 'outlook.com', 'gmx.de']);
const days = (from, to) => (Date.parse(to) - Date.parse(from)) / 86_400_000;

/** A function for each criterion, as a team would write them. */
const criteria = [
  (of) => (/chief|c[emft]o\b|founder/i.test(of['Job title']) ? 20 : /vp|vice president/i.test(of['Job title']) ? 18 : /head|director|leitung/i.test(of['Job title']) ? 15 : /manager|lead/i.test(of['Job title']) ? 8 : 0),
  (of) => (/marketing|growth|brand/i.test(of['Job title']) ? 10 : 0),
  (of) => (of.Employees === '' ? 5 : Number(of.Employees) < 10 ? 0 : Number(of.Employees) < 50 ? 10 : Number(of.Employees) < 500 ? 25 : Number(of.Employees) < 5000 ? 30 : 20),
  (of) => (home.has(of.Country) ? 15 : 0),
  (of) => (free.has(of.Email.slice(of.Email.indexOf('@') + 1).toLowerCase()) ? -5 : 5),
  (of) => (Number(of.demoRequests) > 0 ? 40 : 0),
  (of) => {
    const views = Number(of.pricingViews60d);
    const age = of['pricingViews60d.lastAt'] ? days(of['pricingViews60d.lastAt'], of['Created at']) : 0;
    return views === 0 ? 0 : (views < 3 ? 10 : 20) * (age <= 30 ? 1 : 0.5);
  },
  (of) => (Number(of.buyingGuideDownloads) > 0 ? 20 : 0),
  (of) => Math.min(10, 5 * Number(of.webinars)),
  (of) => (Number(of.unsubscribes180d) > 0 ? -20 : 0),
];

function papaparse(file) {
  const counts = new Map();
  return new Promise((resolve, reject) => {
    Papa.parse(file, {
      header: true,
      skipEmptyLines: true,
      chunk({ data }) {
        for (const row of data) {
          let score = 0;
          for (const criterion of criteria) score += criterion(row);
          const key = `${Math.floor(score)} ${row.Outcome}`;
          counts.set(key, (counts.get(key) ?? 0) + 1);
        }
      },
      complete: () => resolve(told(counts)),
      error: reject,
    });
  });
}

const sql = `
  SELECT CAST(floor(
    (CASE WHEN regexp_matches("Job title", 'chief|c[emft]o\\b|founder', 'i') THEN 20 WHEN regexp_matches("Job title", 'vp|vice president', 'i') THEN 18 WHEN regexp_matches("Job title", 'head|director|leitung', 'i') THEN 15 WHEN regexp_matches("Job title", 'manager|lead', 'i') THEN 8 ELSE 0 END)
    + (CASE WHEN regexp_matches("Job title", 'marketing|growth|brand', 'i') THEN 10 ELSE 0 END)
    + (CASE WHEN Employees IS NULL THEN 5 WHEN Employees < 10 THEN 0 WHEN Employees < 50 THEN 10 WHEN Employees < 500 THEN 25 WHEN Employees < 5000 THEN 30 ELSE 20 END)
    + (CASE WHEN Country IN ('DE', 'AT', 'CH', 'FR', 'NL') THEN 15 ELSE 0 END)
    + (CASE WHEN lower(split_part(Email, '@', 2)) IN ('gmail.com', 'outlook.com', 'gmx.de') THEN -5 ELSE 5 END)
    + (CASE WHEN demoRequests > 0 THEN 40 ELSE 0 END)
    + (CASE WHEN pricingViews60d = 0 THEN 0 ELSE (CASE WHEN pricingViews60d < 3 THEN 10 ELSE 20 END) * (CASE WHEN "pricingViews60d.lastAt" IS NULL OR date_diff('millisecond', CAST("pricingViews60d.lastAt" AS TIMESTAMP), CAST("Created at" AS TIMESTAMP)) <= 2592000000 THEN 1 ELSE 0.5 END) END)
    + (CASE WHEN buyingGuideDownloads > 0 THEN 20 ELSE 0 END)
    + least(10, 5 * webinars)
    + (CASE WHEN unsubscribes180d > 0 THEN -20 ELSE 0 END)) AS INTEGER) AS score, Outcome AS outcome, CAST(count(*) AS INTEGER) AS leads
  FROM leads GROUP BY ALL`;

/** Started beforehand: its start is not counted. */
async function startDuckdb() {
  const worker = new Worker('duckdb/duckdb-browser-eh.worker.js');
  const db = new duckdb.AsyncDuckDB(new duckdb.VoidLogger(), worker);
  await db.instantiate(new URL('duckdb/duckdb-eh.wasm', location.href).href);
  return db;
}

async function inDuckdb(db, file) {
  await db.registerFileHandle('leads.csv', file, duckdb.DuckDBDataProtocol.BROWSER_FILEREADER, true);
  const connection = await db.connect();
  await connection.query(`CREATE TABLE leads AS SELECT * FROM read_csv('leads.csv', header = true)`);
  const table = await connection.query(sql);
  const counts = told(table.toArray().map((row) => [`${row.score} ${row.outcome}`, row.leads]));
  await connection.close();
  await db.dropFiles();
  return counts;
}

globalThis.peers = async (name) => {
  const file = document.querySelector('input').files[0];
  if (name === 'blob') return timed(() => blob(file));
  if (name === 'papaparse') return timed(() => papaparse(file));
  const db = await startDuckdb();
  const answer = await timed(() => inDuckdb(db, file));
  await db.terminate();
  return answer;
};
