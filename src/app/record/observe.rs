//! Another ledger's head, kept here: whoever rewrites that ledger cannot unsay it.

use super::append::Proposal;
use crate::app::Error;
use crate::host;
use claimledger_core::encoding::text::Text;
use claimledger_core::model::foreign::Observe;
use claimledger_core::tlog::note::VerifierKey;
use std::path::Path;

/// The statement about another ledger's signed checkpoint, which must verify under the key given.
pub fn observe(checkpoint: &Path, vkey: &VerifierKey) -> Result<Proposal, Error> {
    let bytes = std::fs::read(checkpoint).map_err(|e| host::Error::io("reading", checkpoint, e))?;
    let text = String::from_utf8(bytes).map_err(|e| Error::File {
        path: checkpoint.display().to_string(),
        reason: e.to_string(),
    })?;
    Ok(Proposal::of(Observe {
        checkpoint: Text::new(text)?,
        origin: vkey.name().clone(),
        vkey: Text::new(vkey.to_string())?,
    }))
}
