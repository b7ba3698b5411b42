//! `dispute open`: objects to a statement.

use crate::app::Error;
use crate::app::record::dispute::{self, NewDispute};
use crate::cli::adding::{self, AddingArgs};
use crate::cli::context::{Answer, Context};
use claimledger_core::model::dispute::Grounds;
use clap::Args;

/// Object to a statement
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  claimledger dispute open closing-verdict --grounds missingContext \
                        --note \"The order was suspended in May.\" --evidence 41"
)]
pub struct DisputeOpenArgs {
    /// The statement to which you object
    pub entry: String,
    /// The grounds: factualError, missingContext, wrongRating, sourceNotIndependent, excerptMismatch, conflictOfInterest or process
    #[arg(long, value_name = "GROUNDS")]
    pub grounds: Grounds,
    /// The objection in words
    #[arg(long, value_name = "TEXT")]
    pub note: String,
    /// Evidence for the objection. You can give it more than once
    #[arg(long, value_name = "EVIDENCE", value_delimiter = ',')]
    pub evidence: Vec<String>,
    #[command(flatten)]
    pub adding: AddingArgs,
}

/// Records an objection.
pub fn run(args: DisputeOpenArgs, context: &mut Context) -> Result<Answer, Error> {
    let (session, signer) = adding::open(context)?;
    let new = NewDispute {
        target: args.entry,
        grounds: args.grounds,
        note: args.note,
        evidence: args.evidence,
    };
    let proposal = dispute::open(&session, &new)?;
    adding::add(context, session, &signer, &args.adding, proposal)
}
