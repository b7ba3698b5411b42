//! `source assessments`: lists what sources are to claims.

use crate::app::Error;
use crate::cli::context::{Answer, Context, ListArgs};
use crate::cli::list;
use claimledger_core::model::StatementType;
use clap::Args;

/// List what sources are to claims
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  claimledger source assessments closing")]
pub struct SourceAssessmentsArgs {
    /// Only the assessments of this source, or for this claim
    #[arg(value_name = "SOURCE-OR-CLAIM")]
    pub entry: Option<String>,
    #[command(flatten)]
    pub list: ListArgs,
}

/// Lists what sources are to claims.
pub fn run(args: &SourceAssessmentsArgs, context: &mut Context) -> Result<Answer, Error> {
    list::naming(
        StatementType::OriginAssess,
        args.entry.as_deref(),
        args.list,
        context,
    )
}
