// The tables of a store. A submission is never changed once it lies there; what people do with a lead
// stands beside it.

/** Raised with every change that older stores have to be brought to. */
export const VERSION = 1;

export const tables = `
CREATE TABLE IF NOT EXISTS about (version INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS leads (
  id INTEGER PRIMARY KEY,
  email TEXT UNIQUE,
  newest TEXT NOT NULL,
  first_at INTEGER NOT NULL,
  last_at INTEGER NOT NULL,
  state TEXT NOT NULL DEFAULT 'new',
  due INTEGER,
  score INTEGER NOT NULL DEFAULT 0,
  words TEXT NOT NULL DEFAULT ''
);
CREATE INDEX IF NOT EXISTS leads_by_due ON leads (state, due, score);
CREATE TABLE IF NOT EXISTS submissions (
  id TEXT PRIMARY KEY,
  key TEXT NOT NULL,
  lead INTEGER NOT NULL REFERENCES leads (id),
  at INTEGER NOT NULL,
  received INTEGER NOT NULL,
  body TEXT NOT NULL,
  told TEXT NOT NULL,
  name TEXT NOT NULL,
  place TEXT NOT NULL,
  verdict TEXT,
  differences TEXT NOT NULL,
  tampered INTEGER NOT NULL,
  flags TEXT NOT NULL,
  owner TEXT,
  due INTEGER
);
CREATE INDEX IF NOT EXISTS submissions_by_lead ON submissions (lead, at);
CREATE INDEX IF NOT EXISTS submissions_by_key ON submissions (key);
CREATE TABLE IF NOT EXISTS notes (
  id INTEGER PRIMARY KEY,
  lead INTEGER NOT NULL REFERENCES leads (id),
  at INTEGER NOT NULL,
  person TEXT NOT NULL,
  kind TEXT NOT NULL,
  said TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS notes_by_lead ON notes (lead, at);
CREATE TABLE IF NOT EXISTS deliveries (
  submission TEXT NOT NULL REFERENCES submissions (id),
  receiver TEXT NOT NULL,
  state TEXT NOT NULL DEFAULT 'pending',
  tries INTEGER NOT NULL DEFAULT 0,
  next_at INTEGER NOT NULL,
  answer TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (submission, receiver)
);
CREATE INDEX IF NOT EXISTS deliveries_by_time ON deliveries (state, next_at);
CREATE TABLE IF NOT EXISTS tickets (nonce TEXT PRIMARY KEY, submission TEXT NOT NULL, at INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS sessions (token TEXT PRIMARY KEY, person TEXT NOT NULL, expires INTEGER NOT NULL);
`;
