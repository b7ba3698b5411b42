//! Everything that is reported about a claim's corroboration: sentence, numbers, notes, and what would change the
//! result.

use super::analysis::Analysis;
use super::bounds::TooLarge;
use super::change::{Change, changes};
use super::graph::Graph;
use super::policy::{PolicyAnswer, Requirement};
use super::sentence::{SourceNames, numbers};
use crate::message::Message;
use crate::model::StatementId;
use serde::Serialize;
use std::collections::BTreeMap;

/// What is printed and drawn, and what `--json` shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
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
    /// title, and what a piece of evidence is called.
    pub fn new(
        graph: &Graph,
        names: &dyn Fn(&StatementId) -> Message,
        requirement: Option<Requirement>,
    ) -> Result<Self, TooLarge> {
        let analysis = Analysis::new(graph)?;
        let words = SourceNames::new(names);
        let policy = requirement.map(|requirement| {
            requirement.answer(&analysis.support.counts, &analysis.refutation.counts)
        });
        Ok(Self {
            changes: changes(graph, &analysis, &words),
            names: graph
                .sources
                .iter()
                .map(|s| (s.id, words.name(&s.id)))
                .collect(),
            notes: words.notes(&analysis),
            numbers: vec![
                numbers("support", &analysis.support.counts),
                numbers("against", &analysis.refutation.counts),
            ],
            policy,
            sentence: words.sentence(&analysis, policy.as_ref()),
            analysis,
        })
    }
}
