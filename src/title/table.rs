//! The compiled vocabulary: what the hash of a word stands for.
//!
//! Words themselves are not in it. A word is known by 26 bits of its hash, so that one in twenty
//! thousand unknown words passes for a known one; the readable form is `vocab.csv`.
//!
//! `vocab.bin` holds, in bytes: for each of the upper 10 bits how many words have them, as often as
//! there are words the next 8 bits, the last 8 bits, and lower and upper byte of the number of the
//! meaning; then the meanings, 8 bytes each, lowest first. It is written by the test `title_table`.

use super::hash::Hash;
use super::meaning::Meaning;

const BUCKETS: usize = 1 << 10;
/// Bits by which a word is known.
pub(super) const BITS: u32 = 26;

static VOCABULARY: &[u8] = include_bytes!("vocab.bin");

/// The vocabulary, ready to look up.
pub(super) struct Table {
    /// Where the words of each bucket begin; the last is the number of all.
    starts: [u16; BUCKETS + 1],
    words: [&'static [u8]; 4],
    meanings: &'static [u8],
}

impl Table {
    pub(super) fn new() -> Self {
        let (counts, rest) = VOCABULARY.split_at_checked(BUCKETS).unwrap_or_default();
        let mut starts = [0; BUCKETS + 1];
        let mut sum: u16 = 0;
        for (start, count) in starts.iter_mut().skip(1).zip(counts) {
            sum = sum.saturating_add(u16::from(*count));
            *start = sum;
        }
        let all = usize::from(sum);
        let (upper, rest) = rest.split_at_checked(all).unwrap_or_default();
        let (lower, rest) = rest.split_at_checked(all).unwrap_or_default();
        let (numbers, rest) = rest.split_at_checked(all).unwrap_or_default();
        let (high, meanings) = rest.split_at_checked(all).unwrap_or_default();
        Table {
            starts,
            words: [upper, lower, numbers, high],
            meanings,
        }
    }

    /// What the letters so far mean, if they are a word.
    pub(super) fn get(&self, hash: Hash) -> Option<Meaning> {
        let [b0, b1, upper, lower] = hash.value(BITS).to_be_bytes();
        let bucket = usize::from(u16::from_be_bytes([b0, b1]));
        let &[from, to, ..] = self.starts.get(bucket..)? else {
            return None;
        };
        let [uppers, lowers, numbers, high] = self.words;
        let mut places = usize::from(from)..usize::from(to);
        let place =
            places.find(|&at| uppers.get(at) == Some(&upper) && lowers.get(at) == Some(&lower))?;
        let number = usize::from(u16::from_le_bytes([
            *numbers.get(place)?,
            *high.get(place)?,
        ]));
        let (bytes, _) = self.meanings.get(number * 8..)?.split_first_chunk()?;
        Some(Meaning(u64::from_le_bytes(*bytes)))
    }
}
