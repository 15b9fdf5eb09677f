//! From a checked scorecard to the program that runs.
//!
//! Expects a scorecard without errors; of one with errors it makes a program all the same, in
//! which what does not fit stays unknown.

mod conditions;
mod criteria;
mod facts;
mod people;
mod views;
pub(crate) mod zone;

pub use views::{Contact, OptionView, PlannedFollowUp, PlannedSla, QuestionView};

use std::collections::BTreeSet;

use super::canonical;
use super::file::{self, Scorecard};
use crate::card::Card;
use crate::problem::{Code, Problem};
use crate::program::{
    self, AskUntil, Axis, Calibration, Group, Limit, MAX_BYTES, Measure, Program, Route, Segment,
    Stage, Test, Value, Worth,
};
use crate::texts::{
    CardTexts, CriterionTexts, DisqualifierTexts, FactTexts, GroupTexts, OwnerTexts, RouteTexts,
    StageTexts, Texts,
};

/// For whom a scorecard is compiled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Audience {
    /// A page, whose visitors can read it: without value, agreement, names, contact data,
    /// accounts, tasks and reasons of disqualifiers.
    #[default]
    Page,
    /// A page that may tell its visitors more.
    PageWith {
        /// What a lead is worth, for analytics events with a value.
        value: bool,
        /// Which companies have an owner already: as truncated, salted hashes of their domains,
        /// which hide them from a casual look only.
        accounts: bool,
    },
    /// A server: with everything.
    Server,
}

impl Audience {
    fn sees_value(self) -> bool {
        match self {
            Audience::Page => false,
            Audience::PageWith { value, .. } => value,
            Audience::Server => true,
        }
    }

    fn sees_texts(self) -> bool {
        self == Audience::Server
    }
}

/// Compiles a checked scorecard.
///
/// # Errors
/// More than 256 KiB are a problem.
pub fn compile(card: &Scorecard, audience: Audience) -> Result<Vec<u8>, Problem> {
    let bytes = compiled(card, audience).to_bytes();
    if bytes.len() <= MAX_BYTES {
        return Ok(bytes);
    }
    Err(Problem::error(
        Code::TooLarge,
        "",
        format!("a compiled scorecard of {} bytes", bytes.len()),
        format!("at most {MAX_BYTES} bytes"),
        "shorten texts or lists of values",
    ))
}

/// Goes on with a scorecard of which only points, limits, bands and constants of score tests changed
/// since `card` was compiled for this audience; false where it does not even read. Everything else
/// stays as it is, the hash too, since working it out takes longer than all that moved.
pub fn moved(card: &mut Card, text: &str, audience: Audience) -> bool {
    let Ok(file) = serde_json::from_str::<Scorecard>(text) else {
        return false;
    };
    let (program, texts) = (&mut card.program, &mut card.texts);
    let facts = core::mem::take(&mut program.facts);
    let mut compiler = Compiler::new(&file, facts, core::mem::take(&mut texts.facts));
    let moving = compiler.moving(&Ranks::new(&file), audience);
    program.facts = compiler.facts;
    texts.facts = compiler.fact_texts;
    program.tests = compiler.tests;
    texts.tests = compiler.sentences;
    program.criteria = moving.criteria;
    texts.criteria = moving.criterion_texts;
    program.groups = moving.groups;
    program.axes = moving.axes;
    program.disqualifiers = moving.disqualifiers;
    program.bands = moving.bands;
    program.stages = moving.stages;
    for (question, when) in program.questions.iter_mut().zip(moving.asked) {
        question.when = when;
    }
    program.routes = moving.routes;
    program.value = moving.value;
    program.people.territories = moving.territories;
    true
}

/// Program and texts of a checked scorecard.
pub fn compiled(card: &Scorecard, audience: Audience) -> Card {
    let (facts, fact_texts) = facts::facts(card).into_iter().unzip();
    Compiler::new(card, facts, fact_texts).compiled(audience)
}

/// What is known while compiling: names are settled first, tests and measures are collected.
struct Compiler<'a> {
    card: &'a Scorecard,
    facts: Vec<program::Fact>,
    fact_texts: Vec<FactTexts>,
    properties: BTreeSet<String>,
    aggregates: BTreeSet<String>,
    measures: Vec<(Measure, String)>,
    tests: Vec<Test>,
    /// The words of the tests.
    sentences: Vec<String>,
}

/// The order of the ids of criteria and groups and of the names of the axes.
struct Ranks<'a>(BTreeSet<&'a str>);

impl<'a> Ranks<'a> {
    fn new(card: &'a Scorecard) -> Self {
        let criteria = card.criteria.iter().map(|criterion| criterion.id.as_str());
        let groups = card.groups.iter().map(|group| group.id.as_str());
        let axes = Axis::ALL.iter().map(|axis| axis.id());
        Ranks(criteria.chain(groups).chain(axes).collect())
    }

    fn of(&self, id: &str) -> u16 {
        let before = self.0.range(..id).count();
        u16::try_from(before).unwrap_or(u16::MAX)
    }
}

/// What points, limits, bands and constants of tests are part of: all that is compiled anew when
/// they move.
struct Moving {
    criteria: Vec<program::Criterion>,
    criterion_texts: Vec<CriterionTexts>,
    groups: Vec<Group>,
    axes: (Limit, Limit),
    disqualifiers: Vec<program::Condition>,
    bands: (Vec<Option<i32>>, Vec<Option<i32>>),
    stages: Vec<Stage>,
    /// By question, whether it is asked.
    asked: Vec<Option<program::Condition>>,
    routes: Vec<Route>,
    value: Option<Value>,
    territories: Vec<program::Condition>,
}

impl<'a> Compiler<'a> {
    fn new(card: &'a Scorecard, facts: Vec<program::Fact>, fact_texts: Vec<FactTexts>) -> Self {
        let (properties, aggregates) = facts::names(card);
        Compiler {
            card,
            facts,
            fact_texts,
            properties,
            aggregates,
            measures: Vec::new(),
            tests: Vec::new(),
            sentences: Vec::new(),
        }
    }

    fn groups(&self) -> Vec<&'a file::Group> {
        let mut groups = self.card.groups.iter().collect::<Vec<_>>();
        groups.sort_by(|a, b| a.id.cmp(&b.id));
        groups
    }

    fn moving(&mut self, ranks: &Ranks, audience: Audience) -> Moving {
        let card = self.card;
        let groups = self.groups();
        let limits = card.limits.clone().unwrap_or_default();
        let bands = bands(card);
        let (criteria, criterion_texts) = self.criteria(&groups, ranks);
        let disqualifiers = card.disqualify.iter();
        let disqualifiers = disqualifiers
            .map(|disqualifier| self.condition(&disqualifier.when))
            .collect();
        let stages = card.stages.iter();
        let stages = stages
            .map(|stage| Stage {
                kind: stage.kind,
                when: stage.when.as_ref().map(|when| self.condition(when)),
            })
            .collect();
        let questions = card.questions.iter();
        let asked = questions
            .map(|question| question.when.as_ref().map(|when| self.condition(when)))
            .collect();
        let routes = card.routes.iter();
        let routes = routes
            .map(|route| Route {
                when: self.condition(&route.when),
                for_disqualified: route.for_disqualified,
            })
            .collect();
        let value = card.value.as_ref().filter(|_| audience.sees_value());
        Moving {
            criteria,
            criterion_texts,
            groups: groups
                .into_iter()
                .map(|group| Group {
                    rank: ranks.of(&group.id),
                    axis: group.axis,
                    limit: limit(Some(group.limit)),
                })
                .collect(),
            axes: (limit(limits.fit), limit(limits.engagement)),
            disqualifiers,
            bands: (least(&bands.0), least(&bands.1)),
            stages,
            asked,
            routes,
            value: value.map(|value| self.value(value)),
            territories: self.territories(),
        }
    }

    fn compiled(mut self, audience: Audience) -> Card {
        let card = self.card;
        let ranks = Ranks::new(card);
        let moving = self.moving(&ranks, audience);
        let questions = card.questions.iter().zip(moving.asked);
        let (questions, question_texts) = questions
            .map(|(question, when)| self.question(question, when))
            .unzip();
        let value = card.value.as_ref().filter(|_| audience.sees_value());
        let calibration = card.calibration.as_ref().filter(|_| audience.sees_value());
        let bands = bands(card);
        let people = self.people(moving.territories, audience);
        let (measures, measure_names) = self.measures.drain(..).unzip();
        let texts = Texts {
            aggregates: self.aggregates.iter().cloned().collect(),
            bands: (names(&bands.0), names(&bands.1)),
            break_even: break_even(card, audience),
            calendars: card.calendars.iter().map(|of| of.id.clone()).collect(),
            card: CardTexts {
                default_language: card.default_language.clone(),
                hash: canonical::content_hash(card),
                id: card.id.clone(),
                revision: card.revision,
                signed: canonical::signed(card),
            },
            criteria: moving.criterion_texts,
            currency: value.map(|value| value.currency.clone()),
            disqualifiers: disqualifier_texts(card, audience),
            groups: self
                .groups()
                .iter()
                .map(|group| GroupTexts {
                    axis: group.axis,
                    id: group.id.clone(),
                })
                .collect(),
            measures: measure_names,
            owners: owner_texts(card, audience),
            names: facts::sent_names(card, &self.fact_texts, &self.aggregates),
            properties: self.properties.iter().cloned().collect(),
            questions: question_texts,
            routes: self.route_texts(audience),
            segments: value
                .iter()
                .flat_map(|value| &value.segments)
                .map(|segment| segment.id.clone())
                .collect(),
            stages: card
                .stages
                .iter()
                .map(|stage| StageTexts {
                    id: stage.id.clone(),
                    kind: stage.kind,
                    team: stage.team,
                })
                .collect(),
            tests: self.sentences,
            time_zones: (!card.calendars.is_empty()).then(|| zone::version().to_owned()),
            facts: self.fact_texts,
        };
        let program = Program {
            standard: facts::standard_facts(&texts.facts),
            facts: self.facts,
            properties: texts.properties.len() as u16,
            aggregates: texts.aggregates.len() as u16,
            measures,
            tests: self.tests,
            criteria: moving.criteria,
            groups: moving.groups,
            axes: moving.axes,
            axis_ranks: (ranks.of(Axis::Fit.id()), ranks.of(Axis::Engagement.id())),
            disqualifiers: moving.disqualifiers,
            bands: moving.bands,
            stages: moving.stages,
            questions,
            routes: moving.routes,
            value: moving.value,
            calibration: calibration.map(|calibration| Calibration {
                a: calibration.a,
                g: calibration.g,
            }),
            target_departments: card
                .titles
                .iter()
                .flat_map(|titles| titles.target_departments.iter().copied())
                .collect(),
            people,
            ask_until: card.ask_until.unwrap_or(AskUntil::Route),
        };
        Card { program, texts }
    }

    fn route_texts(&self, audience: Audience) -> Vec<RouteTexts> {
        let card = self.card;
        let routes = card
            .routes
            .iter()
            .map(|route| (&route.id, &route.action, &route.follow_up));
        let fallbacks = [&card.fallback.unmatched, &card.fallback.disqualified]
            .map(|to| (&to.id, &to.action, &to.follow_up));
        routes
            .chain(fallbacks)
            .map(|(id, action, follow_up)| RouteTexts {
                action: json(action),
                follow_up: self.follow_up(follow_up, audience),
                id: id.clone(),
            })
            .collect()
    }

    fn value(&mut self, value: &file::Value) -> Value {
        Value {
            calibrated: value.method == Some(file::ValueMethod::Calibrated),
            segments: value
                .segments
                .iter()
                .map(|segment| Segment {
                    when: self.condition(&segment.when),
                    worth: worth(&segment.worth),
                })
                .collect(),
            otherwise: worth(&value.otherwise),
        }
    }

    /// Index of a fact; an unknown one has no values.
    fn fact(&self, id: &str) -> u16 {
        let index = self
            .fact_texts
            .binary_search_by(|fact| fact.id.as_str().cmp(id));
        index
            .ok()
            .and_then(|index| u16::try_from(index).ok())
            .unwrap_or(u16::MAX)
    }
}

fn worth(worth: &file::Worth) -> Worth {
    Worth {
        close_rate: (worth.close_rate * 1e6).round() as u32,
        average_revenue: worth.average_revenue_minor,
    }
}

fn owner_texts(card: &Scorecard, audience: Audience) -> Vec<OwnerTexts> {
    let owners = card.owners.iter().map(|owner| OwnerTexts {
        contact: match audience.sees_texts() {
            true => json(&Contact::of(owner)),
            false => serde_json::Value::Null,
        },
        id: owner.id.clone(),
    });
    owners.collect()
}

/// Of each segment, then of all other leads, how many attempts pay; nothing on a page.
fn break_even(card: &Scorecard, audience: Audience) -> Vec<Option<u32>> {
    let value = card.value.as_ref().filter(|_| audience.sees_texts());
    let worths = value.into_iter().flat_map(|value| {
        let segments = value.segments.iter().map(|segment| &segment.worth);
        segments.chain([&value.otherwise])
    });
    worths.map(super::break_even::attempts).collect()
}

fn limit(limit: Option<file::Limit>) -> Limit {
    Limit {
        min: limit.and_then(|limit| limit.min),
        max: limit.and_then(|limit| limit.max),
    }
}

/// A band: its name, and its least points; the last has none.
type Band = (String, Option<i32>);

/// The bands of a scorecard, A to D and 1 to 4 at 75, 50 and 25 points where it has none.
fn bands(card: &Scorecard) -> (Vec<Band>, Vec<Band>) {
    let defaults = |names: [&str; 4]| {
        let from = [Some(75), Some(50), Some(25), None];
        names.map(str::to_owned).into_iter().zip(from).collect()
    };
    let named = |bands: &[file::Band]| {
        bands
            .iter()
            .map(|band| (band.name.clone(), band.from))
            .collect()
    };
    match &card.bands {
        Some(bands) => (named(&bands.fit), named(&bands.engagement)),
        None => (
            defaults(["A", "B", "C", "D"]),
            defaults(["1", "2", "3", "4"]),
        ),
    }
}

fn names(bands: &[Band]) -> Vec<String> {
    bands.iter().map(|(name, _)| name.clone()).collect()
}

fn least(bands: &[Band]) -> Vec<Option<i32>> {
    bands.iter().map(|(_, from)| *from).collect()
}

fn disqualifier_texts(card: &Scorecard, audience: Audience) -> Vec<DisqualifierTexts> {
    card.disqualify
        .iter()
        .map(|disqualifier| DisqualifierTexts {
            id: disqualifier.id.clone(),
            reason: match audience.sees_texts() {
                true => json(&disqualifier.reason),
                false => serde_json::Value::Null,
            },
        })
        .collect()
}

/// A part of the file as JSON with its keys in order.
fn json(part: &impl serde::Serialize) -> serde_json::Value {
    // What was just written reads back.
    serde_json::from_str(&canonical::json(part)).unwrap_or_default()
}
