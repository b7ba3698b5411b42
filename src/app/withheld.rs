//! Which bytes no command shows, because they are withheld: one question for all of them.

use super::{Error, Session};
use claimledger_core::TreeSize;
use claimledger_core::crypto::Digest;
use claimledger_core::model::StatementType;
use claimledger_core::rules::Reading;
use claimledger_core::rules::standing::withholding::{Hidden, Withholdings};

impl Session {
    /// Whether these bytes are withheld at the newest head: then no command shows a text of them.
    pub fn hides(&self, digest: &Digest) -> Result<bool, Error> {
        if self.hidden.get().is_none() {
            let hidden = self.withheld_at(self.head().size)?;
            self.hidden.get_or_init(|| hidden);
        }
        let hidden = self.hidden.get();
        Ok(hidden.is_some_and(|hidden| hidden.digests.contains_key(digest)))
    }

    /// What is withheld as of a size.
    pub fn withheld_at(&self, size: TreeSize) -> Result<Hidden, Error> {
        let view = self.view();
        let mut said = Withholdings::default();
        let withheld = view.of_type(StatementType::SnapshotWithhold, size)?;
        if withheld.is_empty() {
            return Ok(Hidden::default());
        }
        for statement_type in [
            StatementType::SourceAdd,
            StatementType::SourceCapture,
            StatementType::SourceTranscribe,
            StatementType::ReviewRecord,
            StatementType::SnapshotWithhold,
        ] {
            for index in view.of_type(statement_type, size)? {
                said.gather(index, &self.statement(index)?.body);
            }
        }
        Ok(said.hidden(&Reading::at(&view, size)?)?)
    }
}
