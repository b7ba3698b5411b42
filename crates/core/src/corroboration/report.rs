//! Everything that is reported about a claim's corroboration: sentence, numbers, notes, and what would change the
//! result.

use super::analysis::Analysis;
use super::bounds::TooLarge;
use super::called::{Called, SourceNames};
use super::change::{Change, changes};
use super::graph::Graph;
use super::policy::{PolicyAnswer, Requirement};
use super::sentence::numbers;
use crate::message::Message;
use crate::model::StatementId;
use serde::Serialize;
use std::collections::BTreeMap;

/// What is printed and drawn, and what `--json` shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct CorroborationReport {
    /// The answer as data.
    #[serde(flatten)]
    pub analysis: Analysis,
    /// Single statements that would change it.
    pub changes: Vec<Change>,
    /// The name of every source of the graph.
    pub names: BTreeMap<StatementId, Message>,
    /// Where signed statements contradict one another, in plain words.
    pub notes: Vec<Message>,
    /// The counts, one line a side.
    pub numbers: Vec<String>,
    /// Whether the policy is met, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policy: Option<PolicyAnswer>,
    /// The sentence, which comes first.
    pub sentence: Message,
}

impl CorroborationReport {
    /// Computes everything and puts it into words, if the graph is not too large to count; `names` gives a source's short
    /// title, and what a piece of evidence is called. The reader meets them in the sentence first, then in the notes, then
    /// in the changes.
    pub fn new<N: Into<Called>>(
        graph: &Graph,
        names: &dyn Fn(&StatementId) -> N,
        requirement: Option<Requirement>,
    ) -> Result<Self, TooLarge> {
        let analysis = Analysis::new(graph)?;
        let called = |id: &StatementId| names(id).into();
        let words = SourceNames::new(&called);
        let policy = requirement.map(|requirement| {
            requirement.answer(&analysis.support.counts, &analysis.refutation.counts)
        });
        let sentence = words.sentence(&analysis, policy.as_ref());
        let notes = words.notes(&analysis);
        Ok(Self {
            changes: changes(graph, &analysis, &words),
            names: graph
                .sources
                .iter()
                .map(|s| (s.id, words.full(&s.id)))
                .collect(),
            notes,
            numbers: vec![
                numbers("support", &analysis.support.counts),
                numbers("against", &analysis.refutation.counts),
            ],
            policy,
            sentence,
            analysis,
        })
    }
}
