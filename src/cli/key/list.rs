//! `key list`: the keys here and in the ledger.

use crate::app::Error;
use crate::app::keys::enrolment::{self, KeyLine};
use crate::cli::context::{Answer, AtArgs, Context};
use crate::cli::render::table::table;
use clap::Args;

/// List the keys in the key folder and in the ledger
#[derive(Debug, Clone, Copy, Args)]
#[command(after_help = "Example:\n  claimledger key list")]
pub struct KeyListArgs {
    #[command(flatten)]
    pub at: AtArgs,
}

/// Lists the keys.
pub fn run(args: KeyListArgs, context: &mut Context) -> Result<Answer, Error> {
    let (lines, notes) = enrolment::list(&context.desk, args.at.at)?;
    context.terminal.notes(&notes);
    context.terminal.answer(&lines, || key_table(&lines));
    Ok(Answer::Yes)
}

fn key_table(lines: &[KeyLine]) -> String {
    let rows = lines.iter().map(|key| {
        vec![
            key.name.clone().unwrap_or_else(|| "-".to_owned()),
            key.private.to_owned(),
            key.holder.clone().unwrap_or_default(),
            key.organisation.clone().unwrap_or_default(),
            key.roles.join(", "),
            key.standing.clone(),
            key.fingerprint.clone(),
        ]
    });
    let head = [
        "key",
        "private half",
        "holder",
        "organisation",
        "roles",
        "standing",
        "fingerprint",
    ];
    table(&head, rows)
}
