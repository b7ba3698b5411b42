//! `import claimreview|csv|jsonl|check`: reviews that were published elsewhere, exactly once.
//!
//! One file for each format; what they share is in `taking`.

mod check;
mod claimreview;
mod csv;
mod jsonl;
pub mod taking;

use crate::app::Error;
use crate::cli::context::{Answer, Context};
use clap::Subcommand;

/// Record reviews that were published elsewhere, from pages, feeds and files
#[derive(Debug, Subcommand)]
pub enum ImportCommand {
    #[command(name = "claimreview")]
    ClaimReview(claimreview::ClaimReviewArgs),
    Csv(csv::CsvArgs),
    Jsonl(jsonl::JsonlArgs),
    Check(check::CheckArgs),
}

/// Runs `import …`.
pub fn run(command: &ImportCommand, context: &mut Context) -> Result<Answer, Error> {
    match command {
        ImportCommand::ClaimReview(args) => claimreview::run(args, context),
        ImportCommand::Csv(args) => csv::run(args, context),
        ImportCommand::Check(args) => check::run(args, context),
        ImportCommand::Jsonl(args) => jsonl::run(args, context),
    }
}
