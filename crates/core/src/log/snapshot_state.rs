//! The state of a snapshot: one of six, from what the log says and what the disk holds.

use crate::crypto::Digest;
use crate::model::snapshot::Holding;
use serde::Serialize;

/// What became of a snapshot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum SnapshotState {
    /// The bytes are here and match the digest.
    Held,
    /// Only the digest was ever kept.
    HashOnly,
    /// The log says that the bytes are no longer shown, and why.
    Withheld,
    /// There were never any bytes: the source is known only because another one names it.
    NeverHeld,
    /// The log says that the bytes are held, but they are not here.
    Missing,
    /// There are bytes under the digest's name, but they do not match it.
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

/// What the log says about a blob.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BlobRecord {
    /// Its digest.
    pub digest: Digest,
    /// Whether it was kept when it was captured.
    pub holding: Holding,
    /// Whether a live `snapshot.withhold` names it.
    pub withheld: bool,
}

/// The state of one blob. `said` is `None` for a source that was never held; `found` is the digest of the bytes under
/// its name. Bytes that do not match the digest are `Altered`, whatever the log says. Withheld bytes that are still
/// here are `Withheld`. Bytes that somebody kept although the log has only their digest are `Held`.
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
