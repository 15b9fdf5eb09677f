//! What runs: a scorecard after checking and compiling, and its binary form.
//!
//! A [`Program`] knows no text format. Criteria, groups and facts are sorted by id, so that the
//! order in which a scorecard lists them changes nothing; routes, stages, questions and queue
//! members keep their order, which is meaning. One lead, a file of leads, slider moves and
//! training all run on this one form.
//!
//! INVARIANT: every index in a loaded program is in range (`check`), so running it cannot fail.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

mod check;
mod plan;

pub use plan::*;

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
    /// Which scorecard this is.
    pub card: Card,
    /// Facts that the scorecard reads, by id.
    pub facts: Vec<Fact>,
    /// Standard facts that it does not read, so that forms are understood whole.
    pub further: Vec<FactNames>,
    /// What is measured of the events.
    pub measures: Vec<Measure>,
    /// Properties of events that any measure reads, by name.
    pub properties: Vec<String>,
    /// Names of the aggregates that may stand in place of events, by name.
    pub aggregates: Vec<String>,
    /// The single tests of all conditions.
    pub tests: Vec<Test>,
    /// What is scored, by id.
    pub criteria: Vec<Criterion>,
    /// Groups with a common limit, by id.
    pub groups: Vec<Group>,
    /// Limits of fit and engagement.
    pub axis_limits: (Limit, Limit),
    /// What makes a lead no buyer, in the order of the file.
    pub disqualifiers: Vec<Disqualifier>,
    /// Bands of fit and engagement, from the highest.
    pub bands: (Vec<Band>, Vec<Band>),
    /// Stages, from first to last.
    pub stages: Vec<Stage>,
    /// Questions, in the order of the file.
    pub questions: Vec<Question>,
    /// Routes, in the order of the file.
    pub routes: Vec<Route>,
    /// Where leads go that no route matches.
    pub unmatched: Route,
    /// Where disqualified leads go that no route matches.
    pub disqualified: Route,
    /// What a lead is worth, where this program tells it.
    pub value: Option<Value>,
    /// From score to probability.
    pub calibration: Option<Calibration>,
    /// Departments that buy.
    pub target_departments: Vec<Department>,
}

/// Which scorecard a program was compiled from.
pub struct Card {
    /// Id of the scorecard.
    pub id: String,
    /// Its revision.
    pub revision: u32,
    /// SHA-256 of its canonical content in hexadecimal.
    pub hash: String,
    /// Whether both teams signed this content.
    pub signed: bool,
    /// Language of plain texts.
    pub default_language: String,
}

/// A fact.
pub struct Fact {
    /// Its id.
    pub id: String,
    /// Type of its values.
    pub kind: FactType,
    /// Further names under which forms and CRMs send it.
    pub names: Vec<String>,
    /// Allowed values of a choice or of a list's members.
    pub choices: Vec<Choice>,
}

/// A fact that is only known by its names.
pub struct FactNames {
    /// Its id.
    pub id: String,
    /// Further names under which forms and CRMs send it.
    pub names: Vec<String>,
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
    /// What it measures, in words.
    pub name: String,
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
    /// The test in words, for example `company.employees at least 50`.
    pub words: String,
}

/// One thing that is scored.
pub struct Criterion {
    /// Its id.
    pub id: String,
    /// Its axis.
    pub axis: Axis,
    /// Index of its group.
    pub group: Option<u16>,
    /// What is scored.
    pub subject: CriterionSubject,
    /// How a value finds its bin.
    pub finder: Finder,
    /// Names and points of the bins.
    pub bins: Vec<Bin>,
    /// Points where the bin is unknown.
    pub unknown: i32,
    /// Its own limit.
    pub limit: Limit,
    /// Ages in milliseconds up to which 64, 63, … 1 of 64 parts remain; empty without decay.
    pub decay: Vec<i64>,
}

/// A bin.
pub struct Bin {
    /// Its label, or its range or values in words.
    pub name: String,
    /// What it earns.
    pub points: i32,
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
    /// Its id.
    pub id: String,
    /// Its axis.
    pub axis: Axis,
    /// Its limit.
    pub limit: Limit,
}

/// What makes a lead no buyer.
pub struct Disqualifier {
    /// Its id.
    pub id: String,
    /// Its reason as canonical JSON; `null` in a program for pages.
    pub reason: String,
    /// When it applies.
    pub when: Condition,
}

/// A band.
pub struct Band {
    /// Its name.
    pub name: String,
    /// Least points; the last band has none.
    pub from: Option<i32>,
}

/// A stage.
pub struct Stage {
    /// Its id.
    pub id: String,
    /// What it is.
    pub kind: StageKind,
    /// The team that owns it.
    pub team: Team,
    /// When leadfit suggests it.
    pub when: Option<Condition>,
}

/// A question.
pub struct Question {
    /// Its id.
    pub id: String,
    /// Index of the fact that it settles.
    pub fact: u16,
    /// When it applies.
    pub when: Option<Condition>,
    /// Whether the form cannot be sent without an answer.
    pub required: bool,
    /// Forms that ask it; all where empty.
    pub forms: Vec<String>,
    /// Answers to choose from.
    pub options: Vec<QuestionOption>,
    /// Label, help, field and options as canonical JSON, for the form.
    pub view: String,
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

/// Where a lead goes.
pub struct Route {
    /// Its id.
    pub id: String,
    /// When it matches; a fallback always does.
    pub when: Option<Condition>,
    /// Whether it is for disqualified leads only.
    pub for_disqualified: bool,
    /// What the page does next, as canonical JSON.
    pub action: String,
    /// Who follows up by when, as canonical JSON.
    pub follow_up: String,
}

/// What a lead is worth.
pub struct Value {
    /// ISO 4217 code of the currency.
    pub currency: String,
    /// Whether the calibrated probability takes the place of the close rate.
    pub calibrated: bool,
    /// Segments in the order of the file.
    pub segments: Vec<Segment>,
    /// For leads of no segment.
    pub otherwise: Worth,
}

/// A segment of leads.
pub struct Segment {
    /// Its id.
    pub id: String,
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

impl Program {
    /// Reads a compiled scorecard.
    ///
    /// # Errors
    /// Anything but the bytes that [`Program::to_bytes`] of this version gives is a [`LoadFault`];
    /// no bytes make it panic.
    pub fn from_bytes(bytes: &[u8]) -> Result<Program, LoadFault> {
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
        Self::read_whole(body).map_err(|Damaged| LoadFault::NotAProgram)
    }

    fn read_whole(body: &[u8]) -> Result<Program, Damaged> {
        let mut input = Input::new(body);
        let program = Program::read(&mut input);
        let program = input.finish(program)?;
        check::check(&program)?;
        Ok(program)
    }

    /// The binary form.
    #[cfg(feature = "authoring")]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        bytes.push(FORMAT);
        self.write(&mut bytes);
        bytes
    }

    /// Index of the fact with this id.
    pub fn fact(&self, id: &str) -> Option<usize> {
        self.facts
            .binary_search_by(|fact| fact.id.as_str().cmp(id))
            .ok()
    }
}
