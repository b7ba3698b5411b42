//! `claim add|relate|relations|list`: what people said, or are reported to have said.
//!
//! One file for each verb.

mod add;
mod list;
mod relate;
mod relations;

use crate::app::Error;
use crate::cli::context::{Answer, Context};
use clap::Subcommand;

/// Record and list claims, and how they relate
#[derive(Debug, Subcommand)]
pub enum ClaimCommand {
    Add(Box<add::ClaimAddArgs>),
    Relate(Box<relate::ClaimRelateArgs>),
    Relations(relations::ClaimRelationsArgs),
    List(list::ClaimListArgs),
}

/// Runs `claim …`.
pub fn run(command: ClaimCommand, context: &mut Context) -> Result<Answer, Error> {
    match command {
        ClaimCommand::Add(args) => add::run(*args, context),
        ClaimCommand::Relate(args) => relate::run(*args, context),
        ClaimCommand::Relations(args) => relations::run(&args, context),
        ClaimCommand::List(args) => list::run(&args, context),
    }
}
