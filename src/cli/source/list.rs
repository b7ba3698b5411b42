//! `source list`: the sources.

use crate::app::Error;
use crate::cli::context::{Answer, AtArgs, Context};
use crate::cli::list;
use claimledger_core::model::StatementType;
use clap::Args;

/// List the sources
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  claimledger source list")]
pub struct SourceListArgs {
    #[command(flatten)]
    pub at: AtArgs,
}

/// Lists the sources.
pub fn run(args: &SourceListArgs, context: &mut Context) -> Result<Answer, Error> {
    list::all(StatementType::SourceAdd, args.at, context)
}
