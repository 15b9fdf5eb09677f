// Wrong uses do not.
import * as leadfit from 'leadfit';
import type { Lead, ScorecardFile } from 'leadfit';
import * as slim from 'leadfit/slim';

// @ts-expect-error the default entry brings its own wasm
leadfit.init();
// @ts-expect-error slim has to be given one
slim.init();
// @ts-expect-error only what is exported can be imported
import('leadfit/starting.js');
// @ts-expect-error scorecards are loaded
new leadfit.Scorecard();
// @ts-expect-error loading takes a while
leadfit.Scorecard.load('card.leadfit').evaluate({});

const card = await leadfit.Scorecard.load('card.leadfit');
// @ts-expect-error a lead is an object
card.evaluate('lead');
// @ts-expect-error a moment is no boolean
card.evaluate({}, { now: true });
// @ts-expect-error a scorecard cannot be changed
card.id = 'other';
// @ts-expect-error a grade is text
const grade: number = card.evaluate({}).grade;
// @ts-expect-error no such stage
const stage: boolean = card.evaluate({}).stage?.kind === 'hot';
// @ts-expect-error no such code
const code: boolean = new leadfit.LeadfitError([]).code === 'wrong';
// @ts-expect-error checking is for authors
leadfit.check('');

// @ts-expect-error a job title is text
const lead: Lead = { jobTitle: { name: 'CEO' } };
// @ts-expect-error an event needs a date
const events: Lead = { events: [{ type: 'pageView' }] };
// @ts-expect-error points are numbers
const bin: ScorecardFile.Bin = { points: '10' };
// @ts-expect-error no such test
const condition: ScorecardFile.Condition = { some: [] };
// @ts-expect-error one test at a time is written, under its name
const axis: ScorecardFile.Criterion['axis'] = 'interest';

console.log(grade, stage, code, lead, events, bin, condition, axis);
