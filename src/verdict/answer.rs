//! The shapes of a verdict, in the order of their keys.

use alloc::string::String;
use alloc::vec::Vec;

use crate::json::{Ready, Share, answer};
use crate::lead::Warning;
use crate::vocabulary::Word;

answer! {
/// The whole answer for one lead.
pub struct Verdict<'a> {
    /// Disqualifiers that hold; a lead with any is no buyer.
    pub disqualified as "disqualified": Vec<Disqualified<'a>>,
    /// Engagement points, after limits.
    pub engagement as "engagement": i64,
    /// Fit points, after limits.
    pub fit as "fit": i64,
    /// Names of the fit band and the engagement band, for example `A1`.
    pub grade as "grade": String,
    /// Probability of a win, with four decimals, where the scorecard is calibrated.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub probability as "probability": Option<Share>,
    /// Questions that apply and are not answered.
    pub questions as "questions": Vec<OpenQuestion<'a>>,
    /// Least and most score that the unanswered facts still allow.
    pub range as "range": Range,
    /// Why the score is what it is; their points add up to it.
    pub reasons as "reasons": Vec<Reason<'a>>,
    /// What a server needs to check this verdict.
    pub receipt as "receipt": Receipt<'a>,
    /// Where the lead goes.
    pub route as "route": Destination<'a>,
    /// Fit + engagement.
    pub score as "score": i64,
    /// The scorecard that was applied.
    pub scorecard as "scorecard": CardOfVerdict<'a>,
    /// What was derived from the facts.
    pub signals as "signals": Signals,
    /// The stage, if any.
    pub stage as "stage": Option<StageOfVerdict<'a>>,
    /// What the job title says, if there is one.
    pub title as "title": Option<Title<'a>>,
    /// Criteria whose bin is open.
    pub unknown as "unknown": Vec<UnknownCriterion<'a>>,
    /// What the lead is worth, where the scorecard tells it.
    pub value as "value": Option<ValueOfVerdict<'a>>,
    /// What was odd about the lead.
    pub warnings as "warnings": &'a Vec<Warning>,
}

/// A disqualifier that holds.
pub struct Disqualified<'a> {
    /// Its id.
    pub id as "id": &'a str,
    /// Its reason for people: a text or a map from language to text; `null` on a page.
    #[cfg_attr(test, ts(type = "Text | null"))]
    pub reason as "reason": Ready<'a>,
    /// The tests that decided it.
    pub why as "why": Vec<Evidence>,
}

/// A fact behind a reason or a decision.
pub struct Evidence {
    /// The value that was found; `null` where it is unknown.
    pub found as "found": Option<String>,
    /// The fact, the signal, the measure, or the test in words.
    pub of as "of": String,
    /// Truth of the test; `null` where it is no test.
    #[cfg_attr(test, ts(type = "\"true\" | \"false\" | \"unknown\" | null"))]
    pub truth as "truth": Option<Word>,
}

/// A question that applies and is not answered.
pub struct OpenQuestion<'a> {
    /// Its id.
    pub id as "id": &'a str,
    /// Whether the form cannot be sent without an answer.
    pub required as "required": bool,
}

/// Least and most score.
pub struct Range {
    /// Most.
    pub high as "high": i64,
    /// Least.
    pub low as "low": i64,
}

/// Why the score is what it is.
pub struct Reason<'a> {
    /// The axis.
    #[cfg_attr(test, ts(type = "Axis"))]
    pub axis as "axis": Word,
    /// The bin that applies, or `unknown`; `null` for a limit.
    pub bin as "bin": Option<&'a str>,
    /// The facts behind it.
    pub evidence as "evidence": Vec<Evidence>,
    /// Id of the criterion; for a limit of the criterion, group or axis that has it.
    pub id as "id": &'a str,
    /// Whether a criterion earned the points or a limit took them.
    #[cfg_attr(test, ts(type = "\"criterion\" | \"limit\""))]
    pub kind as "kind": Word,
    /// For a limit: what it limits.
    #[cfg_attr(test, ts(type = "\"criterion\" | \"group\" | \"axis\" | null"))]
    pub limit_of as "limitOf": Option<Word>,
    /// The points.
    pub points as "points": i64,
}

/// What a server needs to check this verdict. It is no secret and proves nothing by itself.
pub struct Receipt<'a> {
    /// Engagement points.
    pub engagement as "engagement": i64,
    /// Version of the engine.
    pub engine as "engine": &'a str,
    /// Fit points.
    pub fit as "fit": i64,
    /// Grade.
    pub grade as "grade": String,
    /// The moment at which the lead was seen: RFC 3339.
    pub now as "now": String,
    /// The owner, where one was picked.
    pub owner as "owner": Option<&'a str>,
    /// Id of the route.
    pub route as "route": &'a str,
    /// Score.
    pub score as "score": i64,
    /// The scorecard.
    pub scorecard as "scorecard": ReceiptCard<'a>,
    /// Id of the stage.
    pub stage as "stage": Option<&'a str>,
}

/// The scorecard of a receipt.
pub struct ReceiptCard<'a> {
    /// SHA-256 of its content.
    pub hash as "hash": &'a str,
    /// Its id.
    pub id as "id": &'a str,
    /// Its revision.
    pub revision as "revision": u32,
}

/// Where the lead goes.
pub struct Destination<'a> {
    /// What the page does next.
    #[cfg_attr(test, ts(type = "Action"))]
    pub action as "action": Ready<'a>,
    /// Whether no route matched.
    pub fallback as "fallback": bool,
    /// Who follows up by when, one after the other.
    #[cfg_attr(test, ts(type = "Array<PlannedFollowUp>"))]
    pub follow_up as "followUp": Ready<'a>,
    /// Id of the route.
    pub id as "id": &'a str,
    /// Routes before it that did not match.
    pub not_matched as "notMatched": Vec<NotMatched<'a>>,
    /// The tests that decided it.
    pub why as "why": Vec<Evidence>,
}

/// A route that did not match.
pub struct NotMatched<'a> {
    /// Its id.
    pub id as "id": &'a str,
    /// The tests that decided it.
    pub why as "why": Vec<Evidence>,
}

/// The scorecard of a verdict.
pub struct CardOfVerdict<'a> {
    /// SHA-256 of its content.
    pub hash as "hash": &'a str,
    /// Its id.
    pub id as "id": &'a str,
    /// Its revision.
    pub revision as "revision": u32,
    /// Whether both teams signed this content.
    pub signed as "signed": bool,
}

/// What was derived from the facts; `null` where unknown.
pub struct Signals {
    /// Place in the decision.
    #[cfg_attr(test, ts(type = "BuyingRole | null"))]
    pub buying_role as "buyingRole": Option<String>,
    /// Marketing channel.
    #[cfg_attr(test, ts(type = "Channel | null"))]
    pub channel as "channel": Option<String>,
    /// Whole days since the first event.
    pub days_since_first_event as "daysSinceFirstEvent": Option<i64>,
    /// Whole days since the last event.
    pub days_since_last_event as "daysSinceLastEvent": Option<i64>,
    /// Departments.
    #[cfg_attr(test, ts(type = "Array<Department> | null"))]
    pub departments as "departments": Option<Vec<&'static str>>,
    /// Domain of the email address.
    pub email_domain as "emailDomain": Option<String>,
    /// Kind of the email address.
    #[cfg_attr(test, ts(type = "EmailKind | null"))]
    pub email_kind as "emailKind": Option<String>,
    /// Number of events.
    pub event_count as "eventCount": Option<i64>,
    /// Level of the job.
    #[cfg_attr(test, ts(type = "Level | null"))]
    pub seniority as "seniority": Option<String>,
    /// What else the job title tells.
    #[cfg_attr(test, ts(type = "Array<Flag> | null"))]
    pub title_flags as "titleFlags": Option<Vec<&'static str>>,
    /// What the job title tells of the person's situation.
    #[cfg_attr(test, ts(type = "Status | null"))]
    pub title_status as "titleStatus": Option<String>,
}

/// The stage of a lead.
pub struct StageOfVerdict<'a> {
    /// Its id.
    pub id as "id": &'a str,
    /// The standard stage that it is.
    #[cfg_attr(test, ts(type = "StageKind"))]
    pub kind as "kind": Word,
    /// Whether leadfit suggests it; else people set it.
    pub suggested as "suggested": bool,
    /// The team that owns it.
    #[cfg_attr(test, ts(type = "Team | null"))]
    pub team as "team": Option<Word>,
    /// The tests that decided it.
    pub why as "why": Vec<Evidence>,
}

/// What a job title says.
pub struct Title<'a> {
    /// Departments, primary first.
    #[cfg_attr(test, ts(type = "TitleFinding<Department>"))]
    pub departments as "departments": TitleFinding<'a>,
    /// What else it tells.
    #[cfg_attr(test, ts(type = "Array<Flag>"))]
    pub flags as "flags": Vec<Word>,
    /// Seniority level, at most one.
    #[cfg_attr(test, ts(type = "TitleFinding<Level>"))]
    pub level as "level": TitleFinding<'a>,
    /// What it tells of the person's situation.
    #[cfg_attr(test, ts(type = "Status"))]
    pub status as "status": Word,
    /// Part of the primary department.
    pub sub_role as "subRole": Option<&'static str>,
}

/// What a job title says about one aspect.
#[cfg_attr(test, ts(rename = "TitleFinding<W>"))]
pub struct TitleFinding<'a> {
    /// What else the same words may mean.
    #[cfg_attr(test, ts(type = "Array<W>"))]
    pub alternatives as "alternatives": Vec<Word>,
    /// How firmly the words settle it.
    #[cfg_attr(test, ts(type = "Certainty"))]
    pub certainty as "certainty": Word,
    /// Percent, 0 to 100.
    pub confidence as "confidence": u32,
    /// The words of the title that it rests on.
    pub evidence as "evidence": &'a str,
    /// What holds, primary first; the best guess unless resolved.
    #[cfg_attr(test, ts(type = "Array<W>"))]
    pub values as "values": Vec<Word>,
}

/// A criterion whose bin is open.
pub struct UnknownCriterion<'a> {
    /// Most points that it may bring.
    pub high as "high": i64,
    /// Its id.
    pub id as "id": &'a str,
    /// Least points that it may bring.
    pub low as "low": i64,
}

/// What a lead is worth.
pub struct ValueOfVerdict<'a> {
    /// In minor units of the currency.
    pub amount_minor as "amountMinor": i64,
    /// ISO 4217 code.
    pub currency as "currency": &'a str,
    /// How it was worked out.
    #[cfg_attr(test, ts(type = "ValueMethod"))]
    pub method as "method": Word,
    /// The segment, if any matched.
    pub segment as "segment": Option<&'a str>,
}
}
