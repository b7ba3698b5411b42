//! `policy set|show`: what a verdict needs to be approved.
//!
//! One file for each verb.

mod set;
mod show;

use crate::app::Error;
use crate::cli::context::{Answer, Context};
use clap::Subcommand;

/// Set and show what a verdict needs to be approved
#[derive(Debug, Subcommand)]
pub enum PolicyCommand {
    Set(set::PolicySetArgs),
    Show(show::PolicyShowArgs),
}

/// Runs `policy …`.
pub fn run(command: &PolicyCommand, context: &mut Context) -> Result<Answer, Error> {
    match command {
        PolicyCommand::Set(args) => set::run(args, context),
        PolicyCommand::Show(args) => show::run(args, context),
    }
}
