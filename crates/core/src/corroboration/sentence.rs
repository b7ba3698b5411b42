//! The result in plain words: first the sentence, then the numbers, then the notes.

use super::analysis::{Analysis, OwnWordReason, Place, Side};
use super::called::SourceNames;
use super::conflict::Conflict;
use super::policy::{PolicyAnswer, RequirementAnswer};
use crate::message;
use crate::message::Message;
use crate::model::evidence::Stance;
use crate::model::verdict::Counts;

impl SourceNames<'_> {
    /// The sentence.
    pub fn sentence(&self, analysis: &Analysis, policy: Option<&PolicyAnswer>) -> Message {
        let mut sentences = vec![
            self.side("Support", &analysis.support),
            self.side("Against", &analysis.refutation),
        ];
        sentences.extend(self.carriers(analysis));
        sentences.extend(policy.map(|answer| policy_sentence(*answer).into()));
        Message::join(&sentences, " ")
    }

    fn side(&self, label: &'static str, side: &Side) -> Message {
        let counts = &side.counts;
        if counts.documents == 0 {
            return format!("{label}: no evidence.").into();
        }
        let documents = documents(side);
        let origins = Message::join(&self.origins(side), "; and on ");
        let uncounted = uncounted(side);
        let mut sentences = vec![message!(
            "{label}: {documents}, resting on {origins}{uncounted}.",
            origins
        )];
        if counts.untraced > 0 && (counts.independent > 0 || counts.untraced > 1) {
            let many = upper(&plural(counts.untraced, "origin", "origins"));
            sentences.push(if counts.untraced == 1 {
                format!("{many} is not traced; it may add none, one or several.").into()
            } else {
                format!("{many} are not traced; each may add none, one or several.").into()
            });
        }
        if !side.beside.is_empty() {
            let beside = self.list(&side.beside);
            sentences.push(message!(
                "First-hand too, but not shown to be independent of what is counted: {beside}.",
                beside
            ));
        }
        Message::join(&sentences, " ")
    }

    /// What a side depends on: counted, not traced, own word, circular.
    fn origins(&self, side: &Side) -> Vec<Message> {
        let mut origins = Vec::new();
        if side.counts.independent > 0 {
            let count = plural(
                side.counts.independent,
                "independent origin",
                "independent origins",
            );
            let counted = self.listed(&side.independent, |name, place| {
                if place.never_held {
                    message!("{name}, not seen here", name)
                } else {
                    name
                }
            });
            origins.push(message!("at least {count} ({counted})", counted));
        }
        let untraced = side.untraced.iter().cloned();
        let (unseen, seen): (Vec<_>, Vec<_>) = untraced.partition(|place| place.never_held);
        let listed = self.list(&seen);
        match seen.len() {
            0 => {}
            1 => origins.push(message!("{listed}, whose origin is not traced", listed)),
            _ => origins.push(message!("{listed}, whose origins are not traced", listed)),
        }
        if !unseen.is_empty() {
            let listed = self.list(&unseen);
            origins.push(message!("{listed}, named but not seen", listed));
        }
        for (why, one, several) in [
            (
                OwnWordReason::Claimant,
                "the claimant's own word",
                "the claimant's own word",
            ),
            (
                OwnWordReason::SpeaksForClaimant,
                "which speaks for the claimant",
                "which speak for the claimant",
            ),
            (
                OwnWordReason::Appearance,
                "where the claim appeared",
                "where the claim appeared",
            ),
        ] {
            let own = side.own_word.iter().filter(|own| own.why == why);
            let places: Vec<Place> = own.map(|own| own.place.clone()).collect();
            let listed = self.list(&places);
            match places.len() {
                0 => {}
                1 => origins.push(message!("{listed}, {one}", listed)),
                _ => origins.push(message!("{listed}, {several}", listed)),
            }
        }
        origins.extend(side.circular.iter().map(|circle| {
            let circle = self.list(circle);
            message!("a circle of {circle}, origin unknown", circle)
        }));
        origins
    }

    fn carriers(&self, analysis: &Analysis) -> Vec<Message> {
        let mut said = Vec::new();
        if !analysis.both.is_empty() {
            let (through, wrong) = self.through(analysis, &analysis.both);
            said.push(message!(
                "Everything passes through {through}: if {wrong} is wrong, nothing remains on either side.",
                through
            ));
        }
        for (what, side) in [
            ("support", &analysis.support),
            ("refutation", &analysis.refutation),
        ] {
            let single = analysis.carriers_told(side);
            // What is not counted leaves nothing to lose.
            let counts = side.counts.independent + side.counts.untraced > 0;
            if !single.is_empty() && counts {
                let (through, wrong) = self.through(analysis, &single);
                said.push(message!(
                    "All {what} passes through {through}: if {wrong} is wrong, no {what} remains.",
                    through
                ));
            }
            if !side.cut.is_empty() {
                let together = plural(side.cut.len() as u64, "source", "sources");
                let cut = self.list(&side.cut);
                said.push(message!(
                    "No single source carries all {what}; {together} together do ({cut}).",
                    cut
                ));
            }
        }
        for source in &analysis.translations_without_original {
            let source = self.name(source);
            said.push(message!(
                "A machine translation whose original nobody here ever held: {source}.",
                source
            ));
        }
        said
    }

    /// "A", or "A, then B": outward from the claim; and the pronoun for one of them.
    fn through(&self, analysis: &Analysis, places: &[Place]) -> (Message, &'static str) {
        let names: Vec<Message> = places
            .iter()
            .map(|place| {
                let machine = analysis
                    .translations_without_original
                    .contains(&place.source);
                let mark = if machine { " (machine-translated)" } else { "" };
                let name = self.name(&place.source);
                message!("{name}{mark}", name)
            })
            .collect();
        (
            Message::join(&names, ", then "),
            if places.len() == 1 {
                "it"
            } else {
                "any of these"
            },
        )
    }

    /// "A", "A and B", "A, B and C", "A, B, C, D and 6 more".
    pub fn list(&self, places: &[Place]) -> Message {
        self.listed(places, |name, _| name)
    }

    /// The same, each as `shown` tells it.
    fn listed(&self, places: &[Place], shown: impl Fn(Message, &Place) -> Message) -> Message {
        let told = places.iter().take(MAX_NAMES);
        let mut names: Vec<Message> = told
            .map(|place| shown(self.name(&place.source), place))
            .collect();
        if places.len() > MAX_NAMES {
            names.push(format!("{} more", places.len() - MAX_NAMES).into());
        }
        if names.iter().any(|name| name.raw().contains(',')) {
            return Message::join(&names, "; ");
        }
        match names.split_last() {
            None => Message::default(),
            Some((only, [])) => only.clone(),
            Some((last, others)) => {
                let others = Message::join(others, ", ");
                message!("{others} and {last}", others, last)
            }
        }
    }

    /// The notes: where signed statements contradict one another.
    pub fn notes(&self, analysis: &Analysis) -> Vec<Message> {
        let conflicts = analysis.conflicts.iter();
        let mut notes: Vec<Message> = conflicts.map(|conflict| self.conflict(conflict)).collect();
        for (stance, words) in [
            (Stance::Mixed, "Mixed evidence, on neither side"),
            (Stance::Context, "Context, on neither side"),
        ] {
            let evidence = analysis.neither_side.iter();
            let listed: Vec<Message> = evidence
                .filter(|evidence| evidence.stance == stance)
                .map(|e| {
                    let (source, evidence) = (self.name(&e.source), self.name(&e.evidence));
                    message!("{source} ({evidence})", source, evidence)
                })
                .collect();
            if !listed.is_empty() {
                let listed = Message::join(&listed, "; ");
                notes.push(message!("{words}: {listed}.", listed));
            }
        }
        notes
    }

    fn conflict(&self, conflict: &Conflict) -> Message {
        match conflict {
            Conflict::Assessments {
                source,
                said,
                followed,
            } => {
                let said: Vec<&str> = said.iter().map(|kind| kind.words()).collect();
                let (source, said) = (self.name(source), said.join(" / "));
                let followed = followed.words();
                message!(
                    "Reviewers disagree on {source}: {said}. It is taken to be {followed}.",
                    source
                )
            }
            Conflict::OwnWordInside {
                first_hand,
                own_word,
            } => {
                let (first_hand, own_word) = (self.name(first_hand), self.name(own_word));
                message!(
                    "Not counted: {first_hand} is assessed as first-hand, but has one origin with {own_word}, the \
                     claimant's side.",
                    first_hand,
                    own_word
                )
            }
            Conflict::BothSides {
                supporting,
                supports,
                refuting,
                refutes,
                revised,
            } => {
                let one = self.name(supporting);
                let (speak, advice) = if supporting == refuting {
                    let speak = message!("One source speaks for both sides, {one}", one);
                    (speak, "")
                } else {
                    let other = self.name(refuting);
                    let (two, advice) = if *revised {
                        (
                            "Two versions of one report",
                            " Supersede the other evidence.",
                        )
                    } else {
                        ("Two sources of one origin", "")
                    };
                    let speak =
                        message!("{two} speak for both sides, {one} and {other}", one, other);
                    (speak, advice)
                };
                let (support, refutation) = (self.name(supports), self.name(refutes));
                message!(
                    "{speak}: {support} supports, {refutation} refutes.{advice}",
                    speak,
                    support,
                    refutation
                )
            }
            Conflict::VouchAgainstDependence {
                dependent,
                upstream,
            } => {
                let (dependent, upstream) = (self.name(dependent), self.name(upstream));
                message!(
                    "A vouch is not counted: {dependent} is vouched independent of {upstream}, but depends on it.",
                    dependent,
                    upstream
                )
            }
            Conflict::VouchWithinOrigin { sources: [a, b] } => {
                let (a, b) = (self.name(a), self.name(b));
                message!(
                    "A vouch is not counted: {a} and {b} are vouched independent, but have one origin.",
                    a,
                    b
                )
            }
        }
    }
}

/// "one report in 41 copies", "three documents (one of them in two copies)".
fn documents(side: &Side) -> String {
    let copied: Vec<u64> = side.copies.iter().copied().filter(|n| *n > 1).collect();
    let copies = |count: u64| plural(count, "copy", "copies");
    let documents = plural(side.counts.documents, "document", "documents");
    match copied[..] {
        [] => documents,
        [only] if side.counts.documents == 1 => format!("one report in {}", copies(only)),
        [only] => format!("{documents} (one of them in {})", copies(only)),
        _ => {
            let most = copied.iter().max().copied().unwrap_or_default();
            let many = plural(copied.len() as u64, "of them", "of them");
            format!("{documents} ({many} in up to {})", copies(most))
        }
    }
}

/// Which part of what a side depends on is not counted.
fn uncounted(side: &Side) -> &'static str {
    let counts = &side.counts;
    let only = counts.independent + counts.untraced == 0;
    match (only, counts.own_word > 0, counts.circular > 0) {
        (_, false, false) => "",
        (true, ..) => "; not counted",
        (_, true, false) => "; the claimant's side is not counted",
        (_, false, true) => "; a circle is not counted",
        (_, true, true) => "; neither the claimant's side nor a circle is counted",
    }
}

/// The counts of a side, in one line.
pub fn numbers(label: &str, counts: &Counts) -> String {
    format!(
        "{label}: documents {}, independent at least {}, not traced {}, claimant's side {}, circular {}",
        counts.documents, counts.independent, counts.untraced, counts.own_word, counts.circular
    )
}

fn policy_sentence(answer: PolicyAnswer) -> String {
    let asked = plural(answer.origins, "origin", "origins");
    let words = |answer: RequirementAnswer| match answer {
        RequirementAnswer::Met => "met",
        RequirementAnswer::NotMet => "not met",
        RequirementAnswer::CannotTell => "cannot be told",
    };
    let parts: Vec<String> = [("support", answer.support), ("against", answer.refutation)]
        .iter()
        .filter_map(|(side, answer)| answer.map(|answer| format!("{side} {}", words(answer))))
        .collect();
    if parts.is_empty() {
        return format!("Policy ({asked}): this rating needs none.");
    }
    format!("Policy ({asked}): {}.", parts.join("; "))
}

/// "one document", "two documents", "13 documents".
pub(crate) fn plural(count: u64, one: &str, many: &str) -> String {
    let words = [
        "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
        "eleven", "twelve",
    ];
    let number = usize::try_from(count)
        .ok()
        .and_then(|count| words.get(count));
    let number = number.map_or_else(|| count.to_string(), |word| (*word).to_owned());
    format!("{number} {}", if count == 1 { one } else { many })
}

fn upper(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

/// A sentence with more names cannot be read; the lists have all of them.
const MAX_NAMES: usize = 4;
