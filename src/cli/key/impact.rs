//! `key impact`: what would be distrusted if a key was stolen.

use crate::app::read::impact::{self, KeyImpact};
use crate::app::when::When;
use crate::app::{Error, Session};
use crate::cli::context::{self, Answer, AtArgs, Context};
use crate::cli::render::table::entry_table;
use clap::Args;

/// Show what would be distrusted if a key were revoked as compromised
///
/// Lists the statements that the key has signed from an entry on, and the statements that rest on them. Changes nothing.
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

fn fallen(impact: &KeyImpact) -> String {
    let mut text = format!(
        "if the key of {} ({}) was stolen at entry {}, these lose trust (as of {} entries)\n",
        impact.holder, impact.fingerprint, impact.from, impact.at
    );
    let mut said = false;
    for (what, lines) in [
        (
            "keys that lose their enrolment or their roles",
            &impact.key_events,
        ),
        (
            "policies and scales that return to an earlier version",
            &impact.settings,
        ),
        ("verdicts", &impact.verdicts),
        ("other statements", &impact.others),
        (
            "verdicts of other people that rest on them",
            &impact.touched,
        ),
        (
            "revocations for compromise that lose their effect",
            &impact.revocations_undone,
        ),
    ] {
        if !lines.is_empty() {
            said = true;
            text.push_str(&format!("\n{what}\n{}", entry_table(lines)));
        }
    }
    if !said {
        text.push_str("nothing loses trust\n");
    }
    text
}
