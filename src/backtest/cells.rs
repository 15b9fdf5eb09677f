//! The cells of one column: each distinct text once, and for each row the code of its text.
//!
//! Most columns repeat themselves, so what a text means is worked out once for all rows that hold
//! it. A column that hardly repeats (addresses, ids) stops looking for repetitions.

use core::ops::Range;

use super::distinct::Distinct;
pub use super::distinct::EMPTY;

/// The cells of one column.
#[derive(Clone, Debug, Default)]
pub struct Cells {
    /// Code of the text in each row.
    codes: Vec<u32>,
    texts: Distinct,
}

impl Cells {
    /// Tells how many rows most likely come in all, so that their room is made once.
    pub fn expect(&mut self, rows: usize) {
        self.texts.expect(rows);
        self.codes.reserve(rows.saturating_sub(self.codes.len()));
    }

    /// Adds the cell of the next row; false where no more text fits, and the cell counts as empty.
    pub fn push(&mut self, cell: &str) -> bool {
        let code = self
            .texts
            .code(cell.as_bytes(), 0..cell.len(), self.codes.len());
        self.codes.push(code.unwrap_or(EMPTY));
        code.is_some()
    }

    /// Adds the cells of the next rows, which are parts of some UTF-8. Those that are longer than
    /// `longest`, or for which no more text fits, count as empty: `lost` is called with the place of
    /// each among them, and with the part.
    pub fn push_parts(
        &mut self,
        bytes: &[u8],
        parts: impl ExactSizeIterator<Item = Range<usize>>,
        longest: usize,
        mut lost: impl FnMut(usize, Range<usize>),
    ) {
        let (texts, before) = (&mut self.texts, self.codes.len());
        let code = |(place, part): (usize, Range<usize>)| {
            let fits = part.len() <= longest;
            let code = match fits {
                true => texts.code(bytes, part.clone(), before + place),
                false => None,
            };
            code.unwrap_or_else(|| {
                lost(place, part);
                EMPTY
            })
        };
        self.codes.extend(parts.enumerate().map(code));
    }

    /// All of it, for [`Cells::join`]: numbers of texts and of rows, ends of texts, codes in as few bytes
    /// as they need, letters.
    pub fn to_bytes(&self) -> Vec<u8> {
        let counts = [self.texts.len() as u32, self.codes.len() as u32];
        let width = width_of(self.texts.len());
        let mut bytes = Vec::with_capacity(
            (2 + self.texts.len()) * 4 + self.codes.len() * width + self.texts.letters().len(),
        );
        let counts = counts.iter().chain(self.texts.ends());
        put(&mut bytes, counts.map(|number| number.to_le_bytes()));
        let codes = self.codes.iter();
        match width {
            1 => put(&mut bytes, codes.map(|code| [*code as u8])),
            2 => put(&mut bytes, codes.map(|code| (*code as u16).to_le_bytes())),
            _ => put(&mut bytes, codes.map(|code| code.to_le_bytes())),
        }
        bytes.extend_from_slice(self.texts.letters());
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
        let code_of = self.texts.codes_of(ends, letters, self.codes.len());
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
        self.texts.len()
    }

    /// The text of this code.
    pub fn text(&self, code: u32) -> &str {
        self.texts.text(code)
    }

    /// The bytes from each text on, and how many are its own; without the empty one, in the order of codes.
    pub fn letters(&self) -> impl Iterator<Item = (&[u8], usize)> {
        let letters = self.texts.letters();
        self.texts.ends().array_windows().map(move |[from, to]| {
            let rest = letters.get(*from as usize..).unwrap_or_default();
            (rest, (to - from) as usize)
        })
    }

    /// The text in this row.
    pub fn cell(&self, row: usize) -> &str {
        self.codes.get(row).map_or("", |code| self.text(*code))
    }

    /// No more come; gives back memory that only growing needs.
    pub fn settle(&mut self) {
        self.codes.shrink_to_fit();
        self.texts.settle();
    }

    /// Bytes that it takes.
    pub fn bytes(&self) -> usize {
        self.codes.capacity() * 4 + self.texts.bytes()
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

/// Adds numbers as bytes, all at once.
pub fn put<const N: usize>(bytes: &mut Vec<u8>, numbers: impl Iterator<Item = [u8; N]> + Clone) {
    let before = bytes.len();
    bytes.resize(before + numbers.clone().count() * N, 0);
    let (_, places) = bytes.split_at_mut(before);
    let places = places.as_chunks_mut().0.iter_mut();
    places.zip(numbers).for_each(|(to, number)| *to = number);
}

fn number(bytes: &[u8; 4]) -> u32 {
    u32::from_le_bytes(*bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::backtest::distinct::SAMPLE;

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
        assert_eq!(cells.cell(3 * SAMPLE - 1), (3 * SAMPLE - 1).to_string());
        cells.push("7");
        assert_eq!(cells.cell(3 * SAMPLE), "7");
        assert_eq!(cells.texts(), 3 * SAMPLE + 2);
    }
}
