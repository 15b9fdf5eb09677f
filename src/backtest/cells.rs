//! The cells of one column: each distinct text once, and for each row the code of its text.
//!
//! Most columns repeat themselves, so what a text means is worked out once for all rows that hold
//! it. A column that hardly repeats (addresses, ids) stops looking for repetitions.

use core::ops::Range;

use super::index::{Index, hash, hash_words, is_same};

/// Code of an empty cell.
pub const EMPTY: u32 = 0;

/// After so many texts it is decided whether a column repeats itself.
const SAMPLE: usize = 16_384;

/// The cells of one column.
#[derive(Clone, Debug)]
pub struct Cells {
    /// Code of the text in each row.
    codes: Vec<u32>,
    /// Where each text ends; the empty one comes first.
    ends: Vec<u32>,
    /// All texts, one after the other, once no more come.
    text: String,
    /// The same while some come: then nobody has to know that they are letters.
    letters: Vec<u8>,
    /// `None` once the column does not repeat itself.
    index: Option<Index>,
    /// Texts that were there lately, by themselves.
    recent: Vec<Recent>,
    /// How many rows most likely come in all.
    expected: usize,
}

/// A text of at most [`SHORT`] bytes, as numbers, and its code.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Recent {
    words: Words,
    length: u32,
    code: u32,
}

impl Recent {
    #[inline(always)]
    fn is(&self, [a, b, c, d]: &Words, length: u32) -> bool {
        let [first, second, third, fourth] = self.words;
        let others = (first ^ a) | (second ^ b) | (third ^ c) | (fourth ^ d);
        others == 0 && self.length == length
    }
}

/// The bytes of a short text, with zeros behind.
type Words = [u64; 4];

/// Bytes of the longest text that goes as numbers.
const SHORT: usize = 32;

/// How many short texts are at hand.
const RECENT: usize = 1 << 11;

impl Default for Cells {
    fn default() -> Self {
        Cells {
            codes: Vec::new(),
            ends: vec![0],
            text: String::new(),
            letters: Vec::new(),
            index: Some(Index::default()),
            recent: vec![Recent::default(); RECENT],
            expected: 0,
        }
    }
}

impl Cells {
    /// Tells how many rows most likely come in all, so that their room is made once.
    pub fn expect(&mut self, rows: usize) {
        self.expected = rows;
        self.codes.reserve(rows.saturating_sub(self.codes.len()));
    }

    /// Adds the cell of the next row; false where no more text fits, and the cell counts as empty.
    pub fn push(&mut self, cell: &str) -> bool {
        self.push_part(cell.as_bytes(), 0..cell.len())
    }

    /// Adds the cell of the next row, which is a part of some UTF-8.
    pub fn push_part(&mut self, bytes: &[u8], cell: Range<usize>) -> bool {
        let code = self.code(bytes, cell);
        self.codes.push(code.unwrap_or(EMPTY));
        code.is_some()
    }

    fn code(&mut self, bytes: &[u8], cell: Range<usize>) -> Option<u32> {
        let length = cell.len();
        if length == 0 {
            return Some(EMPTY);
        }
        if self.index.is_none() || length > SHORT {
            return match self.index {
                Some(_) => {
                    let text = bytes.get(cell.clone())?;
                    self.known_or_new(hash(text), bytes, cell)
                }
                None => add(&mut self.ends, &mut self.letters, bytes, cell),
            };
        }
        let words = words_of(bytes, cell.start, length);
        let hash = hash_words(&words, length);
        let place = (hash >> 32) as usize % RECENT;
        let length = length as u32;
        if let Some(known) = self.recent.get(place)
            && known.is(&words, length)
        {
            return Some(known.code);
        }
        let code = self.known_or_new(hash, bytes, cell)?;
        if let Some(place) = self.recent.get_mut(place) {
            *place = Recent {
                words,
                length,
                code,
            };
        }
        Some(code)
    }

    fn known_or_new(&mut self, hash: u64, bytes: &[u8], cell: Range<usize>) -> Option<u32> {
        let index = self.index.as_mut()?;
        let text = bytes.get(cell.clone())?;
        let (ends, letters) = (&self.ends, &self.letters);
        let is = |code| {
            let known = span_of(ends, code).and_then(|span| letters.get(span));
            known.is_some_and(|known| is_same(known, text))
        };
        if let Some(code) = index.find(hash, is) {
            return Some(code);
        }
        let code = add(&mut self.ends, &mut self.letters, bytes, cell)?;
        index.insert(hash, code);
        let (texts, rows) = (self.ends.len(), self.codes.len());
        if texts == SAMPLE && rows < SAMPLE + SAMPLE / 8 {
            self.repeat_no_more();
        }
        Some(code)
    }

    /// From now on each cell is a text of its own.
    fn repeat_no_more(&mut self) {
        self.index = None;
        self.recent = Vec::new();
        let (texts, bytes) = (self.ends.len(), self.letters.len());
        let more = self.expected.saturating_sub(texts);
        self.ends.reserve(more);
        self.letters.reserve(more * (bytes / texts + 1));
    }

    /// All of it, for [`Cells::join`]: numbers of texts and of rows, ends of texts, codes in as few bytes
    /// as they need, letters.
    pub fn to_bytes(&self) -> Vec<u8> {
        let counts = [self.ends.len() as u32, self.codes.len() as u32];
        let width = width_of(self.ends.len());
        let length = (2 + self.ends.len()) * 4 + self.codes.len() * width;
        let mut bytes = Vec::with_capacity(length + self.letters.len());
        bytes.extend_from_slice(&bytes_of(&counts));
        bytes.extend_from_slice(&bytes_of(&self.ends));
        match width {
            1 => bytes.extend(self.codes.iter().map(|code| *code as u8)),
            2 => {
                bytes.resize(length, 0);
                let codes = bytes.split_at_mut(length - self.codes.len() * 2).1;
                let places = codes.as_chunks_mut().0.iter_mut();
                let codes = self.codes.iter().map(|code| *code as u16);
                places
                    .zip(codes)
                    .for_each(|(to, code)| *to = code.to_le_bytes());
            }
            _ => bytes.extend_from_slice(&bytes_of(&self.codes)),
        }
        bytes.extend_from_slice(&self.letters);
        bytes
    }

    /// Adds the cells of rows that follow, from the bytes of theirs.
    pub fn join(&mut self, bytes: &[u8]) {
        let (words, _) = bytes.as_chunks::<4>();
        let [texts, rows] = [0, 1].map(|at| words.get(at).map_or(0, |word| number(word) as usize));
        let ends = words.get(2..2 + texts).unwrap_or_default();
        let rest = bytes.get((2 + texts) * 4..).unwrap_or_default();
        let width = width_of(texts);
        let (codes, letters) = rest.split_at(rest.len().min(rows * width));
        let code_of = self.codes_of(ends, letters);
        let code = |code: usize| code_of.get(code).copied().unwrap_or(EMPTY);
        match width {
            1 => self
                .codes
                .extend(codes.iter().map(|of| code(usize::from(*of)))),
            2 => {
                let codes = codes.as_chunks().0.iter();
                let codes = codes.map(|of| code(usize::from(u16::from_le_bytes(*of))));
                self.codes.extend(codes);
            }
            _ => {
                let codes = codes.as_chunks().0.iter();
                self.codes.extend(codes.map(|of| code(number(of) as usize)));
            }
        }
    }

    /// Codes of other texts, which end at these places in their letters.
    fn codes_of(&mut self, ends: &[[u8; 4]], letters: &[u8]) -> Vec<u32> {
        let (texts, length) = (self.ends.len(), self.letters.len());
        let fits = u32::try_from(length + letters.len()).is_ok();
        if self.index.is_none() && fits {
            // None of them is known: they come as they are, up to the empty one.
            self.letters.extend_from_slice(letters);
            let more = ends.iter().skip(1).map(|end| number(end) + length as u32);
            self.ends.extend(more);
            let codes = texts as u32..self.ends.len() as u32;
            return core::iter::once(EMPTY).chain(codes).collect();
        }
        let mut from = 0;
        let code = |end: &[u8; 4]| {
            let cell = from..number(end) as usize;
            from = cell.end;
            self.code(letters, cell).unwrap_or(EMPTY)
        };
        ends.iter().map(code).collect()
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
        let Some(span) = span_of(&self.ends, code) else {
            return "";
        };
        if let Some(text) = self.text.get(span.clone()) {
            return text;
        }
        let letters = self.letters.get(span).unwrap_or_default();
        core::str::from_utf8(letters).unwrap_or_default()
    }

    /// The text in this row.
    pub fn cell(&self, row: usize) -> &str {
        self.codes.get(row).map_or("", |code| self.text(*code))
    }

    /// No more come; gives back memory that only growing needs.
    pub fn settle(&mut self) {
        self.index = None;
        self.recent = Vec::new();
        self.codes.shrink_to_fit();
        self.ends.shrink_to_fit();
        self.text = String::from_utf8(core::mem::take(&mut self.letters)).unwrap_or_default();
        self.text.shrink_to_fit();
    }

    /// Bytes that it takes.
    pub fn bytes(&self) -> usize {
        let numbers = self.codes.capacity() + self.ends.capacity();
        numbers * 4 + self.text.capacity() + self.letters.capacity()
    }
}

/// Bytes that a code of so many texts needs.
fn width_of(texts: usize) -> usize {
    match texts {
        0..=0x100 => 1,
        0x101..=0x1_0000 => 2,
        _ => 4,
    }
}

/// Numbers as bytes, all at once.
fn bytes_of(numbers: &[u32]) -> Vec<u8> {
    let mut bytes = vec![0; numbers.len() * 4];
    let places = bytes.as_chunks_mut().0.iter_mut();
    places
        .zip(numbers)
        .for_each(|(to, of)| *to = of.to_le_bytes());
    bytes
}

fn number(bytes: &[u8; 4]) -> u32 {
    u32::from_le_bytes(*bytes)
}

/// Adds a part of some bytes as a text.
fn add(
    ends: &mut Vec<u32>,
    letters: &mut Vec<u8>,
    bytes: &[u8],
    part: Range<usize>,
) -> Option<u32> {
    let code = u32::try_from(ends.len()).ok()?;
    let end = letters.len() + part.len();
    ends.push(u32::try_from(end).ok()?);
    // Some at a time, with what stands behind: a copy of a length that is not known costs a call.
    let mut rest = bytes.get(part.start..).unwrap_or_default();
    while letters.len() < end {
        match rest.split_first_chunk::<32>() {
            Some((some, others)) => {
                letters.extend_from_slice(some);
                rest = others;
            }
            None => {
                let left = rest.get(..end - letters.len());
                letters.extend_from_slice(left.unwrap_or_default());
                break;
            }
        }
    }
    letters.truncate(end);
    Some(code)
}

/// A short text as numbers.
#[inline]
fn words_of(bytes: &[u8], from: usize, length: usize) -> Words {
    let rest = bytes.get(from..).unwrap_or_default();
    let Some(bytes) = rest.first_chunk() else {
        let mut bytes = [0; SHORT];
        let text = rest.iter().take(length);
        bytes
            .iter_mut()
            .zip(text)
            .for_each(|(to, from)| *to = *from);
        return words_in(&bytes, length);
    };
    words_in(bytes, length)
}

/// Which bits of numbers belong to a text, by its length: cells of a column have many lengths, and
/// what a branch costs that is guessed wrong is more than all this.
#[expect(clippy::indexing_slicing, reason = "the compiler works it out")]
const MASKS: [Words; SHORT + 1] = {
    let mut masks = [[0; 4]; SHORT + 1];
    let mut length = 1;
    while length <= SHORT {
        masks[length] = masks[length - 1];
        masks[length][(length - 1) / 8] |= 0xff << (8 * ((length - 1) % 8));
        length += 1;
    }
    masks
};

/// The first bytes as numbers; those behind them are left out.
#[inline(always)]
fn words_in(bytes: &[u8; SHORT], length: usize) -> Words {
    let [first, second, third, fourth] = MASKS.get(length).copied().unwrap_or_default();
    let word = |at: usize| {
        let word = bytes.as_chunks().0.get(at);
        u64::from_le_bytes(word.copied().unwrap_or_default())
    };
    [
        word(0) & first,
        word(1) & second,
        word(2) & third,
        word(3) & fourth,
    ]
}

/// Where the text of a code lies.
fn span_of(ends: &[u32], code: u32) -> Option<core::ops::Range<usize>> {
    let end = *ends.get(code as usize)? as usize;
    let before = (code as usize).checked_sub(1);
    let start = before.and_then(|before| ends.get(before));
    Some(start.map_or(0, |start| *start as usize)..end)
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
