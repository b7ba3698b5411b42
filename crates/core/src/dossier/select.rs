//! Which entries belong to one: what it names, what bears on it, and who was entitled to say it.
//!
//! 1. Entry 0, and every change of the checkpoint key: without them nobody knows whose head it is.
//! 2. The subject, and from there on everything that a chosen entry names.
//! 3. What names a chosen entry and bears on it: attestations, publications and successors of a verdict; evidence,
//!    assessments and successors of its claim; captures, withholdings and successors of a source; withdrawals;
//!    disputes and their answers.
//! 4. Relations between sources, where they can change the claim's corroboration: upwards from a chosen source, same
//!    origin both ways, and any whose two sources are chosen.
//! 5. For each key that signed a chosen entry: every key event about it, and the organisations and policies behind it.
//!
//! The rule reads nothing but chosen entries, so that over a finished dossier it chooses exactly the dossier.

use super::Error;
use super::file::MAX_ENTRIES;
use crate::crypto::PublicKey;
use crate::encoding::name::Slug;
use crate::model::relation::{SourceRelate, SourceRelation};
use crate::model::{Body, Statement, StatementId, StatementType};
use std::collections::{BTreeMap, BTreeSet};

/// What the rule asks of a ledger, up to the size of the head that is proven.
pub trait Lookup {
    /// Why an answer could not be had.
    type Error: From<Error>;
    /// What entry `index` says.
    fn statement(&self, index: u64) -> Result<Statement, Self::Error>;
    /// Where a statement stands.
    fn place(&self, id: &StatementId) -> Result<Option<u64>, Self::Error>;
    /// The entries that name entry `index`.
    fn naming(&self, index: u64) -> Result<Vec<u64>, Self::Error>;
    /// The entries of one type.
    fn of_type(&self, statement_type: StatementType) -> Result<Vec<u64>, Self::Error>;
    /// The id of the statement in entry `index`.
    fn id(&self, index: u64) -> Result<StatementId, Self::Error>;
}

/// Chooses the entries that belong to entry `subject`, ascending.
pub fn select<L: Lookup>(lookup: &L, subject: u64) -> Result<Vec<u64>, L::Error> {
    let mut selection = Selection {
        lookup,
        subject,
        chosen: BTreeMap::new(),
        ids: BTreeSet::new(),
        todo: vec![subject, 0],
        main: BTreeSet::new(),
        keys: BTreeSet::new(),
        organisations: BTreeSet::new(),
        undecided: Vec::new(),
        key_events: Vec::new(),
    };
    selection.run()?;
    Ok(selection.chosen.into_keys().collect())
}

/// Whether a statement begins, changes or ends what `key` may sign.
pub fn concerns_key(statement: &Statement, key: &PublicKey) -> bool {
    match &statement.body {
        Body::LedgerCreate(_) => statement.key == *key,
        Body::KeyEnroll(enroll) => enroll.key == *key,
        Body::KeyRotate(rotate) => rotate.new_key == *key || statement.key == *key,
        Body::KeyRevoke(revoke) => revoke.key == *key,
        Body::KeyRecover(recover) => {
            statement.key == *key || recover.revoked.iter().any(|r| r.key == *key)
        }
        _ => false,
    }
}

struct Selection<'a, L> {
    lookup: &'a L,
    subject: u64,
    chosen: BTreeMap<u64, Statement>,
    ids: BTreeSet<StatementId>,
    todo: Vec<u64>,
    /// The subject's claim and its earlier and later versions.
    main: BTreeSet<StatementId>,
    keys: BTreeSet<PublicKey>,
    organisations: BTreeSet<Slug>,
    /// Relations of which one source is chosen.
    undecided: Vec<(u64, SourceRelate)>,
    key_events: Vec<(u64, Statement)>,
}

impl<L: Lookup> Selection<'_, L> {
    fn run(&mut self) -> Result<(), L::Error> {
        for statement_type in [
            StatementType::CheckpointRotate,
            StatementType::CheckpointRetire,
        ] {
            self.todo.extend(self.lookup.of_type(statement_type)?);
        }
        for statement_type in KEY_EVENTS {
            for index in self.lookup.of_type(*statement_type)? {
                self.key_events.push((index, self.lookup.statement(index)?));
            }
        }
        loop {
            while let Some(index) = self.todo.pop() {
                self.take(index)?;
            }
            self.organisations_and_policies()?;
            let decided = |relation: &SourceRelate| {
                self.ids.contains(&relation.from) && self.ids.contains(&relation.to)
            };
            let (now, later) = std::mem::take(&mut self.undecided)
                .into_iter()
                .partition(|(_, relation)| decided(relation));
            self.undecided = later;
            let now: Vec<(u64, SourceRelate)> = now;
            let new = now.into_iter().map(|(index, _)| index);
            self.todo
                .extend(new.filter(|index| !self.chosen.contains_key(index)));
            if self.todo.is_empty() {
                return Ok(());
            }
        }
    }

    fn take(&mut self, index: u64) -> Result<(), L::Error> {
        let id = self.lookup.id(index)?;
        let statement = match self.chosen.get(&index) {
            // Seen before; a claim that has since turned out to be the subject's is looked at again.
            Some(_) if !self.main.contains(&id) => return Ok(()),
            Some(statement) => statement.clone(),
            None => self.lookup.statement(index)?,
        };
        if index == self.subject
            && let Body::VerdictIssue(verdict) = &statement.body
        {
            self.main.insert(verdict.claim);
        }
        for named in statement.named() {
            let Some(place) = self.lookup.place(&named.id)? else {
                return Err(Error::Incomplete {
                    by: index,
                    what: format!("{} {}", named.field, named.id),
                }
                .into());
            };
            self.choose(place);
        }
        if let Body::ClaimAdd(claim) = &statement.body
            && self.main.contains(&id)
            && let Some(correction) = &claim.correction
            && self.main.insert(correction.supersedes)
            && let Some(place) = self.lookup.place(&correction.supersedes)?
        {
            self.todo.push(place);
        }
        for by in self.lookup.naming(index)? {
            let namer = self.lookup.statement(by)?;
            self.backwards(&id, &statement, by, &namer)?;
        }
        if self.keys.insert(statement.key) {
            let about = self.key_events.iter();
            let about = about.filter(|(_, event)| concerns_key(event, &statement.key));
            let about: Vec<u64> = about.map(|(index, _)| *index).collect();
            for event in about {
                self.choose(event);
            }
        }
        self.ids.insert(id);
        self.chosen.insert(index, statement);
        if self.chosen.len() > MAX_ENTRIES {
            return Err(Error::TooLarge {
                subject: self.subject,
                limit: MAX_ENTRIES,
            }
            .into());
        }
        Ok(())
    }

    fn choose(&mut self, index: u64) {
        if !self.chosen.contains_key(&index) {
            self.todo.push(index);
        }
    }

    /// Whether entry `by`, which names the chosen statement `id`, bears on it.
    fn backwards(
        &mut self,
        id: &StatementId,
        chosen: &Statement,
        by: u64,
        namer: &Statement,
    ) -> Result<(), L::Error> {
        use StatementType as T;
        let main = self.main.contains(id);
        let bears = match (&namer.body, chosen.statement_type) {
            (Body::Withdraw(withdraw), _) => withdraw.target == *id,
            (Body::DisputeOpen(dispute), _) => dispute.target == *id,
            (Body::DisputeAnswer(_), T::DisputeOpen)
            | (
                Body::VerdictAttest(_) | Body::VerdictPublish(_) | Body::VerdictIssue(_),
                T::VerdictIssue,
            )
            | (Body::SourceCapture(_) | Body::SnapshotWithhold(_), T::SourceAdd)
            | (Body::EvidenceAdd(_), T::EvidenceAdd) => true,
            (Body::EvidenceAdd(_) | Body::OriginAssess(_), T::ClaimAdd) => main,
            (Body::ClaimAdd(claim), T::ClaimAdd) => {
                let successor = claim
                    .correction
                    .as_ref()
                    .is_some_and(|c| c.supersedes == *id);
                if successor && main && self.main.insert(self.lookup.id(by)?) {
                    self.todo.push(by);
                }
                successor
            }
            (Body::SourceAdd(source), T::SourceAdd) => source
                .correction
                .as_ref()
                .is_some_and(|c| c.supersedes == *id),
            (Body::SourceRelate(relation), T::SourceAdd) => self.relation(id, by, relation),
            _ => false,
        };
        if bears {
            self.choose(by);
        }
        Ok(())
    }

    fn relation(&mut self, id: &StatementId, by: u64, relation: &SourceRelate) -> bool {
        use SourceRelation as R;
        if relation
            .claim
            .is_some_and(|claim| !self.main.contains(&claim))
        {
            return false;
        }
        let now = match relation.relation {
            R::WasRevisionOf | R::TranslationOf | R::WireCopyOf | R::SharesOriginWith => true,
            R::WasQuotedFrom | R::WasDerivedFrom | R::HadPrimarySource => relation.from == *id,
            R::IndependentOf => false,
        };
        if !now && !self.undecided.iter().any(|(index, _)| *index == by) {
            self.undecided.push((by, relation.clone()));
        }
        now
    }

    /// For the organisations that chosen key events speak of: how they described themselves, the policy in force at
    /// the subject, and every later one.
    fn organisations_and_policies(&mut self) -> Result<(), L::Error> {
        for statement in self.chosen.values() {
            let organisation = match &statement.body {
                Body::LedgerCreate(create) => &create.organisation.organisation,
                Body::KeyEnroll(enroll) => &enroll.organisation,
                _ => continue,
            };
            self.organisations.insert(organisation.clone());
        }
        for index in self.lookup.of_type(StatementType::OrganisationSet)? {
            if let Body::OrganisationSet(set) = self.lookup.statement(index)?.body
                && self.organisations.contains(&set.organisation)
            {
                self.choose(index);
            }
        }
        let mut in_force: BTreeMap<Slug, u64> = BTreeMap::new();
        for index in self.lookup.of_type(StatementType::PolicySet)? {
            if let Body::PolicySet(policy) = self.lookup.statement(index)?.body
                && self.organisations.contains(&policy.organisation)
            {
                if index > self.subject {
                    self.choose(index);
                } else {
                    in_force.insert(policy.organisation.clone(), index);
                }
            }
        }
        for index in in_force.into_values() {
            self.choose(index);
        }
        Ok(())
    }
}

/// The statements that say whose a key is.
const KEY_EVENTS: &[StatementType] = &[
    StatementType::KeyEnroll,
    StatementType::KeyRotate,
    StatementType::KeyRevoke,
    StatementType::KeyRecover,
];
