//! `withdraw`: ends the effect of a statement; its text stays.

use super::adding::{self, AddingArgs};
use super::context::{Answer, Context};
use super::render::standing::marked;
use super::render::table::clip;
use crate::app::Error;
use crate::app::read::line::labelled;
use crate::app::record::dispute::{self, NewWithdrawal};
use clap::Args;

/// Withdraw an earlier statement
///
/// You can withdraw a claim, a source, a relation, an assessment, evidence, a verdict or a recorded review of your own
/// organisation. You can also withdraw what was done: a publication, a withholding, a capture or a transcript, if you have
/// a role that may do it. An objection is withdrawn by the person who opened it, an answer by those who may answer.
///
/// The withdrawal says that the statement no longer stands, and why. Its text stays in the log. Before you sign, the
/// program names the verdicts that rest on the statement.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  claimledger withdraw wire --reason \"The agency retracted the report.\""
)]
pub struct WithdrawArgs {
    /// The statement to withdraw
    pub entry: String,
    /// The reason
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
    #[command(flatten)]
    pub adding: AddingArgs,
}

/// Takes a statement back.
pub fn run(args: WithdrawArgs, context: &mut Context) -> Result<Answer, Error> {
    let (session, signer) = adding::open(context)?;
    let new = NewWithdrawal {
        target: args.entry,
        reason: args.reason,
    };
    let proposal = dispute::withdraw(&session, &new)?;
    for line in dispute::leaning(&session, &new)? {
        let label = labelled(line.label.as_deref());
        context.terminal.note(&format!(
            "verdict #{}{label}{} rests on it: {}",
            line.index,
            marked(&line.standing),
            clip(&line.words, 120)
        ));
    }
    adding::add(context, session, &signer, &args.adding, proposal)
}
