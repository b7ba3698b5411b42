//! `ledger close`: makes this copy take no more entries.

use crate::app::Error;
use crate::app::care::adopt;
use crate::cli::consent::agreed;
use crate::cli::context::{Answer, Context};
use clap::Args;
use serde::Serialize;

/// Close this copy, so that it takes no more entries
///
/// It can still be read and audited.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  claimledger ledger close --reason \"moved to the new server\"")]
pub struct LedgerCloseArgs {
    /// The reason, for people who find this copy later
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
    /// Close without asking
    #[arg(long, short)]
    pub yes: bool,
}

/// What was closed.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Closed<'a> {
    closed: &'a str,
}

/// Closes this copy.
pub fn run(args: &LedgerCloseArgs, context: &mut Context) -> Result<Answer, Error> {
    agreed(
        context,
        args.yes,
        "Close this copy for good? It can still be read and audited, but it takes no more entries.",
    )?;
    adopt::close(&context.desk, &args.reason, &mut context.terminal)?;
    let closed = Closed {
        closed: &args.reason,
    };
    context
        .terminal
        .done(&closed, || "this copy is closed\n".to_owned());
    Ok(Answer::Yes)
}
