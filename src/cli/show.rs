//! `show`: one entry whole; and how statements and lists look on paper.

use super::{Answer, AtArgs, Context};
use crate::app::read::corroboration::Moved;
use crate::app::read::line::Line;
use crate::app::read::show::{self, Shown};
use crate::app::{Catalog, Error};
use claimledger_core::model::StatementType;
use clap::Args;
use comfy_table::{ContentArrangement, Table, TableStyle};
use serde_json::Value;
use std::collections::BTreeMap;

/// Options of `show`.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  claimledger show 12\n  claimledger show tibilov-referendum --at 40\n  \
                        claimledger show 3f8a91c2 --envelope > verdict.dsse.json"
)]
pub struct ShowArgs {
    /// The entry: its number, its label, or 8 or more digits of its id
    pub id: String,
    /// Print its DSSE envelope, which other software verifies
    #[arg(long)]
    pub envelope: bool,
    /// As of when.
    #[command(flatten)]
    pub at: AtArgs,
}

/// Shows one entry.
pub fn run(args: &ShowArgs, context: &mut Context) -> Result<Answer, Error> {
    let catalog = Catalog::open(&context.desk)?;
    context.terminal.notes(&catalog.notes);
    if args.envelope {
        let envelope = show::envelope(&catalog, &args.id, args.at.at)?;
        context.terminal.text(&envelope);
        return Ok(Answer::Yes);
    }
    let shown = show::show(&catalog, &args.id, args.at.at)?;
    context.terminal.answer(&shown, || people(&shown));
    Ok(Answer::Yes)
}

/// Lists the entries of one type.
pub fn list(
    statement_type: StatementType,
    at: AtArgs,
    context: &mut Context,
) -> Result<Answer, Error> {
    let catalog = Catalog::open(&context.desk)?;
    context.terminal.notes(&catalog.notes);
    let lines = show::list(&catalog, statement_type, at.at)?;
    context.terminal.answer(&lines, || lines_table(&lines));
    Ok(Answer::Yes)
}

/// Options of lists that may be narrowed to one thing.
#[derive(Debug, Args)]
pub struct AboutArgs {
    /// Only what names this claim, source or other entry
    pub id: Option<String>,
    /// As of when.
    #[command(flatten)]
    pub at: AtArgs,
}

/// Lists the entries of one type, or those of them that name a thing.
pub fn about(
    statement_type: StatementType,
    args: &AboutArgs,
    context: &mut Context,
) -> Result<Answer, Error> {
    let Some(name) = &args.id else {
        return list(statement_type, args.at, context);
    };
    let catalog = Catalog::open(&context.desk)?;
    context.terminal.notes(&catalog.notes);
    let lines = show::about(&catalog, statement_type, name, args.at.at)?;
    context.terminal.answer(&lines, || lines_table(&lines));
    Ok(Answer::Yes)
}

fn people(shown: &Shown) -> String {
    let line = &shown.line;
    let label = line.label.as_deref().map(|l| format!(" {l}"));
    let mut text = format!(
        "#{} {}{}\n  id        {}\n  signed by {}{} ({})\n  issued    {}\n  taken in  {}\n",
        line.index,
        line.statement_type,
        label.unwrap_or_default(),
        line.id,
        line.holder,
        shown
            .organisation
            .as_deref()
            .map(|o| format!(" of {o}"))
            .unwrap_or_default(),
        shown.key,
        line.issued,
        shown.taken_in,
    );
    if let Some(seen) = shown.statement.get("seen") {
        text.push_str(&format!(
            "  had seen  {} entries\n",
            seen.get("size").unwrap_or(&Value::Null)
        ));
    }
    // The sentence first, then the numbers.
    if let Some(sentence) = &shown.corroboration {
        text.push_str(&format!("  corroboration when it was signed: {sentence}\n"));
    }
    if let Some(body) = shown.statement.get("body") {
        render(body, &shown.names, 1, &mut text);
    }
    if let Some(context) = &shown.context {
        let (before, after) = (&context.before, &context.after);
        let passage = format!("{before}[{}]{after}", context.quote);
        text.push_str(&format!(
            "  in its context: {}\n",
            passage.replace('\n', "\n    ")
        ));
    }
    if let Some(standing) = &shown.standing {
        if standing.line.index == line.index {
            text.push_str(&format!("  standing: {}\n", standing.words.join("; ")));
        } else {
            text.push_str(&format!(
                "  verdict: #{} {} ({})\n",
                standing.line.index,
                standing.line.words,
                standing.words.join("; ")
            ));
        }
        for lack in &standing.lacking {
            text.push_str(&format!("    {lack}\n"));
        }
    }
    for note in &shown.notes {
        text.push_str(&format!("  ({note})\n"));
    }
    if !shown.named_by.is_empty() {
        text.push_str("named by\n");
        for by in &shown.named_by {
            text.push_str(&format!(
                "  #{} {}: {}\n",
                by.index,
                by.statement_type,
                clip(&by.words, 80)
            ));
        }
    }
    text
}

/// What moved under a verdict, and which entry did it.
pub fn since(moved: &Moved) -> Option<String> {
    moved.since.map(|since| format!("first by #{since}"))
}

/// A statement before it is signed, field by field.
pub fn statement(value: &Value, names: &BTreeMap<String, String>) -> String {
    let mut text = String::new();
    if let Value::Object(fields) = value {
        for (name, value) in fields {
            if matches!(name.as_str(), "type" | "label" | "issued") {
                field(name, value, names, 1, &mut text);
            }
        }
        if let Some(body) = fields.get("body") {
            render(body, names, 1, &mut text);
        }
    }
    text
}

/// JSON for people: a field a line, ids by what they stand for.
fn render(value: &Value, names: &BTreeMap<String, String>, depth: usize, text: &mut String) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                field(name, value, names, depth, text);
            }
        }
        Value::Array(items) => {
            // Ids stand in their own order in the statement; people read them in that of the log.
            let mut items: Vec<&Value> = items.iter().collect();
            if items.iter().all(|item| entry_of(item, names).is_some()) {
                items.sort_by_key(|item| entry_of(item, names));
            }
            for item in items {
                match item {
                    Value::Object(_) | Value::Array(_) => {
                        text.push_str(&format!("{}-\n", "  ".repeat(depth)));
                        render(item, names, depth + 1, text);
                    }
                    plain => text.push_str(&format!(
                        "{}- {}\n",
                        "  ".repeat(depth),
                        scalar(plain, names, depth)
                    )),
                }
            }
        }
        plain => text.push_str(&format!(
            "{}{}\n",
            "  ".repeat(depth),
            scalar(plain, names, depth)
        )),
    }
}

fn field(
    name: &str,
    value: &Value,
    names: &BTreeMap<String, String>,
    depth: usize,
    text: &mut String,
) {
    let indent = "  ".repeat(depth);
    match value {
        Value::Object(_) | Value::Array(_) => {
            text.push_str(&format!("{indent}{}\n", spaced(name)));
            render(value, names, depth + 1, text);
        }
        plain => text.push_str(&format!(
            "{indent}{}: {}\n",
            spaced(name),
            scalar(plain, names, depth)
        )),
    }
}

/// The entry that an id stands for: its name begins with `#` and the number.
fn entry_of(value: &Value, names: &BTreeMap<String, String>) -> Option<u64> {
    let name = names.get(value.as_str()?)?;
    name.strip_prefix('#')?.split(' ').next()?.parse().ok()
}

/// A text with its further lines indented; an id by what it stands for.
fn scalar(value: &Value, names: &BTreeMap<String, String>, depth: usize) -> String {
    match value {
        Value::String(text) => match names.get(text) {
            Some(name) => name.clone(),
            None => text.replace('\n', &format!("\n{}", "  ".repeat(depth + 1))),
        },
        other => other.to_string(),
    }
}

/// `appearedIn` is read as `appeared in`.
fn spaced(name: &str) -> String {
    let mut out = String::with_capacity(name.len() + 4);
    for c in name.chars() {
        if c.is_ascii_uppercase() {
            out.push(' ');
            out.push(c.to_ascii_lowercase());
        } else {
            out.push(c);
        }
    }
    out
}

/// Entries, a line each.
pub fn lines_table(lines: &[Line]) -> String {
    if lines.is_empty() {
        return "none\n".to_owned();
    }
    let rows = lines.iter().map(|line| {
        vec![
            format!("#{}", line.index),
            line.issued.clone(),
            line.statement_type.clone(),
            line.label.clone().unwrap_or_default(),
            line.holder.clone(),
            clip(&line.words, 100),
        ]
    });
    table(&["entry", "issued", "type", "label", "by", "says"], rows)
}

/// A table without lines, wrapped to the terminal where there is one.
pub fn table(head: &[&str], rows: impl Iterator<Item = Vec<String>>) -> String {
    let mut table = Table::new();
    table
        .load_style(TableStyle::new())
        .set_content_arrangement(ContentArrangement::Disabled)
        .set_header(head.iter().copied());
    for row in rows {
        table.add_row(row);
    }
    let lines: Vec<String> = table
        .to_string()
        .lines()
        .map(|line| line.trim_end().to_owned())
        .collect();
    format!("{}\n", lines.join("\n"))
}

/// The first `width` characters on one line.
pub fn clip(words: &str, width: usize) -> String {
    let one_line = words.replace(['\n', '\t'], " ");
    if one_line.chars().count() <= width {
        return one_line;
    }
    let head: String = one_line.chars().take(width - 1).collect();
    format!("{head}\u{2026}")
}
