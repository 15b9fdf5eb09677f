// Disqualifiers, stages, questions and routes: what decides beside points.

import { partOf } from '../model/document.js';
import { spaced, words } from '../model/format.js';
import { edit } from '../model/session.js';
import { Condition } from './condition.jsx';
import { Fold } from './parts.jsx';

/** An id that no item of a list has. */
function free(list, start) {
  for (let number = 1; ; number++) {
    const id = number === 1 ? start : `${start}-${number}`;
    if (!list?.some((item) => item.id === id)) return id;
  }
}

export function Conditions() {
  return (
    <section class="axis" aria-labelledby="who-not">
      <h2 id="who-not">Disqualifiers and stages</h2>
      {(partOf('disqualify') ?? []).map((item, index) => (
        <Fold
          place={`/disqualify/${index}`}
          summary={
            <>
              <span>{words(item.reason, item.id)}</span>
              <span class="soft">disqualifies</span>
            </>
          }
        >
          <Condition value={item.when} label={`Disqualifier ${item.id}`} onChange={(when) => edit(`disqualifier ${item.id}`, (card) => void (card.disqualify[index].when = when))} />
          <button type="button" class="quiet small danger" onClick={() => edit(`remove ${item.id}`, (card) => void card.disqualify.splice(index, 1))}>
            Remove<span class="unseen"> {item.id}</span>
          </button>
        </Fold>
      ))}
      <button type="button" class="quiet" onClick={() => edit('add a disqualifier', (card) => void (card.disqualify ??= []).push({ id: free(card.disqualify, 'not-served'), reason: 'Country that we do not serve', when: { fact: { id: 'company.country', in: ['XX'] } } }))}>
        Add a disqualifier
      </button>
      {(partOf('stages') ?? []).map((stage, index) =>
        stage.when ? (
          <Fold
            place={`/stages/${index}`}
            summary={
              <>
                <span>{words(stage.label, stage.id)}</span>
                <span class="soft">stage of {stage.team}</span>
              </>
            }
          >
            <p class="soft">{words(stage.definition)}</p>
            <Condition value={stage.when} label={`Stage ${stage.id}`} onChange={(when) => edit(`stage ${stage.id}`, (card) => void (card.stages[index].when = when))} />
          </Fold>
        ) : null,
      )}
      <Questions />
    </section>
  );
}

function Questions() {
  const questions = partOf('questions') ?? [];
  return (
    <Fold
      place="/questions"
      summary={
        <>
          <span>Questions</span>
          <span class="soft">{questions.length} may be asked</span>
        </>
      }
    >
      {questions.map((question, index) => (
        <div class="row">
          <span class="row-name">
            {words(question.label, question.id)}
            <span class="soft">
              {question.fact}
              {question.required ? ', required' : ''}
            </span>
          </span>
          <label>
            <input type="checkbox" checked={question.required ?? false} onChange={(event) => edit(`${question.id} required or not`, (card) => void (card.questions[index].required = event.currentTarget.checked))} /> required
            <span class="unseen">: {question.id}</span>
          </label>
          <button type="button" class="quiet small danger" onClick={() => edit(`remove question ${question.id}`, (card) => void card.questions.splice(index, 1))}>
            Remove<span class="unseen"> question {question.id}</span>
          </button>
        </div>
      ))}
      <select
        aria-label="Add a question about"
        value=""
        onChange={(event) => {
          const fact = event.currentTarget.value;
          event.currentTarget.value = '';
          if (fact) edit(`ask for ${fact}`, (card) => void (card.questions ??= []).push({ id: free(card.questions, fact.replaceAll('.', '-')), fact, field: fact === 'company.employees' ? 'number' : 'text', label: spaced(fact) }));
        }}
      >
        <option value="">Add a question about …</option>
        {['jobTitle', 'company.name', 'company.employees', 'company.country', 'company.industry', 'timeline', 'budget', 'phone'].map((id) => (
          <option value={id}>{spaced(id)}</option>
        ))}
      </select>
    </Fold>
  );
}

export function RouteList() {
  const routes = partOf('routes') ?? [];
  const move = (from, to) => {
    if (to < 0 || to >= routes.length || from === to) return;
    edit(`move route ${routes[from].id}`, (card) => void card.routes.splice(to, 0, ...card.routes.splice(from, 1)));
  };
  return (
    <section class="axis" aria-labelledby="routes">
      <h2 id="routes">Routes</h2>
      <p class="soft">The first one that matches is taken. Drag them, or use the buttons.</p>
      <ol class="routes">
        {routes.map((route, index) => (
          <li
            key={route.id}
            draggable
            data-route={route.id}
            onDragStart={(event) => event.dataTransfer?.setData('text/x-route', String(index))}
            onDragOver={(event) => event.preventDefault()}
            onDrop={(event) => {
              event.preventDefault();
              const from = event.dataTransfer?.getData('text/x-route');
              if (from) move(Number(from), index);
            }}
          >
            <Fold
              place={`/routes/${index}`}
              summary={
                <>
                  <span>{words(route.label, spaced(route.id))}</span>
                  <span class="soft">{route.forDisqualified ? 'for disqualified leads' : Object.keys(route.action ?? {})[0]}</span>
                </>
              }
            >
              <Condition value={route.when} label={`Route ${route.id}`} onChange={(when) => edit(`route ${route.id}`, (card) => void (card.routes[index].when = when))} />
              <div class="tools">
                <button type="button" class="small" disabled={index === 0} onClick={() => move(index, index - 1)}>
                  Earlier<span class="unseen">: {route.id}</span>
                </button>
                <button type="button" class="small" disabled={index === routes.length - 1} onClick={() => move(index, index + 1)}>
                  Later<span class="unseen">: {route.id}</span>
                </button>
                <button type="button" class="quiet small danger" onClick={() => edit(`remove route ${route.id}`, (card) => void card.routes.splice(index, 1))}>
                  Remove<span class="unseen"> route {route.id}</span>
                </button>
              </div>
            </Fold>
          </li>
        ))}
      </ol>
      <button type="button" class="quiet" onClick={() => edit('add a route', (card) => void (card.routes ??= []).push({ id: free(card.routes, 'new-route'), when: { score: { atLeast: 80 } }, action: { thankYou: { message: 'Thank you. We will be in touch.' } } }))}>
        Add a route
      </button>
    </section>
  );
}
