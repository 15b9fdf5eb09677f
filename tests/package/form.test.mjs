// What of the form needs no browser: its words in every language, its suggestions, its fields as HTML.

import assert from 'node:assert/strict';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { pathToFileURL } from 'node:url';

import { root } from '../../pkg-config/tool/run.mjs';
import { blocksOf, runBlock } from './markdown.mjs';
import { packed } from './packed.mjs';

const { project, installed } = await packed();
const load = (name) => import(pathToFileURL(join(installed, name)).href);
const { english, textsFor } = await load('form/texts.js');
const { titles } = await load('form/suggestions.js');
const { fieldsHtml } = await load('form/html.js');
const leadfit = await load('entry-default.js');
await leadfit.start();

const gaps = (text) => [...text.matchAll(/\{\w+\}/g)].map(([gap]) => gap).sort();

test('every language has every word, with the same gaps', async () => {
  const languages = readdirSync(join(installed, 'form/texts')).filter((name) => name.endsWith('.js')).map((name) => name.slice(0, -3));
  assert.deepEqual(languages, ['de', 'es', 'fr', 'it', 'ja', 'nl', 'pt']);
  for (const language of languages) {
    const texts = await textsFor(`${language}-XX`);
    assert.deepEqual(Object.keys(texts), Object.keys(english), language);
    for (const [key, text] of Object.entries(texts)) {
      assert.deepEqual(gaps(text), gaps(english[key]), `${language} ${key}`);
      assert.notEqual(text.trim(), '', `${language} ${key}`);
    }
  }
  assert.equal(await textsFor('sv'), english);
});

test('whoever takes a suggested title is asked no more about it', () => {
  for (const [language, list] of Object.entries(titles)) {
    for (const title of list.split('|')) {
      const { level, departments, status } = leadfit.readTitle(title);
      assert.ok(status === 'student' || [level, departments].every((part) => part?.certainty === 'resolved'), `${language}: ${title} is ${JSON.stringify({ level, departments })}`);
    }
  }
});

test('fields as HTML hold no markup of a scorecard', async () => {
  const hostile = '<img src=x onerror=alert(1)>"&\'';
  const card = {
    defaultLanguage: 'en',
    questions: [{ id: 'role', fact: 'buyingRole', required: false, forms: [], view: { field: 'choice', label: hostile, help: hostile, options: [{ value: hostile, label: hostile }], consent: null } }],
  };
  const html = fieldsHtml(card);
  assert.deepEqual([...html.matchAll(/<\/?([a-z]+)/g)].map(([, tag]) => tag).filter((tag) => tag === 'img'), []);
  assert.equal(html.split('&#60;img src=x onerror=alert(1)&#62;&#34;&#38;&#39;').length, 5);
});

test('fields as HTML stand in the order of the scorecard, each with a label', async () => {
  const card = await leadfit.Scorecard.load(readFileSync(join(root, 'www/sample/b2b-software.leadfit')));
  const html = fieldsHtml(card, { form: 'landing', prefix: 'q-', language: 'de' });
  const ids = [...html.matchAll(/data-leadfit-question="([^"]+)"/g)].map(([, id]) => id);
  assert.deepEqual(ids, card.questions.filter(({ forms }) => forms.length === 0).map(({ id }) => id));
  assert.ok(html.includes('Geschäftliche E-Mail-Adresse'));
  for (const [, id] of html.matchAll(/for="([^"]+)"/g)) assert.ok(html.includes(`id="${id}"`), id);
});

const work = mkdtempSync(join(project, 'form-'));
after(() => rmSync(work, { recursive: true, force: true }));
copyFileSync(join(root, 'www/sample/b2b-software.leadfit'), join(work, 'scorecard.leadfit'));
for (const block of blocksOf(readFileSync(join(root, 'docs/form.md'), 'utf8')).filter(({ language }) => language === 'js')) {
  test(`docs/form.md:${block.line}: runs`, () => runBlock(block, { work, installed }));
}
