//! A verdict for somebody who is about to sign it, or an opinion on it.

use crate::app::read::verdict_preview::VerdictPreview;
use crate::cli::render::table::clip;

/// The preview in plain words.
pub fn render_text(weighed: &VerdictPreview) -> String {
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
    if let Some(now) = &weighed.claim_now {
        let holds = if now.holds {
            "the same words"
        } else {
            "the verdict is not for these words"
        };
        say(
            "claim now",
            &format!("\u{201c}{}\u{201d} (#{}, {holds})", now.text, now.entry),
        );
    }
    let by = weighed.standing.as_ref().map(|standing| &standing.line);
    let by = by.map(|line| format!(" (#{} by {}, {})", line.index, line.by(), line.when()));
    say(
        "rating",
        &format!("{}{}", weighed.rating, by.unwrap_or_default()),
    );
    say("reasons", &weighed.reasons);
    say("limits", weighed.limits.as_deref().unwrap_or("none given"));
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
        let what = if moved.now.is_none() {
            "too large to count"
        } else if moved.counts_differ {
            "changed since"
        } else {
            "rests on other statements now, with the same counts"
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
        say("what it rests on", "all of it still stands");
    }
    for changed in &weighed.beneath {
        say("what it rests on", changed);
    }
    if let Some(standing) = &weighed.standing {
        say("standing", &standing.words.join("; "));
        for lack in &standing.lacking {
            say("  missing", lack);
        }
    }
    for other in &weighed.others {
        say(
            "another verdict on this claim",
            &format!(
                "#{} by {}, {} ({})",
                other.line.index,
                other.line.by(),
                clip(&other.line.words, 80),
                other.words.join("; ")
            ),
        );
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use claimledger_core::EntryIndex;

    fn unsigned() -> VerdictPreview {
        VerdictPreview {
            claim: EntryIndex::new(4),
            claim_text: "It closes.".to_owned(),
            claim_now: None,
            rating: "True".to_owned(),
            reasons: "The order says so.\nIt is signed.".to_owned(),
            limits: None,
            evidence: 2,
            contact: "asked on 2026-03-11, no reply".to_owned(),
            corroboration: None,
            interests: Vec::new(),
            standing: None,
            beneath: Vec::new(),
            others: Vec::new(),
        }
    }

    #[test]
    fn a_verdict_that_is_not_signed_yet_shows_its_parts_and_no_standing() {
        assert_eq!(
            render_text(&unsigned()),
            "  claim: \u{201c}It closes.\u{201d} (#4)\n  rating: True\n  reasons: The order says so.\n    It is signed.\n  \
             limits: none given\n  evidence: 2\n  claimant: asked on 2026-03-11, no reply\n  corroboration: not computed\n"
        );
    }

    #[test]
    fn withdrawn_and_corrected_statements_are_shown_before_signing() {
        let text = render_text(&VerdictPreview {
            limits: Some("No report.".to_owned()),
            interests: vec!["jonas: no interests".to_owned()],
            beneath: vec!["#3, withdrawn in #9".to_owned()],
            ..unsigned()
        });
        assert!(text.contains("  limits: No report.\n"), "{text}");
        assert!(
            text.contains("  interests: jonas: no interests\n"),
            "{text}"
        );
        assert!(
            text.contains("  what it rests on: #3, withdrawn in #9\n"),
            "{text}"
        );
    }
}
