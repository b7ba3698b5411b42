//! A ledger as it was on an earlier day, under the checkpoint of that day.

use super::session::reader_of;
use super::{Desk, Error, Session};
use crate::index::{Index, MemoryRows, Rows};
use crate::store::Cache;
use crate::sync::export_target::AsOf;
use claimledger_core::log::{Log, Reader};
use std::rc::Rc;

impl Session {
    /// This ledger as it was under an earlier checkpoint. Its answers come from an index in memory, which follows the log up
    /// to there.
    ///
    /// # Errors
    ///
    /// The checkpoint is not signed by the ledger's key, or is no head of this log.
    pub fn as_of(&self, desk: &Desk, checkpoint: Vec<u8>) -> Result<Self, Error> {
        let reader = Cache::new(reader_of(desk, &desk.ledger)?);
        let reader: Rc<dyn Reader> = Rc::new(AsOf::new(reader, checkpoint));
        let head = Log::open(&*reader)?.head().clone();
        let rows: Box<dyn Rows> = Box::new(MemoryRows::default());
        let mut index = Index::open(rows)?;
        index.catch_up(&*reader, head.size, &head.root, &mut |_| {})?;
        Ok(self.other(reader, head, index))
    }
}
