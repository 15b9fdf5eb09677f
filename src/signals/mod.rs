//! Signals: facts derived from other facts.
