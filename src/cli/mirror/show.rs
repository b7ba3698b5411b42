//! `mirror show`: one mirror, and the evidence against it.

use super::line::line;
use crate::app::Error;
use crate::cli::context::{Answer, Context};
use claimledger_core::encoding::name::Slug;
use clap::Args;

/// Show a mirror and the evidence of a fork, if there is any
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  claimledger mirror show desk")]
pub struct MirrorShowArgs {
    /// The name of the mirror on this machine
    pub name: Slug,
}

/// Shows a mirror.
pub fn run(args: &MirrorShowArgs, context: &mut Context) -> Result<Answer, Error> {
    let shown = context.desk.mirrors().show(&args.name)?;
    context.terminal.answer(&shown, || {
        let mut text = line(&shown);
        for file in &shown.evidence {
            text.push_str(&format!("  fork evidence: {}\n", file.display()));
        }
        text
    });
    Ok(Answer::Yes)
}
