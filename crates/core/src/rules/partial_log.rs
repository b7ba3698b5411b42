//! The rules for a part of a log: some entries are known, with gaps between them.
//!
//! An [`Overlay`](super::Overlay) of the known entries lies over [`Rest`], which stands for the unknown ones. The
//! rules are the same. Each rule has one of three results:
//!
//! - it is met, as far as the part shows: a later withdrawal, an earlier label or a key event may be in the rest;
//! - it refuses, because of what the part shows;
//! - it cannot be decided, because what it needs is not in the part: a doubt.

use super::backlinks::Link;
use super::rejection::Rejection;
use super::state::{BecameFact, Fact, FactKey};
use super::view::View;
use crate::crypto::Digest;
use crate::tlog::{EntryIndex, TreeSize};
use std::cell::RefCell;
use std::convert::Infallible;

/// A rule that could not be decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubt {
    /// The refusal, if the rule is not met.
    pub rejection: Rejection,
    /// What is not in the part.
    pub needs: &'static str,
}

/// The unknown entries.
#[derive(Debug, Default, Clone)]
pub struct Rest {
    doubts: RefCell<Vec<Doubt>>,
}

impl Rest {
    /// Takes the doubts since the last call.
    pub fn doubts(&self) -> Vec<Doubt> {
        self.doubts.take()
    }
}

impl View for Rest {
    type Error = Infallible;

    fn fact(&self, _: &FactKey) -> Result<Option<Fact>, Infallible> {
        Ok(None)
    }

    fn since(&self, _: EntryIndex, _: Link, _: TreeSize) -> Result<Vec<EntryIndex>, Infallible> {
        Ok(Vec::new())
    }

    fn became(
        &self,
        _: EntryIndex,
        _: TreeSize,
    ) -> Result<Option<(EntryIndex, BecameFact)>, Infallible> {
        Ok(None)
    }

    fn root_at(&self, _: TreeSize) -> Result<Option<Digest>, Infallible> {
        Ok(None)
    }

    fn lacking(&self, rejection: Rejection, needs: &'static str) -> Result<(), Rejection> {
        self.doubts.borrow_mut().push(Doubt { rejection, needs });
        Ok(())
    }
}
