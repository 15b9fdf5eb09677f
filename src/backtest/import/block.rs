//! Rows as most are, many together: column by column, so that each column's work stays at hand.

use super::{Import, Store, longest_of};
use crate::backtest::encoding::trimmed_part;
use crate::backtest::split::{Block, Row};
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
                    let cell = |of: Row, column: usize| trimmed_part(block.bytes, of.cell(column));
                    let mut lost = |row, column, cell| {
                        late.push((row, column, Trouble::LongCell, cell));
                    };
                    if let [column] = *from.as_slice() {
                        let parts = block.rows().map(|of| cell(of, column));
                        cells.push_parts(block.bytes, parts, longest, |row, cell| {
                            lost(row, column, cell);
                        });
                        continue;
                    }
                    // The first cell that is not empty counts.
                    let first = |of: Row| {
                        let mut cells = from.iter().map(|column| (*column, cell(of, *column)));
                        cells.find(|(_, cell)| !cell.is_empty()).unwrap_or_default()
                    };
                    let parts = block.rows().map(|of| first(of).1);
                    cells.push_parts(block.bytes, parts, longest, |row, cell| {
                        let column = block.rows().nth(row).map(|of| first(of).0);
                        lost(row, column.unwrap_or_default(), cell);
                    });
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
                            wording::money(text, *decimal_comma)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::backtest::Choices;
    use crate::backtest::split::Splitter;
    use crate::card::Card;
    use crate::scorecard::{self, compile};
    use proptest::prelude::*;

    /// Reads rows behind a head by which their columns are named: many together, or each by itself.
    fn read(card: &Card, head: &[u8], rows: &[u8], together: bool) -> crate::backtest::Leads {
        read_by(card, Choices::default(), head, rows, together)
    }

    fn read_by(
        card: &Card,
        choices: Choices,
        head: &[u8],
        rows: &[u8],
        together: bool,
    ) -> crate::backtest::Leads {
        let mut import = Import::new(card.clone(), choices);
        import.feed(head, false);
        if !together {
            import.splitter = Some(Splitter::new(b',', 0));
        }
        import.feed(rows, false);
        import.finish()
    }

    #[test]
    fn a_cell_that_is_too_long_is_told_of_its_own_column() {
        let card = scorecard::read(include_str!("../../../www/sample/b2b-software.json"));
        let card = compile::compiled(&card.scorecard.unwrap(), compile::Audience::Server);
        // Two columns for one place: the first cell that is not empty counts.
        let title = |column: &str| (column.to_owned(), "fact:jobTitle".to_owned());
        let choices = Choices {
            roles: [title("Job title"), title("Position")].into(),
            ..Choices::default()
        };
        let mut head = b"id,Job title,Position,Company\n".to_vec();
        while head.len() < super::super::HEAD {
            head.extend_from_slice(b"k,Head of Sales,,Acme\n");
        }
        let long = "x".repeat(super::super::MAX_CELL + 1);
        let rows = format!("a,CEO,,Acme\nb,,{long},Acme\nc,{long},CEO,{long}\nd,,CFO,Acme\n");
        let [one, other] = [true, false]
            .map(|together| read_by(&card, choices.clone(), &head, rows.as_bytes(), together));
        assert_eq!(one.troubles.found(), other.troubles.found());
        let of_columns: Vec<_> = one.troubles.found().iter().map(|of| of.column).collect();
        assert_eq!(of_columns, [Some(2), Some(1), Some(3)]);
        let titles = one.place("fact:jobTitle").unwrap();
        let last: Vec<_> = (one.rows - 4..one.rows)
            .map(|row| titles.cell(row))
            .collect();
        assert_eq!(last, ["CEO", "", "", "CFO"]);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn together_rows_are_what_each_is(
            rows in prop::collection::vec(
                "[a-c]{1,3},( CEO |Geschäftsführer|\"VP, Sales\"|\"\"\"x\"\"\"|a long title for someone who does everything|),(5| 17\u{a0}|no|),(2026-01-0[1-9]|2026-02-30|2026-01-01T[0-2][0-9]:00:00Z|1[.]2[.]2026|soon|),(Won|Lost|odd),(5[.]50|70| |-|)(,more|)\r?\n",
                1..60,
            ),
            windows in any::<bool>(),
        ) {
            let card = scorecard::read(include_str!("../../../www/sample/b2b-software.json"));
            let card = compile::compiled(&card.scorecard.unwrap(), compile::Audience::Server);
            let mut head = b"id,Job title,Employees,Created at,Outcome,Deal amount\n".to_vec();
            while head.len() < super::super::HEAD {
                head.extend_from_slice(b"k,Head of Sales,120,2026-02-01,Won,7.00\n");
            }
            let mut rows = rows.concat().into_bytes();
            if windows {
                rows.extend_from_slice(b"k,G\xe9rant,12,2026-02-01,Won,7.00\n");
            }
            let [one, other] = [true, false].map(|together| read(&card, &head, &rows, together));
            prop_assert_eq!(one.rows, other.rows);
            prop_assert_eq!(&one.created, &other.created);
            prop_assert_eq!(&one.revenue, &other.revenue);
            prop_assert_eq!(&one.outcomes, &other.outcomes);
            prop_assert_eq!(one.troubles.found(), other.troubles.found());
            for (one, other) in one.kept.iter().zip(&other.kept) {
                for row in 0..one.cells.rows() {
                    prop_assert_eq!(one.cells.cell(row), other.cells.cell(row), "row {}", row);
                }
            }
        }
    }
}
