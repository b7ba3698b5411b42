//! Which entries belong to one: what it names, what bears on it, who was entitled to say it, and what the rules ask for.
//!
//! 1. Entry 0, and each change of the checkpoint key and of the rules.
//! 2. The subject, and from there on everything that a chosen entry names.
//! 3. What names a chosen entry and bears on it: its corrections, withdrawals and disputes, and their answers;
//!    attestations and publications of a verdict; evidence and assessments of a chosen verdict's claim; captures,
//!    transcripts and withholdings of a source.
//! 4. Relations between sources, where they can change the corroboration of a chosen verdict: upwards from a chosen
//!    source, same origin both ways, and any whose two sources are chosen.
//! 5. For each key that signed a chosen entry, or that a chosen key event is about: every key event about it. For a
//!    recovery: the key event that it was signed after.
//! 6. For each organisation that a chosen entry founds, sets something for, or lists in a policy: how it describes
//!    itself, its admins, its policies. For a scale: its earlier versions.
//!
//! 7. For each organisation that signed a chosen entry, and each chosen claim or source of another one: the evidence or
//!    verdict with which it first named that. From there on it keeps the claim or source, whatever the other one does.
//!
//! If that is too much for one file, what other organisations say about the subject stays out, and their settings and later
//! key events: those whose words count neither as approvals nor as evidence. They cannot keep anybody from making a proof.
//!
//! The rule reads nothing but chosen entries, so that over a finished dossier it chooses exactly the dossier.

use super::Error;
use super::file::MAX_ENTRIES;
use crate::crypto::PublicKey;
use crate::encoding::name::Slug;
use crate::model::relation::{SourceRelate, SourceRelation};
use crate::model::scale::Scale;
use crate::model::{Body, Statement, StatementId, StatementType};
use crate::rules::key_event::{KEY_EVENTS, houses, keys_of, makes_admin};
use crate::tlog::{EntryIndex, TreeSize};
use std::collections::{BTreeMap, BTreeSet};

/// The look-ups that the selection needs, up to the size of the head.
pub trait Lookup {
    /// Why a look-up failed.
    type Error: From<Error>;
    /// What entry `index` says.
    fn statement(&self, index: EntryIndex) -> Result<Statement, Self::Error>;
    /// Where a statement stands.
    fn place(&self, id: &StatementId) -> Result<Option<EntryIndex>, Self::Error>;
    /// The entries that name entry `index`.
    fn naming(&self, index: EntryIndex) -> Result<Vec<EntryIndex>, Self::Error>;
    /// The entries of one type.
    fn of_type(&self, statement_type: StatementType) -> Result<Vec<EntryIndex>, Self::Error>;
    /// The id of the statement in entry `index`.
    fn id(&self, index: EntryIndex) -> Result<StatementId, Self::Error>;
}

/// Selects the entries that belong to entry `subject`, ascending.
pub fn select<L: Lookup>(lookup: &L, subject: EntryIndex) -> Result<Vec<EntryIndex>, L::Error> {
    Ok(choose(lookup, subject)?.entries)
}

/// The entries that belong to one.
pub struct Chosen {
    /// The entries, ascending.
    pub entries: Vec<EntryIndex>,
    /// Whether they are too many with what other organisations say, so that it is not among them.
    pub without_others: bool,
}

/// The same, and whether what other organisations say had to stay out: they cannot make a file too large that does not
/// need their words.
pub fn choose<L: Lookup>(lookup: &L, subject: EntryIndex) -> Result<Chosen, L::Error> {
    for without_others in [false, true] {
        let mut selection = Selection::new(lookup, subject);
        if without_others {
            selection.speakers = Some(speakers(lookup, subject)?);
        }
        if selection.run()? {
            return Ok(Chosen {
                entries: selection.chosen.into_keys().collect(),
                without_others,
            });
        }
    }
    Err(Error::TooLarge {
        subject,
        limit: MAX_ENTRIES,
    }
    .into())
}

struct Selection<'a, L> {
    lookup: &'a L,
    chosen: BTreeMap<EntryIndex, Statement>,
    ids: BTreeSet<StatementId>,
    todo: Vec<EntryIndex>,
    /// The claims of selected verdicts, with their earlier and later versions.
    main: BTreeSet<StatementId>,
    keys: BTreeSet<PublicKey>,
    organisations: BTreeSet<Slug>,
    /// Relations of a selected source that are not selected themselves.
    undecided: BTreeMap<EntryIndex, Box<SourceRelate>>,
    key_events: Vec<(EntryIndex, Statement)>,
    /// The organisation of each key.
    house_of: BTreeMap<PublicKey, Slug>,
    /// The evidence or verdict with which an organisation first named a chosen claim or source.
    named: BTreeMap<(EntryIndex, Slug), EntryIndex>,
    /// The organisations whose words are needed; all, if there are none here.
    speakers: Option<BTreeSet<Slug>>,
}

impl<'a, L: Lookup> Selection<'a, L> {
    fn new(lookup: &'a L, subject: EntryIndex) -> Self {
        Self {
            lookup,
            chosen: BTreeMap::new(),
            ids: BTreeSet::new(),
            todo: vec![subject, EntryIndex::FIRST],
            main: BTreeSet::new(),
            keys: BTreeSet::new(),
            organisations: BTreeSet::new(),
            undecided: BTreeMap::new(),
            key_events: Vec::new(),
            house_of: BTreeMap::new(),
            named: BTreeMap::new(),
            speakers: None,
        }
    }

    /// Whether the words of this key's organisation are needed.
    fn speaks(&self, key: &PublicKey) -> bool {
        self.house_of
            .get(key)
            .is_none_or(|house| self.is_speaker(house))
    }

    fn is_speaker(&self, house: &Slug) -> bool {
        let speakers = self.speakers.as_ref();
        speakers.is_none_or(|speakers| speakers.contains(house))
    }

    /// Chooses until nothing more belongs to the subject; false as soon as that is too much for one file.
    fn run(&mut self) -> Result<bool, L::Error> {
        for statement_type in [
            StatementType::CheckpointRotate,
            StatementType::CheckpointRetire,
            StatementType::RulesUpgrade,
        ] {
            self.todo.extend(self.lookup.of_type(statement_type)?);
        }
        for statement_type in KEY_EVENTS {
            for index in self.lookup.of_type(*statement_type)? {
                self.key_events.push((index, self.lookup.statement(index)?));
            }
        }
        self.key_events.sort_by_key(|(index, _)| *index);
        let first = self.lookup.statement(EntryIndex::FIRST)?;
        self.house_of = houses(&first, self.key_events.iter().map(|(_, event)| event));
        loop {
            while let Some(index) = self.todo.pop() {
                self.take(index)?;
                if self.chosen.len() > MAX_ENTRIES {
                    return Ok(false);
                }
            }
            self.organisations_and_policies()?;
            self.scales()?;
            self.first_named();
            let now: Vec<EntryIndex> = self
                .undecided
                .iter()
                .filter(|(_, relation)| self.bears_on_origins(relation))
                .map(|(index, _)| *index)
                .collect();
            for index in now {
                self.undecided.remove(&index);
                self.choose(index);
            }
            if self.todo.is_empty() {
                return Ok(true);
            }
        }
    }

    fn take(&mut self, index: EntryIndex) -> Result<(), L::Error> {
        let id = self.lookup.id(index)?;
        let statement = match self.chosen.get(&index) {
            // Seen before. A claim that has since become a verdict's claim is looked at again.
            Some(_) if !self.main.contains(&id) => return Ok(()),
            Some(statement) => statement.clone(),
            None => self.lookup.statement(index)?,
        };
        if let Body::VerdictIssue(verdict) = &statement.body
            && self.main.insert(verdict.claim)
            && let Some(place) = self.lookup.place(&verdict.claim)?
        {
            self.todo.push(place);
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
            self.note_naming(index, &statement, by, &namer);
            self.backwards(&id, &statement, by, &namer)?;
        }
        if self.speaks(&statement.key) {
            self.follow_keys(&statement);
        } else {
            self.follow_key_of_other(index, &statement);
        }
        self.ids.insert(id);
        self.chosen.insert(index, statement);
        Ok(())
    }

    /// Of the key of another organisation only what gave it the roles with which it signed an entry, and what distrusts it
    /// first: an organisation can add key events without end.
    fn follow_key_of_other(&mut self, index: EntryIndex, statement: &Statement) {
        let key = statement.key;
        let of_key = |(_, event): &&(EntryIndex, Statement)| keys_of(event).contains(&key);
        let gives_roles = |event: &Statement| match &event.body {
            Body::KeyRotate(rotate) => rotate.new_key == key,
            Body::KeyRevoke(_) => false,
            Body::KeyRecover(_) => event.key == key,
            _ => true,
        };
        let mut before = self.key_events.iter().filter(of_key);
        let roles = before.rfind(|(at, event)| *at < index && gives_roles(event));
        let mut all = self.key_events.iter().filter(of_key);
        let distrust = all.find(|(_, event)| match &event.body {
            Body::KeyRevoke(revoke) => revoke.distrust_from.is_some(),
            Body::KeyRecover(_) => event.key != key,
            _ => false,
        });
        let events: Vec<EntryIndex> = roles
            .into_iter()
            .chain(distrust)
            .map(|(at, _)| *at)
            .collect();
        for event in events {
            self.choose(event);
        }
    }

    /// Selects the history of the keys that signed a selected statement or that it is about.
    fn follow_keys(&mut self, statement: &Statement) {
        let after = match &statement.body {
            Body::KeyRecover(recover) => Some(recover.last_key_event),
            _ => None,
        };
        let mut keys = keys_of(statement);
        keys.push(statement.key);
        keys.retain(|key| self.keys.insert(*key));
        let events = self.key_events.iter();
        let wanted = events.filter(|(index, event)| {
            after == Some(*index) || keys_of(event).iter().any(|key| keys.contains(key))
        });
        let wanted: Vec<EntryIndex> = wanted.map(|(index, _)| *index).collect();
        for index in wanted {
            self.choose(index);
        }
    }

    fn choose(&mut self, index: EntryIndex) {
        if !self.chosen.contains_key(&index) {
            self.todo.push(index);
        }
    }

    /// Whether entry `by`, which names the chosen statement `id`, bears on it.
    fn backwards(
        &mut self,
        id: &StatementId,
        chosen: &Statement,
        by: EntryIndex,
        namer: &Statement,
    ) -> Result<(), L::Error> {
        use StatementType as T;
        let main = self.main.contains(id);
        let corrects = namer.correction().is_some_and(|c| c.supersedes == *id);
        if corrects
            && main
            && matches!(namer.body, Body::ClaimAdd(_))
            && self.main.insert(self.lookup.id(by)?)
        {
            self.todo.push(by);
        }
        if !self.needs(chosen, namer) {
            return Ok(());
        }
        if let Body::SourceRelate(relation) = &namer.body
            && chosen.statement_type == T::SourceAdd
            && !self.chosen.contains_key(&by)
        {
            self.undecided.insert(by, relation.clone());
        }
        let bears = match (&namer.body, chosen.statement_type) {
            _ if corrects => true,
            (Body::Withdraw(withdraw), _) => withdraw.target == *id,
            (Body::DisputeOpen(dispute), _) => dispute.target == *id,
            (Body::DisputeAnswer(_), T::DisputeOpen)
            | (Body::VerdictAttest(_) | Body::VerdictPublish(_), T::VerdictIssue)
            | (
                Body::SourceCapture(_) | Body::SourceTranscribe(_) | Body::SnapshotWithhold(_),
                T::SourceAdd,
            ) => true,
            (Body::EvidenceAdd(_) | Body::OriginAssess(_), T::ClaimAdd) => main,
            _ => false,
        };
        if bears {
            self.choose(by);
        }
        Ok(())
    }

    /// Whether it matters who signed what bears on a chosen statement, and it is needed. A withdrawal always is, and
    /// another organisation's correction of what it said itself, unless others keep the thing as they named it.
    fn needs(&self, chosen: &Statement, namer: &Statement) -> bool {
        use StatementType as T;
        let kept = matches!(chosen.statement_type, T::ClaimAdd | T::SourceAdd);
        self.speaks(&namer.key)
            || namer.statement_type == T::Withdraw
            || (namer.correction().is_some() && !kept)
    }

    /// Notes the organisation of evidence or a verdict that names a claim or source, if it is the first of that
    /// organisation.
    fn note_naming(
        &mut self,
        thing: EntryIndex,
        chosen: &Statement,
        by: EntryIndex,
        namer: &Statement,
    ) {
        use StatementType as T;
        let rests_on = matches!(chosen.statement_type, T::ClaimAdd | T::SourceAdd)
            && matches!(namer.statement_type, T::EvidenceAdd | T::VerdictIssue);
        if rests_on && let Some(house) = self.house_of.get(&namer.key) {
            let first = self.named.entry((thing, house.clone())).or_insert(by);
            *first = by.min(*first);
        }
    }

    /// What makes an organisation keep a claim or source of another one.
    fn first_named(&mut self) {
        let signers = self.chosen.values().map(|statement| &statement.key);
        let houses: BTreeSet<&Slug> = signers.filter_map(|key| self.house_of.get(key)).collect();
        let kept = self.named.iter().filter(|((thing, house), _)| {
            let owner = self.chosen.get(thing);
            let owner = owner.and_then(|statement| self.house_of.get(&statement.key));
            houses.contains(house) && owner != Some(house)
        });
        let kept: Vec<EntryIndex> = kept.map(|(_, first)| *first).collect();
        for first in kept {
            self.choose(first);
        }
    }

    /// Whether a relation can change where the claim's reports come from.
    fn bears_on_origins(&self, relation: &SourceRelate) -> bool {
        use SourceRelation as R;
        let of_the_claim = relation
            .claim
            .is_none_or(|claim| self.main.contains(&claim));
        let from = self.ids.contains(&relation.from);
        of_the_claim
            && match relation.relation {
                // At least one end is a selected source.
                same if same.is_same_origin() => true,
                R::WasQuotedFrom | R::WasDerivedFrom | R::HadPrimarySource if from => true,
                _ => from && self.ids.contains(&relation.to),
            }
    }

    /// For the organisations that selected entries name: how they describe themselves, their admins, their policies.
    fn organisations_and_policies(&mut self) -> Result<(), L::Error> {
        for statement in self.chosen.values() {
            let organisation = match &statement.body {
                Body::LedgerCreate(create) => &create.organisation.organisation,
                Body::KeyEnroll(enroll) => &enroll.organisation,
                Body::ScaleSet(scale) => &scale.organisation,
                Body::PolicySet(policy) => {
                    let listed = policy.approvals_from.iter().chain(&policy.evidence_from);
                    self.organisations.extend(listed.cloned());
                    &policy.organisation
                }
                _ => continue,
            };
            self.organisations.insert(organisation.clone());
        }
        // Of an organisation whose words are not needed: the first, which made it known.
        let mut known = BTreeSet::new();
        for index in self.lookup.of_type(StatementType::OrganisationSet)? {
            if let Body::OrganisationSet(set) = self.lookup.statement(index)?.body
                && self.organisations.contains(&set.organisation)
                && (known.insert(set.organisation.clone()) || self.is_speaker(&set.organisation))
            {
                self.choose(index);
            }
        }
        let speaks = |of: &Slug| self.organisations.contains(of) && self.is_speaker(of);
        let admins = self
            .key_events
            .iter()
            .filter(|(_, event)| makes_admin(&event.body).is_some_and(speaks));
        let admins: Vec<EntryIndex> = admins.map(|(index, _)| *index).collect();
        for index in admins {
            self.choose(index);
        }
        // A verdict is judged by the policy at its own entry, and a publication or an approval by the one at theirs.
        for index in self.lookup.of_type(StatementType::PolicySet)? {
            if let Body::PolicySet(policy) = self.lookup.statement(index)?.body
                && self.organisations.contains(&policy.organisation)
                && self.is_speaker(&policy.organisation)
            {
                self.choose(index);
            }
        }
        Ok(())
    }

    /// The versions before each selected one.
    fn scales(&mut self) -> Result<(), L::Error> {
        let chosen = self.chosen.values();
        let scales: Vec<Scale> = chosen
            .filter_map(|statement| match &statement.body {
                Body::ScaleSet(scale) => Some((**scale).clone()),
                _ => None,
            })
            .collect();
        if scales.is_empty() {
            return Ok(());
        }
        for index in self.lookup.of_type(StatementType::ScaleSet)? {
            if let Body::ScaleSet(older) = self.lookup.statement(index)?.body
                && scales.iter().any(|scale| {
                    (&scale.organisation, &scale.scale) == (&older.organisation, &older.scale)
                        && scale.version > older.version
                })
            {
                self.choose(index);
            }
        }
        Ok(())
    }
}

/// The organisations whose words about an entry are needed: its signer's, those that any policy of that organisation lists,
/// and the founder's, whose admins speak for the host.
fn speakers<L: Lookup>(lookup: &L, subject: EntryIndex) -> Result<BTreeSet<Slug>, L::Error> {
    let mut events = Vec::new();
    for statement_type in KEY_EVENTS {
        for index in lookup.of_type(*statement_type)? {
            events.push((index, lookup.statement(index)?));
        }
    }
    events.sort_by_key(|(index, _)| *index);
    let first = lookup.statement(EntryIndex::FIRST)?;
    let house_of = houses(&first, events.iter().map(|(_, event)| event));
    let own = house_of.get(&lookup.statement(subject)?.key).cloned();
    let mut speakers: BTreeSet<Slug> = own.iter().cloned().collect();
    if let Body::LedgerCreate(create) = &first.body {
        speakers.insert(create.organisation.organisation.clone());
    }
    for index in lookup.of_type(StatementType::PolicySet)? {
        if let Body::PolicySet(policy) = lookup.statement(index)?.body
            && Some(&policy.organisation) == own.as_ref()
        {
            speakers.extend(
                policy
                    .approvals_from
                    .into_iter()
                    .chain(policy.evidence_from),
            );
        }
    }
    Ok(speakers)
}

/// The sizes of the heads that these statements name as seen, ascending: a proof shows their roots.
pub fn heads<'a>(statements: impl Iterator<Item = &'a Statement>, size: TreeSize) -> Vec<TreeSize> {
    let seen = statements.filter_map(|statement| statement.seen);
    let sizes: BTreeSet<TreeSize> = seen.map(|seen| seen.size).collect();
    let sizes = sizes.into_iter();
    sizes
        .filter(|seen| !seen.is_empty() && *seen <= size)
        .collect()
}
