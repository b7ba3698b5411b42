//! What an auditor brings along: pins, what is remembered, witnesses, the clock.

use crate::model::StatementId;
use crate::tlog::note::VerifierKey;
use crate::tlog::policy::WitnessPolicy;

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
    /// Whether to apply the strict rule to every signature as well.
    pub portable: bool,
    /// A seed from the system's randomness, for checking many signatures at once. Without one each is checked alone: the
    /// answers are the same, and it takes about twice as long.
    pub seed: Option<[u8; 32]>,
    /// The auditor's clock, Unix milliseconds.
    pub now_millis: u64,
}
