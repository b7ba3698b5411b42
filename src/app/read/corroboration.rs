//! How independent the support of a claim is: computed, put into words, and recorded in a verdict.

use super::any_view::AnyView;
use super::each_source::{self, SourceRow};
use super::entries::Entries;
use super::line::{self, Line};
use super::organisation::organisation_name;
use super::same_bytes;
use crate::app::{Error, Session};
use claimledger_core::corroboration::graph::Graph;
use claimledger_core::corroboration::{
    Called, CorroborationReport, Requirement, TooLarge, numbers,
};
use claimledger_core::crypto::PublicKey;
use claimledger_core::encoding::foreign::Foreign;
use claimledger_core::encoding::name::Slug;
use claimledger_core::message;
use claimledger_core::model::scale::Needs;
use claimledger_core::model::verdict::{Corroboration, Verdict};
use claimledger_core::model::{Body, Statement, StatementId, StatementType};
use claimledger_core::rules::statement::Says;
use claimledger_core::rules::{self, Counting, Reading, Rejection, Standing, View};
use claimledger_core::{EntryIndex, Message, TreeSize};
use serde::Serialize;
use std::collections::BTreeMap;

/// The corroboration of a claim as of a size.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Corroborated {
    /// As of how many entries.
    pub at: TreeSize,
    /// The entry that was asked about: a claim or a verdict.
    #[serde(rename = "askedAbout")]
    pub asked: Line,
    /// The form of the claim that is counted.
    #[serde(rename = "countedForm")]
    pub claim: Line,
    /// The claim's words.
    pub text: Message,
    /// Whose statements count.
    pub counting: CountedFor,
    /// What was computed, in words and numbers.
    #[serde(flatten)]
    pub report: CorroborationReport,
    /// What organisations say whose statements do not count.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub others_say: Vec<OtherNumbers>,
    /// Every source, a row each: what the table shows.
    pub sources: Vec<SourceRow>,
    /// The graph that it was computed from; for the drawing.
    #[serde(skip)]
    pub graph: Graph,
    /// What the policy asks of it; for the drawing.
    #[serde(skip)]
    pub(super) requirement: Option<Requirement>,
}

/// Whose statements count.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct CountedFor {
    /// The organisation that the answer is for.
    pub organisation: String,
    /// Why it is for this one.
    pub because: &'static str,
    /// The other organisations that its policy lists.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub with: Vec<String>,
}

/// What an organisation says whose statements do not count, and the numbers that they would make.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct OtherNumbers {
    /// The organisation.
    pub organisation: String,
    /// Its statements that would take part.
    pub statements: Vec<EntryIndex>,
    /// The numbers, one line a side, or that they are too large to count.
    pub numbers: Vec<String>,
}

/// Computes the corroboration of a claim. A verdict's is for its own organisation, by the policy at the head that its
/// author had seen, about the form of the claim that it names. A claim's is for `organisation`, else for the one that
/// recorded the claim.
pub fn corroborate(
    session: &Session,
    name: &str,
    organisation: Option<&Slug>,
    at: Option<TreeSize>,
) -> Result<Corroborated, Error> {
    let size = session.at(at)?;
    let view = session.view();
    let reading = Reading::at(&view, size)?;
    let asked = asked_about(session, &reading, name, organisation)?;
    let graph = gathered(&reading, asked.claim, &asked.counting)?;
    let names = names(session, &view, &graph)?;
    let name_of = |id: &StatementId| name_of(&names, id);
    let own = asked.counting.organisation();
    let requirement = requirement(&reading, asked.claim, own)?;
    let mut report = CorroborationReport::new(&graph, &name_of, requirement)
        .map_err(|why| too_large(why, size))?;
    for (one, other) in same_bytes::unrelated(session, &graph, size)? {
        let (one, other) = (name_of(&one).first, name_of(&other).first);
        report.notes.push(message!(
            "{one} and {other} hold the same bytes, and no relation says so: if they are one document, relate them",
            one,
            other
        ));
    }
    let mut others_say = Vec::new();
    for other in rules::others_say(&reading, asked.claim, &asked.counting)? {
        others_say.push(OtherNumbers {
            organisation: organisation_name(session, other.organisation)?,
            statements: other.statements,
            numbers: match other.together {
                Ok(counts) => counted(&counts),
                Err(why) => vec![format!("too large to count: {why}")],
            },
        });
    }
    let with = asked.counting.named().iter();
    let with = with.map(|named| organisation_name(session, *named));
    let text = match &session.statement(asked.claim)?.body {
        Body::ClaimAdd(claim) => (&claim.text).into(),
        _ => Message::default(),
    };
    Ok(Corroborated {
        at: size,
        asked: line::one(session, asked.entry, size)?,
        claim: line::one(session, asked.claim, size)?,
        text,
        counting: CountedFor {
            organisation: organisation_name(session, own)?,
            because: asked.because,
            with: with.collect::<Result<_, _>>()?,
        },
        sources: each_source::rows(session, &reading, asked.claim, &graph, &report.analysis)?,
        report,
        others_say,
        graph,
        requirement,
    })
}

/// What is asked: which form of the claim, and whose statements count.
struct Asked {
    entry: EntryIndex,
    claim: EntryIndex,
    counting: Counting,
    because: &'static str,
}

fn asked_about<V: View>(
    session: &Session,
    reading: &Reading<'_, V>,
    name: &str,
    organisation: Option<&Slug>,
) -> Result<Asked, Error>
where
    Error: From<V::Error>,
{
    let index = session.resolve(name, reading.size())?;
    let fact = reading.entry(index)?;
    let wrong = |found: String| Error::WrongKind {
        name: name.to_owned(),
        found,
        wanted: StatementType::ClaimAdd.to_string(),
    };
    let fact = fact.ok_or_else(|| wrong("refused".to_owned()))?;
    let given = match organisation {
        None => None,
        Some(given) => {
            let found = reading.view().organisation(given)?;
            Some(found.ok_or_else(|| {
                crate::ledger::Error::Rejected(Rejection::OrganisationUnknown {
                    organisation: given.clone(),
                })
            })?)
        }
    };
    match (&fact.says, given) {
        (Says::Verdict(verdict), None) => {
            let seen = Reading::at(reading.view(), verdict.seen)?;
            Ok(Asked {
                entry: index,
                claim: verdict.claim,
                counting: Counting::at(&seen, fact.by.organisation)?,
                because: "it issued the verdict",
            })
        }
        (Says::Verdict(verdict), Some(given)) => Ok(Asked {
            entry: index,
            claim: verdict.claim,
            counting: Counting::at(reading, given)?,
            because: "you asked for it",
        }),
        (Says::Claim(_), given) => Ok(Asked {
            entry: index,
            claim: reading.claim_now(index)?,
            counting: Counting::at(reading, given.unwrap_or(fact.by.organisation))?,
            because: if given.is_some() {
                "you asked for it"
            } else {
                "it recorded the claim"
            },
        }),
        _ => Err(wrong(fact.statement_type.to_string())),
    }
}

/// What a verdict signed with `key` on the claim of entry `claim` records at the size of the view's head.
pub fn frozen<V: View>(
    view: &V,
    claim: EntryIndex,
    key: &PublicKey,
    size: TreeSize,
) -> Result<Corroboration, Error>
where
    Error: From<V::Error>,
{
    let known = view.key(key)?;
    let organisation = match &known {
        Some(known) => view.organisation(&known.organisation)?,
        None => None,
    };
    let organisation = organisation
        .ok_or(Rejection::KeyUnknown { key: *key })
        .map_err(crate::ledger::Error::Rejected)?;
    let reading = Reading::at(view, size)?;
    rules::frozen(&reading, claim, organisation)?
        .ok_or_else(|| no_such_claim(claim, size))?
        .map_err(|why| too_large(why, size))
}

/// The sentence about a verdict's claim as of the `seen` entries that its author had seen, with the result of the
/// policy that the author's `organisation` (by the entry that first named it) had before entry `before`. None if the
/// verdict says that nothing was computed.
pub fn sentence_of(
    entries: &dyn Entries,
    verdict: &Verdict,
    seen: TreeSize,
    (organisation, before): (EntryIndex, EntryIndex),
) -> Result<Option<Message>, Error> {
    if verdict.corroboration.method == 0 {
        return Ok(None);
    }
    let view = entries.view();
    let Some(claim) = view.statement(&verdict.claim)? else {
        return Ok(None);
    };
    let counting = Counting::at(&Reading::at(&view, seen)?, organisation)?;
    let scale = view.statement(&verdict.scale)?;
    let needs = scale.and_then(|fact| needs(&fact.says, &verdict.rating));
    let now = Reading::at(&view, entries.size())?;
    let requirement = asked(&now, organisation, before, needs)?;
    let reading = Reading::at(&view, seen)?;
    sentence(entries, &reading, claim.index, &counting, requirement).map(Some)
}

/// The sentence about a form of a claim, from the statements that count.
pub(super) fn sentence(
    entries: &dyn Entries,
    reading: &Reading<'_, AnyView<'_>>,
    claim: EntryIndex,
    counting: &Counting,
    requirement: Option<Requirement>,
) -> Result<Message, Error> {
    let graph = gathered(reading, claim, counting)?;
    let names = names(entries, reading.view(), &graph)?;
    let name_of = |id: &StatementId| name_of(&names, id);
    Ok(
        match CorroborationReport::new(&graph, &name_of, requirement) {
            Ok(report) => report.sentence,
            Err(why) => format!("too large to count: {why}").into(),
        },
    )
}

/// The graph of a claim's form, from the statements that count.
pub(super) fn gathered<V: View>(
    reading: &Reading<'_, V>,
    claim: EntryIndex,
    counting: &Counting,
) -> Result<Graph, Error>
where
    Error: From<V::Error>,
{
    rules::gather(reading, claim, counting)?.ok_or_else(|| no_such_claim(claim, reading.size()))
}

fn no_such_claim(claim: EntryIndex, size: TreeSize) -> Error {
    crate::ledger::Error::NotFound {
        name: claim.to_string(),
        size,
    }
    .into()
}

pub(super) fn too_large(why: TooLarge, size: TreeSize) -> Error {
    let why = why.words();
    crate::ledger::Error::Rejected(Rejection::CorroborationTooLarge { why, size }).into()
}

/// The counts of both sides, one line each.
fn counted(counts: &Corroboration) -> Vec<String> {
    let sides = [
        ("support", &counts.support),
        ("against", &counts.refutation),
    ];
    let lines = sides
        .into_iter()
        .filter_map(|(label, counts)| counts.as_ref().map(|counts| numbers(label, counts)));
    lines.collect()
}

fn name_of(names: &BTreeMap<StatementId, Called>, id: &StatementId) -> Called {
    let name = names.get(id).cloned();
    name.unwrap_or_else(|| Called::from(Message::from(id.short())))
}

/// What every source of the graph is called: its number with its label, or with its title and publisher; after that its
/// number.
/// What every piece of evidence is called: its number.
fn names<V: View>(
    entries: &dyn Entries,
    view: &V,
    graph: &Graph,
) -> Result<BTreeMap<StatementId, Called>, Error>
where
    Error: From<V::Error>,
{
    let mut names = BTreeMap::new();
    for source in &graph.sources {
        let Some(fact) = view.statement(&source.id)? else {
            continue;
        };
        let statement = entries.said(fact.index)?;
        let called = short_title(&statement).map(|title| each_source::called(fact.index, &title));
        names.extend(called.map(|called| (source.id, called)));
    }
    for evidence in &graph.evidence {
        if let Some(fact) = view.statement(&evidence.id)? {
            let number = Message::from(format!("#{}", fact.index));
            names.insert(evidence.id, Called::from(number));
        }
    }
    Ok(names)
}

/// The name of a source in a sentence: its label, or else its title and publisher, shortened.
pub fn short_title(statement: &Statement) -> Option<Message> {
    let Body::SourceAdd(body) = &statement.body else {
        return None;
    };
    if let Some(label) = &statement.label {
        return Some(Foreign::from(label.as_str()).into());
    }
    let title = clipped((&body.title).into(), TITLE_CHARACTERS);
    if let (Some(whole), Some(publisher)) = (body.title.words(), body.publisher.words())
        && whole.contains(publisher)
    {
        return Some(title);
    }
    let publisher = clipped((&body.publisher).into(), PUBLISHER_CHARACTERS);
    Some(message!("{title} ({publisher})", title, publisher))
}

/// The first words of a line, up to a number of characters.
pub(super) fn clipped(line: Message, most: usize) -> Message {
    let raw = line.raw();
    let Some((at, _)) = raw.char_indices().nth(most) else {
        return line;
    };
    let kept = &raw[..at];
    // Cut between words, unless there is only one word.
    let kept = kept.rsplit_once(' ').map_or(kept, |(kept, _)| kept);
    let kept = kept.trim_end_matches([' ', ',', ';', '(']);
    Foreign::from(format!("{kept}\u{2026}")).into()
}

/// What the policy of `organisation` requires: with a current verdict, for the side that its rating needs; without one, for
/// both sides.
pub(super) fn requirement<V: View>(
    reading: &Reading<'_, V>,
    claim: EntryIndex,
    organisation: EntryIndex,
) -> Result<Option<Requirement>, V::Error> {
    let current = rules::current(reading, claim, organisation)?;
    let before = current
        .as_ref()
        .map_or(reading.size().next(), |current| current.entry);
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

/// The verdicts in force that depend on a source, relation, assessment or evidence: those whose corroboration is
/// computed from it.
pub fn leaning_on(session: &Session, entry: EntryIndex) -> Result<Vec<Line>, Error> {
    let size = session.head().size;
    let view = session.view();
    let Some(fact) = view.entry(entry)? else {
        return Ok(Vec::new());
    };
    let reading = Reading::at(&view, size)?;
    let mut leaning = Vec::new();
    for verdict in view.of_type(StatementType::VerdictIssue, size)? {
        let Some(standing) = rules::standing(&reading, verdict)? else {
            continue;
        };
        if standing.holds()
            && let Some(graph) = counted_graph(&reading, &standing)?
            && (graph.sources.iter().any(|s| s.id == fact.id)
                || graph.evidence.iter().any(|e| e.id == fact.id)
                || graph.relations.iter().any(|r| r.id == fact.id)
                || graph.assessments.iter().any(|a| a.id == fact.id))
        {
            leaning.push(verdict);
        }
    }
    line::lines(session, &leaning, size)
}

/// The graph of a verdict's claim now, by the policy at the head that its author had seen.
fn counted_graph<V: View>(
    reading: &Reading<'_, V>,
    standing: &Standing,
) -> Result<Option<Graph>, V::Error> {
    let Some(counting) = counting_of(reading, standing.entry)? else {
        return Ok(None);
    };
    rules::gather(reading, standing.claim, &counting)
}

/// Whose statements count for the verdict of an entry: by the policy at the head that its author had seen.
pub(super) fn counting_of<V: View>(
    reading: &Reading<'_, V>,
    verdict: EntryIndex,
) -> Result<Option<Counting>, V::Error> {
    match reading.view().entry(verdict)? {
        Some(fact) => match &fact.says {
            Says::Verdict(verdict) => {
                let seen = Reading::at(reading.view(), verdict.seen)?;
                Counting::at(&seen, fact.by.organisation).map(Some)
            }
            _ => Ok(None),
        },
        None => Ok(None),
    }
}

/// Three titles of this length fit into a sentence that people read.
const TITLE_CHARACTERS: usize = 48;

/// The first words of a publisher's name are enough to recognise it.
pub(super) const PUBLISHER_CHARACTERS: usize = 24;
