//! Copies between ledgers.

pub mod fixture;
