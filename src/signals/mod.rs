//! Signals: facts derived from other facts.
//!
//! Each is a pure function of text that a visitor or a browser gave, so nothing here trusts its
//! input: any text gives an answer, in time linear in its length.

pub mod channel;
mod domains;
pub mod email;
mod sites;
mod sources;
mod table;
pub mod url;

use crate::title::{BuyingRole, Department, Flag, Level, Status};
use crate::vocabulary::vocabulary;
use channel::Channel;
use email::EmailKind;

vocabulary! {
    /// A fact that is derived from others.
    pub enum Signal {
        /// Level of the job: the explicit fact `seniority`, else read from the job title.
        Seniority = "seniority",
        /// Departments of the job, primary first: the explicit fact `department`, else read from
        /// the job title.
        Departments = "departments",
        /// Place in the decision: the explicit fact `buyingRole`, else computed from seniority,
        /// departments, target departments and company size.
        BuyingRole = "buyingRole",
        /// What the job title tells of the person's situation, such as `employed` or `student`.
        TitleStatus = "titleStatus",
        /// What else the job title tells, such as `interim` or `board`.
        TitleFlags = "titleFlags",
        /// Kind of the email address.
        EmailKind = "emailKind",
        /// Domain of the email address, in lower case.
        EmailDomain = "emailDomain",
        /// Marketing channel by Google Analytics' default channel grouping.
        Channel = "channel",
        /// How many events there are, of any type.
        EventCount = "eventCount",
        /// Days since the first event.
        DaysSinceFirstEvent = "daysSinceFirstEvent",
        /// Days since the last event.
        DaysSinceLastEvent = "daysSinceLastEvent",
    }
}

/// What a signal's values are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignalType {
    /// One word of a closed vocabulary.
    Word,
    /// Several words of a closed vocabulary.
    Words,
    /// A text.
    Text,
    /// A number.
    Number,
}

impl Signal {
    /// What its values are.
    pub const fn kind(self) -> SignalType {
        match self {
            Signal::Seniority
            | Signal::BuyingRole
            | Signal::TitleStatus
            | Signal::EmailKind
            | Signal::Channel => SignalType::Word,
            Signal::Departments | Signal::TitleFlags => SignalType::Words,
            Signal::EmailDomain => SignalType::Text,
            Signal::EventCount | Signal::DaysSinceFirstEvent | Signal::DaysSinceLastEvent => {
                SignalType::Number
            }
        }
    }

    /// The word of this index, for signals of words.
    pub fn word(self, index: usize) -> Option<&'static str> {
        match self {
            Signal::Seniority => Level::from_index(index).map(Level::id),
            Signal::Departments => Department::from_index(index).map(Department::id),
            Signal::BuyingRole => BuyingRole::from_index(index).map(BuyingRole::id),
            Signal::TitleStatus => Status::from_index(index).map(Status::id),
            Signal::TitleFlags => Flag::from_index(index).map(Flag::id),
            Signal::EmailKind => EmailKind::from_index(index).map(EmailKind::id),
            Signal::Channel => Channel::from_index(index).map(Channel::id),
            Signal::EmailDomain
            | Signal::EventCount
            | Signal::DaysSinceFirstEvent
            | Signal::DaysSinceLastEvent => None,
        }
    }

    /// All its words, for signals of words.
    pub fn words(self) -> impl Iterator<Item = &'static str> {
        (0..).map_while(move |index| self.word(index))
    }
}
