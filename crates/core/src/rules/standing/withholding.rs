//! Which bytes are hidden, as of a size.
//!
//! - The *host's* withholding names no source. It hides the digest wherever it stands, now and later, the texts taken out of
//!   the bytes, and transcripts of them.
//! - A *source's* withholding is by an organisation whose entry brought the bytes and says that they are held. Bytes are
//!   hidden where every such entry is covered by a withholding of its organisation for its source; so nobody hides what
//!   another one holds. A text or transcript is hidden where all bytes are hidden that it was taken out of.
//!
//! A withholding ends when it is withdrawn. One that is distrusted goes on hiding until an admin withdraws it: bytes that a
//! court forbids must not appear again because a key was stolen.
//!
//! Export, pull, audit and the commands that show a text ask this function alone.

use super::as_of::Reading;
use crate::crypto::Digest;
use crate::model::snapshot::{Holding, Snapshot};
use crate::model::source::Capture;
use crate::model::{Body, StatementType};
use crate::rules::backlinks::Link;
use crate::rules::statement::{Says, StatementFact};
use crate::rules::view::View;
use crate::tlog::EntryIndex;
use std::collections::{BTreeMap, BTreeSet};

/// What the statements of a log say about bytes that are held or withheld.
#[derive(Debug, Clone, Default)]
pub struct Withholdings {
    carriers: BTreeMap<Digest, Vec<Carrier>>,
    /// The texts that were taken out of bytes, and transcripts of them.
    texts: BTreeMap<Digest, BTreeSet<Digest>>,
    withheld: Vec<EntryIndex>,
}

/// An entry that brought bytes, and holds them.
#[derive(Debug, Clone, Copy)]
struct Carrier {
    entry: EntryIndex,
    /// The bytes that a text or transcript was taken out of.
    taken_from: Option<Digest>,
}

/// What is hidden.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hidden {
    /// The digests, each with the withholding that decided.
    pub digests: BTreeMap<Digest, EntryIndex>,
    /// Withholdings that are distrusted and still hide: an admin decides about them.
    pub distrusted: Vec<EntryIndex>,
}

/// A withholding in effect.
struct InEffect {
    entry: EntryIndex,
    organisation: EntryIndex,
    /// The first form of its source; none for the host's.
    source: Option<EntryIndex>,
    digest: Digest,
}

impl Withholdings {
    /// Takes in an admitted statement.
    pub fn gather(&mut self, entry: EntryIndex, body: &Body) {
        match body {
            Body::SourceAdd(source) => {
                if let Capture::Captured(snapshot) = &source.capture {
                    self.snapshot(entry, snapshot);
                }
            }
            Body::SourceCapture(capture) => self.snapshot(entry, &capture.snapshot),
            Body::SourceTranscribe(made) => self.carrier(entry, made.text, Some(made.of)),
            Body::ReviewRecord(review) => self.carrier(entry, review.raw.sha256, None),
            Body::SnapshotWithhold(_) => self.withheld.push(entry),
            _ => {}
        }
    }

    fn snapshot(&mut self, entry: EntryIndex, snapshot: &Snapshot) {
        if snapshot.holding != Holding::Held {
            return;
        }
        self.carrier(entry, snapshot.sha256, None);
        if let Some(text) = &snapshot.text {
            self.carrier(entry, text.sha256, Some(snapshot.sha256));
        }
    }

    fn carrier(&mut self, entry: EntryIndex, digest: Digest, taken_from: Option<Digest>) {
        let carrier = Carrier { entry, taken_from };
        self.carriers.entry(digest).or_default().push(carrier);
        if let Some(from) = taken_from {
            self.texts.entry(from).or_default().insert(digest);
        }
    }

    /// Every digest that is held.
    pub fn held(&self) -> impl Iterator<Item = Digest> {
        self.carriers.keys().copied()
    }

    /// Whether no statement withholds anything.
    pub fn is_empty(&self) -> bool {
        self.withheld.is_empty()
    }

    /// What is hidden at the size of the reading.
    pub fn hidden<V: View>(&self, reading: &Reading<'_, V>) -> Result<Hidden, V::Error> {
        let mut hidden = Hidden::default();
        let mut in_effect = Vec::new();
        for entry in &self.withheld {
            let Some(fact) = reading.entry(*entry)? else {
                continue;
            };
            if taken_back(reading, &fact)? {
                continue;
            }
            if !reading.is_trusted(&fact)? {
                hidden.distrusted.push(*entry);
            }
            if let Says::Withholding { source, sha256 } = &fact.says {
                in_effect.push(InEffect {
                    entry: *entry,
                    organisation: fact.by.organisation,
                    source: source.map(|form| first_form(reading, form)).transpose()?,
                    digest: **sha256,
                });
            }
        }
        self.by_the_host(&in_effect, &mut hidden);
        self.by_sources(reading, &in_effect, &mut hidden)?;
        Ok(hidden)
    }

    /// The digests that the host withholds, and all that was taken out of them.
    fn by_the_host(&self, in_effect: &[InEffect], hidden: &mut Hidden) {
        let host = in_effect.iter().filter(|w| w.source.is_none());
        let mut open: Vec<(Digest, EntryIndex)> = host.map(|w| (w.digest, w.entry)).collect();
        while let Some((digest, entry)) = open.pop() {
            if hidden.digests.contains_key(&digest) {
                continue;
            }
            hidden.digests.insert(digest, entry);
            let texts = self.texts.get(&digest).into_iter().flatten();
            open.extend(texts.map(|text| (*text, entry)));
        }
    }

    /// The digests that are hidden because everybody who holds them withholds them.
    fn by_sources<V: View>(
        &self,
        reading: &Reading<'_, V>,
        in_effect: &[InEffect],
        hidden: &mut Hidden,
    ) -> Result<(), V::Error> {
        let mut open: Vec<Digest> = in_effect.iter().map(|w| w.digest).collect();
        open.extend(
            hidden
                .digests
                .keys()
                .filter_map(|digest| self.texts.get(digest))
                .flatten(),
        );
        while let Some(digest) = open.pop() {
            if hidden.digests.contains_key(&digest) {
                continue;
            }
            let Some(entry) = self.covered(reading, digest, in_effect, hidden)? else {
                continue;
            };
            hidden.digests.insert(digest, entry);
            open.extend(self.texts.get(&digest).into_iter().flatten());
        }
        Ok(())
    }

    /// The withholding that decides, if every trusted entry that brought these bytes is covered.
    fn covered<V: View>(
        &self,
        reading: &Reading<'_, V>,
        digest: Digest,
        in_effect: &[InEffect],
        hidden: &Hidden,
    ) -> Result<Option<EntryIndex>, V::Error> {
        let mut decides = None;
        for carrier in self.carriers.get(&digest).into_iter().flatten() {
            let Some(fact) = reading.entry(carrier.entry)? else {
                continue;
            };
            let bytes = carrier
                .taken_from
                .and_then(|from| hidden.digests.get(&from));
            let by = if let Some(by) = bytes {
                Some(*by)
            } else {
                let source = source_of(&fact).map(|form| first_form(reading, form));
                let source = source.transpose()?;
                let own = in_effect.iter().find(|withholding| {
                    withholding.digest == digest
                        && withholding.organisation == fact.by.organisation
                        && source.is_some()
                        && withholding.source == source
                });
                own.map(|withholding| withholding.entry)
            };
            if by.is_none() && reading.is_trusted(&fact)? {
                return Ok(None);
            }
            decides = decides.or(by);
        }
        Ok(decides)
    }
}

/// Whether a withholding was taken back. Of a distrusted one only an admin can sign the withdrawal; admission sees to it.
fn taken_back<V: View>(
    reading: &Reading<'_, V>,
    withholding: &StatementFact,
) -> Result<bool, V::Error> {
    for end in reading.under(withholding.index, Link::End)? {
        if end.statement_type == StatementType::Withdraw && reading.is_trusted(&end)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The source whose bytes a statement brings.
fn source_of(fact: &StatementFact) -> Option<EntryIndex> {
    match &fact.says {
        Says::Source(_) => Some(fact.index),
        Says::Capture { source, .. } | Says::Transcript { source, .. } => Some(*source),
        _ => None,
    }
}

/// The first form of a thing.
fn first_form<V: View>(reading: &Reading<'_, V>, form: EntryIndex) -> Result<EntryIndex, V::Error> {
    let mut first = form;
    while let Some(correction) = reading.entry(first)?.and_then(|fact| fact.correction) {
        first = correction.supersedes;
    }
    Ok(first)
}
