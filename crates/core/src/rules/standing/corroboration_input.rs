//! Collects the input of corroboration: everything live about one form of a claim that counts, as of one size.
//!
//! 1. the evidence about this form, and about others that its corrections keep the same for those who signed it; each
//!    source is read as its newest version;
//! 2. from the sources of evidence for and against, outward: dependence, from the dependent source on; one origin, from
//!    both ends;
//! 3. the assessments for this claim of the sources reached.
//!
//! Claims and sources count whoever recorded them; of everything else only what the counted organisations signed.
//! Statements that are withdrawn, superseded or distrusted are left out, and so are those that depend on such a
//! source. Each statement is read once. The search ends where the graph exceeds a bound: it cannot be counted then.

use super::as_of::Reading;
use super::counting::Counting;
use super::wording;
use crate::corroboration::bounds::{MAX_SOURCES, MAX_STATEMENTS};
use crate::corroboration::graph::{AssessmentMark, EvidenceEdge, RelationEdge, SourceNode};
use crate::corroboration::{Graph, TooLarge, freeze};
use crate::model::StatementId;
use crate::model::evidence::Stance;
use crate::model::verdict::Corroboration;
use crate::rules::backlinks::Link;
use crate::rules::statement::{Says, StatementFact};
use crate::rules::view::View;
use crate::tlog::EntryIndex;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// What a verdict of `organisation` on the form `claim` records at the reading's size, by the policy then; none if there
/// was no such claim.
pub fn frozen<V: View>(
    reading: &Reading<'_, V>,
    claim: EntryIndex,
    organisation: EntryIndex,
) -> Result<Option<Result<Corroboration, TooLarge>>, V::Error> {
    let counting = Counting::at(reading, organisation)?;
    let graph = gather(reading, claim, &counting)?;
    Ok(graph.map(|graph| freeze(&graph)))
}

/// Collects the input for the form of a claim in entry `claim`; none if there was no such claim at this size.
pub fn gather<V: View>(
    reading: &Reading<'_, V>,
    claim: EntryIndex,
    counting: &Counting,
) -> Result<Option<Graph>, V::Error> {
    let gathered = gather_noting(reading, claim, counting)?;
    Ok(gathered.map(|(graph, _)| graph))
}

/// The same, with the organisations whose statements were passed over.
pub(super) fn gather_noting<V: View>(
    reading: &Reading<'_, V>,
    claim: EntryIndex,
    counting: &Counting,
) -> Result<Option<(Graph, BTreeSet<EntryIndex>)>, V::Error> {
    // An organisation keeps what it had named of others, whatever they did to it.
    let reading = &Reading::at(reading.view(), reading.size())?.of(counting.organisation());
    let Some(fact) = reading.entry(claim)? else {
        return Ok(None);
    };
    let Says::Claim(said) = &fact.says else {
        return Ok(None);
    };
    let mut gathering = Gathering {
        reading,
        counting,
        form: claim,
        claim: reading.same_claim(claim)?,
        follows: BTreeMap::new(),
        others: BTreeSet::new(),
        sources: BTreeMap::new(),
        open: Vec::new(),
        relations: BTreeMap::new(),
        found: 0,
    };
    let (mut evidence, neither) = gathering.evidence()?;
    gathering.spread()?;
    let relations = gathering.relations_within();
    let assessments = gathering.assessments()?;
    for fact in neither {
        evidence.extend(gathering.beside(&fact)?);
    }
    evidence.sort_by_key(|edge| edge.id);
    let mut appeared = BTreeSet::new();
    for source in &said.appeared_in {
        if let Some(newest) = reading.newest(*source)?
            && let Some(newest) = reading.entry(newest)?
        {
            appeared.insert(newest.id);
        }
    }
    let mut sources: Vec<SourceNode> = gathering.sources.into_values().collect();
    sources.sort_by_key(|source| source.id);
    let graph = Graph {
        claim: fact.id,
        about: said.about,
        appeared_in: appeared,
        policy: counting.policy(),
        sources,
        evidence,
        relations,
        assessments,
    };
    Ok(Some((graph, gathering.others)))
}

struct Gathering<'r, 'v, V> {
    reading: &'r Reading<'v, V>,
    counting: &'r Counting,
    /// The form of the claim that is asked about.
    form: EntryIndex,
    /// All forms that may say the same.
    claim: BTreeSet<EntryIndex>,
    /// Whether what an organisation signed about a form holds for the one that is asked about.
    follows: BTreeMap<(EntryIndex, EntryIndex), bool>,
    /// Organisations whose statements were passed over.
    others: BTreeSet<EntryIndex>,
    /// Sources reached, by the entry of their newest version.
    sources: BTreeMap<EntryIndex, SourceNode>,
    /// Those from which the search has not gone on yet.
    open: Vec<EntryIndex>,
    /// Relations found, by entry, with both ends by the entries of their newest versions.
    relations: BTreeMap<EntryIndex, (EntryIndex, EntryIndex, RelationEdge)>,
    /// How many statements take part so far.
    found: usize,
}

impl<V: View> Gathering<'_, '_, V> {
    /// Whether the graph is too large to count, whatever else there is.
    fn is_full(&self) -> bool {
        self.sources.len() > MAX_SOURCES || self.found > MAX_STATEMENTS
    }

    /// Whether a statement about the form `about` counts here.
    fn counts(&mut self, fact: &StatementFact, about: EntryIndex) -> Result<bool, V::Error> {
        let organisation = fact.by.organisation;
        let follows = match self.follows.get(&(organisation, about)) {
            Some(known) => *known,
            None => wording::evidence_follows(self.reading, organisation, about, self.form)?,
        };
        self.follows.insert((organisation, about), follows);
        if !follows {
            return Ok(false);
        }
        if self.counting.counts(organisation) {
            return self.reading.is_live(fact.index);
        }
        self.others.insert(organisation);
        Ok(false)
    }

    /// Marks a source as reached, given any of its versions; returns its newest version's entry and id.
    fn reach(&mut self, source: EntryIndex) -> Result<Option<(EntryIndex, StatementId)>, V::Error> {
        let Some(newest) = self.reading.newest(source)? else {
            return Ok(None);
        };
        if let Some(known) = self.sources.get(&newest) {
            return Ok(Some((newest, known.id)));
        }
        let Some(fact) = self.reading.entry(newest)? else {
            return Ok(None);
        };
        let Says::Source(source) = &fact.says else {
            return Ok(None);
        };
        let first = self.reading.versions(newest)?.first().copied();
        let node = SourceNode {
            id: fact.id,
            never_held: source.never_held && !self.captured_later(newest)?,
            machine_translated: source.machine_translated,
            entry: first.unwrap_or(newest),
            address: source.address,
            bytes: source.bytes,
            publisher: source.publisher,
            unnamed: source.unnamed,
        };
        self.sources.insert(newest, node);
        self.open.push(newest);
        Ok(Some((newest, fact.id)))
    }

    /// Whether any version had bytes after all.
    fn captured_later(&self, newest: EntryIndex) -> Result<bool, V::Error> {
        for version in self.reading.versions(newest)? {
            for capture in self.reading.under(version, Link::Capture)? {
                if self.reading.is_trusted(&capture)? {
                    return Ok(true);
                }
            }
            if let Some(fact) = self.reading.entry(version)?
                && matches!(&fact.says, Says::Source(source) if !source.never_held)
                && self.reading.is_trusted(&fact)?
            {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The evidence for and against, and the facts of what takes neither side.
    #[expect(clippy::type_complexity, reason = "two lists, said once")]
    fn evidence(&mut self) -> Result<(Vec<EvidenceEdge>, Vec<Rc<StatementFact>>), V::Error> {
        let (mut edges, mut neither) = (Vec::new(), Vec::new());
        for claim in self.claim.clone() {
            for fact in self.reading.under(claim, Link::Evidence)? {
                if self.is_full() {
                    break;
                }
                let Says::Evidence { stance, .. } = &fact.says else {
                    continue;
                };
                if *stance == Stance::NotFound || !self.counts(&fact, claim)? {
                    continue;
                }
                match stance {
                    Stance::Supports | Stance::Refutes => edges.extend(self.edge(&fact)?),
                    _ => neither.push(fact),
                }
            }
        }
        Ok((edges, neither))
    }

    fn edge(&mut self, fact: &StatementFact) -> Result<Option<EvidenceEdge>, V::Error> {
        let Says::Evidence {
            source: Some(source),
            stance,
            via,
            ..
        } = &fact.says
        else {
            return Ok(None);
        };
        let Some((_, source)) = self.reach(*source)? else {
            return Ok(None);
        };
        let mut upstream = BTreeSet::new();
        for named in via {
            if let Some((_, id)) = self.reach(*named)?
                && id != source
            {
                upstream.insert(id);
            }
        }
        self.found += 1;
        Ok(Some(EvidenceEdge {
            id: fact.id,
            source,
            stance: *stance,
            via: upstream.into_iter().collect(),
        }))
    }

    /// Evidence that takes neither side: it is listed, and nothing follows from its source.
    fn beside(&mut self, fact: &StatementFact) -> Result<Option<EvidenceEdge>, V::Error> {
        let edge = match &fact.says {
            Says::Evidence {
                source: Some(source),
                stance,
                ..
            } => self.reach(*source)?.map(|(_, source)| EvidenceEdge {
                id: fact.id,
                source,
                stance: *stance,
                via: Vec::new(),
            }),
            _ => None,
        };
        Ok(edge)
    }

    /// Follows relations until nothing new is reached.
    fn spread(&mut self) -> Result<(), V::Error> {
        while let Some(source) = self.open.pop() {
            if self.is_full() {
                break;
            }
            for version in self.reading.versions(source)? {
                for fact in self.reading.under(version, Link::Relation)? {
                    self.relation(&fact)?;
                }
            }
        }
        Ok(())
    }

    fn relation(&mut self, fact: &StatementFact) -> Result<(), V::Error> {
        let Says::Relation {
            from,
            to,
            claim,
            relation,
        } = fact.says
        else {
            return Ok(());
        };
        let elsewhere = claim.is_some_and(|claim| !self.claim.contains(&claim));
        if elsewhere || self.relations.contains_key(&fact.index) {
            return Ok(());
        }
        if !self.counts(fact, claim.unwrap_or(self.form))? {
            return Ok(());
        }
        // A vouch joins two sources that are already reached and leads to no new one.
        let vouch = relation == crate::model::relation::SourceRelation::IndependentOf;
        let ends = if vouch {
            (self.newest_id(from)?, self.newest_id(to)?)
        } else {
            (self.reach(from)?, self.reach(to)?)
        };
        let (Some((from, from_id)), Some((to, to_id))) = ends else {
            return Ok(());
        };
        // Two versions of one source are one source, and do not relate to each other.
        if from == to {
            return Ok(());
        }
        self.found += usize::from(!vouch);
        let edge = RelationEdge {
            id: fact.id,
            from: from_id,
            to: to_id,
            relation,
        };
        self.relations.insert(fact.index, (from, to, edge));
        Ok(())
    }

    fn newest_id(&self, source: EntryIndex) -> Result<Option<(EntryIndex, StatementId)>, V::Error> {
        let Some(newest) = self.reading.newest(source)? else {
            return Ok(None);
        };
        let fact = self.reading.entry(newest)?;
        Ok(fact.map(|fact| (newest, fact.id)))
    }

    /// The relations with both ends reached.
    fn relations_within(&mut self) -> Vec<RelationEdge> {
        let found = std::mem::take(&mut self.relations).into_values();
        let mut edges: Vec<RelationEdge> = found
            .filter(|(from, to, _)| {
                self.sources.contains_key(from) && self.sources.contains_key(to)
            })
            .map(|(_, _, edge)| edge)
            .collect();
        edges.sort_by_key(|edge| edge.id);
        edges
    }

    fn assessments(&mut self) -> Result<Vec<AssessmentMark>, V::Error> {
        let mut marks = Vec::new();
        for claim in self.claim.clone() {
            for fact in self.reading.under(claim, Link::Assessment)? {
                let Says::Assessment { source, kind, .. } = fact.says else {
                    continue;
                };
                if marks.len() > MAX_STATEMENTS {
                    break;
                }
                if let Some(newest) = self.reading.newest(source)?
                    && let Some(node) = self.sources.get(&newest).cloned()
                    && self.counts(&fact, claim)?
                {
                    marks.push(AssessmentMark {
                        id: fact.id,
                        source: node.id,
                        kind,
                    });
                }
            }
        }
        marks.sort_by_key(|mark| mark.id);
        Ok(marks)
    }
}
