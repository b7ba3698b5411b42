//! What was asked of a ledger while something was made from it, and what has other answers since: so that a site is made again
//! only where it changed.

use super::{Error, Session};
use crate::index::asked::Asked;
use crate::index::changed;
use claimledger_core::TreeSize;

impl Session {
    /// Makes something from the ledger, and says what was asked for it.
    pub fn asking<T>(&self, make: impl FnOnce() -> T) -> (T, Asked) {
        self.memory.keep_asked();
        let made = make();
        (made, self.memory.take_asked())
    }

    /// The questions that have other answers than when the log had `from` entries; none if that cannot be told.
    pub fn changed_since(&self, from: TreeSize) -> Result<Option<Asked>, Error> {
        Ok(changed::changed_since(&self.view(), &self.log(), from)?)
    }
}
