// The agreement on one page, for the wall and the drawer: printed by the browser, or taken along as HTML.

import { money, percent, plural, spaced, words } from '../model/format.js';

/** How long something may take, in words. @param {number} minutes */
const minutesInWords = (minutes) => (minutes % 60 === 0 && minutes > 60 ? plural(minutes / 60, 'working hour') : plural(minutes, 'working minute'));

/** Who follows up on a route, and by when. */
function Route({ card, route }) {
  const owners = new Map((card.owners ?? []).map((owner) => [owner.id, owner.name ?? owner.id]));
  const steps = route.followUp ?? [];
  const who = ({ owner, queue }) => {
    const of = card.queues?.find(({ id }) => id === queue);
    return owners.get(owner) ?? owner ?? (of ? words(of.label, spaced(of.id)) : 'whoever is free');
  };
  const sla = (step) => card.sla?.find(({ id }) => id === step.sla);
  const name = (
    <th scope="row" rowSpan={Math.max(1, steps.length)}>
      {words(route.label, spaced(route.id))}
    </th>
  );
  if (steps.length === 0) {
    return (
      <tr>
        {name}
        <td class="soft">nobody calls</td>
        <td />
        <td />
      </tr>
    );
  }
  return steps.map((step, index) => (
    <tr class={index + 1 < steps.length ? 'further' : ''}>
      {index === 0 && name}
      <td>{who(step)}</td>
      <td>{sla(step) ? minutesInWords(sla(step).respondWithinMinutes) : '–'}</td>
      <td>{sla(step)?.attempts ? `${sla(step).attempts.count} in ${plural(sla(step).attempts.overWorkingDays, 'working day')}` : '–'}</td>
    </tr>
  ));
}

function Value({ value }) {
  const rows = [...(value.segments ?? []).map(({ id, label, worth }) => [words(label, spaced(id)), worth]), ['All other leads', value.otherwise]].filter(([, worth]) => worth);
  return (
    <section>
      <h3>What a lead is worth</h3>
      <table class="numbers">
        <thead>
          <tr>
            <th scope="col">Leads</th>
            <th scope="col" class="num">Win</th>
            <th scope="col" class="num">Bring</th>
            <th scope="col" class="num">Each is worth</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, worth]) => (
            <tr>
              <th scope="row">{name}</th>
              <td class="num">{percent(worth.closeRate)}</td>
              <td class="num">{money(worth.averageRevenueMinor, value.currency)}</td>
              <td class="num">{money(worth.closeRate * worth.averageRevenueMinor, value.currency)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function People({ card }) {
  const of = (owner) => (card.queues ?? []).filter(({ members }) => members.some((member) => member.owner === owner.id)).map((queue) => words(queue.label, spaced(queue.id)));
  return (
    <section>
      <h3>Who they are</h3>
      <table class="numbers">
        <tbody>
          {card.owners.map((owner) => (
            <tr>
              <th scope="row">{owner.name ?? owner.id}</th>
              <td>{of(owner).join(', ') || '–'}</td>
              <td class="num">{owner.capacityPerWeek ? `${owner.capacityPerWeek} a week` : ''}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** What both teams promise. */
function Goals({ goals }) {
  const { marketing, sales, revenueTargetMinor, currency, period } = goals;
  return (
    <section>
      <h3>What we promise, per {period}</h3>
      <ul class="promises">
        {revenueTargetMinor !== undefined && <li>Together: revenue of {money(revenueTargetMinor, currency)}.</li>}
        {marketing && (
          <li>
            Marketing: {plural(marketing.qualifiedLeads, 'qualified lead')}
            {marketing.valueMinor ? ` worth ${money(marketing.valueMinor, currency)}` : ''}.
          </li>
        )}
        {sales && (
          <li>
            Sales: a first response within {minutesInWords(sales.respondWithinMinutes)}, and up to {plural(sales.attempts, 'attempt')}.
          </li>
        )}
      </ul>
    </section>
  );
}

/** @param {{ card: any, hash?: string }} props `hash`: of the content as it is now, once it is checked */
export function Agreement({ card, hash }) {
  const { goals, signatures = [], reviewOn, notes } = card.agreement ?? {};
  const routes = [...(card.routes ?? []), card.fallback?.unmatched, card.fallback?.disqualified].filter(Boolean);
  const valid = signatures.filter((signature) => signature.contentHash === hash);
  return (
    <article class="agreement" aria-labelledby="agreement">
      <header>
        <h2 id="agreement">{words(card.title)}</h2>
        <p>
          Agreement of marketing and sales: {card.id}, revision {card.revision}.{reviewOn && ` To be reviewed on ${reviewOn}.`}
        </p>
      </header>
      <h3>What we call a lead</h3>
      <dl>
        {(card.stages ?? []).map((stage) => (
          <div>
            <dt>
              {words(stage.label, spaced(stage.id))} <span class="soft">{stage.team}</span>
            </dt>
            <dd>
              {words(stage.definition)} {stage.exit && <span class="soft">Until: {words(stage.exit)}</span>}
            </dd>
          </div>
        ))}
      </dl>
      {(card.disqualify ?? []).length > 0 && (
        <p>
          <strong>Not a buyer:</strong>{' '}
          {card.disqualify.map(({ reason, id }, index) => (
            <>
              {index > 0 && '; '}
              <bdi>{words(reason, spaced(id))}</bdi>
            </>
          ))}
          .
        </p>
      )}
      {routes.length > 0 && (
        <>
          <h3>Who picks it up, by when</h3>
          <table class="numbers">
            <thead>
              <tr>
                <th scope="col">Route</th>
                <th scope="col">Who</th>
                <th scope="col">First response within</th>
                <th scope="col">Attempts</th>
              </tr>
            </thead>
            <tbody>
              {routes.map((route) => (
                <Route card={card} route={route} />
              ))}
            </tbody>
          </table>
        </>
      )}
      <div class="side-by-side">
        {card.owners?.length > 0 && <People card={card} />}
        {card.value && <Value value={card.value} />}
      </div>
      <div class="side-by-side">
        {goals && <Goals goals={goals} />}
        {notes && (
          <section>
            <h3>Notes</h3>
            <p>{words(notes)}</p>
          </section>
        )}
      </div>
      <div class="signatures">
        {['marketing', 'sales'].map((team) => {
          const signature = valid.find((other) => other.team === team);
          return (
            <p>
              <span>{signature ? `${signature.name}, ${signature.at.slice(0, 10)}` : ' '}</span>
              <small>For {team}</small>
            </p>
          );
        })}
      </div>
      {hash && <p class="content">Content {hash.match(/.{1,8}/g)?.join(' ')}</p>}
    </article>
  );
}
