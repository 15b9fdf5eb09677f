//! Past leads for learning: cells as they were understood here, under names that every scorecard
//! knows, so that what people said of columns and outcomes counts there too.

use crate::backtest::Backtest;
use crate::backtest::columns::{self, Role};
use crate::backtest::dates::{self, Order};
use crate::backtest::leads::{Kept, NO_TIME};
use crate::backtest::wording::{Outcome, with_point};
use crate::program::FactType;
use crate::table::Slot;
use crate::time;

/// Most leads that are handed over: more tell hardly more, and take longer.
const MOST: usize = 200_000;

/// How a cell is written.
enum Write {
    Text,
    Number { decimal_comma: bool },
    Date(Order),
}

/// A CSV table with `outcome`, `createdAt`, `closedAt`, `amount`, and a column for each place in a
/// lead that the scorecard reads; of more than [`MOST`] leads evenly many from all of the file.
pub fn learning(backtest: &Backtest) -> String {
    let (leads, card) = (backtest.leads(), backtest.card());
    let places: Vec<(&Kept, String, Write)> = leads
        .kept
        .iter()
        .filter_map(|kept| {
            let Role::Place(place) = &kept.role else {
                return None;
            };
            let id = place.split_once(':').map_or(&**place, |(_, id)| id);
            let slot = columns::slot(&card.texts, place)?;
            let column = leads.column_of(kept);
            let header = match slot {
                Slot::LastAt(_) => format!("{id}.lastAt"),
                _ => id.to_owned(),
            };
            let is_number = match slot {
                Slot::Fact(index) => {
                    let fact = card.program.facts.get(index);
                    fact.is_some_and(|fact| fact.kind == FactType::Number)
                }
                Slot::Aggregate(_) => true,
                _ => false,
            };
            let write = if columns::holds_dates(place, card) {
                let order = column.and_then(|column| column.order);
                Write::Date(order.unwrap_or(Order::DayFirst))
            } else if is_number {
                let decimal_comma = column.is_some_and(|column| column.decimal_comma);
                Write::Number { decimal_comma }
            } else {
                Write::Text
            };
            Some((kept, header, write))
        })
        .collect();

    let mut text = String::from("outcome,createdAt,closedAt,amount");
    for (_, header, _) in &places {
        text.push(',');
        push_quoted(&mut text, header);
    }
    let taken = leads.rows.min(MOST);
    for place in 0..taken {
        let row = place * leads.rows / taken;
        text.push('\n');
        let outcome = leads.outcomes.get(row).map(|index| usize::from(*index));
        text.push_str(match outcome.and_then(Outcome::from_index) {
            Some(Outcome::Won) => "won",
            Some(Outcome::Lost) => "lost",
            Some(Outcome::Disqualified) => "rejected",
            Some(Outcome::Open) | None => "",
        });
        for times in [&leads.created, &leads.closed] {
            text.push(',');
            if let Some(time) = times.get(row).filter(|time| **time != NO_TIME) {
                text.push_str(&time::format(*time));
            }
        }
        text.push(',');
        if let Some(minor) = leads.revenue.get(row).filter(|minor| **minor != 0) {
            text.push_str(&(*minor as f64 / 100.0).to_string());
        }
        for (kept, _, write) in &places {
            text.push(',');
            let cell = kept.cells.cell(row);
            match write {
                _ if cell.is_empty() => {}
                Write::Text => push_quoted(&mut text, cell),
                Write::Number { decimal_comma } => {
                    push_quoted(&mut text, &with_point(cell, *decimal_comma));
                }
                Write::Date(order) => {
                    if let Some(time) = dates::read(cell, *order) {
                        text.push_str(&time::format(time));
                    }
                }
            }
        }
    }
    text.push('\n');
    text
}

fn push_quoted(text: &mut String, cell: &str) {
    text.push('"');
    text.push_str(&cell.replace('"', "\"\""));
    text.push('"');
}
