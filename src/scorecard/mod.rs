//! The scorecard as its authors write it: text, checked, then compiled to a program.
//!
//! INVARIANT: the running part of the crate knows nothing of this module.

mod break_even;
pub mod canonical;
mod check;
pub mod compile;
pub mod diff;
pub mod file;
#[cfg(test)]
mod golden;
mod locate;
mod nearest;
mod prove;
mod read;
#[cfg(test)]
mod reference;
#[cfg(test)]
mod samples;
#[cfg(test)]
pub(crate) use samples::followed_up;
#[cfg(test)]
mod schema;
mod shape;
mod sizes;
pub mod standard;
pub(crate) mod words;

pub use compile::Audience;
pub use diff::Change;
pub(crate) use nearest::nearest;
pub use read::{MAX_BYTES, MAX_PROBLEMS, Outcome, read};

use crate::problem::Problem;

/// What checking the text of a scorecard tells.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Checked {
    /// All that is wrong, by place in the text: errors, and warnings that do not block.
    pub problems: Vec<Problem>,
    /// Which scorecard it is; `null` where a problem is an error.
    pub card: Option<CheckedCard>,
}

/// Which scorecard was checked.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct CheckedCard {
    /// SHA-256 of its content, without the agreement: what signatures are over.
    pub hash: String,
    /// Its id.
    pub id: String,
    /// Its revision.
    pub revision: u32,
    /// Whether both teams signed this content.
    pub signed: bool,
}

/// Reads and checks the text of a scorecard.
pub fn check(text: &str) -> Checked {
    let Outcome {
        scorecard,
        problems,
    } = read(text);
    let card = scorecard.map(|card| CheckedCard {
        hash: canonical::content_hash(&card),
        signed: canonical::signed(&card),
        id: card.id,
        revision: card.revision,
    });
    Checked { problems, card }
}

/// Reads, checks and compiles the text of a scorecard.
///
/// # Errors
/// All that is wrong, warnings included, where anything is an error.
pub fn compile(text: &str, audience: Audience) -> Result<Vec<u8>, Vec<Problem>> {
    let Outcome {
        scorecard,
        problems,
    } = read(text);
    let card = scorecard.ok_or(problems)?;
    compile::compile(&card, audience).map_err(|problem| vec![problem])
}

/// What changed between the texts of two scorecards.
///
/// # Errors
/// The problems of the first of the two that has errors.
pub fn diff(old: &str, new: &str) -> Result<Vec<Change>, Vec<Problem>> {
    let card = |text| {
        let Outcome {
            scorecard,
            problems,
        } = read(text);
        scorecard.ok_or(problems)
    };
    Ok(diff::diff(&card(old)?, &card(new)?))
}
