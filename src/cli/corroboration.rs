//! `corroboration`: how independent the support of a claim is. The sentence comes first.

use super::context::{Answer, AtArgs, Context, OutputArgs};
use crate::app::read::corroboration::{self, Corroborated};
use crate::app::read::drawing;
use crate::app::read::line::Line;
use crate::app::{Error, Session, output};
use crate::cli::render::table::{table, whole_table};
use crate::host;
use claimledger_core::EntryIndex;
use claimledger_core::encoding::name::Slug;
use claimledger_core::model::StatementType;
use clap::Args;
use std::path::PathBuf;

/// Show how independent the support of a claim really is
///
/// Counts the independent origins of the evidence for a claim and against it, from the signed relations between sources. It
/// names the source through which all evidence passes, if there is one, and the statement that would change the result. The
/// result is never a score of truth.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  claimledger corroboration cracks\n  claimledger corroboration cracks --svg cracks.svg --table"
)]
pub struct CorroborationArgs {
    /// The claim, or a verdict on it
    pub claim: String,
    /// Count the statements that count for this organisation: its own, and those that its policy lists under
    /// `evidenceFrom`. By default it is the verdict's organisation, or the one that recorded the claim
    #[arg(long = "for", value_name = "ORG")]
    pub organisation: Option<Slug>,
    /// Write a drawing for readers to this file: who published what, when, and what rests on what
    #[arg(long, value_name = "FILE")]
    pub svg: Option<PathBuf>,
    /// Show a table: each source with its publisher, title and date, what it says, what it rests on, and how it counts. With
    /// a file, write it there
    #[arg(long, value_name = "FILE", num_args = 0..=1, require_equals = true)]
    #[expect(
        clippy::option_option,
        reason = "without a file it goes to standard output"
    )]
    pub table: Option<Option<PathBuf>>,
    #[command(flatten)]
    pub over: OutputArgs,
    #[command(flatten)]
    pub at: AtArgs,
}

/// Computes and shows the corroboration of a claim.
pub fn run(args: &CorroborationArgs, context: &mut Context) -> Result<Answer, Error> {
    let table_file = args.table.as_ref().and_then(Option::as_ref);
    for file in args.svg.iter().chain(table_file) {
        output::check(&context.desk, file, args.over.force)?;
    }
    let session = Session::open(&context.desk)?;
    let at = args.at.size(&session, &mut context.terminal)?;
    let found = corroboration::corroborate(&session, &args.claim, args.organisation.as_ref(), at)?;
    if let Some(file) = &args.svg {
        let drawing = drawing::draw(&session, &found, &|_| None)?;
        output::write(&context.desk, file, drawing.as_bytes(), args.over.force)?;
    }
    if let Some(file) = table_file {
        let rows = source_table(&found, whole_table);
        output::write(&context.desk, file, rows.as_bytes(), args.over.force)?;
    }
    context.terminal.answer(&found, || {
        let mut text = render_text(&found);
        if args.table == Some(None) {
            text.push_str(&format!("\n{}", source_table(&found, table)));
        }
        for (what, file) in [("drawing", args.svg.as_ref()), ("table", table_file)] {
            if let Some(file) = file {
                text.push_str(&format!("{what} written to {}\n", host::shown_path(file)));
            }
        }
        text
    });
    Ok(Answer::Yes)
}

/// Every source in a row, and how it counts.
fn source_table(
    found: &Corroborated,
    table: fn(&[&str], std::vec::IntoIter<Vec<String>>) -> String,
) -> String {
    let numbers = |entries: &[EntryIndex]| {
        let numbers: Vec<String> = entries.iter().map(|entry| format!("#{entry}")).collect();
        numbers.join(" ")
    };
    let mut head = vec![
        "no",
        "publisher",
        "title",
        "published",
        "stance",
        "rests on",
        "how it counts",
    ];
    let all_live = found.sources.iter().all(|row| row.standing.said.is_empty());
    if !all_live {
        head.push("standing");
    }
    let rows = found.sources.iter().map(|row| {
        let stances: Vec<String> = row.stances.iter().map(ToString::to_string).collect();
        let mut cells = vec![
            format!("#{}", row.entry),
            row.publisher.to_string(),
            row.title.to_string(),
            row.published.clone().unwrap_or_default(),
            stances.join(", "),
            numbers(&row.rests_on),
            row.counts.to_string(),
        ];
        if !all_live {
            cells.push(row.standing.words.to_string());
        }
        cells
    });
    table(&head, rows.collect::<Vec<_>>().into_iter())
}

/// How the entry that was asked about stands, and the form of the claim that is counted; nothing if both are live. It comes
/// first: the numbers below it are those of something that no longer counts.
fn not_live(found: &Corroborated) -> String {
    let mut text = String::new();
    let (asked, claim) = (&found.asked, &found.claim);
    let other = (claim.index != asked.index).then_some(claim);
    for line in std::iter::once(asked).chain(other) {
        if line.standing.facts.is_live() {
            continue;
        }
        let kind = what(line);
        let standing = &line.standing.words;
        text.push_str(&format!("the {kind} #{}: {standing}\n", line.index));
    }
    if let Some(counted) = other
        && what(asked) == "claim"
    {
        text.push_str(&format!("counted for its newer form #{}\n", counted.index));
    }
    if !text.is_empty() {
        text.push('\n');
    }
    text
}

fn what(line: &Line) -> &'static str {
    if line.statement_type == StatementType::VerdictIssue.as_str() {
        "verdict"
    } else {
        "claim"
    }
}

fn render_text(found: &Corroborated) -> String {
    let report = &found.report;
    let mut text = not_live(found);
    text.push_str(&format!("{}\n\n{}\n\n", found.text, report.sentence));
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
