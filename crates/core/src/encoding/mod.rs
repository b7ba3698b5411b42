//! Every encoding rule once: JSON with one spelling, text, bytes as text, time, and each limit with its reason.
//!
//! What this is not: it knows no statement, no ledger and no file. It answers one question: is this the one
//! spelling of that value?

pub mod bytes;
pub(crate) mod defect;
pub mod json;
pub mod limits;
pub mod name;
pub(crate) mod spelled;
pub mod text;
pub mod time;

pub use crate::encoding::defect::{Defect, DefectCode};

#[cfg(test)]
mod tests;
