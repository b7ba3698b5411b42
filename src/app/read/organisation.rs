//! What an organisation is called, where the rules name it by an entry.

use crate::app::{Error, Session};
use claimledger_core::EntryIndex;
use claimledger_core::model::Body;

/// The name of an organisation, by the entry that first named it.
pub fn organisation_name(session: &Session, entry: EntryIndex) -> Result<String, Error> {
    Ok(match &session.statement(entry)?.body {
        Body::LedgerCreate(create) => create.organisation.organisation.to_string(),
        Body::OrganisationSet(set) => set.organisation.to_string(),
        _ => format!("#{entry}"),
    })
}
