//! How independent the support of a claim is: computed, put into words, recorded in a verdict, and compared later.

use super::line;
use super::same_bytes;
use crate::app::{Error, Session};
use claimledger_core::corroboration::graph::Graph;
use claimledger_core::corroboration::{CorroborationReport, Requirement, freeze};
use claimledger_core::encoding::name::Slug;
use claimledger_core::model::scale::Needs;
use claimledger_core::model::verdict::{Corroboration, Counts, Verdict};
use claimledger_core::model::{Body, Statement, StatementId, StatementType};
use claimledger_core::rules::backlinks::Link;
use claimledger_core::rules::statement::Says;
use claimledger_core::rules::{self, Distrust, Reading, View};
use claimledger_core::{EntryIndex, TreeSize};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// The corroboration of a claim as of a size.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Corroborated {
    /// As of how many entries.
    pub at: TreeSize,
    /// The claim's words.
    pub text: String,
    /// What was computed, in words and numbers.
    #[serde(flatten)]
    pub report: CorroborationReport,
    /// The graph that it was computed from; for the drawing.
    #[serde(skip)]
    pub graph: Graph,
}

/// Computes the corroboration of a claim.
pub fn corroborate(
    session: &Session,
    name: &str,
    at: Option<TreeSize>,
) -> Result<Corroborated, Error> {
    let size = session.at(at)?;
    let claim = claim_entry(session, name, size)?;
    let view = session.view();
    let reading = Reading::at(&view, size)?;
    let graph = gathered(&reading, claim)?;
    let titles = titles(session, &graph)?;
    let name_of = |id: &StatementId| titles.get(id).cloned().unwrap_or_else(|| id.short());
    let mut report = CorroborationReport::new(&graph, &name_of, requirement(&reading, claim)?);
    for (one, other) in same_bytes::unrelated(session, &graph, size)? {
        let (one, other) = (name_of(&one), name_of(&other));
        report.notes.push(format!(
            "{one} and {other} hold the same bytes, and no relation says so: if they are one document, relate them"
        ));
    }
    let now = reading.claim_now(claim)?;
    let statement = session.statement(now)?;
    let text = match &statement.body {
        Body::ClaimAdd(claim) => claim.text.to_string(),
        _ => String::new(),
    };
    Ok(Corroborated {
        at: size,
        text,
        report,
        graph,
    })
}

/// What a verdict on the claim of entry `claim` records at the size of the view's head.
pub fn frozen<V: View>(view: &V, claim: EntryIndex, size: TreeSize) -> Result<Corroboration, Error>
where
    Error: From<V::Error>,
{
    let reading = Reading::at(view, size)?;
    Ok(freeze(&gathered(&reading, claim)?))
}

/// The sentence about a verdict's claim as of the `seen` entries that its author had seen, with the result of the
/// policy that the author's `organisation` (by the entry that first named it) had before entry `before`. None if the
/// verdict says that nothing was computed.
pub fn sentence_of(
    session: &Session,
    verdict: &Verdict,
    seen: TreeSize,
    (organisation, before): (EntryIndex, EntryIndex),
) -> Result<Option<String>, Error> {
    if verdict.corroboration.method == 0 {
        return Ok(None);
    }
    let view = session.view();
    let Some(claim) = view.statement(&verdict.claim)? else {
        return Ok(None);
    };
    let reading = Reading::at(&view, seen)?;
    let graph = gathered(&reading, claim.index)?;
    let titles = titles(session, &graph)?;
    let name_of = |id: &StatementId| titles.get(id).cloned().unwrap_or_else(|| id.short());
    let now = Reading::at(&view, session.head().size)?;
    let scale = view.statement(&verdict.scale)?;
    let needs = scale.and_then(|fact| needs(&fact.says, &verdict.rating));
    let requirement = asked(&now, organisation, before, needs)?;
    Ok(Some(
        CorroborationReport::new(&graph, &name_of, requirement).sentence,
    ))
}

fn gathered<V: View>(reading: &Reading<'_, V>, claim: EntryIndex) -> Result<Graph, Error>
where
    Error: From<V::Error>,
{
    rules::gather(reading, claim)?.ok_or_else(|| {
        crate::ledger::Error::NotFound {
            name: claim.to_string(),
            size: reading.size(),
        }
        .into()
    })
}

fn claim_entry(session: &Session, name: &str, size: TreeSize) -> Result<EntryIndex, Error> {
    let index = session.resolve(name, size)?;
    let fact = session.view().entry(index)?;
    match fact.map(|fact| (fact.statement_type, fact.says)) {
        Some((_, Says::Claim { .. })) => Ok(index),
        Some((_, Says::Verdict(verdict))) => Ok(verdict.claim),
        found => Err(Error::WrongKind {
            name: name.to_owned(),
            found: found.map_or_else(|| "refused".to_owned(), |(found, _)| found.to_string()),
            wanted: StatementType::ClaimAdd.to_string(),
        }),
    }
}

/// A short title for every source of the graph: its label, or its title and publisher.
fn titles(session: &Session, graph: &Graph) -> Result<BTreeMap<StatementId, String>, Error> {
    let mut titles = BTreeMap::new();
    for source in &graph.sources {
        let Some(fact) = session.view().statement(&source.id)? else {
            continue;
        };
        let statement = session.statement(fact.index)?;
        titles.extend(short_title(&statement).map(|title| (source.id, title)));
    }
    Ok(titles)
}

/// The name of a source in a sentence: its label, or else its title and publisher, shortened.
pub fn short_title(statement: &Statement) -> Option<String> {
    let Body::SourceAdd(body) = &statement.body else {
        return None;
    };
    if let Some(label) = &statement.label {
        return Some(label.to_string());
    }
    let (title, publisher) = (body.title.to_string(), body.publisher.to_string());
    let quoted = format!("\u{201c}{}\u{201d}", clipped(&title, TITLE_CHARACTERS));
    Some(if title.contains(&publisher) {
        quoted
    } else {
        format!("{quoted} ({})", clipped(&publisher, PUBLISHER_CHARACTERS))
    })
}

/// The first words of a line, up to a number of characters.
fn clipped(line: &str, most: usize) -> String {
    let Some((at, _)) = line.char_indices().nth(most) else {
        return line.to_owned();
    };
    let kept = &line[..at];
    // Cut between words, unless there is only one word.
    let kept = kept.rsplit_once(' ').map_or(kept, |(kept, _)| kept);
    format!("{}\u{2026}", kept.trim_end_matches([' ', ',', ';', '(']))
}

/// What the policy requires: of the current verdict's organisation for the side its rating needs; without a verdict,
/// of the founding organisation for both sides.
fn requirement<V: View>(
    reading: &Reading<'_, V>,
    claim: EntryIndex,
) -> Result<Option<Requirement>, V::Error> {
    let current = rules::current(reading, claim, None)?;
    let (organisation, before) = current
        .as_ref()
        .map_or((EntryIndex::FIRST, reading.size().next()), |c| {
            (c.organisation, c.entry)
        });
    let mut side = None;
    if let Some(current) = &current
        && let Some(fact) = reading.entry(current.entry)?
        && let Says::Verdict(verdict) = &fact.says
        && let Some(scale) = reading.entry(verdict.scale)?
    {
        side = needs(&scale.says, &verdict.rating);
    }
    asked(reading, organisation, before, side)
}

/// What a rating of a scale needs.
fn needs(scale: &Says, rating: &Slug) -> Option<Needs> {
    let Says::Scale(scale) = scale else {
        return None;
    };
    let mut ratings = scale.ratings.iter();
    ratings
        .find(|(code, _)| code == rating)
        .map(|(_, needs)| *needs)
}

/// The origins that an organisation's policy before entry `before` requires, if any.
fn asked<V: View>(
    reading: &Reading<'_, V>,
    organisation: EntryIndex,
    before: EntryIndex,
    needs: Option<Needs>,
) -> Result<Option<Requirement>, V::Error> {
    let policy = rules::standing::in_force::in_force(reading, organisation, before)?;
    Ok(policy
        .filter(|(_, policy)| policy.traced_origins > 0)
        .map(|(_, policy)| Requirement {
            origins: policy.traced_origins,
            needs,
        }))
}

/// A verdict whose corroboration has changed since it was signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Moved {
    /// The verdict's entry.
    pub verdict: EntryIndex,
    /// Its claim's entry.
    pub claim: EntryIndex,
    /// As of how many entries it was signed.
    pub seen: TreeSize,
    /// The counts when it was signed, for and against.
    pub then: Sides,
    /// The counts now.
    pub now: Sides,
    /// The entry that first changed it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<EntryIndex>,
    /// Whether the counts differ; if not, only what they rest on does.
    pub counts_differ: bool,
    /// Whether that entry was in the log before the verdict, and its author had not seen it.
    pub before_entry: bool,
}

/// The counts of both sides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Sides {
    /// For the claim.
    pub support: Option<Counts>,
    /// Against it.
    pub refutation: Option<Counts>,
}

impl From<&Corroboration> for Sides {
    fn from(frozen: &Corroboration) -> Self {
        Self {
            support: frozen.support.clone(),
            refutation: frozen.refutation.clone(),
        }
    }
}

/// What changed for the verdict of entry `verdict` between its signing and `size`; none if nothing did.
pub fn moved(
    session: &Session,
    verdict: EntryIndex,
    size: TreeSize,
) -> Result<Option<Moved>, Error> {
    let statement = session.statement(verdict)?;
    let (Body::VerdictIssue(body), Some(seen)) = (&statement.body, statement.seen) else {
        return Ok(None);
    };
    let view = session.view();
    let Some(claim) = view.statement(&body.claim)?.map(|fact| fact.index) else {
        return Ok(None);
    };
    let reading = Reading::at(&view, size)?;
    let now = gathered(&reading, claim)?;
    let computed = freeze(&now);
    if computed == body.corroboration {
        return Ok(None);
    }
    let then = gathered(&Reading::at(&view, seen.size)?, claim)?;
    let mut since = None;
    for at in turning_points(&view, &[&then, &now], claim, seen.size, size)? {
        if frozen(&view, claim, at.size_through())? != body.corroboration {
            since = Some(at);
            break;
        }
    }
    Ok(Some(Moved {
        verdict,
        claim,
        seen: seen.size,
        counts_differ: Sides::from(&body.corroboration) != Sides::from(&computed),
        then: Sides::from(&body.corroboration),
        now: Sides::from(&computed),
        since,
        before_entry: since.is_some_and(|at| at < verdict),
    }))
}

/// The entries after the first `from` and among the first `to` at which the result can have changed: those in either graph, those that ended
/// something in them, and revocations for compromise.
fn turning_points<V: View>(
    view: &V,
    graphs: &[&Graph],
    claim: EntryIndex,
    from: TreeSize,
    to: TreeSize,
) -> Result<BTreeSet<EntryIndex>, V::Error> {
    let mut places = BTreeSet::from([claim]);
    for graph in graphs {
        let ids = graph
            .sources
            .iter()
            .map(|s| s.id)
            .chain(graph.evidence.iter().map(|e| e.id))
            .chain(graph.relations.iter().map(|r| r.id))
            .chain(graph.assessments.iter().map(|a| a.id));
        for id in ids {
            places.extend(view.statement(&id)?.map(|fact| fact.index));
        }
    }
    let mut points: BTreeSet<EntryIndex> =
        Distrust::at(view, to)?.entries(view)?.into_iter().collect();
    for place in places {
        points.insert(place);
        for link in [Link::End, Link::Capture] {
            for end in view.under(place, link)? {
                points.insert(end);
                // If a successor is itself withdrawn or rejected, the result changes again.
                points.extend(view.under(end, Link::End)?);
            }
        }
    }
    Ok(points.range(from.next()..to.next()).copied().collect())
}

/// The verdicts in force whose corroboration has changed since they were signed.
pub fn changed(session: &Session, at: Option<TreeSize>) -> Result<Vec<Moved>, Error> {
    let size = session.at(at)?;
    let view = session.view();
    let reading = Reading::at(&view, size)?;
    let mut all = Vec::new();
    for verdict in view.of_type(StatementType::VerdictIssue, size)? {
        let holds = rules::standing(&reading, verdict)?.is_some_and(|s| s.holds());
        if holds {
            all.extend(moved(session, verdict, size)?);
        }
    }
    Ok(all)
}

/// The verdicts in force that depend on a source, relation, assessment or evidence: those whose corroboration is
/// computed from it.
pub fn leaning_on(session: &Session, entry: EntryIndex) -> Result<Vec<line::Line>, Error> {
    let size = session.head().size;
    let view = session.view();
    let Some(fact) = view.entry(entry)? else {
        return Ok(Vec::new());
    };
    let reading = Reading::at(&view, size)?;
    let mut lines = Vec::new();
    for verdict in view.of_type(StatementType::VerdictIssue, size)? {
        let Some(standing) = rules::standing(&reading, verdict)? else {
            continue;
        };
        if standing.holds()
            && let Some(graph) = rules::gather(&reading, standing.claim)?
            && (graph.sources.iter().any(|s| s.id == fact.id)
                || graph.evidence.iter().any(|e| e.id == fact.id)
                || graph.relations.iter().any(|r| r.id == fact.id)
                || graph.assessments.iter().any(|a| a.id == fact.id))
        {
            lines.push(line::one(session, verdict)?);
        }
    }
    Ok(lines)
}

/// Three titles of this length fit into a sentence that people read.
const TITLE_CHARACTERS: usize = 48;

/// The first words of a publisher's name are enough to recognise it.
const PUBLISHER_CHARACTERS: usize = 24;
