//! What killed commands left behind: bytes that no statement names yet, unpacked archives, files that never got their names.

use crate::app::{Desk, Error};
use crate::host::disk::{Disk as _, FolderDisk};
use crate::host::lock::WriterLock;
use crate::host::unfinished::{self, TEMPORARY};
use crate::host::{files, folders};
use claimledger_core::log::names::{INCOMING, NEXT};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Everything that killed commands left where this desk can know of it: in the ledger, the keys, this machine's memory and
/// its mirrors, the system's folder for temporary files, and the two folders in which people export: the current one, and
/// the one around the ledger.
pub fn find(desk: &Desk) -> Result<Vec<PathBuf>, Error> {
    let mut left = Vec::new();
    visit(desk, &mut |path| {
        left.push(path.to_path_buf());
        Ok(())
    })?;
    Ok(left)
}

/// Removes it. Returns how many there were.
pub fn remove(desk: &Desk) -> Result<usize, Error> {
    let mut removed = 0;
    visit(desk, &mut |path| {
        removed += usize::from(unfinished::remove(path)?);
        Ok(())
    })?;
    Ok(removed)
}

type Visit<'a> = dyn FnMut(&Path) -> Result<(), Error> + 'a;

fn visit(desk: &Desk, each: &mut Visit<'_>) -> Result<(), Error> {
    let ledger = desk.folder()?;
    let mut left = unfinished::left_in(&ledger.join(INCOMING), "")?;
    left.extend(folders::left_unpacked()?);
    let mut around = BTreeSet::from([folders::current(), folders::whole(&desk.keys)]);
    around.extend(folders::whole(ledger).parent().map(Path::to_path_buf));
    for folder in ["", "ledgers", "clocks", "indexes"] {
        around.insert(folders::whole(&desk.state.join(folder)));
    }
    halves(ledger, &ledger.join(LOCK), each)?;
    let mirrors = desk.mirrors();
    for name in mirrors.names()? {
        let copy = folders::whole(&mirrors.ledger(&name));
        if let Some(mirror) = copy.parent() {
            halves(&copy, &mirror.join(LOCK), each)?;
            around.extend([mirror.to_path_buf(), mirror.join("evidence")]);
        }
    }
    for folder in around {
        left.extend(unfinished::left_in(&folder, TEMPORARY)?);
    }
    left.iter().try_for_each(|path| each(path))
}

/// Files that were to take the place of another in a ledger's folder, if no process holds the lock under which that is done.
/// A signed head is none of them: it is finished, not removed.
fn halves(folder: &Path, lock: &Path, each: &mut Visit<'_>) -> Result<(), Error> {
    if !files::is_file(lock) {
        return Ok(());
    }
    let Ok(_lock) = WriterLock::acquire(lock, Duration::ZERO) else {
        return Ok(());
    };
    let disk = FolderDisk::new(folder);
    let names = disk.list("")?;
    names
        .iter()
        .filter(|name| name.ends_with(HALF) && *name != NEXT && !name.starts_with(INCOMING))
        .try_for_each(|name| each(&disk.at(name)))
}

/// How the names of such files end.
const HALF: &str = ".next";

/// The file of the writer's lock, in a ledger as in a mirror.
const LOCK: &str = "lock";
