//! Being a witness, and asking witnesses (C2SP tlog-witness 1.0.0).
//!
//! A witness keeps one file for each log, `<sha256(origin)>/checkpoint`: the newest head that it cosigned, with its
//! cosignature. It compares with it and replaces it under one lock, and the new one is durable before it answers
//! anybody.

use super::Error;
use crate::host::clock::Clock;
use crate::host::disk::Disk;
use crate::host::lock::WriterLock;
use crate::keystore::Signer;
use crate::store::Tree;
use crate::transport::{Client, Request, Response};
use claimledger_core::TreeSize;
use claimledger_core::encoding::name::Origin;
use claimledger_core::log::Log;
use claimledger_core::log::Reader;
use claimledger_core::log::names::{COSIGNED, WITNESSES};
use claimledger_core::tlog::checkpoint::SignedCheckpoint;
use claimledger_core::tlog::cosignature::{self, WitnessKey};
use claimledger_core::tlog::note::{NoteSignature, VerifierKey};
use claimledger_core::tlog::policy::{PolicyWitness, WitnessPolicy};
use claimledger_core::tlog::witness::{self, AddCheckpoint, WitnessRefusal};
use std::collections::BTreeMap;
use std::sync::Mutex;

/// A witness, its state on a disk.
pub struct Witness<D> {
    disk: D,
    key: WitnessKey,
    signer: Box<dyn Signer + Send + Sync>,
    clock: Box<dyn Clock>,
    logs: BTreeMap<Origin, Vec<VerifierKey>>,
    /// Held from the comparison until the write is durable; true after a write has failed.
    failed: Mutex<bool>,
    _lock: Option<WriterLock>,
}

impl<D: Disk> Witness<D> {
    /// A witness with this name. `lock` is that of the disk's folder: two processes with one key would each remember a
    /// head of their own.
    pub fn new(
        disk: D,
        lock: Option<WriterLock>,
        name: Origin,
        signer: Box<dyn Signer + Send + Sync>,
        clock: Box<dyn Clock>,
    ) -> Self {
        Self {
            disk,
            key: WitnessKey::new(name, signer.public()),
            signer,
            clock,
            logs: BTreeMap::new(),
            failed: Mutex::new(false),
            _lock: lock,
        }
    }

    /// Watches a log from now on; a second key of the same origin is trusted as well.
    pub fn watch(&mut self, log: VerifierKey) {
        let keys = self.logs.entry(log.name().clone()).or_default();
        if !keys.contains(&log) {
            keys.push(log);
        }
    }

    /// The key that its cosignatures verify under.
    pub fn key(&self) -> &WitnessKey {
        &self.key
    }

    /// Answers an HTTP request: `POST /add-checkpoint`, `GET /<sha256(origin)>/checkpoint`; and `GET /` tells which
    /// witness this is.
    pub fn answer(&self, request: &Request) -> Response {
        match (request.method.as_str(), request.path.as_str()) {
            ("POST", "/add-checkpoint") => match self.add_checkpoint(&request.body) {
                Ok(Ok(line)) => Response {
                    status: 200,
                    media_type: witness::TEXT_MEDIA_TYPE,
                    body: witness::print_cosignatures(&[line]).into_bytes(),
                },
                Ok(Err(refusal)) => Response {
                    status: refusal.status(),
                    media_type: refusal.media_type(),
                    body: refusal.body().into_bytes(),
                },
                Err(error) => Response::text(500, &format!("{error}\n")),
            },
            ("GET", "/") => Response::text(200, &self.introduction()),
            ("GET", path) => self.monitor(path),
            (_, "/add-checkpoint") => Response::text(405, "POST a checkpoint here\n"),
            _ => Response::text(404, "there is nothing here\n"),
        }
    }

    /// For people with a browser; tlog-witness does not define this address.
    fn introduction(&self) -> String {
        let mut text = format!("a witness (C2SP tlog-witness)\nkey {}\n", self.key);
        for origin in self.logs.keys() {
            text.push_str(&format!("watches {origin}\n"));
        }
        text
    }

    fn monitor(&self, path: &str) -> Response {
        let origin = self
            .logs
            .keys()
            .find(|origin| path.strip_prefix('/') == Some(&witness::monitor_path(origin)));
        let Some(origin) = origin else {
            return Response::text(404, "not a log of this witness\n");
        };
        match self.disk.read(&witness::monitor_path(origin)) {
            Ok(Some(body)) => Response {
                status: 200,
                media_type: witness::TEXT_MEDIA_TYPE,
                body,
            },
            Ok(None) => Response::text(404, "nothing was cosigned yet\n"),
            Err(error) => Response::text(500, &format!("{error}\n")),
        }
    }

    /// Judges a request and cosigns if it is valid. The outer error is the machine's: then nothing was promised.
    pub fn add_checkpoint(
        &self,
        body: &[u8],
    ) -> Result<Result<NoteSignature, WitnessRefusal>, Error> {
        let request = match AddCheckpoint::parse(body) {
            Ok(request) => request,
            Err(error) => return Ok(Err(WitnessRefusal::Malformed(error))),
        };
        let origin = &request.checkpoint.checkpoint().origin;
        let keys = self.logs.get(origin).map_or(&[][..], Vec::as_slice);
        let path = witness::monitor_path(origin);

        let mut failed = match self.failed.lock() {
            Ok(held) => held,
            // A thread panicked while it held the lock; the state is read from the disk again below.
            Err(poisoned) => poisoned.into_inner(),
        };
        if *failed {
            return Err(crate::store::Error::ClosedAfterFailure.into());
        }
        let last = match self.disk.read(&path)? {
            Some(bytes) => Some(SignedCheckpoint::parse_extended(&bytes)?),
            None => None,
        };
        let last = last.as_ref().map(SignedCheckpoint::checkpoint);
        if let Err(refusal) = witness::judge(&request, keys, last) {
            return Ok(Err(refusal));
        }
        let time = self.clock.now_millis().seconds();
        let text = &request.checkpoint.note().text;
        let line = cosignature::cosign(text, time, &self.key, |message| {
            self.signer.sign(message).map_err(Error::from)
        })?;
        let cosigned = request
            .checkpoint
            .with_signatures(std::slice::from_ref(&line));
        // Until it is durable, no later request may be compared with the state on the disk.
        *failed = true;
        self.disk.replace(&path, &cosigned.to_bytes())?;
        *failed = false;
        Ok(Ok(line))
    }
}

/// Asks one witness to cosign a committed head. `last` is the size that it cosigned last, if known; otherwise the
/// witness tells it. Returns the lines by this witness, at least one.
pub fn ask(
    client: &Client,
    url: &str,
    key: &WitnessKey,
    log: &Log<'_>,
    head: &SignedCheckpoint,
    last: Option<TreeSize>,
) -> Result<Vec<NoteSignature>, Error> {
    let size = head.checkpoint().size;
    let tree = Tree::new(log.reader(), size);
    let address = format!("{}/add-checkpoint", url.trim_end_matches('/'));
    let mut old = last.unwrap_or(TreeSize::EMPTY);
    for _ in 0..ROUNDS {
        let request = AddCheckpoint {
            old,
            proof: tree.consistency(old)?,
            checkpoint: head.clone(),
        };
        let answer = client.post(&address, "text/plain", &request.print(), MAX_ANSWER_BYTES)?;
        match answer.status {
            200 => {
                let lines = witness::read_cosignatures(&answer.body)?;
                let own: Vec<NoteSignature> =
                    lines.into_iter().filter(|line| line.names(key)).collect();
                let with = SignedCheckpoint::parse(&head.to_bytes())?.with_signatures(&own);
                let verified = cosignature::verify(with.note(), std::slice::from_ref(key))?;
                if verified.is_empty() {
                    return Err(claimledger_core::tlog::Error::NotSigned {
                        wanted: key.to_string(),
                    }
                    .into());
                }
                return Ok(own);
            }
            409 => {
                old = witness::read_size(&answer.body)?;
                if old > size {
                    return Err(Error::WitnessAhead {
                        witness: key.name().clone(),
                        size: old,
                        have: size,
                    });
                }
            }
            status => {
                return Err(Error::WitnessRefused {
                    witness: key.name().clone(),
                    status,
                    said: String::from_utf8_lossy(&answer.body).trim().to_owned(),
                });
            }
        }
    }
    Err(Error::WitnessBusy {
        witness: key.name().clone(),
    })
}

/// How one witness answered.
#[derive(Debug)]
pub struct WitnessAnswer {
    /// The witness, by its name in the policy.
    pub name: String,
    /// Its cosignature's time in Unix seconds, or why there is none.
    pub answer: Result<u64, Error>,
}

/// The result of asking the witnesses of a policy.
#[derive(Debug)]
pub struct CosigningResult {
    /// Each witness, in the policy's order.
    pub witnesses: Vec<WitnessAnswer>,
    /// Whether the policy's quorum has cosigned this head.
    pub quorum: bool,
    /// The head with every cosignature that came.
    pub checkpoint: SignedCheckpoint,
}

/// The policy beside a ledger's checkpoint: which witnesses it asks.
pub fn policy_beside(ledger: &dyn Reader) -> Result<Option<WitnessPolicy>, Error> {
    let bytes = ledger.read(WITNESSES)?;
    Ok(bytes
        .map(|bytes| WitnessPolicy::parse(&bytes))
        .transpose()?)
}

/// Asks every witness of a policy at the same time to cosign the log's head, each through the client that `client_of`
/// gives, so it takes as long as the slowest. A failure is reported and does not stop the others. If a witness does not
/// answer, its earlier cosignature of this same head counts.
pub fn ask_every<'c>(
    client_of: &(dyn Fn(&PolicyWitness) -> &'c Client + Sync),
    policy: &WitnessPolicy,
    log: &Log<'_>,
) -> Result<CosigningResult, Error> {
    let head = SignedCheckpoint::parse(&log.head().checkpoint)?;
    let kept = kept(log.reader().read(COSIGNED)?);
    let answers = std::thread::scope(|scope| {
        let (head, kept) = (&head, kept.as_ref());
        let asking: Vec<_> = policy
            .witnesses
            .iter()
            .map(|listed| {
                scope.spawn(move || ask_listed(client_of(listed), listed, log, head, kept))
            })
            .collect();
        let ended = asking.into_iter().map(std::thread::ScopedJoinHandle::join);
        ended
            .map(|answer| answer.unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
            .collect()
    });
    gather(policy, head, kept, answers)
}

/// The same without the network: the signature lines came by another way.
pub fn brought(
    policy: &WitnessPolicy,
    log: &Log<'_>,
    lines: &[NoteSignature],
) -> Result<CosigningResult, Error> {
    let head = SignedCheckpoint::parse(&log.head().checkpoint)?;
    let answers = policy.witnesses.iter().map(|listed| {
        let own: Vec<_> = lines
            .iter()
            .filter(|l| l.names(&listed.key))
            .cloned()
            .collect();
        let name = listed.name.clone();
        (!own.is_empty())
            .then_some(own)
            .ok_or(Error::WitnessSilent { name })
    });
    let kept = kept(log.reader().read(COSIGNED)?);
    gather(policy, head, kept, answers.collect())
}

/// The head that met its quorum last, if one is kept and can be read.
fn kept(cosigned: Option<Vec<u8>>) -> Option<SignedCheckpoint> {
    cosigned.and_then(|bytes| SignedCheckpoint::parse(&bytes).ok())
}

/// Combines the head with the answers, one for each witness of the policy, and with the kept cosignatures.
fn gather(
    policy: &WitnessPolicy,
    mut head: SignedCheckpoint,
    kept: Option<SignedCheckpoint>,
    answers: Vec<Result<Vec<NoteSignature>, Error>>,
) -> Result<CosigningResult, Error> {
    let same = kept.filter(|kept| kept.checkpoint() == head.checkpoint());
    let mut witnesses = Vec::new();
    for (listed, answer) in policy.witnesses.iter().zip(answers) {
        let keys = std::slice::from_ref(&listed.key);
        let answer = match answer {
            Ok(lines) => {
                head = head.with_signatures(&lines);
                let by = cosignature::verify(head.note(), keys)?;
                Ok(by.first().map_or(0, |cosigned| cosigned.time))
            }
            Err(error) => {
                // Only lines that verify: a bad line with its name would make the note invalid.
                if let Some(same) = &same
                    && cosignature::verify(same.note(), keys).is_ok_and(|by| !by.is_empty())
                {
                    let lines = same.note().signatures().iter();
                    let own: Vec<_> = lines.filter(|l| l.names(&listed.key)).cloned().collect();
                    head = head.with_signatures(&own);
                }
                Err(error)
            }
        };
        witnesses.push(WitnessAnswer {
            name: listed.name.clone(),
            answer,
        });
    }
    Ok(CosigningResult {
        witnesses,
        quorum: policy.judge(&head)?.quorum,
        checkpoint: head,
    })
}

fn ask_listed(
    client: &Client,
    listed: &PolicyWitness,
    log: &Log<'_>,
    head: &SignedCheckpoint,
    kept: Option<&SignedCheckpoint>,
) -> Result<Vec<NoteSignature>, Error> {
    let url = address(listed)?;
    let last = kept.and_then(|kept| {
        let by = cosignature::verify(kept.note(), std::slice::from_ref(&listed.key)).ok()?;
        let size = kept.checkpoint().size;
        (!by.is_empty() && size <= head.checkpoint().size).then_some(size)
    });
    ask(client, url, &listed.key, log, head, last)
}

fn address(listed: &PolicyWitness) -> Result<&str, Error> {
    let url = listed.url.as_deref();
    url.ok_or_else(|| Error::WitnessWithoutAddress {
        name: listed.name.clone(),
    })
}

/// Keeps a head as `checkpoint.cosigned` if its quorum has cosigned it and no kept one has more entries. The caller
/// holds the writer's lock. Returns whether it was kept.
pub fn keep(
    disk: &dyn Disk,
    policy: &WitnessPolicy,
    asked: &CosigningResult,
) -> Result<bool, Error> {
    if !asked.quorum || !policy.asks_witnesses() {
        return Ok(false);
    }
    let kept = kept(disk.read(COSIGNED)?);
    let size = asked.checkpoint.checkpoint().size;
    if kept.is_some_and(|kept| kept.checkpoint().size > size) {
        return Ok(false);
    }
    disk.replace(COSIGNED, &asked.checkpoint.to_bytes())?;
    Ok(true)
}

/// The newest head of a log that a witness publishes, signed by one of the log's keys too.
pub fn shown(
    client: &Client,
    listed: &PolicyWitness,
    origin: &Origin,
    keys: &[VerifierKey],
) -> Result<Option<SignedCheckpoint>, Error> {
    let signed = monitored(client, listed, origin)?;
    if let Some(signed) = &signed {
        signed.verify(keys)?;
    }
    Ok(signed)
}

/// The newest head of a log that a witness publishes, cosigned by it. `None` if it has cosigned none. The path, below
/// the witness's address, is that of tlog-witness for monitoring.
pub(super) fn monitored(
    client: &Client,
    listed: &PolicyWitness,
    origin: &Origin,
) -> Result<Option<SignedCheckpoint>, Error> {
    let url = address(listed)?.trim_end_matches('/');
    let address = format!("{url}/{}", witness::monitor_path(origin));
    let limit = claimledger_core::encoding::limits::MAX_NOTE_BYTES as u64;
    let Some(bytes) = client.fetch(&address, limit)? else {
        return Ok(None);
    };
    let signed = SignedCheckpoint::parse(&bytes)?;
    let untruthful = |reason: &str| Error::Untruthful {
        place: format!("witness {}", listed.name),
        path: address.clone(),
        reason: reason.into(),
    };
    if signed.checkpoint().origin != *origin {
        return Err(untruthful("it is a head of another log"));
    }
    if cosignature::verify(signed.note(), std::slice::from_ref(&listed.key))?.is_empty() {
        return Err(untruthful("the witness has not cosigned it"));
    }
    Ok(Some(signed))
}

/// First contact, the size that it told, and once more if another request came in between.
const ROUNDS: usize = 3;

/// A few signature lines of any kind.
const MAX_ANSWER_BYTES: u64 = 64 * 1024;
