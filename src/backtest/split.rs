//! Bytes of a table in pieces become rows of cells, as they come.
//!
//! Quotes as in RFC 4180, and what people send beside: quotes inside a cell that does not begin
//! with one are letters, text behind a closing quote belongs to the cell, and a quote that never
//! closes is a letter too, so that it swallows no rows.

use std::borrow::Cow;

use memchr::memchr;

use super::encoding;

/// Longest row in bytes; a quote that stays open for longer does not count as one.
const MAX_ROW: usize = 1 << 20;
/// Most cells of a row that are kept.
const MAX_CELLS: usize = crate::table::MAX_COLUMNS;

/// Splits a table into rows.
#[derive(Clone, Debug)]
pub struct Splitter {
    delimiter: u8,
    left: Vec<u8>,
    spans: Vec<Span>,
}

/// Where a cell lies in its row.
#[derive(Clone, Copy, Debug)]
struct Span {
    from: u32,
    to: u32,
    /// Whether quotes have to be taken off.
    quoted: bool,
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
    fn range(self) -> core::ops::Range<usize> {
        self.from as usize..self.to as usize
    }
}

impl<'a> Cut<'a> {
    /// Number of its cells.
    pub fn len(&self) -> usize {
        self.spans.len()
    }

    /// The text of a cell, without white space around it; empty where the row is too short.
    pub fn text(&self, index: usize) -> Cow<'a, str> {
        let span = self.spans.get(index).filter(|span| !span.quoted);
        if let Some((span, row)) = span.zip(self.row) {
            let text = row.get(span.range()).unwrap_or_default();
            return Cow::Borrowed(encoding::trimmed(text));
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
        Some(if span.quoted {
            unquoted(bytes)
        } else {
            Cow::Borrowed(bytes)
        })
    }
}

/// How reading a row ended.
enum End {
    /// The row ends before this byte.
    At(usize),
    /// More bytes have to come.
    Open,
}

impl Splitter {
    /// A splitter for cells separated by `delimiter`.
    pub fn new(delimiter: u8) -> Self {
        Splitter {
            delimiter,
            left: Vec::new(),
            spans: Vec::new(),
        }
    }

    /// Whether the last byte ended a row.
    pub fn is_between_rows(&self) -> bool {
        self.left.is_empty()
    }

    /// Takes the next bytes and calls `row` with each row that they complete; `last` completes the
    /// last one. Rows without any text are left out.
    pub fn feed(&mut self, bytes: &[u8], last: bool, mut row: impl FnMut(Cut)) {
        let mut left = core::mem::take(&mut self.left);
        let taken = if left.is_empty() {
            self.rows(bytes, last, &mut row)
        } else {
            left.extend_from_slice(bytes);
            let taken = self.rows(&left, last, &mut row);
            left.drain(..taken);
            self.left = left;
            return;
        };
        self.left
            .extend_from_slice(bytes.get(taken..).unwrap_or_default());
    }

    /// Number of bytes of whole rows at the beginning of `bytes`.
    fn rows(&mut self, bytes: &[u8], last: bool, row: &mut impl FnMut(Cut)) -> usize {
        let mut marks = Marks::new(bytes, self.delimiter);
        let mut start = 0;
        while start < bytes.len() {
            let mut open_quote = false;
            let mut end = self.row(&mut marks, start, last, true);
            if matches!(end, End::Open) && (last || bytes.len() - start > MAX_ROW) {
                open_quote = true;
                end = self.row(&mut marks, start, last, false);
            }
            let End::At(end) = end else { break };
            let blank = self.spans.iter().all(|span| span.from == span.to);
            if !blank {
                let bytes = bytes.get(start..end).unwrap_or_default();
                row(Cut {
                    bytes,
                    row: core::str::from_utf8(bytes).ok(),
                    spans: &self.spans,
                    open_quote,
                });
            }
            start = end;
        }
        start
    }

    /// Finds the cells of the row that begins at `start`. With `quotes` off, a quote is a letter.
    fn row(&mut self, marks: &mut Marks, start: usize, last: bool, quotes: bool) -> End {
        let bytes = marks.bytes;
        self.spans.clear();
        let mut at = start;
        loop {
            let from = at;
            let quoted = quotes && bytes.get(at) == Some(&b'"');
            if quoted {
                match closing(bytes, at + 1) {
                    Some(closing) => at = closing + 1,
                    None => return End::Open,
                }
            }
            let Some(found) = marks.next(at) else {
                if !last {
                    return End::Open;
                }
                self.add(from - start, bytes.len() - start, quoted);
                return End::At(bytes.len());
            };
            at = found;
            self.add(from - start, at - start, quoted);
            match bytes.get(at) {
                Some(b'\n') => return End::At(at + 1),
                Some(b'\r') => {
                    return match bytes.get(at + 1) {
                        Some(b'\n') => End::At(at + 2),
                        None if !last => End::Open,
                        _ => End::At(at + 1),
                    };
                }
                _ => at += 1,
            }
        }
    }

    fn add(&mut self, from: usize, to: usize, quoted: bool) {
        if self.spans.len() < MAX_CELLS {
            self.spans.push(Span {
                from: from as u32,
                to: to as u32,
                quoted,
            });
        }
    }
}

/// Bytes that are looked at together.
const BLOCK: usize = 64;

/// Where cells and rows may end: each block of bytes is looked at once, however many cells it holds.
struct Marks<'a> {
    bytes: &'a [u8],
    delimiter: u8,
    /// Where the block begins of which `found` tells.
    block: usize,
    /// A bit for each byte of the block that ends a cell.
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

    /// The first delimiter or end of a line from `at` on.
    fn next(&mut self, at: usize) -> Option<usize> {
        let block = at - at % BLOCK;
        if block != self.block {
            self.look(block);
        }
        let mut found = self.found & (u64::MAX << (at % BLOCK));
        while found == 0 {
            let next = self.block + BLOCK;
            if next >= self.bytes.len() {
                return None;
            }
            self.look(next);
            found = self.found;
        }
        Some(self.block + found.trailing_zeros() as usize)
    }

    fn look(&mut self, block: usize) {
        self.block = block;
        let rest = self.bytes.get(block..).unwrap_or_default();
        self.found = match rest.first_chunk() {
            Some(bytes) => self.ends(bytes),
            None => {
                // Zeros end nothing, unless they are the delimiter: those beyond the end are cut off.
                let mut bytes = [0; BLOCK];
                bytes
                    .iter_mut()
                    .zip(rest)
                    .for_each(|(to, from)| *to = *from);
                self.ends(&bytes) & !(u64::MAX << rest.len())
            }
        };
    }

    /// A bit for each byte that ends a cell.
    #[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
    fn ends(&self, bytes: &[u8; BLOCK]) -> u64 {
        // Compilers make a few instructions for all bytes at once of this.
        let ends = bytes.map(|byte| {
            u8::from(byte == self.delimiter) | u8::from(byte == b'\n') | u8::from(byte == b'\r')
        });
        // The product brings the lowest bit of each byte together in the highest byte.
        const TOGETHER: u64 = 0x0102_0408_1020_4080;
        let (words, _) = ends.as_chunks::<8>();
        words.iter().rev().fold(0, |bits, word| {
            bits << 8 | u64::from_le_bytes(*word).wrapping_mul(TOGETHER) >> 56
        })
    }

    /// A bit for each byte that ends a cell.
    #[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
    fn ends(&self, bytes: &[u8; BLOCK]) -> u64 {
        use core::arch::wasm32::{i64x2, u8x16_bitmask, u8x16_eq, u8x16_splat, v128_or};
        let delimiter = u8x16_splat(self.delimiter);
        let (line, carriage) = (u8x16_splat(b'\n'), u8x16_splat(b'\r'));
        let (halves, _) = bytes.as_chunks::<8>();
        let (sixteens, _) = halves.as_chunks::<2>();
        sixteens.iter().rev().fold(0, |bits, halves| {
            let [low, high] = halves.map(i64::from_le_bytes);
            let bytes = i64x2(low, high);
            let lines = v128_or(u8x16_eq(bytes, line), u8x16_eq(bytes, carriage));
            let ends = v128_or(lines, u8x16_eq(bytes, delimiter));
            bits << 16 | u64::from(u8x16_bitmask(ends))
        })
    }
}

/// The quote that closes a cell, from `at` on; doubled quotes stand for one.
fn closing(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        at += memchr(b'"', bytes.get(at..)?)?;
        if bytes.get(at + 1) != Some(&b'"') {
            return Some(at);
        }
        at += 2;
    }
}

/// What a quoted cell holds, with whatever stands behind its closing quote.
fn unquoted(bytes: &[u8]) -> Cow<'_, [u8]> {
    let inner = bytes.get(1..).unwrap_or_default();
    let Some(end) = closing(bytes, 1) else {
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
        let mut splitter = Splitter::new(b',');
        let mut rows = Vec::new();
        for (index, piece) in pieces.iter().enumerate() {
            splitter.feed(piece, index + 1 == pieces.len(), |cut| {
                let cells = (0..cut.len()).map(|at| cut.cell(at).unwrap());
                let texts = cells.map(|cell| String::from_utf8_lossy(&cell).into_owned());
                rows.push(texts.collect());
            });
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
