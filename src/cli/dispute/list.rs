//! `dispute list`: the objections.

use crate::app::Error;
use crate::cli::context::{Answer, Context, ListArgs};
use crate::cli::list;
use claimledger_core::model::StatementType;
use clap::Args;

/// List the objections
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  claimledger dispute list closing-verdict")]
pub struct DisputeListArgs {
    /// Only the objections to this statement
    pub entry: Option<String>,
    #[command(flatten)]
    pub list: ListArgs,
}

/// Lists the objections.
pub fn run(args: &DisputeListArgs, context: &mut Context) -> Result<Answer, Error> {
    list::naming(
        StatementType::DisputeOpen,
        args.entry.as_deref(),
        args.list,
        context,
    )
}
