//! The rules without I/O: statements judged and taken in per second, beside the signatures that an audit verifies
//! anyway; and what an entry costs in memory.

#[path = "../crates/core/src/rules/tests/bodies.rs"]
#[allow(dead_code, reason = "the unit tests use the rest")]
mod bodies;

use bodies::{
    assess, attest, claim, create, enroll, evidence, policy, relate, scale, secret, source, verdict,
};
use claimledger_core::encoding::time::Instant;
use claimledger_core::envelope::{Error, Parsed, Verified, seal};
use claimledger_core::model::attestation::Decision;
use claimledger_core::model::evidence::Stance;
use claimledger_core::model::organisation::Role;
use claimledger_core::model::relation::SourceRelation;
use claimledger_core::model::{Body, Seen, Statement, StatementId};
use claimledger_core::rules::admit;
use claimledger_core::rules::frozen;
use claimledger_core::rules::{Candidate, MemoryView, Reading, View as _, current};
use claimledger_core::tlog::merkle::{Frontier, leaf_hash};
use claimledger_core::{EntryIndex, UnixMillis};
use claimledger_core::{crypto, encoding, model, tlog};
use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use std::hint::black_box;
use std::io::Write as _;

/// A ledger in memory, and everything that was said to it.
struct Desk {
    view: MemoryView,
    frontier: Frontier,
    ledger: Option<StatementId>,
    scale: Option<StatementId>,
    keep: bool,
    said: Vec<Verified>,
}

const FOUNDER: u8 = 1;
const EDITOR: u8 = 2;
const NOW: UnixMillis = UnixMillis::new(1_760_000_000_000);

impl Desk {
    fn new(keep: bool) -> Self {
        let mut desk = Self {
            view: MemoryView::default(),
            frontier: Frontier::new(),
            ledger: None,
            scale: None,
            keep,
            said: Vec::new(),
        };
        let first = desk.say(FOUNDER, create(secret(100).public()));
        desk.ledger = Some(first);
        let roles = [Role::Editor, Role::Reviewer];
        let enrolled = enroll(
            &first,
            &secret(FOUNDER),
            &secret(EDITOR),
            "ed",
            "desk",
            &roles,
        );
        desk.say(FOUNDER, enrolled);
        desk.scale = Some(desk.say(FOUNDER, scale("desk", 1)));
        desk.say(FOUNDER, policy("desk", 1));
        desk
    }

    fn say(&mut self, who: u8, body: impl Into<Body>) -> StatementId {
        let body = body.into();
        let key = secret(who);
        let statement = Statement {
            statement_type: body.statement_type(),
            body,
            issued: Instant::from_unix_seconds(NOW.seconds()).expect("before the year 9999"),
            key: key.public(),
            label: None,
            ledger: self.ledger,
            seen: self.ledger.map(|_| Seen {
                root: self.frontier.root(),
                size: self.view.size(),
            }),
        };
        let sealed: Result<Parsed, Error> = seal(&statement, |words| Ok(key.sign(words)));
        let statement = sealed.and_then(Parsed::verify_strict).expect("signed here");
        let id = statement.id();
        self.frontier.push(leaf_hash(statement.payload()));
        take(&mut self.view, &statement, self.frontier.root());
        if self.keep {
            self.said.push(statement);
        }
        id
    }

    /// A claim with two sources, one of which quotes the other; evidence, an assessment, an approved verdict: nine
    /// entries.
    fn matter(&mut self, number: u64) -> StatementId {
        let claim = self.say(FOUNDER, claim(&format!("claim {number}")));
        let article = self.say(FOUNDER, source(&format!("article {number}")));
        let agency = self.say(FOUNDER, source(&format!("agency {number}")));
        let first = self.say(FOUNDER, evidence(claim, article, Stance::Supports));
        let second = self.say(FOUNDER, evidence(claim, agency, Stance::Supports));
        self.say(
            FOUNDER,
            relate(article, SourceRelation::WasQuotedFrom, agency),
        );
        self.say(FOUNDER, assess(agency, claim));
        let scale = self.scale.expect("set at the beginning");
        let mut body = verdict(claim, scale, &[first, second]);
        let place = self
            .view
            .statement(&claim)
            .expect("in memory")
            .expect("said above");
        let reading = Reading::at(&self.view, self.view.size()).expect("in memory");
        body.corroboration = frozen(&reading, place.index, EntryIndex::FIRST)
            .expect("in memory")
            .expect("a claim")
            .expect("few statements");
        let verdict = self.say(FOUNDER, body);
        self.say(EDITOR, attest(verdict, Decision::Approve));
        claim
    }
}

fn take(view: &mut MemoryView, statement: &Verified, root: crypto::Digest) {
    let candidate = Candidate {
        index: view.size().next(),
        time: NOW,
        statement,
    };
    let Ok(changes) = admit(view, &candidate) else {
        panic!("{} is refused", statement.statement_type);
    };
    view.apply(&changes, root);
}

/// Bytes that this process has in memory (Linux).
fn resident() -> Option<u64> {
    let statm = std::fs::read_to_string("/proc/self/statm").ok()?;
    let pages: u64 = statm.split(' ').nth(1)?.parse().ok()?;
    Some(pages * 4_096)
}

fn memory() {
    let matters = 20_000;
    let before = resident();
    let mut desk = Desk::new(false);
    for number in 0..matters {
        desk.matter(number);
    }
    let entries = desk.view.size().get();
    if let (Some(before), Some(after)) = (before, resident()) {
        let bytes = after.saturating_sub(before);
        // The answer is a number for people; nobody minds if they are gone.
        let _ = writeln!(
            std::io::stderr(),
            "memory: {entries} entries, {} bytes an entry, {} MB per million",
            bytes / entries,
            bytes / entries * 1_000_000 / 1_048_576
        );
    }
    black_box(&desk.view);
}

fn rules(c: &mut Criterion) {
    memory();
    let matters = 400;
    let mut desk = Desk::new(true);
    let mut claim = None;
    for number in 0..matters {
        claim = Some(desk.matter(number));
    }
    let statements = desk.said;
    let mut frontier = Frontier::new();
    let roots: Vec<crypto::Digest> = statements
        .iter()
        .map(|statement| {
            frontier.push(leaf_hash(statement.payload()));
            frontier.root()
        })
        .collect();
    let mut group = c.benchmark_group("rules");
    group.throughput(Throughput::Elements(statements.len() as u64));
    group.bench_function("admit and take in", |b| {
        b.iter_batched(
            MemoryView::default,
            |mut view| {
                for (statement, root) in statements.iter().zip(&roots) {
                    take(&mut view, statement, *root);
                }
                view
            },
            BatchSize::LargeInput,
        );
    });
    group.bench_function("floor: the strict signatures of the same", |b| {
        b.iter(|| {
            for statement in &statements {
                let words = claimledger_core::envelope::pae(statement.payload());
                let answer = statement.key.verify_strict(&words, statement.signature());
                assert!(answer.is_ok());
            }
        });
    });
    group.finish();
    let place = desk.view.statement(&claim.expect("one at least"));
    let place = place.expect("in memory").expect("said above").index;
    c.bench_function("rules/current verdict of a claim", |b| {
        b.iter(|| {
            let reading = Reading::at(&desk.view, desk.view.size()).expect("in memory");
            current(&reading, black_box(place), EntryIndex::FIRST).expect("in memory")
        });
    });
}

criterion_group!(benches, rules);
criterion_main!(benches);
