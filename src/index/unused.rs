//! Removes indexes that no command has opened for a month: of copies that were moved, of archives, of addresses.
//!
//! A command that opens an index takes its lock, and writes its process id into the lock's file. So the time of that file
//! says when the index was last used.

use super::sled_rows::remove;
use crate::host::files;
use crate::host::lock::{self, WriterLock};
use claimledger_core::UnixMillis;
use std::collections::BTreeSet;
use std::path::Path;
use std::time::Duration;

/// Removes the unused indexes in a folder of indexes. What cannot be removed now is removed another time.
pub fn remove_unused(indexes: &Path, now: UnixMillis) {
    let names = files::names(indexes).unwrap_or_default();
    let names: BTreeSet<&str> = names
        .iter()
        .filter_map(|name| name.to_str())
        .map(|name| name.strip_suffix(lock::SUFFIX).unwrap_or(name))
        .collect();
    for name in names {
        let folder = indexes.join(name);
        let lock = lock::beside(&folder);
        if !is_unused(&folder, &lock, now) {
            continue;
        }
        // Unlike `take`, this does not change the file's time. A crash between the two removals leaves the lock's file.
        if let Ok(held) = WriterLock::acquire(&lock, Duration::ZERO)
            && is_unused(&folder, &lock, now)
            && remove(&folder).is_ok()
        {
            let _ = held.remove(&lock);
        }
    }
}

fn is_unused(folder: &Path, lock: &Path, now: UnixMillis) -> bool {
    let used = files::modified_millis(lock).or_else(|| files::modified_millis(folder));
    used.is_some_and(|used| now.millis_since(used) > UNUSED_MILLIS)
}

/// 30 days. A ledger that is read less often has its index built again.
const UNUSED_MILLIS: u64 = 30 * 24 * 60 * 60 * 1_000;
