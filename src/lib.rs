//! Scores, qualifies and routes a lead in the visitor's own browser, from one scorecard file that
//! marketing and sales both signed.
#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing
    )
)]

mod vocabulary;

pub mod problem;
pub mod signals;
pub mod text;
pub mod title;
