//! The scorecard as its authors write it: text, checked, then compiled to a program.
//!
//! INVARIANT: the running part of the crate knows nothing of this module.

pub mod diff;
pub mod file;
#[cfg(test)]
mod samples;
pub(crate) mod words;
