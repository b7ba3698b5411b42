//! `dispute open|answer|list`: objections to statements, and their answers.
//!
//! One file for each verb.

mod answer;
mod list;
mod open;

use crate::app::Error;
use crate::cli::context::{Answer, Context};
use clap::Subcommand;

/// Object to a statement, and answer objections
#[derive(Debug, Subcommand)]
pub enum DisputeCommand {
    Open(open::DisputeOpenArgs),
    Answer(answer::DisputeAnswerArgs),
    List(list::DisputeListArgs),
}

/// Runs `dispute …`.
pub fn run(command: DisputeCommand, context: &mut Context) -> Result<Answer, Error> {
    match command {
        DisputeCommand::Open(args) => open::run(args, context),
        DisputeCommand::Answer(args) => answer::run(args, context),
        DisputeCommand::List(args) => list::run(&args, context),
    }
}
