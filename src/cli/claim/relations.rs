//! `claim relations`: lists how claims relate.

use crate::app::Error;
use crate::cli::context::{Answer, Context, ListArgs};
use crate::cli::list;
use claimledger_core::model::StatementType;
use clap::Args;

/// List how claims relate to each other
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  claimledger claim relations closing")]
pub struct ClaimRelationsArgs {
    /// Only the relations of this claim
    pub claim: Option<String>,
    #[command(flatten)]
    pub list: ListArgs,
}

/// Lists how claims relate.
pub fn run(args: &ClaimRelationsArgs, context: &mut Context) -> Result<Answer, Error> {
    list::naming(
        StatementType::ClaimRelate,
        args.claim.as_deref(),
        args.list,
        context,
    )
}
