//! `mirror update`: brings a mirror up to date.

use crate::app::Error;
use crate::app::peers::exchange;
use crate::cli::context::{Answer, Context};
use crate::cli::peer;
use crate::sync::pull_options::PullOptions;
use claimledger_core::encoding::name::Slug;
use clap::Args;

/// Bring a mirror up to date
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  claimledger mirror update desk")]
pub struct MirrorUpdateArgs {
    /// The name of the mirror on this machine
    pub name: Slug,
}

/// Brings a mirror up to date.
pub fn run(args: &MirrorUpdateArgs, context: &mut Context) -> Result<Answer, Error> {
    bring(&args.name, None, PullOptions::default(), context)
}

/// Brings a mirror up to date, from the given place or the one given before.
pub fn bring(
    name: &Slug,
    from: Option<&str>,
    wanted: PullOptions,
    context: &mut Context,
) -> Result<Answer, Error> {
    let mut progress = context.terminal.progress("pulling");
    let (brought, notes) =
        exchange::update_mirror(&context.desk, name, from, wanted, &mut |done, all| {
            progress.tell(done, all);
        })?;
    drop(progress);
    context.terminal.notes(&notes);
    peer::say(&brought, context);
    Ok(Answer::Yes)
}
