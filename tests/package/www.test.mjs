// What stands in www/ is as plain as the policy wants it: no inline code or style, nothing from a
// foreign host but by a link that somebody follows. That no text becomes markup is in tests/architecture.rs.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { test } from 'node:test';

import { filesOf } from '../../pkg-config/tool/inputs.mjs';
import { root } from '../../pkg-config/tool/run.mjs';

const forbidden = {
  html: [/<script(?![^>]*\ssrc=)/, /<style/, /\sstyle=/, /\son[a-z]+=/, /(?<!<a [^>]*)\b(src|href|action)="(https?:)?\/\//],
  css: [/@import/, /url\((?!["']?data:)/],
  js: [/from '(https?:)?\/\//, /import\('(https?:)?\/\//],
};

for (const [kind, patterns] of Object.entries(forbidden)) {
  test(`the .${kind} files keep to the rules`, () => {
    const files = filesOf(['www'], (path) => path.endsWith(`.${kind}`));
    assert.ok(files.length > 0);
    for (const file of files) {
      const text = readFileSync(file, 'utf8');
      for (const pattern of patterns) assert.doesNotMatch(text, pattern, relative(root, file));
    }
  });
}
