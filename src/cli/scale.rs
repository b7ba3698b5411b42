//! `scale show`: a rating scale as its organisation set it.

use super::{Answer, AtArgs, Context, show};
use crate::app::show::{self as app_show, ScaleShown};
use crate::app::{Catalog, Error};
use clap::{Args, Subcommand};

/// What to do with rating scales.
#[derive(Debug, Subcommand)]
pub enum ScaleCommand {
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

/// Runs `scale …`.
pub fn run(command: &ScaleCommand, context: &mut Context) -> Result<Answer, Error> {
    let ScaleCommand::Show(args) = command;
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
