//! `report practice`: the verdicts of a period, and what an assessor should look at.

use crate::app::read::practice::{self, Concern, Practice, PracticeQuery};
use crate::app::{Error, Session, output};
use crate::cli::context::{Answer, AtArgs, Context, OutputArgs};
use crate::cli::render::count::count;
use crate::cli::render::table::{entry_table, table};
use crate::formats::csv;
use claimledger_core::Message;
use claimledger_core::encoding::time::PartialDate;
use clap::Args;
use std::path::PathBuf;

/// List what an assessor of a fact-checking code looks for, verdict by verdict
///
/// Lists the verdicts of a period and marks those that an assessor should look at: one traced origin, or none that is
/// first-hand; the claimant was not asked; nobody except the author agreed to it; interests were not declared; a correction
/// came late; an objection has no answer, or was upheld and nothing was corrected; a quotation is not in its text. The day of
/// a verdict is the day on which its author signed it, by their clock, in UTC, so that every organisation gets the same
/// report; a day of --at is one of this machine's time zone, as everywhere. Verdicts that are dated back are listed apart
/// as well: their author already knew something later.
///
/// With --sample the verdicts are sorted by SHA-256(seed ‖ verdict id), and the first ones are drawn. So all people who use
/// the same seed draw the same verdicts. Each drawn verdict is listed with everything that it rests on.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  claimledger report practice --from 2026-01-01 --to 2026-06-30 --sample 10 --seed 'lottery \
                  of 4 July'\n  claimledger report practice --csv practice.csv"
)]
pub struct ReportPracticeArgs {
    /// The first day, in UTC: YYYY-MM-DD
    #[arg(long, value_name = "DATE")]
    pub from: Option<PartialDate>,
    /// The last day, in UTC: YYYY-MM-DD
    #[arg(long, value_name = "DATE")]
    pub to: Option<PartialDate>,
    /// How many verdicts to draw
    #[arg(long, value_name = "NUMBER", requires = "seed")]
    pub sample: Option<u64>,
    /// The seed of the sample: words that the newsroom could not know beforehand
    #[arg(long, value_name = "TEXT", requires = "sample")]
    pub seed: Option<String>,
    /// Write the verdicts to this file as CSV (RFC 4180)
    #[arg(long, value_name = "FILE")]
    pub csv: Option<PathBuf>,
    #[command(flatten)]
    pub over: OutputArgs,
    #[command(flatten)]
    pub at: AtArgs,
}

/// Reports on a period.
pub fn run(args: ReportPracticeArgs, context: &mut Context) -> Result<Answer, Error> {
    if let Some(file) = &args.csv {
        output::check(&context.desk, file, args.over.force)?;
    }
    let session = Session::open(&context.desk)?;
    let at = args.at.size(&session, &mut context.terminal)?;
    let asked = PracticeQuery {
        from: args.from,
        to: args.to,
        at,
        sample: args.sample.zip(args.seed),
    };
    let found = practice::report(&context.desk, &session, &asked)?;
    if let Some(file) = &args.csv {
        output::write(
            &context.desk,
            file,
            as_csv(&found).as_bytes(),
            args.over.force,
        )?;
    }
    context.terminal.answer(&found, || render_text(&found));
    Ok(Answer::Yes)
}

fn render_text(found: &Practice) -> String {
    let mut text = format!(
        "{}{}, as of {} entries and {}\n",
        count(found.verdicts.len(), "verdict", "verdicts"),
        period(found),
        found.at,
        found.as_of
    );
    let rows = found.verdicts.iter().map(|verdict| {
        let concerns = verdict.concerns.iter().map(|(concern, entries)| {
            let elsewhere = entries.iter().filter(|entry| **entry != verdict.line.index);
            let elsewhere: Vec<String> = elsewhere.map(|entry| format!("#{entry}")).collect();
            if elsewhere.is_empty() {
                concern.code().to_owned()
            } else {
                format!("{} ({})", concern.code(), elsewhere.join(", "))
            }
        });
        vec![
            format!("#{}", verdict.line.index),
            verdict.line.when(),
            verdict.line.by(),
            verdict.line.words.to_string(),
            Message::join(&verdict.standing, "; ").to_string(),
            concerns.collect::<Vec<_>>().join("; "),
        ]
    });
    if !found.verdicts.is_empty() {
        let head = ["entry", "signed", "by", "rating", "standing", "look at"];
        text.push_str(&table(&head, rows));
        let counts = found.counts.iter().filter(|(_, count)| **count > 0);
        let counts =
            counts.map(|(concern, count)| vec![concern.code().to_owned(), count.to_string()]);
        text.push('\n');
        text.push_str(&table(&["look at", "verdicts"], counts));
    }
    if !found.back_dated.is_empty() {
        text.push_str(&format!(
            "\ndated back: signed before something that the signer already knew\n{}",
            entry_table(&found.back_dated)
        ));
    }
    for drawn in &found.sample {
        text.push_str(&format!(
            "\ndrawn: #{} ({}), with everything that it rests on\n{}",
            drawn.entry,
            &drawn.draw[..16],
            entry_table(&drawn.under)
        ));
    }
    text
}

/// ` signed from 2026-01-01 to 2026-06-30 (days of UTC)`. Everywhere else a day is one of this machine's zone.
fn period(found: &Practice) -> String {
    let days = found.days;
    match (&found.from, &found.to) {
        (Some(from), Some(to)) => format!(" signed from {from} to {to} (days of {days})"),
        (Some(from), None) => format!(" signed from {from} on (days of {days})"),
        (None, Some(to)) => format!(" signed until {to} (days of {days})"),
        (None, None) => String::new(),
    }
}

/// One record for each verdict. The field of a concern has the entries that show it, or is empty.
fn as_csv(found: &Practice) -> String {
    let fixed = [
        "entry", "id", "label", "taken in", "by", "rating", "claim", "standing",
    ];
    let mut head: Vec<&str> = fixed.to_vec();
    head.extend(Concern::ALL.iter().map(|concern| concern.code()));
    head.push("excerpts-not-checked");
    let mut text = csv::record(&head);
    for verdict in &found.verdicts {
        let mut fields = vec![
            verdict.line.index.to_string(),
            verdict.line.id.clone(),
            verdict.line.label.clone().unwrap_or_default(),
            verdict.taken_in.clone(),
            verdict.line.by(),
            verdict.line.words.raw(),
            verdict.claim.raw(),
            Message::join(&verdict.standing, "; ").to_string(),
        ];
        fields.extend(Concern::ALL.iter().map(|concern| {
            let entries = verdict.concerns.get(concern).into_iter().flatten();
            let entries: Vec<String> = entries.map(|entry| format!("#{entry}")).collect();
            entries.join(" ")
        }));
        fields.push(verdict.excerpts_not_checked.to_string());
        text.push_str(&csv::record(&fields));
    }
    text
}
