//! Having one's heads cosigned: the witnesses of a policy are asked after each commit, or when somebody says so.
//!
//! What this is not: it never stands in the way of recording. A head is committed before any witness hears of it; what
//! a witness refuses, or reports against this copy, is reported and remembered.

use crate::app::{Desk, Error, Session};
use crate::host::files;
use crate::store::Files;
use crate::sync;
use crate::sync::witness::{self, Asked};
use crate::transport::{Client, Limits};
use claimledger_core::crypto::PublicKey;
use claimledger_core::encoding::time::Instant;
use claimledger_core::log::names::WITNESSES;
use claimledger_core::log::{Log, LogHead};
use claimledger_core::tlog::checkpoint::SignedCheckpoint;
use claimledger_core::tlog::policy::{Policy, PolicyWitness};
use claimledger_core::tlog::witness::{AddCheckpoint, read_cosignatures};
use serde::Serialize;
use std::borrow::Cow;
use std::path::Path;
use std::time::Duration;

/// Refuses a key as anybody's own if this ledger asks it as a witness.
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
pub fn read_policy(path: &Path) -> Result<Policy, Error> {
    Ok(Policy::parse(&files::read(path)?)?)
}

/// The policy in the ledger folder, if this ledger asks any witnesses.
pub fn policy_beside(desk: &Desk) -> Result<Option<Policy>, Error> {
    Ok(witness::policy_beside(&Files::new(desk.disk()?))?)
}

/// How one witness answered.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct WitnessLine {
    /// The witness, as the policy calls it.
    pub name: String,
    /// When it cosigned this head.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time: Option<String>,
    /// The code of why it did not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<&'static str>,
    /// Why it did not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
}

/// What came of asking the witnesses.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Cosigned {
    /// The ledger's name.
    pub origin: String,
    /// The entries of the head.
    pub size: u64,
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
    /// Whether a witness has seen what this copy does not have: more entries, or another history.
    pub contradicted: bool,
    /// What to tell the person.
    #[serde(skip)]
    pub notes: Vec<String>,
}

/// The policy given, or the one in the ledger folder.
fn policy_of<'a>(desk: &Desk, given: Option<&'a Policy>) -> Result<Cow<'a, Policy>, Error> {
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
    /// Whether a witness said no, and not merely nothing.
    pub fn refused(&self) -> bool {
        let mut codes = self.witnesses.iter().filter_map(|line| line.code);
        codes.any(|code| ["witness-ahead", "witness-refused"].contains(&code))
    }
}

/// Asks the witnesses of a policy, or of the one in the ledger folder, to cosign the newest head.
pub fn cosign(desk: &Desk, policy: Option<&Policy>) -> Result<Cosigned, Error> {
    let policy = policy_of(desk, policy)?;
    let reader = desk.reader()?;
    let log = Log::open(&reader)?;
    let client = client(desk);
    let asked = witness::ask_every(&client, &policy, &log)?;
    settle(desk, &log, &client, &policy, &asked)
}

/// Takes in cosignatures of the newest head that were brought by another way than the network, one a line.
pub fn take_in(desk: &Desk, policy: Option<&Policy>, lines: &[u8]) -> Result<Cosigned, Error> {
    let policy = policy_of(desk, policy)?;
    let reader = desk.reader()?;
    let log = Log::open(&reader)?;
    let lines = read_cosignatures(lines)?;
    let asked = witness::brought(&policy, &log, &lines)?;
    settle(desk, &log, &client(desk), &policy, &asked)
}

/// After a commit: asks the witnesses of the ledger folder, and answers with what the person should know. Nothing that
/// happens here takes anything back.
pub(in crate::app) fn after_commit(desk: &Desk, session: &Session, head: &LogHead) -> Vec<String> {
    let asked = || {
        let Some(policy) = policy_beside(desk)? else {
            return Ok(None);
        };
        // Witnesses take their time; no other command waits with us.
        session.let_go();
        let reader = desk.reader()?;
        let log = Log::at(&reader, head.clone());
        let client = client(desk);
        let asked = witness::ask_every(&client, &policy, &log)?;
        settle(desk, &log, &client, &policy, &asked).map(Some)
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

/// Keeps what met its quorum, and learns from those who refuse.
fn settle(
    desk: &Desk,
    log: &Log<'_>,
    client: &Client,
    policy: &Policy,
    asked: &Asked,
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
                    notes.extend(learn(desk, log, client, listed));
                }
                line.code = Some(error.code());
                line.why = Some(error.to_string());
            }
        }
        witnesses.push(line);
    }
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

/// Whether the witness knows of something that speaks against this copy.
fn speaks_against(error: &sync::Error) -> bool {
    matches!(
        error,
        sync::Error::WitnessAhead { .. } | sync::Error::WitnessRefused { status: 422, .. }
    )
}

/// Takes a witness's newest head of this log into this machine's memory, if this copy does not have it. It carries the
/// ledger's own signature, so that no witness can make one up.
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

/// The request that a witness without a network judges: the newest head, and the proof that it continues the one of
/// `old` entries.
pub fn request(desk: &Desk, old: u64) -> Result<Vec<u8>, Error> {
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

/// Unix seconds as people read them; as they are where no calendar has them.
pub fn shown_time(seconds: u64) -> String {
    Instant::from_unix_seconds(seconds).map_or_else(|_| seconds.to_string(), |at| at.to_string())
}

/// A person who records waits for the slowest witness at most this long for each of its answers.
fn client(desk: &Desk) -> Client {
    desk.client_within(Limits {
        private_addresses: true,
        time: ASKING,
        attempts: 1,
        ..Limits::default()
    })
}

/// A witness at work answers in milliseconds; one that does not is asked again at the next commit.
const ASKING: Duration = Duration::from_secs(5);
