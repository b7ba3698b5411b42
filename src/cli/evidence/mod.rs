//! `evidence add|list`: what a source says for or against a claim.
//!
//! One file for each verb.

mod add;
mod list;

use crate::app::Error;
use crate::cli::context::{Answer, Context};
use clap::Subcommand;

/// Record and list evidence for and against claims
#[derive(Debug, Subcommand)]
pub enum EvidenceCommand {
    Add(Box<add::EvidenceAddArgs>),
    List(list::EvidenceListArgs),
}

/// Runs `evidence …`.
pub fn run(command: EvidenceCommand, context: &mut Context) -> Result<Answer, Error> {
    match command {
        EvidenceCommand::Add(args) => add::run(*args, context),
        EvidenceCommand::List(args) => list::run(&args, context),
    }
}
