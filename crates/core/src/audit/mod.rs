//! Checks a whole ledger again from its bytes, and reports what it finds.
//!
//! What this is not: it needs no private key, no lock and no index, and it changes nothing. It returns all findings,
//! each with its entry or file, and lists what it did *not* check.

pub(crate) mod bundles;

pub mod archive_proofs;
mod distrusted;
pub mod finding;
pub(crate) mod ledger;
pub(crate) mod options;
pub(crate) mod other_ledgers;
pub(crate) mod plain_files;
pub(crate) mod quotations;
pub(crate) mod replay;
pub mod report;
pub(crate) mod run;
pub(crate) mod snapshots;
pub mod texts;
pub mod tiles;
pub(crate) mod witnesses;

pub use crate::audit::finding::{Finding, Severity};
pub use crate::audit::ledger::AuditedLedger;
pub use crate::audit::options::Options;
pub use crate::audit::other_ledgers::Peer;
pub use crate::audit::report::{AuditReport, Trust};
pub use crate::audit::run::{audit, run, run_beside};
pub use crate::audit::texts::{TextAgain, Texts};

use crate::code::Code;
use crate::log::{self, ReadError};
use crate::message;
use crate::message::Message;
use crate::tlog;

/// Why there is no audit. What an audit finds in a ledger is a finding, not an error.
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
    /// The audit found a fault, so nothing is concluded from this ledger.
    #[error("{}", faults(report))]
    Faults {
        /// What the audit saw.
        report: Box<AuditReport>,
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

fn faults(report: &AuditReport) -> Message {
    let (place, count) = (&report.place, report.faults());
    let first = first(report).map(|f| f.message.clone()).unwrap_or_default();
    message!(
        "the audit of {place} found faults ({count}); the first: {first}",
        place,
        count,
        first
    )
}

impl Error {
    /// Why, with the keys and statements in it as values.
    pub fn message(&self) -> Message {
        match self {
            Self::Faults { report } => faults(report),
            Self::Log(error) => error.message(),
            other => other.to_string().into(),
        }
    }

    /// The stable code. For faults, the code of the first one.
    pub fn code(&self) -> Code {
        match self {
            Self::NoLedger { .. } => Code::NoLedger,
            Self::Kept { .. } => Code::KeptCheckpointMalformed,
            Self::Faults { report } => first(report).map_or(Code::LedgerDamaged, |f| f.code),
            Self::Log(error) => error.code(),
        }
    }
}

/// The first finding. A report has its faults first.
fn first(report: &AuditReport) -> Option<&Finding> {
    report.findings.first()
}
