//! What was odd about a lead.

use alloc::string::String;
use alloc::vec::Vec;

use crate::problem::shorten;
use crate::vocabulary::vocabulary;

vocabulary! {
    /// What was odd about a lead. None of these stops a verdict.
    pub enum WarningCode {
        /// Another type than the fact has; counts as unknown.
        WrongType = "wrongType",
        /// A number that is not finite; counts as unknown.
        NotFinite = "notFinite",
        /// A value outside the fact's choices; counts as unknown.
        NotAChoice = "notAChoice",
        /// A date that does not exist; counts as unknown.
        BadDate = "badDate",
        /// A text or a list that is too long; counts as unknown.
        TooLong = "tooLong",
        /// A value that threw when it was read; counts as unknown.
        Unreadable = "unreadable",
        /// An event without a type or a date; left out.
        BadEvent = "badEvent",
        /// An event after `now`; counts as happening now.
        EventInFuture = "eventInFuture",
        /// An aggregate without the date of its newest event where points decay; counts in full.
        AggregateWithoutDate = "aggregateWithoutDate",
        /// An answer that contradicts the job title; the answer counts.
        AnswerDisagreesWithTitle = "answerDisagreesWithTitle",
        /// A due time after all that the version of the time zone database, which was found, says of
        /// a calendar's clock; it may be an hour off. A scorecard that is compiled anew knows more.
        ZonePastHorizon = "zonePastHorizon",
    }
}

/// Where something was odd.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// The fact of this index.
    Fact(u16),
    /// The events.
    Events,
    /// The aggregate of this index.
    Aggregate(u16),
}

/// Something odd about a lead, that did not stop the verdict.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Warning {
    /// Where.
    pub at: Place,
    /// What was odd.
    pub code: WarningCode,
    /// What was found, shortened to 80 characters.
    pub found: String,
}

/// Most warnings that are kept.
const MOST: usize = 50;

/// Warnings, sorted and each once, so that the order of a lead's events changes nothing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Warnings(Vec<Warning>);

impl Warnings {
    /// Adds a warning.
    pub fn add(&mut self, at: Place, code: WarningCode, found: &str) {
        let warning = Warning {
            at,
            code,
            found: shorten(found),
        };
        if let Err(place) = self.0.binary_search(&warning) {
            self.0.insert(place, warning);
            self.0.truncate(MOST);
        }
    }

    /// The warnings.
    pub fn as_list(&self) -> &Vec<Warning> {
        &self.0
    }
}
