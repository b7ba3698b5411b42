//! What the auditor gives: pins, the machine's memory, witnesses, the clock.

use super::texts::Texts;
use crate::encoding::millis::UnixMillis;
use crate::model::StatementId;
use crate::tlog::note::VerifierKey;
use crate::tlog::policy::WitnessPolicy;
use std::sync::Arc;

/// What the auditor brings along.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The ledger's id, known from elsewhere.
    pub ledger_id: Option<StatementId>,
    /// The ledger's key, known from elsewhere.
    pub ledger_key: Option<VerifierKey>,
    /// The id that this machine remembers for the origin.
    pub remembered: Option<StatementId>,
    /// A signed checkpoint kept from an earlier day: this ledger must continue it.
    pub against: Option<Vec<u8>>,
    /// The witnesses that the auditor trusts, and how many must have cosigned.
    pub witnesses: Option<WitnessPolicy>,
    /// Whether every signature must also pass the strict rule.
    pub portable: bool,
    /// A seed from the system's random numbers, for checking many signatures at once. Without it each signature is
    /// checked alone: the results are the same, but take about twice as long.
    pub seed: Option<[u8; 32]>,
    /// Extracts the texts of snapshots again. Without it the report counts the extracted texts as not checked.
    pub texts: Option<Arc<dyn Texts>>,
    /// The auditor's clock.
    pub now_millis: UnixMillis,
}
