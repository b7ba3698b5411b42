//! Who can act next. Lists of open work ask this; it calls the functions that admission calls.

use super::{case, objection, second_person};
use crate::crypto::PublicKey;
use crate::encoding::name::Slug;
use crate::model::organisation::Role;
use crate::rules::roles;
use crate::rules::standing::approval::{self, Attestation};
use crate::rules::standing::as_of::Reading;
use crate::rules::state::KeyFact;
use crate::rules::statement::{Signer, StatementFact};
use crate::rules::view::View;

/// Somebody with a key that can sign the next entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Their short name.
    pub holder: Slug,
    /// Their organisation.
    pub organisation: Slug,
    by: Signer,
    roles: Vec<Role>,
}

impl Person {
    /// The holder of a key, if the key can sign the entry after those that are read.
    pub fn with_key<V: View>(
        reading: &Reading<'_, V>,
        key: &PublicKey,
    ) -> Result<Option<Self>, V::Error> {
        let (view, next) = (reading.view(), reading.size().next());
        let Some(fact) = view.key(key)? else {
            return Ok(None);
        };
        let void = reading.distrust().void_roles(view, fact.since(), next)?;
        let Some((_, roles)) = fact.roles_at(next) else {
            return Ok(None);
        };
        if !fact.is_live_at(next) || void.is_some() {
            return Ok(None);
        }
        Ok(Some(Self::new(
            case::signer(view, &fact)?,
            roles.to_vec(),
            &fact,
        )))
    }

    fn new(by: Signer, roles: Vec<Role>, fact: &KeyFact) -> Self {
        Self {
            holder: fact.holder.clone(),
            organisation: fact.organisation.clone(),
            by,
            roles,
        }
    }

    /// Whether they signed this statement, with whatever key.
    pub fn signed(&self, fact: &StatementFact) -> bool {
        self.by.is_person(&fact.by)
    }

    /// Whether they are the person who said this word.
    pub fn said(&self, word: &Attestation) -> bool {
        (self.by.organisation, self.by.holder) == (word.organisation, word.holder)
    }

    /// Whether they are of the organisation of who signed this statement.
    pub fn is_colleague(&self, fact: &StatementFact) -> bool {
        self.by.is_colleague(&fact.by)
    }

    /// Whether their approval of a verdict would be admitted, and would count by its policy once they have declared their
    /// interests.
    pub fn may_approve<V: View>(
        &self,
        reading: &Reading<'_, V>,
        verdict: &StatementFact,
    ) -> Result<bool, V::Error> {
        let at = reading.size().next();
        Ok(self.has_one_of(roles::WEIGHING)
            && second_person::may_approve(reading, verdict, &self.by, at)?
            && approval::next_discount(reading, verdict, self.by)?.is_none())
    }

    /// Whether they may end an objection to a statement.
    pub fn may_answer<V: View>(
        &self,
        reading: &Reading<'_, V>,
        dispute: &StatementFact,
        target: &StatementFact,
    ) -> Result<bool, V::Error> {
        let at = reading.size().next();
        Ok(self.has_one_of(roles::WEIGHING)
            && !self.signed(target)
            && !self.signed(dispute)
            && objection::speaks(reading, target, &self.by, at)?)
    }

    /// Whether they may withdraw a statement that is a matter of opinion.
    pub fn may_withdraw(&self, target: &StatementFact) -> bool {
        self.has_one_of(roles::withdrawing(target.statement_type)) && self.is_colleague(target)
    }

    /// Whether they may sign verdicts.
    pub fn may_conclude(&self) -> bool {
        self.has_one_of(roles::CONCLUDING)
    }

    fn has_one_of(&self, needed: &[Role]) -> bool {
        needed.iter().any(|role| self.roles.contains(role))
    }
}
