//! The audit of a place, together with this machine's memory of the ledger and its mirrors of other ledgers.

use crate::app::{Desk, Error};
use crate::host::disk::FolderDisk;
use crate::host::{files, random, threads};
use crate::ledger::RollbackError;
use crate::ledger::rollback_guard::HeadComparison;
use crate::snapshots::Extractors;
use crate::store::Files;
use crate::sync::place::Place;
use crate::text::travelled::undone;
use claimledger_core::audit::finding::code;
use claimledger_core::audit::{self, AuditReport, Finding, Options, Peer};
use claimledger_core::dossier;
use claimledger_core::encoding::name::Slug;
use claimledger_core::log::names::CHECKPOINT;
use claimledger_core::log::{self, AtHead, Log, Reader};
use claimledger_core::tlog::checkpoint::SignedCheckpoint;
use claimledger_core::tlog::proof::TlogProof;
use std::path::Path;
use std::sync::Arc;

/// The ledger at a place, compared with this machine's memory; the audit uses it.
#[derive(Debug, Clone, Default)]
pub struct MemoryCheck {
    /// The ledger known under this origin.
    pub ledger: Option<claimledger_core::model::StatementId>,
    /// The copy has a different history than the one that this machine has seen.
    pub forked: Option<String>,
    /// Whether this machine has not seen the ledger before.
    pub first_contact: bool,
    /// What to tell the person.
    pub notes: Vec<String>,
}

/// Compares the ledger at a place with this machine's memory. It does not add to the memory: the copy has not been
/// checked yet and may not be the ledger that the person means.
pub fn remembered(desk: &Desk, reader: &dyn Reader) -> MemoryCheck {
    let Ok(log) = Log::open(reader) else {
        return MemoryCheck::default();
    };
    let ours = Some(log.head().ledger);
    let reader = AtHead::new(reader, log.head().size);
    match desk.known().compare(log.head(), &reader) {
        Ok(HeadComparison::FirstContact) => MemoryCheck {
            first_contact: true,
            ..MemoryCheck::default()
        },
        Ok(_) => MemoryCheck {
            ledger: ours,
            ..MemoryCheck::default()
        },
        Err(RollbackError::Replaced { known, .. }) => MemoryCheck {
            ledger: Some(known),
            ..MemoryCheck::default()
        },
        // An old copy is still the ledger that it claims to be; a fork was signed by the same key.
        Err(e @ RollbackError::OldCopy { .. }) => MemoryCheck {
            ledger: ours,
            notes: vec![e.to_string()],
            ..MemoryCheck::default()
        },
        Err(e @ RollbackError::Forked { .. }) => MemoryCheck {
            ledger: ours,
            forked: Some(e.to_string()),
            ..MemoryCheck::default()
        },
        Err(e) => MemoryCheck {
            notes: vec![e.to_string()],
            ..MemoryCheck::default()
        },
    }
}

/// Remembers the head of a ledger in which an audit found no fault. A copy with faults, or one that does not match the
/// person's pin, must not replace the real ledger in this machine's memory.
fn remember(desk: &Desk, reader: &dyn Reader, first_contact: bool) -> Vec<String> {
    let remembered = Log::open(reader)
        .map_err(Error::from)
        .and_then(|log| Ok(desk.known().remember(log.head(), &desk.place(), false)?));
    match (remembered, first_contact) {
        (Ok(()), true) => {
            vec!["first contact: this machine will know this ledger again".to_owned()]
        }
        (Err(e), true) => vec![format!(
            "first contact, and it could not be remembered: {e}"
        )],
        (_, false) => Vec::new(),
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
) -> Result<(AuditReport, Vec<String>), Error> {
    threads::ready()?;
    options.now_millis = desk.clock.now_millis();
    options.seed = Some(random::seed()?);
    options.texts = Some(Arc::new(Extractors {
        reader: desk.reader.clone(),
    }));
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
    if report.faults() == 0 {
        let notes = remember(desk, &reader, remembered.first_contact);
        remembered.notes.extend(notes);
    }
    remembered.notes.extend(reader.remarks());
    Ok((report, remembered.notes))
}

/// The signed checkpoint that a person means with a word: a file with one (a kept checkpoint, a dossier, the proof of one
/// entry), or the newest of a ledger in a folder, an archive, a mirror or at an address. Also what to tell the person.
pub fn kept(desk: &Desk, words: &Path) -> Result<(Vec<u8>, Vec<String>), Error> {
    let place = desk.place_named(words)?;
    let is_file = matches!(&place, Place::Folder(folder) if !files::is_folder(folder));
    if !is_file {
        let reader = place.open(&desk.client())?;
        let bytes = reader.read(CHECKPOINT).map_err(log::Error::from)?;
        let bytes = bytes.ok_or_else(|| audit::Error::NoLedger {
            place: reader.place(),
        })?;
        SignedCheckpoint::parse(&bytes).map_err(|source| audit::Error::Kept { source })?;
        return Ok((bytes, reader.remarks()));
    }
    let (bytes, changed) = undone(files::read(words)?);
    let notes = changed.map(|changed| format!("{}: {changed}", words.display()));
    let notes = notes.into_iter().collect();
    if let Ok(dossier) = dossier::File::parse(&bytes) {
        return Ok((dossier.checkpoint.to_bytes(), notes));
    }
    if let Ok(proof) = TlogProof::parse(&bytes) {
        return Ok((proof.checkpoint.to_bytes(), notes));
    }
    SignedCheckpoint::parse(&bytes).map_err(|source| audit::Error::Kept { source })?;
    Ok((bytes, notes))
}
