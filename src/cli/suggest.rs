//! `source suggest`: help with relations, labelled as help.

use super::show::clip;
use super::{Answer, Context};
use crate::app::read::suggest::{self, Help, Suggested};
use crate::app::{Catalog, Error};
use claimledger_core::corroboration::suggest::Cue;
use clap::Args;

/// Options of `source suggest`.
#[derive(Debug, Args)]
#[command(
    long_about = "Suggests relations of a source to others, from bylines and phrases that attribute in its text, and from \
                  long word sequences that it shares with other held texts. Suggestions are help and never counted: a \
                  reviewer who agrees signs a relation. Finding no overlap is not independence.",
    after_help = "Example:\n  claimledger source suggest daily"
)]
pub struct SuggestArgs {
    /// The source
    pub source: String,
}

/// Suggests relations.
pub fn run(args: &SuggestArgs, context: &mut Context) -> Result<Answer, Error> {
    let catalog = Catalog::open(&context.desk)?;
    context.terminal.notes(&catalog.notes);
    let suggested = suggest::suggest(&catalog, &args.source)?;
    context
        .terminal
        .answer(&suggested, || people(&suggested, &args.source));
    Ok(Answer::Yes)
}

fn people(suggested: &Suggested, source: &str) -> String {
    let mut text = format!("{}\n", suggested.notice);
    if suggested.suggestions.is_empty() {
        text.push_str(&format!(
            "\nnothing to suggest for {source} (compared with {} other texts)\n",
            suggested.compared
        ));
    }
    for help in &suggested.suggestions {
        text.push_str(&format!("\n{}\n", what(help)));
        text.push_str(&format!(
            "  its words: {}\n",
            clip(&help.suggestion.quotation.exact, 120)
        ));
        match &help.command {
            Some(command) => text.push_str(&format!("  to sign it: {command}\n")),
            None => text.push_str(
                "  no source here is by that name: record it first, with --never-held if nobody here held it\n",
            ),
        }
    }
    text
}

fn what(help: &Help) -> String {
    let suggestion = &help.suggestion;
    let to = help
        .called
        .as_deref()
        .or(suggestion.named.as_deref())
        .unwrap_or("another source");
    let why = match &suggestion.basis {
        Cue::Phrase { .. } => "a phrase attributes".to_owned(),
        Cue::Byline => "a byline names it".to_owned(),
        Cue::Overlap {
            permille, words, ..
        } => format!(
            "the texts share sequences of up to {words} words, {} in 100 of this one",
            permille / 10
        ),
    };
    format!("perhaps {} {to} ({why})", suggestion.relation)
}
