//! `mirror add|list|update|show`: verified copies of other ledgers.
//!
//! One file for each verb.

mod add;
mod line;
mod list;
mod show;
mod update;

use super::context::{Answer, Context};
use crate::app::Error;
use clap::Subcommand;

/// Keep checked copies of other ledgers
#[derive(Debug, Subcommand)]
pub enum MirrorCommand {
    Add(add::MirrorAddArgs),
    List(list::MirrorListArgs),
    Update(update::MirrorUpdateArgs),
    Show(show::MirrorShowArgs),
}

/// Runs `mirror …`.
pub fn run(command: &MirrorCommand, context: &mut Context) -> Result<Answer, Error> {
    match command {
        MirrorCommand::Add(args) => add::run(args, context),
        MirrorCommand::List(_) => list::run(context),
        MirrorCommand::Update(args) => update::run(args, context),
        MirrorCommand::Show(args) => show::run(args, context),
    }
}
