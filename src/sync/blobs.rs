//! Snapshots on their way to a copy or an export. They are streamed, so that a large one takes no memory, and never read
//! past the length that the log states. They get their names only when they are complete.

use super::Error;
use crate::host;
use crate::host::disk::Disk;
use claimledger_core::crypto::Digest;
use claimledger_core::encoding::limits::{MAX_TEXT_SOURCE_BYTES, MAX_TRAVELLING_SNAPSHOT_BYTES};
use claimledger_core::log::ReadSeek;
use claimledger_core::log::Reader;
use claimledger_core::log::blobs::{Measured, measure_within, path_of};
use claimledger_core::model::Body;
use claimledger_core::model::snapshot::{Holding, Snapshot};
use claimledger_core::model::source::Capture;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read, Seek as _, SeekFrom};
use std::path::Path;

/// The snapshots that a ledger's statements hold, and the most bytes that each can have. Which of them are hidden, the rules
/// say.
#[derive(Debug, Default)]
pub(super) struct Lengths(BTreeMap<Digest, u64>);

impl Lengths {
    /// Takes in a statement.
    pub(super) fn gather(&mut self, body: &Body) {
        match body {
            Body::SourceAdd(source) => {
                if let Capture::Captured(snapshot) = &source.capture {
                    self.snapshot(snapshot);
                }
            }
            Body::SourceCapture(capture) => self.snapshot(&capture.snapshot),
            Body::SourceTranscribe(made) => self.hold(made.text, MAX_TEXT_SOURCE_BYTES),
            Body::ReviewRecord(review) => self.hold(review.raw.sha256, review.raw.bytes),
            _ => {}
        }
    }

    fn snapshot(&mut self, snapshot: &Snapshot) {
        if snapshot.holding != Holding::Held {
            return;
        }
        self.hold(snapshot.sha256, snapshot.bytes);
        if let Some(text) = &snapshot.text {
            self.hold(text.sha256, MAX_TEXT_SOURCE_BYTES);
        }
    }

    /// If statements disagree about a length, the largest counts: the digest decides.
    fn hold(&mut self, digest: Digest, bytes: u64) {
        let bytes = bytes.min(MAX_TRAVELLING_SNAPSHOT_BYTES);
        let most = self.0.entry(digest).or_default();
        *most = (*most).max(bytes);
    }

    /// Those that are not hidden, each with its limit.
    pub(super) fn shown(mut self, hidden: &BTreeSet<Digest>) -> BTreeMap<Digest, u64> {
        self.0.retain(|digest, _| !hidden.contains(digest));
        self.0
    }
}

/// Bytes open for reading, and their length.
pub(super) type WithLength = (Box<dyn ReadSeek>, u64);

/// The bytes of a snapshot and their length, if they are here, are not longer than `most` and have its digest.
pub(super) fn intact(
    reader: &dyn Reader,
    digest: &Digest,
    most: u64,
) -> Result<Option<WithLength>, Error> {
    let name = path_of(digest);
    let Some(mut file) = reader.open_within(&name, most)? else {
        return Ok(None);
    };
    let reading = |e| host::Error::io("reading", Path::new(&name), e);
    match measure_within(&mut file, most).map_err(reading)? {
        Some((found, length)) if found == *digest => {
            file.seek(SeekFrom::Start(0)).map_err(reading)?;
            Ok(Some((file, length)))
        }
        _ => Ok(None),
    }
}

/// Writes bytes under the name of their snapshot, if they have this digest and are not longer than `most`; otherwise returns
/// false. When this returns true, the file is durable.
pub(super) fn settle(
    disk: &dyn Disk,
    digest: &Digest,
    most: u64,
    from: &mut dyn Read,
) -> Result<bool, Error> {
    let name = path_of(digest);
    let half = format!("{name}{HALF}");
    let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
    disk.remove(&half)?;
    let mut bounded = from.take(most.saturating_add(1));
    let mut measured = Measured::new(&mut bounded);
    // A crash before the renaming leaves a half that has no snapshot's name; the next export or pull writes it anew.
    let written = disk.create_streamed(&half, &mut measured);
    let (found, length) = measured.finish();
    if written.is_err() || found != *digest || length > most {
        // The first failure is the one to tell.
        let _ = disk.remove(&half);
        written?;
        return Ok(false);
    }
    disk.rename(&half, &name)?;
    disk.sync_folder(folder)?;
    Ok(true)
}

/// The name of the snapshot that a half-written file was to become, if this is one.
pub(super) fn half_of(name: &str) -> Option<&str> {
    name.strip_suffix(HALF)
}

/// How the name of a half-written snapshot ends.
const HALF: &str = ".next";
