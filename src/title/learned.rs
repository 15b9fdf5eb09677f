//! The trained part: pieces of words that speak for or against a department.
//!
//! Where the vocabulary is silent or torn, the letters of the words decide. Each word and each run
//! of four to six of its letters is a feature, known by a hash of 16 bits. Of all pairs of feature
//! and department, training (`training/README.md`) keeps the few thousand that matter, each with
//! one of eight weights. Everything is an integer: the same bytes give the same answer everywhere.
//!
//! `learned.bin` holds, in bytes: the bias of each department; for each upper half of a hash how
//! many pairs have it; for each of those pairs, in order, how far the lower half is from the one
//! before; and for each pair department × 8 + weight.

use super::Department;
use super::hash::Hash;

/// Departments that are weighed.
pub(super) const DEPARTMENTS: usize = Department::ALL.len();
/// What speaks for each department, in the order of [`Department::ALL`]; 16 is one natural
/// logarithm of odds.
pub(super) type Scores = [i32; DEPARTMENTS];

static LEARNED: &[u8] = include_bytes!("learned.bin");

/// What the eight weights stand for.
const WEIGHTS: [i32; 8] = [-24, -10, 8, 14, 21, 30, 42, 60];

/// Lengths of the runs of letters that are features.
const SHORTEST: usize = 4;
const LONGEST: usize = 6;

/// The trained part, ready to look up.
pub(super) struct Learned {
    /// Where the pairs of each upper half begin; the last is the number of all.
    starts: [u16; 257],
}

impl Learned {
    pub(super) fn new() -> Self {
        let counts = LEARNED
            .get(DEPARTMENTS..DEPARTMENTS + 256)
            .unwrap_or_default();
        let mut starts = [0; 257];
        let mut sum: u16 = 0;
        for (start, count) in starts.iter_mut().skip(1).zip(counts) {
            sum = sum.saturating_add(u16::from(*count));
            *start = sum;
        }
        Learned { starts }
    }

    /// What speaks for each department before any word is read.
    pub(super) fn bias() -> Scores {
        let mut scores = [0; DEPARTMENTS];
        for (score, bias) in scores.iter_mut().zip(LEARNED) {
            *score = i32::from(bias.cast_signed());
        }
        scores
    }

    /// Adds what the letters of a folded word tell.
    pub(super) fn add(&self, word: &str, scores: &mut Scores) {
        features(word, |feature| self.add_feature(feature, scores));
    }

    fn add_feature(&self, feature: u32, scores: &mut Scores) {
        let [_, _, upper, lower] = feature.to_be_bytes();
        let starts = self.starts.get(usize::from(upper)..).unwrap_or_default();
        let (&[from, to, ..], Some(all)) = (starts, self.starts.last()) else {
            return;
        };
        let pairs = LEARNED.get(DEPARTMENTS + 256..).unwrap_or_default();
        let (steps, values) = pairs
            .split_at_checked(usize::from(*all))
            .unwrap_or_default();
        let range = usize::from(from)..usize::from(to);
        let steps = steps.get(range.clone()).unwrap_or_default();
        let mut place: u8 = 0;
        for (step, value) in steps.iter().zip(values.get(range).unwrap_or_default()) {
            place = place.wrapping_add(*step);
            if place > lower {
                break;
            }
            if place == lower
                && let Some(score) = scores.get_mut(usize::from(value / 8))
                && let Some(weight) = WEIGHTS.get(usize::from(value % 8))
            {
                *score += weight;
            }
        }
    }
}

/// Calls `add` with each feature of a folded word: the word between two marks, and every run of
/// four to six letters of that. Words in other scripts have none.
pub(super) fn features(word: &str, mut add: impl FnMut(u32)) {
    if !word.is_ascii() {
        return;
    }
    let letters = || b"<".iter().chain(word.as_bytes()).chain(b">");
    let all = word.len() + 2;
    for from in 0..all {
        let mut hash = Hash::new();
        for (at, letter) in letters().skip(from).enumerate() {
            let length = at + 1;
            hash.add(*letter);
            if (SHORTEST..=LONGEST).contains(&length) || length == all {
                add(hash.value(16));
            }
            if length >= LONGEST && from > 0 {
                break;
            }
        }
    }
}
