//! Checking: the audit of a place, the doctor of a folder.

use crate::app::{Desk, Error, Session, index_rows, next_step};
use crate::host::disk::{Disk as _, FolderDisk};
use crate::host::{files, random};
use crate::keystore;
use crate::ledger::rollback_guard::Standing;
use crate::ledger::writer::edge_is_whole;
use crate::snapshots::INCOMING;
use crate::store::Files;
use claimledger_core::audit::finding::code;
use claimledger_core::audit::{self, Finding, Options, Peer, Report};
use claimledger_core::encoding::name::Slug;
use claimledger_core::log::{AtHead, Reader};
use claimledger_core::log::{Log, closed};
use serde::Serialize;
use std::path::PathBuf;

/// How what this machine remembers stands to the ledger at a place, for the audit to compare with.
#[derive(Debug, Clone, Default)]
pub struct Remembered {
    /// The ledger known under this origin.
    pub ledger: Option<claimledger_core::model::StatementId>,
    /// The copy tells another history than the one that this machine has seen.
    pub forked: Option<String>,
    /// What to tell the person.
    pub notes: Vec<String>,
}

/// Compares the ledger at a place with what this machine remembers, and remembers what it sees.
pub fn remembered(desk: &Desk, reader: &dyn Reader) -> Remembered {
    use crate::ledger::RollbackError as Unlike;
    let Ok(log) = Log::open(reader) else {
        return Remembered::default();
    };
    let ours = Some(log.head().ledger);
    let reader = AtHead::new(reader, log.head().size);
    match desk.known().compare(log.head(), &reader) {
        Ok(Standing::FirstContact) => {
            let remembered = desk.known().remember(log.head(), &desk.place(), false);
            let note = match remembered {
                Ok(()) => "first contact: this machine will know this ledger again".to_owned(),
                Err(e) => format!("first contact, and it could not be remembered: {e}"),
            };
            Remembered {
                notes: vec![note],
                ..Remembered::default()
            }
        }
        Ok(_) => {
            let _ = desk.known().remember(log.head(), &desk.place(), false);
            Remembered {
                ledger: ours,
                ..Remembered::default()
            }
        }
        Err(Unlike::Replaced { known, .. }) => Remembered {
            ledger: Some(known),
            ..Remembered::default()
        },
        // An old copy is the ledger that it says it is; a fork was signed by the same key.
        Err(e @ Unlike::OldCopy { .. }) => Remembered {
            ledger: ours,
            notes: vec![e.to_string()],
            ..Remembered::default()
        },
        Err(e @ Unlike::Forked { .. }) => Remembered {
            ledger: ours,
            forked: Some(e.to_string()),
            ..Remembered::default()
        },
        Err(e) => Remembered {
            notes: vec![e.to_string()],
            ..Remembered::default()
        },
    }
}

/// The mirrors of other ledgers on this machine, for the audit to compare with; and a note if they cannot be listed.
fn held_here(desk: &Desk) -> (Vec<(String, Files<FolderDisk>)>, Vec<String>) {
    let mirrors = desk.mirrors();
    let listed = match mirrors.list() {
        Ok(listed) => listed,
        Err(e) => {
            return (
                Vec::new(),
                vec![format!("the mirrors could not be listed: {e}")],
            );
        }
    };
    let names = listed.iter().filter_map(|shown| shown.name.parse().ok());
    let held = names.map(|name: Slug| {
        let folder = FolderDisk::new(mirrors.ledger(&name));
        (name.to_string(), Files::new(folder))
    });
    (held.collect(), Vec::new())
}

/// Audits the desk's ledger.
pub fn audit(
    desk: &Desk,
    mut options: Options,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<(Report, Vec<String>), Error> {
    options.now_millis = desk.clock.now_millis();
    options.seed = Some(random::seed()?);
    let (held, unlisted) = held_here(desk);
    let peers: Vec<Peer<'_>> = held
        .iter()
        .map(|(name, reader)| Peer {
            name: name.clone(),
            reader,
        })
        .collect();
    let reader = desk.reader()?;
    let mut remembered = remembered(desk, &reader);
    remembered.notes.extend(unlisted);
    options.remembered = remembered.ledger;
    let mut report = audit::run_beside(&reader, &options, &peers, progress)?;
    if let Some(forked) = remembered.forked {
        report.findings.push(Finding::in_file(
            code::NOT_A_CONTINUATION,
            "checkpoint",
            forked,
        ));
    }
    Ok((report, remembered.notes))
}

/// One thing the doctor looked at.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Complaint {
    /// What was looked at.
    pub what: &'static str,
    /// Whether it is well.
    pub well: bool,
    /// What was seen.
    pub said: String,
}

/// Looks at what an audit does not: interrupted commits, leftovers, the index, the memory, the keys. With `repair`,
/// finishes and clears what can be.
pub fn doctor(desk: &Desk, repair: bool) -> Result<Vec<Complaint>, Error> {
    let mut seen = Vec::new();
    let mut say = |what, well, said: String| seen.push(Complaint { what, well, said });
    let disk = desk.disk()?;
    if repair && disk.read(closed::FILE)?.is_none() {
        say("repair", true, mend(desk)?);
    }
    let pending = disk.read("checkpoint.next")?.is_some();
    say(
        "commit",
        !pending,
        if pending {
            "a commit was interrupted; the next append or `doctor --repair` finishes it".to_owned()
        } else {
            "no interrupted commit".to_owned()
        },
    );
    let reader = desk.reader()?;
    let log = match Log::open(&reader) {
        Ok(log) => {
            let head = log.head();
            match edge_is_whole(&reader, head.size, &head.root) {
                Ok(_) => say(
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
    if let Some(log) = &log {
        let leftovers = leftovers(&reader, log.head().size)?;
        say(
            "leftovers",
            leftovers == 0,
            format!("{leftovers} files beyond the checkpoint"),
        );
        match desk.known().may_append(log.head(), &reader) {
            Ok(()) => say(
                "memory",
                true,
                "this machine has written this ledger, and nothing newer".to_owned(),
            ),
            Err(e) => say("memory", false, e.to_string()),
        }
        match Session::open(desk) {
            Ok(session) if session.notes().is_empty() => {
                say(
                    "index",
                    true,
                    format!("follows {} entries{}", session.head().size, leftover(desk)),
                );
            }
            Ok(session) => say("index", false, session.notes().join("; ")),
            Err(e) => say("index", false, e.to_string()),
        }
    }
    let waiting = abandoned(desk)?.len();
    say(
        "snapshots",
        waiting == 0,
        format!("{waiting} left behind by interrupted commands"),
    );
    match disk.read(closed::FILE)? {
        None => say("closed", true, "open for appending".to_owned()),
        Some(bytes) => say(
            "closed",
            true,
            format!("closed: {}", closed::reason(&bytes)),
        ),
    }
    let (well, said) = keys_seen(desk);
    say("keys", well, said);
    Ok(seen)
}

/// An index of an earlier version, which nothing reads any more.
fn leftover(desk: &Desk) -> String {
    let folder = desk.folder().ok().and_then(index_rows::leftover);
    let said = folder.map(|f| format!("; {} is of an earlier version: delete it", f.display()));
    said.unwrap_or_default()
}

/// What is wrong with the log, and what to do about it.
fn damage(error: &crate::ledger::Error) -> String {
    let next = next_step::of_code(error.code()).map(|next| format!(". {next}"));
    format!("{error}{}", next.unwrap_or_default())
}

/// Finishes interrupted commits and clears what they and other commands left behind.
fn mend(desk: &Desk) -> Result<String, Error> {
    // Opening to write finishes and clears as well, so what is beyond the checkpoint is counted before.
    let before = desk.reader()?;
    let beyond = match Log::open(&before) {
        Ok(log) => leftovers(&before, log.head().size)?,
        Err(_) => 0,
    };
    let writer = desk.locked()?;
    let size = writer.head().size;
    writer.clear()?;
    let after = leftovers(&before, size)?;
    let waiting = abandoned(desk)?;
    for path in &waiting {
        files::remove(path)?;
    }
    drop(writer);
    desk.indexes.discard(&desk.index())?;
    Ok(format!(
        "interrupted commits finished, {} leftovers removed, index thrown away (size {size})",
        beyond.saturating_sub(after) + waiting.len()
    ))
}

/// Snapshots that a command left waiting: those older than any command still running may be.
fn abandoned(desk: &Desk) -> Result<Vec<PathBuf>, Error> {
    let now = desk.clock.now_millis();
    let mut old = Vec::new();
    for name in desk.disk()?.list(INCOMING)? {
        let path = desk.folder()?.join(name);
        // One that is gone by now was not left behind.
        let changed = files::modified_millis(&path);
        if changed.is_some_and(|changed| now.saturating_sub(changed) > PATIENCE_MILLIS) {
            old.push(path);
        }
    }
    Ok(old)
}

/// Whether only their owner can read the private keys here, and what there are.
fn keys_seen(desk: &Desk) -> (bool, String) {
    let keys = match keystore::list(&desk.keys) {
        Ok(keys) => keys,
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
    (well, said)
}

fn leftovers(reader: &dyn claimledger_core::log::Reader, size: u64) -> Result<usize, Error> {
    let mut checked = audit::report::Checked::default();
    let mut findings = Vec::new();
    let names = reader.list("tile")?.unwrap_or_default();
    audit::tiles::sweep(reader, &names, size, &mut checked, &mut findings)?;
    let beyond = findings
        .iter()
        .filter(|f| f.code.as_str() == audit::finding::code::BEYOND_CHECKPOINT);
    Ok(beyond.count())
}

/// Nobody leaves a command waiting for an answer longer than a day.
const PATIENCE_MILLIS: u64 = 24 * 60 * 60 * 1_000;
