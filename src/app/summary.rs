//! A statement in a few words, for lists and acknowledgements.

use crate::app::terms::{claim_relation, decided, ended, grounds, source_relation};
use claimledger_core::encoding::foreign;
use claimledger_core::encoding::name::Slug;
use claimledger_core::log::quotations;
use claimledger_core::message;
use claimledger_core::model::attestation::Decision;
use claimledger_core::model::scale::{Needs, Scale};
use claimledger_core::model::source::{Quotation, QuotationState};
use claimledger_core::model::{Body, Reference, StatementId};
use claimledger_core::{EntryIndex, Message};

/// A rating with what gives it its meaning: `“False” (five-step 1 of desk: “The claim is not accurate.”)`. If the scale
/// does not define the rating, the evidence that it asks for stands there.
pub fn rating(scale: &Scale, code: &Slug) -> Message {
    let Some(entry) = scale.entry(code) else {
        return code.to_string().into();
    };
    let meaning: Message = match (&entry.definition, entry.needs) {
        (Some(definition), _) => definition.into(),
        (None, Needs::Support) => "asks for evidence for the claim".into(),
        (None, Needs::Refutation) => "asks for evidence against the claim".into(),
        (None, Needs::Neither) => "asks for no evidence".into(),
    };
    let (name, version, house) = (&scale.scale, scale.version, &scale.organisation);
    let label = &entry.label;
    message!(
        "{label} ({name} {version} of {house}: {meaning})",
        label,
        meaning
    )
}

/// The first words of a body. `place` returns where a named statement is; `rating` is a verdict's rating in words.
#[expect(clippy::too_many_lines, reason = "one arm for each type")]
pub fn summarize(
    body: &Body,
    place: &dyn Fn(&StatementId) -> String,
    rating: Option<Message>,
) -> Message {
    let own = match body {
        Body::LedgerCreate(create) => return (&create.title).into(),
        Body::OrganisationSet(organisation) => return (&organisation.name).into(),
        Body::KeyEnroll(enroll) => format!(
            "{} of {} as {}",
            enroll.holder,
            enroll.organisation,
            join(&enroll.roles)
        ),
        Body::KeyRotate(rotate) => format!("replaced by {}", rotate.new_key.fingerprint()),
        Body::KeyRevoke(revoke) => {
            let distrusted = revoke.distrust_from.map(distrusted).unwrap_or_default();
            let key = revoke.key.fingerprint();
            format!("{key} ({}{distrusted})", revoke.reason)
        }
        Body::KeyRecover(recover) => {
            let ended = recover.revoked.iter().map(|ended| {
                let key = ended.key.fingerprint();
                format!("; {key} ends{}", distrusted(ended.distrust_from))
            });
            let ended: String = ended.collect();
            format!("{} is admin again{ended}", recover.holder)
        }
        Body::CheckpointRotate(rotate) => {
            format!(
                "{} now also signs checkpoints",
                rotate.new_key.fingerprint()
            )
        }
        Body::CheckpointRetire(retire) => {
            format!("{} no longer signs checkpoints", retire.key.fingerprint())
        }
        Body::RulesUpgrade(upgrade) => format!("rules version {}", upgrade.rules),
        Body::ScaleSet(scale) => {
            let (title, version) = (&scale.title, scale.version);
            return message!("{title} (version {version})", title);
        }
        Body::PolicySet(policy) => format!(
            "{} requires {} and {}",
            policy.organisation,
            counted(policy.approvals, "approval"),
            counted(policy.traced_origins, "traced origin")
        ),
        Body::SourceAdd(source) => {
            let (title, publisher) = (&source.title, &source.publisher);
            return message!("{title} ({publisher})", title, publisher);
        }
        Body::SourceTranscribe(transcript) => {
            let (source, by) = (place(&transcript.source), &transcript.by);
            return message!("of {source}, by {by}", by);
        }
        Body::SourceCapture(capture) => {
            let mut words = format!("bytes of {}", place(&capture.source));
            let counts = quotation_counts(&capture.quotations).into_iter();
            let counts: Vec<String> = counts.map(|(_, count)| count).collect();
            if !counts.is_empty() {
                words.push_str(&format!("; {}", counts.join(", ")));
            }
            words
        }
        Body::SnapshotWithhold(withhold) => {
            let of = withhold.source.as_ref().map_or_else(
                || "wherever they stand".to_owned(),
                |id| format!("of {}", place(id)),
            );
            let reason = &withhold.reason;
            return message!("{of}: {reason}", reason);
        }
        Body::SourceRelate(relate) => format!(
            "{} {} {}",
            place(&relate.from),
            source_relation(relate.relation).0,
            place(&relate.to)
        ),
        Body::OriginAssess(assess) => format!(
            "{} is {} on {}",
            place(&assess.source),
            assess.assessment.words(),
            place(&assess.claim)
        ),
        Body::ClaimAdd(claim) => return (&claim.text).into(),
        Body::ClaimRelate(relate) => {
            let to = match &relate.to {
                Reference::Here(id) => place(id),
                Reference::Elsewhere(..) => foreign::name(&relate.to.to_string()),
            };
            format!(
                "{} {} {to}",
                place(&relate.from),
                claim_relation(relate.relation).0
            )
        }
        Body::EvidenceAdd(evidence) => {
            let said: Message = match (&evidence.excerpt, &evidence.searched, &evidence.source) {
                (Some(excerpt), _, _) => {
                    let quote = &excerpt.quote;
                    message!("{quote}", quote)
                }
                (None, Some(searched), _) => message!("searched {searched}", searched),
                (None, None, Some(source)) => format!("{} as a whole", place(source)).into(),
                (None, None, None) => "(no quotation)".into(),
            };
            let (stance, claim) = (evidence.stance, place(&evidence.claim));
            return message!("{stance} {claim}: {said}", said);
        }
        Body::VerdictIssue(verdict) => {
            let claim = place(&verdict.claim);
            let rating = rating.unwrap_or_else(|| verdict.rating.to_string().into());
            return message!("claim {claim}: {rating}", rating);
        }
        Body::VerdictAttest(attest) => {
            let (did, verdict) = (decided(attest.decision), place(&attest.verdict));
            match attest.decision {
                Decision::Approve | Decision::Reject => format!("{did} {verdict}"),
                Decision::Abstain | Decision::Recuse => format!("on {verdict}: {did}"),
            }
        }
        Body::VerdictPublish(publish) => {
            let (verdict, url) = (place(&publish.verdict), &publish.url);
            return message!("{verdict} at {url}", url);
        }
        Body::Withdraw(withdraw) => {
            let (target, reason) = (place(&withdraw.target), &withdraw.reason);
            return message!("{target}: {reason}", reason);
        }
        Body::DisputeOpen(open) => {
            let (target, why, note) = (place(&open.target), grounds(open.grounds), &open.note);
            return message!("to {target}, because of {why}: {note}", note);
        }
        Body::DisputeAnswer(answer) => {
            let (dispute, note) = (place(&answer.dispute), &answer.note);
            let how = ended(answer.outcome);
            return message!("{dispute} {how}: {note}", note);
        }
        Body::ReviewRecord(review) => {
            let (author, claim, rating) =
                (&review.author, &review.claim_text, &review.rating.label);
            return message!("{author}: {claim} ({rating})", author, claim, rating);
        }
        Body::CheckpointObserve(observe) => {
            let origin = &observe.origin;
            return message!("a head of {origin}", origin);
        }
    };
    own.into()
}

/// What a key signed that is no longer trusted.
fn distrusted(from: EntryIndex) -> String {
    format!(", distrusted from entry #{from} on")
}

/// How many quotations a capture says are in each state, in words: `2 quotations still there`, `1 gone`.
pub fn quotation_counts(said: &[Quotation]) -> Vec<(QuotationState, String)> {
    let states = [
        QuotationState::There,
        QuotationState::Moved,
        QuotationState::Gone,
    ];
    let mut counts = Vec::new();
    for state in states {
        let count = said.iter().filter(|one| one.state == state).count();
        if count > 0 {
            let count = if counts.is_empty() {
                counted(count as u64, "quotation")
            } else {
                count.to_string()
            };
            counts.push((state, format!("{count} {}", quotations::words(state))));
        }
    }
    counts
}

/// `1 approval`, `2 approvals`.
pub fn counted(count: u64, thing: &str) -> String {
    let ending = if count == 1 { "" } else { "s" };
    format!("{count} {thing}{ending}")
}

fn join<T: ToString>(items: &[T]) -> String {
    let items: Vec<String> = items.iter().map(ToString::to_string).collect();
    items.join(", ")
}
