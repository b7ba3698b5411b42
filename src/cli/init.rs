//! `init`: a new ledger, with its keys, scale and policy.

use super::context::{Answer, Context};
use crate::app::Error;
use crate::app::care::init::{self, CreatedLedger, NewLedger};
use claimledger_core::encoding::name::{Origin, Slug};
use claimledger_core::model::StatementId;
use clap::Args;
use std::path::PathBuf;

/// Make a new ledger
///
/// Makes these things:
///
/// - the founder's key and the checkpoint key, if they do not exist;
///
/// - entry 0, which names the ledger and its founder;
///
/// - a rating scale with five steps and the rating Unproven;
///
/// - a policy: a verdict needs one approval by a person who is not its author.
///
/// The name of a ledger cannot be changed. For practice, choose another name than that of your real ledger.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  claimledger init your-desk.example/facts --as mara --title \"The Desk's fact-checks\"\n  \
                  claimledger init your-desk.example/facts --as mara --recovery-key a.pub b.pub c.pub --recovery-threshold 2"
)]
pub struct InitArgs {
    /// The name of the ledger: a URL without https://, for example desk.example/facts
    pub origin: Origin,
    /// The title of the ledger
    #[arg(long, value_name = "TEXT")]
    pub title: Option<String>,
    /// The short name of the founding organisation [default: made from the name of the ledger]
    #[arg(long, value_name = "ORGANISATION")]
    pub org: Option<Slug>,
    /// Make the founder's key without a passphrase
    #[arg(long)]
    pub no_passphrase: bool,
    /// The public half of a recovery key: it stays offline, and can replace an admin's key. You can give more than one
    #[arg(long, value_name = "FILE", num_args = 1.., requires = "recovery_threshold")]
    pub recovery_key: Vec<PathBuf>,
    /// How many of the recovery keys must sign to replace an admin's key
    #[arg(long, value_name = "NUMBER", requires = "recovery_key")]
    pub recovery_threshold: Option<u64>,
    /// The last known checkpoint of an old ledger. The new ledger continues it, because the old one cannot be continued
    #[arg(long, value_name = "FILE", requires = "succeeds_id")]
    pub succeeds: Option<PathBuf>,
    /// The id of that old ledger
    #[arg(long, value_name = "ID", requires = "succeeds")]
    pub succeeds_id: Option<StatementId>,
}

/// Makes a ledger.
pub fn run(args: &InitArgs, context: &mut Context) -> Result<Answer, Error> {
    let holder = context.signer.clone().ok_or_else(|| {
        Error::WhoSigns(
            "name the founder's key with --as; it is made if it does not exist".to_owned(),
        )
    })?;
    let new = NewLedger {
        origin: args.origin.clone(),
        title: args.title.clone(),
        holder,
        organisation: args.org.clone(),
        no_passphrase: args.no_passphrase,
        recovery_keys: args.recovery_key.clone(),
        recovery_threshold: args.recovery_threshold,
        succeeds: args.succeeds.clone().zip(args.succeeds_id),
    };
    let made = init::init(&context.desk, &new, &mut context.terminal)?;
    context.terminal.notes(&made.notes);
    let desk = &context.desk;
    let text = || {
        render_text(
            &made,
            &desk.ledger.to_string(),
            &desk.keys.display().to_string(),
        )
    };
    context.terminal.clone().done(&made, text);
    Ok(Answer::Yes)
}

fn render_text(made: &CreatedLedger, ledger: &str, keys: &str) -> String {
    let mut text = format!(
        "made ledger {} in {ledger}\n  id    {}\n  vkey  {}\n",
        made.origin, made.ledger, made.vkey
    );
    for key in &made.keys {
        text.push_str(&format!("  key   {keys}/{key} and {keys}/{key}.pub\n"));
    }
    for key in &made.keys_found {
        text.push_str(&format!("  key   {keys}/{key} (existed)\n"));
    }
    for entry in &made.entries {
        text.push_str(&format!(
            "  #{}    {} {}\n",
            entry.index,
            entry.statement_type,
            entry.id.short()
        ));
    }
    text.push_str("Publish the id and the vkey where your readers know you: with them, an auditor checks that a ledger is yours.\n");
    text
}
