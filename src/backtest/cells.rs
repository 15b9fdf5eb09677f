//! The cells of one column: each distinct text once, and for each row the code of its text.
//!
//! Most columns repeat themselves, so what a text means is worked out once for all rows that hold
//! it. A column that hardly repeats (addresses, ids) stops looking for repetitions.

use super::index::{Index, hash, is_same, short_word};

/// Code of an empty cell.
pub const EMPTY: u32 = 0;

/// After so many texts it is decided whether a column repeats itself.
const SAMPLE: usize = 16_384;

/// The cells of one column.
#[derive(Clone, Debug)]
pub struct Cells {
    /// Code of the text in each row.
    codes: Vec<u32>,
    /// Where each text ends in `text`; the empty one comes first.
    ends: Vec<u32>,
    text: String,
    /// `None` once the column does not repeat itself.
    index: Option<Index>,
    /// Short texts that were there lately, by themselves.
    recent: Vec<Recent>,
}

/// A text of at most sixteen bytes, as numbers, and its code.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Recent {
    first: u64,
    last: u64,
    length: u32,
    code: u32,
}

/// How many short texts are at hand: those of a column fit into the processor's nearest memory.
const RECENT: usize = 256;

impl Default for Cells {
    fn default() -> Self {
        Cells {
            codes: Vec::new(),
            ends: vec![0],
            text: String::new(),
            index: Some(Index::default()),
            recent: vec![Recent::default(); RECENT],
        }
    }
}

impl Cells {
    /// Adds the cell of the next row; false where no more text fits, and the cell counts as empty.
    pub fn push(&mut self, cell: &str) -> bool {
        let code = self.code(cell);
        self.codes.push(code.unwrap_or(EMPTY));
        code.is_some()
    }

    fn code(&mut self, cell: &str) -> Option<u32> {
        if cell.is_empty() {
            return Some(EMPTY);
        }
        if self.index.is_none() {
            return add(&mut self.ends, &mut self.text, cell);
        }
        let (first, last) = match cell.as_bytes() {
            short if short.len() <= 8 => (short_word(short), 0),
            bytes => {
                let last = bytes.last_chunk().copied().map_or(0, u64::from_le_bytes);
                (short_word(bytes), last)
            }
        };
        if cell.len() > 16 {
            return self.known_or_new(cell);
        }
        let mixed = (first ^ last.rotate_left(29)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let place = (mixed >> 56) as usize % RECENT;
        let mut recent = Recent {
            first,
            last,
            length: cell.len() as u32,
            code: EMPTY,
        };
        if let Some(known) = self.recent.get(place) {
            recent.code = known.code;
            if *known == recent {
                return Some(known.code);
            }
        }
        recent.code = self.known_or_new(cell)?;
        if let Some(place) = self.recent.get_mut(place) {
            *place = recent;
        }
        Some(recent.code)
    }

    fn known_or_new(&mut self, cell: &str) -> Option<u32> {
        let index = self.index.as_mut()?;
        let hash = hash(cell.as_bytes());
        let (ends, text) = (&self.ends, &self.text);
        let is = |code| {
            let known = span_of(ends, code).and_then(|span| text.as_bytes().get(span));
            known.is_some_and(|known| is_same(known, cell.as_bytes()))
        };
        if let Some(code) = index.find(hash, is) {
            return Some(code);
        }
        let code = add(&mut self.ends, &mut self.text, cell)?;
        index.insert(hash, code);
        let (texts, rows) = (self.ends.len(), self.codes.len());
        if texts == SAMPLE && rows < SAMPLE + SAMPLE / 8 {
            self.index = None;
        }
        Some(code)
    }

    /// All of it, for [`Cells::join`]: numbers of texts and of rows, ends of texts, codes, letters.
    pub fn to_bytes(&self) -> Vec<u8> {
        let counts = [self.ends.len() as u32, self.codes.len() as u32];
        let numbers = counts.iter().chain(&self.ends).chain(&self.codes);
        let mut bytes =
            Vec::with_capacity((2 + self.ends.len() + self.codes.len()) * 4 + self.text.len());
        bytes.extend(numbers.flat_map(|number| number.to_le_bytes()));
        bytes.extend_from_slice(self.text.as_bytes());
        bytes
    }

    /// Adds the cells of rows that follow, from the bytes of theirs.
    pub fn join(&mut self, bytes: &[u8]) {
        let (words, _) = bytes.as_chunks::<4>();
        let mut numbers = words.iter().map(|word| u32::from_le_bytes(*word));
        let (texts, rows) = (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0));
        let letters = bytes.get((2 + texts as usize + rows as usize) * 4..);
        let letters = letters.and_then(|letters| core::str::from_utf8(letters).ok());
        let mut from = 0;
        let mut code_of = Vec::with_capacity(texts as usize);
        for end in numbers.by_ref().take(texts as usize) {
            let text = letters.and_then(|letters| letters.get(from..end as usize));
            code_of.push(self.code(text.unwrap_or_default()).unwrap_or(EMPTY));
            from = end as usize;
        }
        let code = |code: u32| code_of.get(code as usize).copied().unwrap_or(EMPTY);
        self.codes.extend(numbers.take(rows as usize).map(code));
    }

    /// Number of rows.
    pub fn rows(&self) -> usize {
        self.codes.len()
    }

    /// Code of the text of each row.
    pub fn codes(&self) -> &[u32] {
        &self.codes
    }

    /// Number of texts, the empty one included.
    pub fn texts(&self) -> usize {
        self.ends.len()
    }

    /// The text of this code.
    pub fn text(&self, code: u32) -> &str {
        text_of(&self.ends, &self.text, code)
    }

    /// The text in this row.
    pub fn cell(&self, row: usize) -> &str {
        self.codes.get(row).map_or("", |code| self.text(*code))
    }

    /// Gives back memory that only growing needs.
    pub fn settle(&mut self) {
        self.index = None;
        self.recent = Vec::new();
        self.codes.shrink_to_fit();
        self.ends.shrink_to_fit();
        self.text.shrink_to_fit();
    }

    /// Bytes that it takes.
    pub fn bytes(&self) -> usize {
        (self.codes.capacity() + self.ends.capacity()) * 4 + self.text.capacity()
    }
}

fn add(ends: &mut Vec<u32>, text: &mut String, cell: &str) -> Option<u32> {
    let code = u32::try_from(ends.len()).ok()?;
    let end = u32::try_from(text.len() + cell.len()).ok()?;
    text.push_str(cell);
    ends.push(end);
    Some(code)
}

/// Where the text of a code lies.
fn span_of(ends: &[u32], code: u32) -> Option<core::ops::Range<usize>> {
    let end = *ends.get(code as usize)? as usize;
    let before = (code as usize).checked_sub(1);
    let start = before.and_then(|before| ends.get(before));
    Some(start.map_or(0, |start| *start as usize)..end)
}

fn text_of<'t>(ends: &[u32], text: &'t str, code: u32) -> &'t str {
    let text = span_of(ends, code).and_then(|span| text.get(span));
    text.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_kept_once() {
        let mut cells = Cells::default();
        for cell in ["DE", "", "FR", "DE", ""] {
            assert!(cells.push(cell));
        }
        assert_eq!(cells.codes(), [1, 0, 2, 1, 0]);
        assert_eq!(cells.texts(), 3);
        assert_eq!(cells.cell(2), "FR");
        assert_eq!(cells.cell(9), "");
    }

    #[test]
    fn a_column_that_does_not_repeat_keeps_every_cell() {
        let mut cells = Cells::default();
        for row in 0..3 * SAMPLE {
            cells.push(&row.to_string());
        }
        assert!(cells.index.is_none());
        assert_eq!(cells.cell(3 * SAMPLE - 1), (3 * SAMPLE - 1).to_string());
        cells.push("7");
        assert_eq!(cells.cell(3 * SAMPLE), "7");
    }
}
