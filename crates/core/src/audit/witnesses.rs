//! Cosignatures: by whom, of which head, at what time; and witnesses that are not independent of the ledger.

use super::finding::{Finding, code};
use super::options::Options;
use super::replay::Replay;
use super::report::{AuditReport, CosignedBy, HeldBy, NotChecked, Trust, Witnessed};
use crate::code::Code;
use crate::crypto::PublicKey;
use crate::encoding::name::Origin;
use crate::encoding::time::Instant;
use crate::log::names::CHECKPOINT;
use crate::log::names::COSIGNED;
use crate::rules::{FactKey, View as _};
use crate::tlog::checkpoint::SignedCheckpoint;
use crate::tlog::cosignature::{self, Cosignature, WitnessKey};
use crate::tlog::note::VerifierKey;
use crate::tlog::policy::WitnessPolicy;

/// Judges the cosignatures on the checkpoint and on the head kept as cosigned.
pub fn check(
    signed: &SignedCheckpoint,
    cosigned: Option<&[u8]>,
    options: &Options,
    replay: &mut Replay,
    report: &mut AuditReport,
) {
    let mut heads = vec![(CHECKPOINT, signed.clone())];
    if let Some(bytes) = cosigned {
        match kept(bytes, replay) {
            Ok(kept) => heads.push((COSIGNED, kept)),
            Err((code, why)) => {
                replay.findings.push(Finding::in_file(code, COSIGNED, why));
            }
        }
    }
    insiders(&heads, options, replay);
    if let Some(policy) = &options.witnesses {
        quorum(&heads, policy, replay, report);
        return;
    }
    let lines = heads.iter().flat_map(|(_, head)| {
        let origin = head.checkpoint().origin.as_str();
        let lines = head.note().signatures().iter();
        lines.filter(move |line| line.name() != origin)
    });
    let others = lines.count();
    if others > 0 {
        report.not_checked.push(NotChecked {
            what: "cosignatures".to_owned(),
            count: others as u64,
            why: "no witness policy was given".to_owned(),
        });
    }
}

/// The head kept as cosigned. It must be signed by the ledger and be part of its history.
fn kept(bytes: &[u8], replay: &Replay) -> Result<SignedCheckpoint, (Code, String)> {
    let kept =
        SignedCheckpoint::parse(bytes).map_err(|e| (code::COSIGNED_INVALID, e.to_string()))?;
    if let Some(keys) = &replay.keys {
        keys.check(&kept)
            .map_err(|e| (code::COSIGNED_INVALID, e.to_string()))?;
    }
    let head = kept.checkpoint();
    let ours = match replay.view.root_at(head.size) {
        Ok(root) => root,
        Err(never) => match never {},
    };
    match ours {
        Some(ours) if ours == head.root => Ok(kept),
        Some(ours) => Err((
            code::NOT_A_CONTINUATION,
            format!(
                "at size {} its root hash is {}, but here it is {ours}",
                head.size, head.root
            ),
        )),
        // A file that could not be read is a fault of its own. It says nothing about what was cosigned.
        None if replay.beside.cut_short => Ok(kept),
        None => Err((
            code::NOT_A_CONTINUATION,
            format!(
                "its witnesses have seen {} entries, but this copy has {}: it is out of date",
                head.size,
                replay.view.size()
            ),
        )),
    }
}

/// A witness whose key has a job in the ledger is not an independent witness.
fn insiders(heads: &[(&str, SignedCheckpoint)], options: &Options, replay: &mut Replay) {
    let mut found: Vec<WitnessKey> = Vec::new();
    let listed = options.witnesses.iter().flat_map(|p| &p.witnesses);
    for key in listed.map(|witness| &witness.key) {
        if has_a_job(key.key(), replay) {
            found.push(key.clone());
        }
    }
    // A line names its key by 4 bytes only, so every key of the log is tried under the name in the line.
    for (_, head) in heads {
        for line in head.note().signatures() {
            let Ok(name) = line.name().parse::<Origin>() else {
                continue;
            };
            let keys = replay.view.keys();
            let named = keys.map(|key| WitnessKey::new(name.clone(), key));
            found.extend(named.filter(|key| {
                let own = || cosignature::verify(head.note(), std::slice::from_ref(key));
                line.names(key) && own().is_ok_and(|by| !by.is_empty())
            }));
        }
    }
    found.sort_by_key(ToString::to_string);
    found.dedup();
    for key in found {
        replay.findings.push(Finding::in_file(
            code::WITNESS_ENROLLED,
            CHECKPOINT,
            format!(
                "witness {} uses the key {}, which is used inside this ledger: it is not independent of it",
                key.name(),
                key.key().fingerprint()
            ),
        ));
    }
}

fn has_a_job(key: &PublicKey, replay: &Replay) -> bool {
    match replay.view.fact(&FactKey::Key(*key)) {
        Ok(fact) => fact.is_some(),
        Err(never) => match never {},
    }
}

/// The newest head that met the quorum, and who cosigned it.
fn quorum(
    heads: &[(&str, SignedCheckpoint)],
    policy: &WitnessPolicy,
    replay: &mut Replay,
    report: &mut AuditReport,
) {
    let mut best: Option<Witnessed> = None;
    for (file, head) in heads {
        if let Err(why) = of_its_log(policy, head) {
            replay
                .findings
                .push(Finding::in_file(code::LEDGER_KEY, *file, why));
            continue;
        }
        if *file == CHECKPOINT && !policy.logs.is_empty() {
            // The policy names the log's key: its author knows which ledger is meant.
            report.trust = Trust::Pinned;
        }
        match policy.judge(head) {
            Err(e) => replay.findings.push(Finding::in_file(
                code::COSIGNATURE_INVALID,
                *file,
                e.to_string(),
            )),
            Ok(judged) => {
                let size = head.checkpoint().size;
                let newer = best
                    .as_ref()
                    .is_none_or(|best| (best.quorum, best.size) < (judged.quorum, size));
                if newer {
                    best = Some(Witnessed {
                        size,
                        quorum: judged.quorum,
                        by: judged.by.iter().map(cosigned_by).collect(),
                    });
                }
            }
        }
    }
    match &best {
        Some(met) if met.quorum => {
            if !met.by.is_empty() {
                report.held.push(HeldBy {
                    size: met.size,
                    by: names(&met.by),
                });
            }
        }
        best => {
            let by = best.as_ref().map_or(&[][..], |best| &best.by);
            let who = if by.is_empty() {
                "none".to_owned()
            } else {
                names(by)
            };
            replay.findings.push(Finding::in_file(
                code::QUORUM_NOT_MET,
                if cosigned_is_here(heads) {
                    COSIGNED
                } else {
                    CHECKPOINT
                },
                format!("no head here meets the policy's quorum; witnesses that cosigned: {who}"),
            ));
        }
    }
    report.witnessed = best;
}

fn cosigned_is_here(heads: &[(&str, SignedCheckpoint)]) -> bool {
    heads.iter().any(|(file, _)| *file == COSIGNED)
}

/// A policy that names logs is for those logs only.
fn of_its_log(policy: &WitnessPolicy, head: &SignedCheckpoint) -> Result<(), String> {
    if policy.logs.is_empty() {
        return Ok(());
    }
    let origin = &head.checkpoint().origin;
    let logs = policy.logs.iter().filter(|log| log.key.name() == origin);
    let keys: Vec<VerifierKey> = logs.map(|log| log.key.clone()).collect();
    if keys.is_empty() {
        return Err(format!("the witness policy does not name the log {origin}"));
    }
    head.verify(&keys)
        .map(|_| ())
        .map_err(|e| format!("the witness policy is not met: {e}"))
}

fn cosigned_by(cosigned: &Cosignature) -> CosignedBy {
    let time = Instant::from_unix_seconds(cosigned.time);
    CosignedBy {
        witness: cosigned.by.name().to_string(),
        time: time.map_or_else(|_| cosigned.time.to_string(), |at| at.to_string()),
    }
}

/// `witness a (as of …), b (as of …)`.
fn names(by: &[CosignedBy]) -> String {
    let named: Vec<String> = by
        .iter()
        .map(|c| format!("{} (as of {})", c.witness, c.time))
        .collect();
    format!("witness {}", named.join(", "))
}
