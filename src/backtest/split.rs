//! Bytes of a table in pieces become rows of cells, as they come.
//!
//! Quotes as in RFC 4180, and what people send beside: quotes inside a cell that does not begin
//! with one are letters, text behind a closing quote belongs to the cell, and a quote that never
//! closes is a letter too, so that it swallows no rows.

use core::ops::Range;
use std::borrow::Cow;

use memchr::memchr;

use super::encoding;
use super::lanes::{self, BLOCK};

/// Longest row in bytes; a quote that stays open for longer does not count as one.
const MAX_ROW: usize = 1 << 20;
/// Most cells of a row that are kept.
const MAX_CELLS: usize = crate::table::MAX_COLUMNS;

/// Cells that are handed over together: so many that each column is gone through at one go, and so few
/// that they stay in the processor's cache.
const CELLS: usize = 1536;

/// Splits a table into rows.
#[derive(Clone, Debug)]
pub struct Splitter {
    delimiter: u8,
    /// Cells of a row that is as most are; rows of other widths come alone.
    width: usize,
    left: Vec<u8>,
    spans: Vec<Span>,
}

/// Where a cell lies: with its quotes, where they have to be taken off.
#[derive(Clone, Copy, Debug, Default)]
pub struct Span {
    from: u32,
    to: u32,
}

/// What bytes are cut into.
#[derive(Clone, Copy, Debug)]
pub enum Piece<'a> {
    /// Rows as most are.
    Rows(Block<'a>),
    /// A row by itself.
    Row(Cut<'a>),
}

/// Rows of as many cells as the table has columns, all of it UTF-8 and no quotes to be taken off.
#[derive(Clone, Copy, Debug)]
pub struct Block<'a> {
    /// What the cells are parts of.
    pub bytes: &'a [u8],
    spans: &'a [Span],
    width: usize,
}

/// One row.
#[derive(Clone, Copy, Debug)]
pub struct Cut<'a> {
    bytes: &'a [u8],
    /// The same, where all of it is UTF-8.
    row: Option<&'a str>,
    spans: &'a [Span],
    /// Whether a quote in it never closes.
    pub open_quote: bool,
}

impl Span {
    /// A part of what begins at `base`.
    fn new(part: Range<usize>, base: usize) -> Self {
        Span {
            from: (part.start - base) as u32,
            to: (part.end - base) as u32,
        }
    }

    fn range(self) -> Range<usize> {
        self.from as usize..self.to as usize
    }
}

impl<'a> Block<'a> {
    /// Its rows: where their cells lie in the bytes, white space around them included.
    pub fn rows(&self) -> impl ExactSizeIterator<Item = Row<'a>> {
        let rows = self.spans.chunks_exact(self.width);
        rows.map(|spans| Row { spans })
    }

    /// The rows behind the first one.
    pub fn behind_first(self) -> Self {
        Block {
            spans: self.spans.get(self.width..).unwrap_or_default(),
            ..self
        }
    }
}

/// A row of a [`Block`].
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    spans: &'a [Span],
}

impl Row<'_> {
    /// Where a cell lies.
    pub fn cell(&self, index: usize) -> Range<usize> {
        self.spans.get(index).map_or(0..0, |span| span.range())
    }
}

impl<'a> Cut<'a> {
    /// Number of its cells.
    pub fn len(&self) -> usize {
        self.spans.len()
    }

    /// The text of a cell, without white space around it; empty where the row is too short.
    pub fn text(&self, index: usize) -> Cow<'a, str> {
        if let Some((span, row)) = self.spans.get(index).zip(self.row) {
            let text = row.get(span.range()).unwrap_or_default();
            if !self.is_quoted(text.as_bytes()) {
                return Cow::Borrowed(encoding::trimmed(text));
            }
        }
        match self.cell(index) {
            Some(Cow::Borrowed(cell)) => encoding::text(cell),
            Some(Cow::Owned(cell)) => Cow::Owned(encoding::text(&cell).into_owned()),
            None => Cow::Borrowed(""),
        }
    }

    /// The bytes of a cell; none where the row is too short.
    fn cell(&self, index: usize) -> Option<Cow<'a, [u8]>> {
        let span = self.spans.get(index)?;
        let bytes = self.bytes.get(span.range())?;
        Some(if self.is_quoted(bytes) {
            unquoted(bytes)
        } else {
            Cow::Borrowed(bytes)
        })
    }

    /// Whether quotes have to be taken off: of quotes with nothing doubled within and nothing behind they
    /// are off.
    fn is_quoted(&self, cell: &[u8]) -> bool {
        !self.open_quote && cell.first() == Some(&b'"')
    }
}

/// How reading a row ended.
enum End {
    /// The row ends before this byte.
    At(usize, Kind),
    /// More bytes have to come.
    Open,
}

/// What is known of a row once it is read.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    /// There is no text in it.
    Blank,
    /// No quotes have to be taken off.
    Plain,
    Quoted,
}

/// How far into what comes a row is looked for that began before.
const PROBE: usize = 1 << 14;

impl Splitter {
    /// A splitter for cells separated by `delimiter`, that hands over rows of `width` cells together,
    /// or with 0 each by itself.
    pub fn new(delimiter: u8, width: usize) -> Self {
        Splitter {
            delimiter,
            width,
            left: Vec::new(),
            spans: Vec::new(),
        }
    }

    /// Whether the last byte ended a row.
    pub fn is_between_rows(&self) -> bool {
        self.left.is_empty()
    }

    /// Takes the next bytes and calls `take` with the rows that they complete; `last` completes the
    /// last one. Rows without any text are left out.
    pub fn feed(&mut self, bytes: &[u8], last: bool, mut take: impl FnMut(Piece)) {
        let mut left = core::mem::take(&mut self.left);
        let mut bytes = bytes;
        if !left.is_empty() {
            // Only as much is copied as the row that is left over most likely needs.
            for more in [PROBE, usize::MAX] {
                let before = left.len();
                let (next, rest) = bytes.split_at(more.min(bytes.len()));
                left.extend_from_slice(next);
                let taken = self.rows(&left, last && rest.is_empty(), &mut take);
                if taken >= before {
                    bytes = bytes.get(taken - before..).unwrap_or_default();
                    left.clear();
                    break;
                }
                left.drain(..taken);
                bytes = rest;
                if bytes.is_empty() {
                    self.left = left;
                    return;
                }
            }
        }
        let taken = self.rows(bytes, last, &mut take);
        left.extend_from_slice(bytes.get(taken..).unwrap_or_default());
        self.left = left;
    }

    /// Number of bytes of whole rows at the beginning of `bytes`.
    fn rows(&mut self, bytes: &[u8], last: bool, take: &mut impl FnMut(Piece)) -> usize {
        let mut marks = Marks::new(bytes, self.delimiter);
        // Where the rows begin that are handed over next, and the row that is read.
        let (mut from, mut start) = (0, 0);
        self.spans.clear();
        while start < bytes.len() {
            let before = self.spans.len();
            let mut open_quote = false;
            let mut end = self.row(&mut marks, from, start, last, true);
            if matches!(end, End::Open) && (last || bytes.len() - start > MAX_ROW) {
                open_quote = true;
                self.spans.truncate(before);
                marks.look(start - start % BLOCK);
                marks.go_to(start);
                end = self.row(&mut marks, from, start, last, false);
            }
            let End::At(end, kind) = end else {
                self.spans.truncate(before);
                break;
            };
            let is_usual = self.spans.len() - before == self.width && !open_quote;
            match kind {
                Kind::Blank => self.spans.truncate(before),
                Kind::Plain if is_usual => {}
                _ => {
                    let (usual, row) = self.spans.split_at_mut(before);
                    hand_over(bytes, from..start, usual, self.width, take);
                    let off = (start - from) as u32;
                    for span in row.iter_mut() {
                        (span.from, span.to) = (span.from - off, span.to - off);
                    }
                    let bytes = bytes.get(start..end).unwrap_or_default();
                    take(Piece::Row(Cut {
                        bytes,
                        row: core::str::from_utf8(bytes).ok(),
                        spans: row,
                        open_quote,
                    }));
                    self.spans.clear();
                }
            }
            start = end;
            if self.spans.len() >= CELLS {
                hand_over(bytes, from..start, &self.spans, self.width, take);
                self.spans.clear();
            }
            if self.spans.is_empty() {
                from = start;
            }
        }
        hand_over(bytes, from..start, &self.spans, self.width, take);
        start
    }

    /// The first cells of a row, up to one that begins with a quote, or with which the row may end: as most
    /// cells are. Where the next one begins, and how many they are.
    fn plain_cells(&mut self, marks: &mut Marks, base: usize, start: usize) -> (usize, usize) {
        let bytes = marks.bytes;
        let before = self.spans.len();
        self.spans
            .resize(before + self.width.saturating_sub(1), Span::default());
        let (_, row) = self.spans.split_at_mut(before);
        let (mut at, mut cells) = (start, 0);
        // Beside the loop, not in memory: all hangs on them.
        let (mut block, mut found) = (marks.block, marks.found);
        for span in row {
            if bytes.get(at) == Some(&b'"') {
                break;
            }
            while found == 0 && block + BLOCK < bytes.len() {
                marks.look(block + BLOCK);
                (block, found) = (marks.block, marks.found);
            }
            let end = block + found.trailing_zeros() as usize;
            if bytes.get(end) != Some(&marks.delimiter) || found == 0 {
                break;
            }
            found &= found - 1;
            *span = Span::new(at..end, base);
            at = end + 1;
            cells += 1;
        }
        marks.found = found;
        self.spans.truncate(before + cells);
        (at, cells)
    }

    /// Finds the cells of the row that begins at `start`, counted from `base`. With `quotes` off, a
    /// quote is a letter.
    fn row(
        &mut self,
        marks: &mut Marks,
        base: usize,
        start: usize,
        last: bool,
        quotes: bool,
    ) -> End {
        let bytes = marks.bytes;
        let mut kind = Kind::Plain;
        let (mut at, mut cells) = match quotes {
            true => self.plain_cells(marks, base, start),
            false => (start, 0),
        };
        loop {
            let mut from = at;
            let mut quote = None;
            if quotes && bytes.get(at) == Some(&b'"') {
                let Some(closing) = closing(bytes, at + 1) else {
                    return End::Open;
                };
                at = closing.0 + 1;
                marks.go_to(at);
                quote = Some(closing);
            }
            let found = marks.next();
            if found.is_none() && !last {
                return End::Open;
            }
            let end = found.unwrap_or(bytes.len());
            let mut to = end;
            match quote {
                // Nothing doubled within, nothing behind: the quotes are as good as taken off.
                Some((closing, false)) if closing + 1 == end => (from, to) = (from + 1, closing),
                Some(_) => kind = Kind::Quoted,
                None => {}
            }
            if cells < MAX_CELLS {
                self.spans.push(Span::new(from..to, base));
            }
            cells += 1;
            let next = match found.and_then(|at| bytes.get(at)) {
                None => bytes.len(),
                Some(b'\n') => end + 1,
                Some(b'\r') => match bytes.get(end + 1) {
                    Some(b'\n') => {
                        marks.go_to(end + 2);
                        end + 2
                    }
                    None if !last => return End::Open,
                    _ => end + 1,
                },
                Some(_) => {
                    at = end + 1;
                    continue;
                }
            };
            // Nothing but what stands between cells.
            let is_blank = end - start == cells - 1;
            return End::At(next, if is_blank { Kind::Blank } else { kind });
        }
    }
}

/// Hands over rows as most are: together, or each by itself where some are no UTF-8.
fn hand_over(
    bytes: &[u8],
    rows: Range<usize>,
    spans: &[Span],
    width: usize,
    take: &mut impl FnMut(Piece),
) {
    let Some(bytes) = bytes.get(rows).filter(|_| !spans.is_empty()) else {
        return;
    };
    if is_utf8(bytes) {
        return take(Piece::Rows(Block {
            bytes,
            spans,
            width,
        }));
    }
    for spans in spans.chunks_exact(width) {
        take(Piece::Row(Cut {
            bytes,
            row: None,
            spans,
            open_quote: false,
        }));
    }
}

fn is_utf8(bytes: &[u8]) -> bool {
    // Most text is ASCII, and that is seen at once of many bytes.
    let all = bytes.iter().fold(0, |all, byte| all | byte);
    all.is_ascii() || core::str::from_utf8(bytes).is_ok()
}

/// Where cells and rows may end: each block of bytes is looked at once, however many cells it holds.
struct Marks<'a> {
    bytes: &'a [u8],
    delimiter: u8,
    /// Where the block begins of which `found` tells.
    block: usize,
    /// A bit for each byte of the block that ends a cell and is still to come.
    found: u64,
}

impl<'a> Marks<'a> {
    fn new(bytes: &'a [u8], delimiter: u8) -> Self {
        let mut marks = Marks {
            bytes,
            delimiter,
            block: 0,
            found: 0,
        };
        marks.look(0);
        marks
    }

    /// The next delimiter or end of a line.
    fn next(&mut self) -> Option<usize> {
        while self.found == 0 {
            let next = self.block + BLOCK;
            if next >= self.bytes.len() {
                return None;
            }
            self.look(next);
        }
        let at = self.block + self.found.trailing_zeros() as usize;
        self.found &= self.found - 1;
        Some(at)
    }

    /// Goes on at a byte behind the last mark.
    fn go_to(&mut self, at: usize) {
        let block = at - at % BLOCK;
        if block != self.block {
            self.look(block);
        }
        self.found &= u64::MAX << (at % BLOCK);
    }

    fn look(&mut self, block: usize) {
        self.block = block;
        let rest = self.bytes.get(block..).unwrap_or_default();
        self.found = match rest.first_chunk() {
            Some(bytes) => self.ends(bytes),
            // Zeros end nothing, unless they are the delimiter: those beyond the end are cut off.
            None => self.ends(&lanes::block(rest)) & !(u64::MAX << rest.len()),
        };
    }

    /// A bit for each byte that ends a cell.
    fn ends(&self, bytes: &[u8; BLOCK]) -> u64 {
        lanes::bits(bytes, |lanes| {
            lanes.are(self.delimiter) | lanes.are(b'\n') | lanes.are(b'\r')
        })
    }
}

/// The quote that closes a cell, from `at` on, and whether there are doubled ones before it, which
/// stand for one.
fn closing(bytes: &[u8], mut at: usize) -> Option<(usize, bool)> {
    let mut doubled = false;
    loop {
        at += memchr(b'"', bytes.get(at..)?)?;
        if bytes.get(at + 1) != Some(&b'"') {
            return Some((at, doubled));
        }
        at += 2;
        doubled = true;
    }
}

/// What a quoted cell holds, with whatever stands behind its closing quote.
fn unquoted(bytes: &[u8]) -> Cow<'_, [u8]> {
    let inner = bytes.get(1..).unwrap_or_default();
    let Some((end, _)) = closing(bytes, 1) else {
        return Cow::Borrowed(inner);
    };
    let inside = bytes.get(1..end).unwrap_or_default();
    let behind = bytes.get(end + 1..).unwrap_or_default();
    if behind.is_empty() && memchr(b'"', inside).is_none() {
        return Cow::Borrowed(inside);
    }
    let mut out = Vec::with_capacity(bytes.len());
    let mut doubled = false;
    for byte in inside {
        doubled = *byte == b'"' && !doubled;
        if !doubled {
            out.push(*byte);
        }
    }
    out.extend_from_slice(behind);
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn rows(pieces: &[&[u8]]) -> Vec<Vec<String>> {
        let read = |width: usize| {
            let mut splitter = Splitter::new(b',', width);
            let mut rows = Vec::new();
            for (index, piece) in pieces.iter().enumerate() {
                splitter.feed(piece, index + 1 == pieces.len(), |piece| match piece {
                    Piece::Rows(block) => rows.extend(block.rows().map(|row| {
                        let cells = (0..width).map(|at| &block.bytes[row.cell(at)]);
                        cells
                            .map(|cell| String::from_utf8_lossy(cell).into_owned())
                            .collect()
                    })),
                    Piece::Row(cut) => {
                        let cells = (0..cut.len()).map(|at| cut.cell(at).unwrap());
                        let texts = cells.map(|cell| String::from_utf8_lossy(&cell).into_owned());
                        rows.push(texts.collect());
                    }
                });
            }
            rows
        };
        // Together or each by itself, the rows are the same.
        let rows: Vec<Vec<String>> = read(0);
        for width in 1..4 {
            assert_eq!(read(width), rows);
        }
        rows
    }

    #[track_caller]
    fn check(text: &str, expected: &[&[&str]]) {
        assert_eq!(rows(&[text.as_bytes()]), expected, "{text:?}");
    }

    #[test]
    fn rows_are_cut_as_spreadsheets_do() {
        check("a,b\n1,2\n", &[&["a", "b"], &["1", "2"]]);
        check("a,b\r\n1,2", &[&["a", "b"], &["1", "2"]]);
        check("a,b\r1,\r", &[&["a", "b"], &["1", ""]]);
        check("\n\n,\na\n\n", &[&["a"]]);
        check(
            "\"a,\r\nb\",\"say \"\"hi\"\"\"\n",
            &[&["a,\r\nb", "say \"hi\""]],
        );
        check("\"\",x\n", &[&["", "x"]]);
        check("6\" pipe,\"a\"b,c\n", &[&["6\" pipe", "ab", "c"]]);
        check("a,\"open\nb,c\n", &[&["a", "\"open"], &["b", "c"]]);
    }

    #[test]
    fn a_long_row_may_come_in_pieces() {
        let long = "x".repeat(3 * PROBE);
        let text = format!("1,\"{long}\"\n2,b\n3,{long}\n4,d");
        let whole = rows(&[text.as_bytes()]);
        assert_eq!(whole.len(), 4);
        for cut in (1..text.len()).step_by(PROBE / 5) {
            let (before, behind) = text.as_bytes().split_at(cut);
            assert_eq!(rows(&[before, behind]), whole, "cut at {cut}");
            let (middle, end) = behind.split_at(behind.len() / 2);
            assert_eq!(
                rows(&[before, middle, end]),
                whole,
                "cut at {cut} and between"
            );
        }
    }

    proptest! {
        /// However the bytes come, the rows are the same.
        #[test]
        fn pieces_change_nothing(text in "[ab\",\r\n]{0,40}", cuts in prop::collection::vec(0..41_usize, 0..4)) {
            let bytes = text.as_bytes();
            let mut cuts: Vec<usize> = cuts.into_iter().map(|cut| cut.min(bytes.len())).collect();
            cuts.sort_unstable();
            let mut pieces = Vec::new();
            let mut from = 0;
            for cut in cuts.into_iter().chain([bytes.len()]) {
                pieces.push(&bytes[from..cut]);
                from = cut;
            }
            prop_assert_eq!(rows(&pieces), rows(&[bytes]));
        }

        /// The same where cells and quotes begin anywhere in the bytes that are looked at together.
        #[test]
        fn long_rows_are_cut_alike(
            cells in prop::collection::vec("[a-c]{0,9}|[a-c]{20,70}|\"[a,\n]{0,9}\"|\"a\"\"\"|\"\"b|a\"", 1..60),
            ends in prop::collection::vec("[,,,,\n]|\r\n", 60),
            cut in 0..2000_usize,
        ) {
            let text: String = cells.into_iter().zip(ends).map(|(cell, end)| cell + &end).collect();
            let bytes = text.as_bytes();
            let (before, behind) = bytes.split_at(cut.min(bytes.len()));
            prop_assert_eq!(rows(&[before, behind]), rows(&[bytes]));
        }

        /// Where every quote closes, as the `csv` crate reads it.
        #[test]
        fn as_the_csv_crate(cells in prop::collection::vec(prop::collection::vec("[ab\",\r\n ]{0,6}", 2..4), 0..5)) {
            let mut text = Vec::new();
            let mut writer = csv::WriterBuilder::new().flexible(true).quote_style(csv::QuoteStyle::Always).from_writer(&mut text);
            let cells: Vec<Vec<String>> = cells.into_iter().map(|row| row.into_iter().chain(["end".to_owned()]).collect()).collect();
            for row in &cells {
                writer.write_record(row).unwrap();
            }
            drop(writer);
            prop_assert_eq!(rows(&[&text]), cells);
        }
    }
}
