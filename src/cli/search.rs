//! `search`: claims, sources, verdicts and recorded reviews by their words.

use super::context::{Answer, Context, ListArgs};
use super::render::standing::{self, not_shown};
use super::render::table::clip;
use crate::app::read::everywhere;
use crate::app::read::line::labelled;
use crate::app::read::listed::{Listed, Which};
use crate::app::read::search::{self, Found};
use crate::app::{Error, Session};
use claimledger_core::encoding::foreign::{CONTINUES, Foreign};
use clap::Args;

/// Find claims, sources, verdicts and recorded reviews by their words
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
    pub list: ListArgs,
}

/// Searches.
pub fn run(args: &SearchArgs, context: &mut Context) -> Result<Answer, Error> {
    let words = args.words.join(" ");
    if args.everywhere {
        return everywhere(&words, args.limit, args.list.everywhere(), context);
    }
    let session = Session::open(&context.desk)?;
    let which = args.list.which(&session, &mut context.terminal)?;
    let found = search::search(&session, &words, args.limit, which)?;
    context.terminal.answer(&found, || render_text(&found));
    Ok(if found.found.is_empty() {
        Answer::No
    } else {
        Answer::Yes
    })
}

/// Searches this ledger and every mirror. Scores can be compared only within one ledger, so each ledger has its own list.
fn everywhere(
    words: &str,
    limit: usize,
    which: Which,
    context: &mut Context,
) -> Result<Answer, Error> {
    let all = everywhere::ask(&context.desk, |session| {
        search::search(session, words, limit, which)
    })?;
    context.terminal.notes(&all.notes);
    context.terminal.answer(&all, || {
        let left_out = not_shown(&all.not_shown);
        if all.found.is_empty() {
            return format!("nothing found\n{left_out}");
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
        text + &left_out
    });
    Ok(if all.found.is_empty() {
        Answer::No
    } else {
        Answer::Yes
    })
}

fn render_text(found: &Listed<Found>) -> String {
    let mut text: String = found.found.iter().map(one).collect();
    if text.is_empty() {
        text.push_str("nothing found\n");
    }
    text + &not_shown(&found.not_shown)
}

fn one(found: &Found) -> String {
    let line = &found.line;
    let label = labelled(line.label.as_deref());
    format!(
        "#{} {}{label} by {}{}: {}\n{}",
        line.index,
        line.statement_type,
        line.by(),
        standing::marked(&line.standing),
        clip(&line.words, 100),
        Foreign::from(passage(found)).block(CONTINUES, &|row| vec![row.to_owned()])
    )
}

/// The passage with the words found in brackets.
fn passage(found: &Found) -> String {
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
