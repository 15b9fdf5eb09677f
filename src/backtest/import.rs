//! A file of past leads, read in pieces.
//!
//! Nothing is dropped in silence: what could not be read is told by row, column and reason.

mod block;
mod part;

use super::cells::Cells;
use super::columns::{self, Choices, Column, Role};
use super::dates::{self, Order};
use super::encoding::Encoding;
use super::leads::{Leads, NO_TIME};
use super::split::{Cut, Piece, Splitter};
use super::trouble::{Trouble, Troubles};
use super::wording;
use crate::card::Card;
use crate::table;

/// Bytes that are looked at before the columns are named.
const HEAD: usize = 128 * 1024;
/// Bytes by which it is told how many rows come.
const SURE: usize = 1 << 20;
/// Rows that are looked at for it.
const SAMPLE: usize = 500;
/// Longest cell that is kept, in bytes.
const MAX_CELL: usize = crate::lead::MAX_TEXT;

/// Longest cell that lists events, in bytes.
const MAX_EVENTS_CELL: usize = 64 * 1024;

/// Where the cells of a role go, and from which columns they come.
enum Store {
    Cells(Vec<usize>, Cells),
    Dates(usize, Order, Vec<i64>),
    Money(usize, bool, Vec<i64>),
}

/// Reads a file for one scorecard.
pub struct Import {
    card: Card,
    choices: Choices,
    encoding: Encoding,
    /// The beginning, until the columns are named.
    head: Vec<u8>,
    splitter: Option<Splitter>,
    columns: Vec<Column>,
    stores: Vec<(Role, Store)>,
    rows: usize,
    troubles: Troubles,
    /// How many bytes come in all, as far as that is known.
    expected: usize,
    /// How many have come.
    bytes: usize,
}

impl Import {
    /// Begins to read; `choices` go before what names and cells say.
    pub fn new(card: Card, choices: Choices) -> Self {
        Import {
            card,
            choices,
            encoding: Encoding::default(),
            head: Vec::new(),
            splitter: None,
            columns: Vec::new(),
            stores: Vec::new(),
            rows: 0,
            troubles: Troubles::default(),
            expected: 0,
            bytes: 0,
        }
    }

    /// Tells how many bytes come in all, with what is joined: room is made for their rows at once.
    pub fn expect(&mut self, bytes: usize) {
        self.expected = bytes;
    }

    /// Takes the next bytes; `last` tells that no more will come.
    pub fn feed(&mut self, bytes: &[u8], last: bool) {
        let text = self.encoding.read(bytes, last);
        if self.splitter.is_some() {
            return self.cut(&text, last);
        }
        self.head.extend_from_slice(&text);
        if last || self.head.len() >= HEAD {
            let head = core::mem::take(&mut self.head);
            self.name_columns(&head, last);
            self.cut(&head, last);
        }
    }

    /// Number of leads so far.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// The columns, once enough has come to name them.
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    fn name_columns(&mut self, head: &[u8], last: bool) {
        let delimiter = table::delimiter(&String::from_utf8_lossy(head));
        let mut rows: Vec<Vec<String>> = Vec::new();
        Splitter::new(delimiter, 0).feed(head, last, |piece| {
            if let Piece::Row(cut) = piece
                && rows.len() <= SAMPLE
            {
                let cells = (0..cut.len()).map(|index| cut.text(index).into_owned());
                rows.push(cells.collect());
            }
        });
        let mut rows = rows.into_iter();
        let header = named(rows.next().unwrap_or_default());
        let rows: Vec<Vec<String>> = rows.collect();
        self.columns = columns::columns(&self.card, &header, &rows, &self.choices);
        for (index, column) in self.columns.iter().enumerate() {
            let role = Role::from_id(&column.role, &self.card.texts).unwrap_or(Role::Ignored);
            let order = column.order.unwrap_or(Order::DayFirst);
            let store = match role {
                Role::Ignored => continue,
                Role::CreatedAt | Role::ClosedAt => Store::Dates(index, order, Vec::new()),
                Role::Revenue | Role::Cost => Store::Money(index, column.decimal_comma, Vec::new()),
                _ => Store::Cells(vec![index], Cells::default()),
            };
            // Of columns for the same place the first cell that is not empty counts.
            let same = self.stores.iter_mut().find(|(of, _)| *of == role);
            match (same, store) {
                (Some((Role::Place(_), Store::Cells(from, _))), Store::Cells(more, _)) => {
                    from.extend(more);
                }
                (_, store) => self.stores.push((role, store)),
            }
        }
        self.splitter = Some(Splitter::new(delimiter, self.columns.len()));
    }

    fn cut(&mut self, bytes: &[u8], last: bool) {
        let Some(mut splitter) = self.splitter.take() else {
            return;
        };
        let mut header = self.rows == 0 && self.troubles.before_first_row();
        splitter.feed(bytes, last, |piece| {
            let is_header = core::mem::take(&mut header);
            if is_header {
                self.troubles.header_seen();
            }
            match piece {
                Piece::Rows(block) if is_header => self.block(block.behind_first()),
                Piece::Rows(block) => self.block(block),
                Piece::Row(_) if is_header => {}
                Piece::Row(cut) => self.row(cut),
            }
        });
        self.splitter = Some(splitter);
        let before = self.bytes;
        self.bytes += bytes.len();
        if before < SURE && self.bytes >= SURE {
            self.make_room();
        }
    }

    /// Makes room for all rows that are expected.
    fn make_room(&mut self) {
        let share = self.expected as f64 / self.bytes as f64;
        // A little more than it seems: rows are not all of one length.
        let rows = (self.rows as f64 * share * 1.02) as usize;
        for (_, store) in &mut self.stores {
            match store {
                Store::Cells(_, cells) => cells.expect(rows),
                Store::Dates(.., numbers) | Store::Money(.., numbers) => {
                    numbers.reserve(rows.saturating_sub(numbers.len()));
                }
            }
        }
    }

    fn row(&mut self, cut: Cut) {
        let row = self.rows;
        self.rows += 1;
        let width = self.columns.len();
        if cut.open_quote {
            self.troubles.add(row, None, Trouble::OpenQuote, "");
        }
        if cut.len() < width {
            self.troubles.add(
                row,
                None,
                Trouble::ShortRow,
                &format!("{} of {width} cells", cut.len()),
            );
        }
        if (width..cut.len()).any(|index| !cut.text(index).is_empty()) {
            self.troubles.add(
                row,
                None,
                Trouble::LongRow,
                &format!("{} cells for {width} columns", cut.len()),
            );
        }
        for (role, store) in &mut self.stores {
            match store {
                Store::Cells(from, cells) => {
                    let longest = longest_of(role);
                    let mut kept = false;
                    for index in from.iter() {
                        let text = cut.text(*index);
                        if text.is_empty() {
                            continue;
                        }
                        kept = text.len() <= longest && cells.push(&text);
                        if !kept {
                            self.troubles
                                .add(row, Some(*index), Trouble::LongCell, &text);
                        }
                        break;
                    }
                    if !kept && cells.rows() == row {
                        cells.push("");
                    }
                }
                Store::Dates(index, order, times) => {
                    let text = cut.text(*index);
                    let time = dates::read(&text, *order);
                    if time.is_none() && !text.is_empty() {
                        self.troubles.add(row, Some(*index), Trouble::NoDate, &text);
                    }
                    times.push(time.unwrap_or(NO_TIME));
                }
                Store::Money(index, decimal_comma, amounts) => {
                    let text = cut.text(*index);
                    let amount = wording::money(text.as_bytes(), *decimal_comma);
                    if amount.is_none() && !text.is_empty() {
                        self.troubles
                            .add(row, Some(*index), Trouble::NoAmount, &text);
                    }
                    amounts.push(amount.unwrap_or(0));
                }
            }
        }
    }

    /// The leads of the whole file.
    pub fn finish(mut self) -> Leads {
        self.feed(&[], true);
        self.leads()
    }

    /// The leads of the rows that have come as a whole so far: a first look at a file.
    pub fn first_look(mut self) -> Leads {
        if self.splitter.is_none() {
            self.feed(&[], true);
        }
        self.leads()
    }

    fn leads(self) -> Leads {
        let mut leads = Leads {
            rows: self.rows,
            columns: self.columns,
            troubles: self.troubles,
            ..Leads::default()
        };
        for (role, store) in self.stores {
            match (role, store) {
                (Role::CreatedAt, Store::Dates(_, _, times)) => leads.created = times,
                (Role::ClosedAt, Store::Dates(_, _, times)) => leads.closed = times,
                (Role::Revenue, Store::Money(_, _, amounts)) => leads.revenue = amounts,
                (Role::Cost, Store::Money(_, _, amounts)) => leads.cost = amounts,
                (role, Store::Cells(from, mut cells)) => {
                    cells.settle();
                    leads.add(role, from, cells);
                }
                _ => {}
            }
        }
        leads.settle(&self.choices);
        leads
    }
}

/// Longest cell of a role that is kept, in bytes.
fn longest_of(role: &Role) -> usize {
    match role {
        Role::Place(place) if place == table::EVENTS => MAX_EVENTS_CELL,
        _ => MAX_CELL,
    }
}

/// Headers: each with a name, and none twice.
fn named(header: Vec<String>) -> Vec<String> {
    let mut names: Vec<String> = Vec::with_capacity(header.len());
    for (index, name) in header.into_iter().enumerate() {
        let name = if name.is_empty() {
            format!("column {}", index + 1)
        } else {
            name
        };
        let mut other = name.clone();
        let mut count = 1;
        while names.contains(&other) {
            count += 1;
            other = format!("{name} ({count})");
        }
        names.push(other);
    }
    names
}
