//! `policy show`: the policies in force.

use crate::app::record::settings::{self, PolicyShown};
use crate::app::{Error, Session};
use crate::cli::context::{Answer, AtArgs, Context};
use claimledger_core::encoding::name::Slug;
use clap::Args;

/// Show the policy in force
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  claimledger policy show\n  claimledger policy show desk-example --at 40"
)]
pub struct PolicyShowArgs {
    /// The organisation [default: every organisation]
    #[arg(value_name = "ORGANISATION")]
    pub org: Option<Slug>,
    #[command(flatten)]
    pub at: AtArgs,
}

/// Shows the policies.
pub fn run(args: &PolicyShowArgs, context: &mut Context) -> Result<Answer, Error> {
    let session = Session::open(&context.desk)?;
    let at = args.at.size(&session, &mut context.terminal)?;
    let found = settings::policies(&session, args.org.as_ref(), at)?;
    context.terminal.answer(&found, || {
        if found.is_empty() {
            return "no policy\n".to_owned();
        }
        found.iter().map(render_text).collect()
    });
    Ok(if found.is_empty() {
        Answer::No
    } else {
        Answer::Yes
    })
}

fn render_text(shown: &PolicyShown) -> String {
    let policy = &shown.policy;
    let roles: Vec<String> = policy.roles.iter().map(ToString::to_string).collect();
    let days = policy.correction_days;
    let mut text = format!(
        "policy of {} (#{})\n  approvals            {}{}\n  from holders         {}\n  from organisations   {}\n  \
         interests declared   {}\n  traced origins       {}\n  evidence needed      {}\n  days to correct      {}\n",
        policy.organisation,
        shown.entry,
        policy.approvals,
        if roles.is_empty() {
            String::new()
        } else {
            format!(", by {}", roles.join(" or "))
        },
        policy.holders,
        policy.organisations,
        if policy.conflicts_declared {
            "yes"
        } else {
            "not required"
        },
        policy.traced_origins,
        if policy.evidence_needed {
            "as the rating scale says"
        } else {
            "not required"
        },
        days.map_or_else(|| "not set".to_owned(), |days| days.to_string()),
    );
    let scales: Vec<String> = shown
        .scale_entries
        .iter()
        .map(|e| format!("#{e}"))
        .collect();
    let listed = [
        ("approvals also from", joined(&policy.approvals_from)),
        ("evidence also from", joined(&policy.evidence_from)),
        ("scales of others", scales.join(", ")),
    ];
    for (name, values) in listed.iter().filter(|(_, values)| !values.is_empty()) {
        text.push_str(&format!("  {name:<20} {values}\n"));
    }
    text
}

fn joined(organisations: &[Slug]) -> String {
    let names: Vec<String> = organisations.iter().map(ToString::to_string).collect();
    names.join(", ")
}
