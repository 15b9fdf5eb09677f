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

#[allow(unused_macros, unused_imports)] // until the first vocabulary is declared
mod vocabulary;
#[cfg(target_arch = "wasm32")]
mod wasm;

pub mod problem;
pub mod signals;
pub mod text;
pub mod title;
