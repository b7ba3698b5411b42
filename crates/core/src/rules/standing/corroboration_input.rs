//! Collects the input of corroboration: everything live about one claim, as of one size.
//!
//! 1. the claim in all wordings that are connected by corrections of typing errors and by clarifications;
//! 2. its live evidence, each source read as its newest version;
//! 3. from those sources outward: dependence, from the dependent source on; one origin, from both ends;
//! 4. the assessments for this claim of the sources reached.
//!
//! Statements that are withdrawn, superseded or distrusted are left out, and so are those that depend on such a
//! source. Each statement is read once.

use super::as_of::Reading;
use crate::corroboration::Graph;
use crate::corroboration::graph::{AssessmentMark, EvidenceEdge, RelationEdge, SourceNode};
use crate::model::StatementId;
use crate::model::evidence::Stance;
use crate::rules::backlinks::Link;
use crate::rules::statement::{Says, StatementFact};
use crate::rules::view::View;
use crate::tlog::EntryIndex;
use std::collections::{BTreeMap, BTreeSet};

/// Collects the input for the claim of entry `claim`; none if there was no such claim at this size.
pub fn gather<V: View>(
    reading: &Reading<'_, V>,
    claim: EntryIndex,
) -> Result<Option<Graph>, V::Error> {
    let now = reading.claim_now(claim)?;
    let Some(fact) = reading.entry(now)? else {
        return Ok(None);
    };
    let Says::Claim(said) = &fact.says else {
        return Ok(None);
    };
    let mut gathering = Gathering {
        reading,
        claim: reading.same_claim(claim)?,
        sources: BTreeMap::new(),
        open: Vec::new(),
        relations: BTreeMap::new(),
    };
    let evidence = gathering.evidence()?;
    gathering.spread()?;
    let relations = gathering.relations_within();
    let assessments = gathering.assessments()?;
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
    Ok(Some(Graph {
        claim: fact.id,
        about: said.about,
        appeared_in: appeared,
        sources,
        evidence,
        relations,
        assessments,
    }))
}

struct Gathering<'r, 'v, V> {
    reading: &'r Reading<'v, V>,
    claim: BTreeSet<EntryIndex>,
    /// Sources reached, by the entry of their newest version.
    sources: BTreeMap<EntryIndex, SourceNode>,
    /// Those from which the search has not gone on yet.
    open: Vec<EntryIndex>,
    /// Relations found, by entry, with both ends by the entries of their newest versions.
    relations: BTreeMap<EntryIndex, (EntryIndex, EntryIndex, RelationEdge)>,
}

impl<V: View> Gathering<'_, '_, V> {
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
        let node = SourceNode {
            id: fact.id,
            never_held: source.never_held && !self.captured_later(newest)?,
            machine_translated: source.machine_translated,
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

    fn evidence(&mut self) -> Result<Vec<EvidenceEdge>, V::Error> {
        let mut edges = Vec::new();
        for claim in self.claim.clone() {
            for fact in self.reading.under(claim, Link::Evidence)? {
                edges.extend(self.edge(&fact)?);
            }
        }
        edges.sort_by_key(|edge| edge.id);
        Ok(edges)
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
        if *stance == Stance::NotFound || !self.reading.is_live(fact.index)? {
            return Ok(None);
        }
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
        Ok(Some(EvidenceEdge {
            id: fact.id,
            source,
            stance: *stance,
            via: upstream.into_iter().collect(),
        }))
    }

    /// Follows relations until nothing new is reached.
    fn spread(&mut self) -> Result<(), V::Error> {
        while let Some(source) = self.open.pop() {
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
        if !self.reading.is_live(fact.index)? {
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

    fn assessments(&self) -> Result<Vec<AssessmentMark>, V::Error> {
        let mut marks = Vec::new();
        for claim in &self.claim {
            for fact in self.reading.under(*claim, Link::Assessment)? {
                let Says::Assessment { source, kind, .. } = fact.says else {
                    continue;
                };
                if let Some(newest) = self.reading.newest(source)?
                    && let Some(node) = self.sources.get(&newest)
                    && self.reading.is_live(fact.index)?
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
