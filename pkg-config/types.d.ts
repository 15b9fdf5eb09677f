// GENERATED from the Rust types by `UPDATE_GENERATED=1 cargo test`; `cargo test` fails when it is stale.

/**
 * The whole answer for one lead.
 */
export type Verdict = { 
/**
 * Disqualifiers that hold; a lead with any is no buyer.
 */
disqualified: Array<Disqualified>, 
/**
 * Engagement points, after limits.
 */
engagement: number, 
/**
 * Fit points, after limits.
 */
fit: number, 
/**
 * Names of the fit band and the engagement band, for example `A1`.
 */
grade: string, 
/**
 * Probability of a win, with four decimals, where the scorecard is calibrated.
 */
probability: number | null, 
/**
 * Questions that apply and are not answered.
 */
questions: Array<OpenQuestion>, 
/**
 * Least and most score that the unanswered facts still allow.
 */
range: Range, 
/**
 * Why the score is what it is; their points add up to it.
 */
reasons: Array<Reason>, 
/**
 * What a server needs to check this verdict.
 */
receipt: Receipt, 
/**
 * Where the lead goes.
 */
route: Destination, 
/**
 * Fit + engagement.
 */
score: number, 
/**
 * The scorecard that was applied.
 */
scorecard: CardOfVerdict, 
/**
 * What was derived from the facts.
 */
signals: Signals, 
/**
 * The stage, if any.
 */
stage: StageOfVerdict | null, 
/**
 * What the job title says, if there is one.
 */
title: Title | null, 
/**
 * Criteria whose bin is open.
 */
unknown: Array<UnknownCriterion>, 
/**
 * What the lead is worth, where the scorecard tells it.
 */
value: ValueOfVerdict | null, 
/**
 * What was odd about the lead.
 */
warnings: Array<Warning>, };

/**
 * A disqualifier that holds.
 */
export type Disqualified = { 
/**
 * Its id.
 */
id: string, 
/**
 * Its reason for people: a text or a map from language to text; `null` on a page.
 */
reason: Text | null, 
/**
 * The tests that decided it.
 */
why: Array<Evidence>, };

/**
 * A fact behind a reason or a decision.
 */
export type Evidence = { 
/**
 * The value that was found; `null` where it is unknown, or where no stage was reached.
 */
found: string | null, 
/**
 * The fact, the signal, the measure, or the test in words.
 */
of: string, 
/**
 * Truth of the test; `null` where it is no test.
 */
truth: "true" | "false" | "unknown" | null, };

/**
 * A question that applies and is not answered.
 */
export type OpenQuestion = { 
/**
 * Its id.
 */
id: string, 
/**
 * Whether the form cannot be sent without an answer.
 */
required: boolean, };

/**
 * Least and most score.
 */
export type Range = { 
/**
 * Most.
 */
high: number, 
/**
 * Least.
 */
low: number, };

/**
 * Why the score is what it is.
 */
export type Reason = { 
/**
 * The axis.
 */
axis: Axis, 
/**
 * The bin that applies, or `unknown`; `null` for a limit.
 */
bin: string | null, 
/**
 * The facts behind it.
 */
evidence: Array<Evidence>, 
/**
 * Id of the criterion; for a limit of the criterion, group or axis that has it.
 */
id: string, 
/**
 * Whether a criterion earned the points or a limit took them.
 */
kind: "criterion" | "limit", 
/**
 * For a limit: what it limits.
 */
limitOf: "criterion" | "group" | "axis" | null, 
/**
 * The points.
 */
points: number, };

/**
 * What a server needs to check this verdict. It is no secret and proves nothing by itself.
 */
export type Receipt = { 
/**
 * Engagement points.
 */
engagement: number, 
/**
 * Version of the engine.
 */
engine: string, 
/**
 * Fit points.
 */
fit: number, 
/**
 * Grade.
 */
grade: string, 
/**
 * The moment at which the lead was seen: RFC 3339.
 */
now: string, 
/**
 * The owner, where one was picked.
 */
owner: string | null, 
/**
 * Id of the route.
 */
route: string, 
/**
 * Score.
 */
score: number, 
/**
 * The scorecard.
 */
scorecard: ReceiptCard, 
/**
 * Id of the stage.
 */
stage: string | null, };

/**
 * The scorecard of a receipt.
 */
export type ReceiptCard = { 
/**
 * SHA-256 of its content.
 */
hash: string, 
/**
 * Its id.
 */
id: string, 
/**
 * Its revision.
 */
revision: number, };

/**
 * Where the lead goes.
 */
export type Destination = { 
/**
 * What the page does next.
 */
action: Action, 
/**
 * Whether no route matched.
 */
fallback: boolean, 
/**
 * Who follows up by when, one after the other.
 */
followUp: Array<FollowUp>, 
/**
 * Id of the route.
 */
id: string, 
/**
 * Routes before it that did not match.
 */
notMatched: Array<NotMatched>, 
/**
 * The tests that decided it.
 */
why: Array<Evidence>, };

/**
 * A step of the follow-up.
 */
export type FollowUp = { 
/**
 * By when to try each time, the first by `due`; `null` where no attempts are agreed, and on a
 * page.
 */
attempts: Array<string> | null, 
/**
 * By when to respond: RFC 3339 in UTC; `null` where no time is promised.
 */
due: string | null, 
/**
 * Who does it; `null` where nobody of the queue serves such leads.
 */
owner: PickedOwner | null, 
/**
 * The queue, where the route names one.
 */
queue: string | null, 
/**
 * The promised response time.
 */
sla: PlannedSla | null, 
/**
 * What is to be done; `null` on a page.
 */
task: Text | null, };

/**
 * An owner who was picked.
 */
export type PickedOwner = { 
/**
 * By what: the company's account, the queue's draw, or the route that names the owner.
 */
by: PickedBy, 
/**
 * How to reach the owner; `null` on a page.
 */
contact: Contact | null, 
/**
 * Id of the owner.
 */
id: string, 
/**
 * Whether the owner is there on the next working day; where nobody is, one who is away gets
 * the lead all the same.
 */
present: boolean, 
/**
 * The tests of the territory, and the domain or address that the owner was picked by.
 */
why: Array<Evidence>, };

/**
 * Why an owner got a lead.
 */
export type PickedBy = "account" | "queue" | "route";

/**
 * A route that did not match.
 */
export type NotMatched = { 
/**
 * Its id.
 */
id: string, 
/**
 * The tests that decided it.
 */
why: Array<Evidence>, };

/**
 * The scorecard of a verdict.
 */
export type CardOfVerdict = { 
/**
 * SHA-256 of its content.
 */
hash: string, 
/**
 * Its id.
 */
id: string, 
/**
 * Its revision.
 */
revision: number, 
/**
 * Whether both teams signed this content.
 */
signed: boolean, };

/**
 * What was derived from the facts; `null` where unknown.
 */
export type Signals = { 
/**
 * Place in the decision.
 */
buyingRole: BuyingRole | null, 
/**
 * Marketing channel.
 */
channel: Channel | null, 
/**
 * Whole days since the first event.
 */
daysSinceFirstEvent: number | null, 
/**
 * Whole days since the last event.
 */
daysSinceLastEvent: number | null, 
/**
 * Departments.
 */
departments: Array<Department> | null, 
/**
 * Domain of the email address.
 */
emailDomain: string | null, 
/**
 * Kind of the email address.
 */
emailKind: EmailKind | null, 
/**
 * Number of events.
 */
eventCount: number | null, 
/**
 * Level of the job.
 */
seniority: Level | null, 
/**
 * What else the job title tells.
 */
titleFlags: Array<Flag> | null, 
/**
 * What the job title tells of the person's situation.
 */
titleStatus: Status | null, };

/**
 * The stage of a lead.
 */
export type StageOfVerdict = { 
/**
 * Its id.
 */
id: string, 
/**
 * The standard stage that it is.
 */
kind: StageKind, 
/**
 * Whether leadfit suggests it; else people set it.
 */
suggested: boolean, 
/**
 * The team that owns it.
 */
team: Team | null, 
/**
 * The tests that decided it.
 */
why: Array<Evidence>, };

/**
 * What a job title says.
 */
export type Title = { 
/**
 * Departments, primary first.
 */
departments: TitleFinding<Department>, 
/**
 * What else it tells.
 */
flags: Array<Flag>, 
/**
 * Seniority level, at most one.
 */
level: TitleFinding<Level>, 
/**
 * What it tells of the person's situation.
 */
status: Status, 
/**
 * Part of the primary department.
 */
subRole: string | null, };

/**
 * What a job title says about one aspect.
 */
export type TitleFinding<W> = { 
/**
 * What else the same words may mean.
 */
alternatives: Array<W>, 
/**
 * How firmly the words settle it.
 */
certainty: Certainty, 
/**
 * Percent, 0 to 100.
 */
confidence: number, 
/**
 * The words of the title that it rests on.
 */
evidence: string, 
/**
 * What holds, primary first; the best guess unless resolved.
 */
values: Array<W>, };

/**
 * A criterion whose bin is open.
 */
export type UnknownCriterion = { 
/**
 * Most points that it may bring.
 */
high: number, 
/**
 * Its id.
 */
id: string, 
/**
 * Least points that it may bring.
 */
low: number, };

/**
 * What a lead is worth.
 */
export type ValueOfVerdict = { 
/**
 * In minor units of the currency.
 */
amountMinor: number, 
/**
 * How many attempts to reach the lead earn more than they cost: 0 for a disqualified one;
 * `null` where cost or odds are not stated, and on a page.
 */
breakEvenAttempts: number | null, 
/**
 * ISO 4217 code.
 */
currency: string, 
/**
 * How it was worked out.
 */
method: ValueMethod, 
/**
 * The segment, if any matched.
 */
segment: string | null, };

/**
 * Something odd about a lead, that did not stop the verdict.
 */
export type Warning = { 
/**
 * The fact, the aggregate, the calendar, or `events`.
 */
at: string, 
/**
 * What was odd.
 */
code: WarningCode, 
/**
 * What was found, shortened to 80 characters.
 */
found: string, };

/**
 * What was odd about a lead. None of these stops a verdict.
 */
export type WarningCode = "wrongType" | "notFinite" | "notAChoice" | "badDate" | "tooLong" | "unreadable" | "badEvent" | "eventInFuture" | "aggregateWithoutDate" | "answerDisagreesWithTitle" | "zonePastHorizon";

/**
 * What to ask next, and when to stop.
 */
export type QuestionPlan = { 
/**
 * What to ask now, the best first.
 */
ask: Array<QuestionToAsk>, 
/**
 * Ids of the routes that are still possible, in the order of the file, then the fallbacks.
 */
destinations: Array<string>, 
/**
 * Most questions that are yet to be asked; it never grows with an answer.
 */
remaining: number, 
/**
 * Whether no answer can change the route any more. Required questions may still be open.
 */
settled: boolean, };

/**
 * A question to ask now.
 */
export type QuestionToAsk = { 
/**
 * Its id.
 */
id: string, 
/**
 * Values of its options in the order to offer; absent where it has none.
 */
options?: Array<string>, 
/**
 * Whether the form cannot be sent without an answer.
 */
required: boolean, 
/**
 * Ids of the routes that hang on it; none where it is asked only because it must be answered.
 */
separates: Array<string>, };

/**
 * All texts of a compiled scorecard. Lists stand in the order of the program.
 */
export type Texts = { 
/**
 * Names of the aggregates, in the order of a frame.
 */
aggregates: Array<string>, 
/**
 * Names of the bands of fit and engagement, from the highest.
 */
bands: [Array<string>, Array<string>], 
/**
 * Which scorecard it is.
 */
card: CardTexts, 
/**
 * The criteria.
 */
criteria: Array<CriterionTexts>, 
/**
 * ISO 4217 code of the currency, where it is told what leads are worth.
 */
currency: string | null, 
/**
 * The disqualifiers.
 */
disqualifiers: Array<DisqualifierTexts>, 
/**
 * Of each segment, then of all other leads, how many attempts are worth making; empty on a
 * page.
 */
breakEven: Array<number | null>, 
/**
 * Ids of the calendars.
 */
calendars: Array<string>, 
/**
 * The facts, in the order of a frame.
 */
facts: Array<FactTexts>, 
/**
 * The groups.
 */
groups: Array<GroupTexts>, 
/**
 * What each measure measures.
 */
measures: Array<string>, 
/**
 * Under which names forms, CRMs and spreadsheets send what.
 */
names: Names, 
/**
 * The owners.
 */
owners: Array<OwnerTexts>, 
/**
 * Properties of events, in the order of a frame.
 */
properties: Array<string>, 
/**
 * The questions, in the order of the file and of a frame.
 */
questions: Array<Question>, 
/**
 * The routes; then where leads go that no route matches, and where such leads go if they are
 * disqualified.
 */
routes: Array<RouteTexts>, 
/**
 * Ids of the segments.
 */
segments: Array<string>, 
/**
 * The stages.
 */
stages: Array<StageTexts>, 
/**
 * The tests in words, for example `company.employees at least 50`.
 */
tests: Array<string>, 
/**
 * Version of the time zone database that its calendars rest on, where it has any.
 */
timeZones: string | null, };

/**
 * Which scorecard it is.
 */
export type CardTexts = { 
/**
 * Language of plain texts.
 */
defaultLanguage: string, 
/**
 * SHA-256 of its canonical content in hexadecimal.
 */
hash: string, 
/**
 * Its id.
 */
id: string, 
/**
 * Its revision.
 */
revision: number, 
/**
 * Whether both teams signed this content.
 */
signed: boolean, };

/**
 * A criterion.
 */
export type CriterionTexts = { 
/**
 * Its axis.
 */
axis: Axis, 
/**
 * Of each bin its label, or its range or values in words.
 */
bins: Array<string>, 
/**
 * Its id.
 */
id: string, };

/**
 * A disqualifier.
 */
export type DisqualifierTexts = { 
/**
 * Its id.
 */
id: string, 
/**
 * Its reason for people: a text or a map from language to text; `null` on a page.
 */
reason: Text | null, };

/**
 * A fact.
 */
export type FactTexts = { 
/**
 * Allowed values of a choice or of a list's members.
 */
choices: Array<string>, 
/**
 * Its id; `company.employees` is read from `employees` inside `company`.
 */
id: string, 
/**
 * Other names under which it may stand in a lead.
 */
names: Array<string>, };

/**
 * A group.
 */
export type GroupTexts = { 
/**
 * Its axis.
 */
axis: Axis, 
/**
 * Its id.
 */
id: string, };

/**
 * A question.
 */
export type Question = { 
/**
 * The fact that it settles.
 */
fact: string, 
/**
 * Forms that ask it; all where empty.
 */
forms: Array<string>, 
/**
 * Its id, also the name of its form field.
 */
id: string, 
/**
 * Whether the form cannot be sent without an answer.
 */
required: boolean, 
/**
 * Field, label, help, options and consent.
 */
view: QuestionView, };

/**
 * A route.
 */
export type RouteTexts = { 
/**
 * What the page does next.
 */
action: Action, 
/**
 * Who follows up by when, one after the other.
 */
followUp: Array<PlannedFollowUp>, 
/**
 * Its id.
 */
id: string, };

/**
 * A stage.
 */
export type StageTexts = { 
/**
 * Its id.
 */
id: string, 
/**
 * The standard stage that it is.
 */
kind: StageKind, 
/**
 * The team that owns it.
 */
team: Team, };

/**
 * Where in a lead a named value belongs: `jobTitle`, `company.employees`, `answers.budget`,
 * `aggregates.pageViews`.
 */
export type Names = { 
/**
 * By name without case and punctuation.
 */
bare: { [key in string]: string }, 
/**
 * By name as it is; goes first, and holds only what `bare` would answer otherwise.
 */
exact: { [key in string]: string }, };

/**
 * A question as a form shows it.
 */
export type QuestionView = { 
/**
 * What the visitor consents to.
 */
consent: Consent | null, 
/**
 * The kind of field.
 */
field: Field, 
/**
 * A hint below the field.
 */
help: Text | null, 
/**
 * The question as the visitor reads it.
 */
label: Text, 
/**
 * The answers to choose from.
 */
options: Array<OptionView>, };

/**
 * An answer as a form shows it.
 */
export type OptionView = { 
/**
 * The answer as the visitor reads it.
 */
label: Text, 
/**
 * Its value in the form's data.
 */
value: string, };

/**
 * One step of the follow-up as it was agreed.
 */
export type PlannedFollowUp = { 
/**
 * The owner, where the route names one.
 */
owner: string | null, 
/**
 * The queue, where the route names one.
 */
queue: string | null, 
/**
 * The promised response time.
 */
sla: PlannedSla | null, 
/**
 * What is to be done; `null` on a page.
 */
task: Text | null, };

/**
 * A promised response time.
 */
export type PlannedSla = { 
/**
 * How often and how long to try; `null` on a page.
 */
attempts: Attempts | null, 
/**
 * Who takes over when the time has passed; `null` on a page.
 */
escalateTo: string | null, 
/**
 * Its id.
 */
id: string, 
/**
 * Minutes of working time until the first response.
 */
respondWithinMinutes: number, };

/**
 * An owner.
 */
export type OwnerTexts = { 
/**
 * How to reach the owner; `null` on a page.
 */
contact: Contact | null, 
/**
 * The id.
 */
id: string, };

/**
 * How to reach an owner; what the scorecard does not say is `null`.
 */
export type Contact = { 
/**
 * Id in the CRM.
 */
crmId: string | null, 
/**
 * Email address.
 */
email: string | null, 
/**
 * Name for people.
 */
name: string | null, 
/**
 * Public key by which a receiver can seal a handoff for this owner.
 */
publicKey: string | null, };

/**
 * Something wrong in an input: where, what was found, what was expected, how to mend it.
 */
export type Problem = { 
/**
 * RFC 6901 JSON pointer to the place, `""` for the whole input.
 */
at: string, 
/**
 * What kind of fault this is.
 */
code: Code, 
/**
 * Whether the scorecard can still be used.
 */
severity: Severity, 
/**
 * Line of the place, from 1, where the input is text.
 */
line?: number, 
/**
 * Column of the place in characters, from 1, where the input is text.
 */
column?: number, 
/**
 * What was found, shortened to at most 80 characters.
 */
found: string, 
/**
 * What was expected instead.
 */
expected: string, 
/**
 * What to do about it, as an imperative sentence without a full stop.
 */
help: string, };

/**
 * What kind of fault a problem reports: the only part of a problem to branch on.
 */
export type Code = "notJson" | "tooLarge" | "formatTooNew" | "wrongType" | "unknownKey" | "unknownChoice" | "missingKey" | "duplicateKey" | "duplicateId" | "badId" | "unknownReference" | "notAllowedHere" | "wrongComparison" | "overlap" | "gap" | "outOfOrder" | "outOfRange" | "badDate" | "unsafeLink" | "noFallback" | "noShare" | "noWorkingHours" | "neverReached" | "neverFires" | "worthless" | "scoredTwice" | "limitBelowBin" | "straddlesEdge" | "unused" | "staleSignature" | "notAProgram" | "programTooNew" | "compiledScorecardNeeded" | "leadNotObject" | "badNow" | "notReady" | "notLoaded" | "internal";

/**
 * How bad a problem is.
 */
export type Severity = "error" | "warning";

/**
 * What checking the text of a scorecard tells.
 */
export type Checked = { 
/**
 * All that is wrong, by place in the text: errors, and warnings that do not block.
 */
problems: Array<Problem>, 
/**
 * Which scorecard it is; `null` where a problem is an error.
 */
card: CheckedCard | null, };

/**
 * Which scorecard was checked.
 */
export type CheckedCard = { 
/**
 * SHA-256 of its content, without the agreement: what signatures are over.
 */
hash: string, 
/**
 * Its id.
 */
id: string, 
/**
 * Its revision.
 */
revision: number, 
/**
 * Whether both teams signed this content.
 */
signed: boolean, };

/**
 * One change between two scorecards.
 */
export type Change = { 
/**
 * RFC 6901 JSON pointer into the new file; into the old one for what was removed.
 */
at: string, 
/**
 * What happened.
 */
kind: ChangeKind, 
/**
 * The change in plain words.
 */
words: string, };

/**
 * What happened to a part of a scorecard.
 */
export type ChangeKind = "added" | "removed" | "changed" | "moved";

/**
 * A column and what it means to the scorecard.
 */
export type Column = { 
/**
 * Its header.
 */
name: string, 
/**
 * The fact, question or aggregate that it fills, or `id` where it names the leads; `null`
 * where the scorecard does not know it.
 */
means: string | null, 
/**
 * Whether the scorecard reads it.
 */
read: boolean, };

/**
 * How to learn. Every wish has a sensible default.
 */
export type LearnOptions = { 
/**
 * From 0, the closest fit, to 1, the fewest rules or changes. Default 0.5.
 */
simplicity?: number, 
/**
 * Most points of a bin of a new criterion, from 1 to 1,000. Default 20.
 */
cap?: number, 
/**
 * Most rules of new criteria together. Default 100.
 */
rules?: number, 
/**
 * Share of the leads that sales can take up, above 0 and up to 1. Default: 0.2.
 */
capacity?: number, 
/**
 * The moment of learning, in milliseconds since 1970: its date stands in the calibration, and
 * leads without a date are judged at it.
 */
now?: number, 
/**
 * What counts as success: `won` (default), or `accepted` by sales.
 */
goal?: string, 
/**
 * The column with the outcome. Default: the first that is called so.
 */
outcome?: string, 
/**
 * The column with the date at which a lead came in. Default: the first that is called so.
 */
created?: string, 
/**
 * The column with the date of the outcome. Default: the first that is called so.
 */
closed?: string, 
/**
 * The column with the amount of money. Default: the first that is called so.
 */
amount?: string, 
/**
 * The column with the reason for which sales rejected a lead. Default: the first that is called so.
 */
reason?: string, 
/**
 * Days after which a lead counts half. Default: all count alike.
 */
halfLifeDays?: number, 
/**
 * Whether unknown facts may get points. Default true.
 */
unknownPoints?: boolean, 
/**
 * Whether combinations of two new facts may become criteria, where chance does not explain them.
 * Default false.
 */
combinations?: boolean, 
/**
 * Whether facts that are not scored yet may become criteria. Default true.
 */
newCriteria?: boolean, };

/**
 * Points that outcomes propose. Nothing is applied by itself.
 */
export type Proposal = { 
/**
 * What it was learned from.
 */
learnedFrom: LearnedFrom, 
/**
 * How much the outcomes tell at all.
 */
signal: LearnedSignal, 
/**
 * Criteria with their points, the weightiest first.
 */
criteria: Array<CriterionProposal>, 
/**
 * What was measured on leads that were not fitted to; `null` where there are too few.
 */
measured: Measured | null, 
/**
 * From score to probability, with all proposed points.
 */
calibration: CalibrationProposal, 
/**
 * Leads at the MQL threshold, where the scorecard has one.
 */
volume: Volume | null, 
/**
 * Money, where amounts are known.
 */
money: Money | null, 
/**
 * What may be known only after the outcome, in words.
 */
leaks: Array<Leak>, 
/**
 * What sales said of rejected leads, by criterion.
 */
feedback: Array<Feedback>, 
/**
 * All that an author should know besides, in words.
 */
notes: Array<string>, 
/**
 * Everything above in plain words, as lines of text.
 */
report: string, };

/**
 * What a proposal was learned from.
 */
export type LearnedFrom = { 
/**
 * Leads that were won.
 */
won: number, 
/**
 * Leads that were lost.
 */
lost: number, 
/**
 * Leads without an outcome yet.
 */
open: number, 
/**
 * Leads too young to be judged: left out, won or lost.
 */
immature: number, 
/**
 * Leads that count: what they weigh together, as so many leads of equal weight.
 */
effective: number, 
/**
 * Days after which the weight of a lead has halved; `null` where all count alike.
 */
halfLifeDays: number | null, 
/**
 * Share of the proposal that is present points and not outcomes, from 0 to 1.
 */
prior: number, };

/**
 * How much the outcomes tell.
 */
export type LearnedSignal = { 
/**
 * `none`, `weak` or `clear`.
 */
strength: Strength, 
/**
 * Share of the log-loss that the proposed points explain, on leads that were not fitted to.
 */
explained: number, 
/**
 * Its 90 % interval.
 */
interval: [number, number], };

/**
 * How much outcomes tell.
 */
export type Strength = "none" | "weak" | "clear";

/**
 * One criterion of a proposal.
 */
export type CriterionProposal = { 
/**
 * Its id.
 */
id: string, 
/**
 * Its name for people.
 */
label: string, 
/**
 * Whether the scorecard does not have it yet.
 */
added: boolean, 
/**
 * How far it spreads leads: the standard deviation of its points.
 */
weight: number, 
/**
 * Its bins.
 */
bins: Array<BinProposal>, 
/**
 * The whole criterion, where it is new.
 */
criterion: ScorecardFile.Criterion | null, 
/**
 * The facts that a new criterion is on, where they have to be declared.
 */
facts: Array<ScorecardFile.Fact>, };

/**
 * One bin of a proposal.
 */
export type BinProposal = { 
/**
 * Which one it is: a place among the bins of the criterion.
 */
place: BinPlace, 
/**
 * The bin in words.
 */
label: string, 
/**
 * Present points; `null` where the criterion is new.
 */
old: number | null, 
/**
 * Proposed points.
 */
points: number, 
/**
 * 90 % interval of the points; `null` for the bin that the others are measured against.
 */
interval: [number, number] | null, 
/**
 * Leads with an outcome in this bin, by weight.
 */
leads: number, 
/**
 * How many of them were won, by weight.
 */
won: number, 
/**
 * Share of the points that outcomes decided; the rest is the present points, or caution.
 */
evidence: number, 
/**
 * Why, in plain words.
 */
why: string, };

/**
 * Where points stand in a criterion.
 */
export type BinPlace = { "bin": number } | "true" | "false" | "unknown";

/**
 * Measures of the present and of the proposed points.
 */
export type Measured = { 
/**
 * Whether they were fitted to earlier leads and measured on later ones; else parts were held out
 * in turn.
 */
forward: boolean, 
/**
 * Leads that were measured on.
 */
leads: number, 
/**
 * Share of the leads that sales can take up, for `recall`.
 */
capacity: number, 
/**
 * The present points; `null` where there are none.
 */
present: Measures | null, 
/**
 * The proposed points.
 */
proposed: Measures, 
/**
 * 90 % interval of the log-loss that the proposal takes off; `null` without present points.
 */
gain: [number, number] | null, };

/**
 * How good points are.
 */
export type Measures = { 
/**
 * Chance that a won lead ranks above a lost one.
 */
auc: number, 
/**
 * Mean log-loss of the probabilities.
 */
logLoss: number, 
/**
 * Expected calibration error.
 */
calibrationError: number, 
/**
 * Share of all wins among the best leads that sales can take up.
 */
recall: number, 
/**
 * Share of all money won among the best leads that sales can take up; `null` where amounts are
 * not known.
 */
moneyRecall: number | null, };

/**
 * From score to probability.
 */
export type CalibrationProposal = { 
/**
 * What the scorecard would hold.
 */
curve: ScorecardFile.Calibration, 
/**
 * Leads in tenths by probability, held out where that was possible.
 */
tenths: Array<TenthProposal>, 
/**
 * Half of the 90 % interval of the probability of a typical lead; `null` where unknown.
 */
typicalError: number | null, };

/**
 * A tenth of the leads.
 */
export type TenthProposal = { 
/**
 * Leads, by weight.
 */
leads: number, 
/**
 * Share that the curve predicts.
 */
predicted: number, 
/**
 * Share that was won.
 */
observed: number, 
/**
 * 90 % interval of the observed share.
 */
interval: [number, number], };

/**
 * Leads at a threshold.
 */
export type Volume = { 
/**
 * Share of the leads that are suggested as MQL with the present points.
 */
present: number, 
/**
 * The same with the proposed points and the same thresholds.
 */
proposed: number, 
/**
 * The present threshold on the score, where there is one.
 */
threshold: number | null, 
/**
 * The threshold that keeps the present share, with the proposed points.
 */
keeps: number | null, };

/**
 * Expected money.
 */
export type Money = { 
/**
 * Money won among the leads that were held out, as the amounts have it.
 */
won: number, 
/**
 * What the probabilities promised of it.
 */
expected: number, 
/**
 * 90 % interval of what was promised: chance of each lead, and how sure the points are.
 */
interval: [number, number], 
/**
 * What the open leads promise; `null` where none are open.
 */
open: number | null, 
/**
 * Its 90 % interval.
 */
openInterval: [number, number] | null, };

/**
 * A column that may be known only after the outcome.
 */
export type Leak = { 
/**
 * The criterion or column.
 */
id: string, 
/**
 * Why, in plain words.
 */
why: string, };

/**
 * One reason for which sales rejected leads.
 */
export type Feedback = { 
/**
 * The reason as it was given.
 */
reason: string, 
/**
 * Leads that were rejected for it.
 */
leads: number, 
/**
 * The criterion in whose bin they are over-represented most.
 */
criterion: string | null, 
/**
 * In plain words.
 */
words: string, };

/**
 * What to take over of a proposal.
 */
export type Accepted = "all" | { "criterion": string } | { "bin": BinChoice };

/**
 * One bin of a criterion.
 */
export type BinChoice = { 
/**
 * The criterion, by id.
 */
criterion: string, 
/**
 * The bin.
 */
place: BinPlace, };

/**
 * What points tell: who they are, or what they did.
 */
export type Axis = "fit" | "engagement";

/**
 * The standard lifecycle stages.
 */
export type StageKind = "subscriber" | "lead" | "mql" | "pql" | "sal" | "sql" | "opportunity" | "customer" | "recycled" | "disqualified";

/**
 * A team that owns stages and signs agreements.
 */
export type Team = "marketing" | "sales";

/**
 * The type of a fact's values.
 */
export type FactType = "text" | "number" | "boolean" | "choice" | "list" | "date";

/**
 * The kind of a form field.
 */
export type Field = "text" | "email" | "tel" | "number" | "url" | "choice" | "choices" | "consent" | "jobTitle" | "country" | "date";

/**
 * How the value of a lead is worked out.
 */
export type ValueMethod = "segment" | "calibrated";

/**
 * A fact that is derived from others.
 */
export type Signal = "seniority" | "departments" | "buyingRole" | "titleStatus" | "titleFlags" | "emailKind" | "emailDomain" | "channel" | "eventCount" | "daysSinceFirstEvent" | "daysSinceLastEvent";

/**
 * A channel of GA4's default channel group, in the order in which its rules are tried.
 */
export type Channel = "direct" | "crossNetwork" | "paidShopping" | "paidSearch" | "paidSocial" | "paidVideo" | "display" | "paidOther" | "aiAssistant" | "organicShopping" | "organicSocial" | "organicVideo" | "organicSearch" | "referral" | "email" | "affiliates" | "audio" | "sms" | "mobilePushNotifications" | "unassigned";

/**
 * Kinds of email address. The first that fits, from the last to the first, is the kind.
 */
export type EmailKind = "work" | "roleAddress" | "free" | "disposable" | "invalid";

/**
 * Seniority level, highest first.
 */
export type Level = "owner" | "founder" | "c_suite" | "partner" | "vp" | "head" | "director" | "manager" | "senior" | "staff" | "entry" | "intern";

/**
 * Department, or the field a person works in.
 */
export type Department = "executive" | "engineering" | "it" | "data" | "product" | "design" | "marketing" | "sales" | "support" | "finance" | "hr" | "legal" | "operations" | "procurement" | "project" | "consulting" | "admin" | "research" | "medical" | "education" | "media" | "public" | "trades";

/**
 * Place in the buying decision.
 */
export type BuyingRole = "decision_maker" | "economic_buyer" | "executive_sponsor" | "champion" | "influencer" | "technical_evaluator" | "legal_compliance" | "end_user" | "gatekeeper" | "not_a_buyer";

/**
 * What else a title tells about its holder.
 */
export type Flag = "board" | "deputy" | "assistant_to" | "former" | "interim" | "freelance" | "multiple_roles" | "manages_people";

/**
 * What the title says of the person's working life.
 */
export type Status = "employed" | "student" | "retired" | "unemployed" | "junk" | "empty" | "unknown";

/**
 * How firmly a title settles level or departments.
 */
export type Certainty = "resolved" | "ambiguous" | "unknownWords" | "otherLanguage" | "junk" | "nothing";

/** A value of a fact as forms, CRMs and scripts give it. What a fact cannot be gives a warning and counts as unknown. */
export type Given = string | number | bigint | boolean | Date | null | undefined | NumberRange | ReadonlyArray<string | number | boolean | null>;

/** A number of which only the range is known: `from` counts, `to` does not, an absent end is open. */
export type NumberRange = { from: number, to?: number | null } | { from?: number | null, to: number };

/** Something that the lead did. */
export type LeadEvent = {
/** What it was, for example `pageView`. */
type: string,
/** When: a date, RFC 3339 text, or milliseconds since 1970. */
at: Date | string | number,
/** Properties that the scorecard may read, for example `path`. */
[property: string]: unknown };

/** What was counted elsewhere in place of single events. */
export type LeadAggregate = number | string | null | {
/** The measure. */
value: number | string,
/** When the newest of the events was. */
lastAt?: Date | string | number | null };

/** What is known of one person. Every fact may be missing; a scorecard may declare others. */
export type Lead = {
/** Email. */
email?: string | number | null,
/** First name. */
firstName?: string | number | null,
/** Last name. */
lastName?: string | number | null,
/** Phone. */
phone?: string | number | null,
/** Job title. */
jobTitle?: string | number | null,
/** Seniority. */
seniority?: Level | (string & {}) | null,
/** Department. */
department?: ReadonlyArray<string> | string | null,
/** Role in the decision. */
buyingRole?: BuyingRole | (string & {}) | null,
company?: {
/** Company. */
name?: string | number | null,
/** Company domain. */
domain?: string | number | null,
/** Number of employees. */
employees?: number | bigint | string | NumberRange | null,
/** Annual revenue. */
revenue?: number | bigint | string | NumberRange | null,
/** Industry. */
industry?: string | number | null,
/** Country. */
country?: string | number | null,
/** State or region. */
region?: string | number | null,
[fact: string]: unknown } | string | null,
/** Timeline. */
timeline?: string | number | null,
/** Budget. */
budget?: number | bigint | string | NumberRange | null,
/** Language. */
language?: string | number | null,
/** Form. */
form?: string | number | null,
/** Offer. */
offer?: string | number | null,
/** Stage in the CRM. */
stage?: string | number | null,
/** Consent. */
consent?: boolean | string | number | null,
attribution?: {
/** Source. */
source?: string | number | null,
/** Medium. */
medium?: string | number | null,
/** Campaign. */
campaign?: string | number | null,
/** Search term. */
term?: string | number | null,
/** Content. */
content?: string | number | null,
/** Referrer. */
referrer?: string | number | null,
/** Landing page. */
landingPage?: string | number | null,
/** Click id. */
clickId?: string | number | null,
[fact: string]: unknown } | null,
/** Answers to the scorecard's questions, by id. */
answers?: { [question: string]: Given } | null,
/** What the lead did. Absent: nobody observed it; empty: nothing. */
events?: ReadonlyArray<LeadEvent> | null,
/** What was counted elsewhere, by the name that the scorecard gives the measure. */
aggregates?: { [name: string]: LeadAggregate } | null,
[fact: string]: unknown };

export type Action = ScorecardFile.Action;

export type Attempts = ScorecardFile.Attempts;

export type Consent = ScorecardFile.Consent;

export type Text = ScorecardFile.Text;

/** A scorecard: what marketing and sales agreed a good lead is, where it goes, and by when. */
export type ScorecardFile = ScorecardFile.Scorecard;

/** The parts of a scorecard file. */
export namespace ScorecardFile {
/** A scorecard: what marketing and sales agreed a good lead is, where it goes, and by when. */
export type Scorecard = {
/** Where the JSON Schema of this format lies, so that editors complete and check the file. */
$schema?: string,
/** Version of the format: 1. */
leadfit: number,
/** Name of the scorecard in receipts and reports, for example `acme-b2b`. */
id: string,
/** Number of this revision, from 1; raise it with every change that is signed. */
revision: number,
/** Title for people. */
title: Text,
/** What the scorecard is for. */
description?: Text,
/** Language (BCP 47) of texts that are given without one. Default `en`. */
defaultLanguage?: string,
/** Who signed this revision, when to review it, and what both teams promise. */
agreement?: Agreement,
/** Facts beside the standard ones, or more names and choices for standard ones. */
facts?: ReadonlyArray<Fact>,
/** How job titles are understood. */
titles?: Titles,
/** Groups of criteria whose points together are limited. */
groups?: ReadonlyArray<Group>,
/** What is scored. At most 200. */
criteria?: ReadonlyArray<Criterion>,
/** Limits of the two axes. */
limits?: AxisLimits,
/** Conditions that make a lead no buyer, each with a reason. */
disqualify?: ReadonlyArray<Disqualifier>,
/** Ranges of each axis; the names of both together are the grade. Without them A to D
 * (fit) and 1 to 4 (engagement) at 75, 50 and 25 points. */
bands?: Bands,
/** The stages of a lead, from first to last. */
stages?: ReadonlyArray<Stage>,
/** What may be asked of a visitor, in the preferred order. At most 50. */
questions?: ReadonlyArray<Question>,
/** What must be certain before a form asks no more. Default `route`. */
askUntil?: AskUntil,
/** Working hours, time zones and days off. */
calendars?: ReadonlyArray<Calendar>,
/** People who pick leads up. */
owners?: ReadonlyArray<Owner>,
/** Shared lists of leads, and who takes which share of them. */
queues?: ReadonlyArray<Queue>,
/** Companies that already have an owner. */
accounts?: ReadonlyArray<Account>,
/** Promised response times. */
sla?: ReadonlyArray<Sla>,
/** Where leads go: the first route that matches wins. At most 50. */
routes?: ReadonlyArray<Route>,
/** Where a lead goes when no route matches. */
fallback: Fallback,
/** What a lead is worth. */
value?: Value,
/** From score to probability, where it was fitted on outcomes. */
calibration?: Calibration,
};

/** A text for people: one text, or a map from language (BCP 47) to text. */
export type Text = string | { [key: string]: string };

/** What marketing and sales agreed on. */
export type Agreement = {
/** When both teams look at the scorecard again: a date such as `2027-01-15`. */
reviewOn?: string,
/** Who signed. The scorecard is signed when each team has one signature over this content. */
signatures?: ReadonlyArray<Signature>,
/** What both teams promise for a period. */
goals?: Goals,
/** Notes of the meeting. */
notes?: Text,
};

/** A signature records consent; it is no cryptographic proof. */
export type Signature = {
/** The team for which the person signs. */
team: Team,
/** Name of the person. */
name: string,
/** When: RFC 3339 with time zone. */
at: string,
/** Hash of the content that was signed, as `leadfit check` prints it. */
contentHash: string,
};

/** What both teams promise for a period. */
export type Goals = {
/** The period. */
period: Period,
/** ISO 4217 code of the currency. */
currency: string,
/** Revenue that both work for, in minor units. */
revenueTargetMinor?: number,
/** What marketing promises. */
marketing?: MarketingPromise,
/** What sales promises. */
sales?: SalesPromise,
/** Share of leads on a route that shall convert. */
conversion?: ReadonlyArray<ConversionGoal>,
};

/** A period of the agreement. */
export type Period = "month" | "quarter" | "year";

/** What marketing promises for a period. */
export type MarketingPromise = {
/** Number of qualified leads. */
qualifiedLeads: number,
/** What they are worth together, in minor units. */
valueMinor?: number,
};

/** What sales promises. */
export type SalesPromise = {
/** Minutes of working time until the first response. */
respondWithinMinutes: number,
/** Attempts before a lead is given up. */
attempts: number,
};

/** Share of leads on a route that shall convert. */
export type ConversionGoal = {
/** The route. */
route: string,
/** Share in percent, from 0 to 100. */
targetPercent: number,
};

/** A fact of a lead: what it is called and which values it may have.
 * 
 * A declaration with the id of a standard fact adds names and choices to it. */
export type Fact = {
/** Name of the fact. Letters, digits, `_`, `-` and `.`; `company.employees` is read from
 * `employees` inside `company`. */
id: string,
/** Type of its values; a standard fact keeps its own. */
type?: FactType,
/** Label for people. */
label?: Text,
/** Allowed values of a `choice`, or of the members of a `list`. */
choices?: ReadonlyArray<Choice>,
/** Other names under which forms and CRMs send it, for example `numemployees`. */
from?: ReadonlyArray<string>,
/** The axis on which learning puts a new criterion on this fact. Default `fit`. */
axis?: Axis,
};

/** One allowed value of a choice. */
export type Choice = {
/** The value as it stands in a lead. */
value: string,
/** Label for people; the value itself where absent. */
label?: Text,
/** Other spellings under which forms and CRMs send it. Compared folded: case and accents do
 * not count. */
from?: ReadonlyArray<string>,
};

/** How job titles are understood. */
export type Titles = {
/** The departments that buy what you sell; they decide the buying role. */
targetDepartments?: ReadonlyArray<Department>,
};

/** A group of criteria on one axis whose points together are limited. */
export type Group = {
/** Name of the group. */
id: string,
/** Label for people. */
label?: Text,
/** The axis of all its criteria. */
axis: Axis,
/** Least and most points of all its criteria together. */
limit: Limit,
};

/** Least and most points; at least one of the two. */
export type Limit = {
/** Least points. */
min?: number,
/** Most points. */
max?: number,
};

/** One thing that is scored. Exactly one bin applies, or the criterion is unknown. */
export type Criterion = {
/** Name of the criterion in reasons and reports. */
id: string,
/** Label for people; the id where absent. */
label?: Text,
/** Whether it tells who they are (`fit`) or what they did (`engagement`). */
axis: Axis,
/** The group whose limit it shares. */
group?: string,
/** What is scored. */
on: Subject,
/** The bins; for a condition `true` and `false` stand instead, for events perhaps `perEvent`. */
bins?: ReadonlyArray<Bin>,
/** Points where the condition holds. */
true?: number,
/** Points where the condition does not hold. Default 0. */
false?: number,
/** Points for every single event that counts, instead of bins. */
perEvent?: PerEvent,
/** How the points of events fade with their age. */
decay?: Decay,
/** Points where it is unknown which bin applies. Default 0. */
unknown?: number,
/** Least and most points of this criterion. */
limit?: Limit,
/** Which way the points must go with rising values; learning holds it exactly. */
direction?: Direction,
};

/** What a criterion scores. */
export type Subject = {
fact: string,
} | {
signal: Signal,
} | {
daysSince: string,
} | {
events: Events,
} | {
condition: Condition,
};

/** Which events count, and what is counted of them. */
export type Events = {
/** Types of the events, for example `pageView` or `demoRequest`. */
types: ReadonlyArray<string>,
/** Tests of an event's properties; all must hold. */
where?: ReadonlyArray<PropertyTest>,
/** Only events of the last so many days count. */
withinDays?: number,
/** What is measured. Default `count`. */
measure?: Measure,
/** Name under which a CSV file or a warehouse gives this measure instead of single events. */
aggregate?: string,
};

/** A test of one property of an event. All comparisons that are given must hold. */
export type PropertyTest = {
/** The property, for example `path`. */
property: string,
/** Equal to one of these. */
in?: ReadonlyArray<Scalar>,
/** At least this number. */
atLeast?: number,
/** Below this number. */
below?: number,
/** Holds one of these texts; case and accents do not count. */
contains?: ReadonlyArray<string>,
/** Starts with one of these; case and accents do not count. */
startsWith?: ReadonlyArray<string>,
/** Ends with one of these; case and accents do not count. */
endsWith?: ReadonlyArray<string>,
};

/** A plain value: text, number or boolean. */
export type Scalar = string | number | boolean;

/** What is measured of the events that count. */
export type Measure = "count" | {
distinct: string,
} | "daysSinceLast";

/** A condition: true, false, or unknown where a fact that it needs is unknown.
 * 
 * Unknown counts as not matched. Tests of score, grade and stage may stand only where those are
 * decided already: not in criteria, disqualifiers, questions and territories. */
export type Condition = {
all: ReadonlyArray<Condition>,
} | {
any: ReadonlyArray<Condition>,
} | {
not: Condition,
} | {
atLeast: AtLeast,
} | {
fact: Test,
} | {
signal: SignalTest,
} | {
daysSince: Test,
} | {
events: EventTest,
} | {
score: PointsTest,
} | {
fit: PointsTest,
} | {
engagement: PointsTest,
} | {
band: BandTest,
} | {
grade: NameTest,
} | {
stage: NameTest,
};

/** At least `n` of several conditions. */
export type AtLeast = {
/** How many must hold: from 1 to the number of conditions. */
n: number,
/** The conditions. */
of: ReadonlyArray<Condition>,
};

/** A test of a fact. All comparisons that are given must hold. */
export type Test = {
/** The fact. */
id: string,
/** Equal to this. For a list: one of its members is. */
is?: Scalar,
/** Equal to one of these. For a list: one of its members is. */
in?: ReadonlyArray<Scalar>,
/** At least this number. */
atLeast?: number,
/** Above this number. */
above?: number,
/** At most this number. */
atMost?: number,
/** Below this number. */
below?: number,
/** Holds this text, or one of these; case and accents do not count. */
contains?: ReadonlyArray<string>,
/** Holds one of these as whole words; case and accents do not count. */
containsWord?: ReadonlyArray<string>,
/** Starts with one of these; case and accents do not count. */
startsWith?: ReadonlyArray<string>,
/** Ends with one of these; case and accents do not count. */
endsWith?: ReadonlyArray<string>,
/** Whether the fact is known at all (`true`) or unknown (`false`). */
known?: boolean,
};

/** A test of a signal. All comparisons that are given must hold. */
export type SignalTest = {
/** The signal. */
id: Signal,
/** Equal to this. For a list: one of its members is. */
is?: Scalar,
/** Equal to one of these. For a list: one of its members is. */
in?: ReadonlyArray<Scalar>,
/** At least this number; for `seniority` at least this level. */
atLeast?: Scalar,
/** Below this number; for `seniority` below this level. */
below?: Scalar,
/** Ends with one of these; for `emailDomain`. */
endsWith?: ReadonlyArray<string>,
/** Whether the signal is known at all (`true`) or unknown (`false`). */
known?: boolean,
};

/** A test of events: which count, and how their measure compares. Without a comparison at least
 * one must be there. */
export type EventTest = {
/** Types of the events, for example `pageView` or `demoRequest`. */
types: ReadonlyArray<string>,
/** Tests of an event's properties; all must hold. */
where?: ReadonlyArray<PropertyTest>,
/** Only events of the last so many days count. */
withinDays?: number,
/** What is measured. Default `count`. */
measure?: Measure,
/** Name under which a CSV file or a warehouse gives this measure instead of single events. */
aggregate?: string,
/** At least this number. */
atLeast?: number,
/** Below this number. */
below?: number,
};

/** A test of points. All comparisons that are given must hold. */
export type PointsTest = {
/** At least so many points. */
atLeast?: number,
/** Below so many points. */
below?: number,
};

/** A test of one axis' band. */
export type BandTest = {
/** The axis. */
axis: Axis,
/** One of these bands. */
in: ReadonlyArray<string>,
};

/** A test of a name. */
export type NameTest = {
/** One of these. */
in: ReadonlyArray<string>,
};

/** One bin: a range of numbers, a set of values, or all else; and what it earns.
 * 
 * Number bins are half-open, `from` counts and `to` does not; bins of exact `values` go before
 * ranges; together they leave no gap, or one bin is the `else`. */
export type Bin = {
/** Label for people; made from the range or values where absent. */
label?: Text,
/** From this number on. Open below where absent. */
from?: number,
/** Up to, but without, this number. Open above where absent. */
to?: number,
/** Exactly these values. */
values?: ReadonlyArray<Scalar>,
/** Whether it takes all values that no other bin takes. Default false. */
else?: boolean,
/** What it earns: a whole number from -10,000 to 10,000. */
points: number,
};

/** Points for every single event. */
export type PerEvent = {
/** Points of one event at full strength. */
points: number,
};

/** How the points of events fade with their age. Nothing is taken off in steps by a job that runs
 * at night: the remaining strength is worked out whenever the score is read. */
export type Decay = {
halfLifeDays: number,
} | {
linear: LinearDecay,
};

/** Every `everyDays` days `percent` of the full points are gone. */
export type LinearDecay = {
/** Share that goes each time, above 0 and up to 100. */
percent: number,
/** Days between two times. */
everyDays: number,
};

/** Which way points go with rising values. */
export type Direction = "rising" | "falling";

/** Limits of the two axes. The total has none. */
export type AxisLimits = {
/** Least and most fit points. */
fit?: Limit,
/** Least and most engagement points. */
engagement?: Limit,
};

/** A condition that makes a lead no buyer. */
export type Disqualifier = {
/** Name of the disqualifier. */
id: string,
/** Why such a lead is no buyer, for the people who see it. */
reason: Text,
/** When it applies. Unknown does not disqualify. */
when: Condition,
};

/** The bands of both axes: 2 to 6 each, from the highest to the lowest. */
export type Bands = {
/** Bands of fit, for example A to D. */
fit: ReadonlyArray<Band>,
/** Bands of engagement, for example 1 to 4. */
engagement: ReadonlyArray<Band>,
};

/** One band of an axis. */
export type Band = {
/** Its name, for example `A`. */
name: string,
/** Least points of this band; absent in the last, which is open below. */
from?: number,
};

/** A stage in the life of a lead. */
export type Stage = {
/** Name of the stage, for example `mql`. */
id: string,
/** The standard lifecycle stage that it is. */
kind: StageKind,
/** Label for people. */
label?: Text,
/** What both teams mean by it, in words. */
definition: Text,
/** The team that owns leads in this stage. */
team: Team,
/** When a lead leaves this stage, in words. */
exit?: Text,
/** When leadfit suggests this stage; up to `mql` and `pql` only. The rest is for people. */
when?: Condition,
};

/** A question to the visitor: a field of the form, and the facts that its answer settles. */
export type Question = {
/** Name of the question, also the name of its form field. */
id: string,
/** The fact that the answer settles. */
fact: string,
/** The kind of field. By default it follows the type of the fact. */
field?: Field,
/** The question as the visitor reads it. */
label: Text,
/** A hint below the field. */
help?: Text,
/** The answers to choose from; for a choice fact its choices where absent. */
options?: ReadonlyArray<QuestionOption>,
/** When the question applies. It may read facts, signals and the answers to earlier
 * questions; where it does not hold, an answer does not count. */
when?: Condition,
/** Whether the form cannot be sent without an answer. Default false. */
required?: boolean,
/** Ids of the forms that ask it; all forms where absent. */
forms?: ReadonlyArray<string>,
/** What the visitor consents to, for a consent question. */
consent?: Consent,
};

/** One answer to choose from. */
export type QuestionOption = {
/** The value that the fact gets: text, number or boolean. */
value?: Scalar,
/** The range that a number fact gets, instead of a value. */
range?: Range,
/** The answer as the visitor reads it. */
label: Text,
/** Share of visitors who give this answer, from 0 to 1; the planner expects by it. */
share?: number,
/** Further facts that this answer settles. */
sets?: ReadonlyArray<Setting>,
};

/** A range of numbers: `from` counts, `to` does not. */
export type Range = {
/** From this number on. Open below where absent. */
from?: number,
/** Up to, but without, this number. Open above where absent. */
to?: number,
};

/** A further fact that an answer settles. */
export type Setting = {
/** The fact. */
fact: string,
/** Its value. */
value: Scalar,
};

/** What a visitor consents to; the handoff carries it as a record. */
export type Consent = {
/** What for, for example `marketingEmail`. */
purpose: string,
/** Version of the text that the visitor saw. */
version: string,
/** Legal basis, for example `consent`. */
basis: string,
};

/** What must be certain before a form asks no more. */
export type AskUntil = "route" | "stage";

/** Working hours in one time zone. */
export type Calendar = {
/** Name of the calendar. */
id: string,
/** IANA time zone, for example `Europe/Berlin`. */
timeZone: string,
/** The working hours of a week. */
hours: ReadonlyArray<Hours>,
/** Days off: dates such as `2026-12-25`. */
daysOff?: ReadonlyArray<string>,
};

/** Working hours of some days of the week. */
export type Hours = {
/** The days. */
days: ReadonlyArray<Day>,
/** Start of work, `HH:MM`. */
from: string,
/** End of work, `HH:MM`, after `from`; `24:00` is the end of the day. */
to: string,
};

/** A day of the week. */
export type Day = "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday";

/** A person who picks leads up. */
export type Owner = {
/** Name of the owner in verdicts. */
id: string,
/** Name for people. */
name?: string,
/** Email address; never part of what a page gets. */
email?: string,
/** Id of the owner in the CRM. */
crmId?: string,
/** The calendar of the owner: when promises are due, and on which days the owner is there. */
calendar?: string,
/** Leads per week that the owner can handle: a figure for planning. */
capacityPerWeek?: number,
/** Which leads the owner serves, by facts such as country or company size; all where absent.
 * A lead that nobody in a queue serves stays in the queue without an owner. */
territory?: Condition,
/** When the owner is away. Whose next working day is an absence or a day off gets no leads from
 * queues, unless everybody is away. A page gets these dates, so that it picks whom the server
 * picks. */
absences?: ReadonlyArray<Absence>,
/** Public key by which a receiver can seal a handoff for this owner. Never a secret. */
publicKey?: string,
};

/** A time in which an owner is away: both dates count. */
export type Absence = {
/** First date, such as `2026-12-23`. */
from: string,
/** Last date. */
to: string,
};

/** A shared list of leads and who takes which share of it. Leads of one company, known by its
 * domain, go to one owner; who leaves hands over the own leads and nobody else's. */
export type Queue = {
/** Name of the queue in verdicts. */
id: string,
/** Label for people. */
label?: Text,
/** The owners and their shares. */
members: ReadonlyArray<Member>,
/** How often companies are dealt anew, in calendar periods of UTC. Default never. */
rotateEvery?: Rotation,
};

/** An owner in a queue. */
export type Member = {
/** The owner. */
owner: string,
/** Share of the queue's leads against the other members' weights, from 0 to 1,000. Default 1. */
weight?: number,
};

/** How often a queue deals its companies anew. */
export type Rotation = "month" | "quarter" | "year";

/** Companies that already have an owner. Queues give their leads to that owner, unless away; a
 * follow-up that names an owner keeps it. A page does not know accounts unless it is compiled
 * `--with accounts`. */
export type Account = {
/** Email domains of the company; what is part of them, as `mail.example.com` of `example.com`,
 * counts too. */
domains: ReadonlyArray<string>,
/** Their owner. */
owner: string,
};

/** A promised response time. */
export type Sla = {
/** Name of the promise. */
id: string,
/** Label for people. */
label?: Text,
/** Minutes of working time until the first response, from when the lead came or the step before
 * is due. */
respondWithinMinutes: number,
/** The calendar that tells working time; the owner's own where absent. */
calendar?: string,
/** How often and how long to try. */
attempts?: Attempts,
/** Who takes over when the time has passed. */
escalateTo?: string,
};

/** How often and how long to try to reach a lead. */
export type Attempts = {
/** Number of attempts, the first of which is the first response. */
count: number,
/** Working days over whose working time they are spread evenly; the first is that of the first
 * attempt. */
overWorkingDays: number,
};

/** A route: when it matches, what the page does next, and who follows up. */
export type Route = {
/** Name of the route in verdicts. */
id: string,
/** Label for people. */
label?: Text,
/** When it matches. */
when: Condition,
/** Whether it is for disqualified leads, and for no others. Default false. */
forDisqualified?: boolean,
/** What the page does next. */
action: Action,
/** Who follows up, one after the other. */
followUp?: ReadonlyArray<FollowUp>,
};

/** What the page does next. */
export type Action = {
redirect: Link,
} | {
book: Booking,
} | {
selfServe: Offer,
} | {
show: Show,
} | {
nurture: Nurture,
} | {
thankYou: Message,
};

/** A link. Only `https:`, `mailto:`, `tel:` and paths of the same site are safe to follow. */
export type Link = {
/** The address. */
url: string,
};

/** A meeting to book. */
export type Booking = {
/** The address of the booking page. */
url: string,
/** Whether name and email address are filled in already. Default false. */
prefill?: boolean,
/** What the visitor reads. */
message?: Text,
};

/** A link with a text. */
export type Offer = {
/** The address. */
url: string,
/** What the visitor reads. */
message?: Text,
};

/** A part of the page to show. */
export type Show = {
/** Id of the element. */
element: string,
};

/** A list for nurturing. */
export type Nurture = {
/** Name of the list. */
list: string,
/** What the visitor reads. */
message?: Text,
};

/** A text. */
export type Message = {
/** What the visitor reads. */
message: Text,
};

/** One step of the follow-up: who does what by when. */
export type FollowUp = {
/** The queue that picks the lead up. */
queue?: string,
/** The owner who picks it up, instead of a queue. */
owner?: string,
/** The promised response time. */
sla?: string,
/** What is to be done, in words. */
task?: Text,
};

/** Where a lead goes when no route matches. */
export type Fallback = {
/** For leads that no route matches. */
unmatched: Destination,
/** For disqualified leads that no route matches. */
disqualified: Destination,
};

/** A destination without a condition. */
export type Destination = {
/** Name of the route in verdicts. */
id: string,
/** Label for people. */
label?: Text,
/** What the page does next. */
action: Action,
/** Who follows up, one after the other. */
followUp?: ReadonlyArray<FollowUp>,
};

/** What a lead is worth. */
export type Value = {
/** ISO 4217 code of the currency. */
currency: string,
/** How the value is worked out. Default `segment`. */
method?: ValueMethod,
/** Segments and channels: the first that matches counts. */
segments?: ReadonlyArray<Segment>,
/** For leads that match no segment. */
otherwise: Worth,
};

/** A segment of leads and what they are worth. */
export type Segment = {
/** Name of the segment. */
id: string,
/** When a lead belongs to it, for example by channel or company size. */
when: Condition,
/** What its leads are worth. */
worth: Worth,
};

/** Close rate and revenue. Money is in minor units: 5000000 are $50,000.00. */
export type Worth = {
/** Share of leads that become customers, from 0 to 1. */
closeRate: number,
/** Average revenue of a customer in minor units. */
averageRevenueMinor: number,
/** Share of the revenue that is margin, from 0 to 1. Default 1. */
grossMargin?: number,
/** Cost of one attempt to reach the lead, in minor units. */
costPerAttemptMinor?: number,
/** For each attempt the odds that it reaches a lead not reached before, from 0 to 1. With the
 * cost they tell how many attempts pay: attempt k does while odds k × close rate × revenue ×
 * margin is more than its cost. */
contactOdds?: ReadonlyArray<number>,
};

/** From score to probability: 1 / (1 + exp(-(a + g · score))). */
export type Calibration = {
/** Intercept. */
a: number,
/** Slope per point, above 0. */
g: number,
/** When it was fitted: a date such as `2026-10-01`. */
fittedOn: string,
/** Number of outcomes it was fitted on. */
n: number,
};
}
