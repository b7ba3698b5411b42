//! Where a screen reads its statements: in a ledger, or in the entries of a dossier. The rules answer from either.

use super::any_view::AnyView;
use crate::app::Error;
use crate::index::IndexedStatement;
use claimledger_core::crypto::Digest;
use claimledger_core::encoding::foreign::Foreign;
use claimledger_core::encoding::name::Slug;
use claimledger_core::envelope::Verified;
use claimledger_core::model::{Statement, StatementId};
use claimledger_core::{EntryIndex, TreeSize, UnixMillis};
use std::ops::Deref;
use std::rc::Rc;

/// The statements of a log, all of them or some.
pub trait Entries {
    /// What the rules ask.
    fn view(&self) -> AnyView<'_>;

    /// How many entries the log has.
    fn size(&self) -> TreeSize;

    /// If they were received in a file: when the ledger took in the newest of them. Later entries may exist.
    fn in_a_file(&self) -> Option<UnixMillis>;

    /// The statement of an entry that the view knows.
    fn said(&self, entry: EntryIndex) -> Result<Said<'_>, Error>;

    /// The name that an organisation gave itself last.
    fn title(&self, organisation: &Slug) -> Result<Option<Foreign>, Error>;

    /// Whether a person's name alone does not say who it is, so that the organisation stands beside it.
    fn names_organisations(&self) -> Result<bool, Error>;

    /// The text under a digest, if it is here and not withheld.
    fn text(&self, digest: &Digest) -> Result<Option<String>, Error>;

    /// The entry that withholds the bytes under a digest, if one does.
    fn withheld(&self, digest: &Digest) -> Result<Option<EntryIndex>, Error>;

    /// Whether the bytes under a digest are here; none where bytes of sources never are.
    fn holds(&self, digest: &Digest) -> Result<Option<bool>, Error>;
}

/// A statement and where it was read. Its signature is verified.
pub enum Said<'a> {
    /// In a ledger.
    InLedger(Rc<IndexedStatement>),
    /// In a dossier, with the time of its entry.
    InDossier(&'a Verified, UnixMillis),
}

impl Said<'_> {
    /// Its id.
    pub fn id(&self) -> StatementId {
        match self {
            Self::InLedger(said) => said.id(),
            Self::InDossier(said, _) => said.id(),
        }
    }

    /// When the ledger took it in.
    pub fn time(&self) -> UnixMillis {
        match self {
            Self::InLedger(said) => said.time,
            Self::InDossier(_, time) => *time,
        }
    }
}

impl Deref for Said<'_> {
    type Target = Statement;

    fn deref(&self) -> &Statement {
        match self {
            Self::InLedger(said) => said,
            Self::InDossier(said, _) => said,
        }
    }
}
