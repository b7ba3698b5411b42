//! A verdict for somebody who is about to sign it, or an opinion on it.
//!
//! What others wrote stands above, cut with a count. What decides stands last, next to the question: the claim, the rating
//! and the standing cannot scroll off the screen.

use crate::app::read::decision::Decision;
use crate::app::read::verdict_preview::VerdictPreview;
use crate::cli::render::table::{clip, fact};
use claimledger_core::{Message, message};

/// The verdict in plain words: first its prose, last what is decided.
pub fn render_text(weighed: &VerdictPreview) -> String {
    let signed = weighed.standing.is_some();
    let mut text = if signed {
        String::from("the verdict in full:\n")
    } else {
        String::from("what else to know:\n")
    };
    if signed {
        // An unsigned verdict shows these among its fields.
        say(&mut text, "reasons", &weighed.reasons);
    }
    match &weighed.limits {
        Some(limits) if signed => say(&mut text, "limits", limits),
        Some(_) => {}
        None => say(&mut text, "limits", &"none given".into()),
    }
    say(&mut text, "claimant", &weighed.contact);
    corroboration(&mut text, weighed);
    for other in &weighed.others {
        let by = other.line.by();
        let (index, words) = (other.line.index, clip(&other.line.words, 80));
        let standing = Message::join(&other.words, "; ");
        let other = format!("#{index} by {by}, {words} ({standing})");
        say(&mut text, "another verdict on this claim", &other.into());
    }
    for interests in &weighed.interests {
        say(&mut text, "interests", interests);
    }
    text.push_str("what is decided:\n");
    let (claim, claim_text) = (weighed.claim, &weighed.claim_text);
    let quoted = message!("#{claim}, {claim_text}", claim_text);
    say(&mut text, "claim", &quoted);
    if let Some(now) = &weighed.claim_now {
        let holds = if now.holds {
            "the same words"
        } else {
            "the verdict is not for these words"
        };
        let (now, entry) = (&now.text, now.entry);
        let quoted = message!("#{entry}, {holds}: {now}", now);
        say(&mut text, "claim now", &quoted);
    }
    let without = weighed.without_evidence.as_ref();
    let without = without.map(|without| format!("; {without}"));
    let evidence = format!("{}{}", weighed.evidence, without.unwrap_or_default());
    say(&mut text, "evidence", &evidence.into());
    if signed && weighed.beneath.is_empty() && weighed.objections_beneath.is_empty() {
        let nothing = "nothing was corrected or withdrawn";
        say(&mut text, "what it rests on", &nothing.into());
    }
    for changed in &weighed.beneath {
        say(&mut text, "what it rests on", changed);
    }
    let own = weighed.objections.iter().map(|one| (one, "objection"));
    let beneath = weighed.objections_beneath.iter();
    let beneath = beneath.map(|one| (one, "objection to what it rests on"));
    for (objection, what) in beneath.chain(own) {
        let follows = objection.follows();
        let follows = follows.map(|follows| format!("; {follows}"));
        let (entry, by, state) = (objection.entry, objection.by.who(), objection.state());
        let (follows, note) = (follows.unwrap_or_default(), &objection.note);
        let to = objection.to;
        let words = message!("#{entry} to #{to} by {by}, {state}{follows}: {note}", note);
        say(&mut text, what, &words);
    }
    let by = weighed.standing.as_ref().map(|standing| &standing.line);
    let by = by.map(|line| format!(" (#{} by {}, {})", line.index, line.by(), line.when()));
    let (rating, by) = (&weighed.rating, by.unwrap_or_default());
    say(&mut text, "rating", &message!("{rating}{by}", rating));
    if let Some(kind) = weighed.kind {
        say(&mut text, "rates", &kind.rated().into());
    }
    if let Some(standing) = &weighed.standing {
        say(&mut text, "standing", &Message::join(&standing.words, "; "));
        for lack in &standing.lacking {
            say(&mut text, "  not approved", &lack.as_str().into());
        }
    }
    text
}

/// The last rows before the question: what the statement decides on, and what is signed.
pub fn decision(signs: &str, decision: &Decision) -> String {
    let mut text = String::new();
    for about in &decision.about {
        text.push_str(&format!("  on: {}\n", clip(about, SHOWN_CHARACTERS)));
    }
    for standing in &decision.standing {
        text.push_str(&format!("  standing: {standing}\n"));
    }
    let does = clip(&decision.does, SHOWN_CHARACTERS);
    text.push_str(&format!("  {signs} signs: {does}\n"));
    text
}

fn corroboration(text: &mut String, weighed: &VerdictPreview) {
    let signed = weighed.standing.is_some();
    let not_computed = Message::from("not computed");
    let what = if signed {
        "corroboration when it was signed"
    } else {
        "corroboration"
    };
    say(
        text,
        what,
        weighed.corroboration.as_ref().unwrap_or(&not_computed),
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
        let changed = format!("{what}{}", by.unwrap_or_default());
        say(text, "corroboration now", &changed.into());
    } else if signed {
        say(text, "corroboration now", &"the same".into());
    }
}

fn say(text: &mut String, what: &str, words: &Message) {
    let words = words.prose_within(SHOWN_ROWS, SHOWN_CHARACTERS);
    text.push_str(&fact(&format!("  {what}"), &words));
}

/// `show` has the whole text; on a terminal of 24 rows the question and what it is about must stay on the screen.
pub const SHOWN_ROWS: usize = 8;

/// And so many characters of it.
pub const SHOWN_CHARACTERS: usize = 600;

#[cfg(test)]
mod tests {
    use super::*;
    use claimledger_core::EntryIndex;
    use claimledger_core::encoding::foreign::Foreign;

    fn unsigned() -> VerdictPreview {
        VerdictPreview {
            kind: None,
            objections_beneath: Vec::new(),
            claim: EntryIndex::new(4),
            claim_text: Foreign::from("It closes.").into(),
            claim_now: None,
            rating: "True".into(),
            reasons: Foreign::from("The order says so.\nIt is signed.").into(),
            limits: None,
            evidence: 2,
            without_evidence: None,
            contact: "asked on 2026-03-11, no reply".into(),
            corroboration: None,
            interests: Vec::new(),
            standing: None,
            beneath: Vec::new(),
            objections: Vec::new(),
            others: Vec::new(),
        }
    }

    #[test]
    fn a_verdict_that_is_not_signed_yet_shows_its_parts_and_no_standing() {
        assert_eq!(
            render_text(&unsigned()),
            "what else to know:\n  limits: none given\n  claimant: asked on 2026-03-11, no reply\n  corroboration: not \
             computed\nwhat is decided:\n  claim: #4, \u{201c}It closes.\u{201d}\n  evidence: 2\n  rating: True\n"
        );
    }

    #[test]
    fn withdrawn_and_corrected_statements_are_shown_before_signing() {
        let text = render_text(&VerdictPreview {
            interests: vec!["jonas declares no interests".into()],
            beneath: vec!["#3, withdrawn in #9".into()],
            ..unsigned()
        });
        assert!(
            text.contains("  interests: jonas declares no interests\n"),
            "{text}"
        );
        assert!(
            text.contains("  what it rests on: #3, withdrawn in #9\n"),
            "{text}"
        );
    }

    #[test]
    fn what_is_signed_stands_last_and_long_words_of_others_are_cut() {
        let long = Foreign::from("x".repeat(SHOWN_CHARACTERS + 10).as_str());
        let text = decision(
            "edith",
            &Decision {
                about: vec![long.clone().into()],
                standing: vec!["approved".into()],
                does: message!("withdraw: #4: {long}", long),
            },
        );
        let rows: Vec<&str> = text.lines().collect();
        assert!(rows[0].starts_with("  on: \u{201c}xxx") && rows[0].ends_with("\u{2026}\u{201d}"));
        assert_eq!(rows[1], "  standing: approved");
        assert!(rows[2].starts_with("  edith signs: withdraw: #4: \u{201c}xxx") && rows.len() == 3);
    }
}
