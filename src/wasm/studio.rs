//! What authors can do beside: check, compile, compare.
