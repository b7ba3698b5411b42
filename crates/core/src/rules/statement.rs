//! What later decisions need of a statement: a fact that never changes, made from the statement and its place alone.
//!
//! Other entries are named by their numbers, 8 bytes each. This fact does not say when a statement ended: its
//! `Link::End` links do, each with its position, so that "as of a size" is a filter.

use crate::crypto::{Digest, PublicKey, sha256};
use crate::encoding::millis::UnixMillis;
use crate::encoding::name::Slug;
use crate::encoding::time::PartialDate;
use crate::encoding::unicode;
use crate::model::assessment::OriginKind;
use crate::model::attestation::{Attest, Decision};
use crate::model::claim::About;
use crate::model::correction::CorrectionKind;
use crate::model::dispute::Outcome;
use crate::model::evidence::Stance;
use crate::model::organisation::Role;
use crate::model::relation::SourceRelation;
use crate::model::scale::Needs;
use crate::model::source::{Capture, QuotationState, Source, Translator};
use crate::model::verdict::{Contact, Verdict};
use crate::model::{Body, Reference, Statement, StatementId, StatementType, policy};
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
    /// The key.
    pub key: PublicKey,
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

/// The places of the things that a statement names.
pub trait Places {
    /// Why a place could not be found.
    type Error;
    /// The entry of a statement.
    fn entry_of(&self, id: &StatementId) -> Result<EntryIndex, Self::Error>;
    /// The entry that first named an organisation.
    fn organisation(&self, organisation: &Slug) -> Result<EntryIndex, Self::Error>;
}

impl StatementFact {
    /// The fact of a statement at `place` = (index, time), signed by `by`.
    pub fn new<P: Places>(
        id: StatementId,
        statement: &Statement,
        place: (EntryIndex, UnixMillis),
        by: Signer,
        places: &P,
    ) -> Result<Self, P::Error> {
        let correction = match statement.correction() {
            None => None,
            Some(correction) => Some(Superseding {
                supersedes: places.entry_of(&correction.supersedes)?,
                kind: correction.kind,
            }),
        };
        Ok(Self {
            id,
            index: place.0,
            time: place.1,
            issued: statement.issued.unix_seconds(),
            statement_type: statement.statement_type,
            by,
            correction,
            says: says(statement, places)?,
        })
    }
}

fn says<P: Places>(statement: &Statement, places: &P) -> Result<Says, P::Error> {
    let at = |id: &StatementId| places.entry_of(id);
    let maybe = |id: &Option<StatementId>| id.as_ref().map(at).transpose();
    let all = |ids: &[StatementId]| {
        ids.iter()
            .map(at)
            .collect::<Result<Vec<EntryIndex>, P::Error>>()
    };
    Ok(match &statement.body {
        Body::LedgerCreate(_) => roles(statement.key, &[]),
        Body::KeyRecover(recover) => roles(statement.key, &recover.revoked),
        Body::KeyRotate(rotate) => roles(rotate.new_key, &[]),
        Body::KeyEnroll(enroll) => Says::Enrolment {
            key: Box::new(enroll.key),
            organisation: places.organisation(&enroll.organisation)?,
        },
        Body::KeyRevoke(revoke) => match revoke.distrust_from {
            Some(from) => Says::Distrust(vec![Distrusted {
                key: revoke.key,
                from,
            }]),
            None => Says::Nothing,
        },
        Body::CheckpointRotate(rotate) => Says::CheckpointKey(Box::new(rotate.new_key)),
        Body::CheckpointRetire(retire) => Says::CheckpointKey(Box::new(retire.key)),
        Body::PolicySet(policy) => Says::Policy(Box::new(policy_fact(policy, places)?)),
        Body::ScaleSet(scale) => Says::Scale(Box::new(ScaleFact {
            scale: scale.scale.clone(),
            version: scale.version,
            ratings: scale
                .entries
                .iter()
                .map(|e| (e.code.clone(), e.needs))
                .collect(),
        })),
        Body::SourceAdd(source) => Says::Source(Box::new(source_fact(source, places)?)),
        Body::SourceCapture(capture) => Says::Capture {
            source: at(&capture.source)?,
            quotations: capture
                .quotations
                .iter()
                .map(|q| Ok((at(&q.statement)?, q.state)))
                .collect::<Result<_, P::Error>>()?,
            captured: capture.snapshot.captured.unix_seconds(),
        },
        Body::SourceTranscribe(transcript) => Says::Transcript {
            source: at(&transcript.source)?,
            of: Box::new(transcript.of),
            text: Box::new(transcript.text),
        },
        Body::SnapshotWithhold(withhold) => Says::Withholding {
            source: maybe(&withhold.source)?,
            sha256: Box::new(withhold.sha256),
        },
        Body::SourceRelate(relate) => Says::Relation {
            from: at(&relate.from)?,
            to: at(&relate.to)?,
            claim: maybe(&relate.claim)?,
            relation: relate.relation,
        },
        Body::OriginAssess(assess) => Says::Assessment {
            claim: at(&assess.claim)?,
            source: at(&assess.source)?,
            kind: assess.assessment,
        },
        Body::ClaimAdd(claim) => Says::Claim(Box::new(ClaimFact {
            about: claim.about,
            appeared_in: all(&claim.appeared_in)?,
            words: claim
                .text
                .words()
                .map(|text| form(&unicode::claim_words(text))),
            frame: claim.frame(),
        })),
        Body::ClaimRelate(relate) => Says::ClaimRelation {
            from: at(&relate.from)?,
            to: match &relate.to {
                Reference::Here(id) => Some(at(id)?),
                Reference::Elsewhere(..) => None,
            },
        },
        Body::EvidenceAdd(evidence) => Says::Evidence {
            claim: at(&evidence.claim)?,
            source: maybe(&evidence.source)?,
            stance: evidence.stance,
            via: all(&evidence.via)?,
        },
        Body::VerdictIssue(verdict) => {
            Says::Verdict(Box::new(verdict_fact(statement, verdict, places)?))
        }
        Body::VerdictAttest(attest) => attestation(attest, at(&attest.verdict)?),
        Body::VerdictPublish(publish) => Says::Publication {
            verdict: at(&publish.verdict)?,
            address: Box::new(form(&unicode::address(publish.url.as_str()))),
            published: publish.published.first_second_utc(),
            despite: publish.despite.is_some(),
        },
        Body::Withdraw(withdraw) => Says::Withdrawal {
            target: at(&withdraw.target)?,
        },
        Body::DisputeOpen(dispute) => Says::Dispute {
            target: at(&dispute.target)?,
            evidence: all(&dispute.evidence)?,
        },
        Body::DisputeAnswer(answer) => Says::Answer {
            dispute: at(&answer.dispute)?,
            outcome: answer.outcome,
        },
        Body::ReviewRecord(review) => Says::Review {
            claim: maybe(&review.claim)?,
            address: Box::new(form(&unicode::address(review.url.as_str()))),
        },
        Body::CheckpointObserve(_) => Says::Observation,
        Body::OrganisationSet(_) | Body::RulesUpgrade(_) => Says::Nothing,
    })
}

fn roles(key: PublicKey, revoked: &[crate::model::key_event::RevokedFrom]) -> Says {
    let distrusts = revoked.iter().map(|r| Distrusted {
        key: r.key,
        from: r.distrust_from,
    });
    Says::Roles(Box::new(RolesEvent {
        key,
        distrusts: distrusts.collect(),
    }))
}

/// The digest under which a form is compared.
fn form(text: &str) -> Digest {
    sha256(&[text.as_bytes()])
}

fn source_fact<P: Places>(source: &Source, places: &P) -> Result<SourceFact, P::Error> {
    let (bytes, known_through) = match &source.capture {
        Capture::Captured(snapshot) => (Some(snapshot.sha256), None),
        Capture::NeverHeld(never) => (None, never.known_through),
    };
    Ok(SourceFact {
        never_held: matches!(source.capture, Capture::NeverHeld(_)),
        machine_translated: matches!(source.translated_by, Some(Translator::Machine(_))),
        known_through: known_through.map(|id| places.entry_of(&id)).transpose()?,
        address: source
            .url
            .as_ref()
            .map(|url| form(&unicode::address(url.as_str()))),
        publisher: source
            .publisher
            .words()
            .map(|name| form(&unicode::words(name))),
        unnamed: source.unnamed.is_some(),
        bytes,
    })
}

fn policy_fact<P: Places>(policy: &policy::Policy, places: &P) -> Result<PolicyFact, P::Error> {
    let organisations = |slugs: &[Slug]| {
        let found = slugs.iter().map(|slug| places.organisation(slug));
        found.collect::<Result<Vec<EntryIndex>, P::Error>>()
    };
    let scales = policy.scales.iter().map(|id| places.entry_of(id));
    Ok(PolicyFact {
        approvals: policy.approvals,
        approvals_from: organisations(&policy.approvals_from)?,
        evidence_from: organisations(&policy.evidence_from)?,
        evidence_needed: policy.evidence_needed,
        scales: scales.collect::<Result<_, _>>()?,
        holders: policy.holders,
        organisations: policy.organisations,
        roles: policy.roles.clone(),
        traced_origins: policy.traced_origins,
        conflicts_declared: policy.conflicts_declared,
        correction_days: policy.correction_days,
    })
}

fn attestation(attest: &Attest, verdict: EntryIndex) -> Says {
    Says::Attestation {
        verdict,
        decision: attest.decision,
        conflict_declared: attest.conflict.is_some(),
        exemption: attest.exemption.is_some(),
    }
}

fn verdict_fact<P: Places>(
    statement: &Statement,
    verdict: &Verdict,
    places: &P,
) -> Result<VerdictFact, P::Error> {
    let origins = |counts: &Option<crate::model::verdict::Counts>| {
        counts.as_ref().map(|c| Origins {
            traced: c.independent,
            untraced: c.untraced,
        })
    };
    let evidence: Result<Vec<EntryIndex>, P::Error> = verdict
        .evidence
        .iter()
        .map(|id| places.entry_of(id))
        .collect();
    let reply = match &verdict.contact {
        Some(Contact::Asked(asked)) => asked.reply,
        _ => None,
    };
    Ok(VerdictFact {
        claim: places.entry_of(&verdict.claim)?,
        scale: places.entry_of(&verdict.scale)?,
        rating: verdict.rating.clone(),
        evidence: evidence?,
        reply: reply.map(|id| places.entry_of(&id)).transpose()?,
        asked: verdict
            .contact
            .as_ref()
            .map(|c| matches!(c, Contact::Asked(_))),
        conflict_declared: verdict.conflict.is_some(),
        seen: statement.seen.map_or(TreeSize::EMPTY, |seen| seen.size),
        method: verdict.corroboration.method,
        support: origins(&verdict.corroboration.support),
        refutation: origins(&verdict.corroboration.refutation),
        adopts: verdict.adopts.map(|id| places.entry_of(&id)).transpose()?,
        reported: verdict.correction.as_ref().and_then(|c| c.reported.clone()),
    })
}
