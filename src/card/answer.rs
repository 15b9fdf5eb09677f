//! The shapes of a verdict, in the order of their keys: written by serde they are canonical JSON.

use serde::{Serialize, Serializer};
use serde_json::Value;

use crate::lead::WarningCode;

/// Declares shapes of a verdict: JSON in the order of the fields, TypeScript from the same lines.
macro_rules! answer {
    ($($(#[$meta:meta])* pub struct $name:ident $(<$life:lifetime>)? {
        $($(#[$fmeta:meta])* pub $field:ident: $type:ty,)*
    })+) => { $(
        #[derive(Clone, Debug, PartialEq, Serialize)]
        #[cfg_attr(test, derive(ts_rs::TS), ts(rename_all = "camelCase"))]
        #[serde(rename_all = "camelCase")]
        $(#[$meta])*
        pub struct $name $(<$life>)? { $($(#[$fmeta])* pub $field: $type,)* }
    )+ };
}

/// A share in ten-thousandths, written as a decimal with at most four digits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Share(pub u16);

impl Serialize for Share {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            0 => serializer.serialize_u8(0),
            10_000 => serializer.serialize_u8(1),
            share => serializer.serialize_f64(f64::from(share) / 10_000.0),
        }
    }
}

answer! {
/// The whole answer for one lead.
pub struct Verdict<'a> {
    /// Disqualifiers that hold; a lead with any is no buyer.
    pub disqualified: Vec<Disqualified<'a>>,
    /// Engagement points, after limits.
    pub engagement: i64,
    /// Fit points, after limits.
    pub fit: i64,
    /// Names of the fit band and the engagement band, for example `A1`.
    pub grade: String,
    /// Probability of a win, with four decimals, where the scorecard is calibrated.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub probability: Option<Share>,
    /// Questions that apply and are not answered.
    pub questions: Vec<OpenQuestion<'a>>,
    /// Least and most score that the unanswered facts still allow.
    pub range: Range,
    /// Why the score is what it is; their points add up to it.
    pub reasons: Vec<Reason<'a>>,
    /// What a server needs to check this verdict.
    pub receipt: Receipt<'a>,
    /// Where the lead goes.
    pub route: Destination<'a>,
    /// Fit + engagement.
    pub score: i64,
    /// The scorecard that was applied.
    pub scorecard: CardOfVerdict<'a>,
    /// What was derived from the facts.
    pub signals: Signals,
    /// The stage, if any.
    pub stage: Option<StageOfVerdict<'a>>,
    /// What the job title says, if there is one.
    pub title: Option<Title>,
    /// Criteria whose bin is open.
    pub unknown: Vec<UnknownCriterion<'a>>,
    /// What the lead is worth, where the scorecard tells it.
    pub value: Option<ValueOfVerdict<'a>>,
    /// What was odd about the lead.
    pub warnings: Vec<Warning<'a>>,
}

/// A disqualifier that holds.
pub struct Disqualified<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its reason for people: a text or a map from language to text; `null` on a page.
    #[cfg_attr(test, ts(type = "Text | null"))]
    pub reason: &'a Value,
    /// The tests that decided it.
    pub why: Vec<Evidence<'a>>,
}

/// A fact behind a reason or a decision.
pub struct Evidence<'a> {
    /// The value that was found; `null` where it is unknown, or where no stage was reached.
    pub found: Option<String>,
    /// The fact, the signal, the measure, or the test in words.
    pub of: &'a str,
    /// Truth of the test; `null` where it is no test.
    #[cfg_attr(test, ts(type = "\"true\" | \"false\" | \"unknown\" | null"))]
    pub truth: Option<&'static str>,
}

/// A question that applies and is not answered.
pub struct OpenQuestion<'a> {
    /// Its id.
    pub id: &'a str,
    /// Whether the form cannot be sent without an answer.
    pub required: bool,
}

/// What to ask next, and when to stop.
pub struct QuestionPlan<'a> {
    /// What to ask now, the best first.
    pub ask: Vec<QuestionToAsk<'a>>,
    /// Ids of the routes that are still possible, in the order of the file, then the fallbacks.
    pub destinations: Vec<&'a str>,
    /// Most questions that are yet to be asked; it never grows with an answer.
    pub remaining: usize,
    /// Whether no answer can change the route any more. Required questions may still be open.
    pub settled: bool,
}

/// A question to ask now.
pub struct QuestionToAsk<'a> {
    /// Its id.
    pub id: &'a str,
    /// Values of its options in the order to offer; absent where it has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub options: Option<Vec<&'a str>>,
    /// Whether the form cannot be sent without an answer.
    pub required: bool,
    /// Ids of the routes that hang on it; none where it is asked only because it must be answered.
    pub separates: Vec<&'a str>,
}

/// Least and most score.
pub struct Range {
    /// Most.
    pub high: i64,
    /// Least.
    pub low: i64,
}

/// Why the score is what it is.
pub struct Reason<'a> {
    /// The axis.
    #[cfg_attr(test, ts(type = "Axis"))]
    pub axis: &'static str,
    /// The bin that applies, or `unknown`; `null` for a limit.
    pub bin: Option<&'a str>,
    /// The facts behind it.
    pub evidence: Vec<Evidence<'a>>,
    /// Id of the criterion; for a limit of the criterion, group or axis that has it.
    pub id: &'a str,
    /// Whether a criterion earned the points or a limit took them.
    #[cfg_attr(test, ts(type = "\"criterion\" | \"limit\""))]
    pub kind: &'static str,
    /// For a limit: what it limits.
    #[cfg_attr(test, ts(type = "\"criterion\" | \"group\" | \"axis\" | null"))]
    pub limit_of: Option<&'static str>,
    /// The points.
    pub points: i64,
}

/// What a server needs to check this verdict. It is no secret and proves nothing by itself.
pub struct Receipt<'a> {
    /// Engagement points.
    pub engagement: i64,
    /// Version of the engine.
    pub engine: &'a str,
    /// Fit points.
    pub fit: i64,
    /// Grade.
    pub grade: String,
    /// The moment at which the lead was seen: RFC 3339.
    pub now: String,
    /// The owner, where one was picked.
    pub owner: Option<&'a str>,
    /// Id of the route.
    pub route: &'a str,
    /// Score.
    pub score: i64,
    /// The scorecard.
    pub scorecard: ReceiptCard<'a>,
    /// Id of the stage.
    pub stage: Option<&'a str>,
}

/// The scorecard of a receipt.
pub struct ReceiptCard<'a> {
    /// SHA-256 of its content.
    pub hash: &'a str,
    /// Its id.
    pub id: &'a str,
    /// Its revision.
    pub revision: u32,
}

/// Where the lead goes.
pub struct Destination<'a> {
    /// What the page does next.
    #[cfg_attr(test, ts(type = "Action"))]
    pub action: &'a Value,
    /// Whether no route matched.
    pub fallback: bool,
    /// Who follows up by when, one after the other.
    pub follow_up: Vec<FollowUp<'a>>,
    /// Id of the route.
    pub id: &'a str,
    /// Routes before it that did not match.
    pub not_matched: Vec<NotMatched<'a>>,
    /// The tests that decided it.
    pub why: Vec<Evidence<'a>>,
}

/// A step of the follow-up.
pub struct FollowUp<'a> {
    /// By when to try each time, the first by `due`; `null` where no attempts are agreed, and on a
    /// page.
    #[cfg_attr(test, ts(type = "Array<string> | null"))]
    pub attempts: Option<Vec<String>>,
    /// By when to respond: RFC 3339 in UTC; `null` where no time is promised.
    pub due: Option<String>,
    /// Who does it; `null` where nobody of the queue serves such leads.
    pub owner: Option<PickedOwner<'a>>,
    /// The queue, where the route names one.
    #[cfg_attr(test, ts(type = "string | null"))]
    pub queue: &'a Value,
    /// The promised response time.
    #[cfg_attr(test, ts(type = "PlannedSla | null"))]
    pub sla: &'a Value,
    /// What is to be done; `null` on a page.
    #[cfg_attr(test, ts(type = "Text | null"))]
    pub task: &'a Value,
}

/// An owner who was picked.
pub struct PickedOwner<'a> {
    /// By what: the company's account, the queue's draw, or the route that names the owner.
    #[cfg_attr(test, ts(type = "PickedBy"))]
    pub by: &'static str,
    /// How to reach the owner; `null` on a page.
    #[cfg_attr(test, ts(type = "Contact | null"))]
    pub contact: &'a Value,
    /// Id of the owner.
    pub id: &'a str,
    /// Whether the owner is there on the next working day; where nobody is, one who is away gets
    /// the lead all the same.
    pub present: bool,
    /// The tests of the territory, and the domain or address that the owner was picked by.
    pub why: Vec<Evidence<'a>>,
}

/// A route that did not match.
pub struct NotMatched<'a> {
    /// Its id.
    pub id: &'a str,
    /// The tests that decided it.
    pub why: Vec<Evidence<'a>>,
}

/// The scorecard of a verdict.
pub struct CardOfVerdict<'a> {
    /// SHA-256 of its content.
    pub hash: &'a str,
    /// Its id.
    pub id: &'a str,
    /// Its revision.
    pub revision: u32,
    /// Whether both teams signed this content.
    pub signed: bool,
}

/// What was derived from the facts; `null` where unknown.
#[derive(Default)]
pub struct Signals {
    /// Place in the decision.
    #[cfg_attr(test, ts(type = "BuyingRole | null"))]
    pub buying_role: Option<String>,
    /// Marketing channel.
    #[cfg_attr(test, ts(type = "Channel | null"))]
    pub channel: Option<String>,
    /// Whole days since the first event.
    pub days_since_first_event: Option<i64>,
    /// Whole days since the last event.
    pub days_since_last_event: Option<i64>,
    /// Departments.
    #[cfg_attr(test, ts(type = "Array<Department> | null"))]
    pub departments: Option<Vec<String>>,
    /// Domain of the email address.
    pub email_domain: Option<String>,
    /// Kind of the email address.
    #[cfg_attr(test, ts(type = "EmailKind | null"))]
    pub email_kind: Option<String>,
    /// Number of events.
    pub event_count: Option<i64>,
    /// Level of the job.
    #[cfg_attr(test, ts(type = "Level | null"))]
    pub seniority: Option<String>,
    /// What else the job title tells.
    #[cfg_attr(test, ts(type = "Array<Flag> | null"))]
    pub title_flags: Option<Vec<String>>,
    /// What the job title tells of the person's situation.
    #[cfg_attr(test, ts(type = "Status | null"))]
    pub title_status: Option<String>,
}

/// The stage of a lead.
pub struct StageOfVerdict<'a> {
    /// Its id.
    pub id: &'a str,
    /// The standard stage that it is.
    #[cfg_attr(test, ts(type = "StageKind"))]
    pub kind: &'static str,
    /// Whether leadfit suggests it; else people set it.
    pub suggested: bool,
    /// The team that owns it.
    #[cfg_attr(test, ts(type = "Team | null"))]
    pub team: Option<&'static str>,
    /// The tests that decided it.
    pub why: Vec<Evidence<'a>>,
}

/// What a job title says.
pub struct Title {
    /// Departments, primary first.
    #[cfg_attr(test, ts(type = "TitleFinding<Department>"))]
    pub departments: TitleFinding,
    /// What else it tells.
    #[cfg_attr(test, ts(type = "Array<Flag>"))]
    pub flags: Vec<&'static str>,
    /// Seniority level, at most one.
    #[cfg_attr(test, ts(type = "TitleFinding<Level>"))]
    pub level: TitleFinding,
    /// What it tells of the person's situation.
    #[cfg_attr(test, ts(type = "Status"))]
    pub status: &'static str,
    /// Part of the primary department.
    pub sub_role: Option<String>,
}

/// What a job title says about one aspect.
#[cfg_attr(test, ts(rename = "TitleFinding<W>"))]
pub struct TitleFinding {
    /// What else the same words may mean.
    #[cfg_attr(test, ts(type = "Array<W>"))]
    pub alternatives: Vec<&'static str>,
    /// How firmly the words settle it.
    #[cfg_attr(test, ts(type = "Certainty"))]
    pub certainty: &'static str,
    /// Percent, 0 to 100.
    pub confidence: u32,
    /// The words of the title that it rests on.
    pub evidence: String,
    /// What holds, primary first; the best guess unless resolved.
    #[cfg_attr(test, ts(type = "Array<W>"))]
    pub values: Vec<&'static str>,
}

/// A criterion whose bin is open.
pub struct UnknownCriterion<'a> {
    /// Most points that it may bring.
    pub high: i64,
    /// Its id.
    pub id: &'a str,
    /// Least points that it may bring.
    pub low: i64,
}

/// What a lead is worth.
pub struct ValueOfVerdict<'a> {
    /// In minor units of the currency.
    pub amount_minor: i64,
    /// How many attempts to reach the lead earn more than they cost: 0 for a disqualified one;
    /// `null` where cost or odds are not stated, and on a page.
    pub break_even_attempts: Option<u32>,
    /// ISO 4217 code.
    pub currency: &'a str,
    /// How it was worked out.
    #[cfg_attr(test, ts(type = "ValueMethod"))]
    pub method: &'static str,
    /// The segment, if any matched.
    pub segment: Option<&'a str>,
}

/// Something odd about a lead, that did not stop the verdict.
pub struct Warning<'a> {
    /// The fact, the aggregate, the calendar, or `events`.
    pub at: &'a str,
    /// What was odd.
    pub code: WarningCode,
    /// What was found, shortened to 80 characters.
    pub found: String,
}
}

impl Verdict<'_> {
    /// Canonical JSON (RFC 8785): the same bytes on every platform.
    pub fn to_json(&self) -> String {
        // Shapes hold nothing that JSON cannot say, so this never fails.
        serde_json::to_string(self).unwrap_or_default()
    }
}
