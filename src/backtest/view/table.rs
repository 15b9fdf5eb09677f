//! The table of leads.

use serde::{Deserialize, Serialize};

use super::{Baseline, outcome, route_id, stage_id};
use crate::backtest::Backtest;
use crate::backtest::columns::Role;
use crate::backtest::judged::Judged;
use crate::backtest::leads::{Kept, Leads};
use crate::backtest::wording::Outcome;

/// Which leads the table wants.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Query {
    /// Text that any shown cell holds.
    pub search: String,
    /// `score`, `fit`, `engagement`, `change`, `outcome`, or none for the order of the file.
    pub sort: String,
    /// The largest first.
    pub descending: bool,
    /// Only leads of this stage.
    pub stage: Option<String>,
    /// The first that is wanted.
    pub from: usize,
    /// How many.
    pub count: usize,
}

/// Leads of the table.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Rows {
    /// How many there are in all.
    pub total: usize,
    /// Headers of the shown cells.
    pub headers: Vec<String>,
    /// Those that were asked for.
    pub rows: Vec<Row>,
}

/// A lead of the table.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Row {
    /// Its row, from 0.
    pub row: usize,
    /// Its cells.
    pub cells: Vec<String>,
    /// Points.
    pub score: i32,
    /// Points of fit.
    pub fit: i32,
    /// Points of engagement.
    pub engagement: i32,
    /// Names of its bands.
    pub grade: String,
    /// Id of its stage.
    pub stage: String,
    /// Id of its route.
    pub route: String,
    /// What became of it.
    pub outcome: Outcome,
    /// Score and stage by the revision that is compared with.
    pub before: Option<(i32, String)>,
}

/// Finds leads for the table.
pub fn rows(backtest: &Backtest, baseline: Option<&Baseline>, query: &Query) -> Rows {
    let (leads, card) = (backtest.leads(), backtest.card());
    let judged = backtest.judge();
    let shown: Vec<_> = leads
        .kept
        .iter()
        .filter(|kept| !matches!(kept.role, Role::Outcome))
        .collect();
    let wanted = query.search.to_lowercase();
    let hits: Vec<Vec<bool>> = match wanted.is_empty() {
        true => Vec::new(),
        false => shown
            .iter()
            .map(|kept| {
                (0..kept.cells.texts() as u32)
                    .map(|code| kept.cells.text(code).to_lowercase().contains(&wanted))
                    .collect()
            })
            .collect(),
    };
    let in_stage: Option<Vec<bool>> = query.stage.as_ref().map(|stage| {
        backtest
            .decisions()
            .iter()
            .map(|decision| stage_id(card, decision) == *stage)
            .collect()
    });
    let mut rows: Vec<u32> = (0..leads.rows as u32)
        .filter(|row| {
            let row = *row as usize;
            let found = hits.is_empty()
                || shown.iter().zip(&hits).any(|(kept, hits)| {
                    kept.cells
                        .codes()
                        .get(row)
                        .and_then(|code| hits.get(*code as usize))
                        == Some(&true)
                });
            let decision = judged
                .decision
                .get(row)
                .map_or(0, |decision| *decision as usize);
            found
                && in_stage
                    .as_ref()
                    .is_none_or(|stages| stages.get(decision) == Some(&true))
        })
        .collect();
    let total = rows.len();
    let keys = keys(leads, &judged, baseline, query);
    let rows = window(&mut rows, query.from, query.count.min(500), |row| {
        (keys.get(*row as usize).copied().unwrap_or(0), *row)
    });
    let bands = &card.texts.bands;
    let row = |row: &u32| {
        let row = *row as usize;
        let (fit, engagement) = (
            judged.fit.get(row).copied().unwrap_or(0),
            judged.engagement.get(row).copied().unwrap_or(0),
        );
        let decision = judged
            .decision
            .get(row)
            .and_then(|index| backtest.decisions().get(*index as usize));
        let of = backtest.rules.bands(fit, engagement);
        let band = |names: &[String], index: usize| names.get(index).cloned().unwrap_or_default();
        Row {
            row,
            cells: shown
                .iter()
                .map(|kept| kept.cells.cell(row).to_owned())
                .collect(),
            score: fit + engagement,
            fit,
            engagement,
            grade: band(&bands.0, of.0) + &band(&bands.1, of.1),
            stage: decision.map_or_else(String::new, |of| stage_id(card, of)),
            route: decision.map_or_else(String::new, |of| route_id(card, of)),
            outcome: outcome(backtest, row),
            before: baseline.map(|baseline| {
                let index = baseline
                    .judged
                    .decision
                    .get(row)
                    .map_or(0, |decision| *decision as usize);
                let stage = baseline
                    .decisions
                    .get(index)
                    .map_or_else(String::new, |of| stage_id(&baseline.card, of));
                (baseline.judged.score(row), stage)
            }),
        }
    };
    let header = |kept: &&Kept| {
        let column = leads.column_of(kept);
        column.map_or_else(String::new, |column| column.name.clone())
    };
    Rows {
        total,
        headers: shown.iter().map(header).collect(),
        rows: rows.iter().map(row).collect(),
    }
}

/// By what leads are sorted, the least first; empty for the order of the file.
fn keys(leads: &Leads, judged: &Judged, baseline: Option<&Baseline>, query: &Query) -> Vec<i32> {
    let scores = (0..leads.rows).map(|row| judged.score(row));
    let mut keys: Vec<i32> = match (query.sort.as_str(), baseline) {
        ("score", _) => scores.collect(),
        ("fit", _) => judged.fit.clone(),
        ("engagement", _) => judged.engagement.clone(),
        ("change", Some(baseline)) => {
            let before = (0..leads.rows).map(|row| baseline.judged.score(row));
            scores
                .zip(before)
                .map(|(now, before)| now - before)
                .collect()
        }
        ("outcome", _) => leads.outcomes.iter().map(|of| i32::from(*of)).collect(),
        _ => Vec::new(),
    };
    if query.descending {
        keys.iter_mut().for_each(|key| *key = -*key);
    }
    keys
}

/// Of rows in their order those from `from` on, `count` at most: only these are sorted.
fn window<K: Ord>(rows: &mut [u32], from: usize, count: usize, key: impl Fn(&u32) -> K) -> &[u32] {
    let mut rows = rows;
    if from >= rows.len() {
        return &[];
    }
    if from > 0 {
        rows.select_nth_unstable_by_key(from, &key);
        rows = rows.get_mut(from..).unwrap_or_default();
    }
    if count < rows.len() {
        rows.select_nth_unstable_by_key(count, &key);
        rows = rows.get_mut(..count).unwrap_or_default();
    }
    rows.sort_unstable_by_key(key);
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_is_what_sorting_everything_gives() {
        let keys: Vec<u32> = (0..300).map(|row| row * 7919 % 13).collect();
        let key = |row: &u32| (keys[*row as usize], *row);
        let mut sorted: Vec<u32> = (0..300).collect();
        sorted.sort_by_key(key);
        for (from, count) in [
            (0, 50),
            (0, 300),
            (7, 1),
            (250, 50),
            (290, 50),
            (300, 5),
            (0, 0),
        ] {
            let mut rows: Vec<u32> = (0..300).collect();
            let expected: Vec<u32> = sorted.iter().skip(from).take(count).copied().collect();
            assert_eq!(window(&mut rows, from, count, key), expected);
        }
    }
}
