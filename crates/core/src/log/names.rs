//! The names of the files of a ledger, and how large each may be.

use crate::encoding::limits;
use crate::tlog::tile::{TileKind, TilePath};

/// The newest signed checkpoint: the commit point.
pub const CHECKPOINT: &str = "checkpoint";

/// A signed checkpoint about to become the newest.
pub const NEXT: &str = "checkpoint.next";

/// The folder in which commands keep the bytes of snapshots until the statements that name them are added. A ledger does not
/// need what a stopped command left there.
pub const INCOMING: &str = "snapshots/incoming";

/// What tells git to keep the bytes of a ledger as they are, and to leave out what is this machine's.
pub const FOR_GIT: [&str; 2] = [GIT_ATTRIBUTES, GIT_IGNORE];

/// gitattributes(5).
pub const GIT_ATTRIBUTES: &str = ".gitattributes";

/// gitignore(5).
pub const GIT_IGNORE: &str = ".gitignore";

/// The maximum size of a file of this name in a published ledger; `None` if a ledger has no file of that name.
pub fn largest(name: &str) -> Option<u64> {
    if matches!(name, CHECKPOINT | COSIGNED | CLOSED) {
        return Some(limits::MAX_NOTE_BYTES as u64);
    }
    if let Ok(path) = name.parse::<TilePath>() {
        return Some(match path.kind {
            TileKind::Hashes(_) => u64::from(path.width) * 32,
            TileKind::Entries => u64::from(path.width) * (2 + limits::MAX_ENTRY_BYTES as u64),
        });
    }
    let hex = name.strip_prefix("snapshots/sha256/")?;
    let (start, hex) = hex.split_once('/')?;
    let digest: crate::crypto::Digest = hex.parse().ok()?;
    (digest.short(2) == start).then_some(limits::MAX_TRAVELLING_SNAPSHOT_BYTES)
}

/// Whether a whole ledger can be without a file of this name: cosignatures, a closing, snapshots, and a partial tile, whose
/// full tile may have taken its place.
pub fn may_be_absent(name: &str) -> bool {
    matches!(name, COSIGNED | CLOSED)
        || name.starts_with("snapshots/")
        || name
            .parse::<TilePath>()
            .is_ok_and(|path| path != path.full())
}

/// The newest signed checkpoint that met its quorum of witnesses.
pub const COSIGNED: &str = "checkpoint.cosigned";

/// The witnesses that this copy asks to cosign its heads, and how many must (C2SP tlog-policy). This is a setting of
/// this machine and is never published.
pub const WITNESSES: &str = "witnesses";

/// The reason why a copy takes no more entries.
pub(crate) const CLOSED: &str = "closed";
