//! `import jsonl`: a review a line, such as the corrected report of an import.

use super::taking::{self, ImportArgs};
use crate::app::Error;
use crate::app::record::import::{Inputs, Reaching, Spelled};
use crate::cli::context::{Answer, Context};
use clap::Args;
use std::path::PathBuf;

/// Record the reviews in JSON Lines, such as the corrected report of an import
///
/// Each line is an object with the fields `author`, `url`, `claim` and `label`; and, where they are known, `value`, `best`,
/// `worst`, `published`, `language`, `claimant`, `claimantRole`, `claimDate` and `appearances`. Other fields are passed
/// over, also those that a report has besides. With --map the fields can have any names.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  claimledger import jsonl report.jsonl --as nadia")]
pub struct JsonlArgs {
    /// The files
    #[arg(required = true, value_name = "FILE")]
    pub inputs: Vec<String>,
    /// A TOML file that says which field of a line is which field of a review; see `docs/examples/maps`
    #[arg(long, value_name = "FILE")]
    pub map: Option<PathBuf>,
    #[command(flatten)]
    pub import: ImportArgs,
}

/// Imports.
pub fn run(args: &JsonlArgs, context: &mut Context) -> Result<Answer, Error> {
    let mapping = taking::mapping(args.map.as_deref(), &args.inputs)?;
    let inputs = Inputs::named(&args.inputs)?;
    let spelled = Spelled::Lines(mapping);
    taking::run(&args.import, &inputs, &spelled, Reaching::FILES, context)
}
