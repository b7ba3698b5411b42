//! `source suggest`: suggests relations; they count only when a reviewer signs them.

use crate::app::read::suggest::{self, Help, Suggested};
use crate::app::{Error, Session};
use crate::cli::context::{Answer, Context};
use crate::cli::render::count::count;
use crate::cli::render::standing::marked;
use crate::cli::render::table::clip;
use claimledger_core::corroboration::suggest::Cue;
use claimledger_core::encoding::foreign::Foreign;
use clap::Args;

/// Suggest how a source may depend on others
///
/// Looks for bylines and phrases that name another source, and for long sequences of words that the source shares with other
/// stored texts. Suggestions are help for you. The ledger does not count them until you sign a relation.
///
/// If the program finds no shared words, that does not prove that two sources are independent.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  claimledger source suggest daily")]
pub struct SourceSuggestArgs {
    /// The source
    pub source: String,
}

/// Suggests relations.
pub fn run(args: &SourceSuggestArgs, context: &mut Context) -> Result<Answer, Error> {
    let session = Session::open(&context.desk)?;
    context.terminal.notes(&session.notes());
    let suggested = suggest::suggest(&session, &args.source)?;
    context
        .terminal
        .answer(&suggested, || render_text(&suggested, &args.source));
    Ok(Answer::Yes)
}

fn render_text(suggested: &Suggested, source: &str) -> String {
    let mut text = format!("{}\n", suggested.notice);
    if suggested.suggestions.is_empty() {
        text.push_str(&format!(
            "\nnothing to suggest for {source} (compared with {})\n",
            count(suggested.compared, "other text", "other texts")
        ));
    }
    for help in &suggested.suggestions {
        text.push_str(&format!("\n{}\n", what(help)));
        text.push_str(&format!(
            "  words: {}\n",
            clip(
                &Foreign::from(help.suggestion.quotation.exact.as_str()).quoted(),
                120
            )
        ));
        match &help.command {
            Some(command) => text.push_str(&format!("  to sign it: {command}\n")),
            None => text.push_str(
                "  no source in this ledger has that name: record it first, with --never-held if you have no copy of it\n",
            ),
        }
    }
    text
}

fn what(help: &Help) -> String {
    let suggestion = &help.suggestion;
    let to = match (&help.called, &suggestion.named) {
        (Some(called), _) => called.to_string(),
        (None, Some(named)) => Foreign::from(named.as_str()).quoted(),
        (None, None) => "another source".to_owned(),
    };
    let why = match &suggestion.basis {
        Cue::Phrase { .. } => "a phrase names it as the origin".to_owned(),
        Cue::Byline => "a byline names it".to_owned(),
        Cue::Overlap {
            permille, words, ..
        } => format!(
            "the texts share sequences of up to {words} words, {} in 100 of this one",
            permille / 10
        ),
    };
    let standing = help.standing.as_ref().map(marked).unwrap_or_default();
    format!("perhaps {} {to}{standing} ({why})", suggestion.relation)
}
