//! Checks the snapshots beside the log against their digests, and hands the right ones on: each is read and hashed once.

use super::finding::{Finding, code};
use super::report::{CheckCounts, NotChecked};
use crate::crypto::Digest;
use crate::encoding::limits::MAX_TEXT_SOURCE_BYTES;
use crate::log;
use crate::log::ReadError;
use crate::log::ReadSeek;
use crate::log::Reader;
use crate::log::SnapshotState;
use crate::log::blobs;
use crate::log::names::INCOMING;
use crate::log::snapshot_state::{BlobRecord, state};
use crate::model::Body;
use crate::model::snapshot::{Holding, Snapshot};
use crate::model::source::Capture;
use crate::rules::standing::withholding::{Hidden, Withholdings};
use crate::rules::{MemoryView, Reading};
use crate::tlog::EntryIndex;
use std::collections::BTreeMap;

/// A blob that an entry names.
#[derive(Debug, Clone)]
struct Expected {
    entry: EntryIndex,
    bytes: Option<u64>,
    holding: Holding,
}

impl Expected {
    /// The most bytes that it can have: those that its entry records, and for an extracted text the limit on texts.
    fn most(&self) -> u64 {
        self.bytes.unwrap_or(MAX_TEXT_SOURCE_BYTES)
    }
}

/// Snapshots, collected during the replay.
#[derive(Debug, Clone, Default)]
pub struct Beside {
    blobs: BTreeMap<Digest, Expected>,
    withholdings: Withholdings,
    never_held: u64,
    /// Whether entries could not be read. Then it is unknown which blobs they named.
    pub cut_short: bool,
}

impl Beside {
    /// Collects the blobs that an admitted statement names.
    pub fn gather(&mut self, entry: EntryIndex, body: &Body) {
        self.withholdings.gather(entry, body);
        match body {
            Body::SourceAdd(source) => match &source.capture {
                Capture::Captured(snapshot) => self.snapshot(entry, snapshot),
                Capture::NeverHeld(_) => self.never_held += 1,
            },
            Body::SourceCapture(capture) => self.snapshot(entry, &capture.snapshot),
            Body::SourceTranscribe(made) => self.blob(
                made.text,
                Expected {
                    entry,
                    bytes: None,
                    holding: Holding::Held,
                },
            ),
            Body::ReviewRecord(review) => self.blob(
                review.raw.sha256,
                Expected {
                    entry,
                    bytes: Some(review.raw.bytes),
                    holding: Holding::Held,
                },
            ),
            _ => {}
        }
    }

    fn snapshot(&mut self, entry: EntryIndex, snapshot: &Snapshot) {
        let expected = Expected {
            entry,
            bytes: Some(snapshot.bytes),
            holding: snapshot.holding,
        };
        if let Some(text) = &snapshot.text {
            self.blob(
                text.sha256,
                Expected {
                    bytes: None,
                    ..expected
                },
            );
        }
        self.blob(snapshot.sha256, expected);
    }

    fn blob(&mut self, digest: Digest, expected: Expected) {
        self.blobs.entry(digest).or_insert(expected);
    }

    /// What is hidden, at the end of the log.
    pub fn hidden(&self, view: &MemoryView) -> Hidden {
        let Ok(reading) = Reading::at(view, view.size());
        let Ok(hidden) = self.withholdings.hidden(&reading);
        hidden
    }

    /// Looks at everything gathered. Bytes that have their digest are handed to each of `checks`.
    #[expect(
        clippy::too_many_arguments,
        reason = "the copy, what is known of it, and the three parts of a report"
    )]
    pub fn check(
        &self,
        reader: &dyn Reader,
        hidden: &Hidden,
        names: Option<&[String]>,
        checks: &mut [&mut dyn BytesCheck],
        checked: &mut CheckCounts,
        findings: &mut Vec<Finding>,
        not_checked: &mut Vec<NotChecked>,
    ) -> Result<(), log::Error> {
        let (mut hash_only, mut missing, mut withheld) = (0, 0, 0);
        for (digest, expected) in &self.blobs {
            let file = blobs::path_of(digest);
            let about = |finding: Finding| Finding {
                entry: Some(expected.entry),
                ..finding
            };
            let most = expected.most();
            let found = match measured(reader, &file, most)? {
                Found::Longer => {
                    checked.snapshots += 1;
                    let words = format!(
                        "it has more than the {most} bytes that it can have; the rest was not read"
                    );
                    findings.push(about(Finding::in_file(code::SNAPSHOT_LENGTH, &file, words)));
                    continue;
                }
                Found::Whole {
                    digest: found,
                    length,
                    mut bytes,
                } => {
                    for one in checks.iter_mut().filter(|_| found == *digest) {
                        bytes.rewind().map_err(|e| ReadError::cut_short(&file, e))?;
                        one.check(digest, &mut *bytes, checked, findings)?;
                    }
                    Some((found, length))
                }
                Found::Nothing => None,
            };
            let state = state(
                Some(BlobRecord {
                    digest: *digest,
                    holding: expected.holding,
                    withheld: hidden.digests.contains_key(digest),
                }),
                found.map(|(found, _)| found),
            );
            match state {
                SnapshotState::HashOnly => hash_only += 1,
                SnapshotState::Withheld => withheld += 1,
                SnapshotState::Missing => {
                    missing += 1;
                    let words = "its entry records it as kept, but it is not in this copy";
                    findings.push(
                        about(Finding::in_file(code::SNAPSHOT_ABSENT, &file, words)).into_note(),
                    );
                }
                SnapshotState::Altered => {
                    let digest = found.map_or_else(String::new, |(found, _)| found.to_string());
                    findings.push(about(Finding::in_file(
                        code::SNAPSHOT_ALTERED,
                        &file,
                        format!("its bytes have the digest {digest}"),
                    )));
                }
                SnapshotState::Held | SnapshotState::NeverHeld => {}
            }
            let Some((found, length)) = found else {
                continue;
            };
            checked.snapshots += 1;
            if found == *digest && expected.bytes.is_some_and(|n| n != length) {
                findings.push(about(Finding::in_file(
                    code::SNAPSHOT_LENGTH,
                    file,
                    format!(
                        "it has {length} bytes, but its source records {}",
                        expected.bytes.unwrap_or(0)
                    ),
                )));
            }
        }
        self.unnamed(names, findings, not_checked);
        let mut not = |what: &str, count: u64, why: &str| {
            if count > 0 {
                not_checked.push(NotChecked {
                    what: what.to_owned(),
                    count,
                    why: why.to_owned(),
                });
            }
        };
        not("snapshots", hash_only, "only their digest was kept");
        not(
            "snapshots",
            withheld,
            "withheld: the log records that they are no longer shown, and why",
        );
        not(
            "withholdings",
            hidden.distrusted.len() as u64,
            "signed with a key that is distrusted: they hide until an admin withdraws them",
        );
        not("snapshots", missing, "missing: not in this copy");
        not("sources", self.never_held, "never kept: known by name only");
        Ok(())
    }

    /// Files below `snapshots/` that no entry names. Nobody signed a length for them, so none of their bytes are read.
    fn unnamed(
        &self,
        names: Option<&[String]>,
        findings: &mut Vec<Finding>,
        not_checked: &mut Vec<NotChecked>,
    ) {
        let mut unknown = 0;
        for name in names.unwrap_or_default() {
            let digest = name
                .rsplit('/')
                .next()
                .and_then(|n| n.parse::<Digest>().ok());
            let words = match digest.filter(|digest| blobs::path_of(digest) == *name) {
                None if name.starts_with(INCOMING) => {
                    "a running command needs this, or a stopped command left it: `doctor` tells which"
                }
                None => "this is not the name of a snapshot",
                Some(digest) if self.blobs.contains_key(&digest) => continue,
                Some(_) if self.cut_short => {
                    unknown += 1;
                    continue;
                }
                Some(_) => "no entry refers to this snapshot",
            };
            findings.push(Finding::in_file(code::STRAY_FILE, name, words).into_note());
        }
        if unknown > 0 {
            not_checked.push(NotChecked {
                what: "snapshots".to_owned(),
                count: unknown,
                why: "the entries that refer to them could not be read".to_owned(),
            });
        }
    }
}

/// What an audit does with the bytes of a snapshot that are here and have their digest.
pub trait BytesCheck {
    /// Looks at the bytes of a digest, from their beginning.
    fn check(
        &mut self,
        digest: &Digest,
        bytes: &mut dyn ReadSeek,
        checked: &mut CheckCounts,
        findings: &mut Vec<Finding>,
    ) -> Result<(), log::Error>;
}

/// What lies under the name of a snapshot.
enum Found {
    Nothing,
    /// A file that is no longer than it can be.
    Whole {
        digest: Digest,
        length: u64,
        bytes: Box<dyn ReadSeek>,
    },
    /// More bytes than it can have.
    Longer,
}

/// Measures a file, never all in memory, and never past the length that it can have.
fn measured(reader: &dyn Reader, name: &str, most: u64) -> Result<Found, log::Error> {
    let Some(mut file) = reader.open_within(name, most)? else {
        return Ok(Found::Nothing);
    };
    let found = blobs::measure_within(&mut file, most);
    let found = found.map_err(|e| ReadError::cut_short(name, e))?;
    Ok(match found {
        None => Found::Longer,
        Some((digest, length)) => Found::Whole {
            digest,
            length,
            bytes: file,
        },
    })
}
