//! `dispute answer`: answers an objection.

use crate::app::Error;
use crate::app::record::dispute::{self, NewAnswer};
use crate::cli::adding::{self, AddingArgs};
use crate::cli::context::{Answer, Context};
use claimledger_core::model::dispute::Outcome;
use clap::Args;

/// Answer an objection
///
/// The organisation of the disputed statement answers, or one that its policy lists in approvals-from. Neither the author
/// of the statement nor the person who objected can end the objection. The author can reply.
///
/// `upheld` accepts the objection, `partlyUpheld` accepts a part of it: then the disputed statement must be corrected. Its
/// approved correction, or its withdrawal, settles the objection.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  claimledger dispute answer 44 --outcome upheld --note \"Corrected in entry 45.\""
)]
pub struct DisputeAnswerArgs {
    /// The objection
    pub dispute: String,
    /// How it ends: upheld (the objection is right), partlyUpheld or rejected; or reply, which ends nothing
    #[arg(long, value_name = "OUTCOME")]
    pub outcome: Outcome,
    /// The answer in words
    #[arg(long, value_name = "TEXT")]
    pub note: String,
    #[command(flatten)]
    pub adding: AddingArgs,
}

/// Records the answer to an objection.
pub fn run(args: DisputeAnswerArgs, context: &mut Context) -> Result<Answer, Error> {
    let (session, signer) = adding::open(context)?;
    let new = NewAnswer {
        dispute: args.dispute,
        outcome: args.outcome,
        note: args.note,
    };
    let proposal = dispute::answer(&session, &new)?;
    adding::add(context, session, &signer, &args.adding, proposal)
}
