//! An index that panics, fails or hangs costs time and a note. It never changes an answer, and it stops no writer.

use crate::commands::world::World;
use crate::library::session::desk_of;
use claimledger::app::index_rows::OpenIndexes;
use claimledger::app::read::listed::Which;
use claimledger::app::read::show;
use claimledger::app::record::append;
use claimledger::app::{Desk, Session};
use claimledger::host::lock::WriterLock;
use claimledger::index::rows::Row;
use claimledger::index::{Error, Fence, FenceLimits, MemoryRows, Rows};
use claimledger::keystore::{self, Refuse};
use claimledger_core::model::StatementType;
use claimledger_testing::say;
use std::cell::RefCell;
use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Failure {
    Panics,
    Fails,
    Hangs,
}

const FAILURES: [Failure; 3] = [Failure::Panics, Failure::Fails, Failure::Hangs];

/// Which calls of a store go wrong, counted over all stores that follow the same plan.
struct Plan {
    rows: MemoryRows,
    calls: usize,
    /// The call from which on each fails so.
    from: Option<(usize, Failure)>,
    /// What a hanging call waits for: the end of the test.
    end: Arc<Mutex<Receiver<()>>>,
    /// The lock of the ledger, and whether it was free at each write.
    lock: Option<PathBuf>,
    free: Vec<bool>,
}

impl Plan {
    fn new(from: Option<(usize, Failure)>) -> (Arc<Mutex<Self>>, Sender<()>) {
        let (end, ended) = channel();
        let plan = Self {
            rows: MemoryRows::default(),
            calls: 0,
            from,
            end: Arc::new(Mutex::new(ended)),
            lock: None,
            free: Vec::new(),
        };
        (Arc::new(Mutex::new(plan)), end)
    }
}

/// A store that fails as its plan says, when it is opened, asked, written and closed.
struct Shaky(Arc<Mutex<Plan>>);

impl Shaky {
    fn open(plan: Arc<Mutex<Plan>>) -> Result<Box<dyn Rows>, Error> {
        // What was not opened is not closed.
        let shaky = ManuallyDrop::new(Self(plan));
        shaky.call()?;
        Ok(Box::new(ManuallyDrop::into_inner(shaky)))
    }

    fn call(&self) -> Result<(), Error> {
        let (fails, end) = {
            let mut plan = self.0.lock().unwrap();
            let call = plan.calls;
            plan.calls += 1;
            let fails = plan.from.filter(|(from, _)| call >= *from);
            (fails.map(|(_, failure)| failure), Arc::clone(&plan.end))
        };
        match fails {
            None => Ok(()),
            Some(Failure::Panics) => std::panic::resume_unwind(Box::new("the disk is gone")),
            Some(Failure::Fails) => Err(Error::Failed {
                reason: "the disk is full".to_owned(),
            }),
            Some(Failure::Hangs) => {
                let _ = end.lock().unwrap().recv();
                Ok(())
            }
        }
    }
}

impl Rows for Shaky {
    fn read(&self, key: &[u8]) -> Result<Option<Vec<u8>>, Error> {
        self.call()?;
        self.0.lock().unwrap().rows.read(key)
    }
    fn beginning(&self, prefix: &[u8]) -> Result<Vec<Row>, Error> {
        self.call()?;
        self.0.lock().unwrap().rows.beginning(prefix)
    }
    fn page(&self, from: &[u8], most: usize) -> Result<Vec<Row>, Error> {
        self.call()?;
        self.0.lock().unwrap().rows.page(from, most)
    }

    fn last_before(&self, prefix: &[u8], end: &[u8]) -> Result<Option<Row>, Error> {
        self.call()?;
        self.0.lock().unwrap().rows.last_before(prefix, end)
    }
    fn write(&mut self, batch: Vec<Row>) -> Result<(), Error> {
        let lock = self.0.lock().unwrap().lock.clone();
        if let Some(lock) = lock {
            let free = WriterLock::acquire(&lock, Duration::ZERO).is_ok();
            self.0.lock().unwrap().free.push(free);
        }
        self.call()?;
        self.0.lock().unwrap().rows.write(batch)
    }
}

impl Drop for Shaky {
    fn drop(&mut self) {
        let _ = self.call();
    }
}

/// For a store that may hang.
const SOON: FenceLimits = FenceLimits {
    open: Duration::from_millis(40),
    answer: Duration::from_millis(40),
};

/// For a store that does not.
const LATE: FenceLimits = FenceLimits {
    open: Duration::from_mins(1),
    answer: Duration::from_mins(1),
};

/// The calls are: open, read, read, write, close.
#[test]
fn whatever_a_store_does_the_fence_answers() {
    for failure in FAILURES {
        for from in 0..5 {
            let (plan, end) = Plan::new(Some((from, failure)));
            let given_up = std::rc::Rc::new(RefCell::new(0));
            let counts = std::rc::Rc::clone(&given_up);
            let began = Instant::now();
            let opened = {
                let plan = Arc::clone(&plan);
                Fence::open(
                    SOON,
                    move || *counts.borrow_mut() += 1,
                    || Shaky::open(plan),
                )
            };
            let story = format!("{failure:?} from call {from}");
            let code = |answer: Result<(), Error>| answer.err().map(|e| e.code().as_str());
            match opened {
                Err(e) => {
                    assert_eq!(
                        (from, e.code().as_str()),
                        (0, "index-corrupt"),
                        "{story}: {e}"
                    );
                }
                Ok(mut fence) => {
                    let first = code(fence.read(b"k").map(drop));
                    let second = code(fence.beginning(b"k").map(drop));
                    let row = Row {
                        key: b"k".to_vec(),
                        value: Vec::new(),
                    };
                    let third = code(fence.write(vec![row]));
                    let expected = |call| (call >= from).then_some("index-corrupt");
                    assert_eq!(
                        [first, second, third],
                        [expected(1), expected(2), expected(3)],
                        "{story}"
                    );
                    // Closing it fails too, and that is nobody's fault.
                    drop(fence);
                }
            }
            let hung = usize::from(failure == Failure::Hangs);
            assert_eq!(*given_up.borrow(), hung, "{story}");
            assert!(began.elapsed() < Duration::from_secs(5), "{story}");
            drop(end);
        }
    }
}

#[test]
fn the_reason_of_a_panic_is_told() {
    let (plan, _end) = Plan::new(Some((1, Failure::Panics)));
    let fence = Fence::open(SOON, || (), || Shaky::open(plan)).unwrap();
    let error = fence.read(b"k").unwrap_err();
    assert!(error.to_string().contains("the disk is gone"), "{error}");
    assert!(matches!(error, Error::Corrupt { .. }), "{error}");
}

thread_local! {
    static TOLD: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

fn told() -> Vec<String> {
    TOLD.with(RefCell::take)
}

fn desk_over(world: &World, plan: &Arc<Mutex<Plan>>) -> Desk {
    let plan = Arc::clone(plan);
    let hangs = matches!(plan.lock().unwrap().from, Some((_, Failure::Hangs)));
    let limits = if hangs { SOON } else { LATE };
    let open = move |_: &Path, _: Duration, _: &dyn Fn(&str)| {
        let plan = Arc::clone(&plan);
        Fence::open(limits, || (), || Shaky::open(plan))
    };
    Desk {
        indexes: OpenIndexes::opened_by(open, |text| {
            TOLD.with(|told| told.borrow_mut().push(text.to_owned()));
        }),
        ..desk_of(world)
    }
}

/// The claims, and one of them in full, by a session of its own.
fn answers(desk: &Desk, notes: &mut Vec<String>) -> Vec<String> {
    let session = Session::open(desk).unwrap();
    let lines = show::list(&session, StatementType::ClaimAdd, Which::default()).unwrap();
    let shown = show::show(&session, "closing", None).unwrap();
    notes.extend(session.notes());
    let mut said: Vec<String> = lines
        .found
        .iter()
        .map(|line| serde_json::to_string(line).unwrap())
        .collect();
    said.push(serde_json::to_string(&shown).unwrap());
    said
}

/// What a session does with the rows of what it adds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Adding {
    /// Writes them at once.
    AtOnce,
    /// Lets them wait, and writes them in the end.
    Later,
    /// Lets them wait, and ends without writing them, as a process does that is killed.
    Never,
}

/// Adds a claim by a session of its own, which then answers about it.
fn adds(desk: &Desk, number: u64, adding: Adding, notes: &mut Vec<String>) {
    let signer = keystore::open(&desk.keys, "jonas", &mut Refuse).unwrap();
    let mut session = Session::open(desk).unwrap();
    if adding != Adding::AtOnce {
        session.let_rows_wait();
    }
    let body = say::claim(number).into();
    let statement = append::frame(desk, &session, signer.public(), None, body).unwrap();
    let signed = append::sign_in(&session, &statement, signer.as_ref()).unwrap();
    let before = session.head().size;
    let (added, said) =
        append::append_in(desk, &mut session, vec![signed], None, &mut Refuse).unwrap();
    assert_eq!(added.len(), 1);
    assert_eq!(added[0].index, before.next());
    assert_eq!(session.head().size, before.next().size_through());
    notes.extend(said);
    let entry = session.statement(added[0].index).unwrap();
    assert_eq!(entry.id(), added[0].id);
    let claims = session
        .view()
        .of_type(StatementType::ClaimAdd, session.head().size);
    assert_eq!(claims.unwrap().last(), Some(&added[0].index));
    if adding == Adding::Later
        && let Err(e) = session.settle_rows()
    {
        notes.push(e.to_string());
    }
}

#[test]
fn a_failing_index_changes_no_answer_and_stops_no_writer() {
    let world = World::with_verdict();
    let (plan, _end) = Plan::new(None);
    let desk = desk_over(&world, &plan);
    let mut none = Vec::new();
    adds(&desk, 1, Adding::AtOnce, &mut none);
    // How many calls a run makes whose index lacks nothing but what is added.
    let before = plan.lock().unwrap().calls;
    answers(&desk, &mut none);
    adds(&desk, 2, Adding::AtOnce, &mut none);
    answers(&desk, &mut none);
    let calls = plan.lock().unwrap().calls - before;
    assert!(calls > 20, "{calls}");
    let ways = [Adding::AtOnce, Adding::Later, Adding::Never];
    let ways = ways
        .into_iter()
        .flat_map(|adding| FAILURES.map(|failure| (adding, failure)));
    for (number, (adding, failure)) in (3..).zip(ways) {
        // The first and the last calls one by one: opening, the marker, the write after the commit.
        for from in (0..calls).filter(|at| *at < 6 || *at + 6 > calls || at % 9 == 0) {
            let story = format!("{adding:?}, {failure:?} from call {from} of {calls}");
            let honest = answers(&desk, &mut none);
            let (shaky, end) = Plan::new(Some((from, failure)));
            {
                let mut shaky = shaky.lock().unwrap();
                shaky.rows = plan.lock().unwrap().rows.clone();
                shaky.lock = Some(world.path("ledger/lock"));
            }
            let mut notes = Vec::new();
            let now = desk_over(&world, &shaky);
            assert_eq!(answers(&now, &mut notes), honest, "{story}");
            adds(&now, number * 1_000 + from as u64, adding, &mut notes);
            let after = answers(&now, &mut notes);
            notes.extend(told());
            assert_eq!(after, answers(&desk, &mut none), "{story}");
            assert_eq!(after.len(), honest.len() + 1, "{story}");
            // A session that never writes its rows makes fewer calls.
            let met = shaky.lock().unwrap().calls > from;
            assert!(!notes.is_empty() || !met, "{story}");
            assert!(met || adding == Adding::Never, "{story}");
            for note in &notes {
                assert!(note.contains("the index"), "{story}: {note}");
            }
            let free = shaky.lock().unwrap().free.clone();
            assert!(free.iter().all(|free| *free), "{story}: {free:?}");
            drop(end);
        }
    }
    assert_eq!(none, [] as [String; 0]);
    world.clean("");
    let doctor = world.run("doctor");
    assert_eq!(doctor.code, 0, "{}", doctor.out);
}

/// The index of a thread that does not answer stays locked as long as the process lives. Others do not wait for it.
#[test]
fn an_index_that_was_given_up_is_not_waited_for() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("index.lock");
    let held = WriterLock::take(&path).unwrap().unwrap();
    held.give_up();
    let began = Instant::now();
    let refused =
        claimledger::index::holder::wait_for(&path, Duration::from_mins(1), &|_| ()).unwrap_err();
    assert_eq!(refused.code(), "index-held");
    assert!(refused.to_string().contains("does not answer"), "{refused}");
    assert!(began.elapsed() < Duration::from_secs(5));
    drop(held);
    // The next holder is waited for again.
    let held = WriterLock::take(&path).unwrap().unwrap();
    assert_eq!(
        std::fs::read_to_string(&path).unwrap(),
        std::process::id().to_string()
    );
    drop(held);
}
