//! `import csv`: a review a row, by a mapping of columns.

use super::taking::{self, ImportArgs};
use crate::app::Error;
use crate::app::record::import::{Inputs, Reaching, Spelled};
use crate::cli::context::{Answer, Context};
use crate::formats::Mapping;
use clap::Args;
use std::path::PathBuf;

/// Record the reviews in a table: comma-separated, tab-separated
///
/// A mapping says which column is which field of a review: `author`, `url`, `claim` and `label`; and, where they are known,
/// `value`, `best`, `worst`, `published`, `language`, `claimant`, `claimantRole`, `claimDate` and `appearances`. --guess-map
/// proposes one from the names of the columns, for you to correct. Without --map the columns have the names of the fields.
///
/// In tab-separated text a quotation mark is a character. The encoding is that of the byte order mark, else the one in the
/// mapping, else UTF-8; it is never guessed.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  claimledger import csv checks.csv --guess-map > map.toml\n  claimledger import csv checks.csv --map map.toml --as nadia"
)]
pub struct CsvArgs {
    /// The files
    #[arg(required = true, value_name = "FILE")]
    pub inputs: Vec<String>,
    /// The TOML file with the mapping; see `docs/examples/maps`
    #[arg(long, value_name = "FILE")]
    pub map: Option<PathBuf>,
    /// Print a mapping guessed from the names of the columns, and import nothing
    #[arg(long, conflicts_with = "map")]
    pub guess_map: bool,
    #[command(flatten)]
    pub import: ImportArgs,
}

/// Imports, or proposes a mapping.
pub fn run(args: &CsvArgs, context: &mut Context) -> Result<Answer, Error> {
    let mapping = taking::mapping(args.map.as_deref(), &args.inputs)?;
    let inputs = Inputs::named(&args.inputs)?;
    if args.guess_map {
        let names = match inputs.all.first() {
            Some(first) => first.columns(&context.desk, &mapping)?,
            None => Vec::new(),
        };
        context
            .terminal
            .exact(&Mapping::guess(&names, mapping.delimiter));
        return Ok(Answer::Yes);
    }
    let spelled = Spelled::Table(mapping);
    taking::run(&args.import, &inputs, &spelled, Reaching::FILES, context)
}
