//! `show`: one entry in full.

use crate::app::read::show::{self, EntryDetails};
use crate::app::{Error, Session};
use crate::cli::context::{Answer, AtArgs, Context};
use crate::cli::render::standing::{marked, standing};
use crate::cli::render::statement;
use crate::cli::render::table::clip;
use claimledger_core::Message;
use clap::Args;
use serde_json::Value;

/// Show one entry in full
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  claimledger show 12\n  claimledger show tibilov-referendum --at 40\n  \
                        claimledger show 3f8a91c2 --envelope > verdict.dsse.json"
)]
pub struct ShowArgs {
    /// The entry: its number, its label, or 8 or more digits of its id
    pub entry: String,
    /// Print the DSSE envelope, which other software can verify
    #[arg(long)]
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
    context.terminal.answer(&shown, || render_text(&shown));
    Ok(Answer::Yes)
}

fn render_text(shown: &EntryDetails) -> String {
    let line = &shown.line;
    let label = line.label.as_deref().map(|l| format!(" {l}"));
    let mut text = format!(
        "#{} {}{}\n  id        {}\n  signed by {}{} ({})\n  issued    {}\n  added     {}\n",
        line.index,
        line.statement_type,
        label.unwrap_or_default(),
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
        let (before, after) = (&context.before, &context.after);
        let passage = format!("{before}[{}]{after}", context.quote);
        text.push_str(&format!(
            "  in its context: {}\n",
            passage.replace('\n', "\n    ")
        ));
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
