//! The scorecard as its authors write it: text, checked, then compiled to a program.
//!
//! INVARIANT: the running part of the crate knows nothing of this module.

pub mod canonical;
mod check;
pub mod file;
#[cfg(test)]
mod golden;
mod locate;
mod read;
#[cfg(test)]
mod schema;
mod shape;
pub mod standard;

pub use read::{MAX_BYTES, MAX_PROBLEMS, Outcome, read};
