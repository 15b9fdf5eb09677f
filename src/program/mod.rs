//! What runs: a scorecard after checking and compiling, and its binary form.
//!
//! A [`Program`] knows no text format and holds no text that only people read: ids, labels and
//! descriptions stand in the texts of the compiled card, by the same index. Criteria, groups and
//! facts are sorted by id, so that the order in which a scorecard lists them changes nothing;
//! routes, stages, questions and queue members keep their order, which is meaning. One lead, a
//! file of leads, slider moves and training all run on this one form.
//!
//! INVARIANT: every index in a loaded program is in range (`check`), so running it cannot fail.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

mod check;
mod people;

pub use people::*;

use crate::signals::Signal;
use crate::title::Department;
use crate::vocabulary::vocabulary;
use crate::wire::{Damaged, Input, Wire, wire_enum, wire_struct};

/// Number of the binary form that this version writes. It reads this one only; from the first
/// release on it reads all older ones of its major version.
pub const FORMAT: u8 = 1;
/// Largest compiled scorecard in bytes.
pub const MAX_BYTES: usize = 256 * 1024;
/// Most bins of one criterion: they fit into one mask.
pub const MAX_BINS: usize = 64;
/// In place of a bin: no bin has this value.
pub const NO_BIN: u8 = u8::MAX;
const MAGIC: &[u8; 4] = b"\0lft";

vocabulary! {
    /// What points tell: who they are, or what they did.
    pub enum Axis {
        /// Who they are.
        Fit = "fit",
        /// What they did.
        Engagement = "engagement",
    }
}

vocabulary! {
    /// A team that owns stages and signs agreements.
    pub enum Team {
        /// Marketing.
        Marketing = "marketing",
        /// Sales.
        Sales = "sales",
    }
}

vocabulary! {
    /// The standard lifecycle stages.
    pub enum StageKind {
        /// Gave an address, no more.
        Subscriber = "subscriber",
        /// Known by name.
        Lead = "lead",
        /// Qualified by marketing.
        Mql = "mql",
        /// Qualified by use of the product.
        Pql = "pql",
        /// Accepted by sales.
        Sal = "sal",
        /// Qualified by sales.
        Sql = "sql",
        /// A deal is open.
        Opportunity = "opportunity",
        /// Bought.
        Customer = "customer",
        /// Given back to marketing.
        Recycled = "recycled",
        /// No buyer.
        Disqualified = "disqualified",
    }
}

impl StageKind {
    /// Whether leadfit may suggest such a stage; the others are for people.
    pub fn is_suggested(self) -> bool {
        matches!(self, Self::Subscriber | Self::Lead | Self::Mql | Self::Pql)
    }
}

vocabulary! {
    /// What must be certain before a form asks no more.
    pub enum AskUntil {
        /// The route, and among whom its follow-up is dealt.
        Route = "route",
        /// The stage too.
        Stage = "stage",
    }
}

vocabulary! {
    /// The type of a fact's values.
    pub enum FactType {
        /// Any text up to 8,192 bytes.
        Text = "text",
        /// A number, or a range of numbers such as `{"from": 51, "to": 201}` or `"51-200"`.
        Number = "number",
        /// Yes or no.
        Boolean = "boolean",
        /// One of the fact's `choices`.
        Choice = "choice",
        /// Several of the fact's `choices`, or several texts where it has none.
        List = "list",
        /// A date or a date with time (RFC 3339).
        Date = "date",
    }
}

wire_struct! {
/// A compiled scorecard.
pub struct Program {
    /// Facts that the scorecard reads, by id.
    pub facts: Vec<Fact>,
    /// Where the facts stand that every lead is read for.
    pub standard: StandardFacts,
    /// Number of properties of events that any measure reads.
    pub properties: u16,
    /// Number of aggregates that may stand in place of events.
    pub aggregates: u16,
    /// What is measured of the events.
    pub measures: Vec<Measure>,
    /// The single tests of all conditions.
    pub tests: Vec<Test>,
    /// What is scored, by id.
    pub criteria: Vec<Criterion>,
    /// Groups with a common limit, by id.
    pub groups: Vec<Group>,
    /// Limits of fit and engagement.
    pub axes: (Limit, Limit),
    /// Places of the names of fit and engagement among all ids, as for criteria.
    pub axis_ranks: (u16, u16),
    /// What makes a lead no buyer, in the order of the file.
    pub disqualifiers: Vec<Condition>,
    /// Least points of the bands of fit and engagement, from the highest; the last has none.
    pub bands: (Vec<Option<i32>>, Vec<Option<i32>>),
    /// Stages, from first to last.
    pub stages: Vec<Stage>,
    /// Questions, in the order of the file.
    pub questions: Vec<Question>,
    /// Routes, in the order of the file. In the texts two more follow: where leads go that no
    /// route matches, and where such leads go if they are disqualified.
    pub routes: Vec<Route>,
    /// What a lead is worth, where this program tells it.
    pub value: Option<Value>,
    /// From score to probability.
    pub calibration: Option<Calibration>,
    /// Departments that buy.
    pub target_departments: Vec<Department>,
    /// Who follows up.
    pub people: People,
    /// What must be certain before no more is asked.
    pub ask_until: AskUntil,
}

/// A fact.
pub struct Fact {
    /// Type of its values.
    pub kind: FactType,
    /// Allowed values of a choice or of a list's members.
    pub choices: Vec<Choice>,
}

/// Indices of the facts that every lead is read for.
pub struct StandardFacts {
    /// `attribution.campaign`
    pub campaign: u16,
    /// `attribution.clickId`
    pub click_id: u16,
    /// `attribution.landingPage`
    pub landing_page: u16,
    /// `attribution.medium`
    pub medium: u16,
    /// `attribution.referrer`
    pub referrer: u16,
    /// `attribution.source`
    pub source: u16,
    /// `buyingRole`
    pub buying_role: u16,
    /// `company.domain`
    pub domain: u16,
    /// `company.employees`
    pub employees: u16,
    /// `department`
    pub department: u16,
    /// `email`
    pub email: u16,
    /// `jobTitle`
    pub job_title: u16,
    /// `seniority`
    pub seniority: u16,
    /// `stage`
    pub stage: u16,
}

/// An allowed value.
pub struct Choice {
    /// The value.
    pub value: String,
    /// Folded spellings that stand for it.
    pub spellings: Vec<String>,
}

/// What is measured of the events.
pub struct Measure {
    /// Types of the events that count.
    pub types: Vec<String>,
    /// Tests of properties, by index of the property; all must hold.
    pub filter: Vec<(u16, Check)>,
    /// Only events at most so old count, in milliseconds.
    pub within: Option<i64>,
    /// What is counted.
    pub of: MeasureOf,
    /// Index of the aggregate that may stand in its place.
    pub aggregate: Option<u16>,
}

/// A single test.
pub struct Test {
    /// What is tested.
    pub subject: Subject,
    /// How.
    pub check: Check,
    /// Index of its words; tests that one sentence describes share them.
    pub words: u16,
}

/// One thing that is scored.
pub struct Criterion {
    /// Place of its id among those of all criteria and groups and the names of the axes.
    pub rank: u16,
    /// Its axis.
    pub axis: Axis,
    /// Index of its group.
    pub group: Option<u16>,
    /// What is scored.
    pub subject: CriterionSubject,
    /// How a value finds its bin.
    pub finder: Finder,
    /// Points of the bins.
    pub bins: Vec<i32>,
    /// Points where the bin is unknown.
    pub unknown: i32,
    /// Its own limit.
    pub limit: Limit,
    /// Ages in milliseconds up to which 64, 63, … 1 of 64 parts remain; empty without decay.
    pub decay: Vec<i64>,
}

/// Bins of numbers.
pub struct NumberBins {
    /// Exact values, ascending, and their bins.
    pub exact: Vec<(f64, u8)>,
    /// Edges, ascending.
    pub edges: Vec<f64>,
    /// The bin below the first edge, between each two, and from the last on.
    pub bins: Vec<u8>,
}

/// Bins of yes and no.
pub struct BooleanBins {
    /// The bin of yes.
    pub yes: u8,
    /// The bin of no.
    pub no: u8,
}

/// Bins of texts.
pub struct TextBins {
    /// Texts, sorted, and their bins.
    pub values: Vec<(String, u8)>,
    /// The bin of all other texts.
    pub otherwise: Option<u8>,
}

/// Bins of lists of choices: the first whose set has a member in the list.
pub struct ListBins {
    /// Sets of choices as masks, in the order of the file, and their bins.
    pub sets: Vec<(u64, u8)>,
    /// The bin of all other lists.
    pub otherwise: Option<u8>,
}

/// Least and most points.
pub struct Limit {
    /// Least points.
    pub min: Option<i32>,
    /// Most points.
    pub max: Option<i32>,
}

/// A group with a common limit.
pub struct Group {
    /// Place of its id, as for criteria.
    pub rank: u16,
    /// Its axis.
    pub axis: Axis,
    /// Its limit.
    pub limit: Limit,
}

/// A stage.
pub struct Stage {
    /// What it is.
    pub kind: StageKind,
    /// When leadfit suggests it.
    pub when: Option<Condition>,
}

/// A question.
pub struct Question {
    /// Index of the fact that it settles.
    pub fact: u16,
    /// When it applies.
    pub when: Option<Condition>,
    /// Answers to choose from.
    pub options: Vec<QuestionOption>,
    /// Whether the form cannot be sent without an answer.
    pub required: bool,
}

/// An answer to choose from.
pub struct QuestionOption {
    /// The value as it stands in a form.
    pub value: String,
    /// The range that it means for a number fact.
    pub range: Option<(f64, f64)>,
    /// Share of visitors who answer so, in millionths.
    pub share: Option<u32>,
    /// Further facts, by index, and the values that they get.
    pub sets: Vec<(u16, String)>,
}

/// A route that leads go by if they match.
pub struct Route {
    /// When it matches.
    pub when: Condition,
    /// Whether it is for disqualified leads only.
    pub for_disqualified: bool,
}

/// What a lead is worth.
pub struct Value {
    /// Whether the calibrated probability takes the place of the close rate.
    pub calibrated: bool,
    /// Segments in the order of the file.
    pub segments: Vec<Segment>,
    /// For leads of no segment.
    pub otherwise: Worth,
}

/// A segment of leads.
pub struct Segment {
    /// When a lead belongs to it.
    pub when: Condition,
    /// What its leads are worth.
    pub worth: Worth,
}

/// Close rate and revenue.
pub struct Worth {
    /// Close rate in millionths.
    pub close_rate: u32,
    /// Average revenue in minor units of the currency.
    pub average_revenue: u64,
}

/// From score to probability: 1 / (1 + exp(-(a + g · score))).
pub struct Calibration {
    /// Intercept.
    pub a: f64,
    /// Slope per point.
    pub g: f64,
}

/// At least `n` of several conditions.
pub struct AtLeast {
    /// How many must hold.
    pub n: u32,
    /// The conditions.
    pub of: Vec<Condition>,
}

/// An interval of numbers.
pub struct Interval {
    /// Least number, if any.
    pub min: Option<f64>,
    /// Whether `min` itself is left out.
    pub above: bool,
    /// Most number, if any.
    pub max: Option<f64>,
    /// Whether `max` itself is left out.
    pub below: bool,
}
}

wire_enum! {
    /// A condition in three-valued logic.
    pub enum Condition {
        /// All hold.
        0 = All(Vec<Condition>),
        /// One holds.
        1 = Any(Vec<Condition>),
        /// It does not hold.
        2 = Not(Box<Condition>),
        /// At least so many hold.
        3 = AtLeast(AtLeast),
        /// The test of this index holds.
        4 = Test(u16),
    }
}

wire_enum! {
    /// What is tested.
    pub enum Subject {
        /// The fact of this index.
        0 = Fact(u16),
        /// A signal.
        1 = Signal(Signal),
        /// Days since the date in the fact of this index.
        2 = DaysSince(u16),
        /// The measure of this index.
        3 = Measure(u16),
        /// Fit + engagement.
        4 = Score,
        /// Points of an axis.
        5 = Points(Axis),
        /// Band of an axis.
        6 = Band(Axis),
        /// The stage.
        7 = Stage,
    }
}

wire_enum! {
    /// What a criterion scores.
    pub enum CriterionSubject {
        /// A value that finds its bin.
        0 = Value(Subject),
        /// Whether a condition holds: bin 0 is true, bin 1 false.
        1 = Condition(Condition),
        /// Every event of the measure of this index earns the points of bin 0.
        2 = PerEvent(u16),
    }
}

wire_enum! {
    /// How a value is tested.
    pub enum Check {
        /// A number inside an interval.
        0 = Within(Interval),
        /// One of these numbers.
        1 = Numbers(Vec<f64>),
        /// One of these choices by index, ascending; of a list: a member is.
        2 = Choices(Vec<u16>),
        /// One of these texts; of a list: a member is.
        3 = Texts(Vec<String>),
        /// Holds one of these folded texts.
        4 = Contains(Vec<String>),
        /// Holds one of these folded texts as whole words.
        5 = ContainsWord(Vec<String>),
        /// Starts with one of these folded texts.
        6 = StartsWith(Vec<String>),
        /// Ends with one of these folded texts.
        7 = EndsWith(Vec<String>),
        /// Is this boolean.
        8 = Is(bool),
        /// Is known, or is not.
        9 = Known(bool),
    }
}

wire_enum! {
    /// What is counted of the events.
    pub enum MeasureOf {
        /// How many.
        0 = Count,
        /// How many different values of the property of this index.
        1 = Distinct(u16),
        /// Days since the last.
        2 = DaysSinceLast,
    }
}

wire_enum! {
    /// How a value finds its bin.
    pub enum Finder {
        /// By number.
        0 = Numbers(NumberBins),
        /// By choice: the bin of each choice by index.
        1 = Choices(Vec<u8>),
        /// By text.
        2 = Texts(TextBins),
        /// By member of a list.
        3 = Lists(ListBins),
        /// By yes or no.
        4 = Booleans(BooleanBins),
        /// By truth of a condition: true is bin 0, false is bin 1.
        5 = Truth,
        /// Every event earns the points of bin 0.
        6 = PerEvent,
    }
}

/// Why bytes were not taken as a compiled scorecard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LoadFault {
    /// They are none, or damaged.
    NotAProgram,
    /// A newer version made them.
    TooNew,
    /// They are larger than [`MAX_BYTES`].
    TooLarge,
}

impl StandardFacts {
    /// What the channel is read from: source, medium, campaign, referrer, landing page, click id.
    pub fn touch(&self) -> [u16; 6] {
        [
            self.source,
            self.medium,
            self.campaign,
            self.referrer,
            self.landing_page,
            self.click_id,
        ]
    }
}

impl Program {
    /// Reads the program of a compiled scorecard.
    ///
    /// # Errors
    /// Anything but what [`Program::to_bytes`] of this version gives, and what may follow it, is a
    /// [`LoadFault`]; no bytes make it panic.
    pub fn from_bytes(bytes: &[u8]) -> Result<Program, LoadFault> {
        parts(bytes).and_then(|(program, _)| {
            Self::read_whole(program).map_err(|Damaged| LoadFault::NotAProgram)
        })
    }

    fn read_whole(body: &[u8]) -> Result<Program, Damaged> {
        let mut input = Input::new(body);
        let program = Program::read(&mut input);
        let program = input.finish(program)?;
        check::check(&program)?;
        Ok(program)
    }

    /// The binary form: mark, format, length of the program (u32, little-endian), the program.
    /// In a compiled scorecard its texts follow.
    #[cfg(feature = "authoring")]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut body = Vec::new();
        self.write(&mut body);
        let length = u32::try_from(body.len()).unwrap_or(u32::MAX);
        [MAGIC, &[FORMAT][..], &length.to_le_bytes(), &body].concat()
    }

    /// Index in the texts of the route for leads that no route matches.
    pub fn fallback(&self, is_disqualified: bool) -> usize {
        self.routes.len() + usize::from(is_disqualified)
    }
}

impl Question {
    /// The option with this value.
    pub fn option(&self, value: &str) -> Option<&QuestionOption> {
        self.options.iter().find(|option| option.value == value)
    }
}

/// The program and the texts in a compiled scorecard.
///
/// # Errors
/// What is no compiled scorecard of this version.
pub fn parts(bytes: &[u8]) -> Result<(&[u8], &[u8]), LoadFault> {
    if bytes.len() > MAX_BYTES {
        return Err(LoadFault::TooLarge);
    }
    let (&format, body) = bytes
        .strip_prefix(MAGIC)
        .and_then(<[u8]>::split_first)
        .ok_or(LoadFault::NotAProgram)?;
    if format > FORMAT {
        return Err(LoadFault::TooNew);
    }
    let (length, body) = body.split_first_chunk().ok_or(LoadFault::NotAProgram)?;
    body.split_at_checked(u32::from_le_bytes(*length) as usize)
        .ok_or(LoadFault::NotAProgram)
}
