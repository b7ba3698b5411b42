//! Every file below a ledger's folder removed, replaced by something else, or swapped with another, one at a time.
//!
//! After each, every question has the same answer, is refused with a code, or says that a snapshot or a cosignature is not
//! here. It never has another answer, nothing hangs, and nothing outside the folder changes.

use claimledger::app::care::audit;
use claimledger::app::doubts::Doubts;
use claimledger::app::index_rows::OpenIndexes;
use claimledger::app::peers::exchange;
use claimledger::app::proofs::proof::{self, Form};
use claimledger::app::read::listed::Which;
use claimledger::app::read::search::SearchFor;
use claimledger::app::read::{corroboration, search, show, source_text, standing};
use claimledger::app::{Desk, Error, Session};
use claimledger::host::clock::FixedClock;
use claimledger::index::{self, Fence, FenceLimits, MemoryRows};
use claimledger::sync::export::ExportChoices;
use claimledger::sync::place::Place;
use claimledger::transport::Authorities;
use claimledger_core::audit::Options;
use claimledger_core::crypto::sha256;
use claimledger_core::model::StatementType;
use claimledger_core::model::ledger::Withdraw;
use claimledger_core::tlog::checkpoint::SignedCheckpoint;
use claimledger_core::tlog::cosignature::{self, WitnessKey};
use claimledger_testing::{NOW, TestLedger, key, say};
use serde::Serialize;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::channel;
use std::time::Duration;

/// Files by their path in a folder.
type Files = BTreeMap<String, Vec<u8>>;

fn files_in(folder: &Path) -> Files {
    fn gather(folder: &Path, inside: &str, found: &mut Files) {
        for item in fs::read_dir(folder).expect("a folder") {
            let item = item.expect("an item");
            let name = format!("{inside}{}", item.file_name().to_str().expect("UTF-8"));
            let kind = item.file_type().expect("its kind");
            if kind.is_dir() {
                gather(&item.path(), &format!("{name}/"), found);
            } else if kind.is_file() {
                found.insert(name, fs::read(item.path()).expect("a file"));
            }
        }
    }
    let mut found = Files::new();
    gather(folder, "", &mut found);
    found
}

/// A ledger with so many claims besides, older partial tiles, snapshots, a withdrawn verdict, a revoked key and a cosigned head.
fn ledger(claims: u64) -> Files {
    let mut ledger = TestLedger::in_folder();
    let verdict = claimledger_testing::small_case(&mut ledger);
    ledger.keep(b"Bytes that no statement names.");
    let mut bo = ledger.voice(3);
    bo.seen = Some(ledger.seen());
    let withdrawn = bo.say(Withdraw {
        reason: say::text("Not enough sources."),
        target: verdict,
    });
    ledger.append(vec![withdrawn]).expect("valid");
    ledger.say(say::revoke(3));
    ledger.grow(claims);
    let path = ledger.path();
    let head = fs::read(path.join("checkpoint")).expect("a head");
    let head = SignedCheckpoint::parse(&head).expect("a head");
    let witness = WitnessKey::new("w.example".parse().expect("a name"), key(7).public());
    let cosigned = cosignature::cosign(&head.note().text, 1_760_000_000, &witness, |message| {
        Ok::<_, claimledger_core::tlog::Error>(key(7).sign(message))
    });
    let cosigned = head.with_signatures(&[cosigned.expect("a cosignature")]);
    fs::write(path.join("checkpoint.cosigned"), cosigned.to_bytes()).expect("a file");
    let policy = format!("witness w {witness}\nquorum w\n");
    fs::write(path.join("witnesses"), policy).expect("a file");
    fs::write(path.join("lock"), "").expect("a file");
    fs::write(path.join(".gitattributes"), "* -text\n").expect("a file");
    files_in(&path)
}

/// What is done to one path of the folder.
#[derive(Debug, Clone)]
enum Change {
    Removed,
    /// Other bytes: of nothing, or of another file of the folder.
    Bytes(Vec<u8>),
    /// A link to a file or folder outside with the same content.
    LinkToTheSame,
    /// A link to a file outside that is somebody's own.
    LinkToAnother,
    /// A link that leads nowhere.
    LinkToNothing,
    Pipe,
    Folder,
}

#[derive(Debug, Clone)]
struct Scenario {
    path: String,
    change: Change,
}

fn scenarios(base: &Files) -> Vec<Scenario> {
    let mut all = Vec::new();
    let mut add = |path: &str, change: Change| {
        all.push(Scenario {
            path: path.to_owned(),
            change,
        });
    };
    let mut paths: Vec<String> = base.keys().cloned().collect();
    for path in base.keys() {
        let folders = path.match_indices('/').map(|(at, _)| path[..at].to_owned());
        paths.extend(folders);
    }
    // Places where nothing is, but where a program might look.
    paths.extend(
        [
            "closed",
            "checkpoint.next",
            "index",
            "index/conf",
            "index/db",
            "snapshots/incoming/waiting",
            "tile/0/001.p/200",
            "tile/entries/002",
        ]
        .map(str::to_owned),
    );
    paths.sort();
    paths.dedup();
    for path in &paths {
        for change in [
            Change::Removed,
            Change::Bytes(Vec::new()),
            Change::Bytes(b"\xffgarbage\n".repeat(40)),
            Change::LinkToTheSame,
            Change::LinkToAnother,
            Change::LinkToNothing,
            Change::Pipe,
            Change::Folder,
        ] {
            add(path, change);
        }
    }
    let area = |path: &str| {
        path.split('/')
            .next()
            .map(|first| first.len() == path.len())
    };
    for (path, bytes) in base {
        for (other, content) in base {
            let kin = area(path) == area(other) || path == "checkpoint";
            if kin && content != bytes {
                let swapped = Change::Bytes(content.clone());
                add(path, swapped);
            }
        }
    }
    all
}

/// A folder of one's own, with the ledger in it, a file that is somebody's own, and this machine's state.
struct Room {
    root: tempfile::TempDir,
    base: Arc<Files>,
    /// The indexes of the machine that knows the ledger; it has them open all the time.
    indexes: OpenIndexes,
}

fn write(folder: &Path, files: &Files) {
    for (name, bytes) in files {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, bytes).expect("a file");
    }
}

/// Removes what is at a path, whatever it is.
fn clear(path: &Path) {
    match fs::symlink_metadata(path) {
        Ok(found) if found.is_dir() => fs::remove_dir_all(path).expect("a folder"),
        Ok(_) => fs::remove_file(path).expect("a file"),
        Err(_) => {}
    }
}

const VICTIM: &str = "outside/victim";

impl Room {
    fn new(base: &Arc<Files>) -> Self {
        let place = Self {
            root: tempfile::tempdir().expect("a folder"),
            base: Arc::clone(base),
            indexes: OpenIndexes::new(|_| ()),
        };
        let outside = place.path("outside");
        write(&outside.join("copy"), base);
        fs::write(place.path(VICTIM), "mine").expect("a file");
        fs::create_dir(place.path("keys")).expect("a folder");
        place
    }

    fn path(&self, name: &str) -> PathBuf {
        self.root.path().join(name)
    }

    /// The ledger as it was, with this change.
    fn change(&self, change: Option<&Scenario>) {
        clear(&self.path("ledger"));
        write(&self.path("ledger"), &self.base);
        let Some(Scenario { path, change }) = change else {
            return;
        };
        let at = self.path("ledger").join(path);
        clear(&at);
        fs::create_dir_all(at.parent().expect("a folder")).expect("a folder");
        let link = |to: PathBuf| std::os::unix::fs::symlink(to, &at).expect("a link");
        match change {
            Change::Removed => {}
            Change::Bytes(bytes) => fs::write(&at, bytes).expect("a file"),
            Change::LinkToTheSame => link(self.path("outside/copy").join(path)),
            Change::LinkToAnother => link(self.path(VICTIM)),
            Change::LinkToNothing => link(self.path("outside/made-by-nobody")),
            Change::Pipe => {
                let made = std::process::Command::new("mkfifo").arg(&at).status();
                assert!(made.expect("mkfifo").success());
            }
            Change::Folder => {
                fs::create_dir(&at).expect("a folder");
                fs::write(at.join("inside"), "something").expect("a file");
            }
        }
    }

    fn desk(&self, state: &str) -> Desk {
        Desk {
            ledger: Place::Folder(self.path("ledger")),
            keys: self.path("keys"),
            state: self.path(state),
            clock: Box::new(FixedClock::at(NOW)),
            clock_is_right: false,
            any_filesystem: true,
            indexes: match state {
                KNOWS => self.indexes.clone(),
                _ => OpenIndexes::opened_by(in_memory, |_| ()),
            },
            authorities: Authorities::default(),
            doubts: Doubts::default(),
            reader: None,
        }
    }
}

/// The state of a machine that has seen the ledger as it was, and of one that has never seen it.
const KNOWS: &str = "state";
const ELSEWHERE: &str = "elsewhere";

/// An index that begins empty.
fn in_memory(_: &Path, _: Duration, _: &dyn Fn(&str)) -> Result<Fence, index::Error> {
    let limits = FenceLimits {
        open: Duration::from_mins(1),
        answer: Duration::from_mins(1),
    };
    Fence::open(limits, || (), || Ok(Box::new(MemoryRows::default())))
}

/// An answer, or the code of a refusal.
type Answer = Result<Value, String>;

fn answer<T: Serialize>(asked: Result<T, Error>) -> Answer {
    match asked {
        Ok(answer) => Ok(serde_json::to_value(answer).expect("plain data")),
        Err(e) => Err(e.code().to_string()),
    }
}

/// Of a head, what it says: `checkpoint` may hold the cosigned one, which says the same.
fn digest(bytes: &[u8]) -> String {
    match SignedCheckpoint::parse(bytes) {
        Ok(head) => format!("{:?}", head.checkpoint()),
        Err(_) => sha256(&[bytes]).to_string(),
    }
}

/// What every question is answered.
fn answers(place: &Room, state: &str) -> BTreeMap<&'static str, Answer> {
    let desk = place.desk(state);
    let mut all = BTreeMap::new();
    let session = Session::open(&desk);
    let mut ask = |name, question: &dyn Fn(&Session) -> Answer| {
        let said = match &session {
            Ok(session) => question(session),
            Err(e) => Err(e.code().to_string()),
        };
        all.insert(name, said);
    };
    ask("claim list", &|s| {
        answer(show::list(s, StatementType::ClaimAdd, Which::default()))
    });
    ask("verdict list", &|s| {
        answer(standing::list(s, Which::default(), false))
    });
    ask("evidence list", &|s| {
        answer(show::about(
            s,
            StatementType::EvidenceAdd,
            "three-arches",
            Which::default(),
        ))
    });
    for (name, entry) in [
        ("show claim", "three-arches"),
        ("show source", "agency-report"),
        ("show evidence", "9"),
        ("show verdict", "12"),
        ("show revocation", "14"),
    ] {
        ask(name, &|s| answer(show::show(s, entry, None)));
    }
    ask("search", &|s| {
        let what = SearchFor {
            words: "bridge arches".to_owned(),
            ..SearchFor::default()
        };
        let found = search::search(s, &what, 20, Which::default(), &mut |_, _| {});
        answer(found.map(|found| {
            let all = found.found.into_iter().map(|found| {
                let mut found = serde_json::to_value(found).expect("plain data");
                // A score only orders the answers; it depends on the texts that the index had before.
                found.as_object_mut().expect("an object").remove("score");
                found
            });
            all.collect::<Vec<Value>>()
        }))
    });
    ask("corroboration", &|s| {
        answer(corroboration::corroborate(s, "three-arches", None, None))
    });
    ask("source text", &|s| {
        answer(source_text::read(s, "agency-report", None, None))
    });
    ask("checkpoint", &|s| {
        answer(show::checkpoint(s).map(|head| (head.ledger, head.size, head.root, head.state)))
    });
    ask("keys", &|s| {
        let keys = s.view().keys().map_err(Error::from);
        answer(keys.map(|keys| {
            let ended = keys.iter().map(|(key, fact)| (key.to_string(), fact.ended));
            ended.collect::<BTreeMap<String, _>>()
        }))
    });
    drop(session);
    let proved = Session::without_index(&desk).and_then(|session| {
        let bytes = proof::prove(&session, "12", Form::Dossier)?;
        Ok(sha256(&[&bytes]).to_string())
    });
    all.insert("prove", answer(proved));
    if state == ELSEWHERE {
        // Neither an export nor an audit asks an index.
        return all;
    }
    let exported = Session::open(&desk).and_then(|session| {
        let target = place.path("public");
        let choices = ExportChoices {
            with_snapshots: true,
            quorum: false,
        };
        let plan = exchange::plan(&desk, &session, &target, choices, false)?;
        exchange::export(&session, &target, &plan, false, &mut |_, _| ())?;
        let files = files_in(&target).into_iter();
        let files = files.map(|(name, bytes)| (name, digest(&bytes)));
        Ok(files.collect::<BTreeMap<String, String>>())
    });
    clear(&place.path("public"));
    all.insert("export", answer(exported));
    let audited = audit::audit(&desk, Options::default(), &mut |_, _| ());
    let audited = audited.map(|(report, _)| {
        let faults = report.faults();
        (faults, (report.size, report.root, report.state))
    });
    let audited = match audited {
        Ok((0, state)) => answer(Ok(state)),
        Ok(_) => Err("faults".to_owned()),
        Err(e) => Err(e.code().to_string()),
    };
    all.insert("audit", audited);
    all
}

/// Without what says that something is not here.
fn without_notes(said: &Value) -> Value {
    let mut said = said.clone();
    if let Some(fields) = said.as_object_mut() {
        fields.remove("notes");
        fields.remove("context");
    }
    said
}

/// A copy may be without these.
fn may_be_absent(path: &str) -> bool {
    path.starts_with("snapshots") || path == "checkpoint.cosigned"
}

fn sweep(
    place: &Room,
    scenario: &Scenario,
    honest: &BTreeMap<&'static str, Answer>,
) -> Vec<String> {
    let mut wrong = Vec::new();
    let outside = files_in(&place.path("outside"));
    let mut without = None;
    if may_be_absent(&scenario.path) {
        place.change(Some(&Scenario {
            change: Change::Removed,
            ..scenario.clone()
        }));
        without = Some(answers(place, KNOWS));
    }
    for state in [KNOWS, ELSEWHERE] {
        // A machine that has never seen the ledger begins with an empty state.
        clear(&place.path(ELSEWHERE));
        place.change(Some(scenario));
        for (question, said) in answers(place, state) {
            let allowed = |honest: &BTreeMap<&str, Answer>| match (&said, &honest[question]) {
                (Err(_), _) => true,
                (Ok(said), Ok(honest)) if said == honest => true,
                (Ok(said), Ok(honest)) => {
                    may_be_absent(&scenario.path) && without_notes(said) == without_notes(honest)
                }
                (Ok(_), Err(_)) => false,
            };
            if !allowed(honest) && !without.as_ref().is_some_and(allowed) {
                wrong.push(format!("{state}: {question}: {said:?}"));
            }
        }
        if files_in(&place.path("outside")) != outside {
            wrong.push(format!("{state}: files outside changed"));
        }
    }
    wrong
}

#[test]
fn one_changed_file_of_a_ledger_changes_no_answer() {
    sweep_all(0, 1);
}

/// With full tiles. The sampled run is the everyday form of the next one.
#[test]
fn one_changed_file_of_a_ledger_with_full_tiles_changes_no_answer() {
    sweep_all(250, 19);
}

#[test]
#[ignore = "minutes; run with --ignored"]
fn each_changed_file_of_a_ledger_with_full_tiles_changes_no_answer() {
    sweep_all(250, 1);
}

/// Every `step`th change to a ledger with so many claims besides.
fn sweep_all(claims: u64, step: usize) {
    let base = Arc::new(ledger(claims));
    let all = scenarios(&base);
    assert!(all.len() > 250, "{}", all.len());
    let all: Vec<Scenario> = all.into_iter().step_by(step).collect();
    let (tell, told) = channel();
    let workers = std::thread::available_parallelism().map_or(2, usize::from);
    for worker in 0..workers {
        let (base, tell) = (Arc::clone(&base), tell.clone());
        let mine: Vec<Scenario> = all.iter().skip(worker).step_by(workers).cloned().collect();
        std::thread::spawn(move || {
            let place = Room::new(&base);
            place.change(None);
            let honest = answers(&place, KNOWS);
            for (question, said) in &honest {
                assert!(said.is_ok(), "{question}: {said:?}");
            }
            // The memory now knows the head, and so the second round is the honest one of a machine that does.
            let honest = answers(&place, KNOWS);
            for scenario in mine {
                let _ = tell.send((scenario.clone(), None));
                let wrong = sweep(&place, &scenario, &honest);
                let _ = tell.send((scenario, Some(wrong)));
            }
        });
    }
    drop(tell);
    let mut running = BTreeSet::new();
    let mut wrong = Vec::new();
    let mut done = 0;
    loop {
        match told.recv_timeout(Duration::from_mins(2)) {
            Ok((scenario, None)) => {
                running.insert(format!("{scenario:?}"));
            }
            Ok((scenario, Some(found))) => {
                done += 1;
                running.remove(&format!("{scenario:?}"));
                if !found.is_empty() {
                    let change = format!("{:?}", scenario.change);
                    let change: String = change.chars().take(60).collect();
                    wrong.push(format!("{} {change}: {found:#?}", scenario.path));
                }
            }
            Err(std::sync::mpsc::RecvTimeoutError::Disconnected) => break,
            Err(std::sync::mpsc::RecvTimeoutError::Timeout) => {
                panic!("no end: {running:?}");
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {done}:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    assert_eq!(done, all.len());
}
