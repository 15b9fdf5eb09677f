//! What is known of a lead at one moment: its facts after the answers, and the signals and
//! measures derived from them.

use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

use core::cell::OnceCell;
use core::mem;

use crate::condition::{self, Known, Look, Open, Value};
use crate::lead::{FactValue, Given, Lead, Place, WarningCode, Warnings, fact_value};
use crate::num;
use crate::program::{Axis, MeasureOf, Program, QuestionOption, Subject};
use crate::signals::channel::{self, ClickId, Touch};
use crate::signals::{Signal, email};
use crate::text::{cut, trim};
use crate::time::DAY;
use crate::title::{self, BuyingRole, Department, Level, Reading, Status};

/// A lead as one program sees it at one moment.
pub struct Situation<'a> {
    program: &'a Program,
    /// The facts of the lead after the answers.
    facts: Vec<FactValue<'a>>,
    lead: Lead<'a>,
    now: i64,
    derived: Derived,
}

/// What was derived from the facts as they are, each at most once: the lists behind an email
/// address and the words of a title are looked up a single time for all that ask.
#[derive(Default)]
struct Derived {
    title: OnceCell<Option<Reading>>,
    domain: OnceCell<Option<String>>,
    email_kind: OnceCell<Known<'static>>,
    channel: OnceCell<Known<'static>>,
    buying_role: OnceCell<Known<'static>>,
}

/// Most different values of a property that are counted; more count as so many.
const MAX_DISTINCT: usize = 1000;

/// What a question is to a lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Applies {
    /// It does not apply; an answer does not count.
    No,
    /// It applies and its fact is unknown.
    Open,
    /// It applies and its fact is known.
    Known,
}

/// What was measured of the events.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Measured {
    /// The measure; unknown where nothing was observed, or for days since an event that never was.
    pub value: Option<f64>,
    /// Ages of the events that count, in milliseconds; one for all of an aggregate.
    pub ages: Vec<i64>,
}

impl<'a> Situation<'a> {
    /// Applies the answers to the facts, question by question in the order of the file: a
    /// question whose `when` does not hold loses its answer, and with it all that hung on it.
    pub fn new(program: &'a Program, mut lead: Lead<'a>, now: i64) -> (Self, Vec<Applies>) {
        let answers = mem::take(&mut lead.answers);
        let mut situation = Situation {
            program,
            facts: mem::take(&mut lead.facts),
            lead,
            now,
            derived: Derived::default(),
        };
        let mut applies = Vec::with_capacity(program.questions.len());
        for (question, answer) in program.questions.iter().zip(&answers) {
            let asked = question.when.as_ref();
            if asked.is_some_and(|when| !condition::holds(program, when, &situation)) {
                applies.push(Applies::No);
                continue;
            }
            if !answer.is_blank() {
                situation.answer(question.fact, &question.options, answer);
            }
            let known = !matches!(
                situation.fact(question.fact),
                None | Some(FactValue::Unknown)
            );
            applies.push(if known { Applies::Known } else { Applies::Open });
        }
        situation.note_future_events();
        situation.note_disagreement();
        (situation, applies)
    }

    fn answer(&mut self, fact: u16, options: &'a [QuestionOption], answer: &Given<'a>) {
        let chosen = match answer {
            Given::Text(text) => options.iter().find(|option| option.value == trim(text)),
            Given::Boolean(value) => {
                let text = if *value { "true" } else { "false" };
                options.iter().find(|option| option.value == text)
            }
            Given::Number(number) => {
                let mut text = String::new();
                num::push_number(&mut text, *number);
                options.iter().find(|option| option.value == text)
            }
            _ => None,
        };
        match chosen.and_then(|option| option.range) {
            Some((from, to)) => self.set(fact, &Given::Range(from, to)),
            None => self.set(fact, answer),
        }
        for (fact, value) in chosen.map_or(&[][..], |option| &option.sets) {
            self.set(*fact, &Given::Text(value));
        }
    }

    fn set(&mut self, index: u16, given: &Given<'a>) {
        let place = usize::from(index);
        if let (Some(fact), Some(slot)) = (self.program.facts.get(place), self.facts.get_mut(place))
        {
            *slot = fact_value(index, fact, given.clone(), &mut self.lead.warnings);
        }
        // Signals are read again from the facts as they are now.
        self.derived = Derived::default();
    }

    /// What was odd about the lead.
    pub fn warnings(&self) -> &Warnings {
        &self.lead.warnings
    }

    /// Adds a warning.
    pub fn warn(&mut self, at: Place, code: WarningCode, found: &str) {
        self.lead.warnings.add(at, code, found);
    }

    /// Whether this aggregate is given without the date of its newest event.
    pub fn is_undated(&self, aggregate: u16) -> bool {
        let aggregate = self.lead.aggregates.get(usize::from(aggregate));
        aggregate.is_some_and(|given| given.as_ref().is_some_and(|of| of.last_at.is_none()))
    }

    /// Value of the fact of this index.
    pub fn fact(&self, index: u16) -> Option<&FactValue<'a>> {
        self.facts.get(usize::from(index))
    }

    fn text(&self, index: u16) -> Option<&str> {
        match self.fact(index) {
            Some(FactValue::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// What the job title says; `None` where there is none.
    pub fn title(&self) -> Option<&Reading> {
        self.derived
            .title
            .get_or_init(|| self.text(self.program.standard.job_title).map(title::read))
            .as_ref()
    }

    fn level(&self) -> Known<'static> {
        if let Some(FactValue::Choice(level)) = self.fact(self.program.standard.seniority) {
            return Known::settled(Value::Choice(*level));
        }
        let Some(reading) = self.title() else {
            return Known {
                value: None,
                open: Open::Any,
            };
        };
        let choice = |level: &Level| level.index() as u16;
        match reading.level.resolved() {
            [level, ..] => Known::settled(Value::Choice(choice(level))),
            [] => unresolved(&reading.level, |level| level.index()),
        }
    }

    fn departments(&self) -> Known<'static> {
        if let Some(FactValue::Choices(mask)) = self.fact(self.program.standard.department) {
            return Known::settled(Value::Choices(*mask));
        }
        let Some(reading) = self.title() else {
            return Known {
                value: None,
                open: Open::Any,
            };
        };
        match reading.departments.resolved() {
            [] => unresolved(&reading.departments, |department| department.index()),
            found => Known::settled(Value::Choices(mask(found.iter().map(|d| d.index())))),
        }
    }

    /// The role now; open to every role that open facts could yet give.
    fn buying_role(&self) -> Known<'static> {
        if let Some(FactValue::Choice(role)) = self.fact(self.program.standard.buying_role) {
            return Known::settled(Value::Choice(*role));
        }
        let (level, departments) = (self.level(), self.departments());
        if self.title().is_none() && level.value.is_none() && departments.value.is_none() {
            return Known {
                value: None,
                open: Open::Any,
            };
        }
        let role = |level: Option<Level>, departments: &[Department], employees: Option<f64>| {
            let (status, flags) = self.title().map_or((Status::Unknown, &[][..]), |reading| {
                (reading.status, reading.flags.as_slice())
            });
            let targets = &self.program.target_departments;
            title::buying_role(level, departments, status, flags, targets, employees)
        };
        let sizes = self.possible_sizes();
        let now_departments = match departments.value {
            Some(Value::Choices(mask)) => of_mask(mask),
            _ => Vec::new(),
        };
        let mut open = 0_u64;
        let mut now = None;
        for level in possible_levels(&level) {
            for employees in &sizes {
                let role = role(level, &now_departments, *employees).index();
                now.get_or_insert(role);
                open |= 1 << role;
            }
        }
        if departments.open != Open::Settled {
            // Sets of departments are too many to try: every role stays possible.
            open = (1 << BuyingRole::ALL.len()) - 1;
        }
        let value = now.map(|role| Value::Choice(role as u16));
        Known {
            value,
            open: if open.count_ones() == 1 {
                Open::Settled
            } else {
                Open::Choices(open)
            },
        }
    }

    /// Company sizes that may yet be, the present one first: what the role tells apart.
    fn possible_sizes(&self) -> Vec<Option<f64>> {
        match self.fact(self.program.standard.employees) {
            Some(FactValue::Number(employees)) => vec![Some(*employees)],
            Some(FactValue::Range(from, to)) => {
                let (least, most) = (from.max(0.0), (to - 1.0).min(1e9).max(*from));
                vec![Some(least.midpoint(most)), Some(least), Some(most)]
            }
            _ => vec![None, Some(1.0), Some(1e9)],
        }
    }

    fn email_kind(&self) -> Known<'static> {
        Known::or_any(
            self.text(self.program.standard.email)
                .map(|email| Value::Choice(email::kind(email).index() as u16)),
        )
    }

    fn email_domain(&self) -> Known<'_> {
        let Some(email) = self.text(self.program.standard.email) else {
            return Known {
                value: None,
                open: Open::Any,
            };
        };
        let domain = self.derived.domain.get_or_init(|| email::domain(email));
        Known::given(domain.as_deref().map(Value::Text))
    }

    /// How the lead came is observed, not asked: unknown stays unknown.
    fn channel(&self) -> Known<'static> {
        let facts = &self.program.standard;
        let [source, medium, campaign, referrer, landing_page, click_id] = [
            facts.source,
            facts.medium,
            facts.campaign,
            facts.referrer,
            facts.landing_page,
            facts.click_id,
        ]
        .map(|index| self.text(index));
        if [source, medium, campaign, referrer, landing_page, click_id]
            .iter()
            .all(Option::is_none)
        {
            return Known::given(None);
        }
        let click =
            click_id.and_then(|id| ClickId::from_id(cut(id, b"=").map_or(id, |(name, _)| name)));
        let channel = channel::of(&Touch {
            source: source.unwrap_or_default(),
            medium: medium.unwrap_or_default(),
            campaign: campaign.unwrap_or_default(),
            click_ids: click.as_slice(),
            referrer: referrer.unwrap_or_default(),
            landing_page: landing_page.unwrap_or_default(),
        });
        Known::settled(Value::Choice(channel.index() as u16))
    }

    fn signal(&self, signal: Signal) -> Known<'_> {
        let age = |at: Option<i64>| {
            let days = at.map(|at| self.age(at) as f64 / DAY as f64);
            Known::given(days.map(Value::Number))
        };
        let times = || self.lead.events.iter().flatten().map(|event| event.at);
        match signal {
            Signal::Seniority => self.level(),
            Signal::Departments => self.departments(),
            Signal::BuyingRole => once(&self.derived.buying_role, || self.buying_role()),
            Signal::TitleStatus => Known::or_any(
                self.title()
                    .map(|reading| Value::Choice(reading.status.index() as u16)),
            ),
            Signal::TitleFlags => Known::or_any(
                self.title()
                    .map(|reading| Value::Choices(mask(reading.flags.iter().map(|f| f.index())))),
            ),
            Signal::EmailKind => once(&self.derived.email_kind, || self.email_kind()),
            Signal::EmailDomain => self.email_domain(),
            Signal::Channel => once(&self.derived.channel, || self.channel()),
            Signal::EventCount => Known::given(
                self.lead
                    .events
                    .as_ref()
                    .map(|events| Value::Number(events.len() as f64)),
            ),
            Signal::DaysSinceFirstEvent => age(times().min()),
            Signal::DaysSinceLastEvent => age(times().max()),
        }
    }

    /// Age in milliseconds; what is yet to come has age 0.
    fn age(&self, at: i64) -> i64 {
        self.now.saturating_sub(at).max(0)
    }

    /// What the measure of this index gives.
    pub fn measured(&self, index: u16) -> Measured {
        let Some(measure) = self.program.measures.get(usize::from(index)) else {
            return Measured::default();
        };
        if let Some(aggregate) = measure
            .aggregate
            .and_then(|index| self.lead.aggregates.get(usize::from(index)))
            && let Some(aggregate) = aggregate
        {
            let ages = aggregate
                .last_at
                .map(|at| self.age(at))
                .into_iter()
                .collect();
            return Measured {
                value: Some(aggregate.value),
                ages,
            };
        }
        let Some(events) = &self.lead.events else {
            return Measured::default();
        };
        let counted = events.iter().filter(|event| {
            measure.types.iter().any(|kind| kind == event.kind)
                && measure
                    .within
                    .is_none_or(|within| self.age(event.at) <= within)
                && measure.filter.iter().all(|(property, check)| {
                    let given = event.properties.get(usize::from(*property));
                    given
                        .and_then(property_value)
                        .is_some_and(|value| condition::passes(check, &value))
                })
        });
        let ages = counted
            .clone()
            .map(|event| self.age(event.at))
            .collect::<Vec<_>>();
        let value = match measure.of {
            MeasureOf::Count => Some(ages.len() as f64),
            MeasureOf::DaysSinceLast => ages.iter().min().map(|age| *age as f64 / DAY as f64),
            MeasureOf::Distinct(property) => {
                let mut values: Vec<String> = Vec::new();
                for given in counted.filter_map(|event| event.properties.get(usize::from(property)))
                {
                    let value = crate::lead::found(given);
                    if *given != Given::Absent
                        && values.len() < MAX_DISTINCT
                        && let Err(place) = values.binary_search(&value)
                    {
                        values.insert(place, value);
                    }
                }
                Some(values.len() as f64)
            }
        };
        Measured { value, ages }
    }

    fn note_future_events(&mut self) {
        let Lead {
            events, warnings, ..
        } = &mut self.lead;
        for event in events.iter().flatten() {
            if event.at > self.now {
                warnings.add(
                    Place::Events,
                    WarningCode::EventInFuture,
                    &crate::time::format(event.at),
                );
            }
        }
    }

    /// Notes an explicit seniority or department that contradicts what the title settles.
    fn note_disagreement(&mut self) {
        let Some(reading) = self.title() else { return };
        let facts = &self.program.standard;
        let mut found = Vec::new();
        if let (Some(FactValue::Choice(given)), [read, ..]) =
            (self.fact(facts.seniority), reading.level.resolved())
            && usize::from(*given) != read.index()
        {
            found.push((facts.seniority, read.id()));
        }
        if let (Some(FactValue::Choices(given)), [read, ..]) =
            (self.fact(facts.department), reading.departments.resolved())
            && given & mask(reading.departments.resolved().iter().map(|d| d.index())) == 0
        {
            found.push((facts.department, read.id()));
        }
        for (index, read) in found {
            self.lead.warnings.add(
                Place::Fact(index),
                WarningCode::AnswerDisagreesWithTitle,
                read,
            );
        }
    }

    /// What is known of a fact.
    fn known_fact(&self, index: u16) -> Known<'_> {
        match self.fact(index) {
            None | Some(FactValue::Unknown) => Known {
                value: None,
                open: Open::Any,
            },
            Some(FactValue::Text(text)) => Known::settled(Value::Text(text)),
            Some(FactValue::Number(number)) => Known::settled(Value::Number(*number)),
            Some(FactValue::Range(from, to)) => Known {
                value: None,
                open: Open::Between(*from, *to),
            },
            Some(FactValue::Boolean(value)) => Known::settled(Value::Boolean(*value)),
            Some(FactValue::Choice(choice)) => Known::settled(Value::Choice(*choice)),
            Some(FactValue::Choices(mask)) => Known::settled(Value::Choices(*mask)),
            Some(FactValue::Texts(texts)) => Known::settled(Value::Texts(texts)),
            // A date is compared by its age only; as itself it is just known.
            Some(FactValue::Date(at)) => Known::settled(Value::Number(*at as f64)),
        }
    }
}

impl Look for Situation<'_> {
    fn look(&self, subject: &Subject) -> Known<'_> {
        match subject {
            Subject::Fact(index) => self.known_fact(*index),
            Subject::Signal(signal) => self.signal(*signal),
            Subject::DaysSince(index) => match self.fact(*index) {
                Some(FactValue::Date(at)) => Known::settled(Value::Number(
                    self.now.saturating_sub(*at) as f64 / DAY as f64,
                )),
                _ => Known {
                    value: None,
                    open: Open::Any,
                },
            },
            Subject::Measure(index) => Known::given(self.measured(*index).value.map(Value::Number)),
            // What is scored cannot be read before it is scored.
            Subject::Score
            | Subject::Points(Axis::Fit | Axis::Engagement)
            | Subject::Band(_)
            | Subject::Stage => Known::given(None),
        }
    }
}

/// What `derive` gives, derived the first time only.
fn once(
    cell: &OnceCell<Known<'static>>,
    derive: impl FnOnce() -> Known<'static>,
) -> Known<'static> {
    cell.get_or_init(derive).clone()
}

/// Unknown, with the values that the title's words allow; any value where they allow none.
fn unresolved<T: Copy>(finding: &title::Finding<T>, index: impl Fn(T) -> usize) -> Known<'static> {
    let allowed = mask(
        finding
            .values
            .iter()
            .chain(&finding.alternatives)
            .map(|value| index(*value)),
    );
    let open = if allowed == 0 || finding.certainty != title::Certainty::Ambiguous {
        Open::Any
    } else {
        Open::Choices(allowed)
    };
    Known { value: None, open }
}

fn mask(indices: impl Iterator<Item = usize>) -> u64 {
    indices.fold(0, |mask, index| {
        mask | 1_u64.checked_shl(index as u32).unwrap_or(0)
    })
}

/// Levels that may yet be, the present one first.
fn possible_levels(known: &Known) -> Vec<Option<Level>> {
    let now = match known.value {
        Some(Value::Choice(level)) => Level::from_index(usize::from(level)),
        _ => None,
    };
    let mut levels = vec![now];
    match known.open {
        Open::Any => levels.extend(Level::ALL.iter().copied().map(Some)),
        Open::Choices(mask) => levels.extend(
            Level::ALL
                .iter()
                .copied()
                .filter(|level| mask >> level.index() & 1 == 1)
                .map(Some),
        ),
        Open::Settled | Open::Between(..) => {}
    }
    levels
}

fn of_mask(mask: u64) -> Vec<Department> {
    Department::ALL
        .iter()
        .copied()
        .filter(|d| mask >> d.index() & 1 == 1)
        .collect()
}

fn property_value<'a>(given: &Given<'a>) -> Option<Value<'a>> {
    match given {
        Given::Text(text) => Some(Value::Text(text)),
        Given::Number(number) if number.is_finite() => Some(Value::Number(*number + 0.0)),
        Given::Boolean(value) => Some(Value::Boolean(*value)),
        _ => None,
    }
}

/// Number of buying roles; they must fit into a mask.
const _: () = assert!(BuyingRole::ALL.len() <= 64 && Department::ALL.len() <= 64);
