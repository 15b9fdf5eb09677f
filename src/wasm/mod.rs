//! The only place, beside `dom`, where the crate touches JavaScript.
//!
//! Thin: no branch here depends on a lead or a scorecard. Exported objects are immutable. A call
//! answers with a value or throws the code of a problem as a string; `pkg-config/crossing.js`, the
//! other side of this boundary, turns that into an error with help.

mod page;
#[cfg(feature = "authoring")]
mod studio;
