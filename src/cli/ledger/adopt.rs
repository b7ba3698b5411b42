//! `ledger adopt`: lets this machine write this copy.

use crate::app::Error;
use crate::app::care::adopt::{self, PeerAnswers};
use crate::cli::consent::agreed;
use crate::cli::context::{Answer, Context};
use clap::Args;

/// Let this machine add entries to this copy of the ledger
///
/// A machine that has never added an entry to a ledger refuses to do so, because a newer copy may exist elsewhere: if two
/// machines add entries to two copies, the ledger forks. With `adopt` you confirm that this is the newest copy.
///
/// Before it asks you, the program looks for a newer head: in the mirrors of this ledger on this machine, at the places where
/// these mirrors come from, at the witnesses of the ledger, and at the places that you give with --ask.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  claimledger ledger adopt\n  claimledger ledger adopt --ask https://desk.example/facts --yes"
)]
pub struct LedgerAdoptArgs {
    /// Look for a newer head here too: a folder, a .tar.zst archive, a URL or a mirror. You can give it more than once
    #[arg(long, value_name = "PLACE")]
    pub ask: Vec<String>,
    /// Adopt without asking
    #[arg(long, short)]
    pub yes: bool,
}

/// Adopts this copy.
pub fn run(args: &LedgerAdoptArgs, context: &mut Context) -> Result<Answer, Error> {
    let asked = adopt::ask(&context.desk, &args.ask)?;
    for why in &asked.unanswered {
        context.terminal.note(&format!("could not ask: {why}"));
    }
    agreed(context, args.yes, &question(&asked))?;
    let adopted = adopt::adopt(&context.desk, asked)?;
    context.terminal.done(&adopted, || {
        format!(
            "this machine now adds to {}, beginning with entry {}; {}\n",
            adopted.origin,
            adopted.size,
            match &adopted.asked[..] {
                [] => "no other place could be asked for a newer head".to_owned(),
                asked => format!("no newer head at {}", asked.join(", ")),
            }
        )
    });
    Ok(Answer::Yes)
}

/// The question, with the answers of the places that were asked.
fn question(asked: &PeerAnswers) -> String {
    let told = match (&asked.answered[..], asked.unanswered.is_empty()) {
        ([], true) => "There is no mirror or witness to ask for a newer head.".to_owned(),
        ([], false) => "None of the places that were asked for a newer head answered.".to_owned(),
        (answered, _) => format!("No newer head at {}.", answered.join(", ")),
    };
    format!("{told} Is this the newest copy of the ledger?")
}
