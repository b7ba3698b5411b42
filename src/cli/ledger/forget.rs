//! `ledger forget`: this machine forgets a ledger.

use super::seen::seen;
use crate::app::Error;
use crate::cli::consent::agreed;
use crate::cli::context::{Answer, Context};
use crate::ledger::RollbackError::Unreadable;
use claimledger_core::encoding::name::Origin;
use clap::Args;
use serde::Serialize;

/// Make this machine forget a ledger
///
/// Use this to give the name of a ledger to another one, for example after practice. No file of the ledger is changed.
///
/// The machine then no longer notices an old or forked copy of that ledger. Until it has seen the ledger again, it accepts any
/// copy as the newest, and any other ledger of that name as the first.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  claimledger ledger forget try.example/first")]
pub struct LedgerForgetArgs {
    /// The name of the ledger
    pub origin: Origin,
    /// Forget without asking
    #[arg(long, short)]
    pub yes: bool,
}

/// What was forgotten.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Forgotten<'a> {
    forgotten: &'a str,
}

/// Forgets it.
pub fn run(args: &LedgerForgetArgs, context: &mut Context) -> Result<Answer, Error> {
    let known = context.desk.known();
    match known.of(&args.origin) {
        Ok(one) => context.terminal.preview(&format!(
            "This machine remembers {}:\n{}After this it no longer notices an old copy of the ledger or a different history.\n",
            one.origin,
            seen(&one)
        )),
        // A memory that cannot be read is of no use; forgetting it is a way out.
        Err(e @ Unreadable { .. }) => context.terminal.note(&e.to_string()),
        Err(e) => return Err(e.into()),
    }
    agreed(context, args.yes, &format!("Forget {}?", args.origin))?;
    known.forget(&args.origin)?;
    let forgotten = Forgotten {
        forgotten: args.origin.as_str(),
    };
    context.terminal.answer(&forgotten, || {
        format!("this machine has forgotten {}\n", args.origin)
    });
    Ok(Answer::Yes)
}
