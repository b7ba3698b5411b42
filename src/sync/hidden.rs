//! Which bytes a copy of a log hides: the answer of the rules, from the log's own bytes.
//!
//! Only a log that withholds something is judged for it. A copy that is published or fetched may have no index here.

use super::Error;
use crate::host::random;
use claimledger_core::TreeSize;
use claimledger_core::crypto::Digest;
use claimledger_core::entry::Entry;
use claimledger_core::envelope::verify_batch;
use claimledger_core::log::{Reader, tiles};
use claimledger_core::rules::standing::withholding::Withholdings;
use claimledger_core::rules::{Candidate, Changes, MemoryView, Reading, admit};
use claimledger_core::tlog::merkle::{Frontier, leaf_hash};
use std::collections::BTreeSet;

/// The hidden digests of the first `size` entries. `said` has taken in all of them.
pub(super) fn hidden(
    reader: &dyn Reader,
    size: TreeSize,
    said: &Withholdings,
) -> Result<BTreeSet<Digest>, Error> {
    if said.is_empty() {
        return Ok(BTreeSet::new());
    }
    let view = replay(reader, size)?;
    let Ok(reading) = Reading::at(&view, size);
    let Ok(hidden) = said.hidden(&reading);
    Ok(hidden.digests.into_keys().collect())
}

/// The state of the rules after `size` entries. An entry that should have been refused changes nothing.
fn replay(reader: &dyn Reader, size: TreeSize) -> Result<MemoryView, Error> {
    let mut view = MemoryView::default();
    let mut frontier = Frontier::new();
    for (first, end) in size.portions(AT_ONCE) {
        let (mut parsed, mut places) = (Vec::new(), Vec::new());
        for (bytes, index) in tiles::read_entries(reader, first, end, size)?
            .iter()
            .zip(end.indices_from(first))
        {
            let entry = Entry::decode(bytes).map_err(crate::ledger::Error::from)?;
            parsed.push(entry.envelope().map_err(crate::ledger::Error::from)?);
            places.push((index, entry.time, leaf_hash(bytes)));
        }
        for (verified, (index, time, leaf)) in verify_batch(parsed, &random::seed()?)
            .into_iter()
            .zip(places)
        {
            frontier.push(leaf);
            let changes = match &verified {
                Ok(statement) => {
                    let candidate = Candidate {
                        index,
                        time,
                        statement,
                    };
                    admit(&view, &candidate).unwrap_or_default()
                }
                Err(_) => Changes::default(),
            };
            view.apply(&changes, frontier.root());
        }
    }
    Ok(view)
}

/// How many entries are read at once.
const AT_ONCE: u64 = 4_096;
