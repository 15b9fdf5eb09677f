//! What could not be read in a file, row by row.

use serde::{Deserialize, Serialize};

crate::vocabulary::vocabulary! {
    /// What is wrong with a row or a cell.
    pub enum Trouble {
        /// The row has fewer cells than the header; those that lack count as empty.
        ShortRow = "shortRow",
        /// The row has more cells than the header; those beyond it were left out.
        LongRow = "longRow",
        /// A quote never closes; it counts as a letter.
        OpenQuote = "openQuote",
        /// The cell is too long, and counts as empty.
        LongCell = "longCell",
        /// The cell is no date that can be read, and counts as empty.
        NoDate = "noDate",
        /// The cell is no amount, and counts as 0.
        NoAmount = "noAmount",
        /// The cell is no number, and counts as empty.
        NoNumber = "noNumber",
        /// The cell is none of the choices, and counts as empty.
        NoChoice = "noChoice",
        /// The cell is neither yes nor no, and counts as empty.
        NoYesOrNo = "noYesOrNo",
        /// Nobody said which outcome the word is; it counts as open.
        NoOutcome = "noOutcome",
        /// The cell is no list of events in JSON, or one of them has no type or no date; it was left out.
        NoEvents = "noEvents",
        /// The event is dated after the time at which the lead is judged; it was left out.
        LaterEvent = "laterEvent",
        /// Nothing tells when the lead came; what depends on time is unknown for it.
        NoTime = "noTime",
    }
}

/// Most troubles that are kept one by one; of others it is only counted how many there are.
pub const MOST: usize = 100_000;

/// One thing that could not be read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Found {
    /// Row of the spreadsheet: the header is row 1.
    pub row: usize,
    /// Index of the column; none where it is the row itself.
    pub column: Option<usize>,
    /// What is wrong.
    pub what: Trouble,
    /// What stands there, shortened.
    pub found: String,
}

/// How often something was wrong.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Count {
    /// Index of the column; none where it is the row itself.
    pub column: Option<usize>,
    /// What is wrong.
    pub what: Trouble,
    /// In how many rows.
    pub rows: usize,
}

/// All that could not be read.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Troubles {
    counts: Vec<Count>,
    found: Vec<Found>,
    header: bool,
}

impl Troubles {
    /// Whether the header is still to come.
    pub fn before_first_row(&self) -> bool {
        !self.header
    }

    /// The header has come.
    pub fn header_seen(&mut self) {
        self.header = true;
    }

    /// Adds one, in the row of this index.
    pub fn add(&mut self, row: usize, column: Option<usize>, what: Trouble, found: &str) {
        self.count(Count {
            column,
            what,
            rows: 1,
        });
        if self.found.len() < MOST {
            self.found.push(Found {
                row: row + 2,
                column,
                what,
                found: crate::problem::shorten(found),
            });
        }
    }

    fn count(&mut self, more: Count) {
        let same = |count: &&mut Count| count.column == more.column && count.what == more.what;
        match self.counts.iter_mut().find(same) {
            Some(count) => count.rows += more.rows,
            None => self.counts.push(more),
        }
    }

    /// Adds those of the rows that follow; `rows` came before them.
    pub fn join(&mut self, more: Troubles, rows: usize) {
        more.counts.into_iter().for_each(|count| self.count(count));
        let room = MOST.saturating_sub(self.found.len());
        let found = more.found.into_iter().take(room);
        self.found.extend(found.map(|found| Found {
            row: found.row + rows,
            ..found
        }));
    }

    /// How often what was wrong, the most frequent first.
    pub fn counts(&self) -> Vec<Count> {
        let mut counts = self.counts.clone();
        counts.sort_by(|a, b| b.rows.cmp(&a.rows).then(a.column.cmp(&b.column)));
        counts
    }

    /// One by one, by row.
    pub fn found(&self) -> &[Found] {
        &self.found
    }
}
