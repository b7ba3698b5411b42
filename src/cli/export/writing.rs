//! What every format does: look where it may write, write whole, say what is in it.

use crate::app::publish::claimreview::PublishedCounts;
use crate::app::publish::verdicts::KeptBack;
use crate::app::{Error, Session, output};
use crate::cli::context::{Answer, Context};
use crate::cli::render::count::count;
use crate::host;
use clap::Args;
use serde::Serialize;
use std::path::PathBuf;

/// Where a format is written.
#[derive(Debug, Args)]
pub struct WritingArgs {
    /// Write to this file instead of standard output
    #[arg(long = "out", short, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Overwrite the file if it exists. Keys and files of a ledger are never overwritten
    #[arg(long, requires = "out")]
    pub force: bool,
}

/// What was written, for programs.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase")]
pub struct WrittenFormat<'w, C> {
    /// The file.
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<String>,
    /// Without a file: what would be in it.
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'w str>,
    /// What is in it, and what is not.
    counts: C,
}

impl WritingArgs {
    /// The ledger, open for reading, if its copy on this machine may be published.
    ///
    /// # Errors
    ///
    /// Those of [`output::check`], and of an old or forked copy: what it says may have been withdrawn since.
    pub fn session(&self, context: &mut Context) -> Result<Session, Error> {
        if let Some(out) = &self.out {
            output::check(&context.desk, out, self.force)?;
        }
        let session = Session::open(&context.desk)?;
        session.may_publish(&context.desk)?;
        context.terminal.notes(&session.notes());
        Ok(session)
    }

    /// Writes a text, and says what is in it.
    ///
    /// # Errors
    ///
    /// Those of [`output::write`].
    pub fn write(
        &self,
        context: &mut Context,
        text: &str,
        counts: &impl Serialize,
        said: &[String],
    ) -> Result<Answer, Error> {
        if let Some(out) = &self.out {
            output::write(&context.desk, out, text.as_bytes(), self.force)?;
            let written = WrittenFormat {
                file: Some(out.display().to_string()),
                text: None,
                counts,
            };
            context.terminal.done(&written, || {
                let mut lines = format!("wrote {}\n", host::shown_path(out));
                for line in said {
                    lines.push_str(&format!("  {line}\n"));
                }
                lines
            });
        } else if context.terminal.json() {
            let written = WrittenFormat {
                file: None,
                text: Some(text),
                counts,
            };
            context.terminal.answer(&written, String::new);
        } else {
            context.terminal.exact(text);
            context.terminal.notes(said);
        }
        Ok(Answer::Yes)
    }
}

/// What of verdicts and reviews goes out, and what stays in, a line each.
pub fn lines(counts: &PublishedCounts) -> Vec<String> {
    let stand = count(
        counts.standing,
        "verdict that stands",
        "verdicts that stand",
    );
    let ended = count(
        counts.not_standing,
        "that no longer stands",
        "that no longer stand",
    );
    let mut lines = vec![format!("{stand}, {ended}")];
    if counts.without_address > 0 {
        lines.push(format!(
            "{} without an address, which search engines ask for: --site, or `verdict publish`, gives one",
            verdicts(counts.without_address)
        ));
    }
    lines.extend(kept_back(&counts.kept_back));
    let reviews = |number| count(number, "recorded review", "recorded reviews");
    let of = &counts.review_counts;
    if counts.reviews > 0 {
        lines.push(reviews(counts.reviews));
    }
    if of.without_markup > 0 {
        lines.push(format!(
            "{} with the fields of the record alone: the markup is not here",
            reviews(of.without_markup)
        ));
    }
    for (number, why) in [
        (of.not_live, "withdrawn or replaced"),
        (of.sealed, "words are sealed"),
    ] {
        if number > 0 {
            lines.push(format!("not exported: {} ({why})", reviews(number)));
        }
    }
    lines
}

/// Which verdicts stay in, a line each.
pub fn kept_back(kept: &KeptBack) -> Vec<String> {
    let all = [
        (kept.unapproved, "nobody approved"),
        (kept.rejected, "rejected"),
        (
            kept.corrected,
            "corrected: the verdict that took the place says so",
        ),
        (kept.sealed, "words are sealed"),
    ];
    let all = all.into_iter().filter(|(number, _)| *number > 0);
    all.map(|(number, why)| format!("not exported: {} ({why})", verdicts(number)))
        .collect()
}

fn verdicts(number: u64) -> String {
    count(number, "verdict", "verdicts")
}
