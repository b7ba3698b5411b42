//! A sample that anybody can draw again, with everything that belongs to it.
//!
//! Verdicts are sorted by SHA-256(seed ‖ verdict id), with the seed as UTF-8 and the id as 32 bytes; the first N are
//! the sample. A person who picks the seed after the log was signed cannot choose the verdicts, and a person who signs
//! a verdict cannot know the seed.

use super::line::{self, Line};
use crate::app::{Error, Session};
use claimledger_core::EntryIndex;
use claimledger_core::crypto::{Digest, sha256};
use claimledger_core::model::StatementId;
use claimledger_core::rules::standing::in_force;
use claimledger_core::rules::statement::Says;
use claimledger_core::rules::{self, Counting, Link, Reading, View};
use serde::Serialize;
use std::collections::BTreeSet;

/// One verdict of the sample, with everything that belongs to it.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Drawn {
    /// The verdict's entry.
    pub entry: EntryIndex,
    /// Its place in the draw, in hex: SHA-256(seed ‖ verdict id).
    pub draw: String,
    /// What it rests on, the policy and scale that apply to it, and what was said about it, oldest first.
    pub under: Vec<Line>,
}

/// The place of a verdict in the draw.
pub fn place(seed: &str, verdict: &StatementId) -> Digest {
    sha256(&[seed.as_bytes(), verdict.as_bytes()])
}

/// Draws `number` of these verdicts, each given as id and entry.
pub fn draw<V: View>(
    session: &Session,
    reading: &Reading<'_, V>,
    verdicts: &[(StatementId, EntryIndex)],
    number: u64,
    seed: &str,
) -> Result<Vec<Drawn>, Error>
where
    Error: From<V::Error>,
{
    let mut order: Vec<(Digest, EntryIndex)> = verdicts
        .iter()
        .map(|(id, entry)| (place(seed, id), *entry))
        .collect();
    order.sort();
    order.truncate(usize::try_from(number).unwrap_or(usize::MAX));
    let mut drawn = Vec::new();
    for (draw, entry) in order {
        let under: Vec<EntryIndex> = under(reading, entry)?.into_iter().collect();
        drawn.push(Drawn {
            entry,
            draw: draw.to_string(),
            under: line::lines(session, &under, reading.size())?,
        });
    }
    Ok(drawn)
}

/// What a verdict rests on as its author saw it, the policy and scale that apply to it, and what was said about it so
/// far.
fn under<V: View>(
    reading: &Reading<'_, V>,
    index: EntryIndex,
) -> Result<BTreeSet<EntryIndex>, V::Error> {
    let mut found = BTreeSet::new();
    let Some(fact) = reading.entry(index)? else {
        return Ok(found);
    };
    let Says::Verdict(verdict) = &fact.says else {
        return Ok(found);
    };
    found.extend([verdict.claim, verdict.scale]);
    found.extend(verdict.reply);
    found.extend(fact.correction.map(|correction| correction.supersedes));
    let policy = in_force::in_force(reading, fact.by.organisation, index)?;
    found.extend(policy.map(|(entry, _)| entry));
    for evidence in &verdict.evidence {
        found.insert(*evidence);
        if let Some(fact) = reading.entry(*evidence)?
            && let Says::Evidence { source, via, .. } = &fact.says
        {
            found.extend(source.iter().chain(via));
        }
    }
    let seen = Reading::at(reading.view(), verdict.seen)?;
    let counting = Counting::at(&seen, fact.by.organisation)?;
    if let Some(graph) = rules::gather(&seen, verdict.claim, &counting)? {
        let sources = graph.sources.iter().map(|source| source.id);
        let evidence = graph.evidence.iter().map(|evidence| evidence.id);
        let relations = graph.relations.iter().map(|relation| relation.id);
        let assessments = graph.assessments.iter().map(|assessment| assessment.id);
        let used = sources.chain(evidence).chain(relations).chain(assessments);
        for id in used {
            found.extend(reading.view().statement(&id)?.map(|fact| fact.index));
        }
    }
    for link in [Link::Attestation, Link::Publication, Link::End] {
        found.extend(reading.under(index, link)?.iter().map(|fact| fact.index));
    }
    for dispute in reading.under(index, Link::Dispute)? {
        found.insert(dispute.index);
        let answers = reading.under(dispute.index, Link::Answer)?;
        found.extend(answers.iter().map(|fact| fact.index));
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::place;
    use claimledger_core::model::StatementId;

    /// Computed by hand: the seed in UTF-8, then the 32 bytes of the id, with nothing between them.
    #[test]
    fn a_draw_can_be_repeated_with_any_sha256_program() {
        let mut id = [0; 32];
        for (byte, number) in id.iter_mut().zip(0..) {
            *byte = number;
        }
        assert_eq!(
            place(
                "za\u{17c}\u{f3}\u{142}\u{107}",
                &StatementId::from_bytes(id)
            )
            .to_string(),
            "21f31b6a2dff750c7d208e7fb8392647b78f30b3cb7a46648025ac4bd2473607"
        );
    }
}
