//! One call of learning from text to proposal, in steps: what the package, the studio and tests run.

use serde::Deserialize;

use super::accept::accept;
use super::emit;
use super::history::History;
use super::model::Style;
use super::plain::Schema;
use super::prepare::{self, About};
use super::proposal::{Accepted, Proposal};
use super::propose::{Setting, propose};
use super::sheet::Sheet;
use super::study::{Past, Study};
use crate::problem::{Code, Problem};
use crate::scorecard::{self, file::Scorecard};
use crate::time;

/// Rows read in one step.
const ROWS: usize = 10_000;
/// Share of the work that reading is.
const READING: f64 = 0.3;

/// How to learn. Every wish has a sensible default.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[cfg_attr(
    test,
    ts(rename = "LearnOptions", rename_all = "camelCase", optional_fields)
)]
pub struct Options {
    /// From 0, the closest fit, to 1, the fewest rules or changes. Default 0.5.
    pub simplicity: Option<f64>,
    /// Most points of a bin of a new criterion, from 1 to 1,000. Default 20.
    pub cap: Option<i32>,
    /// Most rules of new criteria together. Default 100.
    pub rules: Option<u32>,
    /// Share of the leads that sales can take up, above 0 and up to 1. Default: 0.2.
    pub capacity: Option<f64>,
    /// The moment of learning, in milliseconds since 1970: its date stands in the calibration, and
    /// leads without a date are judged at it.
    pub now: Option<f64>,
    /// What counts as success: `won` (default), or `accepted` by sales.
    pub goal: Option<String>,
    /// The column with the outcome. Default: the first that is called so.
    pub outcome: Option<String>,
    /// The column with the date at which a lead came in. Default: the first that is called so.
    pub created: Option<String>,
    /// The column with the date of the outcome. Default: the first that is called so.
    pub closed: Option<String>,
    /// The column with the amount of money. Default: the first that is called so.
    pub amount: Option<String>,
    /// The column with the reason for which sales rejected a lead. Default: the first that is called so.
    pub reason: Option<String>,
    /// Days after which a lead counts half. Default: all count alike.
    pub half_life_days: Option<f64>,
    /// Whether unknown facts may get points. Default true.
    pub unknown_points: Option<bool>,
    /// Whether combinations of two new facts may become criteria, where chance does not explain them.
    /// Default false.
    pub combinations: Option<bool>,
    /// Whether facts that are not scored yet may become criteria. Default true.
    pub new_criteria: Option<bool>,
}

impl Options {
    /// Checks what was wished.
    ///
    /// # Errors
    /// The first wish that cannot be met.
    pub fn check(&self) -> Result<(), Problem> {
        let share = |share: Option<f64>, least: f64| {
            share.is_none_or(|share| share >= least && share <= 1.0)
        };
        let wrong = |at: &str, expected: &str| {
            Err(Problem::error(
                Code::OutOfRange,
                at,
                "a number out of range",
                expected,
                "leave it out for the default",
            ))
        };
        if !share(self.simplicity, 0.0) {
            return wrong("/simplicity", "a number from 0 to 1");
        }
        if !share(self.capacity, 1e-6) {
            return wrong("/capacity", "a share above 0, up to 1");
        }
        if !self.cap.is_none_or(|cap| (1..=1000).contains(&cap)) {
            return wrong("/cap", "a whole number from 1 to 1000");
        }
        if !self
            .now
            .is_none_or(|now| time::RANGE.contains(&(now as i64)) && now.is_finite())
        {
            return wrong("/now", "milliseconds since 1970");
        }
        if !self
            .half_life_days
            .is_none_or(|days| days > 0.0 && days.is_finite())
        {
            return wrong("/halfLifeDays", "a number of days above 0");
        }
        if !self
            .goal
            .as_deref()
            .is_none_or(|goal| ["won", "accepted"].contains(&goal))
        {
            return wrong("/goal", "`won` or `accepted`");
        }
        Ok(())
    }

    /// The style of cards that was wished.
    pub fn style(&self) -> Style {
        let lost = 5e-4 * libm::pow(100.0, self.simplicity.unwrap_or(0.5));
        Style {
            cap: self.cap.unwrap_or(20),
            kept: 1.0 - lost,
            rules: self.rules.unwrap_or(100) as usize,
        }
    }

    /// The date of learning.
    pub fn today(&self) -> String {
        let text = time::format(self.now.unwrap_or(0.0) as i64);
        text.get(..10).unwrap_or("1970-01-01").to_owned()
    }
}

/// Learning in progress.
pub struct Task {
    options: Options,
    stage: Stage,
    /// The scorecard that the proposal is for.
    card: Scorecard,
}

enum Stage {
    /// Reading a plain table.
    Plain(Box<(Schema, Sheet)>),
    /// Reading the leads of a scorecard.
    History(Box<History>),
    /// Fitting.
    Study(Box<(Study, About)>),
    /// Broken by an error that was told.
    Broken,
}

impl Task {
    /// Begins to learn a scorecard from a plain table.
    ///
    /// # Errors
    /// Where the schema or the table cannot be read.
    pub fn plain(schema: &str, csv: &[u8], options: Options) -> Result<Task, Problem> {
        options.check()?;
        let schema = Schema::read(schema)?;
        let sheet = schema.sheet(csv)?;
        let name = schema.name.clone().unwrap_or_else(|| "learned".to_owned());
        let card = emit::empty(&name);
        Ok(Task {
            options,
            stage: Stage::Plain(Box::new((schema, sheet))),
            card,
        })
    }

    /// Begins to learn points for a scorecard from past leads.
    ///
    /// # Errors
    /// The problems of the scorecard, or where the leads or their outcomes cannot be read.
    pub fn scorecard(text: &str, csv: &[u8], options: Options) -> Result<Task, Vec<Problem>> {
        options.check().map_err(|problem| vec![problem])?;
        let scorecard::Outcome {
            scorecard,
            problems,
        } = scorecard::read(text);
        let card = scorecard.ok_or(problems)?;
        let history = History::new(&card, csv, &options).map_err(|problem| vec![problem])?;
        Ok(Task {
            options,
            stage: Stage::History(Box::new(history)),
            card,
        })
    }

    /// A step of some milliseconds to tenths of a second; the share of the work that is done, 1 at
    /// the end.
    ///
    /// # Errors
    /// Where the table cannot be read any further.
    pub fn step(&mut self) -> Result<f64, Problem> {
        match std::mem::replace(&mut self.stage, Stage::Broken) {
            Stage::Plain(mut reading) => {
                let more = reading.1.read(ROWS)?;
                let done = READING * reading.1.done();
                if more {
                    self.stage = Stage::Plain(reading);
                    return Ok(done);
                }
                let (schema, sheet) = *reading;
                let (past, about) = prepare::plain(&schema, sheet);
                Ok(self.study(past, about))
            }
            Stage::History(mut history) => {
                let more = history.read(ROWS)?;
                let done = READING * history.done();
                if more {
                    self.stage = Stage::History(history);
                    return Ok(done);
                }
                let (past, about) = prepare::history(*history, &self.card, &self.options);
                Ok(self.study(past, about))
            }
            Stage::Study(mut study) => {
                let done = study.0.step();
                self.stage = Stage::Study(study);
                Ok(READING + (1.0 - READING) * done)
            }
            Stage::Broken => Err(broken()),
        }
    }

    /// Another wish for simplicity; only the card is made anew. What was measured stays as it was
    /// measured.
    pub fn simplify(&mut self, simplicity: f64) -> Result<(), Problem> {
        let options = Options {
            simplicity: Some(simplicity),
            ..self.options.clone()
        };
        options.check()?;
        self.options = options;
        if let Stage::Study(study) = &mut self.stage {
            study.0.restyle(self.options.style());
        }
        Ok(())
    }

    /// The proposal; steps that are missing are done.
    ///
    /// # Errors
    /// Where the table cannot be read.
    pub fn proposal(&mut self) -> Result<Proposal, Problem> {
        while self.step()? < 1.0 {}
        let Stage::Study(study) = &mut self.stage else {
            return Err(broken());
        };
        let (study, about) = &mut **study;
        let setting = Setting {
            capacity: self.options.capacity.unwrap_or(0.2),
            today: self.options.today(),
        };
        Ok(propose(&mut study.findings(), about, setting))
    }

    /// Goes on from reading to the study of what was read; the share of the work that is done.
    fn study(&mut self, past: Past, about: About) -> f64 {
        let combinations = self.options.combinations == Some(true);
        let study = Study::new(past, self.options.style(), combinations);
        self.stage = Stage::Study(Box::new((study, about)));
        READING
    }

    /// The scorecard with all that is proposed.
    ///
    /// # Errors
    /// Where the proposal is another's.
    pub fn accepted(&self, proposal: &Proposal) -> Result<Scorecard, Problem> {
        accept(&self.card, proposal, &Accepted::All)
    }
}

fn broken() -> Problem {
    Problem::error(
        Code::Internal,
        "",
        "a table that could not be read",
        "a table",
        "begin again",
    )
}
