//! Links from a thing to the statements about it. Each link is one small fact, so that no list has to grow.

use super::statement::{Distrusted, Says, StatementFact};
use crate::model::StatementType;
use crate::tlog::EntryIndex;
use serde::{Deserialize, Serialize};

macro_rules! links {
    ($($(#[$doc:meta])* $name:ident = $tag:literal,)+) => {
        /// How a statement is about its subject. The subject is an entry; see each link.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub enum Link { $($(#[$doc])* $name,)+ }

        impl Link {
            /// Every link.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// The byte that stands for it in rows.
            pub const fn tag(self) -> u8 {
                match self { $(Self::$name => $tag,)+ }
            }

            /// The link for a byte.
            pub const fn from_tag(tag: u8) -> Option<Self> {
                match tag { $($tag => Some(Self::$name),)+ _ => None }
            }
        }
    };
}

links! {
    /// Statement: its successor, or its withdrawal.
    End = 1,
    /// Claim: evidence about it.
    Evidence = 2,
    /// Source: evidence that quotes it.
    Quoted = 3,
    /// Source: evidence that names it upstream.
    Via = 4,
    /// Source: relations that lead on from it; those of one origin lead on from both ends.
    Relation = 5,
    /// Source: relations that end in it.
    RelatedTo = 29,
    /// Claim: relations that are about it alone.
    RelationFor = 6,
    /// Claim: assessments of sources for it.
    Assessment = 7,
    /// Source: assessments of it.
    Assessed = 8,
    /// Source: claims that appeared in it.
    Appearance = 9,
    /// Claim, at either end: relations between claims.
    ClaimRelation = 10,
    /// Claim: verdicts.
    Verdict = 11,
    /// Evidence: verdicts that rest on it.
    RestsOn = 12,
    /// Scale version: verdicts that use it.
    Rated = 13,
    /// Source: verdicts that name it as the claimant's reply.
    Reply = 14,
    /// Verdict: attestations.
    Attestation = 15,
    /// Verdict: publications.
    Publication = 16,
    /// Statement: disputes.
    Dispute = 17,
    /// Evidence: disputes that rest on it.
    DisputeEvidence = 18,
    /// Dispute: answers.
    Answer = 19,
    /// Source: later captures.
    Capture = 20,
    /// Source: withholdings of its bytes; entry 0: withholdings by the host.
    Withhold = 21,
    /// Source: transcripts of its bytes.
    Transcript = 30,
    /// Evidence or relation that quotes: captures that looked for the quotation.
    LookedFor = 31,
    /// Review: verdicts that adopt it.
    Adoption = 32,
    /// Source: those that are known only through it.
    KnownThrough = 22,
    /// Claim: reviews by others.
    Review = 23,
    /// Organisation, by the entry that first named it: what gave one of its keys roles.
    Member = 24,
    /// Organisation: its policies.
    Policy = 25,
    /// Organisation: its scale versions.
    Scale = 26,
    /// Organisation: its descriptions.
    Description = 35,
    /// Entry 0: statements that distrust keys.
    Distrust = 27,
    /// Entry 0: statements that begin or end a checkpoint key.
    CheckpointKey = 28,
    /// Key, by the entry that introduced it: what it signed that gives keys roles or distrusts them, corrects or withdraws.
    Signed = 33,
    /// Key, likewise: statements that distrust it.
    Distrusted = 34,
    /// Organisation, by the entry that first named it: corrections and withdrawals that it signed.
    TakenBack = 36,
}

impl Link {
    /// Whether the statement itself names the subject, and not only through its signer's place.
    pub const fn is_reference(self) -> bool {
        !matches!(
            self,
            Self::Member
                | Self::Description
                | Self::Policy
                | Self::Scale
                | Self::Distrust
                | Self::CheckpointKey
                | Self::Signed
                | Self::Distrusted
                | Self::TakenBack
        )
    }
}

/// The links of a statement, with their subjects. They follow from the statement alone: a reader who has checked the
/// statement has checked its links.
#[expect(clippy::too_many_lines, reason = "one arm for each type")]
pub fn links_of(fact: &StatementFact) -> Vec<(Link, EntryIndex)> {
    let mut links = Vec::new();
    if let Some(correction) = &fact.correction {
        links.push((Link::End, correction.supersedes));
        links.push((Link::Signed, fact.by.key));
        links.push((Link::TakenBack, fact.by.organisation));
    }
    let mut link = |link, subject| links.push((link, subject));
    match &fact.says {
        Says::Nothing | Says::Observation => {}
        Says::Roles(event) => {
            link(Link::Member, fact.by.organisation);
            if fact.statement_type == StatementType::KeyRotate {
                link(Link::Signed, fact.by.key);
            }
            distrusts(&mut link, &event.distrusts);
        }
        Says::Enrolment { organisation, .. } => {
            link(Link::Member, *organisation);
            link(Link::Signed, fact.by.key);
        }
        Says::Distrust(listed) => {
            link(Link::Signed, fact.by.key);
            distrusts(&mut link, listed);
        }
        Says::CheckpointKey(_) => link(Link::CheckpointKey, EntryIndex::FIRST),
        Says::Description { organisation } => link(Link::Description, *organisation),
        Says::Policy(_) => link(Link::Policy, fact.by.organisation),
        Says::Scale(_) => link(Link::Scale, fact.by.organisation),
        Says::Source(source) => {
            if let Some(through) = source.known_through {
                link(Link::KnownThrough, through);
            }
        }
        Says::Capture {
            source, quotations, ..
        } => {
            link(Link::Capture, *source);
            for (statement, _) in quotations {
                link(Link::LookedFor, *statement);
            }
        }
        Says::Transcript { source, .. } => link(Link::Transcript, *source),
        // The host's withholdings stand under entry 0.
        Says::Withholding { source, .. } => {
            link(Link::Withhold, source.unwrap_or(EntryIndex::FIRST));
        }
        Says::Relation {
            from,
            to,
            claim,
            relation,
        } => {
            link(Link::Relation, *from);
            let both = relation.is_same_origin();
            link(
                if both {
                    Link::Relation
                } else {
                    Link::RelatedTo
                },
                *to,
            );
            if let Some(claim) = claim {
                link(Link::RelationFor, *claim);
            }
        }
        Says::Assessment { claim, source, .. } => {
            link(Link::Assessment, *claim);
            link(Link::Assessed, *source);
        }
        Says::Claim(claim) => all(&mut link, Link::Appearance, &claim.appeared_in),
        Says::ClaimRelation { from, to } => {
            link(Link::ClaimRelation, *from);
            if let Some(to) = to {
                link(Link::ClaimRelation, *to);
            }
        }
        Says::Evidence {
            claim, source, via, ..
        } => {
            link(Link::Evidence, *claim);
            if let Some(source) = source {
                link(Link::Quoted, *source);
            }
            all(&mut link, Link::Via, via);
        }
        Says::Verdict(verdict) => {
            link(Link::Verdict, verdict.claim);
            link(Link::Rated, verdict.scale);
            if let Some(reply) = verdict.reply {
                link(Link::Reply, reply);
            }
            all(&mut link, Link::RestsOn, &verdict.evidence);
            if let Some(review) = verdict.adopts {
                link(Link::Adoption, review);
            }
        }
        Says::Attestation { verdict, .. } => link(Link::Attestation, *verdict),
        Says::Publication { verdict, .. } => link(Link::Publication, *verdict),
        Says::Withdrawal { target } => {
            link(Link::End, *target);
            link(Link::Signed, fact.by.key);
            link(Link::TakenBack, fact.by.organisation);
        }
        Says::Dispute { target, evidence } => {
            link(Link::Dispute, *target);
            all(&mut link, Link::DisputeEvidence, evidence);
        }
        Says::Answer { dispute, .. } => link(Link::Answer, *dispute),
        Says::Review { claim, .. } => {
            if let Some(claim) = claim {
                link(Link::Review, *claim);
            }
        }
    }
    links
}

fn distrusts(link: &mut impl FnMut(Link, EntryIndex), listed: &[Distrusted]) {
    if !listed.is_empty() {
        link(Link::Distrust, EntryIndex::FIRST);
    }
    for distrusted in listed {
        link(Link::Distrusted, distrusted.since);
    }
}

fn all(link: &mut impl FnMut(Link, EntryIndex), kind: Link, subjects: &[EntryIndex]) {
    for subject in subjects {
        link(kind, *subject);
    }
}
