//! `withdraw`: a statement no longer stands; its text stays.

use super::adding::{self, AddingArgs};
use super::show::clip;
use super::{Answer, Context};
use crate::app::Error;
use crate::app::record::dispute::{self, NewWithdrawal};
use clap::Args;

/// Options of `withdraw`.
#[derive(Debug, Args)]
#[command(
    long_about = "Says that a claim, source, relation, assessment, evidence, verdict or recorded review no longer stands, \
                  and why. Its text stays in the log. Verdicts that leaned on it are named first.",
    after_help = "Example:\n  claimledger withdraw wire --reason \"The agency retracted the report.\""
)]
pub struct WithdrawArgs {
    /// What no longer stands
    pub id: String,
    /// Why
    #[arg(long, value_name = "T")]
    pub reason: String,
    /// How to add it.
    #[command(flatten)]
    pub adding: AddingArgs,
}

/// Takes a statement back.
pub fn run(args: WithdrawArgs, context: &mut Context) -> Result<Answer, Error> {
    let (catalog, signer) = adding::open(context)?;
    let new = NewWithdrawal {
        target: args.id,
        reason: args.reason,
    };
    let proposal = dispute::withdraw(&catalog, &new)?;
    for line in dispute::leaning(&catalog, &new)? {
        let label = line.label.as_deref().map(|label| format!(" {label}"));
        context.terminal.note(&format!(
            "verdict #{}{} leans on it: {}",
            line.index,
            label.unwrap_or_default(),
            clip(&line.words, 120)
        ));
    }
    adding::add(context, catalog, &signer, &args.adding, proposal)
}
