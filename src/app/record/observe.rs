//! Another ledger's head, recorded here, so that later rewriting of that ledger is noticed.

use super::append::Proposal;
use crate::app::Error;
use crate::host::files;
use claimledger_core::encoding::text::Text;
use claimledger_core::model::foreign::Observe;
use claimledger_core::tlog::note::VerifierKey;
use std::path::Path;

/// The statement about another ledger's signed checkpoint, which must verify under the given key.
pub fn observe(checkpoint: &Path, vkey: &VerifierKey) -> Result<Proposal, Error> {
    let text = files::read_text(checkpoint)?;
    Ok(Proposal::new(Observe {
        checkpoint: Text::new(text)?,
        origin: vkey.name().clone(),
        vkey: Text::new(vkey.to_string())?,
    }))
}
