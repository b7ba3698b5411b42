//! `log`: every entry, oldest first.

use super::{Answer, AtArgs, Context, show};
use crate::app::read::show as app_show;
use crate::app::{Catalog, Error};
use clap::Args;

/// Options of `log`.
#[derive(Debug, Clone, Copy, Args)]
#[command(after_help = "Example:\n  claimledger log --last 20")]
pub struct LogArgs {
    /// Only the last N entries
    #[arg(long, value_name = "N")]
    pub last: Option<u64>,
    /// As of when.
    #[command(flatten)]
    pub at: AtArgs,
}

/// Lists the entries.
pub fn run(args: LogArgs, context: &mut Context) -> Result<Answer, Error> {
    let catalog = Catalog::open(&context.desk)?;
    context.terminal.notes(&catalog.notes);
    let lines = app_show::log(&catalog, args.last, args.at.at)?;
    context
        .terminal
        .answer(&lines, || show::lines_table(&lines));
    Ok(Answer::Yes)
}
