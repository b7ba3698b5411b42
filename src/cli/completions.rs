//! `completions`: what a shell needs to complete our commands.

use super::{Answer, Context};
use crate::app::Error;
use clap::{Args, Command};
use clap_complete::Shell;

/// Options of `completions`.
#[derive(Debug, Clone, Copy, Args)]
#[command(
    after_help = "Example:\n  claimledger completions bash > ~/.local/share/bash-completion/completions/claimledger"
)]
pub struct CompletionsArgs {
    /// The shell
    pub shell: Shell,
}

/// Prints completions of the whole program.
pub fn run(
    args: CompletionsArgs,
    mut program: Command,
    context: &mut Context,
) -> Result<Answer, Error> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut program, "claimledger", &mut script);
    context.terminal.text(&String::from_utf8_lossy(&script));
    Ok(Answer::Yes)
}
