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

pub mod vocabulary;

pub mod problem;
mod num;
mod time;
pub mod text;
pub mod json;
pub mod lead;
pub mod title;
pub mod signals;
pub mod program;
mod condition;
mod situation;
mod score;
mod route;
pub mod verdict;
#[cfg(feature = "authoring")]
pub mod scorecard;

#[cfg(all(feature = "dom", target_arch = "wasm32"))]
mod dom;
#[cfg(target_arch = "wasm32")]
mod wasm;
