//! Compares what the log says about other ledgers with copies of them: observed heads, and statements named there.
//!
//! From the log alone an audit can check an observed head's form and signature (with its statement), its key (a rule),
//! and whether two observations contradict each other. For the rest it needs a copy.

use super::finding::{Finding, code};
use super::report::{CheckCounts, NotChecked};
use crate::encoding::millis::UnixMillis;
use crate::encoding::name::Origin;
use crate::entry::Entry;
use crate::log::Log;
use crate::log::Reader;
use crate::log::tiles;
use crate::model::{Body, Reference, StatementId};
use crate::tlog::checkpoint::{Checkpoint, SignedCheckpoint};
use crate::tlog::tile::TILE_WIDTH;
use crate::tlog::{EntryIndex, TreeSize};
use std::collections::{BTreeMap, BTreeSet};

/// A copy of another ledger.
pub struct Peer<'a> {
    /// What it is called here.
    pub name: String,
    /// What reads it.
    pub reader: &'a dyn Reader,
}

/// What the log says about other ledgers, collected during the replay.
#[derive(Debug, Clone, Default)]
pub struct Elsewhere {
    observed: Vec<(EntryIndex, Observed)>,
    /// Entry, its time, and what it names.
    named: Vec<(EntryIndex, UnixMillis, Origin, StatementId)>,
}

#[derive(Debug, Clone)]
struct Observed {
    head: Checkpoint,
    vkey: String,
}

impl Elsewhere {
    /// Collects what an admitted statement says about other ledgers.
    pub fn gather(&mut self, entry: EntryIndex, time: UnixMillis, body: &Body) {
        match body {
            Body::CheckpointObserve(observe) => {
                // It could be decoded when its statement was.
                let bytes = observe.checkpoint.as_str().as_bytes();
                if let Ok(signed) = SignedCheckpoint::parse(bytes) {
                    let head = signed.checkpoint().clone();
                    let vkey = observe.vkey.as_str().to_owned();
                    self.observed.push((entry, Observed { head, vkey }));
                }
            }
            Body::ClaimRelate(relate) => {
                if let Reference::Elsewhere(origin, id) = &relate.to {
                    self.named.push((entry, time, origin.clone(), *id));
                }
            }
            _ => {}
        }
    }

    /// Looks at everything gathered.
    pub fn check(
        self,
        peers: &[Peer<'_>],
        checked: &mut CheckCounts,
        findings: &mut Vec<Finding>,
        not: &mut Vec<NotChecked>,
    ) {
        if self.observed.is_empty() && self.named.is_empty() {
            return;
        }
        let mut told = Told {
            checked,
            findings,
            unchecked: BTreeMap::new(),
        };
        self.contradictions(&mut told);
        let mut copies: BTreeMap<Origin, Vec<Copy<'_>>> = BTreeMap::new();
        for peer in peers {
            // A mirror that cannot be read counts as no mirror; `mirror list` shows it.
            if let Ok(log) = Log::open(peer.reader) {
                let origin = log.head().origin.clone();
                let name = &peer.name;
                copies.entry(origin).or_default().push(Copy { name, log });
            }
        }
        for (entry, observed) in &self.observed {
            let held = copies.get(&observed.head.origin);
            told.observed(*entry, observed, held.map_or(&[][..], Vec::as_slice));
        }
        let mut ids: BTreeMap<&Origin, Vec<Known>> = BTreeMap::new();
        for (entry, time, origin, id) in &self.named {
            let known = ids.entry(origin).or_insert_with(|| {
                let held = copies.get(origin).map_or(&[][..], Vec::as_slice);
                held.iter().map(Known::new).collect()
            });
            told.named(*entry, *time, (origin, id), known);
        }
        for ((what, why), count) in told.unchecked {
            not.push(NotChecked {
                what: what.to_owned(),
                count,
                why,
            });
        }
    }

    /// Two observed heads with the same size and different roots: that ledger's key signed both.
    fn contradictions(&self, told: &mut Told<'_>) {
        let mut seen: BTreeMap<(&Origin, TreeSize), (EntryIndex, &Checkpoint)> = BTreeMap::new();
        for (entry, observed) in &self.observed {
            let head = &observed.head;
            let (first, other) = *seen
                .entry((&head.origin, head.size))
                .or_insert((*entry, head));
            if other.root != head.root {
                told.findings.push(Finding::in_entry(
                    code::OBSERVED_DIFFERS,
                    *entry,
                    format!(
                        "entry {first} records another root hash of {} at {} entries: its key signed two different histories",
                        head.origin, head.size
                    ),
                ).into_note());
            }
        }
    }
}

/// A copy that reads.
struct Copy<'a> {
    name: &'a str,
    log: Log<'a>,
}

/// Every statement of a copy.
struct Known {
    name: String,
    size: TreeSize,
    /// The time of its last entry.
    time: UnixMillis,
    /// Why it could not be read completely.
    failed: Option<String>,
    ids: BTreeSet<StatementId>,
}

impl Known {
    fn new(copy: &Copy<'_>) -> Self {
        let mut known = Self {
            name: copy.name.to_owned(),
            size: copy.log.head().size,
            time: UnixMillis::EPOCH,
            failed: None,
            ids: BTreeSet::new(),
        };
        known.failed = known.read(copy).err();
        known
    }

    fn read(&mut self, copy: &Copy<'_>) -> Result<(), String> {
        let reader = copy.log.reader();
        for (from, end) in self.size.portions(TILE_WIDTH) {
            let entries =
                tiles::read_entries(reader, from, end, self.size).map_err(|e| e.to_string())?;
            for bytes in &entries {
                let entry = Entry::decode(bytes).map_err(|e| e.to_string())?;
                let envelope = entry.envelope().map_err(|e| e.to_string())?;
                self.time = entry.time;
                self.ids.insert(envelope.id());
            }
        }
        Ok(())
    }
}

/// The findings that were reported so far.
struct Told<'a> {
    checked: &'a mut CheckCounts,
    findings: &'a mut Vec<Finding>,
    /// What and why, and how often.
    unchecked: BTreeMap<(&'static str, String), u64>,
}

impl Told<'_> {
    fn cannot_tell(&mut self, what: &'static str, why: String) {
        *self.unchecked.entry((what, why)).or_default() += 1;
    }

    fn observed(&mut self, entry: EntryIndex, observed: &Observed, copies: &[Copy<'_>]) {
        let head = &observed.head;
        if copies.is_empty() {
            return self.cannot_tell(
                OBSERVED,
                format!("there is no mirror of {} here", head.origin),
            );
        }
        for copy in copies {
            let theirs = copy.log.head();
            if theirs.size < head.size {
                let why = format!("mirror {} ends before them and must be updated", copy.name);
                self.cannot_tell(OBSERVED, why);
                continue;
            }
            match tiles::root_at(copy.log.reader(), head.size) {
                Err(e) => self.cannot_tell(OBSERVED, format!("mirror {}: {e}", copy.name)),
                Ok(root) if root == head.root => self.checked.elsewhere += 1,
                Ok(root) => {
                    self.checked.elsewhere += 1;
                    let signing = theirs.keys.signing(head.size);
                    let same = signing.iter().any(|key| key.to_string() == observed.vkey);
                    self.findings.push(Finding::in_entry(
                        code::OBSERVED_DIFFERS,
                        entry,
                        format!(
                            "at {} entries of {} it has the root hash {}, but mirror {} has {root}: {}",
                            head.size,
                            head.origin,
                            head.root,
                            copy.name,
                            if same {
                                "one key signed two different histories"
                            } else {
                                "they are signed by two different keys"
                            }
                        ),
                    ).into_note());
                }
            }
        }
    }

    fn named(
        &mut self,
        entry: EntryIndex,
        time: UnixMillis,
        named: (&Origin, &StatementId),
        copies: &[Known],
    ) {
        let (origin, id) = named;
        if copies.iter().any(|copy| copy.ids.contains(id)) {
            self.checked.elsewhere += 1;
            return;
        }
        let Some(newest) = copies.iter().max_by_key(|copy| copy.time) else {
            return self.cannot_tell(NAMED, format!("there is no mirror of {origin} here"));
        };
        if let Some(why) = &newest.failed {
            return self.cannot_tell(NAMED, format!("mirror {}: {why}", newest.name));
        }
        if newest.time < time {
            // The statement may be newer than the mirror.
            let why = format!(
                "mirror {} is older than they are and must be updated",
                newest.name
            );
            return self.cannot_tell(NAMED, why);
        }
        self.checked.elsewhere += 1;
        self.findings.push(
            Finding::in_entry(
                code::FOREIGN_UNKNOWN,
                entry,
                format!(
                    "{origin} has no statement {id} among the {} entries of mirror {}",
                    newest.size, newest.name
                ),
            )
            .into_note(),
        );
    }
}

const OBSERVED: &str = "observed heads of other ledgers";
const NAMED: &str = "statements named in other ledgers";
