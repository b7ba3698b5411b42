//! Proofs for people who have no copy of the ledger: making one, and checking one without any ledger at hand.

use super::bare_envelope::{self, Bare};
use super::dossier_json;
use crate::app::read::show;
use crate::app::{Error, Session};
use crate::host::files;
use crate::sync::export_target;
use crate::sync::prove::{self, ByIndex};
use claimledger_core::dossier::report::{Answer, NotProven, SeenBy};
use claimledger_core::dossier::{self, ForkEvidence, Pins};
use claimledger_core::entry::Entry;
use claimledger_core::log::Log;
use claimledger_core::log::names::COSIGNED;
use claimledger_core::tlog::checkpoint::SignedCheckpoint;
use claimledger_core::tlog::merkle::leaf_hash;
use claimledger_core::tlog::proof::TlogProof;
use serde::Serialize;
use std::path::Path;

/// The form of a proof.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Everything that belongs to the entry, in one file.
    Dossier,
    /// The one entry, as C2SP tlog-proof; its bytes travel in the proof's extra data.
    TlogProof,
    /// The bare signed envelope; where it stands is not proven.
    Dsse,
}

/// What a checked file shows.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase", tag = "file")]
pub enum Checked {
    /// A dossier.
    #[serde(serialize_with = "dossier_json::serialize")]
    Dossier(Box<dossier::Report>),
    /// Two histories under one name.
    Fork(dossier::fork::Fork),
    /// One entry.
    TlogProof(Single),
    /// A bare envelope, in no log.
    Envelope(Box<Bare>),
}

/// What the proof of one entry shows.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Single {
    /// The answer.
    pub answer: Answer,
    /// The ledger's name, as the checkpoint says it.
    pub origin: String,
    /// The entries under the checkpoint.
    pub size: u64,
    /// The root, in hex.
    pub root: String,
    /// The entry's place.
    pub index: u64,
    /// The statement's id.
    pub id: String,
    /// Its type.
    #[serde(rename = "type")]
    pub statement_type: &'static str,
    /// The public key that signed the statement, base64.
    pub key: String,
    /// The trusted witnesses who saw this head.
    pub seen_by: Vec<SeenBy>,
    /// What it does not show.
    pub not_proven: Vec<NotProven>,
}

impl Checked {
    /// The answer to the one who asked.
    pub fn answer(&self) -> Answer {
        match self {
            Self::Dossier(report) => report.answer,
            Self::Fork(fork) if fork.pinned => Answer::Verified,
            Self::Fork(_) | Self::Envelope(_) => Answer::CouldNotTell,
            Self::TlogProof(single) => single.answer,
        }
    }
}

/// The newest head, with the cosignatures that witnesses gave it.
fn head(session: &Session) -> Result<SignedCheckpoint, Error> {
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
    let size = session.head().size;
    let index = session.resolve(name, size)?;
    let covered = export_target::covered(&session.log())?;
    let log = Log::at(&covered, session.head().clone());
    Ok(match form {
        Form::Dsse => show::envelope(session, name, None)?.into_bytes(),
        Form::TlogProof => {
            let mut proof =
                prove::tlog_proof(&log, index, head(session)?).map_err(export_target::damaged)?;
            proof.extra = Some(
                log.entry(index)?
                    .encode()
                    .map_err(crate::ledger::Error::from)?,
            );
            proof.print()
        }
        Form::Dossier => dossier(session, index)?.print(),
    })
}

/// The dossier of an entry, under the newest head, of nothing that this head does not cover.
pub fn dossier(session: &Session, index: u64) -> Result<dossier::File, Error> {
    let covered = export_target::covered(&session.log())?;
    let log = Log::at(&covered, session.head().clone());
    let lookup = ByIndex::new(&log, session.view(), session.head().size);
    let made = prove::dossier(&log, &lookup, index, head(session)?);
    Ok(made.map_err(export_target::damaged)?)
}

/// Checks a file offline: a dossier, fork evidence, the proof of one entry that carries it, or a bare envelope.
pub fn verify(path: &Path, pins: &Pins) -> Result<Checked, Error> {
    let bytes = files::read(path)?;
    if ForkEvidence::is_one(&bytes) {
        let fork = ForkEvidence::parse(&bytes)
            .and_then(|fork| fork.verify(pins.ledger_key.as_ref()))
            .map_err(crate::sync::Error::from)?;
        return Ok(Checked::Fork(fork));
    }
    if bytes.starts_with(b"c2sp.org/tlog-proof@") {
        return Ok(Checked::TlogProof(single(&bytes, pins)?));
    }
    if bare_envelope::is_one(&bytes) {
        return Ok(Checked::Envelope(Box::new(bare_envelope::verify(
            &bytes, pins,
        )?)));
    }
    let report = dossier::verify(&bytes, pins);
    Ok(Checked::Dossier(Box::new(
        report.map_err(crate::sync::Error::from)?,
    )))
}

fn single(bytes: &[u8], pins: &Pins) -> Result<Single, Error> {
    let refused = |error: dossier::Error| Error::Sync(error.into());
    let inclusion = |e| refused(dossier::Error::Inclusion(e));
    let proof = TlogProof::parse(bytes).map_err(inclusion)?;
    let malformed = |reason: &str| {
        crate::sync::Error::from(dossier::Error::Malformed {
            what: "proof of one entry",
            reason: reason.to_owned(),
        })
    };
    let entry = proof
        .extra
        .as_ref()
        .ok_or_else(|| malformed("it does not carry its entry"))?;
    proof.verify(&leaf_hash(entry)).map_err(inclusion)?;
    let bad_entry = |code, reason| {
        refused(dossier::Error::Entry {
            index: proof.index,
            code,
            reason,
        })
    };
    let parsed = Entry::decode(entry)
        .and_then(|entry| entry.envelope())
        .map_err(|e| bad_entry(e.code(), e.to_string()))?;
    let statement = parsed
        .verify()
        .map_err(|e| bad_entry(e.code(), e.to_string()))?;
    let mut answer = Answer::Verified;
    let mut not_proven = vec![NotProven {
        what: "whose key signed it",
        why: "the enrolments are not in this file; a dossier has them".to_owned(),
    }];
    if let Some(id) = pins.ledger_id {
        let of = statement.ledger.unwrap_or_else(|| statement.id());
        if of != id {
            return Err(crate::sync::Error::from(dossier::Error::OtherLedger {
                found: of.to_string(),
                wanted: id.to_string(),
            })
            .into());
        }
    }
    if let Some(key) = &pins.ledger_key {
        let by = std::slice::from_ref(key);
        let checked = proof.checkpoint.verify(by);
        checked.map_err(|e| refused(dossier::Error::Checkpoint(e)))?;
    } else {
        answer = Answer::CouldNotTell;
        not_proven.push(NotProven {
            what: "whose ledger this is",
            why: match pins.ledger_id {
                Some(_) => "the id alone does not identify the key that signed this head: that key is in entry 0, which is not in \
                            this file. Give --ledger-key, or ask for a dossier, which contains entry 0",
                None => "its key was not given, so the signature of this head was not checked",
            }
            .to_owned(),
        });
    }
    let mut seen_by = Vec::new();
    match &pins.witnesses {
        Some(policy) => {
            let witnessed = policy.judge(&proof.checkpoint);
            let witnessed = witnessed.map_err(|e| refused(dossier::Error::Checkpoint(e)))?;
            if !witnessed.quorum {
                answer = Answer::CouldNotTell;
                not_proven.push(NotProven {
                    what: "that enough witnesses saw this head",
                    why: "the policy asks for more cosignatures".to_owned(),
                });
            }
            seen_by.extend(witnessed.by.iter().map(|c| SeenBy {
                witness: c.by.name().to_string(),
                time: c.time,
            }));
        }
        None => not_proven.push(NotProven {
            what: "that others saw this head",
            why: "no witness policy was given".to_owned(),
        }),
    }
    let head = proof.checkpoint.checkpoint();
    Ok(Single {
        answer,
        origin: head.origin.to_string(),
        size: head.size,
        root: head.root.to_string(),
        index: proof.index,
        id: statement.id().to_string(),
        statement_type: statement.statement_type.as_str(),
        key: statement.key.to_string(),
        seen_by,
        not_proven,
    })
}
