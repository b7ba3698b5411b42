//! Asks others for a newer head of one's own ledger, before this machine writes to a copy of it.
//!
//! Peers have the ledger itself, and can be compared entry by entry. A witness has one signed head of it (C2SP
//! tlog-witness: `GET <url>/<sha256 of the origin in hex>/checkpoint`).

use super::Error;
use super::peer::{Peer, checkpoint_of};
use super::pull_options::PullOptions;
use super::witness;
use crate::host::disk::Disk;
use crate::transport::Client;
use claimledger_core::TreeSize;
use claimledger_core::log::LogHead;
use claimledger_core::log::tiles;
use claimledger_core::log::{AtHead, Reader};
use claimledger_core::tlog::policy::PolicyWitness;

/// The number of entries of the log behind a reader. Its history must be that of the copy in `copy`, shorter, equal or
/// longer; otherwise it is refused.
pub fn at_peer(
    from: &dyn Reader,
    copy: &dyn Disk,
    wanted: &PullOptions,
) -> Result<TreeSize, Error> {
    let (_, signed) = checkpoint_of(from)?;
    let from = &AtHead::new(from, signed.checkpoint().size);
    let peer = Peer::identify(from, signed, copy, wanted)?;
    match peer.continues_all(copy, wanted) {
        Ok(()) => Ok(peer.head().size),
        // It is older, and the same as far as it goes.
        Err(Error::Behind { theirs, .. }) => Ok(theirs),
        Err(error) => Err(error),
    }
}

/// The witnesses that a ledger names in its policy file, if it has one.
pub fn witnesses_of(reader: &dyn Reader) -> Result<Vec<PolicyWitness>, Error> {
    let policy = witness::policy_beside(reader)?;
    Ok(policy.map_or(Vec::new(), |p| p.witnesses))
}

/// The number of entries of the newest head of this ledger that a witness has cosigned; 0 if it has none. A head that
/// is not part of the history behind `reader` is refused.
pub fn at_witness(
    listed: &PolicyWitness,
    head: &LogHead,
    reader: &dyn Reader,
    client: &Client,
) -> Result<TreeSize, Error> {
    // The log's own key may have changed since. A witness checks that the log signed a head before it cosigns it.
    let Some(signed) = witness::monitored(client, listed, &head.origin)? else {
        return Ok(TreeSize::EMPTY);
    };
    let seen = signed.checkpoint();
    if seen.size <= head.size && tiles::root_at(reader, seen.size)? != seen.root {
        return Err(Error::Forked {
            place: format!("witness {}", listed.name),
            entry: None,
            evidence: None,
        });
    }
    Ok(seen.size)
}
