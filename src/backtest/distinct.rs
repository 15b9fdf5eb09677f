//! The distinct texts of a column, each with a code: the empty one is 0, the others follow in the order in
//! which they first come.

use core::ops::Range;

use super::index::{Index, hash, hash_words, is_same};

/// Code of an empty cell.
pub const EMPTY: u32 = 0;

/// After so many texts it is decided whether a column repeats itself.
pub const SAMPLE: usize = 16_384;

/// Distinct texts; of a column that hardly repeats itself (addresses, ids) simply all.
#[derive(Clone, Debug)]
pub struct Distinct {
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

impl Default for Distinct {
    fn default() -> Self {
        Distinct {
            ends: vec![0],
            text: String::new(),
            letters: Vec::new(),
            index: Some(Index::default()),
            recent: vec![Recent::default(); RECENT],
            expected: 0,
        }
    }
}

impl Distinct {
    /// Tells how many rows most likely come in all.
    pub fn expect(&mut self, rows: usize) {
        self.expected = rows;
    }

    /// Code of a text, which is a part of some UTF-8, in a row that comes after so many others; none where
    /// no more text fits.
    #[inline]
    pub fn code(&mut self, bytes: &[u8], part: Range<usize>, rows: usize) -> Option<u32> {
        let length = part.len();
        if length == 0 {
            return Some(EMPTY);
        }
        let recent = self.recent.as_mut_slice().first_chunk_mut::<RECENT>();
        let Some(recent) = recent.filter(|_| length <= SHORT) else {
            return self.long_or_new(bytes, part, rows);
        };
        let words = words_of(bytes, part.start, length);
        let hash = hash_words(&words, length);
        let place = (hash >> 32) as usize % RECENT;
        let length = length as u32;
        if let Some(known) = recent.get(place)
            && known.is(&words, length)
        {
            return Some(known.code);
        }
        let code = self.known_or_new(hash, bytes, part, rows)?;
        if let Some(place) = self.recent.get_mut(place) {
            *place = Recent {
                words,
                length,
                code,
            };
        }
        Some(code)
    }

    /// Code of a text that is long, or of a column that does not repeat itself.
    fn long_or_new(&mut self, bytes: &[u8], part: Range<usize>, rows: usize) -> Option<u32> {
        match self.index {
            Some(_) => {
                let hash = hash(bytes.get(part.clone())?);
                self.known_or_new(hash, bytes, part, rows)
            }
            None => add(&mut self.ends, &mut self.letters, bytes, part),
        }
    }

    #[inline(never)]
    fn known_or_new(
        &mut self,
        hash: u64,
        bytes: &[u8],
        part: Range<usize>,
        rows: usize,
    ) -> Option<u32> {
        let index = self.index.as_mut()?;
        let text = bytes.get(part.clone())?;
        let (ends, letters) = (&self.ends, &self.letters);
        let is = |code| {
            let known = span_of(ends, code).and_then(|span| letters.get(span));
            known.is_some_and(|known| is_same(known, text))
        };
        if let Some(code) = index.find(hash, is) {
            return Some(code);
        }
        let code = add(&mut self.ends, &mut self.letters, bytes, part)?;
        index.insert(hash, code);
        if self.ends.len() == SAMPLE && rows < SAMPLE + SAMPLE / 8 {
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

    /// Codes of other texts in rows that come after so many others: all of theirs, which end at these
    /// places in their letters.
    pub fn codes_of(&mut self, ends: &[[u8; 4]], letters: &[u8], rows: usize) -> Vec<u32> {
        let number = |end: &[u8; 4]| u32::from_le_bytes(*end);
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
            let part = from..number(end) as usize;
            from = part.end;
            self.code(letters, part, rows).unwrap_or(EMPTY)
        };
        ends.iter().map(code).collect()
    }

    /// Number of texts, the empty one included.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Where each text ends among [`Distinct::letters`].
    pub fn ends(&self) -> &[u32] {
        &self.ends
    }

    /// All texts, one after the other.
    pub fn letters(&self) -> &[u8] {
        match self.text.is_empty() {
            true => &self.letters,
            false => self.text.as_bytes(),
        }
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

    /// No more come; gives back memory that only growing needs.
    pub fn settle(&mut self) {
        self.index = None;
        self.recent = Vec::new();
        self.ends.shrink_to_fit();
        self.text = String::from_utf8(core::mem::take(&mut self.letters)).unwrap_or_default();
        self.text.shrink_to_fit();
    }

    /// Bytes that they take.
    pub fn bytes(&self) -> usize {
        self.ends.capacity() * 4 + self.text.capacity() + self.letters.capacity()
    }
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
fn span_of(ends: &[u32], code: u32) -> Option<Range<usize>> {
    let end = *ends.get(code as usize)? as usize;
    let before = (code as usize).checked_sub(1);
    let start = before.and_then(|before| ends.get(before));
    Some(start.map_or(0, |start| *start as usize)..end)
}
