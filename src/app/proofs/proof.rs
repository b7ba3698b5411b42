//! Proofs for people who have no copy of the ledger: making one, and checking one without the ledger.

use super::bare_envelope::{self, Bare};
use super::{dossier_json, quoted_texts};
use crate::app::read::show;
use crate::app::{Desk, Error, Session};
use crate::host::files;
use crate::ledger::rollback_guard::Head;
use crate::sync::export_target::{self, Covered};
use crate::sync::prove::{self, ByIndex, ByReading};
use crate::text::travelled::undone;
use claimledger_core::EntryIndex;
use claimledger_core::dossier::report::Verification;
use claimledger_core::dossier::{self, ForkEvidence, Pins, Single, single};
use claimledger_core::log::Log;
use claimledger_core::log::names::COSIGNED;
use claimledger_core::tlog::checkpoint::SignedCheckpoint;
use serde::Serialize;
use std::path::Path;

/// The form of a proof.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Everything that belongs to the entry, in one file.
    Dossier,
    /// The same, with the texts that its entries quote, so that a reader can compare the quotations.
    DossierWithTexts,
    /// Only the entry, as C2SP tlog-proof; its bytes are in the proof's extra data.
    TlogProof,
    /// Only the signed envelope; it does not prove that the statement is in the ledger.
    Dsse,
}

/// What a checked file shows.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", tag = "file")]
pub enum CheckedFile {
    /// A dossier.
    #[serde(serialize_with = "dossier_json::serialize")]
    #[cfg_attr(feature = "schema", schemars(schema_with = "dossier_json::schema"))]
    Dossier(Box<dossier::DossierReport>),
    /// Two histories under one name.
    Fork(dossier::fork::Fork),
    /// One entry.
    TlogProof(Single),
    /// A bare envelope, without any log.
    Envelope(Box<Bare>),
}

impl CheckedFile {
    /// Whether the file proves its content to the reader.
    pub fn answer(&self) -> Verification {
        match self {
            Self::Dossier(report) => report.answer,
            Self::Fork(fork) if fork.pinned => Verification::Verified,
            Self::Fork(_) | Self::Envelope(_) => Verification::CouldNotTell,
            Self::TlogProof(single) => single.answer,
        }
    }
}

/// The newest head, with the witnesses' cosignatures.
pub fn head(session: &Session) -> Result<SignedCheckpoint, Error> {
    let head = SignedCheckpoint::parse(&session.head().checkpoint)?;
    let kept = session.reader().read(COSIGNED)?;
    let kept = kept.and_then(|bytes| SignedCheckpoint::parse(&bytes).ok());
    Ok(match kept {
        Some(kept) if kept.checkpoint() == head.checkpoint() => {
            head.with_signatures(kept.note().signatures())
        }
        _ => head,
    })
}

/// Makes the proof of an entry.
pub fn prove(session: &Session, name: &str, form: Form) -> Result<Vec<u8>, Error> {
    Prover::new(session)?.prove(name, form)
}

/// The dossier of an entry, under the newest head; it uses nothing that this head does not cover.
pub fn dossier(session: &Session, index: EntryIndex) -> Result<dossier::File, Error> {
    Prover::new(session)?.dossier(index)
}

/// Makes many proofs under the newest head: what is read and checked for one serves the next.
pub struct Prover<'s> {
    session: &'s Session,
    covered: Covered<'s>,
}

impl<'s> Prover<'s> {
    /// For the ledger at its head.
    pub fn new(session: &'s Session) -> Result<Self, Error> {
        let covered = export_target::covered(&session.log())?;
        Ok(Self { session, covered })
    }

    /// Makes the proof of an entry.
    pub fn prove(&self, name: &str, form: Form) -> Result<Vec<u8>, Error> {
        let session = self.session;
        let index = session.resolve(name, session.head().size)?;
        let log = Log::at(&self.covered, session.head().clone());
        Ok(match form {
            Form::Dsse => show::envelope(session, name, None)?.into_bytes(),
            Form::TlogProof => {
                let mut proof = prove::tlog_proof(&log, index, head(session)?)
                    .map_err(export_target::damaged)?;
                let entry = log.entry(index)?.encode();
                proof.extra = Some(entry.map_err(crate::ledger::Error::from)?);
                proof.print()
            }
            Form::Dossier => printed(&self.dossier(index)?)?,
            Form::DossierWithTexts => {
                let mut file = self.dossier(index)?;
                quoted_texts::put_into(session, &mut file)?;
                printed(&file)?
            }
        })
    }

    /// The dossier of an entry.
    pub fn dossier(&self, index: EntryIndex) -> Result<dossier::File, Error> {
        let session = self.session;
        let log = Log::at(&self.covered, session.head().clone());
        let (size, head) = (session.head().size, head(session)?);
        let made = if session.looks_through() {
            ByReading::new(&log, size).and_then(|lookup| prove::dossier(&log, &lookup, index, head))
        } else {
            let lookup = ByIndex::new(&log, session.view(), size);
            prove::dossier(&log, &lookup, index, head)
        };
        let made = made.map_err(export_target::damaged)?;
        if made.without_others {
            session.note(format!(
                "the dossier of {index}: with everything that other organisations say about it, it would have too many \
                 entries; it has their words only where it rests on them"
            ));
        }
        Ok(made.file)
    }
}

/// The bytes of a dossier.
pub fn printed(file: &dossier::File) -> Result<Vec<u8>, Error> {
    Ok(file.to_bytes().map_err(crate::sync::Error::from)?)
}

/// Checks a file offline: a dossier, fork evidence, the proof of one entry that carries it, or a bare envelope.
pub fn verify(path: &Path, pins: &Pins) -> Result<CheckedFile, Error> {
    check(&undone(files::read(path)?).0, pins)
}

/// Checks a file as [`verify`] does. This machine also remembers the head of a dossier that it has verified, or whose ledger
/// it knows, so that it notices an older copy later. Also returns the notes for the person.
pub fn verify_here(
    desk: &Desk,
    path: &Path,
    pins: &Pins,
) -> Result<(CheckedFile, Vec<String>), Error> {
    let (bytes, changed) = undone(files::read(path)?);
    let checked = check(&bytes, pins)?;
    let notes = changed.map(|changed| format!("{}: {changed}", path.display()));
    let mut notes: Vec<String> = notes.into_iter().collect();
    if let CheckedFile::Dossier(report) = &checked {
        notes.extend(remember(desk, &bytes, report));
    }
    Ok((checked, notes))
}

/// Remembers the head of a dossier. Returns a note if another history is known, or if the head cannot be remembered.
fn remember(desk: &Desk, bytes: &[u8], report: &dossier::DossierReport) -> Option<String> {
    let heads = match desk.known().heads(&report.origin, &report.ledger) {
        Ok(heads) => heads,
        Err(e) => return Some(e.to_string()),
    };
    let differs = heads.iter().any(|known| {
        let known = known.checkpoint();
        known.size == report.size && known.root != report.root
    });
    if differs {
        return Some(format!(
            "this machine has seen a different history of {}: another root hash at size {}",
            report.origin, report.size
        ));
    }
    // Only the file itself claims this name: it must not take the place of the real ledger in the memory.
    if heads.is_empty() && report.answer != Verification::Verified {
        return None;
    }
    let file = dossier::File::parse(bytes).ok()?;
    let head = Head {
        origin: &report.origin,
        ledger: report.ledger,
        vkey: &report.vkey,
        size: report.size,
        checkpoint: &file.checkpoint.to_bytes(),
    };
    let remembered = desk.known().remember_head(&head, DOSSIERS, false);
    let error = remembered.err()?;
    Some(format!(
        "this machine could not remember the head of this file: {error}"
    ))
}

fn check(bytes: &[u8], pins: &Pins) -> Result<CheckedFile, Error> {
    if ForkEvidence::is_one(bytes) {
        let fork = ForkEvidence::parse(bytes)
            .and_then(|fork| fork.verify(pins.ledger_key.as_ref()))
            .map_err(crate::sync::Error::from)?;
        return Ok(CheckedFile::Fork(fork));
    }
    if single::is_one(bytes) {
        let single = single::verify(bytes, pins).map_err(crate::sync::Error::from)?;
        return Ok(CheckedFile::TlogProof(single));
    }
    if bare_envelope::is_one(bytes) {
        return Ok(CheckedFile::Envelope(Box::new(bare_envelope::verify(
            bytes, pins,
        )?)));
    }
    let report = dossier::verify(bytes, pins);
    Ok(CheckedFile::Dossier(Box::new(
        report.map_err(crate::sync::Error::from)?,
    )))
}

/// One place for all dossiers: only the newest head is remembered, so the memory does not grow with every file.
const DOSSIERS: &str = "a verified dossier";
