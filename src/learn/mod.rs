//! Learning: points proposed from the outcomes of past leads.
//!
//! 1. Values fall into bins: those of the scorecard, or new ones ([`bins`]).
//! 2. A smooth additive logistic regression on the bins, with present points as its prior mean and
//!    smoothing chosen by the data ([`fit`]).
//! 3. The nearest card of whole points ([`project`]), declared directions held exactly.
//! 4. From its score to a probability ([`calibrate`]), how sure all that is ([`error`]), and how
//!    good on leads that were not fitted to ([`study`], [`measure`]).
//! 5. A [`proposal::Proposal`], which is never applied by itself ([`accept()`]).
//!
//! INVARIANT: the running part of the crate knows nothing of this module. The same leads give the
//! same bytes on every platform: no clock, no randomness, `libm` for what is more than arithmetic,
//! sums in a fixed order.

pub mod accept;
pub mod bins;
pub mod calibrate;
pub mod column;
pub mod describe;
pub mod emit;
pub mod error;
pub mod feature;
pub mod fit;
pub mod gram;
mod history;
mod leak;
mod limits;
mod math;
pub mod measure;
pub mod model;
pub mod newton;
mod pairs;
pub mod plain;
mod prepare;
pub mod project;
pub mod proposal;
mod propose;
pub mod sheet;
pub mod slope;
mod smooth;
pub mod study;
mod task;

pub use accept::accept;
pub use task::{Options, Task};

#[cfg(test)]
mod tests;
