//! What became of a snapshot: six states, told apart, from what the log says and what lies on the disk.

use crate::crypto::Digest;
use crate::model::snapshot::Holding;
use serde::Serialize;

/// What became of a snapshot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum SnapshotState {
    /// The bytes are here, and are those of the digest.
    Held,
    /// Only the digest was ever kept.
    HashOnly,
    /// The log says that the bytes are no longer shown, and why.
    Withheld,
    /// There never were bytes: the source is known only because another names it.
    NeverHeld,
    /// The log says held; they are not here.
    Missing,
    /// There are bytes under the digest's name, and they are others.
    Altered,
}

impl SnapshotState {
    /// The state's one spelling.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Held => "held",
            Self::HashOnly => "hashOnly",
            Self::Withheld => "withheld",
            Self::NeverHeld => "neverHeld",
            Self::Missing => "missing",
            Self::Altered => "altered",
        }
    }
}

/// What the log says of a blob.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BlobRecord {
    /// Its digest.
    pub digest: Digest,
    /// Whether it was kept when it was captured.
    pub holding: Holding,
    /// Whether a live `snapshot.withhold` names it.
    pub withheld: bool,
}

/// The state of one blob. `said` is `None` for a source that was never held, `found` the digest of what lies under its
/// name. Other bytes than the digest's are `Altered` whatever the log says; withheld bytes that lie here all the same
/// stay `Withheld`, and bytes that somebody kept beyond a mere digest are `Held`.
pub fn state(said: Option<BlobRecord>, found: Option<Digest>) -> SnapshotState {
    let Some(said) = said else {
        return SnapshotState::NeverHeld;
    };
    match (found, said.withheld, said.holding) {
        (Some(found), ..) if found != said.digest => SnapshotState::Altered,
        (_, true, _) => SnapshotState::Withheld,
        (Some(_), ..) => SnapshotState::Held,
        (None, _, Holding::HashOnly) => SnapshotState::HashOnly,
        (None, _, Holding::Held) => SnapshotState::Missing,
    }
}
