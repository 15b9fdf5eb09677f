//! Past leads as columns: what was read of a file, whatever the scorecard says.

use super::cells::Cells;
use super::columns::{Choices, Column, Role};
use super::trouble::{Trouble, Troubles};
use super::wording::{self, Outcome};

/// In place of a time that nobody told.
pub const NO_TIME: i64 = i64::MIN;

/// Cells of a role.
#[derive(Clone, Debug)]
pub struct Kept {
    /// What they are.
    pub role: Role,
    /// Indices of the columns of the file that they come from.
    pub from: Vec<usize>,
    /// The cells.
    pub cells: Cells,
}

/// Past leads.
#[derive(Clone, Debug, Default)]
pub struct Leads {
    /// How many.
    pub rows: usize,
    /// The columns of the file.
    pub columns: Vec<Column>,
    /// Cells by role.
    pub kept: Vec<Kept>,
    /// When each came; empty where no column tells.
    pub created: Vec<i64>,
    /// When its outcome was known; empty where no column tells.
    pub closed: Vec<i64>,
    /// Index of each one's [`Outcome`].
    pub outcomes: Vec<u8>,
    /// What each brought, in minor units; empty where no column tells.
    pub revenue: Vec<i64>,
    /// What each cost, in minor units; empty where no column tells.
    pub cost: Vec<i64>,
    /// What could not be read.
    pub troubles: Troubles,
}

impl Leads {
    /// Adds the cells of a role.
    pub fn add(&mut self, role: Role, from: Vec<usize>, cells: Cells) {
        self.kept.push(Kept { role, from, cells });
    }

    /// The cells of a role.
    pub fn cells(&self, role: &Role) -> Option<&Cells> {
        let kept = self.kept.iter().find(|kept| kept.role == *role);
        kept.map(|kept| &kept.cells)
    }

    /// The cells of a place in a lead, such as `fact:jobTitle`.
    pub fn place(&self, place: &str) -> Option<&Cells> {
        let kept = self.kept.iter().find(|kept| kept.role.id() == place);
        kept.map(|kept| &kept.cells)
    }

    /// The first of the columns that cells come from.
    pub fn column_of(&self, kept: &Kept) -> Option<&Column> {
        self.columns.get(*kept.from.first()?)
    }

    /// The time at which a lead is judged.
    pub fn judged_at(&self, row: usize) -> Option<i64> {
        self.created
            .get(row)
            .copied()
            .filter(|time| *time != NO_TIME)
    }

    /// What a lead brought, in minor units, where it was won.
    pub fn revenue_of(&self, row: usize) -> i64 {
        match self.outcomes.get(row) {
            Some(outcome) if *outcome == Outcome::Won as u8 => {
                self.revenue.get(row).copied().unwrap_or(0)
            }
            _ => 0,
        }
    }

    /// First and last time at which leads came.
    pub fn span(&self) -> Option<(i64, i64)> {
        let told = || self.created.iter().copied().filter(|time| *time != NO_TIME);
        Some((told().min()?, told().max()?))
    }

    /// Reads the outcomes, as people or the words themselves say.
    pub fn settle(&mut self, choices: &Choices) {
        self.outcomes = vec![Outcome::Open as u8; self.rows];
        let kept = self.kept.iter().find(|kept| kept.role == Role::Outcome);
        if let Some(Kept { cells, from, .. }) = kept {
            let of = |code: u32| {
                let text = cells.text(code);
                let chosen = choices.outcomes.get(text).copied();
                chosen.or_else(|| wording::outcome(text))
            };
            let outcomes: Vec<Option<Outcome>> = (0..cells.texts() as u32).map(of).collect();
            for (row, (outcome, code)) in self.outcomes.iter_mut().zip(cells.codes()).enumerate() {
                match outcomes.get(*code as usize).copied().flatten() {
                    Some(found) => *outcome = found as u8,
                    None => {
                        let column = from.first().copied();
                        self.troubles
                            .add(row, column, Trouble::NoOutcome, cells.text(*code));
                    }
                }
            }
        }
        for (row, time) in self.created.iter().enumerate() {
            if *time == NO_TIME {
                self.troubles.add(row, None, Trouble::NoTime, "");
            }
        }
    }

    /// Each word of the outcome column, what it is taken for, and how many leads have it; the most
    /// frequent first.
    pub fn outcome_words(&self) -> Vec<(String, Outcome, usize)> {
        let Some(cells) = self.cells(&Role::Outcome) else {
            return Vec::new();
        };
        let mut words = vec![(Outcome::Open, 0); cells.texts()];
        for (code, outcome) in cells.codes().iter().zip(&self.outcomes) {
            if let Some(word) = words.get_mut(*code as usize) {
                word.0 = Outcome::from_index(usize::from(*outcome)).unwrap_or(Outcome::Open);
                word.1 += 1;
            }
        }
        let mut words: Vec<_> = (0..)
            .zip(words)
            .filter(|(_, (_, rows))| *rows > 0)
            .map(|(code, (outcome, rows))| (cells.text(code).to_owned(), outcome, rows))
            .collect();
        words.sort_by_key(|(_, _, rows)| core::cmp::Reverse(*rows));
        words.truncate(200);
        words
    }
}
