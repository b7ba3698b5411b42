//! `source add|list`: documents that say something.

use super::adding::{self, AddingArgs, CorrectingArgs};
use super::{Answer, AtArgs, Context, show};
use crate::app::Error;
use crate::app::source::{self, NewSource};
use crate::model::StatementType;
use crate::model::source::SourceKind;
use clap::{Args, Subcommand};
use std::path::PathBuf;

/// What to do with sources.
#[derive(Debug, Subcommand)]
pub enum SourceCommand {
    /// Record a source and keep what it says
    Add(Box<AddArgs>),
    /// List the sources
    #[command(after_help = "Example:\n  claimledger source list")]
    List(AtArgs),
}

/// Options of `source add`.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  claimledger source add article.txt --title \"Bridge to close\" \
                        --publisher \"Northern Wire\" --published 2026-03-10 --label wire"
)]
pub struct AddArgs {
    /// The file that holds what was captured
    pub file: Option<PathBuf>,
    /// Its title, or a description where it has none
    #[arg(long, value_name = "T")]
    pub title: String,
    /// Who published it
    #[arg(long, value_name = "P")]
    pub publisher: String,
    /// What kind of document, e.g. article, wire, statement, document [default: article]
    #[arg(long, value_name = "K")]
    pub kind: Option<SourceKind>,
    /// Where it was published
    #[arg(long, value_name = "U")]
    pub url: Option<String>,
    /// An author, as named; may be given more than once
    #[arg(long, value_name = "A")]
    pub author: Vec<String>,
    /// When it was published: YYYY, YYYY-MM or YYYY-MM-DD
    #[arg(long, value_name = "DATE")]
    pub published: Option<String>,
    /// Its language, e.g. en or pt-BR
    #[arg(long, value_name = "TAG")]
    pub language: Option<String>,
    /// Who translated it: a name, machine:NAME, or unknown
    #[arg(long, value_name = "WHO")]
    pub translated_by: Option<String>,
    /// Why the source is not named
    #[arg(long, value_name = "REASON")]
    pub unnamed: Option<String>,
    /// Nobody here ever held it
    #[arg(long, requires = "known_through", conflicts_with = "file")]
    pub never_held: bool,
    /// The source through which it is known
    #[arg(long, value_name = "SOURCE", requires = "never_held")]
    pub known_through: Option<String>,
    /// Keep only the digest of the bytes
    #[arg(long, requires = "file")]
    pub hash_only: bool,
    /// What it puts right.
    #[command(flatten)]
    pub correcting: CorrectingArgs,
    /// How to add it.
    #[command(flatten)]
    pub adding: AddingArgs,
}

/// Runs `source …`.
pub fn run(command: SourceCommand, context: &mut Context) -> Result<Answer, Error> {
    match command {
        SourceCommand::Add(args) => add(*args, context),
        SourceCommand::List(at) => show::list(StatementType::SourceAdd, at, context),
    }
}

fn add(args: AddArgs, context: &mut Context) -> Result<Answer, Error> {
    let (catalog, signer) = adding::open(context)?;
    let new = NewSource {
        file: args.file,
        title: args.title,
        publisher: args.publisher,
        kind: args.kind,
        url: args.url,
        author: args.author,
        published: args.published,
        language: args.language,
        translated_by: args.translated_by,
        unnamed: args.unnamed,
        known_through: args.known_through,
        hash_only: args.hash_only,
        correction: args.correcting.correction(),
    };
    let proposal = source::propose(&context.desk, &catalog, &new)?;
    adding::add(context, catalog, &signer, &args.adding, proposal)
}
