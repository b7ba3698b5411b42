//! `init`: a new ledger, with its keys, scale and policy.

use super::{Answer, Context};
use crate::app::Error;
use crate::app::care::init::{self, Made, NewLedger};
use claimledger_core::encoding::name::{Origin, Slug};
use claimledger_core::model::StatementId;
use clap::Args;
use std::path::PathBuf;

/// Options of `init`.
#[derive(Debug, Args)]
#[command(
    long_about = "Makes a ledger: the founder's key and the checkpoint key if they are absent, entry 0, a five-step \
                  rating scale plus Unproven, and the policy of one approval by somebody else than the author. The \
                  origin is for good: try things out under another one than that of your real ledger.",
    after_help = "Example:\n  claimledger init your-desk.example/facts --as mara --title \"The Desk's fact-checks\"\n  \
                  claimledger init your-desk.example/facts --as mara --recovery-key a.pub b.pub c.pub --recovery-threshold 2"
)]
pub struct InitArgs {
    /// The ledger's name: a URL without its scheme, e.g. desk.example/facts
    pub origin: Origin,
    /// Its title
    #[arg(long, value_name = "T")]
    pub title: Option<String>,
    /// The founding organisation's short name [default: made of the origin]
    #[arg(long, value_name = "O")]
    pub org: Option<Slug>,
    /// Make the founder's key without a passphrase
    #[arg(long)]
    pub no_passphrase: bool,
    /// The public file of a key that is kept offline, to replace an admin one day; may be given more than once
    #[arg(long, value_name = "PUBFILE", num_args = 1.., requires = "recovery_threshold")]
    pub recovery_key: Vec<PathBuf>,
    /// How many of the recovery keys must sign a recovery
    #[arg(long, value_name = "K", requires = "recovery_key")]
    pub recovery_threshold: Option<u64>,
    /// The last known checkpoint of a ledger that cannot be continued, and that this one succeeds
    #[arg(long, value_name = "CHECKPOINT", requires = "succeeds_id")]
    pub succeeds: Option<PathBuf>,
    /// That ledger's id
    #[arg(long, value_name = "ID", requires = "succeeds")]
    pub succeeds_id: Option<StatementId>,
}

/// Makes a ledger.
pub fn run(args: &InitArgs, context: &mut Context) -> Result<Answer, Error> {
    let holder = context.signer.clone().ok_or_else(|| {
        Error::WhoSigns("the founder's key, made if it is absent, is named by --as".to_owned())
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
        people(
            &made,
            &desk.ledger.to_string(),
            &desk.keys.display().to_string(),
        )
    };
    context.terminal.clone().answer(&made, text);
    Ok(Answer::Yes)
}

fn people(made: &Made, ledger: &str, keys: &str) -> String {
    let mut text = format!(
        "made ledger {} in {ledger}\n  id    {}\n  vkey  {}\n",
        made.origin, made.ledger, made.vkey
    );
    for key in &made.keys {
        text.push_str(&format!("  key   {keys}/{key} and {keys}/{key}.pub\n"));
    }
    for key in &made.keys_found {
        text.push_str(&format!("  key   {keys}/{key} (was there)\n"));
    }
    for entry in &made.entries {
        text.push_str(&format!(
            "  #{}    {} {}\n",
            entry.index,
            entry.statement_type,
            entry.id.short()
        ));
    }
    text.push_str("Auditors pin the id or the vkey: publish them where your readers know you.\n");
    text
}
