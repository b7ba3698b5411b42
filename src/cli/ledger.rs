//! `ledger adopt|close`: which machine writes this ledger, and where it ends.

use super::{Answer, Context, at_length};
use crate::app::Error;
use crate::app::care::adopt::{self, Asked};
use crate::ledger::RollbackError::Unreadable;
use crate::ledger::rollback_guard::Remembered;
use claimledger_core::encoding::name::Origin;
use clap::{Args, Subcommand};
use serde::Serialize;

/// What to do with this copy.
#[derive(Debug, Subcommand)]
pub enum LedgerCommand {
    /// Let this machine write this copy from here on
    #[command(long_about = at_length::<AdoptArgs>())]
    Adopt(AdoptArgs),
    /// Close this copy: it takes no more entries
    Close(CloseArgs),
    /// List the ledgers that this machine remembers
    #[command(after_help = "Example:\n  claimledger ledger known")]
    Known,
    /// Make this machine forget a ledger
    #[command(long_about = at_length::<ForgetArgs>())]
    Forget(ForgetArgs),
}

/// Options of `ledger adopt`.
#[derive(Debug, Args)]
#[command(
    long_about = "A machine that has never written a ledger refuses to append to it: a newer copy may exist \
                  elsewhere, and a ledger written in two places forks. Adopting says that this is the newest copy. Before, \
                  the mirrors of this ledger on this machine, the places they are followed from, the ledger's witnesses \
                  and the places named are asked for a newer head.",
    after_help = "Example:\n  claimledger ledger adopt\n  claimledger ledger adopt --ask https://desk.example/facts --yes"
)]
pub struct AdoptArgs {
    /// Ask this place too: a folder, a .tar.zst archive, an address, or a mirror; may be given more than once
    #[arg(long, value_name = "PLACE")]
    pub ask: Vec<String>,
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

/// Options of `ledger forget`.
#[derive(Debug, Args)]
#[command(
    long_about = "Makes this machine forget a ledger, so that another one can have its name here, after practice for \
                  instance. No file of the ledger is touched. What is given up is the memory against old and forked \
                  copies: until this machine has seen the ledger again, it takes any copy for the newest, and any other \
                  ledger of that name for the first.",
    after_help = "Example:\n  claimledger ledger forget try.example/first"
)]
pub struct ForgetArgs {
    /// The ledger's name
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
        LedgerCommand::Known => known(context),
        LedgerCommand::Forget(args) => forget(args, context),
    }
}

fn adopt(args: &AdoptArgs, context: &mut Context) -> Result<Answer, Error> {
    let asked = adopt::ask(&context.desk, &args.ask)?;
    for why in &asked.unanswered {
        context.terminal.note(&format!("could not be asked: {why}"));
    }
    agreed(context, args.yes, &question(&asked))?;
    let adopted = adopt::adopt(&context.desk, asked)?;
    context.terminal.answer(&adopted, || {
        format!(
            "this machine writes {} from entry {} on; {}\n",
            adopted.origin,
            adopted.size,
            match &adopted.asked[..] {
                [] => "nobody could be asked for a newer head".to_owned(),
                asked => format!("no newer head is known to {}", asked.join(", ")),
            }
        )
    });
    Ok(Answer::Yes)
}

/// What adopting asks, by who could be asked before.
fn question(asked: &Asked) -> String {
    let told = match (&asked.answered[..], asked.unanswered.is_empty()) {
        ([], true) => {
            "No mirror or witness is known that could be asked for a newer head.".to_owned()
        }
        ([], false) => "Nobody who was asked for a newer head answered.".to_owned(),
        (answered, _) => format!("Asked, and no newer head there: {}.", answered.join(", ")),
    };
    format!("{told} Is this the newest copy of the ledger?")
}

fn close(args: &CloseArgs, context: &mut Context) -> Result<Answer, Error> {
    agreed(
        context,
        args.yes,
        "Close this copy for good? It can be read and audited, and takes no more entries.",
    )?;
    adopt::close(&context.desk, &args.reason, &mut context.terminal)?;
    let closed = Closed {
        closed: &args.reason,
    };
    context
        .terminal
        .answer(&closed, || "this copy is closed\n".to_owned());
    Ok(Answer::Yes)
}

fn known(context: &mut Context) -> Result<Answer, Error> {
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

/// A line for each place that a ledger was seen at.
fn seen(one: &Remembered) -> String {
    let mut text = String::new();
    for place in &one.places {
        let how = if place.written {
            "written here"
        } else {
            "read"
        };
        text.push_str(&format!(
            "  {} entries at {} ({how})\n",
            place.size, place.place
        ));
    }
    text
}

fn forget(args: &ForgetArgs, context: &mut Context) -> Result<Answer, Error> {
    let known = context.desk.known();
    match known.of(&args.origin) {
        Ok(one) => context.terminal.preview(&format!(
            "Remembered of {}:\n{}From here on an old copy of it, or another history, is no longer noticed on this machine.\n",
            one.origin,
            seen(&one)
        )),
        // What does not read is of no use; forgetting it is a way out.
        Err(e @ Unreadable { .. }) => context.terminal.note(&e.to_string()),
        Err(e) => return Err(e.into()),
    }
    agreed(context, args.yes, &format!("Forget {}?", args.origin))?;
    known.forget(&args.origin)?;
    let forgotten = Forgotten {
        forgotten: args.origin.as_str(),
    };
    context.terminal.answer(&forgotten, || {
        format!("this machine no longer knows {}\n", args.origin)
    });
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
