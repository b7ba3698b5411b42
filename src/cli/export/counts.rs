//! What an export counts, for programs: a type for each kind of format.

use crate::app::publish::verdicts::KeptBack;
use crate::app::read::listed::NotShown;
use serde::Serialize;

/// Of a graph.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct GraphCounts {
    /// Its nodes.
    pub nodes: usize,
    /// Its edges.
    pub edges: usize,
}

/// Of a chain of provenance.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ChainCounts {
    /// The statements in it.
    pub entries: usize,
}

/// Of a feed.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct FeedCounts {
    /// Its items.
    pub items: usize,
    /// Verdicts that are not in it.
    pub kept_back: KeptBack,
}

/// Of a list.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct RowCounts {
    /// Its rows.
    pub rows: usize,
    /// What was left out.
    pub not_shown: NotShown,
}

/// Of literature.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SourceCounts {
    /// The sources.
    pub sources: usize,
}
