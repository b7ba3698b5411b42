//! The doctor of a ledger folder: checks what an audit does not check, and repairs it.

use super::doctor_index::index_seen;
use super::doctor_words::full_text_seen;
use super::leftovers;
use crate::app::read::line::instant;
use crate::app::{Code, Desk, Error};
use crate::host::disk::Disk as _;
use crate::host::{files, permissions};
use crate::keystore;
use crate::ledger::ClockGuard;
use crate::ledger::writer::{Closing, closing, edge_is_whole};
use claimledger_core::audit;
use claimledger_core::log::names::NEXT;
use claimledger_core::log::{Log, closed};
use claimledger_core::{Code as Core, TreeSize};
use serde::Serialize;

/// One thing that the doctor checked.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Examined {
    /// What was looked at.
    pub what: &'static str,
    /// Whether it is well.
    pub well: bool,
    /// What was seen.
    pub said: String,
}

/// Checks what an audit does not: interrupted commits, leftover files, the index, the memory, the keys. With `repair`,
/// finishes and removes what it can.
pub fn doctor(desk: &Desk, repair: bool) -> Result<Vec<Examined>, Error> {
    let mut seen = Vec::new();
    let mut say = |what, well, said: String| seen.push(Examined { what, well, said });
    let disk = desk.disk()?;
    if repair {
        let removed = leftovers::remove(desk)?;
        if desk.not_closed().is_ok() {
            say("repair", true, repair_all(desk, removed)?);
        }
    }
    // Nobody writes while this process holds the lock. What another process has not finished is no fault.
    let lock = desk.folder()?.join("lock");
    let quiet = files::is_file(&lock).then(|| desk.lock());
    let busy = matches!(&quiet, Some(Err(e)) if e.code() == Code::Core(Core::LedgerLocked));
    let pending = disk.read(NEXT)?.is_some();
    let (well, said) = commit_seen(busy, pending);
    say("commit", well, said);
    let reader = desk.reader()?;
    let log = match Log::open(&reader) {
        Ok(log) => {
            let head = log.head();
            let whole = if busy {
                Ok(())
            } else {
                edge_is_whole(&reader, head.size, &head.root).map(drop)
            };
            match whole {
                Ok(()) => say(
                    "log",
                    true,
                    format!(
                        "{}: {} entries, root {}",
                        head.origin,
                        head.size,
                        head.root.short(16)
                    ),
                ),
                Err(e) => say("log", false, damage(&e)),
            }
            Some(log)
        }
        Err(e) => {
            say("log", false, damage(&e.into()));
            None
        }
    };
    let beyond = match &log {
        Some(log) if !busy => beyond(&reader, log.head().size)?,
        _ => 0,
    };
    // Who looks for leftovers takes this lock too.
    drop(quiet);
    if let Some(log) = &log {
        let found = if busy {
            "not looked for while another process is writing".to_owned()
        } else {
            format!("{beyond} files beyond the checkpoint")
        };
        say("leftovers", beyond == 0, found);
        match desk.known().may_append(log.head(), &reader) {
            Ok(()) => say(
                "memory",
                true,
                "this machine has written this ledger, and nothing newer".to_owned(),
            ),
            Err(e) => say("memory", false, e.to_string()),
        }
        let (well, said) = clock_seen(desk, log);
        say("clock", well, said);
        let (well, said) = index_seen(desk, repair);
        say("index", well, said);
        let (well, said) = full_text_seen(desk, repair);
        say("words", well, said);
    }
    let left = leftovers::find(desk)?;
    let first = left
        .first()
        .map(|path| format!(", the first is {}", path.display()));
    say(
        "unfinished",
        left.is_empty(),
        format!(
            "{} left behind by interrupted commands{}",
            left.len(),
            first.unwrap_or_default()
        ),
    );
    let closing = match &log {
        Some(log) => closing(&reader, log.head())?,
        None => None,
    };
    let (well, said) = closing_seen(closing);
    say("closed", well, said);
    let (well, said) = keys_seen(desk);
    say("keys", well, said);
    let (well, said) = access_seen(&writable_by_all(desk)?);
    say("access", well, said);
    Ok(seen)
}

/// A commit that another process has not finished is no fault.
fn commit_seen(busy: bool, pending: bool) -> (bool, String) {
    let said = if busy {
        "another process is writing: its commit is not looked at"
    } else if pending {
        "a commit was interrupted; the next append or `doctor --repair` finishes it"
    } else {
        "no interrupted commit"
    };
    (busy || !pending, said.to_owned())
}

/// Whether this machine's clock is behind the ledger. An entry's time never goes back, so one clock that ran ahead is
/// noticed by all others until then.
fn clock_seen(desk: &Desk, log: &Log<'_>) -> (bool, String) {
    let Some(last) = log.head().size.last() else {
        return (true, "the ledger is empty".to_owned());
    };
    let time = match log.entry(last) {
        Ok(entry) => entry.time,
        Err(e) => return (false, e.to_string()),
    };
    let now = desk.clock.now_millis();
    if time <= now {
        return (true, "not behind the last entry".to_owned());
    }
    let said = format!(
        "entry #{last} was added at {}, which lies ahead of this machine's clock ({})",
        instant(time),
        instant(now)
    );
    let ledger = &log.head().ledger;
    match ClockGuard::at(&desk.state).may_sign(ledger, (last, time), now, false) {
        Ok(()) => (true, said),
        Err(e) => {
            let next = e.code().next_step().unwrap_or_default();
            (false, format!("{said}. {next}"))
        }
    }
}

/// Whether the `closed` file, if there is one, can be believed.
fn closing_seen(closing: Option<Closing>) -> (bool, String) {
    match closing {
        None => (true, "open for appending".to_owned()),
        Some(Closing::Closed(reason)) => (true, format!("closed: {reason}")),
        Some(Closing::NotBelieved(why)) => (
            false,
            format!(
                "open for appending: its `{}` file is not believed, because {why}. Delete it, or close the copy with `claimledger ledger close`",
                closed::FILE
            ),
        ),
    }
}

/// Whether only owners can write to what this machine believes; `open` is what everybody can write to.
fn access_seen(open: &[String]) -> (bool, String) {
    match open {
        [] => (
            true,
            "only their owners can write to the ledger, the keys and the memory".to_owned(),
        ),
        open => (
            false,
            format!(
                "everybody can write to {}; run `chmod o-w` on them",
                open.join(", ")
            ),
        ),
    }
}

/// What is wrong with the log, and what to do about it.
fn damage(error: &crate::ledger::Error) -> String {
    let next = error.code().next_step().map(|next| format!(". {next}"));
    format!("{error}{}", next.unwrap_or_default())
}

/// Finishes an interrupted commit, removes what it left behind, and throws the index away. Other leftovers were removed
/// before; `removed` says how many.
fn repair_all(desk: &Desk, removed: usize) -> Result<String, Error> {
    // Opening the ledger for writing also finishes and removes, so files beyond the checkpoint are counted first.
    let before = desk.reader()?;
    let found = match Log::open(&before) {
        Ok(log) => beyond(&before, log.head().size)?,
        Err(_) => 0,
    };
    let writer = desk.locked()?;
    let size = writer.head().size;
    let commit = match writer.finished() {
        None => "no commit to finish".to_owned(),
        Some((from, to)) => format!(
            "finished a commit that added {}",
            match to.last() {
                Some(last) if from.next() != last => format!("entries #{} to #{last}", from.next()),
                _ => format!("entry #{}", from.next()),
            }
        ),
    };
    writer.clear()?;
    let after = beyond(&before, size)?;
    drop(writer);
    desk.indexes.discard(&desk.index())?;
    Ok(format!(
        "{commit}, {} leftovers removed, index thrown away (size {size})",
        found.saturating_sub(after) + removed
    ))
}

/// The paths that everybody can write to. A person who can replace a public key or the memory decides what this machine
/// believes.
fn writable_by_all(desk: &Desk) -> Result<Vec<String>, Error> {
    let mut paths = vec![
        desk.folder()?.to_path_buf(),
        desk.keys.clone(),
        desk.state.clone(),
        desk.state.join("ledgers"),
    ];
    let public = files::names(&desk.keys)?;
    paths.extend(public.iter().map(|name| desk.keys.join(name)));
    let open = paths.iter().filter_map(|path| {
        let mode = permissions::writable_by_all(path)?;
        Some(format!("{} (mode {mode:o})", path.display()))
    });
    Ok(open.collect())
}

/// Whether only their owner can read the private keys here, and which keys there are.
fn keys_seen(desk: &Desk) -> (bool, String) {
    let keystore::KeyFolder { keys, odd } = match keystore::list(&desk.keys) {
        Ok(listed) => listed,
        Err(e) => return (false, e.to_string()),
    };
    let plain = keys.iter().filter(|k| k.encrypted == Some(false)).count();
    let mut said = format!("{} here, {plain} without passphrase", keys.len());
    let mut well = true;
    for key in keys.iter().filter(|k| k.encrypted.is_some()) {
        if let Err(e) = keystore::file::check_private(&desk.keys, &key.name) {
            well = false;
            said.push_str(&format!("; {e}"));
        }
    }
    for odd in odd {
        well &= !odd.private;
        said.push_str(&format!("; {} is not used: {}", odd.file, odd.why));
    }
    (well, said)
}

/// How many tiles are beyond the checkpoint.
fn beyond(reader: &dyn claimledger_core::log::Reader, size: TreeSize) -> Result<usize, Error> {
    let mut checked = audit::report::CheckCounts::default();
    let mut findings = Vec::new();
    let names = reader.list("tile")?.unwrap_or_default();
    audit::tiles::sweep(reader, &names, size, &mut checked, &mut findings)?;
    let beyond = findings
        .iter()
        .filter(|f| f.code == audit::finding::code::BEYOND_CHECKPOINT);
    Ok(beyond.count())
}
