//! `source add|capture|transcribe|relate|assess|text|suggest|relations|assessments|list`: documents that say something.
//!
//! One file for each verb.

mod add;
mod assess;
mod assessments;
mod capture;
mod fetching;
mod list;
mod relate;
mod relations;
mod suggest;
mod text;
mod transcribe;

use crate::app::Error;
use crate::cli::context::{Answer, Context};
use clap::Subcommand;

/// Record and list sources, and how they depend on each other
#[derive(Debug, Subcommand)]
pub enum SourceCommand {
    Add(Box<add::SourceAddArgs>),
    Capture(capture::SourceCaptureArgs),
    Transcribe(transcribe::SourceTranscribeArgs),
    Relate(Box<relate::SourceRelateArgs>),
    Assess(Box<assess::SourceAssessArgs>),
    Text(text::SourceTextArgs),
    Suggest(suggest::SourceSuggestArgs),
    Relations(relations::SourceRelationsArgs),
    Assessments(assessments::SourceAssessmentsArgs),
    List(list::SourceListArgs),
}

/// Runs `source …`.
pub fn run(command: SourceCommand, context: &mut Context) -> Result<Answer, Error> {
    match command {
        SourceCommand::Add(args) => add::run(*args, context),
        SourceCommand::Capture(args) => capture::run(args, context),
        SourceCommand::Transcribe(args) => transcribe::run(args, context),
        SourceCommand::Relate(args) => relate::run(*args, context),
        SourceCommand::Assess(args) => assess::run(*args, context),
        SourceCommand::Text(args) => text::run(&args, context),
        SourceCommand::Suggest(args) => suggest::run(&args, context),
        SourceCommand::Relations(args) => relations::run(&args, context),
        SourceCommand::Assessments(args) => assessments::run(&args, context),
        SourceCommand::List(args) => list::run(&args, context),
    }
}
