//! Whether a verdict is approved by the policy in force at its entry; if not, why not. Plain data.

use super::as_of::Reading;
use super::listed;
use super::{evidence_needed, in_force};
use crate::model::attestation::Decision;
use crate::model::scale::Needs;
use crate::rules::backlinks::Link;
use crate::rules::statement::{Origins, PolicyFact, Says, Signer, StatementFact, VerdictFact};
use crate::rules::view::View;
use crate::tlog::{EntryIndex, TreeSize};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// The state of approval of a verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum ApprovalOutcome {
    /// The policy is met.
    Approved,
    /// It is not met yet.
    Unapproved,
    /// Somebody who may approve has rejected it.
    Rejected,
}

/// One reason why a verdict is not approved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", tag = "lack")]
pub enum Lack {
    /// Its author's organisation has no policy.
    NoPolicy,
    /// The scale version that it uses was set with a distrusted key.
    ScaleDistrusted,
    /// A rejection stands.
    Rejected {
        /// Its entry.
        by: EntryIndex,
    },
    /// Too few approvals that count.
    Approvals {
        /// How many there are.
        have: u64,
        /// How many it takes.
        need: u64,
    },
    /// Approvals of too few holders.
    Holders {
        /// How many there are.
        have: u64,
        /// How many it takes.
        need: u64,
    },
    /// Approvals of too few organisations.
    Organisations {
        /// How many there are.
        have: u64,
        /// How many it takes.
        need: u64,
    },
    /// The author did not say what interests they have in the matter.
    AuthorsConflict,
    /// It rests on no evidence for the side that its rating needs.
    Evidence {
        /// The side.
        side: Needs,
    },
    /// Too few traced origins on the side that the rating needs.
    Origins {
        /// The side.
        side: Needs,
        /// How many are traced and independent; absent if this was not computed.
        #[serde(skip_serializing_if = "Option::is_none")]
        have: Option<u64>,
        /// How many it takes.
        need: u64,
        /// Whether untraced origins might make up for it: then the result is "cannot tell", which counts as not met.
        cannot_tell: bool,
    },
}

/// Why a word does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub enum Discount {
    /// Their organisation is neither the verdict's nor one that its policy lists: the word is a remark.
    Organisation,
    /// A rejection by a listed organisation: it takes back the approval of the same person, and no more.
    Rejection,
    /// The policy does not ask for this role.
    Role,
    /// The approver did not say what interests they have in the matter.
    Conflict,
}

/// The last attestation of one person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Attestation {
    /// Its entry.
    pub entry: EntryIndex,
    /// The name of the holder, by the first entry that named a holder so.
    pub holder: EntryIndex,
    /// Their organisation, by the entry that first named it. The person is the pair of both.
    pub organisation: EntryIndex,
    /// What they decided.
    pub decision: Decision,
    /// Whether it waives the required origins.
    pub exemption: bool,
    /// Why it does not count, if it does not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub discount: Option<Discount>,
}

/// Whether a verdict is approved, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Approval {
    /// In one word.
    pub outcome: ApprovalOutcome,
    /// The entry of the policy that it is judged by.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policy: Option<EntryIndex>,
    /// What others said, by entry.
    pub words: Vec<Attestation>,
    /// What is missing; empty if it is approved.
    pub lacks: Vec<Lack>,
    /// Whether an approval that counts waived the required origins.
    pub exempted: bool,
    /// Whether it lacks the evidence that the policy asks for, which does not matter because it adopts a review.
    pub adopted_without_evidence: bool,
}

/// Judges whether the verdict of a statement is approved.
pub fn judge<V: View>(
    reading: &Reading<'_, V>,
    fact: &StatementFact,
    verdict: &VerdictFact,
) -> Result<Approval, V::Error> {
    judge_before(reading, fact, verdict, reading.size())
}

/// The same by the words before `size` alone, as far as they are trusted now.
pub fn judge_before<V: View>(
    reading: &Reading<'_, V>,
    fact: &StatementFact,
    verdict: &VerdictFact,
    size: TreeSize,
) -> Result<Approval, V::Error> {
    let in_force = in_force::in_force(reading, fact.by.organisation, fact.index)?;
    let policy = in_force.as_ref().map(|(_, policy)| policy);
    let words = words(reading, fact, policy, size)?;
    let mut lacks = Vec::new();
    let scale = reading.entry(verdict.scale)?;
    if let Some(scale) = &scale
        && !reading.is_trusted(scale)?
    {
        lacks.push(Lack::ScaleDistrusted);
    }
    let rejection = words.iter().find(|word| rejects(word));
    if let Some(word) = rejection {
        lacks.push(Lack::Rejected { by: word.entry });
    }
    let counting: Vec<&Attestation> = words
        .iter()
        .filter(|word| word.decision == Decision::Approve && word.discount.is_none())
        .collect();
    let mut exempted = false;
    let mut adopted_without_evidence = false;
    match policy {
        None => lacks.push(Lack::NoPolicy),
        Some(policy) => {
            lacks.extend(too_few(policy, &counting));
            if policy.conflicts_declared && !verdict.conflict_declared {
                lacks.push(Lack::AuthorsConflict);
            }
            let needs = evidence_needed::side(reading, verdict)?;
            if policy.evidence_needed
                && !evidence_needed::is_there(reading, fact, verdict, policy, needs)?
            {
                adopted_without_evidence = evidence_needed::adopts(reading, verdict)?;
                if !adopted_without_evidence {
                    lacks.push(Lack::Evidence { side: needs });
                }
            }
            if let Some(lack) = too_few_origins(policy, verdict, needs) {
                exempted = counting
                    .iter()
                    .any(|word| word.exemption && word.organisation == fact.by.organisation);
                if !exempted {
                    lacks.push(lack);
                }
            }
        }
    }
    let outcome = match (rejection, lacks.is_empty()) {
        (Some(_), _) => ApprovalOutcome::Rejected,
        (None, true) => ApprovalOutcome::Approved,
        (None, false) => ApprovalOutcome::Unapproved,
    };
    Ok(Approval {
        outcome,
        policy: in_force.map(|(index, _)| index),
        words,
        lacks,
        exempted,
        adopted_without_evidence,
    })
}

/// A rejection blocks whatever role the policy asks for; but only one of the verdict's own organisation.
fn rejects(word: &Attestation) -> bool {
    let outside = matches!(
        word.discount,
        Some(Discount::Organisation | Discount::Rejection)
    );
    word.decision == Decision::Reject && !outside
}

/// The last trusted attestation of each person, by entry.
fn words<V: View>(
    reading: &Reading<'_, V>,
    verdict: &StatementFact,
    policy: Option<&PolicyFact>,
    size: TreeSize,
) -> Result<Vec<Attestation>, V::Error> {
    let mut last = BTreeMap::new();
    for fact in reading.under(verdict.index, Link::Attestation)? {
        let said = size.contains(fact.index) && !fact.by.is_person(&verdict.by);
        if !said || !reading.is_trusted(&fact)? {
            continue;
        }
        let Says::Attestation {
            decision,
            conflict_declared,
            exemption,
            ..
        } = fact.says
        else {
            continue;
        };
        let said = Word {
            by: fact.by,
            at: fact.index,
            decision,
            conflict_declared,
        };
        let discount = discount(reading, verdict, policy, &said)?;
        let word = Attestation {
            entry: fact.index,
            holder: fact.by.holder,
            organisation: fact.by.organisation,
            decision,
            exemption,
            discount,
        };
        last.insert((word.organisation, word.holder), word);
    }
    let mut words: Vec<Attestation> = last.into_values().collect();
    words.sort_by_key(|word| word.entry);
    Ok(words)
}

/// A word about a verdict.
struct Word {
    by: Signer,
    at: EntryIndex,
    decision: Decision,
    conflict_declared: bool,
}

/// Why a word does not count by the policy, if it does not.
fn discount<V: View>(
    reading: &Reading<'_, V>,
    verdict: &StatementFact,
    policy: Option<&PolicyFact>,
    word: &Word,
) -> Result<Option<Discount>, V::Error> {
    let own = word.by.is_colleague(&verdict.by);
    Ok(match policy {
        _ if !listed::word_counts(reading, verdict, word.by.organisation, word.at)? => {
            Some(Discount::Organisation)
        }
        _ if !own && word.decision == Decision::Reject => Some(Discount::Rejection),
        Some(policy) if !has_role(reading, word, policy)? => Some(Discount::Role),
        Some(policy) if policy.conflicts_declared && !word.conflict_declared => {
            Some(Discount::Conflict)
        }
        _ => None,
    })
}

/// Why an approval by `by` in the next entry would not count, if it would not. They declare their interests.
pub(crate) fn next_discount<V: View>(
    reading: &Reading<'_, V>,
    verdict: &StatementFact,
    by: Signer,
) -> Result<Option<Discount>, V::Error> {
    let in_force = in_force::in_force(reading, verdict.by.organisation, verdict.index)?;
    let word = Word {
        by,
        at: reading.size().next(),
        decision: Decision::Approve,
        conflict_declared: true,
    };
    discount(
        reading,
        verdict,
        in_force.as_ref().map(|(_, policy)| policy),
        &word,
    )
}

fn has_role<V: View>(
    reading: &Reading<'_, V>,
    word: &Word,
    policy: &PolicyFact,
) -> Result<bool, V::Error> {
    let key = reading.view().introduced(word.by.key)?;
    Ok(key.is_some_and(|(_, key)| {
        key.roles_at(word.at)
            .is_some_and(|(_, roles)| roles.iter().any(|role| policy.roles.contains(role)))
    }))
}

/// Each attestation is by another person, so approvals and holders are the same number; a policy may name either.
fn too_few(policy: &PolicyFact, counting: &[&Attestation]) -> Vec<Lack> {
    let have = counting.len() as u64;
    let organisations: BTreeSet<EntryIndex> =
        counting.iter().map(|word| word.organisation).collect();
    let organisations = organisations.len() as u64;
    let mut lacks = Vec::new();
    if have < policy.approvals {
        let need = policy.approvals;
        lacks.push(Lack::Approvals { have, need });
    }
    if have < policy.holders {
        let need = policy.holders;
        lacks.push(Lack::Holders { have, need });
    }
    if organisations < policy.organisations {
        lacks.push(Lack::Organisations {
            have: organisations,
            need: policy.organisations,
        });
    }
    lacks
}

/// Met if N >= k; not met if N < k and nothing is untraced; otherwise "cannot tell", which counts as not met.
fn too_few_origins(policy: &PolicyFact, verdict: &VerdictFact, side: Needs) -> Option<Lack> {
    let need = policy.traced_origins;
    let counts: Option<Origins> = match side {
        Needs::Support => verdict.support,
        Needs::Refutation => verdict.refutation,
        Needs::Neither => return None,
    };
    if need == 0 || counts.is_some_and(|counts| counts.traced >= need) {
        return None;
    }
    Some(Lack::Origins {
        side,
        have: counts.map(|counts| counts.traced),
        need,
        cannot_tell: counts.is_none_or(|counts| counts.untraced > 0),
    })
}
