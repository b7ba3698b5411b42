//! Holds the examples of the state in `docs/format.md` to the rules.

use super::format::{PAGE, TIME, first_statement};
use claimledger_core::crypto::Digest;
use claimledger_core::model::ledger::Withdraw;
use claimledger_core::model::{Body, Seen, StatementId, correction};
use claimledger_core::rules::{Candidate, Changes, FactKey, MemoryView, admit};
use claimledger_core::{EntryIndex, envelope};
use claimledger_testing::{FOUNDER, NOW, ORIGIN, Voice, say};

/// The pairs of an entry, spelled as the page spells them.
fn pairs(changes: &Changes, such: impl Fn(&FactKey) -> bool) -> Vec<String> {
    let chosen = changes.iter().filter(|(key, _)| such(key));
    chosen
        .map(|pair| serde_json::to_string(&pair).unwrap())
        .collect()
}

#[test]
fn the_changes_and_the_state_of_entry_0_are_computed_again() {
    let (_, statement) = first_statement();
    let candidate = Candidate {
        index: EntryIndex::FIRST,
        time: TIME,
        statement: &statement,
    };
    let Ok(changes) = admit(&MemoryView::default(), &candidate) else {
        panic!("entry 0 of the page is refused");
    };
    let list = format!("[{}]", pairs(&changes, |_| true).join(","));
    assert!(PAGE.contains(&format!("```json\n{list}\n```")), "{list}");
    let grouped = format!("{},{:03} bytes", list.len() / 1_000, list.len() % 1_000);
    assert!(PAGE.contains(&format!("these {grouped}")), "{grouped}");
    let state = changes.digest(&Digest::ZERO);
    assert!(PAGE.contains(&format!("= {state}\n")), "{state}");
}

/// A log in memory in which the founder speaks.
struct Log {
    view: MemoryView,
    founder: Voice,
    lines: Vec<String>,
}

impl Log {
    fn take(&mut self, parsed: envelope::Parsed) -> StatementId {
        let statement = parsed.verify_strict().unwrap();
        let candidate = Candidate {
            index: self.view.size().next(),
            time: NOW,
            statement: &statement,
        };
        let Ok(changes) = admit(&self.view, &candidate) else {
            panic!("entry {} is refused", candidate.index);
        };
        self.view.apply(&changes, Digest::ZERO);
        let became = pairs(&changes, |key| matches!(key, FactKey::Became(..)));
        self.lines.extend(became);
        self.founder.seen = Some(Seen {
            root: Digest::ZERO,
            size: self.view.size(),
        });
        statement.id()
    }

    fn say(&mut self, body: impl Into<Body>) -> StatementId {
        let parsed = self.founder.say(body);
        self.take(parsed)
    }

    fn claim(&mut self, number: u64, supersedes: Option<StatementId>) -> StatementId {
        let mut claim = say::claim(number);
        claim.correction = supersedes.map(|supersedes| correction::Correction {
            supersedes,
            kind: correction::CorrectionKind::Correction,
            was_wrong: say::text("it was said otherwise"),
            noticed_by: None,
            reported: None,
        });
        self.say(claim)
    }
}

#[test]
fn the_facts_about_what_ends_a_statement_are_those_of_the_rules() {
    let (first, _) = say::first_entries(FOUNDER, ORIGIN);
    let mut log = Log {
        view: MemoryView::default(),
        founder: Voice::new(FOUNDER, None),
        lines: Vec::new(),
    };
    for parsed in first {
        let id = log.take(parsed);
        log.founder.ledger.get_or_insert(id);
    }
    while log.view.size().get() < 8 {
        log.claim(log.view.size().get(), None);
    }
    let it = log.claim(8, None);
    let corrected = log.claim(9, Some(it));
    log.say(Withdraw {
        reason: say::text("it was an error"),
        target: corrected,
    });
    log.claim(11, Some(it));
    let lines = log.lines.join("\n");
    assert!(PAGE.contains(&format!("```json\n{lines}\n```")), "{lines}");
}
