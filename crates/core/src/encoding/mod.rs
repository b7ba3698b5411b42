//! Every encoding rule, once: canonical JSON, text, bytes as text, time, and each limit with its reason.
//!
//! What this is not: it knows no statement, ledger or file. It answers one question: are these bytes the only valid
//! encoding of that value?

pub mod bytes;
pub(crate) mod defect;
pub mod foreign;
pub mod json;
pub mod limits;
pub mod millis;
pub mod name;
pub(crate) mod spelled;
pub(crate) mod schema;
pub mod text;
pub mod time;
pub mod unicode;

pub use crate::encoding::defect::{Defect, DefectCode};

#[cfg(test)]
mod tests;
