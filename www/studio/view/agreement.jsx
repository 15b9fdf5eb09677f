// The agreement on one page, for the wall and the drawer: printed by the browser.

import { money, spaced, words } from '../model/format.js';

/** @param {{ card: any, signedNow: boolean }} props */
export function Agreement({ card, signedNow }) {
  const goals = card.agreement?.goals;
  const signatures = card.agreement?.signatures ?? [];
  const owners = new Map((card.owners ?? []).map((owner) => [owner.id, owner.name ?? owner.id]));
  const sla = new Map((card.sla ?? []).map((sla) => [sla.id, sla]));
  const people = (route) =>
    (route.followUp ?? [])
      .map((step) => {
        const queue = card.queues?.find(({ id }) => id === step.queue);
        const who = step.owner ? owners.get(step.owner) : queue ? `${words(queue.label, queue.id)} (${queue.members.map(({ owner }) => owners.get(owner) ?? owner).join(', ')})` : '';
        const due = sla.get(step.sla);
        return [who, due ? `within ${due.respondWithinMinutes} working minutes${due.attempts ? `, ${due.attempts.count} attempts over ${due.attempts.overWorkingDays} days` : ''}` : ''].filter(Boolean).join(', ');
      })
      .filter(Boolean)
      .join('; ');
  const routes = [...(card.routes ?? []), card.fallback?.unmatched, card.fallback?.disqualified].filter(Boolean);
  return (
    <article class="agreement" aria-labelledby="agreement">
      <h2 id="agreement">{words(card.title)}: the agreement of marketing and sales</h2>
      <p>
        {card.id}, revision {card.revision}. {signedNow ? 'Signed by both teams.' : 'Not signed by both teams yet.'} {card.agreement?.reviewOn && `To be reviewed on ${card.agreement.reviewOn}.`}
      </p>
      <h3>What we call a lead</h3>
      <dl>
        {(card.stages ?? []).map((stage) => (
          <div>
            <dt>
              {words(stage.label, stage.id)} <span class="soft">({stage.team})</span>
            </dt>
            <dd>
              {words(stage.definition)} {stage.exit && <span class="soft">Until: {words(stage.exit)}</span>}
            </dd>
          </div>
        ))}
      </dl>
      {(card.disqualify ?? []).length > 0 && <p>Not a buyer: {card.disqualify.map(({ reason, id }) => words(reason, id)).join('; ')}.</p>}
      <h3>Who picks it up, by when</h3>
      <table class="numbers">
        <tbody>
          {routes.map((route) => (
            <tr>
              <th scope="row">{words(route.label, spaced(route.id))}</th>
              <td>{people(route) || 'nobody calls'}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {goals && (
        <>
          <h3>What we promise, per {goals.period}</h3>
          <p>
            {goals.revenueTargetMinor !== undefined && `Revenue of ${money(goals.revenueTargetMinor, goals.currency)}. `}
            {goals.marketing && `Marketing: ${goals.marketing.qualifiedLeads} qualified leads${goals.marketing.valueMinor ? ` worth ${money(goals.marketing.valueMinor, goals.currency)}` : ''}. `}
            {goals.sales && `Sales: a first response within ${goals.sales.respondWithinMinutes} minutes and up to ${goals.sales.attempts} attempts.`}
          </p>
        </>
      )}
      {card.agreement?.notes && <p>{words(card.agreement.notes)}</p>}
      <div class="signatures">
        {['marketing', 'sales'].map((team) => {
          const signature = signatures.find((other) => other.team === team);
          return (
            <p>
              <span>{signature ? `${signature.name}, ${signature.at.slice(0, 10)}` : ' '}</span>
              <small>For {team}</small>
            </p>
          );
        })}
      </div>
    </article>
  );
}
