//! What later decisions need of a statement: a fact that never changes, made from the statement and its place alone.
//!
//! Other entries are named by their numbers, 8 bytes each. This fact does not say when a statement ended: facts of their
//! own do ([`BecameFact`](super::state::BecameFact)), one for each entry that changed it.

use crate::crypto::{Digest, PublicKey};
use crate::encoding::millis::UnixMillis;
use crate::encoding::name::Slug;
use crate::encoding::time::PartialDate;
use crate::model::assessment::OriginKind;
use crate::model::attestation::Decision;
use crate::model::claim::About;
use crate::model::correction::CorrectionKind;
use crate::model::dispute::Outcome;
use crate::model::evidence::Stance;
use crate::model::organisation::Role;
use crate::model::relation::SourceRelation;
use crate::model::scale::Needs;
use crate::model::source::QuotationState;
use crate::model::{StatementId, StatementType};
use crate::tlog::{EntryIndex, TreeSize};
use serde::{Deserialize, Serialize};

/// A statement at its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatementFact {
    /// Its id.
    pub id: StatementId,
    /// Its entry.
    pub index: EntryIndex,
    /// The entry's time.
    pub time: UnixMillis,
    /// When its signer says that it was signed, seconds since 1970.
    pub issued: u64,
    /// Its type.
    pub statement_type: StatementType,
    /// Who signed it.
    pub by: Signer,
    /// What it supersedes, and how far that reaches.
    pub correction: Option<Superseding>,
    /// Its content, as far as later decisions need it.
    pub says: Says,
}

/// Who signed, each named by the entry that first named them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Signer {
    /// The key.
    pub key: EntryIndex,
    /// The name of the person: the first entry that named a holder so, in whatever organisation. The person is the
    /// pair of organisation and holder.
    pub holder: EntryIndex,
    /// Their organisation.
    pub organisation: EntryIndex,
}

impl Signer {
    /// Whether both are the same person: the same holder of the same organisation. What takes something back compares
    /// this.
    pub fn is_person(&self, other: &Self) -> bool {
        self.is_namesake(other) && self.organisation == other.organisation
    }

    /// Whether both are of the same organisation.
    pub fn is_colleague(&self, other: &Self) -> bool {
        self.organisation == other.organisation
    }

    /// Whether both have the same name, in whatever organisations. What lets something through compares this too, so
    /// that an organisation gains nothing by enrolling somebody else's name.
    pub fn is_namesake(&self, other: &Self) -> bool {
        self.holder == other.holder
    }
}

/// What a statement supersedes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Superseding {
    /// The entry superseded.
    pub supersedes: EntryIndex,
    /// How far the correction reaches.
    pub kind: CorrectionKind,
}

/// A key, and the first entry from which its statements are distrusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Distrusted {
    /// The key, by the entry that introduced it.
    pub since: EntryIndex,
    /// The first entry.
    pub from: EntryIndex,
}

/// What gave a key of the signer's own organisation roles: creation, rotation, recovery.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RolesEvent {
    /// The key.
    pub key: PublicKey,
    /// The keys that are distrusted from here on.
    pub distrusts: Vec<Distrusted>,
}

/// What a verdict says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VerdictFact {
    /// The claim.
    pub claim: EntryIndex,
    /// The scale version.
    pub scale: EntryIndex,
    /// The rating.
    pub rating: Slug,
    /// The evidence it rests on.
    pub evidence: Vec<EntryIndex>,
    /// The source that holds the claimant's reply.
    pub reply: Option<EntryIndex>,
    /// Whether the claimant was asked; absent if the verdict does not say.
    pub asked: Option<bool>,
    /// Whether the author said what interests they have in the matter.
    pub conflict_declared: bool,
    /// The size that the author had seen.
    pub seen: TreeSize,
    /// The corroboration method; 0 is "not computed".
    pub method: u64,
    /// Traced and untraced origins for the claim, as computed at `seen`.
    pub support: Option<Origins>,
    /// The same against the claim.
    pub refutation: Option<Origins>,
    /// The recorded review that it adopts.
    pub adopts: Option<EntryIndex>,
    /// The day on which the error that it corrects was reported.
    pub reported: Option<PartialDate>,
}

/// Origins of one side of a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origins {
    /// Traced and independent of one another.
    pub traced: u64,
    /// Not traced.
    pub untraced: u64,
}

/// What a source says about itself, as far as independence asks for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceFact {
    /// Whether no bytes came with it.
    pub never_held: bool,
    /// Whether software translated it.
    pub machine_translated: bool,
    /// The source through which it is known.
    pub known_through: Option<EntryIndex>,
    /// SHA-256 of its address in the form that addresses are compared in.
    pub address: Option<Digest>,
    /// SHA-256 of its publisher in the form that names are compared in; a sealed one equals nothing.
    pub publisher: Option<Digest>,
    /// Whether its signer does not name it.
    pub unnamed: bool,
    /// The digest of the bytes that came with it.
    pub bytes: Option<Digest>,
    /// The digest of the text of those bytes.
    pub text: Option<Digest>,
}

/// What a claim says, as far as a later judgement asks for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimFact {
    /// What would make it true.
    pub about: About,
    /// The sources in which it appeared.
    pub appeared_in: Vec<EntryIndex>,
    /// SHA-256 of its text in the form that wordings of a claim are compared in; a sealed one equals nothing.
    pub words: Option<Digest>,
    /// SHA-256 of its other fields, without `correction`, `topics` and `appearedIn`.
    pub frame: Digest,
}

/// What an organisation requires, as in `policy.set`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyFact {
    /// How many approvals.
    pub approvals: u64,
    /// Organisations whose words count beside its own.
    pub approvals_from: Vec<EntryIndex>,
    /// Organisations whose evidence counts beside its own.
    pub evidence_from: Vec<EntryIndex>,
    /// Whether a verdict must rest on the evidence that its rating needs.
    pub evidence_needed: bool,
    /// Scale versions of others that may be used too.
    pub scales: Vec<EntryIndex>,
    /// From how many holders.
    pub holders: u64,
    /// From how many organisations.
    pub organisations: u64,
    /// By which roles.
    pub roles: Vec<Role>,
    /// How many traced origins.
    pub traced_origins: u64,
    /// Whether author and approvers must declare their interests.
    pub conflicts_declared: bool,
    /// Days from a report to its correction.
    pub correction_days: Option<u64>,
}

/// A version of a scale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScaleFact {
    /// The scale's short name.
    pub scale: Slug,
    /// Its version.
    pub version: u64,
    /// Each rating and what it needs.
    pub ratings: Vec<(Slug, Needs)>,
}

/// The content of a statement, as far as later decisions need it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(
    missing_docs,
    reason = "fields have the names and meanings of the model's"
)]
pub enum Says {
    /// Nothing that a later decision needs.
    Nothing,
    /// A key of the signer's organisation has roles from here on.
    Roles(Box<RolesEvent>),
    /// A key has roles in an organisation from here on.
    Enrolment {
        key: Box<PublicKey>,
        organisation: EntryIndex,
    },
    /// How an organisation describes itself.
    Description { organisation: EntryIndex },
    /// Keys that are distrusted.
    Distrust(Vec<Distrusted>),
    /// A checkpoint key begins or ends.
    CheckpointKey(Box<PublicKey>),
    /// A policy.
    Policy(Box<PolicyFact>),
    /// A scale version.
    Scale(Box<ScaleFact>),
    /// A source.
    Source(Box<SourceFact>),
    /// A later capture.
    Capture {
        source: EntryIndex,
        quotations: Vec<(EntryIndex, QuotationState)>,
        captured: u64,
        text: Option<Box<Digest>>,
    },
    /// The text of bytes, written down.
    Transcript {
        source: EntryIndex,
        of: Box<Digest>,
        text: Box<Digest>,
    },
    /// Bytes withheld: of a source, or, without one, wherever they stand.
    Withholding {
        source: Option<EntryIndex>,
        sha256: Box<Digest>,
    },
    /// A relation between sources.
    Relation {
        from: EntryIndex,
        to: EntryIndex,
        claim: Option<EntryIndex>,
        relation: SourceRelation,
    },
    /// An assessment.
    Assessment {
        claim: EntryIndex,
        source: EntryIndex,
        kind: OriginKind,
    },
    /// A claim.
    Claim(Box<ClaimFact>),
    /// A relation between claims; `to` is absent for one of another ledger.
    ClaimRelation {
        from: EntryIndex,
        to: Option<EntryIndex>,
    },
    /// Evidence.
    Evidence {
        claim: EntryIndex,
        source: Option<EntryIndex>,
        stance: Stance,
        via: Vec<EntryIndex>,
        /// The text that it quotes.
        text: Option<Box<Digest>>,
        /// Where in that text the quotation begins.
        start: Option<u64>,
    },
    /// A verdict.
    Verdict(Box<VerdictFact>),
    /// An attestation.
    Attestation {
        verdict: EntryIndex,
        decision: Decision,
        conflict_declared: bool,
        exemption: bool,
    },
    /// A publication: SHA-256 of the address in the form that addresses are compared in, the first second (UTC) of its
    /// date, and whether it says why it was published all the same.
    Publication {
        verdict: EntryIndex,
        address: Box<Digest>,
        published: i64,
        despite: bool,
    },
    /// A withdrawal.
    Withdrawal { target: EntryIndex },
    /// A dispute.
    Dispute {
        target: EntryIndex,
        evidence: Vec<EntryIndex>,
    },
    /// The answer to one.
    Answer {
        dispute: EntryIndex,
        outcome: Outcome,
    },
    /// Another organisation's review.
    Review {
        claim: Option<EntryIndex>,
        address: Box<Digest>,
    },
    /// Another ledger's head.
    Observation,
}

impl Says {
    /// What the statement rests on: if that no longer stands, it stands less firmly itself. What it corrects, withdraws
    /// or objects to is not among it.
    pub fn depends_on(&self) -> Vec<EntryIndex> {
        match self {
            Self::Evidence { .. } => self.rests_on(),
            Self::Verdict(verdict) => {
                let mut on = self.rests_on();
                on.extend(&verdict.evidence);
                on.push(verdict.scale);
                on.extend(verdict.adopts);
                on
            }
            Self::Source(source) => source.known_through.into_iter().collect(),
            Self::Capture { source, .. } | Self::Transcript { source, .. } => vec![*source],
            Self::Relation {
                from, to, claim, ..
            } => [*from, *to].into_iter().chain(*claim).collect(),
            Self::Assessment { claim, source, .. } => vec![*claim, *source],
            Self::ClaimRelation { from, to } => std::iter::once(*from).chain(*to).collect(),
            Self::Attestation { verdict, .. } | Self::Publication { verdict, .. } => vec![*verdict],
            Self::Answer { dispute, .. } => vec![*dispute],
            Self::Review { claim, .. } => claim.iter().copied().collect(),
            _ => Vec::new(),
        }
    }

    /// The claims and sources on which evidence or a verdict rests.
    pub fn rests_on(&self) -> Vec<EntryIndex> {
        match self {
            Self::Evidence {
                claim, source, via, ..
            } => {
                let named = std::iter::once(*claim).chain(*source);
                named.chain(via.iter().copied()).collect()
            }
            Self::Verdict(verdict) => std::iter::once(verdict.claim)
                .chain(verdict.reply)
                .collect(),
            _ => Vec::new(),
        }
    }
}
