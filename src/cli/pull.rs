//! `pull`: brings a copy up to the head at a place.

use crate::app::Error;
use crate::app::peers::exchange;
use crate::cli::context::{Answer, Context};
use crate::cli::peer::{self, PeerArgs};
use clap::Args;

/// Update the copy in --ledger from another place
///
/// The program checks everything before it accepts it. If the other place has fewer entries than this copy, or a different
/// history, the program refuses the update and does not change this copy.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  claimledger --ledger partner pull https://desk.example/facts --ledger-key \"$VKEY\""
)]
pub struct PullArgs {
    /// A folder, a .tar.zst archive or a URL
    pub place: String,
    /// Check every file of the copy again, repair the damaged ones, and copy the published snapshots of sources too
    #[arg(long)]
    pub restore: bool,
    #[command(flatten)]
    pub peer: PeerArgs,
}

/// Pulls.
pub fn run(args: &PullArgs, context: &mut Context) -> Result<Answer, Error> {
    let mut progress = context.terminal.progress("pulling");
    let wanted = args.peer.wanted(args.restore);
    let (brought, notes) = exchange::pull(&context.desk, &args.place, wanted, &mut |done, all| {
        progress.tell(done, all);
    })?;
    drop(progress);
    context.terminal.notes(&notes);
    peer::say(&brought, context);
    Ok(Answer::Yes)
}
