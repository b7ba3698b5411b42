//! The look-ups of the rules, whatever answers them: the index of a ledger, or the entries of a dossier.

use crate::app::Error;
use claimledger_core::crypto::Digest;
use claimledger_core::rules::state::BecameFact;
use claimledger_core::rules::{Fact, FactKey, Link, Rejection, View};
use claimledger_core::{EntryIndex, TreeSize};

/// A view of which only the answers are known. Its errors are those of the use cases.
pub struct AnyView<'a>(Box<dyn View<Error = Error> + 'a>);

impl<'a> AnyView<'a> {
    /// The answers of this view.
    pub fn new<V: View + 'a>(view: V) -> Self
    where
        Error: From<V::Error>,
    {
        Self(Box::new(WithOurErrors(view)))
    }
}

impl View for AnyView<'_> {
    type Error = Error;

    fn fact(&self, key: &FactKey) -> Result<Option<Fact>, Error> {
        self.0.fact(key)
    }

    fn since(
        &self,
        subject: EntryIndex,
        link: Link,
        size: TreeSize,
    ) -> Result<Vec<EntryIndex>, Error> {
        self.0.since(subject, link, size)
    }

    fn became(
        &self,
        statement: EntryIndex,
        size: TreeSize,
    ) -> Result<Option<(EntryIndex, BecameFact)>, Error> {
        self.0.became(statement, size)
    }

    fn root_at(&self, size: TreeSize) -> Result<Option<Digest>, Error> {
        self.0.root_at(size)
    }

    fn lacking(&self, rejection: Rejection, needs: &'static str) -> Result<(), Rejection> {
        self.0.lacking(rejection, needs)
    }
}

struct WithOurErrors<V>(V);

impl<V: View> View for WithOurErrors<V>
where
    Error: From<V::Error>,
{
    type Error = Error;

    fn fact(&self, key: &FactKey) -> Result<Option<Fact>, Error> {
        Ok(self.0.fact(key)?)
    }

    fn since(
        &self,
        subject: EntryIndex,
        link: Link,
        size: TreeSize,
    ) -> Result<Vec<EntryIndex>, Error> {
        Ok(self.0.since(subject, link, size)?)
    }

    fn became(
        &self,
        statement: EntryIndex,
        size: TreeSize,
    ) -> Result<Option<(EntryIndex, BecameFact)>, Error> {
        Ok(self.0.became(statement, size)?)
    }

    fn root_at(&self, size: TreeSize) -> Result<Option<Digest>, Error> {
        Ok(self.0.root_at(size)?)
    }

    fn lacking(&self, rejection: Rejection, needs: &'static str) -> Result<(), Rejection> {
        self.0.lacking(rejection, needs)
    }
}
