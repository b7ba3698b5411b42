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
/// Use this if you want to make a new ledger with the name of an old one, for example of a practice ledger. No file of the
/// old ledger is changed.
///
/// After this, the machine no longer notices an old or forked copy of that ledger. The next time it sees a ledger of this
/// name, it accepts that ledger and that copy, even if the copy is old or the ledger is another one.
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
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct Forgotten<'a> {
    forgotten: &'a str,
}

/// Forgets it.
pub fn run(args: &LedgerForgetArgs, context: &mut Context) -> Result<Answer, Error> {
    let known = context.desk.known();
    match known.find(&args.origin) {
        Ok(one) => context.terminal.preview(&format!(
            "This machine remembers {}:\n{}After this it no longer notices an old copy of the ledger or a different history.\n",
            one.origin,
            seen(&one)
        )),
        // A memory that cannot be read is useless; forgetting it solves that.
        Err(e @ Unreadable { .. }) => context.terminal.note(&e.to_string()),
        Err(e) => return Err(e.into()),
    }
    agreed(context, args.yes, &format!("Forget {}?", args.origin))?;
    known.forget(&args.origin)?;
    let forgotten = Forgotten {
        forgotten: args.origin.as_str(),
    };
    context.terminal.done(&forgotten, || {
        format!("this machine has forgotten {}\n", args.origin)
    });
    Ok(Answer::Yes)
}
