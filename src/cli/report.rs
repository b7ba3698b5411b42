//! `report practice`: the verdicts of a period, and what an assessor should look at.

use super::show::{clip, lines_table, table};
use super::{Answer, AtArgs, Context, OutputArgs, at_length};
use crate::app::read::csv;
use crate::app::read::practice::{self, Asked, Concern, Practice};
use crate::app::{Catalog, Error, output};
use claimledger_core::encoding::time::PartialDate;
use clap::{Args, Subcommand};
use std::path::PathBuf;

/// What to report on.
#[derive(Debug, Subcommand)]
pub enum ReportCommand {
    /// List what an assessor of a fact-checking code looks for, verdict by verdict
    #[command(long_about = at_length::<PracticeArgs>())]
    Practice(PracticeArgs),
}

/// Options of `report practice`.
#[derive(Debug, Args)]
#[command(
    long_about = "Lists the verdicts of a period with what an assessor should look at: one traced origin or none \
                  first-hand, the claimant not asked, nobody but the author approving, interests not declared, late \
                  corrections, disputes without an answer or without effect, quotations that are not in their text. Days \
                  are those on which the ledger took the verdict in, in UTC.\n\nA sample puts the verdicts in the order \
                  of SHA-256(seed \u{2016} verdict id) and takes the first N, so that anybody draws the same; each is \
                  listed with everything under it.",
    after_help = "Example:\n  claimledger report practice --from 2026-01-01 --to 2026-06-30 --sample 10 --seed 'lottery \
                  of 4 July'\n  claimledger report practice --csv practice.csv"
)]
pub struct PracticeArgs {
    /// The first day: YYYY-MM-DD
    #[arg(long, value_name = "DATE")]
    pub from: Option<PartialDate>,
    /// The last day: YYYY-MM-DD
    #[arg(long, value_name = "DATE")]
    pub to: Option<PartialDate>,
    /// Draw this many verdicts to read whole
    #[arg(long, value_name = "N", requires = "seed")]
    pub sample: Option<u64>,
    /// What the sample is drawn by: words that nobody could know beforehand
    #[arg(long, value_name = "S", requires = "sample")]
    pub seed: Option<String>,
    /// Write the verdicts as CSV (RFC 4180) into this file
    #[arg(long, value_name = "FILE")]
    pub csv: Option<PathBuf>,
    /// Whether it may be written over.
    #[command(flatten)]
    pub over: OutputArgs,
    /// As of when.
    #[command(flatten)]
    pub at: AtArgs,
}

/// Runs `report …`.
pub fn run(command: ReportCommand, context: &mut Context) -> Result<Answer, Error> {
    match command {
        ReportCommand::Practice(args) => practice(args, context),
    }
}

fn practice(args: PracticeArgs, context: &mut Context) -> Result<Answer, Error> {
    if let Some(file) = &args.csv {
        output::check(&context.desk, file, args.over.force)?;
    }
    let catalog = Catalog::open(&context.desk)?;
    context.terminal.notes(&catalog.notes);
    let asked = Asked {
        from: args.from,
        to: args.to,
        at: args.at.at,
        sample: args.sample.zip(args.seed),
    };
    let found = practice::of(&context.desk, &catalog, &asked)?;
    if let Some(file) = &args.csv {
        output::write(
            &context.desk,
            file,
            as_csv(&found).as_bytes(),
            args.over.force,
        )?;
    }
    context.terminal.answer(&found, || people(&found));
    Ok(Answer::Yes)
}

fn people(found: &Practice) -> String {
    let mut text = format!(
        "{} verdicts, as of {} entries and {}\n",
        found.verdicts.len(),
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
            verdict.taken_in.clone(),
            verdict.line.holder.clone(),
            clip(&verdict.line.words, 40),
            verdict.standing.join("; "),
            concerns.collect::<Vec<_>>().join("; "),
        ]
    });
    if !found.verdicts.is_empty() {
        let head = ["entry", "taken in", "by", "rating", "standing", "look at"];
        text.push_str(&table(&head, rows));
        let counts = found.counts.iter().filter(|(_, count)| **count > 0);
        let counts =
            counts.map(|(concern, count)| vec![concern.code().to_owned(), count.to_string()]);
        text.push('\n');
        text.push_str(&table(&["look at", "verdicts"], counts));
    }
    for drawn in &found.sample {
        text.push_str(&format!(
            "\ndrawn: #{} ({}), with everything under it\n{}",
            drawn.entry,
            &drawn.draw[..16],
            lines_table(&drawn.under)
        ));
    }
    text
}

/// One record a verdict; a concern's field holds the entries that show it, or nothing.
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
            verdict.line.holder.clone(),
            verdict.line.words.clone(),
            verdict.claim.clone(),
            verdict.standing.join("; "),
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
