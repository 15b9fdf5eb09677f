//! The table of leads.

use serde::{Deserialize, Serialize};

use super::{Baseline, outcome, route_id, stage_id};
use crate::backtest::Backtest;
use crate::backtest::columns::Role;
use crate::backtest::leads::Kept;
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
    let change =
        |row: usize| baseline.map_or(0, |baseline| judged.score(row) - baseline.judged.score(row));
    let key = |row: u32| {
        let row = row as usize;
        match query.sort.as_str() {
            "score" => judged.score(row),
            "fit" => judged.fit.get(row).copied().unwrap_or(0),
            "engagement" => judged.engagement.get(row).copied().unwrap_or(0),
            "change" => change(row),
            "outcome" => i32::from(leads.outcomes.get(row).copied().unwrap_or(0)),
            _ => 0,
        }
    };
    match query.descending {
        true => rows.sort_by_key(|row| core::cmp::Reverse(key(*row))),
        false => rows.sort_by_key(|row| key(*row)),
    }
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
        let column = kept
            .from
            .first()
            .and_then(|index| leads.columns.get(*index));
        column.map_or_else(String::new, |column| column.name.clone())
    };
    Rows {
        total: rows.len(),
        headers: shown.iter().map(header).collect(),
        rows: rows
            .iter()
            .skip(query.from)
            .take(query.count.min(500))
            .map(row)
            .collect(),
    }
}
