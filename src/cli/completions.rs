//! `completions`: the file with which a shell completes our commands.

use super::context::{Answer, Context};
use clap::{Args, Command};
use clap_complete::Shell;

/// Print the completions of this program for a shell
#[derive(Debug, Clone, Copy, Args)]
#[command(
    after_help = "Example:\n  claimledger completions bash > ~/.local/share/bash-completion/completions/claimledger"
)]
pub struct CompletionsArgs {
    /// The shell
    pub shell: Shell,
}

/// Prints completions of the whole program.
pub fn run(args: CompletionsArgs, mut program: Command, context: &mut Context) -> Answer {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut program, "claimledger", &mut script);
    context.terminal.exact(&String::from_utf8_lossy(&script));
    Answer::Yes
}
