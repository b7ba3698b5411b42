//! The organisation whose verdicts go out.

use crate::app::read::show;
use crate::app::{Error, Session};
use crate::formats::own_review::OwnAuthor;
use claimledger_core::EntryIndex;
use claimledger_core::encoding::name::Slug;
use claimledger_core::model::FreeText;
use claimledger_core::rules::{Rejection, View as _};

/// An organisation of the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct House {
    /// The entry that first named it.
    pub entry: EntryIndex,
    /// As it describes itself now.
    pub author: OwnAuthor,
}

impl House {
    /// The organisation of this short name; without one, the one that made the ledger.
    ///
    /// # Errors
    ///
    /// `organisation-unknown`.
    pub fn of(session: &Session, short: Option<&Slug>) -> Result<Self, Error> {
        let view = session.view();
        let founder = view.ledger()?.map(|ledger| ledger.organisation);
        let unknown = |organisation: Slug| {
            crate::ledger::Error::Rejected(Rejection::OrganisationUnknown { organisation })
        };
        let Some(short) = short.cloned().or(founder) else {
            return Err(crate::ledger::Error::NotFound {
                name: EntryIndex::FIRST.to_string(),
                size: session.head().size,
            }
            .into());
        };
        let entry = view.organisation(&short)?;
        let entry = entry.ok_or_else(|| unknown(short.clone()))?;
        let described = show::organisation(session, &short)?;
        let described = described.ok_or_else(|| unknown(short.clone()))?;
        let name = described.name.words().unwrap_or(short.as_str()).to_owned();
        Ok(Self {
            entry,
            author: OwnAuthor {
                name,
                url: described.url.as_ref().map(ToString::to_string),
                corrections_policy: described
                    .corrections_policy
                    .as_ref()
                    .map(ToString::to_string),
                short: short.to_string(),
            },
        })
    }
}

/// The words of a text; of a sealed text nothing, for sealed words never leave.
pub(super) fn open<const MAX: usize, const VERBATIM: bool>(
    text: &FreeText<MAX, VERBATIM>,
) -> Option<String> {
    text.words().map(str::to_owned)
}
