//! Following another ledger, or bringing one's own copy back: nothing is believed before it is verified.
//!
//! 1. The peer's checkpoint: whose it is, and that its signature is the ledger's.
//! 2. Every head known from before is a beginning of it; if not, the peer is behind, or has forked, and says so with
//!    its own signature.
//! 3. Hash tiles, top down: each is held in place by the one above, the topmost by the checkpoint.
//! 4. Entry bundles, many at once: each is held in place by its tile of leaf hashes, and only then written. One that is
//!    here already and hashes right is not fetched again: a pull that was cut goes on where it stopped.
//! 5. The audit of all of it, as it will stand.
//! 6. The checkpoint, last. Until then the copy is the old one, whole.

use super::Error;
use super::peer::{Peer, checkpoint_of};
use super::pull_options::{PullOptions, Pulled, untruthful};
use super::staging::Staging;
use crate::host::disk::Disk;
use crate::host::threads;
use claimledger_core::TreeSize;
use claimledger_core::log::names::{CHECKPOINT, NEXT};
use claimledger_core::log::{AtHead, Reader};
use claimledger_core::tlog::tile::{self, TILE_WIDTH};

/// Brings the copy in `into` up to the head of the log behind `from`. The caller holds the lock of `into`.
pub fn pull(
    from: &dyn Reader,
    into: &dyn Disk,
    wanted: &PullOptions,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Pulled, Error> {
    let (bytes, signed) = checkpoint_of(from)?;
    let from = &AtHead::new(from, signed.checkpoint().size);
    let peer = Peer::identify(from, signed, into, wanted)?;
    let held = peer.held_size();
    peer.continues_all(into, wanted)?;
    let size = peer.head().size;
    let mut pulled = Pulled {
        ledger: peer.ledger,
        vkey: peer.vkey.clone(),
        from: held,
        size,
        fetched: 0,
        kept: 0,
        snapshots: 0,
        first_contact: !peer.is_known()
            && wanted.ledger_id.is_none()
            && wanted.ledger_key.is_none(),
        report: None,
    };
    if held == size && !wanted.restore && !wanted.with_snapshots {
        return Ok(pulled);
    }
    let old = if wanted.restore {
        TreeSize::EMPTY
    } else {
        held
    };
    let new = size.entries_after(old);
    if new > MAX_NEW_ENTRIES {
        return Err(untruthful(
            from,
            CHECKPOINT,
            format!("{new} new entries at once; {MAX_NEW_ENTRIES} is the limit"),
        ));
    }
    threads::ready()?;
    let staging = Staging {
        peer: from,
        disk: into,
        checkpoint: &bytes,
    };
    let paths = tile::changed(old, size);
    let all = paths.len() as u64;
    let tiles = staging.tiles(peer.head(), &paths, &mut pulled)?;
    progress(pulled.fetched + pulled.kept, all);
    staging.bundles(&paths, &tiles, &mut pulled, &mut |done| progress(done, all))?;
    staging.sync_folders(&paths)?;
    if wanted.with_snapshots {
        staging.snapshots(size, &mut pulled)?;
    }
    let report = staging.audit(&peer, wanted, &paths)?;
    pulled.report = Some(report);
    // From here on the copy has the new head. A crash before this leaves tiles that no checkpoint covers.
    if into.read(CHECKPOINT)?.as_deref() != Some(&bytes[..]) {
        into.replace(CHECKPOINT, &bytes)?;
    }
    // A head that was signed here and is a prefix of this one is no longer needed.
    into.remove(NEXT)?;
    into.sync_folder("")?;
    for path in paths {
        if u64::from(path.width) == TILE_WIDTH {
            // If this fails, superseded partial tiles are left, which do no harm.
            let _ = into.remove_folder(&path.partial_folder());
        }
    }
    Ok(pulled)
}

/// The list of their tiles takes some hundred megabytes. A hostile log can easily sign a head of 2^60 entries.
const MAX_NEW_ENTRIES: u64 = 1 << 30;
