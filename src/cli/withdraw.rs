//! `withdraw`: ends the effect of a statement; its text stays.

use super::adding::{self, AddingArgs};
use super::context::{Answer, Context};
use super::render::standing::marked;
use super::render::table::clip;
use crate::app::Error;
use crate::app::read::line::labelled;
use crate::app::record::dispute::{self, NewWithdrawal};
use crate::app::record::stands_again::{self, Left};
use clap::Args;

/// Withdraw an earlier statement
///
/// You can withdraw a claim, a source, a relation, an assessment, evidence, a verdict or a recorded review of your own
/// organisation. You can also withdraw what was done: a publication, a withholding, a capture or a transcript, if you have
/// a role that may do it. An objection is withdrawn by the person who opened it, an answer by those who may answer.
///
/// The withdrawal says that the statement no longer stands, and why. Its text stays in the log. Before you sign, the
/// program names the verdicts that rest on the statement. If the statement is a correction, the program also says whether what
/// it corrected stands again.
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
    /// Withdraw also what the statement had corrected, if that would stand again or still stands
    #[arg(long)]
    pub and_what_it_corrected: bool,
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
    let proposal = if args.and_what_it_corrected {
        stands_again::withdraw_both(&session, &new)?
    } else {
        if let Some(left) = stands_again::left(&session, &new)? {
            context.terminal.note(&said(&left));
        }
        dispute::withdraw(&session, &new)?
    };
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

/// What stands when a correction is withdrawn, as a note.
fn said(left: &Left) -> String {
    let (Left::Again(line) | Left::AsBefore(line) | Left::Nothing(line)) = left;
    let which = format!("#{}{}", line.index, labelled(line.label.as_deref()));
    let words = format!("{}{}", clip(&line.words, 120), marked(&line.standing));
    match left {
        Left::Again(_) => format!(
            "{which}, which it corrected, then stands again: {words}. To withdraw it too: --and-what-it-corrected"
        ),
        Left::AsBefore(_) => format!(
            "{which}, which it would have corrected, still stands: {words}. To withdraw it too: --and-what-it-corrected"
        ),
        Left::Nothing(_) => format!("nothing stands again: {which}, which it corrected: {words}"),
    }
}
