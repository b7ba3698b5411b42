//! Getting one's heads cosigned: the witnesses of a policy are asked after each commit, or by a command.
//!
//! What this is not: it never prevents recording. A head is committed before any witness sees it. If a witness
//! refuses, or reports something against this copy, that is reported and remembered.

use super::private_witnesses::{self, WitnessClients};
use crate::app::{Code, Desk, Error, Session};
use crate::host::files;
use crate::store::Files;
use crate::sync;
use crate::sync::witness::{self, CosigningResult};
use crate::transport::{Client, Limits};
use claimledger_core::TreeSize;
use claimledger_core::crypto::PublicKey;
use claimledger_core::encoding::time::Instant;
use claimledger_core::log::names::WITNESSES;
use claimledger_core::log::{Log, LogHead};
use claimledger_core::tlog::checkpoint::SignedCheckpoint;
use claimledger_core::tlog::policy::{PolicyWitness, WitnessPolicy};
use claimledger_core::tlog::witness::{AddCheckpoint, read_cosignatures};
use serde::Serialize;
use std::borrow::Cow;
use std::path::Path;
use std::time::Duration;

/// Refuses a key for a person or a job in the ledger if this ledger asks it as a witness.
pub fn refuse_witness(desk: &Desk, key: &PublicKey) -> Result<(), Error> {
    let listed = policy_beside(desk)?
        .into_iter()
        .flat_map(|policy| policy.witnesses)
        .find(|witness| witness.key.key() == key);
    match listed {
        Some(witness) => Err(Error::WitnessKey {
            job: format!(
                "the key is that of witness {}, whom this ledger asks",
                witness.name
            ),
        }),
        None => Ok(()),
    }
}

/// Reads a policy file.
pub fn read_policy(path: &Path) -> Result<WitnessPolicy, Error> {
    Ok(WitnessPolicy::parse(&files::read(path)?)?)
}

/// The policy in the ledger folder, if this ledger asks any witnesses.
pub fn policy_beside(desk: &Desk) -> Result<Option<WitnessPolicy>, Error> {
    Ok(witness::policy_beside(&Files::new(desk.disk()?))?)
}

/// How one witness answered.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct WitnessLine {
    /// The witness, by its name in the policy.
    pub name: String,
    /// When it cosigned this head.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time: Option<String>,
    /// The code of the reason why it did not cosign.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<Code>,
    /// Why it did not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
}

/// The result of asking the witnesses.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Cosigned {
    /// The ledger's name.
    pub origin: String,
    /// The entries of the head.
    pub size: TreeSize,
    /// Its root.
    pub root: String,
    /// Each witness, in the policy's order.
    pub witnesses: Vec<WitnessLine>,
    /// Whether the quorum has cosigned this head.
    pub quorum: bool,
    /// Whether it was kept as `checkpoint.cosigned`.
    pub kept: bool,
    /// The head with every cosignature.
    pub note: String,
    /// Whether a witness has seen something that this copy does not have: more entries, or a different history.
    pub contradicted: bool,
    /// What to tell the person.
    #[serde(skip)]
    pub notes: Vec<String>,
}

/// The policy given, or the one in the ledger folder.
fn policy_of<'a>(
    desk: &Desk,
    given: Option<&'a WitnessPolicy>,
) -> Result<Cow<'a, WitnessPolicy>, Error> {
    if let Some(given) = given {
        return Ok(Cow::Borrowed(given));
    }
    let place = desk.folder()?.join(WITNESSES);
    policy_beside(desk)?.map(Cow::Owned).ok_or_else(|| {
        Error::Usage(format!(
            "which witnesses? Say --witness-policy FILE, or keep the policy as {}",
            place.display()
        ))
    })
}

impl Cosigned {
    /// Whether a witness refused; no answer is not a refusal.
    pub fn refused(&self) -> bool {
        let mut codes = self.witnesses.iter().filter_map(|line| line.code);
        codes.any(|code| [Code::WitnessAhead, Code::WitnessRefused].contains(&code))
    }
}

/// Asks the witnesses of a policy, or of the one in the ledger folder, to cosign the newest head. `allow_private`: the
/// person agrees to the policy's addresses on this machine or in a local network, from now on.
pub fn cosign(
    desk: &Desk,
    policy: Option<&WitnessPolicy>,
    allow_private: bool,
) -> Result<Cosigned, Error> {
    let policy = policy_of(desk, policy)?;
    let reader = desk.reader()?;
    let log = Log::open(&reader)?;
    if allow_private {
        private_witnesses::agree(desk, &policy)?;
    }
    let clients = clients(desk)?;
    let asked = witness::ask_every(&|listed| clients.of(listed), &policy, &log)?;
    settle(desk, &log, &clients, &policy, &asked)
}

/// Accepts cosignatures of the newest head that came by another way than the network, one on each line.
pub fn take_in(
    desk: &Desk,
    policy: Option<&WitnessPolicy>,
    lines: &[u8],
) -> Result<Cosigned, Error> {
    let policy = policy_of(desk, policy)?;
    let reader = desk.reader()?;
    let log = Log::open(&reader)?;
    let lines = read_cosignatures(lines)?;
    let asked = witness::brought(&policy, &log, &lines)?;
    settle(desk, &log, &clients(desk)?, &policy, &asked)
}

/// After a commit: asks the witnesses of the ledger folder, and returns what the person should know. Nothing that
/// happens here undoes the commit.
pub(in crate::app) fn after_commit(desk: &Desk, session: &Session, head: &LogHead) -> Vec<String> {
    let asked = || {
        let Some(policy) = policy_beside(desk)? else {
            return Ok(None);
        };
        // Witnesses can be slow; other commands do not have to wait.
        session.let_go();
        let reader = desk.reader()?;
        let log = Log::at(&reader, head.clone());
        let clients = clients(desk)?;
        let asked = witness::ask_every(&|listed| clients.of(listed), &policy, &log)?;
        settle(desk, &log, &clients, &policy, &asked).map(Some)
    };
    let cosigned: Result<_, Error> = asked();
    let cosigned = match cosigned {
        Ok(None) => return Vec::new(),
        Ok(Some(cosigned)) => cosigned,
        Err(e) => return vec![format!("added, but no witness was asked: {e}")],
    };
    let mut notes: Vec<String> = cosigned
        .witnesses
        .iter()
        .filter_map(|line| {
            Some(format!(
                "{} did not cosign: {}",
                line.name,
                line.why.as_ref()?
            ))
        })
        .collect();
    if !cosigned.quorum {
        notes.push(format!(
            "added and signed, but this head of {} entries has not met its quorum of witnesses; \
             `claimledger checkpoint --cosign` asks them again",
            cosigned.size
        ));
    }
    notes.extend(cosigned.notes);
    notes
}

/// Keeps the cosigned head if it met its quorum, and learns from witnesses that refuse.
fn settle(
    desk: &Desk,
    log: &Log<'_>,
    clients: &WitnessClients,
    policy: &WitnessPolicy,
    asked: &CosigningResult,
) -> Result<Cosigned, Error> {
    let mut notes = Vec::new();
    let kept = if asked.quorum && policy.asks_witnesses() {
        let _lock = desk.lock()?;
        witness::keep(&desk.disk()?, policy, asked)?
    } else {
        false
    };
    let mut witnesses = Vec::new();
    let mut contradicted = false;
    for (listed, one) in policy.witnesses.iter().zip(&asked.witnesses) {
        let mut line = WitnessLine {
            name: one.name.clone(),
            time: None,
            code: None,
            why: None,
        };
        match &one.answer {
            Ok(time) => line.time = Some(shown_time(*time)),
            Err(error) => {
                if speaks_against(error) {
                    contradicted = true;
                    notes.extend(learn(desk, log, clients.of(listed), listed));
                }
                line.code = Some(error.code());
                line.why = Some(error.to_string());
            }
        }
        witnesses.push(line);
    }
    let codes = witnesses.iter().filter_map(|line| line.code);
    notes.extend(private_witnesses::advice(codes));
    let head = asked.checkpoint.checkpoint();
    Ok(Cosigned {
        origin: head.origin.to_string(),
        size: head.size,
        root: head.root.to_string(),
        witnesses,
        quorum: asked.quorum,
        kept,
        note: String::from_utf8_lossy(&asked.checkpoint.to_bytes()).into_owned(),
        contradicted,
        notes,
    })
}

/// Whether the witness knows something that speaks against this copy.
fn speaks_against(error: &sync::Error) -> bool {
    matches!(
        error,
        sync::Error::WitnessAhead { .. } | sync::Error::WitnessRefused { status: 422, .. }
    )
}

/// Adds a witness's newest head of this log to this machine's memory, if this copy does not have it. The head has the
/// ledger's own signature, so no witness can invent one.
fn learn(desk: &Desk, log: &Log<'_>, client: &Client, listed: &PolicyWitness) -> Option<String> {
    let head = log.head();
    let say = |what: String| Some(format!("{}: {what}", listed.name));
    let signed = match witness::shown(client, listed, &head.origin, &head.keys.signing(head.size)) {
        Ok(Some(signed)) => signed,
        Ok(None) => return None,
        Err(e) => return say(format!("its newest head could not be looked at: {e}")),
    };
    let theirs = signed.checkpoint();
    if theirs.size <= head.size {
        match claimledger_core::log::tiles::root_at(log.reader(), theirs.size) {
            Ok(root) if root == theirs.root => return None,
            Ok(_) => {}
            Err(e) => return say(format!("its head could not be compared: {e}")),
        }
    }
    let seen = LogHead {
        size: theirs.size,
        root: theirs.root,
        checkpoint: signed.to_bytes(),
        ..head.clone()
    };
    let place = listed.url.as_deref().unwrap_or(&listed.name);
    let what = if theirs.size > head.size {
        format!(
            "it has seen {} entries, but this copy has {}: this copy is out of date, and from now on this machine adds nothing to it",
            theirs.size, head.size
        )
    } else {
        format!(
            "at {} entries it has cosigned a different history, signed by this ledger's own key; from now on this machine \
             adds nothing to this copy",
            theirs.size
        )
    };
    match desk.known().remember(&seen, place, false) {
        Ok(()) => say(what),
        Err(e) => say(format!("{what} (but it could not be remembered: {e})")),
    }
}

/// The request for a witness without a network: the newest head, and the proof that it continues the head of `old`
/// entries.
pub fn request(desk: &Desk, old: TreeSize) -> Result<Vec<u8>, Error> {
    let reader = desk.reader()?;
    let log = Log::open(&reader)?;
    let size = log.head().size;
    if old > size {
        return Err(Error::Usage(format!(
            "the witness cannot have cosigned {old} entries of a ledger that has {size}"
        )));
    }
    let proof = crate::store::Tree::new(&reader, size).consistency(old)?;
    let checkpoint = SignedCheckpoint::parse(&log.head().checkpoint)?;
    Ok(AddCheckpoint {
        old,
        proof,
        checkpoint,
    }
    .print())
}

/// Unix seconds, written for people; the plain number if no calendar has that time.
pub fn shown_time(seconds: u64) -> String {
    Instant::from_unix_seconds(seconds).map_or_else(|_| seconds.to_string(), |at| at.to_string())
}

/// After recording, a person waits at most this long for each answer of the slowest witness.
fn clients(desk: &Desk) -> Result<WitnessClients, Error> {
    let limits = Limits {
        time: ASKING,
        attempts: 1,
        ..Limits::default()
    };
    WitnessClients::new(desk, limits)
}

/// A running witness answers in milliseconds. One that does not is asked again at the next commit.
const ASKING: Duration = Duration::from_secs(5);
