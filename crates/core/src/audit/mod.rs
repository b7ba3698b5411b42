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

pub use crate::audit::finding::{Finding, Severity};
pub use crate::audit::ledger::AuditedLedger;
pub use crate::audit::options::Options;
pub use crate::audit::other_ledgers::Peer;
pub use crate::audit::report::{Report, Trust};
pub use crate::audit::run::{audit, run, run_beside};

use crate::code::Code;
use crate::log::{self, ReadError};
use crate::message;
use crate::message::Message;

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
    /// The audit found a fault, so that nothing is concluded from this ledger.
    #[error("{}", faults(report))]
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

fn faults(report: &Report) -> Message {
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

    /// The stable code; of faults, the code of the first.
    pub fn code(&self) -> Code {
        match self {
            Self::NoLedger { .. } => Code::NoLedger,
            Self::Faults { report } => first(report).map_or(Code::LedgerDamaged, |f| f.code),
            Self::Log(error) => error.code(),
        }
    }
}

/// The first finding. A report has its faults first.
fn first(report: &Report) -> Option<&Finding> {
    report.findings.first()
}
