//! Checks the entries in order: the chain, the rules, the tree, and which heads the signers had seen.

use super::bundles::{Bundle, Opened};
use super::finding::{Finding, code};
use super::other_ledgers::Elsewhere;
use super::quotations::Quotations;
use super::report::{CheckCounts, HeldBy};
use super::snapshots::Beside;
use super::texts::ExtractedTexts;
use crate::crypto::Digest;
use crate::encoding::foreign;
use crate::encoding::millis::UnixMillis;
use crate::entry::{Entry, Head};
use crate::log::CheckpointKeys;
use crate::message;
use crate::model::unseen::unseen;
use crate::model::{Body, Seen, StatementId};
use crate::rules::admit;
use crate::rules::{Candidate, Changes, MemoryView, Refusal, View};
use crate::tlog::EntryIndex;
use crate::tlog::merkle::{Frontier, FullTile};
use crate::tlog::note::VerifierKey;
use crate::tlog::tile::TILE_WIDTH;

/// What the replay has collected so far.
pub struct Replay {
    /// The rule state.
    pub view: MemoryView,
    /// The tree, rebuilt from the entries.
    pub frontier: Frontier,
    /// Tiles that became full, in order; the caller compares and drops them.
    pub full: Vec<FullTile>,
    /// What was seen.
    pub findings: Vec<Finding>,
    /// How much was checked.
    pub checked: CheckCounts,
    /// Snapshots to check.
    pub beside: Beside,
    /// Texts to extract again.
    pub texts: ExtractedTexts,
    /// Words to compare with texts.
    pub quotations: Quotations,
    /// What the log says about other ledgers.
    pub elsewhere: Elsewhere,
    /// The ledger's id and key, once entry 0 was read.
    pub identity: Option<(StatementId, VerifierKey)>,
    /// The keys that sign its checkpoints, by the entries that were admitted.
    pub keys: Option<CheckpointKeys>,
    /// The newest head that each reviewer has signed.
    seen: Vec<(String, Seen)>,
    head: Head,
    last: Option<Last>,
    /// The tree that the signers saw, if altered bytes have changed `frontier`.
    witnessed: Option<Frontier>,
    now_millis: UnixMillis,
}

/// The entry just read. Its changes are applied when the next entry shows which bytes were here when it was written.
struct Last {
    /// The leaf hash of its bytes, and the hash in its tile.
    leaf: Digest,
    stored: Option<Digest>,
    changes: Changes,
    /// The tree before it, if the two differ.
    before: Option<Frontier>,
}

impl Replay {
    /// Before entry 0.
    pub fn new(now_millis: UnixMillis) -> Self {
        Self {
            view: MemoryView::default(),
            frontier: Frontier::new(),
            full: Vec::new(),
            findings: Vec::new(),
            checked: CheckCounts::default(),
            beside: Beside::default(),
            texts: ExtractedTexts::default(),
            quotations: Quotations::default(),
            elsewhere: Elsewhere::default(),
            identity: None,
            keys: None,
            seen: Vec::new(),
            head: Head::EMPTY,
            last: None,
            witnessed: None,
            now_millis,
        }
    }

    /// Reads the next bundle. Returns false if it could not be divided: then no later entry has a known place.
    pub fn take(&mut self, bundle: Bundle) -> bool {
        self.findings.extend(bundle.findings);
        self.checked.bundles += 1;
        if bundle.entries.len() != usize::from(bundle.width) {
            return false;
        }
        for (opened, number) in bundle.entries.into_iter().zip(bundle.index * TILE_WIDTH..) {
            self.entry(EntryIndex::new(number), &opened);
        }
        true
    }

    fn entry(&mut self, number: EntryIndex, opened: &Opened) {
        self.checked.entries += 1;
        self.settle(opened.entry.as_ref().map(|entry| entry.previous));
        if let Some(entry) = &opened.entry {
            self.link(number, entry);
        }
        self.head = Head {
            next: number.size_through().next(),
            leaf: opened.leaf,
            time: opened.entry.as_ref().map_or(self.head.time, |e| e.time),
        };
        let changes = match (&opened.entry, &opened.statement) {
            (Some(entry), Some(statement)) => {
                self.checked.statements += 1;
                self.checked.signatures += 1;
                self.checked.rules += 1;
                let candidate = Candidate {
                    index: number,
                    time: entry.time,
                    statement,
                };
                match admit(&self.view, &candidate) {
                    Ok(changes) => {
                        self.elsewhere.gather(number, entry.time, &statement.body);
                        self.note(number, statement);
                        changes
                    }
                    Err(Refusal::Rejected(rejection)) => {
                        let rule = rejection.message();
                        self.findings.push(Finding::in_entry(
                            rejection.code(),
                            number,
                            message!("it breaks a rule of the ledger: {rule}", rule),
                        ));
                        Changes::default()
                    }
                    Err(Refusal::View(never)) => match never {},
                }
            }
            _ => Changes::default(),
        };
        self.last = Some(Last {
            leaf: opened.leaf,
            stored: opened.stored,
            changes,
            before: opened
                .stored
                .filter(|stored| *stored != opened.leaf)
                .map(|_| self.frontier.clone()),
        });
        self.full.extend(self.frontier.push(opened.leaf));
    }

    /// Applies the changes of the last entry. If its bytes and its tile disagree (already a fault), the `previous` of
    /// the next entry decides which of the two the later signers saw: the alteration is not their fault.
    pub fn settle(&mut self, previous: Option<Digest>) {
        let Some(last) = self.last.take() else {
            return;
        };
        let seen = match last.stored {
            Some(stored) if previous == Some(stored) => stored,
            _ => last.leaf,
        };
        self.head.leaf = seen;
        if seen != last.leaf && self.witnessed.is_none() {
            self.witnessed = last.before;
        }
        let root = match &mut self.witnessed {
            Some(tree) => {
                tree.push(seen);
                tree.root()
            }
            None => self.frontier.root(),
        };
        self.view.apply(&last.changes, root);
    }

    /// Index, chain and time.
    fn link(&mut self, number: EntryIndex, entry: &Entry) {
        self.checked.links += 1;
        if let Err(e) = entry.follows(&self.head) {
            self.findings
                .push(Finding::in_entry(e.code(), number, e.message()));
        }
        if entry.time > self.now_millis.plus_millis(FUTURE_MILLIS) {
            let at = entry
                .time
                .instant()
                .map_or_else(|_| entry.time.to_string(), |at| at.to_string());
            self.findings.push(
                Finding::in_entry(
                    code::TIME_IN_FUTURE,
                    number,
                    format!("the ledger recorded this entry at {at}, which is in the future"),
                )
                .into_note(),
            );
        }
    }

    fn note(&mut self, number: EntryIndex, statement: &crate::envelope::Verified) {
        if let Body::LedgerCreate(create) = &statement.body {
            self.identity = Some((
                statement.id(),
                VerifierKey::new(create.origin.clone(), create.checkpoint_key),
            ));
            self.keys = Some(CheckpointKeys::new(
                create.origin.clone(),
                create.checkpoint_key,
            ));
        } else if let Some(keys) = &mut self.keys {
            keys.take(number, &statement.body);
        }
        // Looking through the bytes once is cheap; few statements have such a character.
        let bytes = String::from_utf8_lossy(statement.payload());
        if !foreign::unseen(&bytes).is_empty() {
            let fields = unseen(statement).into_iter().map(|field| field.to_string());
            let words = fields.collect::<Vec<_>>().join("; ");
            self.findings
                .push(Finding::in_entry(code::UNSEEN_CHARACTERS, number, words).into_note());
        }
        self.beside.gather(number, &statement.body);
        self.texts.gather(number, &statement.body);
        let id = statement.id();
        self.quotations.gather(number, id, &statement.body);
        let Some(seen) = statement.seen else { return };
        let holder = match self.view.key(&statement.key) {
            Ok(Some(fact)) => fact.holder.to_string(),
            _ => return,
        };
        match self.seen.iter_mut().find(|(name, _)| *name == holder) {
            Some((_, newest)) if newest.size < seen.size => *newest = seen,
            Some(_) => {}
            None => self.seen.push((holder, seen)),
        }
    }

    /// The newest head that each holder has signed, newest first.
    pub fn held(&self) -> Vec<HeldBy> {
        let mut held: Vec<HeldBy> = self
            .seen
            .iter()
            .map(|(holder, seen)| HeldBy {
                size: seen.size,
                by: format!("{holder}'s signature"),
            })
            .collect();
        held.sort_by(|a, b| b.size.cmp(&a.size).then(a.by.cmp(&b.by)));
        held
    }
}

/// The clocks of two machines differ by minutes. A difference of a day is a false statement.
const FUTURE_MILLIS: u64 = 24 * 60 * 60 * 1_000;
