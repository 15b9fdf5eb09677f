// A condition, edited in place: tests of facts, signals, points, grades and events, joined.

import { card } from '../model/document.js';
import { spaced } from '../model/format.js';
import { bandsOf } from './numbers.jsx';

const joints = { all: 'all of', any: 'any of' };
const operators = { in: 'is one of', is: 'is', atLeast: 'at least', below: 'below', contains: 'contains', containsWord: 'has the word', endsWith: 'ends with', startsWith: 'starts with', known: 'is known' };
const ofKind = {
  fact: ['in', 'is', 'atLeast', 'below', 'contains', 'containsWord', 'known'],
  signal: ['in', 'is', 'endsWith', 'known'],
  daysSince: ['atLeast', 'below', 'known'],
  score: ['atLeast', 'below'],
  fit: ['atLeast', 'below'],
  engagement: ['atLeast', 'below'],
  grade: ['in'],
  stage: ['in'],
  events: ['atLeast', 'below'],
  band: ['in'],
};
const signals = ['seniority', 'departments', 'buyingRole', 'titleStatus', 'titleFlags', 'emailKind', 'emailDomain', 'channel'];
const standard = ['email', 'jobTitle', 'company.name', 'company.employees', 'company.revenue', 'company.industry', 'company.country', 'timeline', 'budget', 'offer'];

/** What a new test can be about. */
function subjects() {
  const facts = [...new Set([...standard, ...(card.value.facts ?? []).map(({ id }) => id)])];
  return [
    ['Points', ['score', 'fit', 'engagement'].map((id) => [id, spaced(id)])],
    ['Grade and stage', [['grade', 'Grade'], ['stage', 'Stage']]],
    ['Signals', signals.map((id) => [`signal:${id}`, spaced(id)])],
    ['Facts', facts.map((id) => [`fact:${id}`, spaced(id)])],
  ];
}

/** A test about a subject, with something to begin with. */
function testOf(subject) {
  const [kind, id] = subject.split(':');
  if (['score', 'fit', 'engagement'].includes(kind)) return { [kind]: { atLeast: 50 } };
  if (kind === 'grade') return { grade: { in: [bandsOf('fit')[0].name + bandsOf('engagement')[0].name] } };
  if (kind === 'stage') return { stage: { in: [card.value.stages?.find(({ kind }) => kind === 'mql')?.id ?? 'mql'] } };
  return { [kind]: { id, known: true } };
}

/**
 * @param {{ value: any, label: string, onChange: (value: any) => void, onRemove?: () => void, depth?: number }} props
 */
export function Condition({ value, label, onChange, onRemove, depth = 0 }) {
  const joint = Object.keys(joints).find((key) => value[key]);
  if (value.not) {
    return (
      <div class="condition">
        <span class="joint">not</span>
        <Condition value={value.not} label={label} depth={depth + 1} onChange={(part) => onChange({ not: part })} onRemove={onRemove} />
      </div>
    );
  }
  if (!joint) return <Test value={value} label={label} onChange={onChange} onRemove={onRemove} onJoin={(other) => onChange({ all: [value, testOf(other)] })} />;
  const parts = value[joint];
  return (
    <div class="condition" role="group" aria-label={label}>
      <select class="joint" aria-label={`${label}: how the tests are joined`} value={joint} onChange={(event) => onChange({ [event.currentTarget.value]: parts })}>
        {Object.entries(joints).map(([key, name]) => (
          <option value={key}>{name}</option>
        ))}
      </select>
      <ul>
        {parts.map((part, index) => (
          <li>
            <Condition value={part} label={`${label}, ${index + 1}`} depth={depth + 1} onChange={(changed) => onChange({ [joint]: parts.with(index, changed) })} onRemove={() => onChange({ [joint]: parts.toSpliced(index, 1) })} />
          </li>
        ))}
        {parts.length === 0 && <li class="soft">{joint === 'all' ? 'everyone' : 'nobody'}</li>}
      </ul>
      <Add label={label} onAdd={(subject) => onChange({ [joint]: [...parts, testOf(subject)] })} />
    </div>
  );
}

function Add({ label, onAdd, name = 'Add a test …' }) {
  return (
    <select
      class="add-test"
      aria-label={`${label}: add a test`}
      value=""
      onChange={(event) => {
        if (event.currentTarget.value) onAdd(event.currentTarget.value);
        event.currentTarget.value = '';
      }}
    >
      <option value="">{name}</option>
      {subjects().map(([group, options]) => (
        <optgroup label={group}>
          {options.map(([id, title]) => (
            <option value={id}>{title}</option>
          ))}
        </optgroup>
      ))}
    </select>
  );
}

function Test({ value, label, onChange, onRemove, onJoin }) {
  const [kind] = Object.keys(value);
  const test = value[kind] ?? {};
  const name = kind === 'events' ? `Events ${(test.types ?? []).join(', ')}${test.withinDays ? ` in ${test.withinDays} days` : ''}` : kind === 'band' ? `Band of ${test.axis}` : kind === 'daysSince' ? `Days since ${test.id}` : spaced(test.id ?? kind);
  const operator = Object.keys(operators).find((key) => test[key] !== undefined);
  const set = (key, text) => {
    const before = test[key];
    let given;
    if (key === 'known') given = text === 'true';
    else if (key === 'in' || key.includes('ontains') || key.endsWith('With')) given = listOf(text, Array.isArray(before) ? before : []);
    else if (key === 'is') given = typeof before === 'boolean' ? text === 'true' : typeof before === 'number' && text !== '' ? Number(text) : text;
    else given = Number(text);
    if ((Array.isArray(given) && given.length === 0) || Number.isNaN(given)) return;
    onChange({ [kind]: { ...test, [key]: given } });
  };
  const swap = (key) => {
    const rest = Object.fromEntries(Object.entries(test).filter(([name]) => !(name in operators)));
    const first = { known: true, atLeast: 1, below: 1, in: ['…'], is: '…', contains: ['…'], containsWord: ['…'], endsWith: ['…'], startsWith: ['…'] }[key];
    onChange({ [kind]: { ...rest, [key]: first } });
  };
  const shown = test[operator];
  return (
    <span class="test">
      <span class="test-name">{name}</span>
      <select aria-label={`${label}: ${name}, how it is tested`} value={operator ?? ''} onChange={(event) => swap(event.currentTarget.value)}>
        {!operator && <option value="">happened</option>}
        {[...new Set([...(ofKind[kind] ?? []), ...(operator ? [operator] : [])])].map((key) => (
          <option value={key}>{operators[key]}</option>
        ))}
      </select>
      {operator === 'known' || typeof shown === 'boolean' ? (
        <select aria-label={`${label}: ${name}, yes or no`} value={String(shown)} onChange={(event) => set(operator, event.currentTarget.value)}>
          <option value="true">yes</option>
          <option value="false">no</option>
        </select>
      ) : operator ? (
        <input type={typeof shown === 'number' ? 'number' : 'text'} aria-label={`${label}: ${name}, ${operators[operator]}`} value={Array.isArray(shown) ? shown.join(', ') : shown} onChange={(event) => set(operator, event.currentTarget.value)} />
      ) : null}
      <Add label={label} name="and …" onAdd={onJoin} />
      {onRemove && (
        <button type="button" class="quiet small" aria-label={`${label}: remove the test of ${name}`} onClick={onRemove}>
          ×
        </button>
      )}
    </span>
  );
}

function listOf(text, before) {
  const parts = text.split(',').map((part) => part.trim()).filter(Boolean);
  return typeof before[0] === 'number' ? parts.map(Number).filter(Number.isFinite) : parts;
}
