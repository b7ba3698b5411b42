//! What was asked of the index while something was made from it, so that it is made again only if an answer has changed.
//!
//! A question is the key of a row, or what the keys of a list begin with. New entries change rows; their changes are those
//! that the rules compute, so nothing has to know what depends on what. Questions are kept as 32 bits of their hash: if two
//! share them, something is made again without need.

use super::Error;
use super::query::Indexed;
use super::rows::Rows;
use super::schema::{LABELS, became_prefix, fact_key, link_prefix, links_prefix, type_prefix};
use claimledger_core::log::Log;
use claimledger_core::model::StatementType;
use claimledger_core::rules::earlier::Earlier;
use claimledger_core::rules::{Candidate, Changes, FactKey, Link, Overlay, Refusal, View, admit};
use claimledger_core::{EntryIndex, TreeSize};
use std::collections::HashSet;

/// Questions, each as 32 bits of its hash.
pub type Asked = HashSet<u32>;

/// A question whose answer a later entry may change.
pub(super) enum Question<'q> {
    /// A fact.
    Fact(&'q FactKey),
    /// What is linked to an entry in one way.
    Linked(EntryIndex, Link),
    /// What is linked to an entry in any way.
    AllLinked(EntryIndex),
    /// What ends a statement.
    Became(EntryIndex),
    /// The entries of a type.
    OfType(StatementType),
    /// Every key.
    Keys,
    /// Every label.
    Labels,
}

impl Question<'_> {
    /// FNV-1a over the bytes of the row's key, folded: a fast hash that every run computes alike. Nobody gains by making two
    /// questions alike.
    pub fn hash(&self) -> u32 {
        let bytes = match self {
            Self::Fact(key) => fact_key(key),
            Self::Linked(subject, link) => link_prefix(*subject, *link),
            Self::AllLinked(subject) => links_prefix(*subject),
            Self::Became(statement) => became_prefix(*statement),
            Self::OfType(kind) => type_prefix(*kind),
            Self::Keys => b"K".to_vec(),
            Self::Labels => LABELS.to_vec(),
        };
        let fnv = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        let hash = bytes.iter().fold(0xcbf2_9ce4_8422_2325, fnv);
        u32::try_from((hash >> 32) ^ (hash & u64::from(u32::MAX))).expect("32 bits")
    }
}

/// The questions that have other answers since the log had `from` entries; none if that cannot be told, or if there are too
/// many new entries to look at each.
pub fn changed_since<R: Rows>(
    view: &Indexed<'_, R>,
    log: &Log<'_>,
    from: TreeSize,
) -> Result<Option<Asked>, Error> {
    let size = log.head().size;
    if size.entries_after(from) > MOST_NEW {
        return Ok(None);
    }
    let mut changed = Asked::new();
    let mut overlay = Overlay::new(Earlier::new(view, from));
    for index in size.indices_from(from.next()) {
        let (entry, statement) = log.statement(index)?;
        let candidate = Candidate {
            index,
            time: entry.time,
            statement: &statement,
        };
        match admit(&overlay, &candidate) {
            Ok(changes) => {
                take(&changes, &mut changed);
                changed.insert(Question::OfType(statement.statement_type).hash());
                overlay.apply(&changes);
            }
            // An earlier view lacks what a later entry replaced, and then it can refuse what the log took in.
            Err(Refusal::Rejected(_)) if view.entry(index)?.is_some() => return Ok(None),
            Err(Refusal::Rejected(_)) => {}
            Err(Refusal::View(error)) => return Err(error),
        }
        let reached = index.size_through();
        if let Some(root) = view.root_at(reached)? {
            overlay.reach(reached, root);
        }
    }
    Ok(Some(changed))
}

fn take(changes: &Changes, changed: &mut Asked) {
    for (key, _) in changes.iter() {
        match key {
            FactKey::Link(subject, link, _) => {
                changed.insert(Question::Linked(*subject, *link).hash());
                changed.insert(Question::AllLinked(*subject).hash());
            }
            FactKey::Became(statement, _) => {
                changed.insert(Question::Became(*statement).hash());
            }
            FactKey::Key(_) => {
                changed.insert(Question::Keys.hash());
            }
            FactKey::Label(_) => {
                changed.insert(Question::Labels.hash());
            }
            _ => {}
        }
        changed.insert(Question::Fact(key).hash());
    }
}

/// Looking at more new entries one by one takes longer than to make everything again.
const MOST_NEW: u64 = 4_096;
