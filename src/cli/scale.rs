//! `scale set|list|show`: rating scales, verbatim and versioned.

use super::adding::{self, AddingArgs};
use super::{Answer, AtArgs, Context, at_length, show};
use crate::app::read::show as app_show;
use crate::app::read::show::ScaleShown;
use crate::app::record::settings::{self, NewScale};
use crate::app::record::toml_file;
use crate::app::{Catalog, Error};
use crate::keystore;
use clap::{Args, Subcommand};
use std::path::PathBuf;

/// What to do with rating scales.
#[derive(Debug, Subcommand)]
pub enum ScaleCommand {
    /// Set the next version of a rating scale, from a file
    #[command(long_about = at_length::<SetArgs>())]
    Set(SetArgs),
    /// List the rating scales, every version
    #[command(after_help = "Example:\n  claimledger scale list")]
    List(AtArgs),
    /// Show a rating scale
    Show(ShowArgs),
}

/// Options of `scale show`.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  claimledger scale show")]
pub struct ShowArgs {
    /// The scale version: number, label or id [default: the newest]
    pub id: Option<String>,
    /// As of when.
    #[command(flatten)]
    pub at: AtArgs,
}

/// Options of `scale set`.
#[derive(Debug, Args)]
#[command(
    long_about = "Sets the next version of a rating scale from a TOML file: scale, title, language, direction, and a \
                  [[rating]] each with label, code, needs, number and definition. Labels are kept verbatim. The folder \
                  `scales` has ready-made files.",
    after_help = "Example:\n  claimledger scale set scales/five-point.toml --as mara"
)]
pub struct SetArgs {
    /// The file
    pub file: PathBuf,
    /// How to add it.
    #[command(flatten)]
    pub adding: AddingArgs,
}

/// Runs `scale …`.
pub fn run(command: &ScaleCommand, context: &mut Context) -> Result<Answer, Error> {
    match command {
        ScaleCommand::Set(args) => set(args, context),
        ScaleCommand::List(args) => list(*args, context),
        ScaleCommand::Show(args) => shown(args, context),
    }
}

fn set(args: &SetArgs, context: &mut Context) -> Result<Answer, Error> {
    let new: NewScale = toml_file::toml(&args.file)?;
    let (catalog, signer) = adding::open(context)?;
    let (by, _) = keystore::file::read_public(&context.desk.keys, &signer)?;
    let proposal = settings::scale(&catalog, &new, &by)?;
    adding::add(context, catalog, &signer, &args.adding, proposal)
}

fn list(args: AtArgs, context: &mut Context) -> Result<Answer, Error> {
    let catalog = Catalog::open(&context.desk)?;
    context.terminal.notes(&catalog.notes);
    let lines = settings::scales(&catalog, args.at)?;
    context.terminal.answer(&lines, || {
        let rows = lines.iter().map(|line| {
            vec![
                format!("#{}", line.entry),
                line.organisation.to_string(),
                line.scale.to_string(),
                line.version.to_string(),
                if line.replaced {
                    "replaced"
                } else {
                    "in force"
                }
                .to_owned(),
                line.title.clone(),
                line.labels.join(" / "),
            ]
        });
        let head = [
            "entry",
            "organisation",
            "scale",
            "version",
            "standing",
            "title",
            "labels",
        ];
        show::table(&head, rows)
    });
    Ok(Answer::Yes)
}

fn shown(args: &ShowArgs, context: &mut Context) -> Result<Answer, Error> {
    let catalog = Catalog::open(&context.desk)?;
    context.terminal.notes(&catalog.notes);
    let shown = app_show::scale(&catalog, args.id.as_deref(), args.at.at)?;
    context.terminal.answer(&shown, || people(&shown));
    Ok(Answer::Yes)
}

fn people(shown: &ScaleShown) -> String {
    let scale = &shown.scale;
    let rows = scale.entries.iter().map(|entry| {
        vec![
            entry.label.to_string(),
            entry.code.to_string(),
            entry
                .number
                .map_or_else(|| "off scale".to_owned(), |n| n.to_string()),
            entry.needs.to_string(),
            entry
                .definition
                .as_ref()
                .map(ToString::to_string)
                .unwrap_or_default(),
        ]
    });
    let direction = scale.direction.map(|d| format!(", {d}"));
    format!(
        "{} of {}, version {}{} (#{})\n{}",
        scale.title,
        scale.organisation,
        scale.version,
        direction.unwrap_or_default(),
        shown.entry,
        show::table(&["label", "code", "number", "needs", "meaning"], rows)
    )
}
