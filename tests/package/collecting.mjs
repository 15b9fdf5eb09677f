// A collector as a program of its own, so that it can be killed: `node collecting.mjs PACKAGE CARD FILE PORT`.
// It says where it listens, then goes on until it is ended.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [, , installed, card, file, port] = process.argv;
const inside = (name) => import(pathToFileURL(join(installed, name)).href);
const [{ Scorecard }, { createCollector, createStore }, { listen, openDatabase }] = await Promise.all(['entry-default.js', 'server/index.js', 'server/node.js'].map(inside));
const store = createStore(await openDatabase(file));
const collector = createCollector({ store, cards: [await Scorecard.load(readFileSync(card))], perMinute: 1e9 });
const { url } = await listen(collector, { port: Number(port) });
console.log(url);
