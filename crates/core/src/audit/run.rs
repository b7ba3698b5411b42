//! The audit, step by step.
//!
//! 1. the checkpoint's form and size;
//! 2. every bundle, many at once: entries, leaf hashes, statement forms, signatures;
//! 3. every entry in order: index, chain, time, references, rules, the tree;
//! 4. the rebuilt tree against the stored tiles and the checkpoint's root;
//! 5. the checkpoint's signature, and whether this is the right ledger;
//! 6. cosignatures, by the auditor's policy; what the log says about ledgers of which there is a copy here;
//! 7. snapshots and excerpts; older partial tiles; the file `closed`; files that do not belong here.

use super::finding::{Finding, code};
use super::options::Options;
use super::replay::Replay;
use super::report::{AuditReport, HeldBy, NotChecked, Trust};
use super::{Error, Peer, bundles, distrusted, plain_files::PlainFiles, tiles, witnesses};
use crate::crypto::Digest;
use crate::log::names::{COSIGNED, FOR_GIT, WITNESSES};
use crate::log::{CheckpointKeys, Reader, closed};
use crate::rules::{MemoryView, View};
use crate::tlog::checkpoint::{Checkpoint, SignedCheckpoint};
use crate::tlog::note::VerifierKey;
use crate::tlog::{TreeSize, tile::TILE_WIDTH};

/// Audits a ledger: checks every entry again, by the rules of the log, and trusts nothing that it has not checked.
///
/// What the audit saw is a finding of the report. A ledger is sound if [`AuditReport::faults`] is 0. The report also says what
/// was not checked, and why one may believe that this is the ledger that was meant: give its id or key in `options`.
/// The clock and the randomness are the caller's: see [`Options`].
///
/// # Errors
///
/// There is no ledger behind `reader`, or `reader` could not read a file.
///
/// # Examples
///
/// ```
/// # fn files() -> std::io::Result<claimledger_core::FilesInMemory> {
/// #     let names = ["checkpoint", "tile/0/000.p/26", "tile/entries/000.p/26"];
/// #     let read = |name: &str| Ok((name.to_owned(), std::fs::read(format!("examples-data/ledger/{name}"))?));
/// #     names.into_iter().map(read).collect()
/// # }
/// use claimledger_core::{AuditOptions, Trust, UnixMillis, audit};
/// use std::time::{SystemTime, UNIX_EPOCH};
///
/// let options = AuditOptions {
///     ledger_key: Some("desk.example/facts+b4e266d3+ARxWLb095m9fCVeoXHQ2+Chjg4El8lLqOFYPtCOXrPth".parse()?),
///     now_millis: UnixMillis::new(SystemTime::now().duration_since(UNIX_EPOCH)?.as_millis().try_into()?),
///     ..AuditOptions::default()
/// };
/// let report = audit(&files()?, &options)?;
/// assert_eq!(report.trust, Trust::Pinned);
/// assert_eq!(report.checked.signatures, 26);
///
/// // The two snapshots were left out of these files: the audit says so.
/// assert!(report.findings.iter().all(|finding| finding.code.as_str() == "snapshot-absent"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn audit(reader: &dyn Reader, options: &Options) -> Result<AuditReport, Error> {
    run(reader, options, &mut |_, _| {})
}

/// The same; `progress` is called with (entries done, all entries).
pub fn run(
    reader: &dyn Reader,
    options: &Options,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<AuditReport, Error> {
    run_beside(reader, options, &[], progress)
}

/// The same, with copies of other ledgers to compare with what this one says about them.
pub fn run_beside(
    reader: &dyn Reader,
    options: &Options,
    peers: &[Peer<'_>],
    progress: &mut dyn FnMut(u64, u64),
) -> Result<AuditReport, Error> {
    replayed(reader, options, peers, progress).map(|(report, _)| report)
}

/// The report, and the rule state after the last entry.
pub(super) fn replayed(
    reader: &dyn Reader,
    options: &Options,
    peers: &[Peer<'_>],
    progress: &mut dyn FnMut(u64, u64),
) -> Result<(AuditReport, MemoryView), Error> {
    if let Some(kept) = &options.against {
        SignedCheckpoint::parse(kept).map_err(|source| Error::Kept { source })?;
    }
    let plain = PlainFiles::of(reader);
    let (mut report, view) = everything(&plain, options, peers, progress)?;
    report.findings.extend(plain.findings());
    Ok((report, view))
}

fn everything(
    reader: &dyn Reader,
    options: &Options,
    peers: &[Peer<'_>],
    progress: &mut dyn FnMut(u64, u64),
) -> Result<(AuditReport, MemoryView), Error> {
    // This is read before the checkpoint: in a folder in use, a later head may be cosigned during the audit.
    let cosigned = reader.read(COSIGNED)?;
    let bytes = reader.read("checkpoint")?.ok_or_else(|| Error::NoLedger {
        place: reader.place(),
    })?;
    let mut report = empty_report(reader, options);
    // A checkpoint without entries has no entry 0 to name its key: anybody could have signed it.
    let covering = SignedCheckpoint::parse(&bytes)
        .map_err(|e| e.to_string())
        .and_then(|signed| match signed.checkpoint().size {
            TreeSize::EMPTY => Err("it covers no entries".to_owned()),
            _ => Ok(signed),
        });
    let signed = match covering {
        Ok(signed) => signed,
        Err(reason) => {
            report.findings.push(Finding::in_file(
                code::CHECKPOINT_MALFORMED,
                "checkpoint",
                reason,
            ));
            report.not_checked.push(NotChecked {
                what: "everything else".to_owned(),
                count: 1,
                why: "without a checkpoint the size of the ledger is unknown".to_owned(),
            });
            return Ok((report, MemoryView::default()));
        }
    };
    let checkpoint = signed.checkpoint().clone();
    report.origin = Some(checkpoint.origin.to_string());
    report.size = Some(checkpoint.size);
    report.root = Some(checkpoint.root.to_string());

    let mut replay = Replay::new(options.now_millis);
    let complete = entries(reader, &checkpoint, options, &mut replay, progress)?;
    replay.settle(None);
    if complete {
        let Replay {
            frontier,
            findings,
            checked,
            ..
        } = &mut replay;
        tiles::compare_edge(reader, frontier, checked, findings)?;
        if replay.frontier.root() != checkpoint.root {
            replay.findings.push(Finding::in_file(
                code::ROOT_MISMATCH,
                "checkpoint",
                format!(
                    "the entries give the root hash {}, but the checkpoint has {}",
                    replay.frontier.root(),
                    checkpoint.root
                ),
            ));
        }
    } else {
        replay.beside.cut_short = true;
        report.not_checked.push(NotChecked {
            what: "entries".to_owned(),
            count: checkpoint.size.get() - replay.checked.entries,
            why: "a bundle before them could not be read".to_owned(),
        });
    }
    identity(&signed, options, &mut replay, &mut report);
    continuation(options, &mut replay, &mut report);
    witnesses::check(
        &signed,
        cosigned.as_deref(),
        options,
        &mut replay,
        &mut report,
    );
    let elsewhere = std::mem::take(&mut replay.elsewhere);
    elsewhere.check(
        peers,
        &mut replay.checked,
        &mut replay.findings,
        &mut report.not_checked,
    );
    folder(reader, options, &checkpoint, &mut replay, &mut report)?;
    report.state = Some(replay.view.digest().to_string());
    report.distrusted = distrusted::count(&replay.view);
    report.held.extend(replay.held());
    report.held.sort_by_key(|held| std::cmp::Reverse(held.size));
    report.checked = replay.checked;
    report.findings.extend(replay.findings);
    report.arrange();
    Ok((report, replay.view))
}

fn empty_report(reader: &dyn Reader, options: &Options) -> AuditReport {
    let trust = if options.ledger_id.is_some() || options.ledger_key.is_some() {
        Trust::Pinned
    } else if options.remembered.is_some() {
        Trust::Remembered
    } else {
        Trust::FirstContact
    };
    AuditReport::new(reader.place(), trust)
}

/// Reads and replays all bundles, a window at a time so that memory stays small. Returns whether every entry had a
/// known place.
fn entries(
    reader: &dyn Reader,
    checkpoint: &Checkpoint,
    options: &Options,
    replay: &mut Replay,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<bool, Error> {
    let size = checkpoint.size;
    let last = size.get().div_ceil(TILE_WIDTH);
    let mut first = 0;
    while first < last {
        let end = (first + WINDOW_BUNDLES).min(last);
        for bundle in bundles::open(reader, first, end, size, options)? {
            if !replay.take(bundle) {
                return Ok(false);
            }
        }
        let Replay {
            full,
            checked,
            findings,
            ..
        } = replay;
        tiles::compare_full(reader, full, checked, findings)?;
        progress((end * TILE_WIDTH).min(size.get()), size.get());
        first = end;
    }
    Ok(true)
}

/// Checks the checkpoint's signature, and whether this is the right ledger.
fn identity(
    signed: &SignedCheckpoint,
    options: &Options,
    replay: &mut Replay,
    report: &mut AuditReport,
) {
    let own = replay.identity.clone();
    let mut fault = |code, message: String| {
        replay
            .findings
            .push(Finding::in_file(code, "checkpoint", message));
    };
    if let Some((id, vkey)) = &own {
        report.ledger = Some(id.to_string());
        let expected = [
            (options.ledger_id, "was expected"),
            (options.remembered, "is the one that this machine remembers"),
        ];
        for (meant, why) in expected {
            if let Some(meant) = meant.filter(|meant| meant != id) {
                fault(
                    code::LEDGER_ID,
                    format!("this is ledger {id}, but {meant} {why}"),
                );
            }
        }
        if *vkey.name() != signed.checkpoint().origin {
            fault(
                code::CHECKPOINT_ORIGIN,
                format!(
                    "it belongs to {}, but entry 0 names {}",
                    signed.checkpoint().origin,
                    vkey.name()
                ),
            );
        }
    } else if let Some(meant) = options.ledger_id {
        fault(
            code::LEDGER_ID,
            format!("entry 0 cannot be read, so this cannot be ledger {meant}"),
        );
    }
    let Some(keys) = &replay.keys else {
        match &options.ledger_key {
            Some(vkey) => {
                report.vkey = Some(vkey.to_string());
                if let Err(e) = signed.verify(std::slice::from_ref(vkey)) {
                    fault(code::CHECKPOINT_SIGNATURE, e.to_string());
                }
            }
            None => report.not_checked.push(NotChecked {
                what: "the checkpoint's signature".to_owned(),
                count: 1,
                why: "entry 0, which names the key, could not be read".to_owned(),
            }),
        }
        return;
    };
    let size = signed.checkpoint().size;
    report.vkey = Some(keys.newest(size).to_string());
    if let Err(e) = keys.check(signed) {
        fault(code::CHECKPOINT_SIGNATURE, e.to_string());
    }
    if let Some(meant) = &options.ledger_key
        && let Some(why) = key_mismatch(meant, keys, size, options, &replay.view)
    {
        fault(code::LEDGER_KEY, why);
    }
}

/// Why the expected key does not vouch for this head; `None` if it does.
///
/// A key that signs at this size does. A retired key does if the auditor has a checkpoint that it signed together with
/// a key that signs today: then the rotation is in the history that the auditor has already checked. If the auditor
/// also gave the ledger's id, and it is right, the id vouches for every admitted entry.
fn key_mismatch(
    meant: &VerifierKey,
    keys: &CheckpointKeys,
    size: TreeSize,
    options: &Options,
    view: &MemoryView,
) -> Option<String> {
    let today = keys.signing(size);
    if today.contains(meant) {
        return None;
    }
    let vkey = keys.newest(size);
    if *meant.name() != *vkey.name() || !keys.all().any(|key| key == *meant.key()) {
        return Some(format!(
            "this ledger's key is {vkey}, but {meant} was expected"
        ));
    }
    let kept = options.against.as_deref().map(SignedCheckpoint::parse);
    let crossed = kept.and_then(Result::ok).is_some_and(|kept| {
        let past = kept.checkpoint();
        let ours = match view.root_at(past.size) {
            Ok(root) => root == Some(past.root),
            Err(never) => match never {},
        };
        let then = keys.signing(past.size);
        ours && then.contains(meant)
            && kept.verify(std::slice::from_ref(meant)).is_ok()
            && then.iter().any(|key| today.contains(key))
    });
    if crossed || options.ledger_id.is_some() {
        return None;
    }
    let retired = keys.retired(meant.key());
    Some(format!(
        "{meant} was expected, but it was retired in entry {}; no checkpoint was given that is signed by both it and a \
         key in use today",
        retired.map_or_else(|| "?".to_owned(), |at| at.to_string())
    ))
}

/// A checkpoint from an earlier day must be a prefix of this ledger. If it is not, history was rewritten.
fn continuation(options: &Options, replay: &mut Replay, report: &mut AuditReport) {
    let Some(bytes) = &options.against else {
        return;
    };
    let mut fault = |message: String| {
        replay.findings.push(Finding::in_file(
            code::NOT_A_CONTINUATION,
            "checkpoint",
            message,
        ));
    };
    let kept = SignedCheckpoint::parse(bytes).expect("it was parsed before anything else");
    if let Some(keys) = &replay.keys
        && let Err(e) = kept.verify(&keys.signing(kept.checkpoint().size))
    {
        fault(format!(
            "the checkpoint to compare with does not belong to this ledger: {e}"
        ));
        return;
    }
    let Checkpoint { size, root, .. } = kept.checkpoint();
    let ours: Option<Digest> = match replay.view.root_at(*size) {
        Ok(root) => root,
        Err(never) => match never {},
    };
    match ours {
        Some(ours) if ours == *root => {
            let by = "the checkpoint to compare with";
            report.held.push(HeldBy::new(*size, by));
        }
        Some(ours) => fault(format!(
            "at size {size} its root hash is {root}, but here it is {ours}"
        )),
        None => fault(format!(
            "it covers {size} entries, but this ledger has {}",
            replay.view.size()
        )),
    }
}

/// Checks everything that is not an entry: snapshots, excerpts, older tiles, `closed`, other files.
fn folder(
    reader: &dyn Reader,
    options: &Options,
    checkpoint: &Checkpoint,
    replay: &mut Replay,
    report: &mut AuditReport,
) -> Result<(), Error> {
    let names = reader.list("")?;
    let under = |folder: &str| {
        names.as_ref().map(|names| {
            let inside = names.iter().filter(|n| n.starts_with(folder));
            inside.cloned().collect::<Vec<String>>()
        })
    };
    let snapshots = under("snapshots/");
    let hidden = replay.beside.hidden(&replay.view);
    let Replay {
        beside,
        texts,
        quotations,
        checked,
        findings,
        ..
    } = replay;
    let mut comparison = quotations.comparison();
    let mut extraction = texts.extraction(options.texts.as_deref(), quotations.words_by_text());
    beside.check(
        reader,
        &hidden,
        snapshots.as_deref(),
        &mut [&mut comparison, &mut extraction],
        checked,
        findings,
        &mut report.not_checked,
    )?;
    comparison.finish(&mut report.not_checked);
    extraction.finish(&mut report.not_checked);
    match under("tile/") {
        Some(tiles) => tiles::sweep(reader, &tiles, checkpoint.size, checked, findings)?,
        None => report.not_checked.push(NotChecked {
            what: "files that do not belong".to_owned(),
            count: 1,
            why: "this place cannot be listed".to_owned(),
        }),
    }
    closing(reader, replay, checkpoint)?;
    for name in names.into_iter().flatten() {
        let first = name.split('/').next().unwrap_or_default();
        let known = [
            "tile",
            "snapshots",
            "index",
            "checkpoint",
            COSIGNED,
            WITNESSES,
            "lock",
            closed::FILE,
        ];
        if name == "checkpoint.next" {
            replay.findings.push(
                Finding::in_file(
                    code::COMMIT_PENDING,
                    name,
                    "a commit was interrupted here; the next append or `doctor --repair` finishes it",
                )
                .into_note(),
            );
        } else if !known.contains(&first) && !FOR_GIT.contains(&name.as_str()) {
            replay.findings.push(
                Finding::in_file(
                    code::STRAY_FILE,
                    name,
                    "it does not belong in a ledger folder",
                )
                .into_note(),
            );
        }
    }
    Ok(())
}

/// The file that closes this copy, if there is one.
fn closing(reader: &dyn Reader, replay: &mut Replay, checkpoint: &Checkpoint) -> Result<(), Error> {
    let Some(bytes) = reader.read(closed::FILE)? else {
        return Ok(());
    };
    let Some(keys) = &replay.keys else {
        return Ok(());
    };
    let root_at = |size| match replay.view.root_at(size) {
        Ok(root) => root,
        Err(never) => match never {},
    };
    let finding = match closed::of_ledger(&bytes, keys, &checkpoint.origin, root_at) {
        Ok(closed) => {
            let words = format!("this copy takes no more entries: {}", closed.reason);
            Finding::in_file(code::COPY_CLOSED, closed::FILE, words).into_note()
        }
        Err(e) => Finding::in_file(code::CLOSED_INVALID, closed::FILE, e.to_string()),
    };
    replay.findings.push(finding);
    Ok(())
}

/// 64 bundles are 16,384 entries: about 15 MB in memory, and enough work for many cores.
const WINDOW_BUNDLES: u64 = 64;
