//! What may be asked of a visitor.

use super::criterion::is_false;
use super::{Condition, Scalar, Text, shape};

shape! {
/// A question to the visitor: a field of the form, and the facts that its answer settles.
pub struct Question {
    /// Name of the question, also the name of its form field.
    #[cfg_attr(test, schemars(regex(pattern = "^[A-Za-z0-9_.-]{1,64}$")))]
    pub id: String,
    /// The fact that the answer settles.
    pub fact: String,
    /// The kind of field. By default it follows the type of the fact.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<Field>,
    /// The question as the visitor reads it.
    pub label: Text,
    /// A hint below the field.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<Text>,
    /// The answers to choose from; for a choice fact its choices where absent.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<QuestionOption>,
    /// When the question applies. It may read facts, signals and the answers to earlier
    /// questions; where it does not hold, an answer does not count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Condition>,
    /// Whether the form cannot be sent without an answer. Default false.
    #[serde(default, skip_serializing_if = "is_false")]
    pub required: bool,
    /// Ids of the forms that ask it; all forms where absent.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub forms: Vec<String>,
    /// What the visitor consents to, for a consent question.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consent: Option<Consent>,
}

/// One answer to choose from.
pub struct QuestionOption {
    /// The value that the fact gets: text, number or boolean.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Scalar>,
    /// The range that a number fact gets, instead of a value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub range: Option<Range>,
    /// The answer as the visitor reads it.
    pub label: Text,
    /// Share of visitors who give this answer, from 0 to 1; the planner expects by it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, schemars(range(min = 0, max = 1)))]
    pub share: Option<f64>,
    /// Further facts that this answer settles.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sets: Vec<Setting>,
}

/// A range of numbers: `from` counts, `to` does not.
#[derive(Copy)]
pub struct Range {
    /// From this number on. Open below where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<f64>,
    /// Up to, but without, this number. Open above where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<f64>,
}

/// A further fact that an answer settles.
pub struct Setting {
    /// The fact.
    pub fact: String,
    /// Its value.
    pub value: Scalar,
}

/// What a visitor consents to; the handoff carries it as a record.
pub struct Consent {
    /// What for, for example `marketingEmail`.
    pub purpose: String,
    /// Version of the text that the visitor saw.
    pub version: String,
    /// Legal basis, for example `consent`.
    pub basis: String,
}
}

crate::vocabulary::vocabulary! {
    /// The kind of a form field.
    pub enum Field {
        /// One line of text.
        Text = "text",
        /// An email address.
        Email = "email",
        /// A telephone number.
        Tel = "tel",
        /// A number.
        Number = "number",
        /// A web address.
        Url = "url",
        /// One of several answers.
        Choice = "choice",
        /// Several of several answers.
        Choices = "choices",
        /// A tick for consent.
        Consent = "consent",
        /// A job title, with suggestions.
        JobTitle = "jobTitle",
        /// A country.
        Country = "country",
        /// A date.
        Date = "date",
    }
}
