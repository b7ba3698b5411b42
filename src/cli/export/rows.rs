//! `export csv` and `export jsonl`: any list of the program.

use super::counts::RowCounts;
use super::writing::WritingArgs;
use crate::app::Error;
use crate::app::publish::lists::{self, ListName, RowsAs};
use crate::cli::context::{Answer, Context, ListArgs};
use crate::cli::render::count::count;
use crate::cli::render::standing::not_shown;
use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};

/// Write a list as a table (CSV, RFC 4180, UTF-8)
///
/// The first line names the columns: where in a row of `--json` each value is. A cell with words that begin with =, +, -, @, a
/// tab or a line end gets an apostrophe before them, so that no spreadsheet takes them for a formula; numbers of this
/// program stay numbers. Several values stand in one cell, with `; ` between them.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  claimledger export csv verdicts --out verdicts.csv\n  claimledger export csv sources --all"
)]
pub struct CsvExportArgs {
    #[command(flatten)]
    pub rows: RowsArgs,
}

/// Write a list as JSON Lines: a row of `--json` a line
///
/// Each line is one row of the list, with the fields that `--json` has.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  claimledger export jsonl claims --out claims.jsonl")]
pub struct JsonlExportArgs {
    #[command(flatten)]
    pub rows: RowsArgs,
}

/// Which list, and of it which rows.
#[derive(Debug, Args)]
pub struct RowsArgs {
    /// The list
    #[arg(value_name = "LIST", value_parser = names())]
    pub list: ListName,
    #[command(flatten)]
    pub which: ListArgs,
    #[command(flatten)]
    pub writing: WritingArgs,
}

/// The lists, by name.
fn names() -> impl TypedValueParser<Value = ListName> {
    let names = PossibleValuesParser::new(ListName::ALL.iter().map(|list| list.as_str()));
    names.map(|name| {
        let list = ListName::ALL.iter().find(|list| list.as_str() == name);
        *list.expect("one of these names")
    })
}

/// Writes a table.
pub fn csv(args: &CsvExportArgs, context: &mut Context) -> Result<Answer, Error> {
    write(&args.rows, RowsAs::Csv, context)
}

/// Writes lines.
pub fn jsonl(args: &JsonlExportArgs, context: &mut Context) -> Result<Answer, Error> {
    write(&args.rows, RowsAs::Lines, context)
}

fn write(args: &RowsArgs, how: RowsAs, context: &mut Context) -> Result<Answer, Error> {
    let session = args.writing.session(context)?;
    let which = args.which.which(&session, &mut context.terminal)?;
    let at = args.which.at.at;
    let made = lists::list(&context.desk, &session, args.list, which, at, how)?;
    let counts = RowCounts {
        rows: made.rows,
        not_shown: made.not_shown.clone(),
    };
    let mut said = vec![count(made.rows, "row", "rows")];
    let left_out = not_shown(&made.not_shown);
    said.extend(left_out.lines().map(str::to_owned));
    args.writing.write(context, &made.text, &counts, &said)
}
