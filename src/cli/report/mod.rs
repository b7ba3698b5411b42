//! `report practice`: reports on what the ledger shows.
//!
//! One file for each verb.

mod practice;

use crate::app::Error;
use crate::cli::context::{Answer, Context};
use clap::Subcommand;

/// Report on the practice that the ledger shows
#[derive(Debug, Subcommand)]
pub enum ReportCommand {
    Practice(practice::ReportPracticeArgs),
}

/// Runs `report …`.
pub fn run(command: ReportCommand, context: &mut Context) -> Result<Answer, Error> {
    match command {
        ReportCommand::Practice(args) => practice::run(args, context),
    }
}
