//! `ledger adopt|close`: which machine writes this ledger, and where it ends.

use super::{Answer, Context};
use crate::app::{Error, check};
use clap::{Args, Subcommand};
use serde::Serialize;

/// What to do with this copy.
#[derive(Debug, Subcommand)]
pub enum LedgerCommand {
    /// Let this machine write this copy from here on
    Adopt(AdoptArgs),
    /// Close this copy: it takes no more entries
    Close(CloseArgs),
}

/// Options of `ledger adopt`.
#[derive(Debug, Args)]
#[command(
    long_about = "A machine that has never written a ledger refuses to append to it: a newer copy may exist \
                  elsewhere, and a ledger written in two places forks. Adopting says that this is the newest copy.",
    after_help = "Example:\n  claimledger ledger adopt"
)]
pub struct AdoptArgs {
    /// Adopt without asking
    #[arg(long, short)]
    pub yes: bool,
}

/// Options of `ledger close`.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  claimledger ledger close --reason \"moved to the new server\"")]
pub struct CloseArgs {
    /// Why, for whoever finds this copy
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
    /// Close without asking
    #[arg(long, short)]
    pub yes: bool,
}

/// What was closed.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Closed<'a> {
    closed: &'a str,
}

/// Runs `ledger …`.
pub fn run(command: &LedgerCommand, context: &mut Context) -> Result<Answer, Error> {
    match command {
        LedgerCommand::Adopt(args) => adopt(args, context),
        LedgerCommand::Close(args) => close(args, context),
    }
}

fn adopt(args: &AdoptArgs, context: &mut Context) -> Result<Answer, Error> {
    agreed(
        context,
        args.yes,
        "No mirror or witness can be asked for a newer head. Is this the newest copy of the ledger?",
    )?;
    let adopted = check::adopt(&context.desk)?;
    context.terminal.answer(&adopted, || {
        format!(
            "this machine writes {} from entry {} on\n",
            adopted.origin, adopted.size
        )
    });
    Ok(Answer::Yes)
}

fn close(args: &CloseArgs, context: &mut Context) -> Result<Answer, Error> {
    agreed(
        context,
        args.yes,
        "Close this copy for good? It can be read and audited, and takes no more entries.",
    )?;
    check::close(&context.desk, &args.reason, &mut context.terminal)?;
    let closed = Closed {
        closed: &args.reason,
    };
    context
        .terminal
        .answer(&closed, || "this copy is closed\n".to_owned());
    Ok(Answer::Yes)
}

/// What cannot be undone is asked for on a terminal, and needs `--yes` off one.
fn agreed(context: &mut Context, yes: bool, question: &str) -> Result<(), Error> {
    if yes {
        return Ok(());
    }
    if !context.terminal.attended() {
        return Err(Error::Usage(format!(
            "{question} Say --yes, for there is nobody to ask"
        )));
    }
    if context.terminal.confirm(question) {
        Ok(())
    } else {
        Err(Error::Declined)
    }
}
