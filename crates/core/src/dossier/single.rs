//! Verifies the proof of one entry (C2SP tlog-proof), which carries the entry's bytes in its extra data.

use super::report::{NotProven, SeenBy, Verification};
use super::{Error, Pins};
use crate::entry::Entry;
use crate::message;
use crate::tlog::merkle::leaf_hash;
use crate::tlog::proof::TlogProof;
use crate::tlog::{EntryIndex, TreeSize};
use serde::Serialize;

/// What the proof of one entry shows.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Single {
    /// The answer.
    pub answer: Verification,
    /// The ledger's name, from the checkpoint.
    pub origin: String,
    /// The entries under the checkpoint.
    pub size: TreeSize,
    /// The root, in hex.
    pub root: String,
    /// The entry's place.
    pub index: EntryIndex,
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

/// Whether bytes begin like such a file.
pub fn is_one(bytes: &[u8]) -> bool {
    bytes.starts_with(b"c2sp.org/tlog-proof@")
}

/// Checks the proof of one entry (C2SP tlog-proof) that carries the entry in its extra data: that the entry is under the
/// signed checkpoint, and that the statement in it is signed.
///
/// This does not show whose key signed the statement: the enrolments are not in the file. A dossier has them.
///
/// # Errors
///
/// The file is malformed, the entry is not under the checkpoint, a signature is wrong, or it is of another ledger than
/// `pins` ask for.
///
/// # Examples
///
/// ```
/// use claimledger_core::{EntryIndex, Pins, TreeSize, Verification, verify_tlog_proof};
///
/// let file = std::fs::read("examples-data/lorries.tlog-proof")?;
/// let pins = Pins {
///     ledger_key: Some("desk.example/facts+b4e266d3+ARxWLb095m9fCVeoXHQ2+Chjg4El8lLqOFYPtCOXrPth".parse()?),
///     ..Pins::default()
/// };
/// let proven = verify_tlog_proof(&file, &pins)?;
/// assert_eq!(proven.answer, Verification::Verified);
/// assert_eq!((proven.index, proven.size), (EntryIndex::new(24), TreeSize::new(26)));
/// assert_eq!(proven.statement_type, "verdict.issue");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn verify(bytes: &[u8], pins: &Pins) -> Result<Single, Error> {
    let proof = TlogProof::parse(bytes).map_err(Error::Inclusion)?;
    let entry = proof.extra.as_ref().ok_or_else(|| Error::Malformed {
        what: "proof of one entry",
        reason: "it does not carry its entry".to_owned(),
    })?;
    proof.verify(&leaf_hash(entry)).map_err(Error::Inclusion)?;
    let parsed = Entry::decode(entry)
        .and_then(|entry| entry.envelope())
        .map_err(|e| Error::entry(proof.index, &e))?;
    let statement = parsed
        .verify()
        .map_err(|e| Error::envelope(proof.index, &e))?;
    let mut answer = Verification::Verified;
    let mut not_proven = vec![NotProven {
        what: "whose key signed it",
        why: "the enrolments are not in this file; a dossier has them".to_owned(),
    }];
    if let Some(id) = pins.ledger_id {
        let of = statement.ledger_id();
        if of != id {
            return Err(Error::OtherLedger {
                found: message!("ledger {of}", of),
                wanted: message!("ledger {id}", id),
            });
        }
    }
    if let Some(key) = &pins.ledger_key {
        let by = std::slice::from_ref(key);
        let checked = proof.checkpoint.verify(by);
        checked.map_err(Error::Checkpoint)?;
    } else {
        answer = Verification::CouldNotTell;
        not_proven.push(NotProven {
            what: "whose ledger this is",
            why: match pins.ledger_id {
                Some(_) => "the id alone does not identify the key that signed this head: that key is in entry 0, which is not \
                            in this file. Give the ledger's key, or ask for a dossier, which contains entry 0",
                None => "its key was not given, so no signature of this head was checked",
            }
            .to_owned(),
        });
    }
    let mut seen_by = Vec::new();
    match &pins.witnesses {
        Some(policy) => {
            let witnessed = policy.judge(&proof.checkpoint);
            let witnessed = witnessed.map_err(Error::Checkpoint)?;
            if !witnessed.quorum {
                answer = Verification::CouldNotTell;
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
