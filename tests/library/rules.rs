//! The rule book from outside: `docs/rules.md` held to the code, and a state machine that says valid and refused things
//! at random to a ledger with its index, and after each of them to a replay that trusts nothing.

#[path = "../../crates/core/src/rules/tests/bodies.rs"]
#[allow(dead_code, reason = "the unit tests use the rest")]
pub mod bodies;

use crate::library::dossiers::entries::Entries;
use crate::library::vectors::variants_in;
use bodies::*;
use claimledger::app::Code;
use claimledger::ledger;
use claimledger::store::MemoryDisk;
use claimledger_core::Code as Core;
use claimledger_core::EntryIndex;
use claimledger_core::audit::finding::OWN_CODES;
use claimledger_core::dossier::report::Verification;
use claimledger_core::dossier::{self, Pins};
use claimledger_core::encoding::DefectCode;
use claimledger_core::entry::Entry;
use claimledger_core::envelope::Parsed;
use claimledger_core::log::tiles::read_entry;
use claimledger_core::model::attestation::Decision;
use claimledger_core::model::correction::CorrectionKind;
use claimledger_core::model::evidence::Stance;
use claimledger_core::model::organisation::Role;
use claimledger_core::model::relation::SourceRelation;
use claimledger_core::model::{Body, StatementId, StatementType};
use claimledger_core::rules::admit;
use claimledger_core::rules::{
    Candidate, MemoryView, Reading, Refusal, Rejection, Says, View as _,
};
use claimledger_core::rules::{Counting, gather, standing};
use claimledger_core::{crypto, encoding, model, tlog};
use claimledger_testing::{FOUNDER, NOW, TestLedger, Voice, forge, key};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

const PAGE: &str = include_str!("../../docs/rules.md");

/// The cells of the table rows under a heading.
fn rows(heading: &str) -> Vec<Vec<&'static str>> {
    let section = PAGE.split("\n## ").find(|part| part.starts_with(heading));
    section
        .expect("the heading is on the page")
        .lines()
        .filter(|line| line.starts_with("| `"))
        .map(|line| line.trim_matches('|').split(" | ").map(str::trim).collect())
        .collect()
}

fn codes(heading: &str) -> BTreeSet<&'static str> {
    let rows = rows(heading);
    let codes: BTreeSet<&str> = rows.iter().map(|row| row[0].trim_matches('`')).collect();
    assert_eq!(
        codes.len(),
        rows.len(),
        "a code stands twice under {heading}"
    );
    codes
}

/// The words of a standing stand on the page in the order in which one of them is shown first.
#[test]
fn the_page_lists_the_words_of_a_standing_in_their_order() {
    let (_, list) = PAGE
        .split_once("Of every statement a list shows one word first.")
        .unwrap();
    let listed: Vec<&str> = list
        .lines()
        .skip_while(|line| !line.starts_with("1. "))
        .take_while(|line| line.starts_with(|c: char| c.is_ascii_digit()))
        .filter_map(|line| line.split('`').nth(1))
        .collect();
    let words: Vec<String> = claimledger_core::rules::StandingWord::ALL
        .iter()
        .map(|word| {
            serde_json::to_value(word)
                .unwrap()
                .as_str()
                .unwrap()
                .to_owned()
        })
        .collect();
    assert_eq!(listed, words);
}

#[test]
fn the_page_lists_every_code_and_no_other() {
    let rejections: BTreeSet<&str> = Rejection::CODES.iter().map(|code| code.as_str()).collect();
    assert_eq!(codes("Rejections"), rejections);
    assert_eq!(Rejection::CODES.len(), rejections.len());
    let findings: BTreeSet<&str> = OWN_CODES.iter().map(|code| code.as_str()).collect();
    assert_eq!(codes("Findings of the audit"), findings);
    let spelling = PAGE
        .split("\nSpelling: ")
        .nth(1)
        .and_then(|rest| rest.split('\n').next());
    let listed: Vec<&str> = spelling
        .expect("the page lists them")
        .trim_end_matches('.')
        .split(", ")
        .map(|code| code.trim_matches('`'))
        .collect();
    let all: Vec<&str> = DefectCode::ALL.iter().map(|code| code.as_str()).collect();
    assert_eq!(listed, all);
}

/// Every code, those of the core first.
fn all_codes() -> impl Iterator<Item = Code> {
    let core = Core::ALL.iter().copied().map(Code::Core);
    core.chain(Code::OWN.iter().copied())
}

#[test]
fn a_code_is_read_back_from_its_spelling() {
    for code in all_codes() {
        assert_eq!(code.as_str().parse(), Ok(code));
    }
}

/// Which rooms' errors give a code: the variants that stand in the `fn code(&self)` of their enums.
fn rooms_by_variant() -> BTreeMap<String, BTreeSet<String>> {
    fn read(folder: &Path, room: &str, found: &mut BTreeMap<String, BTreeSet<String>>) {
        for item in std::fs::read_dir(folder).expect("a folder of the source") {
            let path = item.expect("an item").path();
            let name = path.file_name().and_then(|n| n.to_str()).unwrap_or("");
            if path.is_dir() {
                read(&path, if room.is_empty() { name } else { room }, found);
                continue;
            }
            let source = std::fs::read_to_string(&path).expect("source");
            for variant in variants_in(&source) {
                found.entry(variant).or_default().insert(room.to_owned());
            }
        }
    }
    let mut found = BTreeMap::new();
    for sources in ["src", "crates/core/src"] {
        let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join(sources);
        read(&sources, "", &mut found);
    }
    found
}

/// The codes that neither the rules nor the audit nor a spelling nor an entry gives, room by room.
#[test]
fn the_page_lists_every_other_refusal_with_its_next_step() {
    let heading = "\n## Other refusals\n";
    let (before, section) = PAGE.split_once(heading).expect("the section");
    let (_, after) = section.split_once("\n## ").expect("a section after it");
    let elsewhere = format!("{before}{after}");
    let rooms_by_variant = rooms_by_variant();
    let mut rows = BTreeMap::new();
    for code in all_codes() {
        if elsewhere.contains(&format!("`{code}`")) {
            continue;
        }
        let variant = match code {
            Code::Core(code) => format!("{code:?}"),
            own => format!("{own:?}"),
        };
        let rooms = rooms_by_variant.get(&variant);
        let rooms = rooms.unwrap_or_else(|| panic!("no error gives {code}"));
        let rooms: Vec<String> = rooms.iter().map(|room| format!("`{room}`")).collect();
        let next = code.next_step().unwrap_or("The message says everything.");
        let row = format!("| `{code}` | {} | {next} |\n", rooms.join(", "));
        rows.insert(code.as_str(), row);
    }
    let rows: String = rows.into_values().collect();
    let table = format!("| code | from | what to do next |\n|---|---|---|\n{rows}");
    let introduction = section.split("\n| code ").next().expect("an introduction");
    let page = format!("{before}{heading}{introduction}\n{table}\n## {after}");
    if std::env::var_os("CLAIMLEDGER_BLESS").is_some() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/rules.md");
        std::fs::write(path, page).expect("the page rewritten");
        return;
    }
    assert!(
        page == PAGE,
        "CLAIMLEDGER_BLESS=1 rewrites docs/rules.md; it lacks or has too much of:\n{table}"
    );
}

#[test]
fn every_code_has_a_next_step_and_the_page_gives_the_same() {
    for heading in [
        "Rejections",
        "Findings of the audit",
        "Findings in published pages",
    ] {
        for row in rows(heading) {
            let code = row[0].trim_matches('`');
            let next = code.parse::<Code>().expect("a code").next_step();
            assert_eq!(row.len(), 4, "{code}");
            assert_eq!(row.last().copied(), next, "{code}");
            assert!(row.iter().all(|cell| !cell.is_empty()), "{code}");
        }
    }
}

#[test]
fn the_page_gives_the_roles_for_every_statement() {
    let named: BTreeSet<&str> = rows("Who may say what")
        .iter()
        .flat_map(|row| row[0].split(", "))
        .map(|word| word.trim_matches('`'))
        .collect();
    let all: BTreeSet<&str> = StatementType::ALL.iter().map(|t| t.as_str()).collect();
    assert_eq!(named, all);
}

/// What somebody tries to say: who, what kind of thing, and about which of the statements there are.
#[derive(Debug, Clone, Copy)]
struct Attempt {
    who: u8,
    what: u8,
    one: usize,
    other: usize,
}

fn attempts() -> impl Strategy<Value = Vec<Attempt>> {
    let attempt = (0..PEOPLE, 0..KINDS, 0..64_usize, 0..64_usize);
    let attempt = attempt.prop_map(|(who, what, one, other)| Attempt {
        who,
        what,
        one,
        other,
    });
    prop::collection::vec(attempt, 1..48)
}

/// The ledger, and what a replay of its entries has made of them.
struct Machine {
    ledger: TestLedger<MemoryDisk>,
    replay: MemoryView,
    said: Vec<(StatementType, StatementId)>,
}

impl Machine {
    fn new() -> Self {
        let mut machine = Self {
            ledger: TestLedger::in_memory(),
            replay: MemoryView::default(),
            said: Vec::new(),
        };
        machine.replay_all();
        let founder = key(FOUNDER);
        let id = machine.ledger.founder.ledger.expect("it is made");
        let people: [(u8, &str, &[Role]); 4] = [
            (PEOPLE_FROM + 1, "bob", &[Role::Reviewer]),
            (PEOPLE_FROM + 2, "carol", &[Role::Editor, Role::Reviewer]),
            (PEOPLE_FROM + 3, "dan", &[Role::Admin]),
            (PEOPLE_FROM + 4, "robot", &[Role::Importer]),
        ];
        for (seed, holder, roles) in people {
            let body = enroll(&id, &founder, &key(seed), holder, "desk", roles);
            machine.ledger.say(body);
            machine.replay_all();
        }
        machine
    }

    /// Replays the entries that are new, from the bytes of the log.
    fn replay_all(&mut self) {
        let reader = self.ledger.reader();
        let size = self.ledger.head().size;
        for index in size.indices_from(self.replay.size().next()) {
            let bytes = read_entry(&reader, index, size).unwrap();
            let entry = Entry::decode(&bytes).unwrap();
            let statement = entry.envelope().unwrap().verify_strict().unwrap();
            let candidate = Candidate {
                index,
                time: entry.time,
                statement: &statement,
            };
            let Ok(changes) = admit(&self.replay, &candidate) else {
                panic!("entry {index} is in the log and the replay refuses it");
            };
            let root =
                claimledger_core::log::tiles::root_at(&reader, index.size_through()).unwrap();
            self.replay.apply(&changes, root);
            self.said.push((statement.statement_type, statement.id()));
        }
        let live = self.ledger.index().marker().state;
        assert_eq!(live, self.replay.digest(), "after entry {size}");
    }

    /// One of the statements of a type; where there is none, something that is not there.
    fn any(&self, wanted: StatementType, at: usize) -> StatementId {
        let all: Vec<StatementId> = self
            .said
            .iter()
            .filter(|(statement_type, _)| *statement_type == wanted)
            .map(|(_, id)| *id)
            .collect();
        match all.len() {
            0 => StatementId::from_bytes([7; 32]),
            many => all[at % many],
        }
    }

    fn seed(who: u8) -> u8 {
        match who {
            0 => FOUNDER,
            other => PEOPLE_FROM + other,
        }
    }

    fn body(&self, attempt: Attempt) -> Body {
        use StatementType as T;
        let Attempt {
            who,
            what,
            one,
            other,
            ..
        } = attempt;
        let id = self.ledger.founder.ledger.expect("it is made");
        let by = key(Self::seed(who));
        let new = key(100 + u8::try_from(other).expect("below 64"));
        let someone = u8::try_from(one).expect("below 64") % PEOPLE;
        let words = format!("{one} {other}");
        let size = self.ledger.head().size;
        match what {
            0 => source(&words).into(),
            1 => {
                let mut newer = source(&words);
                newer.correction = correction(self.any(T::SourceAdd, one), CorrectionKind::Update);
                newer.into()
            }
            2 => claim(&words).into(),
            3 => {
                let kinds = [CorrectionKind::Typo, CorrectionKind::Update];
                let mut newer = claim(&words);
                newer.correction = correction(self.any(T::ClaimAdd, one), kinds[other % 2]);
                newer.into()
            }
            4 | 5 => {
                let stance = [Stance::Supports, Stance::Refutes][other % 2];
                let (claim, source) = (self.any(T::ClaimAdd, one), self.any(T::SourceAdd, other));
                evidence(claim, source, stance).into()
            }
            6 => {
                let relations = SourceRelation::ALL;
                let relation = relations[(one + other) % relations.len()];
                let (mut from, mut to) =
                    (self.any(T::SourceAdd, one), self.any(T::SourceAdd, other));
                if from == to {
                    (from, to) = (StatementId::from_bytes([8; 32]), from);
                }
                relate(from, relation, to).into()
            }
            7 => assess(self.any(T::SourceAdd, one), self.any(T::ClaimAdd, other)).into(),
            8 | 9 => {
                let evidence = self.any(T::EvidenceAdd, other);
                let mut claim = self.any(T::ClaimAdd, one);
                // Mostly evidence about this claim, sometimes about another.
                if one % 4 > 0
                    && let Some(fact) = self.replay.statement(&evidence).unwrap()
                    && let Says::Evidence { claim: about, .. } = fact.says
                    && let Some(fact) = self.replay.entry(about).unwrap()
                {
                    claim = fact.id;
                }
                let mut verdict = verdict(claim, self.ledger.scale, &[evidence]);
                verdict.rating = slug(["true", "false", "unproven"][other % 3]);
                if what == 9 {
                    let earlier = self.any(T::VerdictIssue, other);
                    verdict.correction = correction(earlier, CorrectionKind::RatingChange);
                }
                if self.replay.statement(&claim).unwrap().is_some() {
                    verdict.corroboration = self.ledger.corroboration(claim);
                }
                verdict.into()
            }
            10 | 11 => {
                let decisions = Decision::ALL;
                attest(
                    self.any(T::VerdictIssue, one),
                    decisions[other % decisions.len()],
                )
                .into()
            }
            12 => despite(self.any(T::VerdictIssue, one)).into(),
            13 => {
                let types = [T::EvidenceAdd, T::VerdictIssue, T::SourceAdd, T::ClaimAdd];
                withdraw(self.any(types[other % types.len()], one)).into()
            }
            14 => dispute(self.any(T::VerdictIssue, one)).into(),
            15 => answer(self.any(T::DisputeOpen, one)).into(),
            16 => {
                let roles = [&[Role::Reviewer][..], &[Role::Admin, Role::Editor]][other % 2];
                enroll(&id, &by, &new, &format!("new-{other}"), "desk", roles).into()
            }
            17 => rotate(&id, &by, &new).into(),
            18 => revoke(&key(Self::seed(someone)), None).into(),
            19 => revoke(
                &key(Self::seed(someone)),
                Some(EntryIndex::new(other as u64 % (size.get() + 2))),
            )
            .into(),
            20 => policy("desk", other as u64 % 3).into(),
            21 => capture(self.any(T::SourceAdd, one), &words).into(),
            22 => withhold(self.any(T::SourceAdd, one), snapshot(&words).sha256).into(),
            _ => organisation(["desk", "other"][other % 2]).into(),
        }
    }

    /// Says it to the ledger and to the replay: both take it in, or both refuse with the same code.
    fn attempt(&mut self, attempt: Attempt) {
        let mut voice: Voice = self.ledger.voice(Self::seed(attempt.who));
        voice.seen = Some(self.ledger.seen());
        let label = attempt.other.is_multiple_of(8).then_some("a-label");
        let parsed = match label {
            Some(label) => voice.say_as(label, self.body(attempt)),
            None => voice.say(self.body(attempt)),
        };
        let before = self.judged(parsed.clone());
        let live = match self.ledger.append(vec![parsed]) {
            Ok(receipts) => Ok(receipts[0].already),
            Err(ledger::Error::Rejected(rejection)) => Err(rejection.code()),
            Err(other) => panic!("{attempt:?}: {other}"),
        };
        match (live, before) {
            // An envelope that is in the log already is answered with its first entry, and not put there again.
            (Ok(true), Err(Core::StatementRepeated)) => {}
            // What a source holds is kept, so that the audit finds nothing to note.
            (Ok(false), Ok(())) => {
                if matches!(attempt.what, 0 | 1 | 21) {
                    let words = format!("{} {}", attempt.one, attempt.other);
                    self.ledger.keep(words.as_bytes());
                }
            }
            (Err(code), Err(same)) => assert_eq!(code, same, "{attempt:?}"),
            other => panic!("{attempt:?}: live and replayed differ: {other:?}"),
        }
        self.replay_all();
    }

    fn judged(&self, parsed: Parsed) -> Result<(), Core> {
        let statement = parsed.verify_strict().unwrap();
        let candidate = Candidate {
            index: self.replay.size().next(),
            time: NOW,
            statement: &statement,
        };
        match admit(&self.replay, &candidate) {
            Ok(_) => Ok(()),
            Err(Refusal::Rejected(rejection)) => Err(rejection.code()),
            Err(Refusal::View(never)) => match never {},
        }
    }

    /// Every fact of the replay is in the index and confirmed by the log; and what follows from the facts is the same
    /// through both, as of every size.
    fn compare(&self) {
        let reader = self.ledger.reader();
        let live = self.ledger.index().view(&reader);
        for (key, fact) in self.replay.facts() {
            assert_eq!(live.fact(&key).unwrap().as_ref(), Some(&fact), "{key:?}");
        }
        for size in self.replay.size().indices().map(EntryIndex::size_through) {
            let ours = Reading::at(&live, size).unwrap();
            let theirs = Reading::at(&self.replay, size).unwrap();
            for index in size.indices() {
                let fact = theirs.entry(index).unwrap().expect("all were admitted");
                assert_eq!(
                    ours.is_live(index).unwrap(),
                    theirs.is_live(index).unwrap(),
                    "entry {index} as of {size}"
                );
                match fact.says {
                    Says::Verdict(_) => assert_eq!(
                        standing(&ours, index).unwrap(),
                        standing(&theirs, index).unwrap()
                    ),
                    Says::Claim { .. } => {
                        let counting = Counting::at(&theirs, fact.by.organisation).unwrap();
                        assert_eq!(Counting::at(&ours, fact.by.organisation).unwrap(), counting);
                        assert_eq!(
                            gather(&ours, index, &counting).unwrap(),
                            gather(&theirs, index, &counting).unwrap()
                        );
                    }
                    _ => {}
                }
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_live_state_equals_the_replayed_state_after_every_attempt(attempts in attempts()) {
        let mut machine = Machine::new();
        for attempt in attempts {
            machine.attempt(attempt);
        }
        machine.compare();
        machine.ledger.check();
    }
}

/// What the machine says at random is a mixture: enough is taken in, enough refused, and for many reasons.
#[test]
fn the_state_machine_says_both_valid_and_refused_things() {
    let mut machine = Machine::new();
    let mut taken = BTreeSet::new();
    let mut refused = BTreeSet::new();
    // Knuth's linear congruential generator: the same numbers every time.
    let mut state: u64 = 1;
    let mut below = |bound: u64| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((state >> 33) % bound).expect("below 64")
    };
    for n in 0..600 {
        let attempt = Attempt {
            who: u8::try_from(below(u64::from(PEOPLE))).expect("below 5"),
            what: u8::try_from(below(u64::from(KINDS))).expect("below 24"),
            one: below(64),
            other: below(64),
        };
        // Ends of keys come last, or nobody would be left to speak.
        if n < 400 && (17..=19).contains(&attempt.what) {
            continue;
        }
        let size = machine.replay.size();
        let mut voice = machine.ledger.voice(Machine::seed(attempt.who));
        voice.seen = Some(machine.ledger.seen());
        let code = machine.judged(voice.say(machine.body(attempt)));
        machine.attempt(attempt);
        match code {
            Err(code) => drop(refused.insert(code)),
            Ok(()) if machine.replay.size() > size => drop(taken.insert(attempt.what)),
            Ok(()) => {}
        }
    }
    assert!(taken.len() >= 16, "taken in: {taken:?}");
    assert!(refused.len() >= 10, "refused: {refused:?}");
    machine.ledger.check();
    every_dossier_verifies(&machine);
}

/// What `prove` makes of any entry verifies, and nothing in it is left unjudged.
fn every_dossier_verifies(machine: &Machine) {
    let size = machine.ledger.head().size;
    let entries = Entries::new(forge::entries(&machine.ledger.reader(), size));
    let (head, vkey) = entries.head();
    let pins = Pins {
        ledger_key: Some(vkey),
        ..Pins::default()
    };
    let mut in_part = 0;
    for subject in size.indices() {
        let indices = dossier::select(&entries, subject).unwrap();
        let file = entries.file_under(head.clone(), subject, &indices);
        let report = dossier::verify(&file.print(), &pins).unwrap();
        assert_eq!(report.answer, Verification::Verified, "entry {subject}");
        assert_eq!(report.not_judged, [], "entry {subject}");
        let fact = machine.replay.entry(subject).unwrap().unwrap();
        let trusted = Reading::at(&machine.replay, size)
            .unwrap()
            .is_trusted(&fact);
        assert_eq!(
            report.entry(subject).unwrap().is_distrusted(),
            !trusted.unwrap()
        );
        in_part += u64::from((indices.len() as u64) < size.get());
    }
    assert!(in_part > size.get() / 2, "{in_part} of {size}");
}

/// How many people there are, the founder first.
const PEOPLE: u8 = 5;

/// How many kinds of things the machine knows to say.
const KINDS: u8 = 24;

/// The seeds of the others' keys follow this one.
const PEOPLE_FROM: u8 = 30;
