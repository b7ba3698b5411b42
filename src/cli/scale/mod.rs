//! `scale set|list|show`: rating scales, verbatim and versioned.
//!
//! One file for each verb.

mod list;
mod set;
mod show;

use crate::app::Error;
use crate::cli::context::{Answer, Context};
use clap::Subcommand;

/// Set, list and show rating scales
#[derive(Debug, Subcommand)]
pub enum ScaleCommand {
    Set(set::ScaleSetArgs),
    List(list::ScaleListArgs),
    Show(show::ScaleShowArgs),
}

/// Runs `scale …`.
pub fn run(command: &ScaleCommand, context: &mut Context) -> Result<Answer, Error> {
    match command {
        ScaleCommand::Set(args) => set::run(args, context),
        ScaleCommand::List(args) => list::run(*args, context),
        ScaleCommand::Show(args) => show::run(args, context),
    }
}
