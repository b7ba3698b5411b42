//! The view that a replay builds: every fact and every root, in memory.

use super::fact::{Changes, Fact, FactKey};
use super::view::View;
use crate::crypto::Digest;
use std::collections::HashMap;
use std::convert::Infallible;

/// Facts, roots and the chained digest after each entry. 32 bytes an entry for the roots.
#[derive(Debug, Clone)]
pub struct MemoryView {
    facts: HashMap<FactKey, Fact>,
    roots: Vec<Digest>,
    digest: Digest,
}

impl Default for MemoryView {
    fn default() -> Self {
        Self {
            facts: HashMap::new(),
            roots: Vec::new(),
            digest: Digest::ZERO,
        }
    }
}

impl MemoryView {
    /// Takes in one entry: its changes (none, if it should have been refused) and the root after it.
    pub fn apply(&mut self, changes: &Changes, root: Digest) {
        for (key, fact) in changes.iter() {
            self.facts.insert(key.clone(), fact.clone());
        }
        self.digest = changes.digest(&self.digest);
        self.roots.push(root);
    }

    /// How many entries were taken in.
    pub fn size(&self) -> u64 {
        self.roots.len() as u64
    }

    /// The chained digest of the rule state; zeros before entry 0.
    pub fn digest(&self) -> Digest {
        self.digest
    }

    /// Every fact, in no order.
    pub fn facts(&self) -> impl Iterator<Item = (&FactKey, &Fact)> {
        self.facts.iter()
    }
}

impl View for MemoryView {
    type Error = Infallible;

    fn fact(&self, key: &FactKey) -> Result<Option<Fact>, Infallible> {
        Ok(self.facts.get(key).cloned())
    }

    fn root_at(&self, size: u64) -> Result<Option<Digest>, Infallible> {
        let index = size.checked_sub(1).and_then(|i| usize::try_from(i).ok());
        Ok(index.and_then(|i| self.roots.get(i)).copied())
    }
}
