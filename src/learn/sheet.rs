//! Columns of a CSV file, read once: numbers as numbers, all else as numbered texts.

use super::bins::Texts;
use crate::num::{self, Written};
use crate::problem::{Code, Problem};
use crate::scorecard;
use crate::table::Source;

/// What a column is read as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Numbers.
    Number,
    /// Texts.
    Text,
}

/// The cells of one column.
#[derive(Clone, Debug)]
pub enum Cells {
    /// Numbers; NaN where the cell is empty or none.
    Numbers(Vec<f64>),
    /// Numbers of texts, 0 where the cell is empty, else one more than the place in the list.
    Texts(Vec<u32>, Texts),
}

/// One column that was read.
#[derive(Clone, Debug)]
pub struct Read {
    /// Its header.
    pub name: String,
    /// Its cells.
    pub cells: Cells,
    /// Cells that are neither empty nor what the column is read as.
    pub odd: usize,
}

/// Reads some columns of a file bit by bit.
#[derive(Clone, Debug)]
pub struct Sheet {
    source: Source,
    columns: Vec<(usize, Read)>,
    rows: usize,
}

impl Sheet {
    /// Begins to read these columns, by name.
    ///
    /// # Errors
    /// Where a column is not there.
    pub(crate) fn new(source: Source, wanted: &[(&str, Kind)]) -> Result<Sheet, Problem> {
        let mut columns = Vec::with_capacity(wanted.len());
        for (name, kind) in wanted {
            let cells = match kind {
                Kind::Number => Cells::Numbers(Vec::new()),
                Kind::Text => Cells::Texts(Vec::new(), Texts::default()),
            };
            let read = Read {
                name: (*name).to_owned(),
                cells,
                odd: 0,
            };
            columns.push((place(&source, name)?, read));
        }
        Ok(Sheet {
            source,
            columns,
            rows: 0,
        })
    }

    /// Reads up to so many rows more; false at the end.
    ///
    /// # Errors
    /// Where the text is no CSV.
    pub fn read(&mut self, most: usize) -> Result<bool, Problem> {
        let (columns, rows) = (&mut self.columns, &mut self.rows);
        self.source.read(most, |record| {
            *rows += 1;
            for (place, column) in columns.iter_mut() {
                column.push(record.get(*place).unwrap_or_default().trim());
            }
        })
    }

    /// Share of the file that was read.
    pub fn done(&self) -> f64 {
        self.source.done()
    }

    /// Number of rows so far.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// What was read.
    pub fn into_columns(self) -> Vec<Read> {
        self.columns.into_iter().map(|(_, column)| column).collect()
    }
}

impl Read {
    fn push(&mut self, cell: &str) {
        match &mut self.cells {
            Cells::Numbers(numbers) => {
                let number = number(cell);
                self.odd += usize::from(number.is_none() && !cell.is_empty());
                numbers.push(number.unwrap_or(f64::NAN));
            }
            Cells::Texts(codes, texts) => codes.push(if cell.is_empty() {
                0
            } else {
                texts.number(cell) + 1
            }),
        }
    }
}

/// The number that a lead's fact would read in this cell.
pub fn number(cell: &str) -> Option<f64> {
    plain(cell).or_else(|| match num::read(cell)? {
        Written::Number(number) => Some(number),
        Written::Range(..) => None,
    })
}

/// Digits with at most one point and 15 digits: what nearly all cells are, read exactly.
fn plain(cell: &str) -> Option<f64> {
    let (negative, digits) = cell
        .strip_prefix('-')
        .map_or((false, cell), |digits| (true, digits));
    let (mut mantissa, mut count, mut decimals, mut point) = (0_u64, 0, 0, false);
    for byte in digits.bytes() {
        match byte {
            b'0'..=b'9' => {
                mantissa = mantissa * 10 + u64::from(byte - b'0');
                count += 1;
                decimals += i32::from(point);
            }
            b'.' if !point && count > 0 => point = true,
            _ => return None,
        }
        if count > 15 {
            return None;
        }
    }
    if count == 0 || (point && decimals == 0) {
        return None;
    }
    // Both are exact, so the quotient is the nearest number there is.
    let value = mantissa as f64 / (0..decimals).fold(1.0, |power, _| power * 10.0);
    Some(if negative && mantissa > 0 {
        -value
    } else {
        value
    })
}

/// Where the column of this name stands.
///
/// # Errors
/// Where it is not there.
pub(crate) fn place(source: &Source, name: &str) -> Result<usize, Problem> {
    let header = source.header();
    let place = header
        .iter()
        .position(|header| header.trim() == name.trim());
    place.ok_or_else(|| {
        let nearest = scorecard::nearest(name, header.iter());
        Problem::error(
            Code::UnknownReference,
            "",
            format!("no column `{name}`"),
            format!("one of the {} columns of the file", header.len()),
            nearest.map_or_else(
                || "check the header of the file".to_owned(),
                |near| format!("use `{near}`"),
            ),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_are_those_of_leads() {
        for (cell, expected) in [
            ("1200", Some(1200.0)),
            ("-0", Some(0.0)),
            ("-36.4", Some(-36.4)),
            ("0.125", Some(0.125)),
            ("1,200", Some(1200.0)),
            ("$50k", Some(50_000.0)),
            ("51-200", None),
            ("NaN", None),
            ("1e308", None),
            ("", None),
            (".", None),
        ] {
            assert_eq!(number(cell), expected, "{cell}");
        }
    }

    proptest! {
        #[test]
        fn the_short_way_reads_what_the_long_way_reads(cell in "-?[0-9]{1,17}(\\.[0-9]{0,9})?") {
            if let Some(short) = plain(&cell) {
                prop_assert_eq!(num::read(&cell), Some(Written::Number(short)));
            }
        }
    }
}
