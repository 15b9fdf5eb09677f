//! Numbers that nothing in a scorecard tells apart: thousands of company sizes come down to a few.

use super::leads::Leads;
use super::plan::{Input, Unit};
use super::tuples::Tuples;
use super::wording;
use crate::lead::{self, FactValue, Given, Warnings};
use crate::program::{
    Check, Criterion, CriterionSubject, FactType, Finder, Program, Subject, Test,
};
use crate::table::Slot;

/// Of rows with the combinations of a unit's inputs one for all that are alike, and for each
/// combination the index of that one. Where the unit asks of anything but one fact that is a number,
/// each stands for itself.
pub fn alike(
    program: &Program,
    leads: &Leads,
    inputs: &[Input],
    unit: &Unit,
    tuples: &Tuples,
) -> (Vec<u32>, Vec<u32>) {
    let rows = &tuples.rows;
    let Some((fact, input)) = number_of(program, inputs, unit) else {
        return (rows.clone(), (0..rows.len() as u32).collect());
    };
    let cuts = cuts(program, unit);
    // Two places for each number: below a cut, and on it.
    let mut known: Vec<Option<u32>> = vec![None; 2 * cuts.len() + 1];
    let mut firsts = Vec::new();
    let mut new = |row: u32| {
        firsts.push(row);
        firsts.len() as u32 - 1
    };
    let number = |row: &u32| number(program, leads, fact, input, *row as usize);
    let numbers = || rows.iter().map(number).collect();
    let numbers: &Vec<_> = tuples.numbers.get_or_init(numbers);
    let of = |(row, number): (&u32, &Option<f64>)| {
        let place = number.map(|number| {
            let below = cuts.partition_point(|cut| *cut < number);
            2 * below + usize::from(cuts.get(below) == Some(&number))
        });
        match place.and_then(|place| known.get_mut(place)) {
            Some(first) => *first.get_or_insert_with(|| new(*row)),
            None => new(*row),
        }
    };
    let of = rows.iter().zip(numbers).map(of).collect();
    (firsts, of)
}

/// The fact and the input of a unit that asks of nothing but this number.
fn number_of<'a>(program: &Program, inputs: &'a [Input], unit: &Unit) -> Option<(u16, &'a Input)> {
    let mut indices = unit.inputs.iter();
    let (Some(index), None) = (indices.next(), indices.next()) else {
        return None;
    };
    let input = inputs.get(*index)?;
    let Slot::Fact(fact) = input.slot else {
        return None;
    };
    let is_number = program.facts.get(fact)?.kind == FactType::Number;
    let fact = u16::try_from(fact).ok()?;
    let asks_it = |subject: &Subject| *subject == Subject::Fact(fact);
    let criteria = criteria(program, unit).all(|criterion| match &criterion.subject {
        CriterionSubject::Value(subject) => asks_it(subject),
        _ => false,
    });
    let tests = tests(program, unit).all(|test| asks_it(&test.subject));
    (is_number && criteria && tests && !unit.stage).then_some((fact, input))
}

fn criteria<'a>(program: &'a Program, unit: &'a Unit) -> impl Iterator<Item = &'a Criterion> {
    let indices = unit.criteria.iter();
    indices.filter_map(|index| program.criteria.get(*index))
}

fn tests<'a>(program: &'a Program, unit: &'a Unit) -> impl Iterator<Item = &'a Test> {
    let indices = unit.tests.iter();
    indices.filter_map(|index| program.tests.get(*index))
}

/// All numbers that a unit compares with, ascending.
fn cuts(program: &Program, unit: &Unit) -> Vec<f64> {
    let mut cuts = Vec::new();
    for criterion in criteria(program, unit) {
        if let Finder::Numbers(bins) = &criterion.finder {
            cuts.extend(&bins.edges);
            cuts.extend(bins.exact.iter().map(|(exact, _)| exact));
        }
    }
    for test in tests(program, unit) {
        match &test.check {
            Check::Within(interval) => cuts.extend(interval.min.iter().chain(&interval.max)),
            Check::Numbers(numbers) => cuts.extend(numbers),
            _ => {}
        }
    }
    cuts.sort_by(f64::total_cmp);
    cuts.dedup();
    cuts
}

/// The number in a row, as the engine reads it; nothing where it is none.
fn number(program: &Program, leads: &Leads, fact: u16, input: &Input, row: usize) -> Option<f64> {
    let fact = program.facts.get(usize::from(fact))?;
    let kept = leads.kept.get(input.kept)?;
    let column = leads.column_of(kept);
    let decimal_comma = column.is_some_and(|column| column.decimal_comma);
    let text = wording::with_point(kept.cells.cell(row), decimal_comma);
    let mut warnings = Warnings::default();
    match lead::fact_value(0, fact, Given::Text(&text), &mut warnings) {
        FactValue::Number(number) if warnings.as_list().is_empty() => Some(number),
        _ => None,
    }
}
