//! What is known of a lead at one moment: its facts after the answers, and the signals and
//! measures derived from them.

use alloc::borrow::Cow;
use alloc::rc::Rc;
use alloc::string::String;
use alloc::vec;
use alloc::vec::Vec;

use core::cell::OnceCell;
use core::mem;

use crate::condition::{self, Known, Look, Open, Value};
use crate::lead::{FactValue, Given, Lead, Place, WarningCode, Warnings, fact_value};
use crate::num;
use crate::program::{Axis, MeasureOf, Program, Question, QuestionOption, Subject};
use crate::signals::channel::{self, ClickId, Touch};
use crate::signals::{Signal, email};
use crate::text::{cut, trim};
use crate::time::DAY;
use crate::title::{BuyingRole, Department, Reading};

mod part;

/// A lead as one program sees it at one moment.
pub struct Situation<'a> {
    program: &'a Program,
    /// The facts of the lead after the answers.
    facts: Vec<FactValue<'a>>,
    /// What each fact may yet be; empty where every unknown one may be anything.
    still: Vec<Still<'a>>,
    /// What was measured, where it is asked again and again.
    measures: Vec<Option<f64>>,
    lead: Lead<'a>,
    now: i64,
    derived: Derived<'a>,
}

/// What a fact may yet be, where that is planned.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Still<'a> {
    /// What it is, known or not.
    #[default]
    Settled,
    /// Any value, or unknown.
    Any,
    /// One of these.
    Among(Rc<[FactValue<'a>]>),
}

/// What was derived from the facts as they are, each at most once: the lists behind an email
/// address and the words of a title are looked up a single time for all that ask.
#[derive(Default)]
struct Derived<'a> {
    /// The last title that was read.
    title: OnceCell<(Cow<'a, str>, Reading)>,
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
            still: Vec::new(),
            measures: Vec::new(),
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
                for (fact, value) in situation.meant(question, answer) {
                    situation.put(fact, value);
                }
            }
            applies.push(Applies::Open);
        }
        // A later question may have settled the fact of an earlier one.
        for (question, applies) in program.questions.iter().zip(&mut applies) {
            let known = !situation.may_change(question.fact) || situation.is_told(question);
            if known && *applies == Applies::Open {
                *applies = Applies::Known;
            }
        }
        situation.note_future_events();
        situation.note_disagreement();
        (situation, applies)
    }

    /// The facts that an answer settles, with their values.
    pub fn meant(
        &mut self,
        question: &'a Question,
        answer: &Given<'a>,
    ) -> Vec<(u16, FactValue<'a>)> {
        let chosen = match answer {
            Given::Text(text) => question.option(trim(text)),
            Given::Boolean(value) => question.option(if *value { "true" } else { "false" }),
            Given::Number(number) => {
                let mut text = String::new();
                num::push_number(&mut text, *number);
                question.option(&text)
            }
            _ => None,
        };
        self.settled(question.fact, answer.clone(), chosen)
    }

    /// The facts that an option settles, with their values.
    pub fn chosen(
        &mut self,
        question: &Question,
        option: &'a QuestionOption,
    ) -> Vec<(u16, FactValue<'a>)> {
        self.settled(question.fact, Given::Text(&option.value), Some(option))
    }

    fn settled(
        &mut self,
        fact: u16,
        answer: Given<'a>,
        option: Option<&'a QuestionOption>,
    ) -> Vec<(u16, FactValue<'a>)> {
        let range = option.and_then(|option| option.range);
        let given = range.map_or(answer, |(from, to)| Given::Range(from, to));
        let mut settled = vec![(fact, self.value(fact, given))];
        for (fact, value) in option.map_or(&[][..], |option| &option.sets) {
            settled.push((*fact, self.value(*fact, Given::Text(value))));
        }
        settled
    }

    /// From now on facts may only be what [`Situation::plan`] says; what is measured is kept.
    pub fn start_planning(&mut self) {
        self.measures = (0..self.program.measures.len())
            .map(|index| self.measured(index as u16).value)
            .collect();
        self.still = vec![Still::Settled; self.facts.len()];
        // What was derived while every unknown fact was open does not hold any more.
        self.derived = Derived {
            title: mem::take(&mut self.derived.title),
            ..Derived::default()
        };
    }

    /// What the fact of this index may yet be.
    pub fn still(&self, index: u16) -> &Still<'a> {
        self.still
            .get(usize::from(index))
            .unwrap_or(&Still::Settled)
    }

    /// Says what the fact of this index is and may yet be.
    pub fn plan(&mut self, index: u16, value: FactValue<'a>, still: Still<'a>) {
        if let Some(slot) = self.still.get_mut(usize::from(index)) {
            *slot = still;
        }
        self.put(index, value);
    }

    /// What `given` means for the fact of this index.
    fn value(&mut self, index: u16, given: Given<'a>) -> FactValue<'a> {
        let fact = self.program.facts.get(usize::from(index));
        fact.map_or(FactValue::Unknown, |fact| {
            fact_value(index, fact, given, &mut self.lead.warnings)
        })
    }

    /// Puts a value in the place of what a fact was.
    pub fn put(&mut self, index: u16, value: FactValue<'a>) {
        if let Some(slot) = self.facts.get_mut(usize::from(index)) {
            *slot = value;
        }
        let facts = &self.program.standard;
        let behind_signals = [
            facts.job_title,
            facts.seniority,
            facts.department,
            facts.buying_role,
            facts.employees,
            facts.email,
        ];
        if !behind_signals.contains(&index) && !facts.touch().contains(&index) {
            return;
        }
        // Signals are read again from the facts as they are now; a title only if it is another.
        let mut title = mem::take(&mut self.derived.title);
        let now = self.text(facts.job_title);
        if now.is_some_and(|now| title.get().is_some_and(|(before, _)| before != now)) {
            title.take();
        }
        self.derived = Derived {
            title,
            ..Derived::default()
        };
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

    /// The value of a fact that is a number, a choice, or yes or no, as most are, and that no plan
    /// says may yet be another.
    pub fn plainly(&self, index: u16) -> Option<Value<'static>> {
        match self.fact(index) {
            _ if !self.still.is_empty() => None,
            Some(FactValue::Number(number)) => Some(Value::Number(*number)),
            Some(FactValue::Choice(choice)) => Some(Value::Choice(*choice)),
            Some(FactValue::Boolean(value)) => Some(Value::Boolean(*value)),
            _ => None,
        }
    }

    fn text(&self, index: u16) -> Option<&str> {
        match self.fact(index) {
            Some(FactValue::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// Whether a fact may yet be something else than it is.
    pub fn may_change(&self, index: u16) -> bool {
        match self.still.get(usize::from(index)) {
            Some(still) => *still != Still::Settled,
            None => matches!(self.fact(index), None | Some(FactValue::Unknown)),
        }
    }

    /// What was derived from a fact alone: open as long as the fact is.
    fn derived_from<'v>(&self, fact: u16, value: Option<Value<'v>>) -> Known<'v> {
        if self.may_change(fact) {
            Known::any()
        } else {
            Known::given(value)
        }
    }

    fn email_kind(&self) -> Known<'static> {
        let email = self.program.standard.email;
        let kind = |email| Value::Choice(email::kind(email).index() as u16);
        self.derived_from(email, self.text(email).map(kind))
    }

    fn email_domain(&self) -> Known<'_> {
        let index = self.program.standard.email;
        let domain = self.text(index).and_then(|email| {
            let domain = self.derived.domain.get_or_init(|| email::domain(email));
            domain.as_deref().map(Value::Text)
        });
        self.derived_from(index, domain)
    }

    /// How the lead came is observed, not asked: unknown stays unknown.
    fn channel(&self) -> Known<'static> {
        let observed = self.program.standard.touch();
        if !self.still.is_empty() && observed.iter().any(|index| self.may_change(*index)) {
            return Known::any();
        }
        let [source, medium, campaign, referrer, landing_page, click_id] =
            observed.map(|index| self.text(index));
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
            Signal::TitleStatus => self.derived_from(
                self.program.standard.job_title,
                self.title()
                    .map(|reading| Value::Choice(reading.status.index() as u16)),
            ),
            Signal::TitleFlags => self.derived_from(
                self.program.standard.job_title,
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
        let known = match self.fact(index) {
            None | Some(FactValue::Unknown) if self.still.is_empty() => return Known::any(),
            None => return Known::given(None),
            Some(value) => Known::from(value),
        };
        match self.still.get(usize::from(index)) {
            None | Some(Still::Settled) => known,
            Some(Still::Any) => Known::any(),
            Some(Still::Among(values)) => Known {
                open: Open::Among(values),
                ..known
            },
        }
    }
}

impl Look for Situation<'_> {
    fn look(&self, subject: &Subject) -> Known<'_> {
        match subject {
            Subject::Fact(index) => self.known_fact(*index),
            Subject::Signal(signal) => self.signal(*signal),
            Subject::DaysSince(index) => {
                let days = match self.fact(*index) {
                    Some(FactValue::Date(at)) => {
                        Some(self.now.saturating_sub(*at) as f64 / DAY as f64)
                    }
                    _ => None,
                };
                self.derived_from(*index, days.map(Value::Number))
            }
            Subject::Measure(index) => {
                let kept = self.measures.get(usize::from(*index)).copied();
                let value = kept.unwrap_or_else(|| self.measured(*index).value);
                Known::given(value.map(Value::Number))
            }
            // What is scored cannot be read before it is scored.
            Subject::Score
            | Subject::Points(Axis::Fit | Axis::Engagement)
            | Subject::Band(_)
            | Subject::Stage => Known::given(None),
        }
    }
}

/// Whether there is a value, and no other to come.
fn is_known(known: &Known) -> bool {
    known.value.is_some() && known.open == Open::Settled
}

/// What `derive` gives, derived the first time only.
fn once(
    cell: &OnceCell<Known<'static>>,
    derive: impl FnOnce() -> Known<'static>,
) -> Known<'static> {
    cell.get_or_init(derive).clone()
}

fn mask(indices: impl Iterator<Item = usize>) -> u64 {
    indices.fold(0, |mask, index| {
        mask | 1_u64.checked_shl(index as u32).unwrap_or(0)
    })
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
