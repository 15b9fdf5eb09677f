//! Scores, qualifies and routes a lead in the visitor's own browser, from one scorecard file that
//! marketing and sales both signed.
// Without `std` the page carries no machinery for panics, which it never has.
#![cfg_attr(not(any(feature = "authoring", test)), no_std)]
#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing
    )
)]

extern crate alloc;

pub mod vocabulary;

#[cfg(test)]
mod api;
#[cfg(feature = "authoring")]
pub mod backtest;
#[cfg(feature = "authoring")]
pub mod card;
mod clock;
mod condition;
mod follow_up;
pub mod lead;
#[cfg(feature = "authoring")]
pub mod learn;
#[cfg(feature = "authoring")]
pub mod names;
mod num;
mod owner;
pub mod problem;
pub mod program;
pub mod question;
mod route;
mod score;
#[cfg(feature = "authoring")]
pub mod scorecard;
pub mod signals;
mod situation;
#[cfg(feature = "authoring")]
pub mod table;
pub mod text;
#[cfg(feature = "authoring")]
pub mod texts;
pub mod time;
pub mod title;
pub mod verdict;
mod wire;

#[cfg(all(feature = "dom", target_arch = "wasm32"))]
mod dom;
#[cfg(target_arch = "wasm32")]
mod wasm;
