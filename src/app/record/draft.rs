//! Statements in files: drafts without a signature, signed on one machine and appended on another.
//!
//! A draft is the statement as JSON that people can edit. Signing completes it again: ledger, key, time, and the
//! newest head of the copy; a verdict's corroboration is computed for that head. The bytes that a source needs are
//! beside it, in files named by their SHA-256.

use super::append;
use super::append::Added;
use crate::app::read::corroboration;
use crate::app::{Desk, Error, Session, output};
use crate::host::{self, files, standard};
use crate::keystore::Passphrases;
use crate::snapshots::{Extractors, Snapshots, Waiting};
use claimledger_core::crypto::{Digest, PublicKey};
use claimledger_core::encoding::limits::MAX_TEXT_SOURCE_BYTES;
use claimledger_core::envelope::{self, Parsed};
use claimledger_core::log::blobs;
use claimledger_core::model::snapshot::{Holding, Snapshot};
use claimledger_core::model::source::Capture;
use claimledger_core::model::{Body, Statement, StatementType};
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};

/// Writes a statement without a signature, and the bytes it needs beside it. Returns the files.
pub fn write(
    desk: &Desk,
    path: &Path,
    statement: &Statement,
    blobs: Option<&Waiting>,
    force: bool,
) -> Result<Vec<PathBuf>, Error> {
    if let Some(waiting) = blobs
        && !waiting.digests()?.is_empty()
    {
        files_beside(path)?;
    }
    let mut text = serde_json::to_vec_pretty(statement).expect("statements are plain data");
    text.push(b'\n');
    output::write(desk, path, &text, force)?;
    let mut made = vec![path.to_path_buf()];
    if let Some(waiting) = blobs {
        for digest in waiting.digests()? {
            if let Some(mut blob) = waiting.snapshots().open(&digest)? {
                let file = beside(path, &digest);
                lay_down(desk, &file, &digest, &mut blob, force)?;
                made.push(file);
            }
        }
    }
    Ok(made)
}

/// Refuses standard output for what is written together with files beside it.
fn files_beside(path: &Path) -> Result<(), Error> {
    if standard::is_output(path) {
        return Err(Error::Protected {
            path: path.display().to_string(),
            what: "the bytes of the source are written beside the statement: name a file"
                .to_owned(),
        });
    }
    Ok(())
}

/// The file of one of several drafts: the first has the name itself, the second `NAME-2.json`.
pub fn numbered(path: &Path, number: usize) -> PathBuf {
    if number == 1 {
        return path.to_path_buf();
    }
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let mut name = format!("{stem}-{number}");
    if let Some(extension) = path.extension() {
        name.push_str(&format!(".{}", extension.to_string_lossy()));
    }
    path.with_file_name(name)
}

/// Reads a draft and completes it: this ledger, this key, now, and the newest head known here.
pub fn read(
    desk: &Desk,
    session: &Session,
    path: &Path,
    key: PublicKey,
) -> Result<Statement, Error> {
    let malformed = |reason: String| Error::File {
        path: path.display().to_string(),
        reason,
    };
    let bytes = files::read(path)?;
    let value: Value = serde_json::from_slice(&bytes).map_err(|e| malformed(e.to_string()))?;
    let Value::Object(mut fields) = value else {
        return Err(malformed("it is no JSON object".to_owned()));
    };
    if fields.contains_key("payload") {
        return Err(malformed("it is signed already: submit it".to_owned()));
    }
    let head = session.head();
    if let Some(Value::String(found)) = fields.get("ledger")
        && *found != head.ledger.to_string()
    {
        return Err(crate::ledger::Error::Rejected(
            claimledger_core::rules::Rejection::WrongLedger {
                found: found.parse()?,
                ledger: head.ledger,
            },
        )
        .into());
    }
    let seen = serde_json::json!({ "root": head.root, "size": head.size });
    fields.insert("ledger".to_owned(), Value::String(head.ledger.to_string()));
    fields.insert("key".to_owned(), Value::String(key.to_string()));
    fields.insert(
        "issued".to_owned(),
        Value::String(append::issued(desk, session)?.to_string()),
    );
    fields.insert("seen".to_owned(), seen);
    if fields.get("type").and_then(Value::as_str) == Some(StatementType::VerdictIssue.as_str()) {
        freeze_anew(session, &key, &mut fields).map_err(|e| match e {
            Error::Usage(reason) => malformed(reason),
            other => other,
        })?;
    }
    // `encode` prints the canonical form, whatever white space and order the draft has.
    let payload = claimledger_core::encoding::json::encode(&Value::Object(fields));
    Ok(Statement::decode(&payload)?)
}

/// Computes the corroboration of a verdict's draft as of the head that its signer now knows.
fn freeze_anew(
    session: &Session,
    key: &PublicKey,
    fields: &mut Map<String, Value>,
) -> Result<(), Error> {
    let missing = || Error::Usage("its body names no claim".to_owned());
    let body = fields.get_mut("body").and_then(Value::as_object_mut);
    let body = body.ok_or_else(missing)?;
    let claim = body.get("claim").and_then(Value::as_str);
    let size = session.head().size;
    let claim = session.resolve(claim.ok_or_else(missing)?, size)?;
    let frozen = corroboration::frozen(&session.view(), claim, key, size)?;
    let frozen = serde_json::to_value(frozen).expect("counts are plain data");
    body.insert("corroboration".to_owned(), frozen);
    Ok(())
}

/// Writes a signed statement as an envelope, and copies the bytes beside its draft. Returns the files.
pub fn seal(
    desk: &Desk,
    draft: &Path,
    signed: &Parsed,
    out: &Path,
    force: bool,
) -> Result<Vec<PathBuf>, Error> {
    let text = envelope::file::print(signed.payload(), signed.claimed_key(), signed.signature());
    output::write(desk, out, text.as_bytes(), force)?;
    let mut made = vec![out.to_path_buf()];
    for (digest, _) in needed(&signed.claimed().body) {
        let (from, to) = (beside(draft, &digest), beside(out, &digest));
        if from != to && files::exists(&from) {
            let mut bytes = files::open(&from)?;
            lay_down(desk, &to, &digest, &mut bytes, force)?;
            made.push(to);
        }
    }
    Ok(made)
}

/// Appends envelopes in one batch, all or nothing. It looks for the bytes of their sources in the ledger, in `with`,
/// and beside each envelope.
pub fn submit(
    desk: &Desk,
    envelopes: &[PathBuf],
    with: &[PathBuf],
    passphrases: &mut dyn Passphrases,
) -> Result<(Vec<Added>, Vec<String>), Error> {
    let mut given = BTreeMap::new();
    for path in with {
        given.insert(measured(path)?, path.clone());
    }
    let disk = desk.disk()?;
    let held = Snapshots::new(&disk);
    let waiting = Waiting::beside(&disk)?;
    let extractors = Extractors {
        reader: desk.reader.clone(),
    };
    let mut batch = Vec::new();
    for path in envelopes {
        let bytes = files::read(path)?;
        let parsed = envelope::file::read(&bytes)?;
        for (digest, most) in needed(&parsed.claimed().body) {
            if held.open_checked(&digest, most)?.is_some() {
                continue;
            }
            let lying = beside(path, &digest);
            let file = match given.get(&digest) {
                Some(file) => Some(file.clone()),
                None if files::exists(&lying) && measured(&lying)? == digest => Some(lying),
                None => None,
            };
            let file = file.ok_or_else(|| Error::BytesMissing {
                envelope: path.display().to_string(),
                digest,
            })?;
            let mut bytes = files::open(&file)?.take(most.saturating_add(1));
            let (kept, _) = waiting.to_fill()?.put_from(&mut bytes)?;
            if kept != digest {
                return Err(Error::BytesMissing {
                    envelope: path.display().to_string(),
                    digest,
                });
            }
        }
        // Before the lock: a large PDF takes its time.
        if let Some(snapshot) = snapshot_in(&parsed.claimed().body)
            && snapshot.text.is_some()
        {
            let brought = waiting
                .snapshots()
                .open_checked(&snapshot.sha256, snapshot.bytes)?;
            let bytes = match brought {
                Some(bytes) => Some(bytes),
                None => held.open_checked(&snapshot.sha256, snapshot.bytes)?,
            };
            if let Some(mut bytes) = bytes {
                extractors.check(snapshot, &mut *bytes)?;
            }
        }
        batch.push(parsed);
    }
    append::append(desk, batch, Some(&waiting), passphrases)
}

/// Writes bytes into the file named by their digest; if the same bytes are already there, it does nothing.
fn lay_down(
    desk: &Desk,
    file: &Path,
    digest: &Digest,
    bytes: &mut dyn Read,
    force: bool,
) -> Result<(), Error> {
    if files::exists(file) && measured(file)? == *digest {
        return Ok(());
    }
    output::write_from(desk, file, bytes, force)
}

/// The digest of a file's bytes, which may not fit into memory.
pub(super) fn measured(path: &Path) -> Result<Digest, Error> {
    let mut file = files::open(path)?;
    let measured = blobs::measure(&mut file).map_err(|e| host::Error::io("reading", path, e))?;
    Ok(measured.0)
}

/// The blobs that a statement declares as held, each with the most bytes that it can have.
fn needed(body: &Body) -> Vec<(Digest, u64)> {
    let text = |digest| (digest, MAX_TEXT_SOURCE_BYTES);
    let of = |snapshot: &Snapshot| match snapshot.holding {
        Holding::HashOnly => Vec::new(),
        Holding::Held => std::iter::once((snapshot.sha256, snapshot.bytes))
            .chain(snapshot.text.as_ref().map(|taken| text(taken.sha256)))
            .collect(),
    };
    match body {
        Body::ReviewRecord(review) => vec![(review.raw.sha256, review.raw.bytes)],
        Body::SourceTranscribe(transcript) => vec![text(transcript.text)],
        body => snapshot_in(body).map(of).unwrap_or_default(),
    }
}

/// The snapshot that a statement brings.
fn snapshot_in(body: &Body) -> Option<&Snapshot> {
    match body {
        Body::SourceAdd(source) => match &source.capture {
            Capture::Captured(snapshot) => Some(snapshot),
            Capture::NeverHeld(_) => None,
        },
        Body::SourceCapture(capture) => Some(&capture.snapshot),
        _ => None,
    }
}

/// The file beside another one that holds the bytes of a digest.
fn beside(path: &Path, digest: &Digest) -> PathBuf {
    path.with_file_name(digest.to_string())
}
