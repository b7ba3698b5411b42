//! `source relations`: lists how sources relate.

use crate::app::Error;
use crate::cli::context::{Answer, Context, ListArgs};
use crate::cli::list;
use claimledger_core::model::StatementType;
use clap::Args;

/// List how sources depend on each other
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  claimledger source relations wire")]
pub struct SourceRelationsArgs {
    /// Only the relations of this source
    pub source: Option<String>,
    #[command(flatten)]
    pub list: ListArgs,
}

/// Lists how sources relate.
pub fn run(args: &SourceRelationsArgs, context: &mut Context) -> Result<Answer, Error> {
    list::naming(
        StatementType::SourceRelate,
        args.source.as_deref(),
        args.list,
        context,
    )
}
