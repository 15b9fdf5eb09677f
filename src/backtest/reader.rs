//! The engine on cells of a file: each combination of cells that decides something is judged once.

use super::alike::alike;
use super::cells::{Cells, EMPTY};
use super::dates::{self, Order};
use super::leads::{Leads, NO_TIME};
use super::matches::Found;
use super::plan::{Plan, Unit, looks_at_score};
use super::plane::Plane;
use super::trouble::{Trouble, Troubles};
use super::tuples::{Codes, Tuples};
use super::wording;
use crate::card::frame;
use crate::condition::{Look, Mode, Truths, test_truths};
use crate::lead::{self, FactValue, Given, Warnings};
use crate::program::{Check, FactType, Finder, Program, Subject};
use crate::score::{self, Match};
use crate::situation::Situation;
use crate::table::{Slot, events};
use crate::time::DAY;
use serde_json::Value;
use std::cell::OnceCell;

/// What a unit tells of one combination.
#[derive(Default)]
pub struct UnitResult {
    /// By criterion of the unit.
    pub found: Vec<Found>,
    /// By test of the unit.
    pub truths: Vec<Truths>,
    /// The stage that people set.
    pub stage: Option<u16>,
}

/// Reads the cells of a file for one program.
pub struct Reader<'a> {
    program: &'a Program,
    leads: &'a Leads,
    properties: &'a [String],
    inputs: Vec<ReadInput<'a>>,
}

struct ReadInput<'a> {
    slot: Slot,
    cells: &'a Cells,
    /// Index of the column of the file.
    column: Option<usize>,
    decimal_comma: bool,
    /// Order of day and month, where the cells are dates.
    order: Option<Order>,
    /// Times by code, worked out when all are wanted.
    times: OnceCell<Vec<i64>>,
    /// What each code means, worked out when first wanted.
    alike: Option<Option<Vec<u32>>>,
}

impl<'a> Reader<'a> {
    /// Reads `leads` for `program` as planned.
    pub fn new(program: &'a Program, leads: &'a Leads, plan: &'a Plan) -> Self {
        let read = |input: &super::plan::Input| {
            let kept = leads.kept.get(input.kept)?;
            let column = leads.column_of(kept);
            let order = column
                .and_then(|column| column.order)
                .unwrap_or(Order::DayFirst);
            let is_date = match input.slot {
                Slot::LastAt(_) => true,
                Slot::Fact(index) => kind_of(program, index) == Some(FactType::Date),
                _ => false,
            };
            Some(ReadInput {
                slot: input.slot,
                cells: &kept.cells,
                column: kept.from.first().copied(),
                decimal_comma: column.is_some_and(|column| column.decimal_comma),
                order: is_date.then_some(order),
                times: OnceCell::new(),
                alike: None,
            })
        };
        Reader {
            program,
            leads,
            properties: &plan.properties,
            inputs: plan.inputs.iter().filter_map(read).collect(),
        }
    }

    /// Ages in milliseconds at which anything in a unit may change; none where it reads no date.
    pub fn cuts(&self, unit: &Unit) -> Vec<i64> {
        let mut inputs = unit
            .inputs
            .iter()
            .filter_map(|index| self.inputs.get(*index));
        match inputs.any(|input| input.order.is_some()) {
            true => ages_that_matter(self.program, unit),
            false => Vec::new(),
        }
    }

    /// The combinations of a unit's inputs.
    pub fn tuples(&mut self, unit: &Unit) -> Tuples {
        let inputs = || {
            unit.inputs
                .iter()
                .filter_map(|index| self.inputs.get(*index))
        };
        let answered = inputs().any(|input| matches!(input.slot, Slot::Question(_)));
        let cuts = self.cuts(unit);
        let mut tuples: Option<Codes> = None;
        for index in &unit.inputs {
            let Some(input) = self.inputs.get_mut(*index) else {
                continue;
            };
            let plain = match input.slot {
                Slot::Fact(fact) => unit.plain.contains(&(fact as u16)),
                _ => true,
            };
            let codes = input.cells.codes();
            let as_they_are = || Codes::of(codes, input.cells.texts());
            let of = if input.slot == Slot::Events {
                // What they tell hangs on when the lead is judged: each row by itself.
                let of =
                    |(row, code): (usize, &u32)| if *code == EMPTY { 0 } else { row as u32 + 1 };
                Codes::made(codes.iter().enumerate().map(of), codes.len() + 1)
            } else if let Some(times) = input.times() {
                let ages = ages(times, codes, &self.leads.created, &cuts);
                Codes::made(ages, cuts.len() + 3)
            } else if plain || answered {
                as_they_are()
            } else {
                let (program, slot, cells) = (self.program, input.slot, input.cells);
                match input
                    .alike
                    .get_or_insert_with(|| alike(program, slot, cells))
                {
                    Some(meanings) => Codes::of(codes, cells.texts()).looked_up(meanings),
                    None => as_they_are(),
                }
            };
            tuples = Some(match tuples {
                None => of,
                Some(before) => before.with(&of),
            });
        }
        match tuples {
            None => Tuples::new(
                (0..self.leads.rows.min(1) as u32).collect(),
                Plane::filled(self.leads.rows),
            ),
            Some(codes) => codes.tuples(),
        }
    }

    /// What the engine says of the cells that these rows have in the unit's inputs.
    pub fn evaluate(&self, unit: &Unit, rows: &[u32]) -> Vec<UnitResult> {
        // Only what hangs on these inputs is judged.
        let mut program = self.program.clone();
        let criteria = unit.criteria.iter();
        program.criteria = criteria
            .filter_map(|index| self.program.criteria.get(*index).cloned())
            .collect();
        let questions: Vec<usize> = (0..program.questions.len())
            .filter(|index| self.input(unit, Slot::Question(*index)).is_some())
            .collect();
        let asked = questions.iter();
        program.questions = asked
            .filter_map(|index| self.program.questions.get(*index).cloned())
            .collect();
        let mut bytes = Vec::new();
        rows.iter()
            .map(|row| {
                bytes.clear();
                self.write_frame(unit, *row as usize, &questions, &mut bytes);
                self.judge(unit, &program, &bytes, *row as usize)
            })
            .collect()
    }

    /// The lead of a row, with all that the scorecard reads of it.
    pub fn lead(&self, row: usize) -> Vec<u8> {
        let unit = Unit {
            inputs: (0..self.inputs.len()).collect(),
            ..Unit::default()
        };
        let questions: Vec<usize> = (0..self.program.questions.len()).collect();
        let mut frame = Vec::new();
        self.write_frame(&unit, row, &questions, &mut frame);
        frame
    }

    fn judge(&self, unit: &Unit, program: &Program, frame: &[u8], row: usize) -> UnitResult {
        let Ok(lead) = lead::read(program, frame) else {
            return UnitResult::default();
        };
        let now = self.leads.judged_at(row).unwrap_or(0);
        let (situation, _) = Situation::new(program, lead, now);
        let found = score::matching(program, &situation).into_iter();
        let tests = unit
            .tests
            .iter()
            .filter_map(|index| program.tests.get(*index));
        UnitResult {
            found: found
                .map(|Match { bin, strength, .. }| (bin, strength))
                .collect(),
            truths: tests
                .map(|test| test_truths(&test.check, &situation.look(&test.subject), Mode::Now))
                .collect(),
            stage: match situation.fact(program.standard.stage) {
                Some(FactValue::Choice(stage)) if unit.stage => Some(*stage),
                _ => None,
            },
        }
    }

    fn input(&self, unit: &Unit, slot: Slot) -> Option<&ReadInput<'a>> {
        let mut inputs = unit
            .inputs
            .iter()
            .filter_map(|index| self.inputs.get(*index));
        inputs.find(|input| input.slot == slot)
    }

    /// The lead that has only the cells of this row in the unit's inputs.
    fn write_frame(&self, unit: &Unit, row: usize, questions: &[usize], out: &mut Vec<u8>) {
        let write = |slot: Slot, out: &mut Vec<u8>| {
            let value = self
                .input(unit, slot)
                .and_then(|input| self.value(input, row));
            frame::value(value.as_ref(), out);
        };
        for index in 0..self.program.facts.len() {
            write(Slot::Fact(index), out);
        }
        for index in questions {
            write(Slot::Question(*index), out);
        }
        let events = self.input(unit, Slot::Events);
        let events = events.and_then(|input| self.events(input, row));
        frame::events(
            self.properties,
            events.as_ref().map(|(events, _)| events),
            out,
        );
        for index in 0..usize::from(self.program.aggregates) {
            if self.is_later(unit, index, row) {
                frame::value(None, out);
                frame::value(None, out);
            } else {
                write(Slot::Aggregate(index), out);
                write(Slot::LastAt(index), out);
            }
        }
    }

    /// The events of a row up to the time at which it is judged, and how many came later; none where that
    /// time is not known.
    fn events(&self, input: &ReadInput, row: usize) -> Option<(Value, usize)> {
        let cell = Some(input.cells.cell(row)).filter(|cell| !cell.is_empty())?;
        let judged = self.leads.judged_at(row)?;
        let mut events = events::of(cell);
        let later = events::drop_later(&mut events, judged);
        Some((events, later))
    }

    /// Whether the newest of the events that an aggregate counts came after the lead is judged.
    fn is_later(&self, unit: &Unit, aggregate: usize, row: usize) -> bool {
        let last = self.input(unit, Slot::LastAt(aggregate));
        last.is_some_and(|last| self.tells_later(last, row))
    }

    /// Whether a cell tells of an event that came after the lead is judged.
    fn tells_later(&self, input: &ReadInput, row: usize) -> bool {
        if input.slot == Slot::Events {
            return self.events(input, row).is_some_and(|(_, later)| later > 0);
        }
        let late = input.time(row).zip(self.leads.judged_at(row));
        late.is_some_and(|(last, judged)| last > judged)
    }

    fn value(&self, input: &ReadInput, row: usize) -> Option<Value> {
        if input.order.is_some() {
            // Without the time at which it is judged, no age of anything is known.
            self.leads.judged_at(row)?;
            return input.time(row).map(Value::from);
        }
        let text = input.cells.cell(row);
        let is_number = match input.slot {
            Slot::Fact(index) => kind_of(self.program, index) == Some(FactType::Number),
            Slot::Aggregate(_) => true,
            _ => false,
        };
        if text.is_empty() {
            None
        } else if is_number {
            Some(Value::from(wording::with_point(text, input.decimal_comma)))
        } else {
            Some(Value::from(text))
        }
    }

    /// Cells that mean nothing to the scorecard, and events that came too late.
    pub fn troubles(&self) -> Troubles {
        let mut troubles = Troubles::default();
        for input in &self.inputs {
            if self.is_any_text_fine(input) {
                continue;
            }
            let bad: Vec<Option<Trouble>> = (0..input.cells.texts() as u32)
                .map(|code| self.trouble(input, code))
                .collect();
            if bad.iter().all(Option::is_none) {
                continue;
            }
            for (row, code) in input.cells.codes().iter().enumerate() {
                if let Some(what) = bad.get(*code as usize).copied().flatten() {
                    troubles.add(row, input.column, what, input.cells.text(*code));
                }
            }
        }
        let dated = |input: &&ReadInput| matches!(input.slot, Slot::LastAt(_) | Slot::Events);
        for input in self.inputs.iter().filter(dated) {
            for row in (0..self.leads.rows).filter(|row| self.tells_later(input, *row)) {
                let found = input.cells.cell(row);
                troubles.add(row, input.column, Trouble::LaterEvent, found);
            }
        }
        troubles
    }

    /// Whether no cell of an input can be wrong.
    fn is_any_text_fine(&self, input: &ReadInput) -> bool {
        match input.slot {
            Slot::Fact(index) => kind_of(self.program, index) == Some(FactType::Text),
            Slot::Question(_) => true,
            Slot::Aggregate(_) | Slot::LastAt(_) | Slot::Events => false,
        }
    }

    fn trouble(&self, input: &ReadInput, code: u32) -> Option<Trouble> {
        if code == EMPTY {
            return None;
        }
        let text = input.cells.text(code);
        if let Some(times) = input.times() {
            let time = times.get(code as usize);
            return time
                .is_none_or(|time| *time == NO_TIME)
                .then_some(Trouble::NoDate);
        }
        let given = wording::with_point(text, input.decimal_comma);
        match input.slot {
            Slot::Fact(index) => {
                let fact = self.program.facts.get(index)?;
                let given = if fact.kind == FactType::Number {
                    &given
                } else {
                    text
                };
                let mut warnings = Warnings::default();
                lead::fact_value(0, fact, Given::Text(given), &mut warnings);
                let wrong = !warnings.as_list().is_empty();
                wrong.then_some(match fact.kind {
                    FactType::Number => Trouble::NoNumber,
                    FactType::Boolean => Trouble::NoYesOrNo,
                    FactType::Date => Trouble::NoDate,
                    FactType::Choice | FactType::List | FactType::Text => Trouble::NoChoice,
                })
            }
            Slot::Aggregate(_) => {
                let number = crate::num::read(&given);
                let counts =
                    matches!(number, Some(crate::num::Written::Number(count)) if count >= 0.0);
                (!counts).then_some(Trouble::NoNumber)
            }
            Slot::Events => (!events::are(text)).then_some(Trouble::NoEvents),
            Slot::Question(_) | Slot::LastAt(_) => None,
        }
    }
}

impl ReadInput<'_> {
    /// Times by code, where the cells are dates.
    fn times(&self) -> Option<&[i64]> {
        let order = self.order?;
        let time = |code| dates::read(self.cells.text(code), order).unwrap_or(NO_TIME);
        let times = || (0..self.cells.texts() as u32).map(time).collect();
        Some(self.times.get_or_init(times))
    }

    fn time(&self, row: usize) -> Option<i64> {
        let code = *self.cells.codes().get(row)?;
        match self.times.get() {
            Some(times) => times
                .get(code as usize)
                .copied()
                .filter(|time| *time != NO_TIME),
            None => dates::read(self.cells.text(code), self.order?),
        }
    }
}

fn kind_of(program: &Program, fact: usize) -> Option<FactType> {
    program.facts.get(fact).map(|fact| fact.kind)
}

/// Codes of ages: what time there is between a date and the time at which the lead is judged is all
/// that a scorecard sees of a date, and that only from one cut to the next.
fn ages(times: &[i64], codes: &[u32], created: &[i64], cuts: &[i64]) -> impl Iterator<Item = u32> {
    const NO_DATE: u32 = 0;
    const NO_AGE: u32 = 1;
    let of = |age: i64| 2 + cuts.partition_point(|cut| *cut <= age) as u32;
    codes.iter().enumerate().map(move |(row, code)| {
        let time = times.get(*code as usize).copied().unwrap_or(NO_TIME);
        let created = created.get(row).copied().unwrap_or(NO_TIME);
        match (time, created) {
            (NO_TIME, _) => NO_DATE,
            (_, NO_TIME) => NO_AGE,
            (time, created) => of(created.saturating_sub(time)),
        }
    })
}

/// Ages in milliseconds at which anything in a unit may change, ascending: ages between two of
/// them are all the same to it.
fn ages_that_matter(program: &Program, unit: &Unit) -> Vec<i64> {
    let mut cuts = vec![0];
    let mut days: Vec<f64> = Vec::new();
    for criterion in &unit.criteria {
        let Some(criterion) = program.criteria.get(*criterion) else {
            continue;
        };
        // An age up to which a part remains.
        cuts.extend(criterion.decay.iter().map(|age| age.saturating_add(1)));
        if let Finder::Numbers(bins) = &criterion.finder {
            days.extend(&bins.edges);
            days.extend(bins.exact.iter().map(|(exact, _)| exact));
        }
    }
    // A criterion may look at any test, but points and numbers of facts are no ages.
    let is_age = |subject: &Subject| match subject {
        Subject::Fact(fact) => kind_of(program, usize::from(*fact)) != Some(FactType::Number),
        subject => !looks_at_score(subject),
    };
    for test in program.tests.iter().filter(|test| is_age(&test.subject)) {
        match &test.check {
            Check::Within(interval) => days.extend(interval.min.iter().chain(&interval.max)),
            Check::Numbers(numbers) => days.extend(numbers),
            _ => {}
        }
    }
    // Days are compared as fractions: the milliseconds around a whole one stand alone.
    for days in days {
        let age = (days * DAY as f64).round() as i64;
        cuts.extend((-2..=2).map(|off| age.saturating_add(off)));
    }
    cuts.sort_unstable();
    cuts.dedup();
    cuts
}
