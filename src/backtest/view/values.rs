//! The numbers that a criterion sorts into bins: where its boundaries could lie.

use serde::Serialize;

use crate::backtest::Backtest;
use crate::backtest::wording::{self, Outcome};
use crate::num::{self, Written};
use crate::program::{CriterionSubject, Subject};

/// Most numbers that are told one by one.
const MOST: usize = 500;

/// Numbers of a column, ascending, and who has them. Where there are more than [`MOST`], each
/// stands for as many leads as the others: for itself and all up to the next.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Values {
    /// The numbers.
    pub numbers: Vec<f64>,
    /// How many leads have each.
    pub leads: Vec<u32>,
    /// How many of those were won.
    pub won: Vec<u32>,
    /// The largest number.
    pub most: f64,
}

/// The numbers that a criterion looks at; nothing where the file has none.
pub fn values(backtest: &Backtest, criterion: &str) -> Option<Values> {
    let (card, leads) = (backtest.card(), backtest.leads());
    let mut criteria = card.texts.criteria.iter();
    let index = criteria.position(|texts| texts.id == criterion)?;
    let place = match &card.program.criteria.get(index)?.subject {
        CriterionSubject::Value(Subject::Fact(fact)) => {
            let fact = card.texts.facts.get(usize::from(*fact))?;
            format!("fact:{}", fact.id)
        }
        CriterionSubject::Value(Subject::Measure(measure)) => {
            let measure = card.program.measures.get(usize::from(*measure))?;
            let name = card.texts.aggregates.get(usize::from(measure.aggregate?))?;
            format!("aggregate:{name}")
        }
        _ => return None,
    };
    let kept = leads.kept.iter().find(|kept| kept.role.id() == place)?;
    let column = leads.column_of(kept);
    let decimal_comma = column.is_some_and(|column| column.decimal_comma);
    // First by cell, since cells repeat.
    let mut counts = vec![(0_u32, 0_u32); kept.cells.texts()];
    for (code, outcome) in kept.cells.codes().iter().zip(&leads.outcomes) {
        if let Some((all, won)) = counts.get_mut(*code as usize) {
            *all += 1;
            *won += u32::from(*outcome == Outcome::Won as u8);
        }
    }
    let mut numbers: Vec<(f64, u32, u32)> = (0..)
        .zip(counts)
        .filter_map(|(code, (all, won))| {
            let text = wording::with_point(kept.cells.text(code), decimal_comma);
            match num::read(&text) {
                Some(Written::Number(number)) if all > 0 => Some((number, all, won)),
                _ => None,
            }
        })
        .collect();
    numbers.sort_by(|(a, ..), (b, ..)| a.total_cmp(b));
    let most = numbers.last()?.0;
    let all: u64 = numbers.iter().map(|(_, leads, _)| u64::from(*leads)).sum();
    let share = match numbers.len() > MOST {
        true => all / MOST as u64,
        false => 0,
    };
    let mut values = Values {
        most,
        ..Values::default()
    };
    let mut full = true;
    for (number, leads, won) in numbers {
        let is_same = values.numbers.last() == Some(&number);
        if full && !is_same {
            values.numbers.push(number);
            values.leads.push(0);
            values.won.push(0);
        }
        if let (Some(all), Some(of_them)) = (values.leads.last_mut(), values.won.last_mut()) {
            *all += leads;
            *of_them += won;
            full = u64::from(*all) > share;
        }
    }
    Some(values)
}
