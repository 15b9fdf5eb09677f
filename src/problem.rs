//! Problems: what is wrong with an input, where, and how to mend it.

use alloc::string::String;

use crate::vocabulary::vocabulary;

vocabulary! {
    /// What kind of fault a problem reports: the only part of a problem to branch on.
    pub enum Code {
        /// The text is not JSON.
        NotJson = "notJson",
        /// The input is larger, deeper or longer than the limit.
        TooLarge = "tooLarge",
        /// The scorecard asks for a format that this version does not know.
        FormatTooNew = "formatTooNew",
        /// A value has another type than expected.
        WrongType = "wrongType",
        /// A key that the format does not have.
        UnknownKey = "unknownKey",
        /// A word outside a closed set of words.
        UnknownChoice = "unknownChoice",
        /// A key that must be there is absent.
        MissingKey = "missingKey",
        /// The same key twice in one object.
        DuplicateKey = "duplicateKey",
        /// The same id, name or value twice where it must be unique.
        DuplicateId = "duplicateId",
        /// An id that is empty, too long or has characters that ids cannot have.
        BadId = "badId",
        /// A reference to something that does not exist.
        UnknownReference = "unknownReference",
        /// Something that may stand elsewhere, but not here.
        NotAllowedHere = "notAllowedHere",
        /// A comparison that does not suit the kind of value.
        WrongComparison = "wrongComparison",
        /// Bins that overlap.
        Overlap = "overlap",
        /// Bins that leave a gap.
        Gap = "gap",
        /// Thresholds that are not in order.
        OutOfOrder = "outOfOrder",
        /// A number that is not positive, not finite, or absurd.
        OutOfRange = "outOfRange",
        /// A date, time or time zone that does not exist.
        BadDate = "badDate",
        /// A link with a scheme that a page must not follow.
        UnsafeLink = "unsafeLink",
        /// No fallback route, or none for disqualified leads.
        NoFallback = "noFallback",
        /// An owner who can never be picked.
        NoShare = "noShare",
        /// A response time or an owner without working hours.
        NoWorkingHours = "noWorkingHours",
        /// A route, stage, band, question or segment that no lead can reach.
        NeverReached = "neverReached",
        /// A bin, criterion or disqualifier that can never apply.
        NeverFires = "neverFires",
        /// A criterion that a limit makes worthless.
        Worthless = "worthless",
        /// A fact that is scored twice on one axis (warning).
        ScoredTwice = "scoredTwice",
        /// A limit below the largest bin that it holds (warning).
        LimitBelowBin = "limitBelowBin",
        /// An option that straddles the edge of a bin (warning).
        StraddlesEdge = "straddlesEdge",
        /// A declared part that nothing uses (warning).
        Unused = "unused",
        /// A signature over another content than this (warning).
        StaleSignature = "staleSignature",
        /// The bytes are no compiled scorecard, or a damaged one.
        NotAProgram = "notAProgram",
        /// The compiled scorecard was made by a newer version.
        ProgramTooNew = "programTooNew",
        /// This build reads compiled scorecards only.
        CompiledScorecardNeeded = "compiledScorecardNeeded",
        /// What was given as a lead is no object.
        LeadNotObject = "leadNotObject",
        /// `now` is no date.
        BadNow = "badNow",
        /// A call that came before leadfit was started, or leadfit cannot start.
        NotReady = "notReady",
        /// A scorecard could not be fetched.
        NotLoaded = "notLoaded",
        /// A fault of leadfit itself.
        Internal = "internal",
    }
}

vocabulary! {
    /// How bad a problem is.
    pub enum Severity {
        /// The scorecard cannot be used.
        Error = "error",
        /// The scorecard works, but smells.
        Warning = "warning",
    }
}

/// Something wrong in an input: where, what was found, what was expected, how to mend it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "authoring", derive(serde::Serialize))]
#[cfg_attr(feature = "authoring", serde(rename_all = "camelCase"))]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Problem {
    /// RFC 6901 JSON pointer to the place, `""` for the whole input.
    pub at: String,
    /// What kind of fault this is.
    pub code: Code,
    /// Whether the scorecard can still be used.
    pub severity: Severity,
    /// Line of the place, from 1, where the input is text.
    #[cfg_attr(feature = "authoring", serde(skip_serializing_if = "Option::is_none"))]
    #[cfg_attr(test, ts(optional))]
    pub line: Option<u32>,
    /// Column of the place in characters, from 1, where the input is text.
    #[cfg_attr(feature = "authoring", serde(skip_serializing_if = "Option::is_none"))]
    #[cfg_attr(test, ts(optional))]
    pub column: Option<u32>,
    /// What was found, shortened to at most 80 characters.
    pub found: String,
    /// What was expected instead.
    pub expected: String,
    /// What to do about it, as an imperative sentence without a full stop.
    pub help: String,
}

impl Problem {
    /// An error at `at`; line and column are filled in by whoever holds the text.
    pub fn error(
        code: Code,
        at: impl Into<String>,
        found: impl AsRef<str>,
        expected: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        Problem {
            at: at.into(),
            code,
            severity: Severity::Error,
            line: None,
            column: None,
            found: shorten(found.as_ref()),
            expected: expected.into(),
            help: help.into(),
        }
    }

    /// The same as a warning: the scorecard still works.
    pub fn warning(
        code: Code,
        at: impl Into<String>,
        found: impl AsRef<str>,
        expected: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        Problem {
            severity: Severity::Warning,
            ..Problem::error(code, at, found, expected, help)
        }
    }
}

impl core::fmt::Display for Problem {
    /// One line: `/criteria/0/unknown: found text "ten", expected a whole number; write 10 without quotes`.
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        let place = if self.at.is_empty() {
            "the input"
        } else {
            &self.at
        };
        write!(
            f,
            "{place}: found {}, expected {}; {}",
            self.found, self.expected, self.help
        )
    }
}

/// Longest rendering of something found in an input, in characters.
pub(crate) const MAX_FOUND: usize = 80;

/// `text` cut to [`MAX_FOUND`] characters, control and direction marks replaced, so that a
/// hostile value can neither flood nor disguise a message.
pub(crate) fn shorten(text: &str) -> String {
    let mut short = String::new();
    for (count, c) in text.chars().enumerate() {
        if count == MAX_FOUND {
            short.push('…');
            break;
        }
        short.push(if is_invisible(c) { '\u{FFFD}' } else { c });
    }
    short
}

/// Whether a character shows nothing by itself: controls, zero-width and direction marks.
pub(crate) fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}')
}
