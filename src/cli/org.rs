//! `org list`: the organisations of the ledger.

use super::{Answer, AtArgs, Context, show};
use crate::app::{Catalog, Error, show as app_show};
use clap::Subcommand;

/// What to do with organisations.
#[derive(Debug, Subcommand)]
pub enum OrgCommand {
    /// List the organisations
    #[command(after_help = "Example:\n  claimledger org list")]
    List(AtArgs),
}

/// Runs `org …`.
pub fn run(command: &OrgCommand, context: &mut Context) -> Result<Answer, Error> {
    let OrgCommand::List(args) = command;
    let catalog = Catalog::open(&context.desk)?;
    context.terminal.notes(&catalog.notes);
    let lines = app_show::organisations(&catalog, args.at)?;
    context.terminal.answer(&lines, || {
        let rows = lines.iter().map(|line| {
            vec![
                line.organisation.clone(),
                line.name.clone(),
                line.url.clone().unwrap_or_default(),
                format!("#{}", line.entry),
            ]
        });
        show::table(&["organisation", "name", "url", "entry"], rows)
    });
    Ok(Answer::Yes)
}
