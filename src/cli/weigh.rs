//! A verdict on paper, for somebody who is about to put their name on it or on a word about it.

use super::show::clip;
use crate::app::read::verdict_preview::Weighed;

/// What is weighed, in plain words.
pub fn people(weighed: &Weighed) -> String {
    let mut text = String::new();
    let mut say = |what: &str, words: &str| {
        text.push_str(&format!("  {what}: {}\n", words.replace('\n', "\n    ")));
    };
    say(
        "claim",
        &format!(
            "\u{201c}{}\u{201d} (#{})",
            weighed.claim_text, weighed.claim
        ),
    );
    let by = weighed.standing.as_ref().map(|standing| &standing.line);
    let by = by.map(|line| format!(" (#{} by {}, {})", line.index, line.holder, line.issued));
    say(
        "rating",
        &format!("{}{}", weighed.rating, by.unwrap_or_default()),
    );
    say("reasons", &weighed.reasons);
    say(
        "limits",
        weighed.limits.as_deref().unwrap_or("none are named"),
    );
    say("evidence", &weighed.evidence.to_string());
    say("claimant", &weighed.contact);
    let signed = weighed.standing.is_some();
    say(
        if signed {
            "corroboration when it was signed"
        } else {
            "corroboration"
        },
        weighed.corroboration.as_deref().unwrap_or("not computed"),
    );
    if let Some(moved) = weighed.moved() {
        let what = if moved.counts_differ {
            "changed since"
        } else {
            "rests on other statements since, with the same counts"
        };
        let by = moved.since.map(|since| format!(", first by #{since}"));
        say(
            "corroboration now",
            &format!("{what}{}", by.unwrap_or_default()),
        );
    } else if signed {
        say("corroboration now", "the same");
    }
    for interests in &weighed.interests {
        say("interests", interests);
    }
    if signed && weighed.beneath.is_empty() {
        say("under it", "nothing was corrected or withdrawn");
    }
    for changed in &weighed.beneath {
        say("under it", changed);
    }
    if let Some(standing) = &weighed.standing {
        say("standing", &standing.words.join("; "));
        for lack in &standing.lacking {
            say("  lacks", lack);
        }
    }
    for other in &weighed.others {
        say(
            "another verdict on this claim",
            &format!(
                "#{} by {}, {} ({})",
                other.line.index,
                other.line.holder,
                clip(&other.line.words, 80),
                other.words.join("; ")
            ),
        );
    }
    text
}
