//! What the studio is told of past leads.

mod counts;
mod details;
mod learning;
mod survey;
mod table;
mod values;

pub use counts::{by_score, packed};
pub use details::Details;
pub use learning::learning;
pub use survey::Survey;
pub use table::{Query, Rows, rows};
pub use values::{Values, values};

use serde::Serialize;

use super::Backtest;
use super::cells::Cells;
use super::columns::Role;
use super::judged::Judged;
use super::rules::{DISQUALIFIED, Decision};
use super::trouble::{self, Troubles};
use super::wording::Outcome;
use crate::card::Card;

/// What there is to tell of a file.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct File {
    /// Number of leads.
    pub leads: usize,
    /// Its columns.
    pub columns: Vec<super::Column>,
    /// Words of the outcome column.
    pub outcomes: Vec<OutcomeWord>,
    /// First and last time at which leads came, in milliseconds.
    pub span: Option<(i64, i64)>,
    /// What could not be read, the most frequent first.
    pub unread: Vec<Unread>,
    /// Ids of criteria that no column of the file tells anything of.
    pub not_testable: Vec<String>,
    /// Tests of conditions that no column tells anything of, in words.
    pub untold_tests: Vec<String>,
    /// Whether there is a column of this role.
    pub has: Has,
}

/// What could not be read in a column.
#[derive(Debug, Serialize)]
pub struct Unread {
    /// Index of the column; none where it is the row itself.
    pub column: Option<usize>,
    /// What is wrong.
    pub what: trouble::Trouble,
    /// In how many rows.
    pub rows: usize,
    /// The first of them.
    pub first: Vec<trouble::Found>,
}

/// How many are told one by one of what could not be read in a column.
const FIRST: usize = 3;

/// Which columns there are.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs)]
pub struct Has {
    pub outcome: bool,
    pub created: bool,
    pub revenue: bool,
    pub cost: bool,
    pub owner: bool,
    pub channel: bool,
}

/// A word of the outcome column.
#[derive(Debug, Serialize)]
pub struct OutcomeWord {
    /// As it stands there.
    pub text: String,
    /// What it is taken for.
    pub outcome: Outcome,
    /// How many leads have it.
    pub leads: usize,
}

/// Tells of a file.
pub fn file(backtest: &Backtest) -> File {
    let leads = backtest.leads();
    let words = leads.outcome_words().into_iter();
    let (criteria, tests) = backtest.untold();
    let texts = &backtest.card().texts;
    File {
        leads: leads.rows,
        columns: leads.columns.clone(),
        outcomes: words
            .map(|(text, outcome, leads)| OutcomeWord {
                text,
                outcome,
                leads,
            })
            .collect(),
        span: leads.span(),
        unread: unread(backtest),
        not_testable: texts_of(criteria, &texts.criteria, |texts| &texts.id),
        untold_tests: texts_of(tests, &texts.tests, |words| words),
        has: Has {
            outcome: leads.cells(&Role::Outcome).is_some(),
            created: !leads.created.is_empty(),
            revenue: !leads.revenue.is_empty(),
            cost: !leads.cost.is_empty(),
            owner: leads.cells(&Role::Owner).is_some(),
            channel: channel(backtest).is_some(),
        },
    }
}

/// What could not be read, the most frequent first.
fn unread(backtest: &Backtest) -> Vec<Unread> {
    let told = |troubles: &Troubles| -> Vec<Unread> {
        let told = |trouble::Count { column, what, rows }| {
            let same = |found: &&trouble::Found| found.column == column && found.what == what;
            let first = troubles.found().iter().filter(same).take(FIRST);
            Unread {
                column,
                what,
                rows,
                first: first.cloned().collect(),
            }
        };
        troubles.counts().into_iter().map(told).collect()
    };
    let mut all = told(&backtest.leads().troubles);
    all.extend(told(&backtest.unread()));
    all.sort_by_key(|of| core::cmp::Reverse(of.rows));
    all
}

/// What could not be read, one by one in the order of the rows, as many as are kept.
pub fn troubles(backtest: &Backtest) -> Vec<trouble::Found> {
    let (read, unread) = (&backtest.leads().troubles, backtest.unread());
    let mut all = [read.found(), unread.found()].concat();
    all.sort_by_key(|found| (found.row, found.column));
    all.truncate(trouble::MOST);
    all
}

/// Texts by their indices.
fn texts_of<T>(indices: &[usize], texts: &[T], text: impl Fn(&T) -> &String) -> Vec<String> {
    let texts = indices.iter().filter_map(|index| texts.get(*index));
    texts.map(|of| text(of).clone()).collect()
}

/// The cells that tell the channel: their own column, else where the lead says that it came from.
fn channel(backtest: &Backtest) -> Option<&Cells> {
    let leads = backtest.leads();
    leads
        .cells(&Role::Channel)
        .or_else(|| leads.place("fact:attribution.source"))
}

/// The revision that is compared with, and every lead as it judges it.
pub struct Baseline {
    card: Card,
    judged: Judged,
    decisions: Vec<Decision>,
}

impl Baseline {
    /// Judges all leads by another revision.
    pub fn new(backtest: &Backtest, card: Card) -> Self {
        let (judged, decisions) = backtest.judge_by(&card);
        Baseline {
            card,
            judged,
            decisions,
        }
    }
}

fn stage_id(card: &Card, decision: &Decision) -> String {
    let stage = usize::try_from(decision.stage)
        .ok()
        .and_then(|index| card.texts.stages.get(index));
    match stage {
        Some(stage) => stage.id.clone(),
        None if decision.stage == DISQUALIFIED => "disqualified".to_owned(),
        None => String::new(),
    }
}

fn route_id(card: &Card, decision: &Decision) -> String {
    let route = card.texts.routes.get(decision.route as usize);
    route.map_or_else(String::new, |route| route.id.clone())
}

fn outcome(backtest: &Backtest, row: usize) -> Outcome {
    let outcome = backtest
        .leads()
        .outcomes
        .get(row)
        .copied()
        .unwrap_or(Outcome::Open as u8);
    Outcome::from_index(usize::from(outcome)).unwrap_or(Outcome::Open)
}

/// What a lead is called: its id, its address, or its row.
fn name(backtest: &Backtest, row: usize) -> String {
    let leads = backtest.leads();
    let cells = [leads.cells(&Role::Id), leads.place("fact:email")];
    let told = cells
        .into_iter()
        .flatten()
        .map(|cells| cells.cell(row))
        .find(|text| !text.is_empty());
    told.map_or_else(|| format!("row {}", row + 2), str::to_owned)
}
