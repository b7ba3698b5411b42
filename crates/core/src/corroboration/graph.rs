//! The graph that corroboration is computed from: everything live about one claim.
//!
//! The code that builds it (`rules::standing::corroboration_input`) has already left out what was withdrawn,
//! superseded or distrusted at the size in question, and relations that hold for another claim only. The graph has
//! everything within reach of the claim's evidence: the sources that evidence names, directly and under `via`; from
//! each of them the sources it depends on; and sources of the same origin, in either direction, because a copy that is
//! not itself evidence may be the one whose origin is known. It also has all relations between two of these sources,
//! `independentOf` included. Additional sources do no harm.
//!
//! Only statements of the organisations that count are in it: the verdict's own, and those that its policy names.

use crate::crypto::Digest;
use crate::model::StatementId;
use crate::model::assessment::OriginKind;
use crate::model::claim::About;
use crate::model::evidence::Stance;
use crate::model::relation::SourceRelation;
use crate::tlog::EntryIndex;
use std::collections::BTreeSet;

/// Everything live about one claim, at one size of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Graph {
    /// The claim.
    pub claim: StatementId,
    /// What would make it true.
    pub about: About,
    /// The sources in which it appeared.
    pub appeared_in: BTreeSet<StatementId>,
    /// The policy that says whose statements count, if one was in force.
    pub policy: Option<StatementId>,
    /// Every source within reach, by id ascending.
    pub sources: Vec<SourceNode>,
    /// Every evidence that names a source, by id ascending. Searches that found nothing are not included.
    pub evidence: Vec<EvidenceEdge>,
    /// Every relation between two sources within reach, by id ascending.
    pub relations: Vec<RelationEdge>,
    /// Every assessment of a source within reach for this claim, by id ascending.
    pub assessments: Vec<AssessmentMark>,
}

/// A source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceNode {
    /// Its newest version's statement id.
    pub id: StatementId,
    /// Whether it was never held here.
    pub never_held: bool,
    /// Whether software translated it.
    pub machine_translated: bool,
    /// The entry that first recorded it, in whichever form.
    pub entry: EntryIndex,
    /// SHA-256 of its address in the form that addresses are compared in.
    pub address: Option<Digest>,
    /// The digest of the bytes that it was recorded with.
    pub bytes: Option<Digest>,
    /// SHA-256 of its publisher in the form that names are compared in.
    pub publisher: Option<Digest>,
    /// Whether its signer does not name it.
    pub unnamed: bool,
}

impl SourceNode {
    /// A held source of entry `entry`, of which nothing else is known.
    pub const fn new(id: StatementId, entry: EntryIndex) -> Self {
        Self {
            id,
            never_held: false,
            machine_translated: false,
            entry,
            address: None,
            bytes: None,
            publisher: None,
            unnamed: false,
        }
    }
}

/// One piece of evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvidenceEdge {
    /// The evidence's statement id.
    pub id: StatementId,
    /// The source that says it.
    pub source: StatementId,
    /// Whether it supports or refutes the claim.
    pub stance: Stance,
    /// The nearest upstream sources that its excerpt names.
    pub via: Vec<StatementId>,
}

/// One relation between two sources.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RelationEdge {
    /// The relation's statement id.
    pub id: StatementId,
    /// The dependent source.
    pub from: StatementId,
    /// The source it depends on.
    pub to: StatementId,
    /// How they relate.
    pub relation: SourceRelation,
}

/// One assessment of a source for the claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssessmentMark {
    /// The assessment's statement id.
    pub id: StatementId,
    /// The source.
    pub source: StatementId,
    /// What the source is to the claim.
    pub kind: OriginKind,
}
