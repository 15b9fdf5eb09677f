//! What learning proposes: points with their evidence, and what they would change.

use serde::{Deserialize, Serialize};

use crate::scorecard::file::{Calibration, Criterion, Fact};

/// Declares a shape of the proposal: camelCase, read back by `accept`, typed for JavaScript.
macro_rules! shape {
    ($($item:item)+) => { $(
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        #[cfg_attr(test, derive(ts_rs::TS), ts(rename_all = "camelCase"))]
        $item
    )+ };
}

shape! {
/// Points that outcomes propose. Nothing is applied by itself.
pub struct Proposal {
    /// What it was learned from.
    pub learned_from: LearnedFrom,
    /// How much the outcomes tell at all.
    pub signal: LearnedSignal,
    /// Criteria with their points, the weightiest first.
    pub criteria: Vec<CriterionProposal>,
    /// What was measured on leads that were not fitted to; `null` where there are too few.
    pub measured: Option<Measured>,
    /// From score to probability, with all proposed points.
    pub calibration: CalibrationProposal,
    /// Leads at the MQL threshold, where the scorecard has one.
    pub volume: Option<Volume>,
    /// Money, where amounts are known.
    pub money: Option<Money>,
    /// What may be known only after the outcome, in words.
    pub leaks: Vec<Leak>,
    /// What sales said of rejected leads, by criterion.
    pub feedback: Vec<Feedback>,
    /// All that an author should know besides, in words.
    pub notes: Vec<String>,
    /// Everything above in plain words, as lines of text.
    pub report: String,
}

/// What a proposal was learned from.
pub struct LearnedFrom {
    /// Leads that were won.
    pub won: u32,
    /// Leads that were lost.
    pub lost: u32,
    /// Leads without an outcome yet.
    pub open: u32,
    /// Leads too young to be judged: left out, won or lost.
    pub immature: u32,
    /// Leads that count: what they weigh together, as so many leads of equal weight.
    pub effective: f64,
    /// Days after which the weight of a lead has halved; `null` where all count alike.
    pub half_life_days: Option<f64>,
    /// Share of the proposal that is present points and not outcomes, from 0 to 1.
    pub prior: f64,
}

/// How much the outcomes tell.
pub struct LearnedSignal {
    /// `none`, `weak` or `clear`.
    pub strength: Strength,
    /// Share of the log-loss that the proposed points explain, on leads that were not fitted to.
    pub explained: f64,
    /// Its 90 % interval.
    pub interval: [f64; 2],
}

/// One criterion of a proposal.
pub struct CriterionProposal {
    /// Its id.
    pub id: String,
    /// Its name for people.
    pub label: String,
    /// Whether the scorecard does not have it yet.
    pub added: bool,
    /// How far it spreads leads: the standard deviation of its points.
    pub weight: f64,
    /// Its bins.
    pub bins: Vec<BinProposal>,
    /// The whole criterion, where it is new.
    #[cfg_attr(test, ts(type = "ScorecardFile.Criterion | null"))]
    pub criterion: Option<Criterion>,
    /// The facts that a new criterion is on, where they have to be declared.
    #[cfg_attr(test, ts(type = "Array<ScorecardFile.Fact>"))]
    pub facts: Vec<Fact>,
}

/// One bin of a proposal.
pub struct BinProposal {
    /// Which one it is: a place among the bins of the criterion.
    pub place: BinPlace,
    /// The bin in words.
    pub label: String,
    /// Present points; `null` where the criterion is new.
    pub old: Option<i32>,
    /// Proposed points.
    pub points: i32,
    /// 90 % interval of the points; `null` for the bin that the others are measured against.
    pub interval: Option<[f64; 2]>,
    /// Leads with an outcome in this bin, by weight.
    pub leads: f64,
    /// How many of them were won, by weight.
    pub won: f64,
    /// Share of the points that outcomes decided; the rest is the present points, or caution.
    pub evidence: f64,
    /// Why, in plain words.
    pub why: String,
}

/// Measures of the present and of the proposed points.
pub struct Measured {
    /// Whether they were fitted to earlier leads and measured on later ones; else parts were held out
    /// in turn.
    pub forward: bool,
    /// Leads that were measured on.
    pub leads: u32,
    /// Share of the leads that sales can take up, for `recall`.
    pub capacity: f64,
    /// The present points; `null` where there are none.
    pub present: Option<Measures>,
    /// The proposed points.
    pub proposed: Measures,
    /// 90 % interval of the log-loss that the proposal takes off; `null` without present points.
    pub gain: Option<[f64; 2]>,
}

/// How good points are.
pub struct Measures {
    /// Chance that a won lead ranks above a lost one.
    pub auc: f64,
    /// Mean log-loss of the probabilities.
    pub log_loss: f64,
    /// Expected calibration error.
    pub calibration_error: f64,
    /// Share of all wins among the best leads that sales can take up.
    pub recall: f64,
    /// Share of all money won among the best leads that sales can take up; `null` where amounts are
    /// not known.
    pub money_recall: Option<f64>,
}

/// From score to probability.
pub struct CalibrationProposal {
    /// What the scorecard would hold.
    #[cfg_attr(test, ts(type = "ScorecardFile.Calibration"))]
    pub curve: Calibration,
    /// Leads in tenths by probability, held out where that was possible.
    pub tenths: Vec<TenthProposal>,
    /// Half of the 90 % interval of the probability of a typical lead; `null` where unknown.
    pub typical_error: Option<f64>,
}

/// A tenth of the leads.
pub struct TenthProposal {
    /// Leads, by weight.
    pub leads: f64,
    /// Share that the curve predicts.
    pub predicted: f64,
    /// Share that was won.
    pub observed: f64,
    /// 90 % interval of the observed share.
    pub interval: [f64; 2],
}

/// Leads at a threshold.
pub struct Volume {
    /// Share of the leads that are suggested as MQL with the present points.
    pub present: f64,
    /// The same with the proposed points and the same thresholds.
    pub proposed: f64,
    /// The present threshold on the score, where there is one.
    pub threshold: Option<i32>,
    /// The threshold that keeps the present share, with the proposed points.
    pub keeps: Option<i32>,
}

/// Expected money.
pub struct Money {
    /// Money won among the leads that were held out, as the amounts have it.
    pub won: f64,
    /// What the probabilities promised of it.
    pub expected: f64,
    /// 90 % interval of what was promised: chance of each lead, and how sure the points are.
    pub interval: [f64; 2],
    /// What the open leads promise; `null` where none are open.
    pub open: Option<f64>,
    /// Its 90 % interval.
    pub open_interval: Option<[f64; 2]>,
}

/// A column that may be known only after the outcome.
pub struct Leak {
    /// The criterion or column.
    pub id: String,
    /// Why, in plain words.
    pub why: String,
}

/// One reason for which sales rejected leads.
pub struct Feedback {
    /// The reason as it was given.
    pub reason: String,
    /// Leads that were rejected for it.
    pub leads: u32,
    /// The criterion in whose bin they are over-represented most.
    pub criterion: Option<String>,
    /// In plain words.
    pub words: String,
}

/// What to take over of a proposal.
#[derive(Eq)]
pub enum Accepted {
    /// Everything, and the calibration.
    All,
    /// One criterion, by id.
    Criterion(String),
    /// One bin of a criterion.
    Bin(BinChoice),
}

/// One bin of a criterion.
#[derive(Eq)]
pub struct BinChoice {
    /// The criterion, by id.
    pub criterion: String,
    /// The bin.
    pub place: BinPlace,
}

/// Where points stand in a criterion.
#[derive(Copy, Eq)]
pub enum BinPlace {
    /// The bin of this index.
    Bin(u16),
    /// Where its condition holds.
    True,
    /// Where its condition does not hold.
    False,
    /// Where it is unknown which bin applies.
    Unknown,
}
}

crate::vocabulary::vocabulary! {
    /// How much outcomes tell.
    pub enum Strength {
        /// Nothing that chance would not tell as well.
        None = "none",
        /// Hardly any signal: under a twentieth of the log-loss.
        Weak = "weak",
        /// A clear signal.
        Clear = "clear",
    }
}
