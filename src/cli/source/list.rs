//! `source list`: the sources.

use crate::app::Error;
use crate::cli::context::{Answer, Context, ListArgs};
use crate::cli::list;
use claimledger_core::model::StatementType;
use clap::Args;

/// List the sources
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  claimledger source list")]
pub struct SourceListArgs {
    #[command(flatten)]
    pub list: ListArgs,
}

/// Lists the sources.
pub fn run(args: &SourceListArgs, context: &mut Context) -> Result<Answer, Error> {
    list::all(StatementType::SourceAdd, args.list, context)
}
