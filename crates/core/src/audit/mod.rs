//! Checks everything again, trusting nothing: from the bytes of a place to a report of what was seen.
//!
//! What this is not: it needs no private key, no lock and no index, and it changes nothing. It returns all findings,
//! with their entry or file, and says what it did *not* check.

pub(crate) mod bundles;

pub mod finding;
pub(crate) mod ledger;
pub(crate) mod options;
pub(crate) mod other_ledgers;
pub(crate) mod replay;
pub mod report;
pub(crate) mod run;
pub(crate) mod snapshots;
pub mod tiles;
pub(crate) mod witnesses;

pub use crate::audit::finding::{Finding, FindingCode, Severity};
pub use crate::audit::ledger::AuditedLedger;
pub use crate::audit::options::Options;
pub use crate::audit::other_ledgers::Peer;
pub use crate::audit::report::{Report, Trust};
pub use crate::audit::run::{audit, run, run_beside};

use crate::log::{self, ReadError};
use crate::tlog;

/// Why the audit could not be made; what it saw is a finding, not an error.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// There is no ledger at this place.
    #[error("there is no ledger at {place}: it has no checkpoint")]
    NoLedger {
        /// The place.
        place: String,
    },
    /// The checkpoint to compare with cannot be parsed: this says nothing about the ledger.
    #[error("the checkpoint to compare with is malformed")]
    Kept {
        /// Why.
        source: tlog::Error,
    },
    /// The audit found a fault, so that nothing is concluded from this ledger.
    #[error("the audit of {} found faults ({}); the first: {}", report.place, report.faults(), first(report).map_or("", |f| &f.message))]
    Faults {
        /// What the audit saw.
        report: Box<Report>,
    },
    /// The place could not be read.
    #[error(transparent)]
    Log(#[from] log::Error),
}

impl From<ReadError> for Error {
    fn from(error: ReadError) -> Self {
        Self::Log(error.into())
    }
}

impl Error {
    /// The stable code; of faults, the code of the first.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoLedger { .. } => "no-ledger",
            Self::Kept { .. } => "kept-checkpoint-malformed",
            Self::Faults { report } => first(report).map_or("ledger-damaged", |f| f.code.as_str()),
            Self::Log(error) => error.code(),
        }
    }
}

/// The first finding. A report has its faults first.
fn first(report: &Report) -> Option<&Finding> {
    report.findings.first()
}
