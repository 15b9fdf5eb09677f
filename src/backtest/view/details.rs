//! What takes a look at every lead: owners, channels, bins, and who moved.

use serde::Serialize;

use super::{Baseline, channel, name, outcome, route_id, stage_id};
use crate::backtest::Backtest;
use crate::backtest::cells::Cells;
use crate::backtest::columns::Role;
use crate::backtest::judged::Judged;
use crate::backtest::lookup::{Worths, bounds};
use crate::backtest::rules::Decision;
use crate::backtest::tally;
use crate::backtest::wording::Outcome;
use crate::card::Card;
use crate::program::Program;

/// What takes a look at every lead.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Details {
    /// By owner, as the file names them.
    pub owners: Vec<Part>,
    /// By channel.
    pub channels: Vec<Part>,
    /// By criterion and bin; unknown last.
    pub bins: Vec<Bins>,
    /// Who moved, against the revision that is compared with.
    pub moves: Option<Moves>,
}

/// Leads of one owner or one channel.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Part {
    /// Its name.
    pub name: String,
    /// All its leads.
    pub leads: u64,
    /// Those that are qualified.
    pub qualified: u64,
    /// Those that were won.
    pub won: u64,
    /// Revenue of those, in minor units.
    pub revenue: i64,
    /// What its leads cost, in minor units.
    pub cost: i64,
    /// Expected value of its qualified leads, in minor units.
    pub value: f64,
}

/// Leads by bin of a criterion.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Bins {
    /// Its id.
    pub id: String,
    /// Leads by outcome and revenue, by bin; unknown last.
    pub counts: Vec<([u64; 4], i64)>,
}

/// Who moved.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Moves {
    /// From stage to stage: ids, leads, won, revenue in minor units.
    pub stages: Vec<StageMove>,
    /// The leads that moved most, by change of score.
    pub top: Vec<LeadMove>,
    /// Leads whose route changed.
    pub routes: u64,
}

/// Leads that moved from a stage to another.
#[derive(Clone, Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct StageMove {
    /// Id of the stage before.
    pub from: String,
    /// Id of the stage now.
    pub to: String,
    /// How many.
    pub leads: u64,
    /// How many of them were won.
    pub won: u64,
    /// Revenue of those, in minor units.
    pub revenue: i64,
}

/// A lead that moved.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LeadMove {
    /// Its row, from 0.
    pub row: usize,
    /// What it is called.
    pub name: String,
    /// Score, stage and route before.
    pub before: (i32, String, String),
    /// Score, stage and route now.
    pub after: (i32, String, String),
    /// What became of it.
    pub outcome: Outcome,
}

/// Takes a look at every lead.
pub fn details(backtest: &Backtest, baseline: Option<&Baseline>) -> Details {
    let judged = backtest.judge();
    let leads = backtest.leads();
    let texts = &backtest.card().texts.criteria;
    let bins = texts
        .iter()
        .zip(backtest.bins())
        .map(|(texts, counts)| Bins {
            id: texts.id.clone(),
            counts: counts
                .iter()
                .map(|count| (count.leads, count.revenue))
                .collect(),
        });
    Details {
        owners: leads
            .cells(&Role::Owner)
            .map_or_else(Vec::new, |cells| parts(backtest, &judged, cells)),
        channels: channel(backtest).map_or_else(Vec::new, |cells| parts(backtest, &judged, cells)),
        bins: bins.collect(),
        moves: baseline.map(|baseline| moves(backtest, &judged, baseline)),
    }
}

/// Most owners or channels that are told; the others are one.
const MOST_PARTS: usize = 50;

fn parts(backtest: &Backtest, judged: &Judged, cells: &Cells) -> Vec<Part> {
    let (leads, program) = (backtest.leads(), &backtest.card().program);
    let mut parts: Vec<Part> = Vec::new();
    parts.resize_with(cells.texts(), Part::default);
    let qualified = qualified(program, backtest.decisions());
    let scores = (0..leads.rows).map(|row| judged.score(row));
    let worths = Worths::new(program, bounds(scores));
    for (row, code) in cells.codes().iter().enumerate() {
        let Some(part) = parts.get_mut(*code as usize) else {
            continue;
        };
        let decision = judged
            .decision
            .get(row)
            .map_or(0, |decision| *decision as usize);
        part.leads += 1;
        part.cost += leads.cost.get(row).copied().unwrap_or(0);
        if leads.outcomes.get(row) == Some(&(Outcome::Won as u8)) {
            part.won += 1;
            part.revenue += leads.revenue.get(row).copied().unwrap_or(0);
        }
        if qualified.get(decision) == Some(&true) {
            part.qualified += 1;
            let segment = backtest
                .decisions()
                .get(decision)
                .map_or(0, |decision| decision.segment);
            part.value += worths.of(segment, judged.score(row));
        }
    }
    for (code, part) in (0..).zip(&mut parts) {
        part.name = cells.text(code).to_owned();
    }
    parts.retain(|part| part.leads > 0);
    parts.sort_by_key(|part| core::cmp::Reverse(part.leads));
    if parts.len() > MOST_PARTS {
        let rest =
            parts
                .split_off(MOST_PARTS)
                .into_iter()
                .fold(Part::default(), |mut rest, part| {
                    rest.leads += part.leads;
                    rest.qualified += part.qualified;
                    rest.won += part.won;
                    rest.revenue += part.revenue;
                    rest.cost += part.cost;
                    rest.value += part.value;
                    rest
                });
        parts.push(Part {
            name: "…".to_owned(),
            ..rest
        });
    }
    parts
}

fn qualified(program: &Program, decisions: &[Decision]) -> Vec<bool> {
    let is = |decision: &Decision| {
        !decision.disqualified && tally::is_qualified(program, decision.stage)
    };
    decisions.iter().map(is).collect()
}

/// How many leads are told by name.
const TOP: usize = 20;

fn moves(backtest: &Backtest, judged: &Judged, baseline: &Baseline) -> Moves {
    let (leads, card) = (backtest.leads(), backtest.card());
    let (before, after) = (&baseline.decisions, backtest.decisions());
    let mut stages = vec![StageMove::default(); before.len() * after.len()];
    let mut moved: Vec<(u32, usize)> = Vec::new();
    let mut routes = 0;
    let was: Vec<(String, String)> = before
        .iter()
        .map(|of| (stage_id(&baseline.card, of), route_id(&baseline.card, of)))
        .collect();
    let is: Vec<(String, String)> = after
        .iter()
        .map(|of| (stage_id(card, of), route_id(card, of)))
        .collect();
    let none = (String::new(), String::new());
    for (row, (old, new)) in baseline
        .judged
        .decision
        .iter()
        .zip(&judged.decision)
        .enumerate()
    {
        let (was, is) = (
            was.get(*old as usize).unwrap_or(&none),
            is.get(*new as usize).unwrap_or(&none),
        );
        routes += u64::from(was.1 != is.1);
        let change = baseline.judged.score(row).abs_diff(judged.score(row));
        if was == is {
            continue;
        }
        moved.push((change, row));
        if was.0 == is.0 {
            continue;
        }
        if let Some(stage) = stages.get_mut(*old as usize * after.len() + *new as usize) {
            stage.leads += 1;
            if leads.outcomes.get(row) == Some(&(Outcome::Won as u8)) {
                stage.won += 1;
                stage.revenue += leads.revenue.get(row).copied().unwrap_or(0);
            }
        }
    }
    let mut merged: Vec<StageMove> = Vec::new();
    for (place, stage) in stages
        .into_iter()
        .enumerate()
        .filter(|(_, stage)| stage.leads > 0)
    {
        let (from, to) = (place / after.len(), place % after.len());
        let ids = (was.get(from).unwrap_or(&none), is.get(to).unwrap_or(&none));
        let same = merged
            .iter_mut()
            .find(|other| other.from == ids.0.0 && other.to == ids.1.0);
        match same {
            Some(same) => {
                same.leads += stage.leads;
                same.won += stage.won;
                same.revenue += stage.revenue;
            }
            None => merged.push(StageMove {
                from: ids.0.0.clone(),
                to: ids.1.0.clone(),
                ..stage
            }),
        }
    }
    merged.sort_by_key(|stage| core::cmp::Reverse(stage.leads));
    let by_change = |(change, row): &(u32, usize)| (core::cmp::Reverse(*change), *row);
    if moved.len() > TOP {
        moved.select_nth_unstable_by_key(TOP, by_change);
        moved.truncate(TOP);
    }
    moved.sort_by_key(by_change);
    let told = |card: &Card, judged: &Judged, decisions: &[Decision], row: usize| {
        let index = judged
            .decision
            .get(row)
            .map_or(0, |decision| *decision as usize);
        let (stage, route) = decisions.get(index).map_or_else(Default::default, |of| {
            (stage_id(card, of), route_id(card, of))
        });
        (judged.score(row), stage, route)
    };
    let top = moved.into_iter().map(|(_, row)| LeadMove {
        row,
        name: name(backtest, row),
        before: told(&baseline.card, &baseline.judged, before, row),
        after: told(card, judged, after, row),
        outcome: outcome(backtest, row),
    });
    Moves {
        stages: merged,
        top: top.collect(),
        routes,
    }
}
