//! `search`: claims, sources, verdicts and recorded reviews by their words.

use super::context::{Answer, Context, ListArgs};
use super::render::standing::{self, not_shown};
use super::render::table::clip;
use crate::app::read::everywhere;
use crate::app::read::line::labelled;
use crate::app::read::listed::{Listed, Which};
use crate::app::read::search::{self, Found, SearchFor};
use crate::app::when::When;
use crate::app::{Error, Session};
use claimledger_core::encoding::foreign::{CONTINUES, Foreign};
use claimledger_core::encoding::name::{Slug, Url};
use claimledger_core::model::StatementType;
use claimledger_core::rules::StandingWord;
use clap::{Args, ValueEnum};

/// Find claims, sources, verdicts and recorded reviews by their words
///
/// Searches also in the stored texts of sources, in any language. The best matches come first. The program compares words,
/// and does not know their meaning.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  claimledger search bridge April\n  claimledger search \u{440}\u{435}\u{444}\u{435}\u{440}\u{435}\u{43d}\u{434}\u{443}\u{43c} --limit 5"
)]
pub struct SearchArgs {
    /// The words to find. With a filter you need not give any: the newest come first then
    #[arg(value_name = "WORD")]
    pub words: Vec<String>,
    /// Only claims, reviews, sources or verdicts. You can give it more than once
    #[arg(long = "type", value_name = "TYPE", help_heading = FILTERS)]
    pub types: Vec<Searched>,
    /// Only what was added on this day or later: YYYY-MM-DD, an instant, or the number of an entry
    #[arg(long, value_name = "DATE", help_heading = FILTERS)]
    pub since: Option<When>,
    /// Only what was added on this day or earlier
    #[arg(long, value_name = "DATE", help_heading = FILTERS)]
    pub until: Option<When>,
    /// Only what has this standing, for example live, approved or withdrawn
    #[arg(long, value_name = "STANDING", value_parser = standing_word, help_heading = FILTERS)]
    pub standing: Option<StandingWord>,
    /// Only what was signed for this organisation
    #[arg(long, value_name = "ORGANISATION", help_heading = FILTERS)]
    pub organisation: Option<Slug>,
    /// Only claims on this topic, and verdicts and reviews of such claims
    #[arg(long, value_name = "TEXT", help_heading = FILTERS)]
    pub topic: Option<String>,
    /// Only sources and reviews that were published at this address, and claims that appeared there
    #[arg(long, value_name = "URL", help_heading = FILTERS)]
    pub address: Option<Url>,
    /// How many matches to show at most
    #[arg(long, value_name = "NUMBER", default_value_t = 20)]
    pub limit: usize,
    /// Search this ledger and every mirror on this machine. --limit then applies to each of them
    #[arg(long, conflicts_with = "at")]
    pub everywhere: bool,
    #[command(flatten)]
    pub list: ListArgs,
}

const FILTERS: &str = "Filters";

/// A standing by its word, as --json spells it; hyphens and case make no difference.
fn standing_word(text: &str) -> Result<StandingWord, String> {
    let plain = |text: &str| text.replace('-', "").to_lowercase();
    let spelled = |word: &StandingWord| {
        let value = serde_json::to_value(word).unwrap_or_default();
        value.as_str().unwrap_or_default().to_owned()
    };
    let mut all = StandingWord::ALL.iter();
    let found = all.find(|word| plain(&spelled(word)) == plain(text));
    found.copied().ok_or_else(|| {
        let all: Vec<String> = StandingWord::ALL.iter().map(spelled).collect();
        format!("the standings are {}", all.join(", "))
    })
}

/// What can be searched for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Searched {
    /// Claims
    Claim,
    /// Recorded reviews of others
    Review,
    /// Sources, also by their texts
    Source,
    /// Verdicts
    Verdict,
}

impl Searched {
    fn statement_type(self) -> StatementType {
        match self {
            Self::Claim => StatementType::ClaimAdd,
            Self::Review => StatementType::ReviewRecord,
            Self::Source => StatementType::SourceAdd,
            Self::Verdict => StatementType::VerdictIssue,
        }
    }
}

impl SearchArgs {
    /// What to search for.
    ///
    /// # Errors
    ///
    /// [`Error::Usage`] if it is nothing.
    fn what(&self) -> Result<SearchFor, Error> {
        let filtered = !self.types.is_empty()
            || self.since.is_some()
            || self.until.is_some()
            || self.standing.is_some()
            || self.organisation.is_some()
            || self.topic.is_some()
            || self.address.is_some();
        if self.words.is_empty() && !filtered {
            return Err(Error::Usage(
                "give a word to search for, or a filter such as --type claim".to_owned(),
            ));
        }
        Ok(SearchFor {
            words: self.words.join(" "),
            types: self.types.iter().map(|one| one.statement_type()).collect(),
            since: self.since,
            until: self.until,
            standing: self.standing,
            organisation: self.organisation.as_ref().map(ToString::to_string),
            topic: self.topic.clone(),
            address: self.address.as_ref().map(ToString::to_string),
        })
    }
}

/// Searches.
pub fn run(args: &SearchArgs, context: &mut Context) -> Result<Answer, Error> {
    let what = args.what()?;
    if args.everywhere {
        return everywhere(&what, args.limit, args.list.everywhere(), context);
    }
    let session = Session::open(&context.desk)?;
    let which = args.list.which(&session, &mut context.terminal)?;
    let mut progress = context.terminal.progress("indexing");
    let tell = &mut |done, all| progress.tell(done, all);
    let found = search::search(&session, &what, args.limit, which, tell)?;
    drop(progress);
    context.terminal.answer(&found, || render_text(&found));
    Ok(if found.found.is_empty() {
        Answer::No
    } else {
        Answer::Yes
    })
}

/// Searches this ledger and every mirror. Scores can be compared only within one ledger, so each ledger has its own list.
fn everywhere(
    what: &SearchFor,
    limit: usize,
    which: Which,
    context: &mut Context,
) -> Result<Answer, Error> {
    let all = everywhere::ask(&context.desk, |session| {
        let mut progress = context.terminal.progress("indexing");
        let tell = &mut |done, all| progress.tell(done, all);
        search::search(session, what, limit, which, tell)
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
