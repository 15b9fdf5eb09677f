//! Signals: facts derived from other facts.
//!
//! Each is a pure function of text that a visitor or a browser gave, so nothing here trusts its
//! input: any text gives an answer, in time linear in its length.

pub mod channel;
mod domains;
pub mod email;
mod sources;
mod table;
pub mod url;
