//! Whose statements count in a corroboration: those of one organisation, and of those that its policy lists under
//! `evidenceFrom`.

use super::as_of::Reading;
use super::in_force::in_force;
use crate::model::StatementId;
use crate::rules::view::View;
use crate::tlog::EntryIndex;

/// The organisations whose evidence, relations, vouches and assessments count; each by the entry that first named it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counting {
    organisations: Vec<EntryIndex>,
    policy: Option<StatementId>,
}

impl Counting {
    /// Whose statements count for `organisation`, by the policy that it had at the reading's size.
    pub fn at<V: View>(
        reading: &Reading<'_, V>,
        organisation: EntryIndex,
    ) -> Result<Self, V::Error> {
        let mut organisations = vec![organisation];
        let mut policy = None;
        if let Some((entry, set)) = in_force(reading, organisation, reading.size().next())? {
            organisations.extend(set.evidence_from);
            policy = reading.entry(entry)?.map(|fact| fact.id);
        }
        Ok(Self {
            organisations,
            policy,
        })
    }

    /// The same, and the statements of one more organisation.
    pub fn with(&self, other: EntryIndex) -> Self {
        let mut more = self.clone();
        more.organisations.push(other);
        more
    }

    /// For which organisation this counts.
    pub fn organisation(&self) -> EntryIndex {
        self.organisations[0]
    }

    /// The organisations whose statements count beside its own.
    pub fn named(&self) -> &[EntryIndex] {
        &self.organisations[1..]
    }

    /// Whether the statements of `organisation` count.
    pub fn counts(&self, organisation: EntryIndex) -> bool {
        self.organisations.contains(&organisation)
    }

    /// The policy that says so.
    pub const fn policy(&self) -> Option<StatementId> {
        self.policy
    }
}
