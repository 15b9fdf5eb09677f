// docs/routing.md tells the truth: its JavaScript runs as it stands there.

import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';

import { root } from '../../pkg-config/tool/run.mjs';
import { blocksOf, runBlock } from './markdown.mjs';
import { packed } from './packed.mjs';

const { project, installed } = await packed();
const work = mkdtempSync(join(project, 'routing-'));
after(() => rmSync(work, { recursive: true, force: true }));
copyFileSync(join(root, 'www/sample/b2b-software.json'), join(work, 'scorecard.json'));

for (const block of blocksOf(readFileSync(join(root, 'docs/routing.md'), 'utf8')).filter(({ language }) => language === 'js')) {
  test(`docs/routing.md line ${block.line}`, () => runBlock(block, { work, installed }));
}
