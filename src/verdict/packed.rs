//! How a verdict leaves the core: numbers in one list, texts in one string, no word of the card.
//!
//! The order of the numbers is the order of `judge`; `unfold` here and `pkg-config/verdict.js` on
//! the other side of the boundary read them back in the same order. A list is its length and its
//! items. An index that is absent is −1.

use alloc::string::String;
use alloc::vec::Vec;

use crate::condition::{Known, Open, Truths, Value};
use crate::num;
use crate::problem::shorten;
use crate::program::{Axis, Subject};
use crate::title::{Finding, Reading};

/// A verdict as numbers and texts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Packed {
    /// Points, indices, lengths, tags.
    pub numbers: Vec<f64>,
    /// What the lead itself said, one after the other.
    pub text: String,
    /// Length of `text` in UTF-16 code units, by which JavaScript cuts it.
    units: u32,
}

/// What may be told of a value.
pub mod found {
    /// It is unknown.
    pub const NOTHING: i32 = 0;
    /// A whole number follows.
    pub const NUMBER: i32 = 1;
    /// Start and length of a text follow.
    pub const TEXT: i32 = 2;
    /// No.
    pub const FALSE: i32 = 3;
    /// Yes.
    pub const TRUE: i32 = 4;
    /// A subject and the index of one of its words follow; of stages, one beyond the last is none,
    /// and the next disqualified.
    pub const WORD: i32 = 5;
    /// A subject and a mask of its words, lower and upper half, follow.
    pub const WORDS: i32 = 6;
}

/// Kinds of subjects; the subject is `kind × 65,536 + index`.
pub mod subject {
    /// A fact, or days since it.
    pub const FACT: i32 = 0;
    /// A signal.
    pub const SIGNAL: i32 = 1;
    /// A measure.
    pub const MEASURE: i32 = 2;
    /// Fit + engagement.
    pub const SCORE: i32 = 3;
    /// Points of an axis.
    pub const AXIS: i32 = 4;
    /// A band of an axis.
    pub const BAND: i32 = 5;
    /// The stage.
    pub const STAGE: i32 = 6;
}

/// Truth of a test behind a decision; 0 where it is the value behind points.
pub fn truth(truths: Truths) -> i32 {
    match truths {
        Truths::TRUE => 1,
        Truths::FALSE => 2,
        _ => 3,
    }
}

/// A subject as one number.
pub fn subject(subject: &Subject) -> i32 {
    let (kind, index) = match subject {
        Subject::Fact(index) | Subject::DaysSince(index) => (subject::FACT, i32::from(*index)),
        Subject::Signal(signal) => (subject::SIGNAL, signal.index() as i32),
        Subject::Measure(index) => (subject::MEASURE, i32::from(*index)),
        Subject::Score => (subject::SCORE, 0),
        Subject::Points(axis) => (subject::AXIS, axis_index(*axis)),
        Subject::Band(axis) => (subject::BAND, axis_index(*axis)),
        Subject::Stage => (subject::STAGE, 0),
    };
    kind << 16 | index
}

fn axis_index(axis: Axis) -> i32 {
    axis.index() as i32
}

/// Whether JavaScript writes a number without point and exponent, and so may write it itself.
pub fn is_whole(number: f64) -> bool {
    libm::trunc(number) == number && number.abs() < 1e15
}

impl Packed {
    /// Lets go of what it holds and keeps the room for more.
    pub fn clear(&mut self) {
        self.numbers.clear();
        self.text.clear();
        self.units = 0;
    }

    /// Appends a small number.
    #[inline(never)]
    pub fn int(&mut self, number: i32) {
        self.numbers.push(f64::from(number));
    }

    /// Appends numbers.
    #[inline(never)]
    pub fn all(&mut self, numbers: &[f64]) {
        self.numbers.extend_from_slice(numbers);
    }

    /// Appends an index or a length.
    pub fn index(&mut self, index: usize) {
        self.int(index as i32);
    }

    /// Appends an index, or −1.
    pub fn maybe(&mut self, index: Option<usize>) {
        self.int(index.map_or(-1, |index| index as i32));
    }

    /// Appends points or an amount, far below 2^53.
    #[inline(never)]
    pub fn long(&mut self, number: i64) {
        self.numbers.push(number as f64);
    }

    /// Appends a list: `write` writes the items and gives their number.
    pub fn list(&mut self, write: impl FnOnce(&mut Self) -> usize) {
        let start = self.numbers.len();
        self.int(0);
        let count = write(self);
        if let Some(length) = self.numbers.get_mut(start) {
            *length = count as f64;
        }
    }

    /// Appends start and length of a text.
    #[inline(never)]
    pub fn text(&mut self, text: &str) {
        let length = text.chars().map(|c| c.len_utf16() as i32).sum();
        self.int(self.units as i32);
        self.int(length);
        self.units += length as u32;
        self.text.push_str(text);
    }

    /// Appends what is known of a subject.
    pub fn known(&mut self, of: &Subject, known: &Known) {
        match (&known.value, known.open) {
            (Some(value), _) => self.value(of, value),
            (None, Open::Between(from, to)) => {
                let mut range = String::new();
                num::push_number(&mut range, from);
                range.push_str(" to below ");
                num::push_number(&mut range, to);
                self.found_text(&range);
            }
            (None, _) => self.int(found::NOTHING),
        }
    }

    fn found_text(&mut self, text: &str) {
        self.int(found::TEXT);
        self.text(text);
    }

    fn value(&mut self, of: &Subject, value: &Value) {
        match value {
            Value::Number(number) if is_whole(*number) => {
                self.int(found::NUMBER);
                self.numbers.push(*number);
            }
            Value::Number(number) => {
                let mut written = String::new();
                num::push_number(&mut written, *number);
                self.found_text(&written);
            }
            Value::Text(text) => self.found_text(&shorten(text)),
            Value::Texts(texts) => {
                let mut joined = String::new();
                for text in texts.iter() {
                    if !joined.is_empty() {
                        joined.push_str(", ");
                    }
                    joined.push_str(text);
                }
                self.found_text(&shorten(&joined));
            }
            Value::Boolean(value) => self.int(if *value { found::TRUE } else { found::FALSE }),
            Value::Choice(index) => {
                self.int(found::WORD);
                self.int(subject(of));
                self.int(i32::from(*index));
            }
            Value::Choices(mask) => {
                self.int(found::WORDS);
                self.int(subject(of));
                self.numbers.push(f64::from(*mask as u32));
                self.numbers.push(f64::from((*mask >> 32) as u32));
            }
        }
    }

    /// Appends what a job title says.
    pub fn title(&mut self, title: &Reading) {
        self.finding(&title.level, |level| level.index());
        self.finding(&title.departments, |department| department.index());
        self.list(|packed| {
            let flags = title.flags.iter();
            flags.map(|flag| packed.index(flag.index())).count()
        });
        self.index(title.status.index());
        self.text(title.sub_role.unwrap_or_default());
    }

    fn finding<T: Copy>(&mut self, finding: &Finding<T>, index: impl Fn(T) -> usize) {
        self.index(finding.certainty.index());
        self.int(i32::from(finding.confidence));
        self.text(&finding.evidence);
        for values in [&finding.values, &finding.alternatives] {
            self.list(|packed| {
                values
                    .iter()
                    .map(|value| packed.index(index(*value)))
                    .count()
            });
        }
    }
}
