//! `dispute open|answer|list`: objections to statements, and what came of them.

use super::adding::{self, AddingArgs};
use super::show::{self, AboutArgs};
use super::{Answer, Context};
use crate::app::Error;
use crate::app::record::dispute::{self, NewAnswer, NewDispute};
use claimledger_core::model::StatementType;
use claimledger_core::model::dispute::{Grounds, Outcome};
use clap::{Args, Subcommand};

/// What to do with disputes.
#[derive(Debug, Subcommand)]
pub enum DisputeCommand {
    /// Object to a statement
    Open(OpenArgs),
    /// Answer an objection
    Answer(AnswerArgs),
    /// List the disputes, all of them or those about one thing
    #[command(after_help = "Example:\n  claimledger dispute list closing-verdict")]
    List(AboutArgs),
}

/// Options of `dispute open`.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  claimledger dispute open closing-verdict --grounds missingContext \
                        --note \"The order was suspended in May.\" --evidence 41"
)]
pub struct OpenArgs {
    /// The disputed statement
    pub id: String,
    /// Why: factualError, missingContext, wrongRating, sourceNotIndependent, excerptMismatch, conflictOfInterest or process
    #[arg(long, value_name = "G")]
    pub grounds: Grounds,
    /// The objection
    #[arg(long, value_name = "T")]
    pub note: String,
    /// Evidence for it; may be given more than once
    #[arg(long, value_name = "ID")]
    pub evidence: Vec<String>,
    /// How to add it.
    #[command(flatten)]
    pub adding: AddingArgs,
}

/// Options of `dispute answer`.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  claimledger dispute answer 44 --outcome upheld --note \"Corrected in entry 45.\""
)]
pub struct AnswerArgs {
    /// The dispute
    pub dispute: String,
    /// How it ends: upheld, partlyUpheld or rejected
    #[arg(long, value_name = "O")]
    pub outcome: Outcome,
    /// The answer
    #[arg(long, value_name = "T")]
    pub note: String,
    /// How to add it.
    #[command(flatten)]
    pub adding: AddingArgs,
}

/// Runs `dispute …`.
pub fn run(command: DisputeCommand, context: &mut Context) -> Result<Answer, Error> {
    match command {
        DisputeCommand::Open(args) => open(args, context),
        DisputeCommand::Answer(args) => answer(args, context),
        DisputeCommand::List(args) => show::about(StatementType::DisputeOpen, &args, context),
    }
}

fn open(args: OpenArgs, context: &mut Context) -> Result<Answer, Error> {
    let (catalog, signer) = adding::open(context)?;
    let new = NewDispute {
        target: args.id,
        grounds: args.grounds,
        note: args.note,
        evidence: args.evidence,
    };
    let proposal = dispute::open(&catalog, &new)?;
    adding::add(context, catalog, &signer, &args.adding, proposal)
}

fn answer(args: AnswerArgs, context: &mut Context) -> Result<Answer, Error> {
    let (catalog, signer) = adding::open(context)?;
    let new = NewAnswer {
        dispute: args.dispute,
        outcome: args.outcome,
        note: args.note,
    };
    let proposal = dispute::answer(&catalog, &new)?;
    adding::add(context, catalog, &signer, &args.adding, proposal)
}
