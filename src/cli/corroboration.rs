//! `corroboration`: how independent the support of a claim is. The sentence comes first.

use super::context::{Answer, AtArgs, Context, OutputArgs};
use crate::app::read::corroboration::{self, Corroborated};
use crate::app::{Error, Session, output};
use claimledger_core::corroboration::svg;
use claimledger_core::encoding::name::Slug;
use clap::Args;
use std::path::PathBuf;

/// Show how independent the support of a claim really is
///
/// Counts the independent origins of the evidence for a claim and against it, from the signed relations between sources. It
/// names the source through which all evidence passes, if there is one, and the statement that would change the result. The
/// result is never a score of truth.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  claimledger corroboration cracks\n  claimledger corroboration cracks --svg cracks.svg"
)]
pub struct CorroborationArgs {
    /// The claim, or a verdict on it
    pub claim: String,
    /// Count the statements that count for this organisation: its own, and those that its policy lists under
    /// `evidenceFrom`. By default it is the verdict's organisation, or the one that recorded the claim
    #[arg(long = "for", value_name = "ORG")]
    pub organisation: Option<Slug>,
    /// Write a drawing to this file
    #[arg(long, value_name = "FILE")]
    pub svg: Option<PathBuf>,
    #[command(flatten)]
    pub over: OutputArgs,
    #[command(flatten)]
    pub at: AtArgs,
}

/// Computes and shows the corroboration of a claim.
pub fn run(args: &CorroborationArgs, context: &mut Context) -> Result<Answer, Error> {
    if let Some(file) = &args.svg {
        output::check(&context.desk, file, args.over.force)?;
    }
    let session = Session::open(&context.desk)?;
    let at = args.at.size(&session, &mut context.terminal)?;
    let found = corroboration::corroborate(&session, &args.claim, args.organisation.as_ref(), at)?;
    if let Some(file) = &args.svg {
        let drawing = svg::draw(&found.graph, &found.report, &found.text);
        output::write(&context.desk, file, drawing.as_bytes(), args.over.force)?;
    }
    context.terminal.answer(&found, || render_text(&found));
    Ok(Answer::Yes)
}

fn render_text(found: &Corroborated) -> String {
    let report = &found.report;
    let mut text = format!("\u{201c}{}\u{201d}\n\n{}\n\n", found.text, report.sentence);
    let counting = &found.counting;
    text.push_str(&format!(
        "for {}: {}{}\n",
        counting.organisation,
        counting.because,
        match &counting.with[..] {
            [] => String::new(),
            with => format!("; its policy also counts {}", with.join(", ")),
        }
    ));
    for line in &report.numbers {
        text.push_str(&format!("{line}\n"));
    }
    for note in &report.notes {
        text.push_str(&format!("note: {note}\n"));
    }
    for other in &found.others_say {
        let statements: Vec<String> = other.statements.iter().map(|e| format!("#{e}")).collect();
        text.push_str(&format!(
            "\n{} says more, which does not count: {}; with it\n",
            other.organisation,
            statements.join(", ")
        ));
        for line in &other.numbers {
            text.push_str(&format!("  {line}\n"));
        }
    }
    if !report.changes.is_empty() {
        text.push_str("\nwhat would change the result\n");
        for change in &report.changes {
            text.push_str(&format!("  {}\n", change.text));
        }
    }
    text.push_str(&format!("\n(as of {} entries)\n", found.at));
    text
}
