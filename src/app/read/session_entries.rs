//! The entries of a ledger, as screens read them.

use super::any_view::AnyView;
use super::captures::text_under;
use super::entries::{Entries, Said};
use super::show;
use super::theirs::theirs;
use crate::app::{Error, Session};
use claimledger_core::crypto::Digest;
use claimledger_core::encoding::foreign::Foreign;
use claimledger_core::encoding::name::Slug;
use claimledger_core::log::blobs::path_of;
use claimledger_core::{EntryIndex, TreeSize, UnixMillis};

impl Entries for Session {
    fn view(&self) -> AnyView<'_> {
        AnyView::new(Self::view(self))
    }

    fn size(&self) -> TreeSize {
        self.head().size
    }

    fn in_a_file(&self) -> Option<UnixMillis> {
        None
    }

    fn said(&self, entry: EntryIndex) -> Result<Said<'_>, Error> {
        Ok(Said::InLedger(self.statement(entry)?))
    }

    fn title(&self, organisation: &Slug) -> Result<Option<Foreign>, Error> {
        let found = show::organisation(self, organisation)?;
        Ok(found.map(|found| theirs(&found.name)))
    }

    fn names_organisations(&self) -> Result<bool, Error> {
        self.is_shared()
    }

    fn text(&self, digest: &Digest) -> Result<Option<String>, Error> {
        if self.hides(digest)? {
            return Ok(None);
        }
        text_under(self.reader(), digest)
    }

    fn withheld(&self, digest: &Digest) -> Result<Option<EntryIndex>, Error> {
        if !self.hides(digest)? {
            return Ok(None);
        }
        let hidden = self.hidden.get();
        Ok(hidden.and_then(|hidden| hidden.digests.get(digest).copied()))
    }

    fn holds(&self, digest: &Digest) -> Result<Option<bool>, Error> {
        Ok(Some(self.reader().open(&path_of(digest))?.is_some()))
    }
}
