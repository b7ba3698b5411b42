//! Each source of an answer on corroboration, as a row of the table.

use super::standing_line::{self, StandingLine};
use crate::app::{Error, Session};
use claimledger_core::corroboration::graph::Graph;
use claimledger_core::corroboration::{Analysis, Called, Part, SourcePart, parts};
use claimledger_core::message;
use claimledger_core::model::evidence::Stance;
use claimledger_core::model::{Body, StatementId};
use claimledger_core::rules::backlinks::Link;
use claimledger_core::rules::statement::Says;
use claimledger_core::rules::{Reading, Standings, View};
use claimledger_core::{EntryIndex, Message};
use serde::Serialize;
use std::collections::BTreeSet;

/// What one source is to the claim.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct SourceRow {
    /// How it counts, in words.
    pub counts: Message,
    /// Its number.
    pub entry: EntryIndex,
    /// The evidence from it for this claim, by number.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<EntryIndex>,
    /// Its statement's id.
    pub id: StatementId,
    /// Its label.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// The source that stands for this one, because both have the same origin. They count together and rest on the same
    /// sources.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub one_origin_with: Option<EntryIndex>,
    /// When it was published, if that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<String>,
    /// Who published it.
    pub publisher: Message,
    /// How it counts against the claim.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refutation: Option<Part>,
    /// What it rests on, by number.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rests_on: Vec<EntryIndex>,
    /// What the evidence says.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub stances: Vec<Stance>,
    /// Its standing. Of evidence that is left out: the evidence's.
    pub standing: StandingLine,
    /// How it counts for the claim.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub support: Option<Part>,
    /// Its title.
    pub title: Message,
}

/// The rows of an answer about the form of a claim in entry `claim`: first what the answer names, by number; then the
/// evidence that it leaves out, and why.
pub fn rows<V: View>(
    session: &Session,
    reading: &Reading<'_, V>,
    claim: EntryIndex,
    graph: &Graph,
    analysis: &Analysis,
) -> Result<Vec<SourceRow>, Error>
where
    Error: From<V::Error>,
{
    let rows = Rows {
        session,
        standings: Standings::at(reading.view(), reading.size())?,
    };
    let mut all = Vec::new();
    for part in parts(graph, analysis) {
        all.extend(rows.counted(graph, &part)?);
    }
    let used: BTreeSet<StatementId> = graph.evidence.iter().map(|e| e.id).collect();
    for fact in reading.under(claim, Link::Evidence)? {
        if let Says::Evidence {
            source: Some(source),
            stance,
            ..
        } = &fact.says
            && !used.contains(&fact.id)
        {
            all.extend(rows.left_out(fact.index, *source, *stance)?);
        }
    }
    Ok(all)
}

struct Rows<'v, V> {
    session: &'v Session,
    standings: Standings<'v, V>,
}

impl<V: View> Rows<'_, V>
where
    Error: From<V::Error>,
{
    fn entry(&self, id: &StatementId) -> Result<Option<EntryIndex>, Error> {
        let fact = self.standings.reading().view().statement(id)?;
        Ok(fact.map(|fact| fact.index))
    }

    fn entries<'i>(
        &self,
        ids: impl Iterator<Item = &'i StatementId>,
    ) -> Result<Vec<EntryIndex>, Error> {
        let mut entries = Vec::new();
        for id in ids {
            entries.extend(self.entry(id)?);
        }
        entries.sort_unstable();
        Ok(entries)
    }

    fn counted(&self, graph: &Graph, part: &SourcePart) -> Result<Option<SourceRow>, Error> {
        let Some(entry) = self.entry(&part.source)? else {
            return Ok(None);
        };
        let Some(mut row) = self.row(entry, entry)? else {
            return Ok(None);
        };
        let evidence = graph.evidence.iter().filter(|e| e.source == part.source);
        row.evidence = self.entries(evidence.map(|e| &e.id))?;
        row.one_origin_with = match &part.one_origin_with {
            Some(named) => self.entry(named)?,
            None => None,
        };
        row.counts = match row.one_origin_with {
            Some(named) => format!("counts as one with #{named}").into(),
            None => part.words().into(),
        };
        row.rests_on = self.entries(part.rests_on.iter())?;
        row.stances.clone_from(&part.stances);
        row.support = part.support;
        row.refutation = part.refutation;
        Ok(Some(row))
    }

    fn left_out(
        &self,
        evidence: EntryIndex,
        source: EntryIndex,
        stance: Stance,
    ) -> Result<Option<SourceRow>, Error> {
        let Some(mut row) = self.row(source, evidence)? else {
            return Ok(None);
        };
        row.counts = if row.standing.facts.is_live() {
            format!("not counted: #{evidence} is of others, or its source fell").into()
        } else {
            let standing = row.standing.words.clone();
            message!("not counted: #{evidence} is {standing}", standing)
        };
        row.evidence = vec![evidence];
        row.stances = vec![stance];
        Ok(Some(row))
    }

    /// The row of the source in entry `source`, with the standing of entry `of`.
    fn row(&self, source: EntryIndex, of: EntryIndex) -> Result<Option<SourceRow>, Error> {
        let statement = self.session.statement(source)?;
        let Body::SourceAdd(body) = &statement.body else {
            return Ok(None);
        };
        Ok(Some(SourceRow {
            counts: Message::default(),
            entry: source,
            evidence: Vec::new(),
            id: statement.id(),
            label: statement.label.as_ref().map(ToString::to_string),
            one_origin_with: None,
            published: body.published.as_ref().map(ToString::to_string),
            publisher: (&body.publisher).into(),
            refutation: None,
            rests_on: Vec::new(),
            stances: Vec::new(),
            standing: standing_line::of_entry(self.session, &self.standings, of)?,
            support: None,
            title: (&body.title).into(),
        }))
    }
}

/// What a source is called in a sentence: its number with some words; after that its number alone.
pub fn called(entry: EntryIndex, words: &Message) -> Called {
    Called {
        first: message!("#{entry} {words}", words),
        again: format!("#{entry}").into(),
    }
}
