//! `mirror add`: begins a verified copy of another ledger.

use super::update::bring;
use crate::app::Error;
use crate::cli::context::{Answer, Context};
use crate::cli::peer::PeerArgs;
use claimledger_core::encoding::name::Slug;
use clap::Args;

/// Make a checked copy of another ledger
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  claimledger mirror add desk https://desk.example/facts --ledger-key \"$VKEY\""
)]
pub struct MirrorAddArgs {
    /// The name of the mirror on this machine
    pub name: Slug,
    /// Where the ledger is: a folder, a .tar.zst archive or a URL
    pub place: String,
    #[command(flatten)]
    pub peer: PeerArgs,
}

/// Begins a mirror.
pub fn run(args: &MirrorAddArgs, context: &mut Context) -> Result<Answer, Error> {
    let wanted = args.peer.wanted(false);
    bring(&args.name, Some(&args.place), wanted, context)
}
