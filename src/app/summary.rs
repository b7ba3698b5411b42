//! A statement in a few words, for lists and acknowledgements.

use claimledger_core::encoding::name::Slug;
use claimledger_core::log::quotations;
use claimledger_core::model::scale::{Needs, Scale};
use claimledger_core::model::source::{Quotation, QuotationState};
use claimledger_core::model::{Body, Reference, StatementId};

/// A rating with what gives it its meaning: `False (five-step 1 of desk: The claim is not accurate.)`. If the scale
/// does not define the rating, the evidence that it needs stands there.
pub fn rating(scale: &Scale, code: &Slug) -> String {
    let Some(entry) = scale.entry(code) else {
        return code.to_string();
    };
    let meaning = match (&entry.definition, entry.needs) {
        (Some(definition), _) => definition.to_string(),
        (None, Needs::Support) => "needs evidence for the claim".to_owned(),
        (None, Needs::Refutation) => "needs evidence against the claim".to_owned(),
        (None, Needs::Neither) => "needs no evidence".to_owned(),
    };
    let (name, version, house) = (&scale.scale, scale.version, &scale.organisation);
    format!("{} ({name} {version} of {house}: {meaning})", entry.label)
}

/// The first words of a body. `place` returns where a named statement is; `rating` is a verdict's rating in words.
#[expect(clippy::too_many_lines, reason = "one arm for each type")]
pub fn summarize(
    body: &Body,
    place: &dyn Fn(&StatementId) -> String,
    rating: Option<String>,
) -> String {
    match body {
        Body::LedgerCreate(create) => create.title.to_string(),
        Body::OrganisationSet(organisation) => organisation.name.to_string(),
        Body::KeyEnroll(enroll) => format!(
            "{} of {} as {}",
            enroll.holder,
            enroll.organisation,
            join(&enroll.roles)
        ),
        Body::KeyRotate(rotate) => format!("replaced by {}", rotate.new_key.fingerprint()),
        Body::KeyRevoke(revoke) => format!("{} ({})", revoke.key.fingerprint(), revoke.reason),
        Body::KeyRecover(recover) => format!("{} is admin again", recover.holder),
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
        Body::ScaleSet(scale) => format!("{} (version {})", scale.title, scale.version),
        Body::PolicySet(policy) => format!(
            "{} requires {} and {}",
            policy.organisation,
            counted(policy.approvals, "approval"),
            counted(policy.traced_origins, "traced origin")
        ),
        Body::SourceAdd(source) => format!("{} ({})", source.title, source.publisher),
        Body::SourceTranscribe(transcript) => {
            format!("of {}, by {}", place(&transcript.source), transcript.by)
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
            format!("{of}: {}", withhold.reason)
        }
        Body::SourceRelate(relate) => format!(
            "{} {} {}",
            place(&relate.from),
            relate.relation,
            place(&relate.to)
        ),
        Body::OriginAssess(assess) => format!(
            "{} is {} for {}",
            place(&assess.source),
            assess.assessment,
            place(&assess.claim)
        ),
        Body::ClaimAdd(claim) => claim.text.to_string(),
        Body::ClaimRelate(relate) => {
            let to = match &relate.to {
                Reference::Here(id) => place(id),
                elsewhere @ Reference::Elsewhere(..) => elsewhere.to_string(),
            };
            format!("{} {} {to}", place(&relate.from), relate.relation)
        }
        Body::EvidenceAdd(evidence) => {
            let said = match (&evidence.excerpt, &evidence.searched, &evidence.source) {
                (Some(excerpt), _, _) => format!("\u{201c}{}\u{201d}", excerpt.quote),
                (None, Some(searched), _) => format!("searched {searched}"),
                (None, None, Some(source)) => format!("{} as a whole", place(source)),
                (None, None, None) => "(no quotation)".to_owned(),
            };
            format!("{} {}: {said}", evidence.stance, place(&evidence.claim))
        }
        Body::VerdictIssue(verdict) => format!(
            "{}: {}",
            place(&verdict.claim),
            rating.unwrap_or_else(|| verdict.rating.to_string())
        ),
        Body::VerdictAttest(attest) => format!("{} {}", attest.decision, place(&attest.verdict)),
        Body::VerdictPublish(publish) => format!("{} at {}", place(&publish.verdict), publish.url),
        Body::Withdraw(withdraw) => format!("{}: {}", place(&withdraw.target), withdraw.reason),
        Body::DisputeOpen(open) => {
            format!("{}, {}: {}", place(&open.target), open.grounds, open.note)
        }
        Body::DisputeAnswer(answer) => {
            format!(
                "{}, {}: {}",
                place(&answer.dispute),
                answer.outcome,
                answer.note
            )
        }
        Body::ReviewRecord(review) => format!(
            "{}: {} ({})",
            review.author, review.claim_text, review.rating.label
        ),
        Body::CheckpointObserve(observe) => format!("a head of {}", observe.origin),
    }
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
