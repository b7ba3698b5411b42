//! `org set|list`: the organisations of the ledger.
//!
//! One file for each verb.

mod list;
mod set;

use crate::app::Error;
use crate::cli::context::{Answer, Context};
use clap::Subcommand;

/// Describe and list organisations
#[derive(Debug, Subcommand)]
pub enum OrgCommand {
    Set(set::OrgSetArgs),
    List(list::OrgListArgs),
}

/// Runs `org …`.
pub fn run(command: OrgCommand, context: &mut Context) -> Result<Answer, Error> {
    match command {
        OrgCommand::Set(args) => set::run(args, context),
        OrgCommand::List(args) => list::run(args, context),
    }
}
