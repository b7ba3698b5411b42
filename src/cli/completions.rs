//! `completions`: what a shell needs to complete our commands.

use super::{Answer, Cli, Context};
use crate::app::Error;
use clap::{Args, CommandFactory as _};
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

/// Prints completions.
pub fn run(args: CompletionsArgs, context: &mut Context) -> Result<Answer, Error> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "claimledger", &mut script);
    context.terminal.text(&String::from_utf8_lossy(&script));
    Ok(Answer::Yes)
}
