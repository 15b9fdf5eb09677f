// What a result was made from, as one hash: the same hash means that there is nothing to do.

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';

import { cache, root } from './run.mjs';

/**
 * Every file at or under the given places, sorted, so that the order of a disk cannot matter.
 *
 * @param {string[]} places paths inside the repository; one that does not exist counts as empty
 * @param {(path: string) => boolean} [wanted]
 */
export function filesOf(places, wanted = () => true) {
  const found = [];
  const visit = (path) => {
    if (!existsSync(path)) return;
    if (!statSync(path).isDirectory()) return wanted(path) && found.push(path);
    for (const name of readdirSync(path)) visit(join(path, name));
  };
  for (const place of places) visit(join(root, place));
  return found.sort();
}

/**
 * @param {string[]} files
 * @param {string[]} [facts] what else the result depends on, such as a compiler's version
 */
export function hashOf(files, facts = []) {
  const hash = createHash('sha256');
  for (const fact of facts) hash.update(`${fact}\0`);
  for (const file of files) {
    const bytes = readFileSync(file);
    hash.update(`${relative(root, file).split(sep).join('/')}\0${bytes.length}\0`).update(bytes);
  }
  return hash.digest('hex');
}

/** Whether `name` was last made from inputs of this hash. */
export function isCurrent(name, hash) {
  const path = join(cache, `${name}.hash`);
  return existsSync(path) && readFileSync(path, 'utf8') === hash;
}

/** Notes that `name` is made from inputs of this hash. Call it last: an interrupted run leaves none. */
export function markCurrent(name, hash) {
  const path = join(cache, `${name}.hash`);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, hash);
}
