//! `snapshot withhold`: stops publishing bytes of a source.
//!
//! One file for each verb.

mod withhold;

use crate::app::Error;
use crate::cli::context::{Answer, Context};
use clap::Subcommand;

/// Withhold the stored bytes of a source
#[derive(Debug, Subcommand)]
pub enum SnapshotCommand {
    Withhold(withhold::SnapshotWithholdArgs),
}

/// Runs `snapshot …`.
pub fn run(command: SnapshotCommand, context: &mut Context) -> Result<Answer, Error> {
    let SnapshotCommand::Withhold(args) = command;
    withhold::run(args, context)
}
