//! The case that the rules judge: the statement, its signer's rights at this place, and what it names.

use crate::crypto::PublicKey;
use crate::encoding::name::Slug;
use crate::model::organisation::Role;
use crate::model::reference::Named;
use crate::model::{Body, StatementId};
use crate::rules::candidate::Candidate;
use crate::rules::rejection::{Refusal, Rejection};
use crate::rules::says::Places;
use crate::rules::standing::as_of::Reading;
use crate::rules::state::{FactKey, KeyFact, LedgerFact};
use crate::rules::statement::{Signer, StatementFact};
use crate::rules::version::Book;
use crate::rules::view::View;
use crate::tlog::EntryIndex;

/// Everything that the rules of a type need.
pub(super) struct Case<'a, V> {
    pub view: &'a V,
    pub candidate: &'a Candidate<'a>,
    pub ledger: LedgerFact,
    pub book: &'a Book,
    /// The signer's key, holder and organisation.
    pub key: KeyFact,
    pub by: Signer,
    /// What the statement names, in the order of its fields.
    pub named: Vec<(Named, StatementFact)>,
    /// The organisations that it names, each by the entry that first named it.
    pub organisations: Vec<(Slug, EntryIndex)>,
    /// The keys that it distrusts, each by the entry that introduced it.
    pub distrusts: Vec<(PublicKey, EntryIndex)>,
    /// The ledger before this entry.
    pub before: Reading<'a, V>,
}

impl<V: View> Case<'_, V> {
    /// The signer's roles here.
    pub fn roles(&self) -> &[Role] {
        let here = self.key.roles_at(self.candidate.index);
        here.map_or(&[], |(_, roles)| roles)
    }

    /// What one field names.
    pub(crate) fn in_field(&self, field: &str) -> Option<&StatementFact> {
        let mut all = self.named.iter();
        all.find(|(named, _)| named.field == field)
            .map(|(_, fact)| fact)
    }

    /// The holder of the key that signed an earlier statement, and their organisation.
    pub fn author(&self, fact: &StatementFact) -> Result<(Slug, Slug), Refusal<V::Error>> {
        let key = self.view.introduced(fact.by.key).map_err(Refusal::View)?;
        let (_, key) = key.ok_or(Rejection::ReferenceUnknown {
            field: "key",
            id: fact.id,
        })?;
        Ok((key.holder, key.organisation))
    }

    /// The statement as the rules remember it.
    pub fn fact(&self) -> Result<StatementFact, Rejection> {
        let statement = self.candidate.statement;
        StatementFact::new(
            statement.id(),
            statement,
            (self.candidate.index, self.candidate.time),
            self.by,
            self,
        )
    }
}

impl<V: View> Places for Case<'_, V> {
    type Error = Rejection;

    fn entry_of(&self, id: &StatementId) -> Result<EntryIndex, Rejection> {
        let place = self.named.iter().find(|(named, _)| named.id == *id);
        place
            .map(|(_, fact)| fact.index)
            .ok_or(Rejection::ReferenceUnknown {
                field: "body",
                id: *id,
            })
    }

    fn organisation(&self, organisation: &Slug) -> Result<EntryIndex, Rejection> {
        if *organisation == self.key.organisation {
            return Ok(self.by.organisation);
        }
        let mut named = self.organisations.iter();
        named
            .find(|(named, _)| named == organisation)
            .map(|(_, index)| *index)
            .ok_or_else(|| Rejection::OrganisationUnknown {
                organisation: organisation.clone(),
            })
    }

    fn key(&self, key: &PublicKey) -> Result<EntryIndex, Rejection> {
        let found = self.distrusts.iter().find(|(listed, _)| listed == key);
        found
            .map(|(_, since)| *since)
            .ok_or(Rejection::KeyUnknown { key: *key })
    }
}

/// The signer's key, holder and organisation, each by the entry that first named it.
pub(super) fn signer<V: View>(view: &V, key: &KeyFact) -> Result<Signer, V::Error> {
    let holder = view.at(&FactKey::Holder(key.holder.clone()))?;
    let organisation = view.organisation(&key.organisation)?;
    Ok(Signer {
        key: key.since(),
        holder: holder.unwrap_or_else(|| key.since()),
        organisation: organisation.unwrap_or_else(|| key.since()),
    })
}

/// The keys that a statement distrusts, as far as the ledger knows them.
pub(super) fn distrusts<V: View>(
    view: &V,
    body: &Body,
) -> Result<Vec<(PublicKey, EntryIndex)>, V::Error> {
    let listed: Vec<PublicKey> = match body {
        Body::KeyRevoke(revoke) => vec![revoke.key],
        Body::KeyRecover(recover) => recover.revoked.iter().map(|revoked| revoked.key).collect(),
        _ => Vec::new(),
    };
    let mut known = Vec::new();
    for key in listed {
        known.extend(view.key(&key)?.map(|fact| (key, fact.since())));
    }
    Ok(known)
}

/// The organisations that a statement names. The ledger must already know them; but an `organisation.set` may name a new one,
/// which begins with it.
pub(super) fn organisations<V: View>(
    view: &V,
    candidate: &Candidate<'_>,
) -> Result<Vec<(Slug, EntryIndex)>, Refusal<V::Error>> {
    let mut first = None;
    let named: Vec<&Slug> = match &candidate.statement.body {
        Body::OrganisationSet(set) => {
            first = Some(candidate.index);
            vec![&set.organisation]
        }
        Body::KeyEnroll(enroll) => vec![&enroll.organisation],
        Body::ScaleSet(scale) => vec![&scale.organisation],
        Body::PolicySet(policy) => {
            let listed = policy.approvals_from.iter().chain(&policy.evidence_from);
            std::iter::once(&policy.organisation)
                .chain(listed)
                .collect()
        }
        _ => Vec::new(),
    };
    let mut found = Vec::with_capacity(named.len());
    for organisation in named {
        let index = view.organisation(organisation).map_err(Refusal::View)?;
        let index = index
            .or(first)
            .ok_or_else(|| Rejection::OrganisationUnknown {
                organisation: organisation.clone(),
            })?;
        found.push((organisation.clone(), index));
    }
    Ok(found)
}
