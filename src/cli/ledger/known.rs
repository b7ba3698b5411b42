//! `ledger known`: the ledgers that this machine remembers.

use super::seen::seen;
use crate::app::Error;
use crate::cli::context::{Answer, Context};
use clap::Args;

/// List the ledgers that this machine remembers
#[derive(Debug, Clone, Copy, Args)]
#[command(after_help = "Example:\n  claimledger ledger known")]
pub struct LedgerKnownArgs {}

/// Lists them.
pub fn run(context: &mut Context) -> Result<Answer, Error> {
    let all = context.desk.known().all()?;
    context.terminal.answer(&all, || {
        let mut text = String::new();
        for one in &all {
            text.push_str(&format!(
                "{}  ledger {}\n{}",
                one.origin,
                one.ledger,
                seen(one)
            ));
        }
        text
    });
    Ok(Answer::Yes)
}
