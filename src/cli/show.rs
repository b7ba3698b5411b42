//! `show`: one entry as a screen for people, or field by field.

use crate::app::read::line::labelled;
use crate::app::read::show::{self, EntryDetails};
use crate::app::{Error, Session};
use crate::cli::context::{Answer, AtArgs, Context};
use crate::cli::render::screens::wrapping::{WIDTH, wrapped};
use crate::cli::render::standing::{marked, standing};
use crate::cli::render::table::{clip, fact};
use crate::cli::render::{screens, statement};
use claimledger_core::Message;
use clap::Args;
use serde_json::Value;

/// Show what an entry says, how it stands, and what depends on it
///
/// A claim is shown with what was concluded about it and the evidence for and against it; a verdict with its meaning, its
/// evidence, its approvals and what has changed since; a source with what was kept of it and what depends on it.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  claimledger show 12\n  claimledger show tibilov-referendum --at 40\n  \
                        claimledger show 3f8a91c2 --envelope > verdict.dsse.json"
)]
pub struct ShowArgs {
    /// The entry: its number, its label, or 8 or more digits of its id
    pub entry: String,
    /// Print the fields of the statement as they were signed, and the entries that name it
    #[arg(long)]
    pub raw: bool,
    /// Print the DSSE envelope, which other software can verify
    #[arg(long, conflicts_with = "raw")]
    pub envelope: bool,
    #[command(flatten)]
    pub at: AtArgs,
}

/// Shows one entry.
pub fn run(args: &ShowArgs, context: &mut Context) -> Result<Answer, Error> {
    let session = Session::open(&context.desk)?;
    let at = args.at.size(&session, &mut context.terminal)?;
    if args.envelope {
        let envelope = show::envelope(&session, &args.entry, at)?;
        context.terminal.exact(&envelope);
        return Ok(Answer::Yes);
    }
    let shown = show::show(&session, &args.entry, at)?;
    context.terminal.answer(&shown, || {
        if args.raw {
            field_by_field(&shown)
        } else {
            for_people(&shown)
        }
    });
    Ok(Answer::Yes)
}

fn for_people(shown: &EntryDetails) -> String {
    let mut text = screens::render(&shown.screen);
    if !shown.notes.is_empty() {
        text.push_str("\nto know\n");
    }
    for note in &shown.notes {
        for row in wrapped(note, WIDTH - 2) {
            text.push_str(&format!("  {row}\n"));
        }
    }
    let back_dated = shown.line.back_dated.is_some();
    text.push_str(&format!(
        "\nentry #{} of the log, recorded {}{}\n",
        shown.line.index,
        shown.taken_in,
        if back_dated {
            ", later than it was dated"
        } else {
            ""
        }
    ));
    text
}

/// Every field of the statement, as it was signed.
fn field_by_field(shown: &EntryDetails) -> String {
    let line = &shown.line;
    let label = labelled(line.label.as_deref());
    let mut text = format!(
        "#{} {}{}\n  id        {}\n  signed by {}{} ({})\n  issued    {}\n  added     {}\n",
        line.index,
        line.statement_type,
        label,
        line.id,
        line.holder,
        line.organisation
            .as_deref()
            .map(|o| format!(" of {o}"))
            .unwrap_or_default(),
        shown.key,
        line.issued,
        shown.taken_in,
    );
    if shown.standing.is_none() && !standing(&line.standing).is_empty() {
        text.push_str(&format!("  standing  {}\n", standing(&line.standing)));
    }
    if let Some(seen) = shown.statement.get("seen") {
        text.push_str(&format!(
            "  had seen  the first {} entries\n",
            seen.get("size").unwrap_or(&Value::Null)
        ));
    }
    // The sentence first, then the numbers.
    if let Some(sentence) = &shown.corroboration {
        text.push_str(&format!("  corroboration when it was signed: {sentence}\n"));
    }
    if let Some(body) = shown.statement.get("body") {
        statement::render(body, &shown.names, 1, &mut text);
    }
    if let Some(context) = &shown.context {
        text.push_str(&fact("  in its context", &context.marked().prose()));
    }
    for judged in shown.standing.iter().chain(&shown.verdicts) {
        if judged.line.index == line.index {
            text.push_str(&format!("  verdict: {}\n", line.words));
            text.push_str(&format!(
                "  standing: {}\n",
                Message::join(&judged.words, "; ")
            ));
        } else {
            // Where several organisations judge one claim, each verdict is shown with its own.
            let of = match &shown.verdicts[..] {
                [_, _, ..] => format!(" of {}", judged.organisation),
                _ => String::new(),
            };
            text.push_str(&format!(
                "  verdict{of}: #{} {} ({})\n",
                judged.line.index,
                judged.line.words,
                Message::join(&judged.words, "; ")
            ));
        }
        for lack in &judged.lacking {
            text.push_str(&format!("    {lack}\n"));
        }
    }
    for note in &shown.notes {
        text.push_str(&format!("  ({note})\n"));
    }
    if !shown.named_by.is_empty() {
        text.push_str("referred to by\n");
        for by in &shown.named_by {
            text.push_str(&format!(
                "  #{} {}{}: {}\n",
                by.index,
                by.statement_type,
                marked(&by.standing),
                clip(&by.words, 80)
            ));
        }
    }
    text
}
