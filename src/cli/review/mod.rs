//! `review list`: the recorded reviews of other organisations, and of one's own from before this ledger.
//!
//! One file for each verb.

mod list;

use crate::app::Error;
use crate::cli::context::{Answer, Context};
use clap::Subcommand;

/// List the recorded reviews
#[derive(Debug, Subcommand)]
pub enum ReviewCommand {
    List(list::ReviewListArgs),
}

/// Runs `review …`.
pub fn run(command: &ReviewCommand, context: &mut Context) -> Result<Answer, Error> {
    match command {
        ReviewCommand::List(args) => list::run(args, context),
    }
}
