//! Nothing that is said to be impossible ever happens.
