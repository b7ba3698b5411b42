//! `export graphml`: the corroboration of a claim as a graph.

use super::counts::GraphCounts;
use super::writing::WritingArgs;
use crate::app::Error;
use crate::app::publish::graph;
use crate::app::read::corroboration;
use crate::cli::context::{Answer, Context};
use crate::cli::render::count::count;
use crate::formats::graphml::graphml;
use claimledger_core::encoding::name::Slug;
use clap::Args;

/// Write the corroboration of a claim as a graph (GraphML)
///
/// Nodes are the claim and the sources, with what the table of `corroboration` shows of each; edges are the evidence, what a
/// source rests on, and the signed relations. The result that was computed from it is an attribute of the graph.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  claimledger export graphml closing --out closing.graphml")]
pub struct GraphmlArgs {
    /// The claim, or a verdict on it
    #[arg(value_name = "CLAIM")]
    pub claim: String,
    /// Count the statements that count for this organisation; by default those for the verdict's organisation, or for the one
    /// that recorded the claim
    #[arg(long = "for", value_name = "ORG")]
    pub organisation: Option<Slug>,
    #[command(flatten)]
    pub writing: WritingArgs,
}

/// Writes the graph.
pub fn run(args: &GraphmlArgs, context: &mut Context) -> Result<Answer, Error> {
    let session = args.writing.session(context)?;
    let found =
        corroboration::corroborate(&session, &args.claim, args.organisation.as_ref(), None)?;
    let made = graph::graph(&session, &found)?;
    let (nodes, edges) = (made.nodes.len(), made.edges.len());
    let counts = GraphCounts { nodes, edges };
    let said = [format!(
        "{}, {}",
        count(nodes, "node", "nodes"),
        count(edges, "edge", "edges")
    )];
    args.writing.write(context, &graphml(&made), &counts, &said)
}
