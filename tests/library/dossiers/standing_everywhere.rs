//! Of any random log, at any size, every list, `show`, `log`, `search`, dossier and JSON gives each statement the standing
//! that the rules give it.

use super::entries::Entries;
use super::random::{Log, attempts};
use claimledger::app::doubts::Doubts;
use claimledger::app::index_rows::OpenIndexes;
use claimledger::app::proofs::proof;
use claimledger::app::read::listed::{HasStanding, Listed, Which};
use claimledger::app::read::search::SearchFor;
use claimledger::app::read::standing_line::StandingLine;
use claimledger::app::read::{claim_rows, search, show, standing};
use claimledger::app::record::settings;
use claimledger::app::{Desk, Session};
use claimledger::host::clock::SystemClock;
use claimledger::host::disk::FolderDisk;
use claimledger::sync::place::Place;
use claimledger::transport::Authorities;
use claimledger_core::dossier::Pins;
use claimledger_core::model::StatementType;
use claimledger_core::rules::{StandingWord, Standings, StatementStanding};
use claimledger_core::{EntryIndex, TreeSize};
use claimledger_testing::forge;
use proptest::prelude::*;
use serde_json::Value;
use std::collections::BTreeMap;

/// The standing of each entry of a log, by the rules.
struct Expected {
    size: TreeSize,
    of: Vec<StatementStanding>,
}

impl Expected {
    fn at(log: &Log, size: TreeSize) -> Self {
        let Ok(standings) = Standings::at(log.view(), size);
        let each = size.indices().map(|index| {
            let Ok(standing) = standings.of(index);
            standing.expect("an admitted entry")
        });
        Self {
            size,
            of: each.collect(),
        }
    }

    fn of(&self, index: EntryIndex) -> &StatementStanding {
        &self.of[usize::try_from(index.get()).unwrap()]
    }

    /// A list of everything and a list of what is live: each with these standings, and nothing is lost between the two.
    fn check_list<T: HasStanding>(
        &self,
        what: &str,
        list: impl Fn(Which) -> Listed<T>,
        index: impl Fn(&T) -> EntryIndex,
    ) -> usize {
        let which = |all| Which {
            at: Some(self.size),
            all,
        };
        let (all, live) = (list(which(true)), list(which(false)));
        assert!(all.not_shown.0.is_empty(), "{what}");
        let mut left_out: BTreeMap<StandingWord, u64> = BTreeMap::new();
        let mut shown = Vec::new();
        for one in &all.found {
            let expected = self.of(index(one));
            assert_eq!(&one.standing().facts, expected, "{what} {}", index(one));
            match expected.ended() {
                Some(word) => *left_out.entry(word).or_default() += 1,
                None => shown.push(index(one)),
            }
        }
        let found: Vec<EntryIndex> = live.found.iter().map(&index).collect();
        assert_eq!(found, shown, "{what}");
        assert_eq!(live.not_shown.0, left_out, "{what}");
        all.found.len()
    }

    /// The standing in JSON has every field of the rules' standing.
    fn check_json(&self, what: &str, json: &Value, index: EntryIndex) {
        let Value::Object(expected) = serde_json::to_value(self.of(index)).unwrap() else {
            panic!("a standing is an object");
        };
        for (field, value) in expected {
            assert_eq!(json["standing"][&field], value, "{what} {index} {field}");
        }
    }

    /// The same for whatever in an answer names an entry and has a standing, however deep it stands. Says how many.
    fn check_within(&self, what: &str, json: &Value) -> usize {
        let within: usize = match json {
            Value::Array(all) => all.iter().map(|one| self.check_within(what, one)).sum(),
            Value::Object(all) => all.values().map(|one| self.check_within(what, one)).sum(),
            _ => 0,
        };
        match (json["entry"].as_u64(), json["standing"]["word"].as_str()) {
            (Some(entry), Some(_)) => {
                self.check_json(what, json, EntryIndex::new(entry));
                within + 1
            }
            _ => within,
        }
    }
}

/// The log in a folder, and a desk beside it.
fn laid_down(log: &Log) -> (tempfile::TempDir, Desk) {
    let folder = tempfile::tempdir().unwrap();
    let disk = FolderDisk::new(folder.path().join("ledger"));
    let entries = log.first(log.size());
    for (name, bytes) in forge::tiles(&entries.bytes) {
        forge::put(&disk, &name, &bytes);
    }
    forge::put(&disk, "checkpoint", &entries.head().0.to_bytes());
    let desk = desk_in(folder.path());
    (folder, desk)
}

/// A desk with everything in one folder.
pub fn desk_in(folder: &std::path::Path) -> Desk {
    Desk {
        ledger: Place::Folder(folder.join("ledger")),
        keys: folder.join("keys"),
        state: folder.join("state"),
        clock: Box::new(SystemClock),
        clock_is_right: true,
        any_filesystem: true,
        indexes: OpenIndexes::new(|_| ()),
        authorities: Authorities::default(),
        doubts: Doubts::default(),
        reader: None,
    }
}

fn check(log: &Log) {
    let (folder, desk) = laid_down(log);
    let session = Session::open(&desk).unwrap();
    let size = log.size().get();
    let mut within = 0;
    for at in [size, size - size / 4, size / 2] {
        let size = TreeSize::new(at);
        let expected = Expected::at(log, size);
        lists(&session, &expected);
        within += shown(&session, &expected);
        dossiers(log, &expected, &folder.path().join("a.dossier"));
    }
    assert!(
        within > 0,
        "no screen names another entry with its standing"
    );
}

fn lists(session: &Session, expected: &Expected) {
    let log = show::log(session, None, Some(expected.size)).unwrap();
    assert_eq!(log.len(), expected.of.len());
    for line in &log {
        assert_eq!(&line.standing.facts, expected.of(line.index), "log");
        expected.check_json("log", &serde_json::to_value(line).unwrap(), line.index);
    }
    let mut listed = 0;
    for of in StatementType::ALL {
        let list = |which| show::list(session, *of, which).unwrap();
        listed += expected.check_list(of.as_str(), list, |line| line.index);
    }
    assert_eq!(listed, log.len(), "every type is listed");
    let verdicts = |which| standing::list(session, which, false).unwrap();
    expected.check_list("verdict list", verdicts, |verdict| verdict.line.index);
    let claims = show::list(session, StatementType::ClaimAdd, which_all(expected)).unwrap();
    for row in claim_rows::rows(session, claims.found, expected.size).unwrap() {
        for rated in row.ratings {
            let verdict = expected.of(rated.verdict).clone();
            let brief = StandingLine::new(verdict, None).brief();
            assert_eq!(Some(rated.standing), brief, "claim list {}", row.line.index);
        }
    }
    let scales = |which| settings::scales(session, which).unwrap();
    expected.check_list("scale list", scales, |line| line.entry);
    let words: Vec<String> = (0..64).map(|n| format!("w{n}")).collect();
    let words = SearchFor {
        words: words.join(" "),
        ..SearchFor::default()
    };
    let found = |which| search::search(session, &words, usize::MAX, which, &mut |_, _| {}).unwrap();
    expected.check_list("search", found, |found| found.line.index);
}

fn which_all(expected: &Expected) -> Which {
    Which {
        at: Some(expected.size),
        all: true,
    }
}

/// Says how many standings were compared beside those of the entries themselves.
fn shown(session: &Session, expected: &Expected) -> usize {
    let claims = session
        .view()
        .of_type(StatementType::ClaimAdd, expected.size)
        .unwrap();
    for claim in claims {
        for of in [StatementType::EvidenceAdd, StatementType::OriginAssess] {
            let about = |which| show::about(session, of, &claim.to_string(), which).unwrap();
            expected.check_list("about a claim", about, |line| line.index);
        }
    }
    let mut within = 0;
    // To show an entry takes longest, so not each of them.
    for index in expected.size.indices().step_by(5) {
        let shown = show::show(session, &index.to_string(), Some(expected.size)).unwrap();
        let lines = std::iter::once(&shown.line).chain(&shown.named_by);
        let verdicts = shown
            .standing
            .iter()
            .chain(&shown.verdicts)
            .map(|v| &v.line);
        for line in lines.chain(verdicts) {
            assert_eq!(
                &line.standing.facts,
                expected.of(line.index),
                "show {index}"
            );
        }
        let json = serde_json::to_value(&shown).unwrap();
        expected.check_json("show", &json, index);
        within += expected.check_within("on the screen", &json["screen"]);
    }
    within
}

fn dossiers(log: &Log, expected: &Expected, path: &std::path::Path) {
    let entries: Entries = log.first(expected.size);
    let subject = expected.size.last().expect("an entry");
    std::fs::write(path, entries.whole(subject).print()).unwrap();
    let pins = Pins {
        ledger_key: Some(entries.head().1),
        ..Pins::default()
    };
    let checked = serde_json::to_value(proof::verify(path, &pins).unwrap()).unwrap();
    let all = checked["entries"].as_array().expect("the entries");
    assert_eq!(all.len(), expected.of.len());
    for (json, index) in all.iter().zip(expected.size.indices()) {
        expected.check_json("dossier", json, index);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, failure_persistence: None, max_shrink_iters: 40, ..ProptestConfig::default() })]

    #[test]
    fn every_place_gives_the_standing_of_the_rules(attempts in attempts()) {
        check(&Log::of(attempts));
    }
}
