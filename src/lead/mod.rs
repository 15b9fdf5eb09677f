//! A lead: what is known of one person, read leniently.
//!
//! A wrong type, an unknown choice or an impossible date gives a warning and counts as unknown;
//! nothing that a visitor or a CRM sends is an error. Unknown is a value of its own.

use alloc::borrow::Cow;
use alloc::vec::Vec;

use crate::text::trim;

pub mod frame;
mod read;
mod warning;

#[cfg(feature = "authoring")]
pub use read::date;
pub use read::{fact_value, found, read};
pub use warning::{Place, Warning, WarningCode, Warnings};

/// Longest text that is read, in bytes of UTF-8.
pub const MAX_TEXT: usize = 8192;
/// Most events that are read.
pub const MAX_EVENTS: usize = 20_000;
/// Most members of a list that are read.
pub const MAX_LIST: usize = 100;
/// Most bytes that a list may take in a frame.
pub const MAX_LIST_BYTES: usize = 64 * 1024;
/// Most bytes that the events may take in a frame.
pub const MAX_EVENTS_BYTES: usize = 4 * 1024 * 1024;

/// A value as it was given, before the scorecard says what it should be.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Given<'a> {
    /// Nothing.
    #[default]
    Absent,
    /// A text.
    Text(&'a str),
    /// A number; may be anything that IEEE 754 knows.
    Number(f64),
    /// Yes or no.
    Boolean(bool),
    /// Several plain values.
    List(Vec<Given<'a>>),
    /// A range of numbers with open ends infinite.
    Range(f64, f64),
    /// Something that no fact can be.
    Odd(Odd),
}

impl Given<'_> {
    /// Whether nothing was given: a field that was left empty sends an empty text.
    pub fn is_blank(&self) -> bool {
        match self {
            Given::Absent => true,
            Given::Text(text) => trim(text).is_empty(),
            _ => false,
        }
    }
}

/// Something that no fact can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Odd {
    /// An object, a function or the like.
    Object,
    /// A text longer than [`MAX_TEXT`].
    LongText,
    /// More than [`MAX_EVENTS`] events or [`MAX_LIST`] members.
    LongList,
    /// A value that threw when it was read.
    Unreadable,
}

/// A value of a fact.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum FactValue<'a> {
    /// Not known.
    #[default]
    Unknown,
    /// A text, trimmed.
    Text(Cow<'a, str>),
    /// A finite number.
    Number(f64),
    /// A number somewhere in `[from, to)`.
    Range(f64, f64),
    /// Yes or no.
    Boolean(bool),
    /// The choice of this index.
    Choice(u16),
    /// The choices of this mask.
    Choices(u64),
    /// Several texts.
    Texts(Vec<Cow<'a, str>>),
    /// A point in time in milliseconds.
    Date(i64),
}

/// One thing that the lead did.
#[derive(Clone, Debug, PartialEq)]
pub struct Event<'a> {
    /// What it was, for example `pageView`.
    pub kind: &'a str,
    /// When, in milliseconds.
    pub at: i64,
    /// The properties that the program reads, in its order.
    pub properties: Vec<Given<'a>>,
}

/// A measure of events that were counted elsewhere.
#[derive(Clone, Debug, PartialEq)]
pub struct Aggregate {
    /// The measure.
    pub value: f64,
    /// When the newest of the events was, in milliseconds.
    pub last_at: Option<i64>,
}

/// What is known of one person, in the order of a program's facts.
#[derive(Clone, Debug, PartialEq)]
pub struct Lead<'a> {
    /// Values of the program's facts.
    pub facts: Vec<FactValue<'a>>,
    /// Answers to the program's questions, as given.
    pub answers: Vec<Given<'a>>,
    /// What the lead did; `None` where nobody observed it.
    pub events: Option<Vec<Event<'a>>>,
    /// The program's aggregates.
    pub aggregates: Vec<Option<Aggregate>>,
    /// What was odd.
    pub warnings: Warnings,
}
