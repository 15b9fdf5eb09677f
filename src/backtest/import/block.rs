//! Rows as most are, many together: column by column, so that each column's work stays at hand.

use super::{Import, Store, longest_of};
use crate::backtest::encoding::trimmed_part;
use crate::backtest::split::Block;
use crate::backtest::trouble::Trouble;
use crate::backtest::{dates, leads::NO_TIME, wording};
use core::ops::Range;

/// A cell that could not be read: its row in the block, its column, what is wrong, where it lies.
type Late = (usize, usize, Trouble, Range<usize>);

impl Import {
    /// Takes rows.
    pub(super) fn block(&mut self, block: Block) {
        let first = self.rows;
        self.rows += block.rows().len();
        let mut late: Vec<Late> = Vec::new();
        for (role, store) in &mut self.stores {
            match store {
                Store::Cells(from, cells) => {
                    let longest = longest_of(role);
                    let mut push = |row, column, cell: Range<usize>| {
                        let fits = cell.len() <= longest;
                        let kept = if fits { cell.clone() } else { 0..0 };
                        if !cells.push_part(block.bytes, kept) || !fits {
                            late.push((row, column, Trouble::LongCell, cell));
                        }
                    };
                    if let [column] = from.as_slice() {
                        for (row, of) in block.rows().enumerate() {
                            push(row, *column, trimmed_part(block.bytes, of.cell(*column)));
                        }
                        continue;
                    }
                    for (row, of) in block.rows().enumerate() {
                        // The first cell that is not empty counts.
                        let cell = |index: &usize| trimmed_part(block.bytes, of.cell(*index));
                        let mut cells = from.iter().map(|index| (*index, cell(index)));
                        let (column, cell) =
                            cells.find(|(_, cell)| !cell.is_empty()).unwrap_or_default();
                        push(row, column, cell);
                    }
                }
                Store::Dates(index, order, times) => each(&block, *index, |row, cell, text| {
                    let time = dates::plain(text).or_else(|| dates::read(letters(text), *order));
                    times.push(time.unwrap_or(NO_TIME));
                    if time.is_none() && !text.is_empty() {
                        late.push((row, *index, Trouble::NoDate, cell));
                    }
                }),
                Store::Money(index, decimal_comma, amounts) => {
                    each(&block, *index, |row, cell, text| {
                        let amount = if text.is_empty() {
                            Some(0)
                        } else {
                            wording::money(letters(text), *decimal_comma)
                        };
                        amounts.push(amount.unwrap_or(0));
                        if amount.is_none() {
                            late.push((row, *index, Trouble::NoAmount, cell));
                        }
                    });
                }
            }
        }
        // Told row by row.
        late.sort_by_key(|(row, ..)| *row);
        for (row, column, what, cell) in late {
            let found = letters(block.bytes.get(cell).unwrap_or_default());
            self.troubles.add(first + row, Some(column), what, found);
        }
    }
}

/// Calls `take` with each cell of a column: its row in the block, where it lies, and what it holds.
fn each(block: &Block, column: usize, mut take: impl FnMut(usize, Range<usize>, &[u8])) {
    for (row, of) in block.rows().enumerate() {
        let cell = trimmed_part(block.bytes, of.cell(column));
        let text = block.bytes.get(cell.clone()).unwrap_or_default();
        take(row, cell, text);
    }
}

/// The letters of a cell; all of a block is UTF-8.
fn letters(cell: &[u8]) -> &str {
    core::str::from_utf8(cell).unwrap_or_default()
}
