// The public API as a list that is read when it changes: api.txt. `npm run gen` writes it anew. Shapes
// of data stand in it by name only: they are in pkg-config/types.d.ts, which has a test of its own.

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import ts from 'typescript';

import { root } from '../../pkg-config/tool/run.mjs';
import { packed } from './packed.mjs';

const { installed } = await packed();
const { exports } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
const entries = Object.entries(exports).flatMap(([name, { types }]) => (types && !name.endsWith('.wasm') ? [{ name: join('leadfit', name), file: join(installed, types) }] : []));

const program = ts.createProgram(entries.map(({ file }) => file), { module: ts.ModuleKind.NodeNext, target: ts.ScriptTarget.ES2022, lib: ['lib.es2022.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'], types: [], strict: true });
const checker = program.getTypeChecker();
const flags = ts.TypeFormatFlags.NoTruncation | ts.TypeFormatFlags.WriteArrowStyleSignature;
/** A type as text, without the places that named types come from. */
const typeText = (type) => checker.typeToString(type, undefined, flags).replaceAll(/import\("[^"]*"\)\./g, '');

/** Members of a class or of its instances, inherited ones of ours included. @param {ts.Type} type */
function members(type) {
  return checker
    .getPropertiesOfType(type)
    .filter((member) => member.name !== 'prototype' && !member.name.startsWith('#') && member.declarations?.some((declaration) => declaration.getSourceFile().fileName.includes('leadfit')))
    .filter((member) => !member.declarations?.some((declaration) => ts.getCombinedModifierFlags(declaration) & (ts.ModifierFlags.Private | ts.ModifierFlags.Protected)))
    .map((member) => `${member.name}: ${typeText(checker.getTypeOfSymbol(member))}`)
    .sort();
}

/** The lines of one exported name. @param {ts.Symbol} exported */
function linesOf(exported) {
  const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
  if (symbol.flags & ts.SymbolFlags.Class) {
    const statics = members(checker.getTypeOfSymbol(symbol)).map((line) => `    static ${line}`);
    return [`class ${exported.name}`, ...statics, ...members(checker.getDeclaredTypeOfSymbol(symbol)).map((line) => `    ${line}`)];
  }
  if (symbol.flags & ts.SymbolFlags.Value) return [`${exported.name}: ${typeText(checker.getTypeOfSymbol(symbol))}`];
  return [];
}

function listing() {
  const parts = entries.map(({ name, file }) => {
    const module = checker.getSymbolAtLocation(/** @type {ts.SourceFile} */ (program.getSourceFile(file)));
    const exported = checker.getExportsOfModule(/** @type {ts.Symbol} */ (module)).sort((a, b) => (a.name < b.name ? -1 : 1));
    const types = exported.filter((each) => linesOf(each).length === 0).map(({ name }) => name);
    return { name, values: exported.flatMap(linesOf).map((line) => `  ${line}\n`).join(''), types: types.join(' ') };
  });
  const [{ types }] = parts;
  const said = parts.map((part) => `${part.name}\n${part.values}${part.types === types ? '' : `  types: ${part.types}\n`}`);
  return `GENERATED from the packed declarations by \`npm run gen\`. A change here is a change for customers.\n\n${said.join('\n')}\ntypes of every entry\n${types.split(' ').map((name) => `  ${name}\n`).join('')}`;
}

test('the public API is the one that was reviewed', () => {
  const path = join(root, 'tests/package/api.txt');
  const now = listing();
  if (process.env.UPDATE_GENERATED) writeFileSync(path, now);
  assert.equal(now, readFileSync(path, 'utf8'), 'if the change is meant, run `npm run gen`, and say it in CHANGELOG.md');
});
