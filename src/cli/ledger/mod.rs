//! `ledger adopt|close|known|forget`: which machine writes this ledger, and what this machine remembers.
//!
//! One file for each verb.

mod adopt;
pub mod close;
pub mod forget;
mod known;
mod seen;

use crate::app::Error;
use crate::cli::context::{Answer, Context};
use clap::Subcommand;

/// Adopt or close this copy; list or forget the ledgers that this machine remembers
#[derive(Debug, Subcommand)]
pub enum LedgerCommand {
    Adopt(adopt::LedgerAdoptArgs),
    Close(close::LedgerCloseArgs),
    Known(known::LedgerKnownArgs),
    Forget(forget::LedgerForgetArgs),
}

/// Runs `ledger …`.
pub fn run(command: &LedgerCommand, context: &mut Context) -> Result<Answer, Error> {
    match command {
        LedgerCommand::Adopt(args) => adopt::run(args, context),
        LedgerCommand::Close(args) => close::run(args, context),
        LedgerCommand::Known(_) => known::run(context),
        LedgerCommand::Forget(args) => forget::run(args, context),
    }
}
