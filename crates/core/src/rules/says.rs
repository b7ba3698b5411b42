//! What a statement says, as a later judgement needs it: made from its body and the places of what it names.

use super::statement::{
    ClaimFact, Distrusted, Origins, PolicyFact, RolesEvent, Says, ScaleFact, Signer, SourceFact,
    StatementFact, Superseding, VerdictFact,
};
use crate::crypto::{Digest, PublicKey, sha256};
use crate::encoding::millis::UnixMillis;
use crate::encoding::name::Slug;
use crate::encoding::unicode;
use crate::model::attestation::Attest;
use crate::model::source::{Capture, Source, Translator};
use crate::model::verdict::{ConflictOfInterest, Contact, Verdict};
use crate::model::{Body, Reference, Statement, StatementId, policy};
use crate::tlog::{EntryIndex, TreeSize};

/// The places of the things that a statement names.
pub trait Places {
    /// Why a place could not be found.
    type Error;
    /// The entry of a statement.
    fn entry_of(&self, id: &StatementId) -> Result<EntryIndex, Self::Error>;
    /// The entry that first named an organisation.
    fn organisation(&self, organisation: &Slug) -> Result<EntryIndex, Self::Error>;
    /// The entry that introduced a key which is distrusted.
    fn key(&self, key: &PublicKey) -> Result<EntryIndex, Self::Error>;
}

impl StatementFact {
    /// The statement that it ends, as a correction or a withdrawal of it.
    pub fn ends(&self) -> Option<EntryIndex> {
        match self.says {
            Says::Withdrawal { target } => Some(target),
            _ => self.correction.map(|correction| correction.supersedes),
        }
    }

    /// Whether it was signed for an organisation, by the entry that first named that.
    pub fn is_of(&self, organisation: EntryIndex) -> bool {
        self.by.organisation == organisation
    }

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

#[expect(clippy::too_many_lines, reason = "one arm for each type")]
fn says<P: Places>(statement: &Statement, places: &P) -> Result<Says, P::Error> {
    let at = |id: &StatementId| places.entry_of(id);
    let maybe = |id: &Option<StatementId>| id.as_ref().map(at).transpose();
    let all = |ids: &[StatementId]| {
        ids.iter()
            .map(at)
            .collect::<Result<Vec<EntryIndex>, P::Error>>()
    };
    Ok(match &statement.body {
        Body::LedgerCreate(_) => roles(statement.key, &[], places)?,
        Body::KeyRecover(recover) => roles(statement.key, &recover.revoked, places)?,
        Body::KeyRotate(rotate) => roles(rotate.new_key, &[], places)?,
        Body::KeyEnroll(enroll) => Says::Enrolment {
            key: Box::new(enroll.key),
            organisation: places.organisation(&enroll.organisation)?,
        },
        Body::KeyRevoke(revoke) => match revoke.distrust_from {
            Some(from) => Says::Distrust(vec![Distrusted {
                since: places.key(&revoke.key)?,
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
            text: capture.snapshot.text_blob().map(Box::new),
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
            text: evidence
                .excerpt
                .as_ref()
                .map(|excerpt| Box::new(excerpt.text)),
            start: evidence.excerpt.as_ref().map(|excerpt| excerpt.start),
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
        Body::OrganisationSet(set) => Says::Description {
            organisation: places.organisation(&set.organisation)?,
        },
        Body::RulesUpgrade(_) => Says::Nothing,
    })
}

fn roles<P: Places>(
    key: PublicKey,
    revoked: &[crate::model::key_event::RevokedFrom],
    places: &P,
) -> Result<Says, P::Error> {
    let distrusts = revoked.iter().map(|revoked| {
        Ok(Distrusted {
            since: places.key(&revoked.key)?,
            from: revoked.distrust_from,
        })
    });
    Ok(Says::Roles(Box::new(RolesEvent {
        key,
        distrusts: distrusts.collect::<Result<_, P::Error>>()?,
    })))
}

/// The digest under which a form is compared.
fn form(text: &str) -> Digest {
    sha256(&[text.as_bytes()])
}

fn source_fact<P: Places>(source: &Source, places: &P) -> Result<SourceFact, P::Error> {
    let (bytes, text, known_through) = match &source.capture {
        Capture::Captured(snapshot) => (Some(snapshot.sha256), snapshot.text_blob(), None),
        Capture::NeverHeld(never) => (None, None, never.known_through),
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
        text,
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

/// Whether somebody declared their interests in the matter, in a way that others can read.
fn declared(conflict: Option<&ConflictOfInterest>) -> bool {
    conflict.is_some_and(ConflictOfInterest::is_open)
}

fn attestation(attest: &Attest, verdict: EntryIndex) -> Says {
    Says::Attestation {
        verdict,
        decision: attest.decision,
        conflict_declared: declared(attest.conflict.as_ref()),
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
        conflict_declared: declared(verdict.conflict.as_ref()),
        seen: statement.seen.map_or(TreeSize::EMPTY, |seen| seen.size),
        method: verdict.corroboration.method,
        support: origins(&verdict.corroboration.support),
        refutation: origins(&verdict.corroboration.refutation),
        adopts: verdict.adopts.map(|id| places.entry_of(&id)).transpose()?,
        reported: verdict.correction.as_ref().and_then(|c| c.reported.clone()),
    })
}
