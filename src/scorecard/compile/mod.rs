//! From a checked scorecard to the program that runs.
//!
//! Expects a scorecard without errors; of one with errors it makes a program all the same, in
//! which what does not fit stays unknown.

mod conditions;
mod criteria;
mod facts;
mod views;

pub use views::{OptionView, PlannedFollowUp, PlannedSla, QuestionView};

use std::collections::BTreeSet;

use super::canonical;
use super::file::{self, Scorecard};
use crate::problem::{Code, Problem};
use crate::program::{
    Band, Calibration, Card, Disqualifier, Group, Limit, MAX_BYTES, Measure, Program, Route,
    Segment, Stage, Test, Value, Worth,
};

/// For whom a scorecard is compiled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Audience {
    /// A page, whose visitors can read it: without value, agreement, names, contact data,
    /// accounts, tasks and reasons of disqualifiers.
    #[default]
    Page,
    /// A page that may tell visitors what a lead is worth, for analytics events with a value.
    PageWithValue,
    /// A server: with everything.
    Server,
}

impl Audience {
    fn sees_value(self) -> bool {
        self != Audience::Page
    }

    fn sees_texts(self) -> bool {
        self == Audience::Server
    }
}

/// Compiles a checked scorecard.
///
/// # Errors
/// A program of more than 256 KiB is a problem.
pub fn compile(card: &Scorecard, audience: Audience) -> Result<Vec<u8>, Problem> {
    let bytes = program(card, audience).to_bytes();
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

/// The program of a checked scorecard.
pub fn program(card: &Scorecard, audience: Audience) -> Program {
    let facts = facts::facts(card);
    let (properties, aggregates) = facts::names(card);
    let mut compiler = Compiler {
        card,
        facts,
        properties,
        aggregates,
        measures: Vec::new(),
        tests: Vec::new(),
    };
    compiler.program(audience)
}

/// What is known while compiling: names are settled first, tests and measures are collected.
struct Compiler<'a> {
    card: &'a Scorecard,
    facts: Vec<crate::program::Fact>,
    properties: BTreeSet<String>,
    aggregates: BTreeSet<String>,
    measures: Vec<Measure>,
    tests: Vec<Test>,
}

impl Compiler<'_> {
    fn program(&mut self, audience: Audience) -> Program {
        let card = self.card;
        let mut groups = card.groups.iter().collect::<Vec<_>>();
        groups.sort_by(|a, b| a.id.cmp(&b.id));
        let limits = card.limits.clone().unwrap_or_default();
        let criteria = self.criteria(&groups);
        let disqualifiers = card
            .disqualify
            .iter()
            .map(|disqualifier| Disqualifier {
                id: disqualifier.id.clone(),
                reason: match audience.sees_texts() {
                    true => canonical::json(&disqualifier.reason),
                    false => "null".to_owned(),
                },
                when: self.condition(&disqualifier.when),
            })
            .collect();
        let stages = card
            .stages
            .iter()
            .map(|stage| Stage {
                id: stage.id.clone(),
                kind: stage.kind,
                team: stage.team,
                when: stage.when.as_ref().map(|when| self.condition(when)),
            })
            .collect();
        let questions = card
            .questions
            .iter()
            .map(|question| self.question(question))
            .collect();
        let routes = card
            .routes
            .iter()
            .map(|route| Route {
                id: route.id.clone(),
                when: Some(self.condition(&route.when)),
                for_disqualified: route.for_disqualified,
                action: canonical::json(&route.action),
                follow_up: self.follow_up(&route.follow_up, audience),
            })
            .collect();
        let unmatched = self.fallback(&card.fallback.unmatched, audience, false);
        let disqualified = self.fallback(&card.fallback.disqualified, audience, true);
        let value = card.value.as_ref().filter(|_| audience.sees_value());
        let value = value.map(|value| self.value(value));
        Program {
            card: Card {
                id: card.id.clone(),
                revision: card.revision,
                hash: canonical::content_hash(card),
                signed: canonical::signed(card),
                default_language: card.default_language.clone(),
            },
            further: facts::further(&self.facts),
            facts: std::mem::take(&mut self.facts),
            measures: std::mem::take(&mut self.measures),
            properties: self.properties.iter().cloned().collect(),
            aggregates: self.aggregates.iter().cloned().collect(),
            tests: std::mem::take(&mut self.tests),
            criteria,
            groups: groups
                .into_iter()
                .map(|group| Group {
                    id: group.id.clone(),
                    axis: group.axis,
                    limit: limit(Some(group.limit)),
                })
                .collect(),
            axis_limits: (limit(limits.fit), limit(limits.engagement)),
            disqualifiers,
            bands: bands(card),
            stages,
            questions,
            routes,
            unmatched,
            disqualified,
            value,
            calibration: card
                .calibration
                .as_ref()
                .filter(|_| audience.sees_value())
                .map(|calibration| Calibration {
                    a: calibration.a,
                    g: calibration.g,
                }),
            target_departments: card
                .titles
                .iter()
                .flat_map(|titles| titles.target_departments.iter().copied())
                .collect(),
        }
    }

    fn fallback(
        &self,
        to: &file::Destination,
        audience: Audience,
        for_disqualified: bool,
    ) -> Route {
        Route {
            id: to.id.clone(),
            when: None,
            for_disqualified,
            action: canonical::json(&to.action),
            follow_up: self.follow_up(&to.follow_up, audience),
        }
    }

    fn value(&mut self, value: &file::Value) -> Value {
        Value {
            currency: value.currency.clone(),
            calibrated: value.method == Some(file::ValueMethod::Calibrated),
            segments: value
                .segments
                .iter()
                .map(|segment| Segment {
                    id: segment.id.clone(),
                    when: self.condition(&segment.when),
                    worth: worth(&segment.worth),
                })
                .collect(),
            otherwise: worth(&value.otherwise),
        }
    }

    /// Index of a fact; an unknown one has no values.
    fn fact(&self, id: &str) -> u16 {
        let index = self.facts.binary_search_by(|fact| fact.id.as_str().cmp(id));
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

fn limit(limit: Option<file::Limit>) -> Limit {
    Limit {
        min: limit.and_then(|limit| limit.min),
        max: limit.and_then(|limit| limit.max),
    }
}

/// The bands of a scorecard, A to D and 1 to 4 at 75, 50 and 25 points where it has none.
fn bands(card: &Scorecard) -> (Vec<Band>, Vec<Band>) {
    let defaults = |names: [&str; 4]| {
        let from = [Some(75), Some(50), Some(25), None];
        names
            .into_iter()
            .zip(from)
            .map(|(name, from)| Band {
                name: name.to_owned(),
                from,
            })
            .collect()
    };
    let named = |bands: &[file::Band]| {
        bands
            .iter()
            .map(|band| Band {
                name: band.name.clone(),
                from: band.from,
            })
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
