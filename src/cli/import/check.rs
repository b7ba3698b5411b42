//! `import check`: the exports of Meedan Check.

use super::taking::{self, ImportArgs};
use crate::app::Error;
use crate::app::record::import::{Inputs, Reaching, Spelled};
use crate::cli::context::{Answer, Context};
use crate::formats::{Mapping, check};
use clap::Args;

/// Record the reviews in an export of Meedan Check
///
/// The export is recognised by its columns: fact-checks, a shared feed, or a list of items. Each lacks something: fact-checks
/// have no rating, and items no address of a published review. What is missing goes to the report: fill it in, and give the
/// report to `import jsonl`. Explainers rate no claim, and are refused.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  claimledger import check fact-checks.csv --author 'Your Desk' --title-is-claim --report report.jsonl --as nadia"
)]
pub struct CheckArgs {
    /// The export
    #[arg(value_name = "FILE")]
    pub input: String,
    /// The organisation whose reviews these are, as it names itself
    #[arg(long, value_name = "NAME")]
    pub author: String,
    /// The title of a fact-check is the claim, in the way that this workspace was used
    #[arg(long)]
    pub title_is_claim: bool,
    #[command(flatten)]
    pub import: ImportArgs,
}

/// Imports.
pub fn run(args: &CheckArgs, context: &mut Context) -> Result<Answer, Error> {
    let inputs = Inputs::named(std::slice::from_ref(&args.input))?;
    let names = match inputs.all.first() {
        Some(first) => first.columns(&context.desk, &Mapping::own(b','))?,
        None => Vec::new(),
    };
    let known = check::mapping(&names, &args.author, args.title_is_claim);
    let (_, mapping) = known.map_err(|reason| Error::File {
        path: args.input.clone(),
        reason,
    })?;
    let spelled = Spelled::Table(mapping);
    taking::run(&args.import, &inputs, &spelled, Reaching::FILES, context)
}
