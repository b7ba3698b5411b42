//! What an organisation sets: its description, its scales, its policy.

use super::told::{Told, place};
use crate::app::Error;
use crate::app::read::screens::pages::{Pages, SignedBy};
use crate::app::read::theirs::theirs;
use crate::app::summary::counted;
use claimledger_core::encoding::name::Slug;
use claimledger_core::model::organisation::{Organisation, Role};
use claimledger_core::model::policy::Policy;
use claimledger_core::model::scale::{Needs, Scale};

pub(super) fn organisation(set: &Organisation, by: &SignedBy) -> Told {
    let languages: Vec<String> = set.languages.iter().map(ToString::to_string).collect();
    Told::new(format!(
        "{} describes the organisation {}.",
        by.who(),
        set.organisation
    ))
    .theirs("name", &set.name)
    .perhaps("web site", set.url.as_ref())
    .perhaps("corrections", set.corrections_policy.as_ref())
    .maybe(
        "languages",
        (!languages.is_empty()).then(|| languages.join(", ")),
    )
}

pub(super) fn scale(scale: &Scale) -> Told {
    let mut told = Told::new(format!(
        "{} rates on the scale {}, version {}.",
        scale.organisation, scale.scale, scale.version
    ))
    .theirs("title", &scale.title);
    for entry in &scale.entries {
        let needs = match entry.needs {
            Needs::Support => " (asks for evidence for the claim)",
            Needs::Refutation => " (asks for evidence against the claim)",
            Needs::Neither => "",
        };
        let mut words = theirs(&entry.label).quoted();
        if let Some(meaning) = &entry.definition {
            words.push_str(": ");
            words.push_str(&theirs(meaning).quoted());
        }
        words.push_str(needs);
        told = told.ours("rating", words);
    }
    told
}

pub(super) fn policy(pages: &Pages<'_>, policy: &Policy) -> Result<Told, Error> {
    let by = if policy.roles.is_empty() {
        String::new()
    } else {
        let roles: Vec<&str> = policy
            .roles
            .iter()
            .map(|role: &Role| role.as_str())
            .collect();
        format!(" by {}", roles.join(" or "))
    };
    let scales = policy.scales.iter();
    let scales: Vec<String> = scales
        .map(|id| place(pages, id))
        .collect::<Result<_, _>>()?;
    Ok(Told::new(format!(
        "From here on a verdict of {} needs {}{by}.",
        policy.organisation,
        counted(policy.approvals, "approval")
    ))
    .ours(
        "approved by",
        format!(
            "{}, of {}",
            at_least(policy.holders, "person", "people"),
            at_least(policy.organisations, "organisation", "organisations")
        ),
    )
    .ours(
        "interests",
        if policy.conflicts_declared {
            "author and approvers must declare their interests"
        } else {
            "author and approvers need not declare their interests"
        },
    )
    .ours(
        "evidence",
        if policy.evidence_needed {
            "a verdict is approved only with the evidence that its scale asks for"
        } else {
            "a verdict may be approved without the evidence that its scale asks for"
        },
    )
    .ours(
        "origins",
        match policy.traced_origins {
            0 => "no number of independent origins is required".to_owned(),
            n => at_least(n, "traced independent origin", "traced independent origins"),
        },
    )
    .ours(
        "corrections",
        policy.correction_days.map_or_else(
            || "no time limit is set".to_owned(),
            |days| format!("due within {}", counted(days, "day")),
        ),
    )
    .maybe("approvals also from", listed(&policy.approvals_from))
    .maybe("evidence also from", listed(&policy.evidence_from))
    .maybe(
        "scales of others",
        (!scales.is_empty()).then(|| scales.join(", ")),
    ))
}

fn at_least(number: u64, one: &str, many: &str) -> String {
    format!("at least {number} {}", if number == 1 { one } else { many })
}

fn listed(organisations: &[Slug]) -> Option<String> {
    let names: Vec<String> = organisations.iter().map(ToString::to_string).collect();
    (!names.is_empty()).then(|| names.join(", "))
}
