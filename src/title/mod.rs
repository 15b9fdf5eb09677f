//! Job titles.
