//! The rules over a part of a log: entries that are at hand, with gaps between them.
//!
//! An [`Overlay`](super::Overlay) of the entries at hand lies over [`Rest`], which stands for the others and knows
//! nothing. The rules are the same, and each of them answers one of three things:
//!
//! - it holds, as far as the part shows: a later withdrawal, an earlier label, a key event may be among the rest;
//! - it refuses, because of what the part shows;
//! - it cannot be judged, because what it needs is not in the part: a doubt.

use super::backlinks::Link;
use super::rejection::Rejection;
use super::state::{Fact, FactKey};
use super::view::View;
use crate::crypto::Digest;
use std::cell::RefCell;
use std::convert::Infallible;

/// A refusal that could not be judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubt {
    /// The rule, by what it would refuse with.
    pub rejection: Rejection,
    /// What is not in the part.
    pub needs: &'static str,
}

/// The entries that are not at hand.
#[derive(Debug, Default)]
pub struct Rest {
    doubts: RefCell<Vec<Doubt>>,
}

impl Rest {
    /// Takes the doubts of the rules since this was last asked.
    pub fn doubts(&self) -> Vec<Doubt> {
        self.doubts.take()
    }
}

impl View for Rest {
    type Error = Infallible;

    fn fact(&self, _: &FactKey) -> Result<Option<Fact>, Infallible> {
        Ok(None)
    }

    fn under(&self, _: u64, _: Link) -> Result<Vec<u64>, Infallible> {
        Ok(Vec::new())
    }

    fn root_at(&self, _: u64) -> Result<Option<Digest>, Infallible> {
        Ok(None)
    }

    fn lacking(&self, rejection: Rejection, needs: &'static str) -> Result<(), Rejection> {
        self.doubts.borrow_mut().push(Doubt { rejection, needs });
        Ok(())
    }
}
