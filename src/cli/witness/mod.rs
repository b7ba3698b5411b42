//! `witness new|serve|add-checkpoint`: confirms that other ledgers only grow.
//!
//! One file for each verb.

mod add_checkpoint;
mod new;
mod post;
pub mod serve;

use crate::app::Error;
use crate::cli::context::{Answer, Context};
use clap::Subcommand;

/// Run a witness for other ledgers
#[derive(Debug, Subcommand)]
pub enum WitnessCommand {
    New(new::WitnessNewArgs),
    Serve(serve::WitnessServeArgs),
    AddCheckpoint(add_checkpoint::WitnessAddCheckpointArgs),
}

/// Runs `witness …`.
pub fn run(command: &WitnessCommand, context: &mut Context) -> Result<Answer, Error> {
    match command {
        WitnessCommand::New(args) => new::run(args, context),
        WitnessCommand::Serve(args) => serve::run(args, context),
        WitnessCommand::AddCheckpoint(args) => add_checkpoint::run(args, context),
    }
}
