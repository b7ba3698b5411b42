//! `log`: every entry, oldest first.

use super::context::{Answer, AtArgs, Context};
use super::render::table::entry_table;
use crate::app::read::show;
use crate::app::{Error, Session};
use clap::Args;

/// List all entries, oldest first
#[derive(Debug, Clone, Copy, Args)]
#[command(after_help = "Example:\n  claimledger log --last 20")]
pub struct LogArgs {
    /// Only the last entries, this many
    #[arg(long, value_name = "NUMBER")]
    pub last: Option<u64>,
    #[command(flatten)]
    pub at: AtArgs,
}

/// Lists the entries.
pub fn run(args: LogArgs, context: &mut Context) -> Result<Answer, Error> {
    let session = Session::open(&context.desk)?;
    let at = args.at.size(&session, &mut context.terminal)?;
    let lines = show::log(&session, args.last, at)?;
    context.terminal.answer(&lines, || entry_table(&lines));
    Ok(Answer::Yes)
}
