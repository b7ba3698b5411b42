//! `search`: claims, sources and verdicts by their words.

use super::context::{Answer, AtArgs, Context};
use super::render::table::clip;
use crate::app::read::everywhere;
use crate::app::read::search::{self, Found};
use crate::app::{Error, Session};
use clap::Args;

/// Find claims, sources and verdicts by their words
///
/// Searches also in the stored texts of sources, in any language. The best matches come first. The program compares words,
/// and does not know their meaning.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  claimledger search bridge April\n  claimledger search \u{440}\u{435}\u{444}\u{435}\u{440}\u{435}\u{43d}\u{434}\u{443}\u{43c} --limit 5"
)]
pub struct SearchArgs {
    /// The words to find
    #[arg(required = true, value_name = "WORD")]
    pub words: Vec<String>,
    /// How many matches to show at most
    #[arg(long, value_name = "NUMBER", default_value_t = 20)]
    pub limit: usize,
    /// Search this ledger and every mirror on this machine. --limit then applies to each of them
    #[arg(long, conflicts_with = "at")]
    pub everywhere: bool,
    #[command(flatten)]
    pub at: AtArgs,
}

/// Searches.
pub fn run(args: &SearchArgs, context: &mut Context) -> Result<Answer, Error> {
    let words = args.words.join(" ");
    if args.everywhere {
        return everywhere(&words, args.limit, context);
    }
    let session = Session::open(&context.desk)?;
    let at = args.at.size(&session, &mut context.terminal)?;
    let found = search::search(&session, &words, args.limit, at)?;
    context.terminal.answer(&found, || render_text(&found));
    Ok(if found.is_empty() {
        Answer::No
    } else {
        Answer::Yes
    })
}

/// Searches this ledger and every mirror. Scores can be compared only within one ledger, so each ledger has its own list.
fn everywhere(words: &str, limit: usize, context: &mut Context) -> Result<Answer, Error> {
    let all = everywhere::ask(&context.desk, |session| {
        search::search(session, words, limit, None)
    })?;
    context.terminal.notes(&all.notes);
    context.terminal.answer(&all, || {
        if all.found.is_empty() {
            return "nothing found\n".to_owned();
        }
        let mut text = String::new();
        let mut last = None;
        for of in &all.found {
            let whose = of.whose();
            if last.as_ref() != Some(&whose) {
                text.push_str(&format!("{whose}\n"));
                last = Some(whose);
            }
            text.push_str(&one(&of.found));
        }
        text
    });
    Ok(if all.found.is_empty() {
        Answer::No
    } else {
        Answer::Yes
    })
}

fn render_text(found: &[Found]) -> String {
    if found.is_empty() {
        return "nothing found\n".to_owned();
    }
    found.iter().map(one).collect()
}

fn one(found: &Found) -> String {
    let line = &found.line;
    let label = line.label.as_deref().map(|label| format!(" {label}"));
    format!(
        "#{} {}{} by {}: {}\n    {}\n",
        line.index,
        line.statement_type,
        label.unwrap_or_default(),
        line.by(),
        clip(&line.words, 100),
        marked(found)
    )
}

/// The passage with the words found in brackets.
fn marked(found: &Found) -> String {
    let mut text = String::new();
    let mut from = 0;
    for &(start, end) in &found.matched {
        text.push_str(&found.snippet[from..start]);
        text.push_str(&format!("[{}]", &found.snippet[start..end]));
        from = end;
    }
    text.push_str(&found.snippet[from..]);
    text
}
