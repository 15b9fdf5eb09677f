// The frame: what is open, its state, undo and redo, and the views.

import { useEffect } from 'preact/hooks';

import { hasDisk, isSaved, saveToDisk } from '../model/disk.js';
import * as doc from '../model/document.js';
import { file, updating } from '../model/engine.js';
import { count, words } from '../model/format.js';
import { changes, checked, download, said, say, view } from '../model/session.js';
import { Agree } from './agree.jsx';
import { Check } from './check.jsx';
import { Data, Reading } from './data.jsx';
import { Learn } from './learn.jsx';
import { Leads } from './leads.jsx';
import { Score } from './score.jsx';
import { Start } from './start.jsx';
import { Try } from './try.jsx';
import { Tune } from './tune.jsx';

const views = [
  ['start', 'Open', Start],
  ['data', 'Data', Data],
  ['score', 'Score', Score],
  ['tune', 'Tune', Tune],
  ['learn', 'Learn', Learn],
  ['leads', 'Leads', Leads],
  ['check', 'Check', Check],
  ['agree', 'Agree', Agree],
  ['try', 'Try', Try],
];

/** Unsigned, signed or changed: always visible. */
function State() {
  const found = checked.value;
  const card = doc.card.value;
  if (!card) return null;
  const errors = found?.problems.filter((problem) => problem.severity === 'error').length ?? 0;
  const teams = new Set((found?.card ? (card.agreement?.signatures ?? []) : []).filter((signature) => signature.contentHash === found?.card?.hash).map((signature) => signature.team));
  // What was edited a moment ago is not checked yet, and signed by nobody.
  const isStale = found !== null && found.text !== doc.current.value?.text;
  let state = { kind: 'draft', text: 'Unsigned draft' };
  if (isStale) state = { kind: 'changed', text: 'Changed' };
  else if (errors > 0) state = { kind: 'wrong', text: `${errors} ${errors === 1 ? 'error' : 'errors'}` };
  else if (found?.card?.signed) state = { kind: 'signed', text: 'Signed by both' };
  else if (teams.size === 1) state = { kind: 'half', text: `Signed by ${[...teams][0]}` };
  else if (changes.value.length > 0) state = { kind: 'changed', text: `Changed, ${changes.value.length} ${changes.value.length === 1 ? 'difference' : 'differences'}` };
  return (
    <span class={`state ${state.kind}`} data-state={state.kind}>
      {state.text}
    </span>
  );
}

function keys(event) {
  const typing = event.target instanceof HTMLElement && event.target.matches('input[type="text"], input[type="search"], textarea');
  if (!(event.ctrlKey || event.metaKey) || event.altKey || typing) return;
  const key = event.key.toLowerCase();
  if (key === 's' && doc.current.value && hasDisk()) {
    event.preventDefault();
    return void saveToDisk();
  }
  if (key === 'z' && !event.shiftKey) doc.undo();
  else if (key === 'y' || (key === 'z' && event.shiftKey)) doc.redo();
  else return;
  event.preventDefault();
}

/** Undo, redo and export. */
function Tools() {
  return (
    <div class="bar-tools" role="toolbar" aria-label="History and export">
      <button type="button" onClick={doc.undo} disabled={!doc.undoable.value} title={doc.undoable.value ? `Undo: ${doc.undoable.value} (Ctrl+Z)` : 'Nothing to undo'}>
        Undo
      </button>
      <button type="button" onClick={doc.redo} disabled={!doc.redoable.value} title={doc.redoable.value ? `Redo: ${doc.redoable.value} (Ctrl+Shift+Z)` : 'Nothing to redo'}>
        Redo
      </button>
      {hasDisk() && (
        <button type="button" onClick={saveToDisk} disabled={isSaved()} title="Save the file in place (Ctrl+S)">
          {isSaved() ? 'Saved' : 'Save'}
        </button>
      )}
      <button type="button" onClick={() => download(doc.fileName.value || 'scorecard.json', doc.current.value.text, 'application/json')}>
        Export scorecard
      </button>
    </div>
  );
}

/** Which views there are, and what the file is. */
function Tabs() {
  const isOpen = doc.isOpen.value;
  return (
    <nav class="tabs" aria-label="Studio">
      <ul>
        {views.map(([id, name]) => (
          <li>
            <button type="button" aria-current={view.value === id ? 'page' : undefined} disabled={!isOpen && id !== 'start'} onClick={() => (view.value = id)}>
              {name}
              {id === 'check' && checked.value?.problems.length > 0 && <span class="badge">{checked.value.problems.length}</span>}
            </button>
          </li>
        ))}
      </ul>
      <p class="bar-file">
        {file.value ? `${count(file.value.leads)} leads` : isOpen ? 'No leads yet' : ''}
        {updating.value && <span class="updating"> updating …</span>}
      </p>
    </nav>
  );
}

function Header() {
  const isOpen = doc.isOpen.value;
  return (
    <header class="bar">
      <div class="bar-name">
        <svg viewBox="0 0 32 32" width="28" height="28" aria-hidden="true">
          <rect class="brand-tile" width="32" height="32" rx="8" />
          <path class="brand-line" d="M8 23V15M14 23V10M20 23v-6M26 23V7" />
        </svg>
        <span class="brand">leadfit studio</span>
        {isOpen && (
          <span class="card-name">
            <bdi title={words(doc.partOf('title'))}>{words(doc.partOf('title'))}</bdi> <span class="soft">revision {doc.partOf('revision')}</span>
          </span>
        )}
        <State />
      </div>
      {isOpen && <Tools />}
      <Tabs />
    </header>
  );
}

function Main() {
  const [, , View] = views.find(([id]) => id === view.value) ?? views[0];
  return (
    <main id="main" tabIndex={-1} key={view.value} data-view={view.value}>
      <View />
    </main>
  );
}

/** Read out; what did not work is shown, too. */
function Said() {
  const { text, wrong } = said.value;
  return (
    <div class={wrong ? 'said notice wrong' : 'unseen'}>
      <p role="status">{text}</p>
      {wrong && (
        <button type="button" class="small" onClick={() => say('')}>
          Close
        </button>
      )}
    </div>
  );
}

/** It looks at nothing that changes: a move draws only the parts that tell of it. */
export function App() {
  useEffect(() => {
    addEventListener('keydown', keys);
    return () => removeEventListener('keydown', keys);
  }, []);
  return (
    <>
      <a class="skip" href="#main">
        Skip to the content
      </a>
      <Header />
      <Reading />
      <Main />
      <Said />
    </>
  );
}
