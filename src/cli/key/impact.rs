//! `key impact`: what would be distrusted if a key was stolen.

use crate::app::read::impact::{self, KeyImpact, VerdictImpact};
use crate::app::read::line::{Line, labelled};
use crate::app::when::When;
use crate::app::{Error, Session};
use crate::cli::context::{self, Answer, AtArgs, Context};
use crate::cli::render::table::entry_table;
use clap::Args;

/// Show what would be distrusted if a key were revoked as compromised
///
/// Lists the statements that the key has signed from an entry on, and the statements that rest on them; for each verdict, its
/// standing before and after. Once the key is revoked as compromised, it lists what the revocation changed. Changes nothing.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  claimledger key impact jonas --from 41")]
pub struct KeyImpactArgs {
    /// The key: its name here, its fingerprint, its public half or its holder (desk/rita if two organisations have a rita)
    pub key: String,
    /// The first entry that somebody else may have signed, or the day from whose beginning on (YYYY-MM-DD) [default: the entry
    /// that enrolled the key]
    #[arg(long, value_name = "ENTRY|DATE")]
    pub from: Option<When>,
    #[command(flatten)]
    pub at: AtArgs,
}

/// Says what would fall.
pub fn run(args: &KeyImpactArgs, context: &mut Context) -> Result<Answer, Error> {
    let session = Session::open(&context.desk)?;
    let at = args.at.size(&session, &mut context.terminal)?;
    let from = context::entry(args.from, &session, &mut context.terminal)?;
    let found = impact::key_impact(&context.desk, &session, &args.key, from, at)?;
    context.terminal.answer(&found, || fallen(&found));
    Ok(Answer::Yes)
}

/// What falls, in words.
pub fn fallen(impact: &KeyImpact) -> String {
    let (holder, key) = (&impact.holder, &impact.fingerprint);
    let (from, at) = (impact.from, impact.at);
    let mut text = match impact.distrusted_by {
        Some(by) => format!(
            "the key of {holder} ({key}) is distrusted from entry {from} on by #{by}; these lost trust (as of {at} entries)\n"
        ),
        None => format!(
            "if the key of {holder} ({key}) was stolen at entry {from}, these lose trust (as of {at} entries)\n"
        ),
    };
    let begin = text.len();
    let mut listed = |what: &str, lines: &[Line]| {
        if !lines.is_empty() {
            text.push_str(&format!("\n{what}\n{}", entry_table(lines)));
        }
    };
    listed(
        "keys that lose their enrolment or their roles",
        &impact.key_events,
    );
    listed(
        "policies and scales that return to an earlier version",
        &impact.settings,
    );
    listed("other statements", &impact.others);
    listed(
        "revocations for compromise that lose their effect",
        &impact.revocations_undone,
    );
    let mut weighed = |what: &str, verdicts: &[VerdictImpact]| {
        if !verdicts.is_empty() {
            text.push_str(&format!("\n{what}\n"));
            text.extend(verdicts.iter().map(verdict));
        }
    };
    weighed("verdicts", &impact.verdicts);
    weighed(
        "verdicts of other people that rest on them",
        &impact.touched,
    );
    if text.len() == begin {
        text.push_str("nothing loses trust\n");
    }
    text
}

/// ` #12 pool-verdict by jonas: “The pool is closed.”: False`, then the standing before and after.
fn verdict(verdict: &VerdictImpact) -> String {
    let line = &verdict.line;
    let label = labelled(line.label.as_deref());
    let after = if verdict.after == verdict.before {
        ", and stays so".to_owned()
    } else {
        format!(" -> {}", verdict.after)
    };
    format!(
        " #{}{} by {}: {}\n   {}{after}\n",
        line.index,
        label,
        line.by(),
        verdict.about,
        verdict.before,
    )
}
