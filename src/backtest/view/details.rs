//! What only a look at every lead tells: owners, channels, bins, and who moved.

use serde::Serialize;

use crate::backtest::wording::Outcome;

/// What takes a look at every lead.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Details {
    /// By owner, as the file names them.
    pub owners: Vec<Part>,
    /// By channel.
    pub channels: Vec<Part>,
    /// By criterion and bin; unknown last.
    pub bins: Vec<Bins>,
    /// Who moved, against the revision that is compared with.
    pub moves: Option<Moves>,
}

/// Leads of one owner or one channel.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Part {
    /// Its name.
    pub name: String,
    /// All its leads.
    pub leads: u64,
    /// Those that are qualified.
    pub qualified: u64,
    /// Those that were won.
    pub won: u64,
    /// Revenue of those, in minor units.
    pub revenue: i64,
    /// What its leads cost, in minor units.
    pub cost: i64,
    /// Expected value of its qualified leads, in minor units.
    pub value: f64,
}

/// Leads by bin of a criterion.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Bins {
    /// Its id.
    pub id: String,
    /// Leads by outcome and revenue, by bin; unknown last.
    pub counts: Vec<([u64; 4], i64)>,
}

/// Who moved.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Moves {
    /// From stage to stage: ids, leads, won, revenue in minor units.
    pub stages: Vec<StageMove>,
    /// The leads that moved most, by change of score.
    pub top: Vec<LeadMove>,
    /// Leads whose route changed.
    pub routes: u64,
}

/// Leads that moved from a stage to another.
#[derive(Clone, Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct StageMove {
    /// Id of the stage before.
    pub from: String,
    /// Id of the stage now.
    pub to: String,
    /// How many.
    pub leads: u64,
    /// How many of them were won.
    pub won: u64,
    /// Revenue of those, in minor units.
    pub revenue: i64,
}

/// A lead that moved.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LeadMove {
    /// Its row, from 0.
    pub row: usize,
    /// What it is called.
    pub name: String,
    /// Score, stage and route before.
    pub before: (i32, String, String),
    /// Score, stage and route now.
    pub after: (i32, String, String),
    /// What became of it.
    pub outcome: Outcome,
}
