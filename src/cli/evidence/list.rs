//! `evidence list`: the evidence.

use crate::app::Error;
use crate::cli::context::{Answer, Context, ListArgs};
use crate::cli::list;
use claimledger_core::model::StatementType;
use clap::Args;

/// List the evidence
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  claimledger evidence list closing")]
pub struct EvidenceListArgs {
    /// Only the evidence for or against this claim, or from this source
    #[arg(value_name = "CLAIM-OR-SOURCE")]
    pub entry: Option<String>,
    #[command(flatten)]
    pub list: ListArgs,
}

/// Lists the evidence.
pub fn run(args: &EvidenceListArgs, context: &mut Context) -> Result<Answer, Error> {
    list::naming(
        StatementType::EvidenceAdd,
        args.entry.as_deref(),
        args.list,
        context,
    )
}
