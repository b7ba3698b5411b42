//! The entries of a checked dossier, read by the same screens as a ledger.

use crate::app::Error;
use crate::app::read::any_view::AnyView;
use crate::app::read::entries::{Entries, Said};
use crate::app::read::theirs::theirs;
use claimledger_core::crypto::Digest;
use claimledger_core::dossier::DossierReport;
use claimledger_core::encoding::foreign::Foreign;
use claimledger_core::encoding::name::Slug;
use claimledger_core::model::Body;
use claimledger_core::rules::Reading;
use claimledger_core::rules::standing::withholding::Withholdings;
use claimledger_core::{EntryIndex, TreeSize, UnixMillis};

impl Entries for DossierReport {
    fn view(&self) -> AnyView<'_> {
        AnyView::new(&self.facts)
    }

    fn size(&self) -> TreeSize {
        self.size
    }

    fn in_a_file(&self) -> Option<UnixMillis> {
        let newest = self.entries.last();
        Some(newest.map_or_else(UnixMillis::default, |entry| entry.time))
    }

    fn said(&self, entry: EntryIndex) -> Result<Said<'_>, Error> {
        match self.entry(entry) {
            Some(proven) => Ok(Said::InDossier(&proven.statement, proven.time)),
            None => Err(crate::ledger::Error::NotFound {
                name: entry.to_string(),
                size: self.size,
            }
            .into()),
        }
    }

    fn title(&self, organisation: &Slug) -> Result<Option<Foreign>, Error> {
        let newest_first = self.entries.iter().rev();
        let mut described = newest_first.filter_map(|entry| match &entry.statement.body {
            Body::LedgerCreate(create) => Some(&create.organisation),
            Body::OrganisationSet(set) => Some(&**set),
            _ => None,
        });
        let found = described.find(|described| described.organisation == *organisation);
        Ok(found.map(|found| theirs(&found.name)))
    }

    /// A reader does not know the people of an organisation.
    fn names_organisations(&self) -> Result<bool, Error> {
        Ok(true)
    }

    fn text(&self, _: &Digest) -> Result<Option<String>, Error> {
        Ok(None)
    }

    fn withheld(&self, digest: &Digest) -> Result<Option<EntryIndex>, Error> {
        let mut said = Withholdings::default();
        for entry in &self.entries {
            said.gather(entry.index, &entry.statement.body);
        }
        let hidden = said.hidden(&Reading::at(&self.facts, self.size)?)?;
        Ok(hidden.digests.get(digest).copied())
    }

    fn holds(&self, _: &Digest) -> Result<Option<bool>, Error> {
        Ok(None)
    }
}
