//! What an organisation keeps: a claim or source of another organisation that it has named in evidence or a verdict.
//!
//! Whatever the other organisation does to it afterwards, for the organisation that named it, it stands, counts and can be
//! named. It may be withdrawn or corrected, or its key may become distrusted: that is a remark. Otherwise one house could
//! take the ground from under the verdicts of another.

use super::as_of::Reading;
use crate::encoding::name::Slug;
use crate::model::StatementType;
use crate::rules::state::FactKey;
use crate::rules::statement::StatementFact;
use crate::rules::view::View;
use crate::tlog::EntryIndex;
use serde::Serialize;

/// What another organisation did to something that an organisation keeps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Remark {
    /// The claim or source.
    pub entry: EntryIndex,
    /// The organisation that recorded it.
    pub organisation: Slug,
    /// Its withdrawal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub withdrawn_by: Option<EntryIndex>,
    /// Its correction.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub superseded_by: Option<EntryIndex>,
    /// Whether the key that signed it is distrusted.
    pub distrusted: bool,
}

impl<V: View> Reading<'_, V> {
    /// The same ledger, read for an organisation, by the entry that first named it.
    #[must_use]
    pub fn of(mut self, organisation: EntryIndex) -> Self {
        self.organisation = Some(organisation);
        self.forget();
        self
    }

    /// Whether the organisation for which this is read keeps this claim or source of another one.
    pub(crate) fn is_kept(&self, index: EntryIndex) -> Result<bool, V::Error> {
        let Some(fact) = self.foreign(index)? else {
            return Ok(false);
        };
        match fact.statement_type {
            StatementType::ClaimAdd => self.has_named(index),
            StatementType::SourceAdd => Ok(self.kept_form(index)?.is_some()),
            _ => Ok(false),
        }
    }

    /// The form in which the organisation keeps a source of another one: the newest that it has named.
    pub(crate) fn kept_form(&self, index: EntryIndex) -> Result<Option<EntryIndex>, V::Error> {
        if self.foreign(index)?.is_none() {
            return Ok(None);
        }
        for form in self.lineage(index)?.into_iter().rev() {
            if self.has_named(form)? {
                return Ok(Some(form));
            }
        }
        Ok(None)
    }

    /// What another organisation did to a claim or source that the organisation keeps.
    pub fn remark(&self, index: EntryIndex) -> Result<Option<Remark>, V::Error> {
        if !self.is_kept(index)? {
            return Ok(None);
        }
        let Some(fact) = self.entry(index)? else {
            return Ok(None);
        };
        let Some((_, key)) = self.view().introduced(fact.by.key)? else {
            return Ok(None);
        };
        let became = self.became(index)?;
        let remark = Remark {
            entry: index,
            organisation: key.organisation,
            withdrawn_by: became.withdrawn_by,
            superseded_by: became.successor,
            distrusted: !self.is_trusted(&fact)?,
        };
        let nothing =
            !remark.distrusted && remark.withdrawn_by.is_none() && remark.superseded_by.is_none();
        Ok((!nothing).then_some(remark))
    }

    /// A claim or source of another organisation than the one for which this is read.
    fn foreign(&self, index: EntryIndex) -> Result<Option<std::rc::Rc<StatementFact>>, V::Error> {
        let Some(organisation) = self.organisation else {
            return Ok(None);
        };
        let fact = self.entry(index)?;
        Ok(fact.filter(|fact| {
            fact.by.organisation != organisation
                && matches!(
                    fact.statement_type,
                    StatementType::ClaimAdd | StatementType::SourceAdd
                )
        }))
    }

    fn has_named(&self, form: EntryIndex) -> Result<bool, V::Error> {
        let Some(organisation) = self.organisation else {
            return Ok(false);
        };
        let first = self.view().at(&FactKey::Named(form, organisation))?;
        Ok(first.is_some_and(|first| self.size().contains(first)))
    }
}
