//! A look at every lead, some at a time: a move that comes in between has to wait for those only.

use core::cmp::Reverse;
use core::ops::Range;

use super::details::{Bins, Details, LeadMove, Moves, Part, StageMove};
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

/// What is known so far. It is of no use once the leads or either scorecard are others.
pub struct Survey {
    /// Leads before this one were looked at.
    next: usize,
    qualified: Vec<bool>,
    owners: Option<Vec<Part>>,
    channels: Option<Vec<Part>>,
    moving: Option<Moving>,
}

/// Leads that are looked at in one step.
const STEP: usize = 1 << 17;

impl Survey {
    /// Nothing yet.
    pub fn new(backtest: &Backtest, baseline: Option<&Baseline>) -> Self {
        let parts = |cells: Option<&Cells>| {
            let part = |code| Part {
                name: cells.map_or("", |cells| cells.text(code)).to_owned(),
                ..Part::default()
            };
            cells.map(|cells| (0..cells.texts() as u32).map(part).collect())
        };
        Survey {
            next: 0,
            qualified: qualified(&backtest.card().program, backtest.decisions()),
            owners: parts(backtest.leads().cells(&Role::Owner)),
            channels: parts(channel(backtest)),
            moving: baseline.map(|baseline| Moving::new(backtest, baseline)),
        }
    }

    /// Looks at some more; false once there are none.
    pub fn step(&mut self, backtest: &Backtest, baseline: Option<&Baseline>) -> bool {
        if let Some(criterion) = backtest.not_counted() {
            backtest.bins_at(criterion);
            return true;
        }
        let rows = self.next..(self.next + STEP).min(backtest.leads().rows);
        if rows.is_empty() {
            return false;
        }
        self.next = rows.end;
        let judged = backtest.judge_some(rows.clone());
        let leads = backtest.leads();
        let scores = (0..rows.len()).map(|place| judged.score(place));
        let worths = Worths::new(&backtest.card().program, bounds(scores));
        let seen = Seen {
            backtest,
            rows: rows.clone(),
            judged: &judged,
            qualified: &self.qualified,
            worths: &worths,
        };
        if let Some((parts, cells)) = self.owners.as_mut().zip(leads.cells(&Role::Owner)) {
            seen.add_to(parts, cells);
        }
        if let Some((parts, cells)) = self.channels.as_mut().zip(channel(backtest)) {
            seen.add_to(parts, cells);
        }
        if let Some((moving, baseline)) = self.moving.as_mut().zip(baseline) {
            moving.add(backtest, baseline, &judged, rows);
        }
        true
    }

    /// What was found, once all leads were looked at.
    pub fn told(self, backtest: &Backtest, baseline: Option<&Baseline>) -> Details {
        let texts = &backtest.card().texts.criteria;
        let bins = texts.iter().zip(backtest.bins());
        let bins = bins.map(|(texts, counts)| Bins {
            id: texts.id.clone(),
            counts: counts.iter().map(|of| (of.leads, of.revenue)).collect(),
        });
        let moving = self.moving.zip(baseline);
        Details {
            owners: self.owners.map_or_else(Vec::new, largest),
            channels: self.channels.map_or_else(Vec::new, largest),
            bins: bins.collect(),
            moves: moving.map(|(moving, baseline)| moving.told(backtest, baseline)),
        }
    }
}

/// Some leads that were judged just now.
struct Seen<'a> {
    backtest: &'a Backtest,
    rows: Range<usize>,
    judged: &'a Judged,
    qualified: &'a [bool],
    worths: &'a Worths,
}

impl Seen<'_> {
    /// Adds each lead to its part.
    fn add_to(&self, parts: &mut [Part], cells: &Cells) {
        let (leads, decisions) = (self.backtest.leads(), self.backtest.decisions());
        let codes = cells.codes().get(self.rows.clone()).unwrap_or(&[]);
        for ((place, row), code) in self.rows.clone().enumerate().zip(codes) {
            let Some(part) = parts.get_mut(*code as usize) else {
                continue;
            };
            part.leads += 1;
            part.cost += leads.cost.get(row).copied().unwrap_or(0);
            part.won += u64::from(is_won(self.backtest, row));
            part.revenue += leads.revenue_of(row);
            let decision = self.judged.decision.get(place);
            let decision = decision.map_or(0, |decision| *decision as usize);
            if self.qualified.get(decision) == Some(&true) {
                let segment = decisions.get(decision).map_or(0, |of| of.segment);
                part.qualified += 1;
                part.value += self.worths.of(segment, self.judged.score(place));
            }
        }
    }
}

fn is_won(backtest: &Backtest, row: usize) -> bool {
    backtest.leads().outcomes.get(row) == Some(&(Outcome::Won as u8))
}

fn qualified(program: &Program, decisions: &[Decision]) -> Vec<bool> {
    let is = |decision: &Decision| {
        !decision.disqualified && tally::is_qualified(program, decision.stage)
    };
    decisions.iter().map(is).collect()
}

/// Most owners or channels that are told; the others are one.
const MOST_PARTS: usize = 50;

fn largest(mut parts: Vec<Part>) -> Vec<Part> {
    parts.retain(|part| part.leads > 0);
    parts.sort_by_key(|part| Reverse(part.leads));
    if parts.len() > MOST_PARTS {
        let others = parts.split_off(MOST_PARTS).into_iter();
        let rest = others.fold(Part::default(), |mut rest, part| {
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

/// How many leads are told by name.
const TOP: usize = 20;
/// Leads that may be at hand to find those: few enough to sort in no time.
const AT_HAND: usize = 4096;

/// Who moved so far.
struct Moving {
    /// Ids of stage and route, by decision before.
    was: Vec<(String, String)>,
    /// By decision now.
    is: Vec<(String, String)>,
    /// By decision before, then now.
    pairs: Vec<Pair>,
    routes: u64,
    /// Changes of score, and the rows.
    top: Vec<(u32, usize)>,
}

/// A decision before and one now.
#[derive(Clone)]
struct Pair {
    stage_moves: bool,
    route_moves: bool,
    leads: StageMove,
}

impl Moving {
    fn new(backtest: &Backtest, baseline: &Baseline) -> Self {
        let ids = |card: &Card, decisions: &[Decision]| -> Vec<(String, String)> {
            let ids = |of| (stage_id(card, of), route_id(card, of));
            decisions.iter().map(ids).collect()
        };
        let was = ids(&baseline.card, &baseline.decisions);
        let is = ids(backtest.card(), backtest.decisions());
        let both = was
            .iter()
            .flat_map(|was| is.iter().map(move |is| (was, is)));
        let pairs = both.map(|(was, is)| Pair {
            stage_moves: was.0 != is.0,
            route_moves: was.1 != is.1,
            leads: StageMove::default(),
        });
        Moving {
            pairs: pairs.collect(),
            was,
            is,
            routes: 0,
            top: Vec::new(),
        }
    }

    fn add(
        &mut self,
        backtest: &Backtest,
        baseline: &Baseline,
        judged: &Judged,
        rows: Range<usize>,
    ) {
        let before = baseline.judged.decision.get(rows.clone()).unwrap_or(&[]);
        for (place, (old, new)) in before.iter().zip(&judged.decision).enumerate() {
            let pair = *old as usize * self.is.len() + *new as usize;
            let Some(pair) = self.pairs.get_mut(pair) else {
                continue;
            };
            if !pair.stage_moves && !pair.route_moves {
                continue;
            }
            let row = rows.start + place;
            self.routes += u64::from(pair.route_moves);
            if pair.stage_moves {
                pair.leads.leads += 1;
                pair.leads.won += u64::from(is_won(backtest, row));
                pair.leads.revenue += backtest.leads().revenue_of(row);
            }
            let change = baseline.judged.score(row).abs_diff(judged.score(place));
            self.top.push((change, row));
            if self.top.len() == AT_HAND {
                self.settle();
            }
        }
    }

    /// Keeps the leads that moved most.
    fn settle(&mut self) {
        self.top
            .sort_unstable_by_key(|(change, row)| (Reverse(*change), *row));
        self.top.truncate(TOP);
    }

    fn told(mut self, backtest: &Backtest, baseline: &Baseline) -> Moves {
        self.settle();
        let none = (String::new(), String::new());
        let now = backtest.judge_rows(self.top.iter().map(|(_, row)| *row));
        let ids = |ids: &[(String, String)], decision: Option<&u32>| {
            let decision = decision.map_or(0, |decision| *decision as usize);
            ids.get(decision).unwrap_or(&none).clone()
        };
        let told = |score: i32, (stage, route): (String, String)| (score, stage, route);
        let lead = |(place, (_, row)): (usize, &(u32, usize))| {
            let (row, before) = (*row, &baseline.judged);
            LeadMove {
                row,
                name: name(backtest, row),
                before: told(before.score(row), ids(&self.was, before.decision.get(row))),
                after: told(now.score(place), ids(&self.is, now.decision.get(place))),
                outcome: outcome(backtest, row),
            }
        };
        let top = self.top.iter().enumerate().map(lead).collect();
        Moves {
            top,
            stages: self.stages(),
            routes: self.routes,
        }
    }

    /// From stage to stage, the most leads first.
    fn stages(&self) -> Vec<StageMove> {
        let both = self
            .was
            .iter()
            .flat_map(|was| self.is.iter().map(move |is| (was, is)));
        let mut merged: Vec<StageMove> = Vec::new();
        for (((from, _), (to, _)), Pair { leads, .. }) in both.zip(&self.pairs) {
            if leads.leads == 0 {
                continue;
            }
            let same = |other: &&mut StageMove| other.from == *from && other.to == *to;
            match merged.iter_mut().find(same) {
                Some(same) => {
                    same.leads += leads.leads;
                    same.won += leads.won;
                    same.revenue += leads.revenue;
                }
                None => merged.push(StageMove {
                    from: from.clone(),
                    to: to.clone(),
                    ..*leads
                }),
            }
        }
        merged.sort_by_key(|stage| Reverse(stage.leads));
        merged
    }
}
