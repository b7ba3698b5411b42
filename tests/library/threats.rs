//! Every attack in `docs/threat-model.md`, and the result of the audit: the page and the table below have the same
//! rows.

use crate::commands::world::World;
use claimledger::host::disk::Disk as _;
use claimledger::store::{Files, MemoryDisk};
use claimledger_core::TreeSize;
use claimledger_core::audit::{self, Options, Severity};
use claimledger_core::envelope::Parsed;
use claimledger_core::log::blobs::path_of;
use claimledger_core::model::{Body, Seen};
use claimledger_testing::{CHECKPOINTS, NOW, ORIGIN, TestLedger, forge, key, say};
use std::collections::BTreeMap;
use std::path::Path;

/// A ledger of 14 entries: the small case, whose verdict is entry 12, and then the revocation of bo's key, which signed
/// that verdict.
struct Scene {
    ledger: TestLedger<MemoryDisk>,
    entries: Vec<Vec<u8>>,
    /// The head before anything happened, as somebody else kept it.
    kept: Vec<u8>,
}

impl Scene {
    fn new() -> Self {
        let mut ledger = TestLedger::in_memory();
        claimledger_testing::small_case(&mut ledger);
        ledger.say(say::revoke(BO));
        let entries = forge::entries(&ledger.reader(), ledger.head().size);
        assert_eq!(entries.len(), 14);
        let kept = ledger.disk.read("checkpoint").unwrap().unwrap();
        Self {
            ledger,
            entries,
            kept,
        }
    }

    /// Lays down tiles and bundles of these entries; the head stays.
    fn tiles_only(&self, entries: &[Vec<u8>]) {
        for (name, bytes) in forge::tiles(entries) {
            forge::put(&self.ledger.disk, &name, &bytes);
        }
    }

    /// Lays down a whole log with a head that the stolen checkpoint key signs.
    fn resigned(&self, entries: &[Vec<u8>]) {
        forge::lay_down(&self.ledger.disk, entries);
    }

    /// What bo's stolen key says, having seen the first `size` of these entries.
    fn thief(&self, entries: &[Vec<u8>], size: usize, body: impl Into<Body>) -> Parsed {
        let mut voice = self.ledger.voice(BO);
        voice.seen = Some(Seen {
            root: forge::root(&entries[..size]),
            size: TreeSize::new(size as u64),
        });
        voice.say(body)
    }

    /// Every fault by code, with the entries and files it is about.
    fn faults(&self, options: &Options) -> BTreeMap<&'static str, Vec<String>> {
        let reader = Files::new(self.ledger.disk.clone());
        let report = audit::run(&reader, options, &mut |_, _| {}).expect("there is a ledger");
        let mut faults: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for finding in report.findings {
            if finding.severity == Severity::Fault {
                let place = match (finding.entry, finding.file) {
                    (Some(entry), _) => format!("#{entry}"),
                    (None, file) => file.unwrap_or_default(),
                };
                faults.entry(finding.code.as_str()).or_default().push(place);
            }
        }
        faults
    }

    /// By somebody who has the ledger's id from elsewhere, and nothing else.
    fn pinned(&self) -> Options {
        Options {
            ledger_id: self.ledger.founder.ledger,
            now_millis: NOW,
            ..Options::default()
        }
    }

    /// By somebody who kept the last honest head as well.
    fn following(&self) -> Options {
        Options {
            against: Some(self.kept.clone()),
            ..self.pinned()
        }
    }
}

/// These entries with one more, written by hand.
fn and(entries: &[Vec<u8>], statement: &Parsed) -> Vec<Vec<u8>> {
    let mut more = entries.to_vec();
    more.push(entries.last().expect("not empty").clone());
    let last = more.len() - 1;
    forge::replace(&mut more, last, statement, None);
    forge::chain(&mut more, last);
    more
}

/// One attack: its name on the page, who audits, the fault that shows it (none if it cannot be noticed) and its place.
struct Attack {
    name: &'static str,
    /// Whether the auditor kept a checkpoint.
    kept: bool,
    /// Code and place.
    shows: Option<(&'static str, &'static str)>,
    make: fn(&Scene),
}

const ATTACKS: &[Attack] = &[
    Attack {
        name: "alters a word in the log",
        kept: false,
        shows: Some(("signature-invalid", "#12")),
        make: |scene| scene.tiles_only(&altered(scene)),
    },
    Attack {
        name: "alters a word and builds the tree again",
        kept: false,
        shows: Some(("root-mismatch", "checkpoint")),
        make: |scene| {
            let mut entries = altered(scene);
            forge::chain(&mut entries, 12);
            scene.tiles_only(&entries);
        },
    },
    Attack {
        name: "cuts the log short",
        kept: false,
        shows: Some(("tile-missing", "tile/entries/000.p/14")),
        make: |scene| {
            let disk = &scene.ledger.disk;
            disk.remove("tile/entries/000.p/14").unwrap();
        },
    },
    Attack {
        name: "swaps two entries",
        kept: false,
        shows: Some(("leaf-mismatch", "#4")),
        make: |scene| {
            let mut entries = scene.entries.clone();
            entries.swap(4, 5);
            let mut tiles = forge::tiles(&entries).into_iter();
            let (name, bytes) = tiles.find(|(name, _)| name.contains("entries")).unwrap();
            forge::put(&scene.ledger.disk, &name, &bytes);
        },
    },
    Attack {
        name: "alters a snapshot",
        kept: false,
        shows: Some(("snapshot-altered", "#5")),
        make: |scene| {
            let digest =
                claimledger_core::crypto::sha256(&[claimledger_testing::DOCUMENT.as_bytes()]);
            forge::put(&scene.ledger.disk, &path_of(&digest), b"three arches");
        },
    },
    Attack {
        name: "puts another ledger in its place",
        kept: false,
        shows: Some(("ledger-id-mismatch", "checkpoint")),
        make: |scene| {
            let (batch, _) = say::first_entries(OTHER, ORIGIN);
            let mut entries = vec![scene.entries[0].clone(); batch.len()];
            for (at, statement) in batch.iter().enumerate() {
                forge::replace(&mut entries, at, statement, None);
            }
            forge::chain(&mut entries, 0);
            scene.resigned(&entries);
        },
    },
    Attack {
        name: "puts an older copy in its place",
        kept: true,
        shows: Some(("not-a-continuation", "checkpoint")),
        make: |scene| scene.resigned(&scene.entries[..13]),
    },
    Attack {
        name: "appends with the revoked key",
        kept: false,
        shows: Some(("key-revoked", "#14")),
        make: |scene| {
            let more = scene.thief(&scene.entries, 14, say::claim(7));
            scene.resigned(&and(&scene.entries, &more));
        },
    },
    Attack {
        name: "appends an entry with a false signature",
        kept: false,
        shows: Some(("signature-invalid", "#14")),
        make: |scene| {
            let said = scene.ledger.founder.say(say::claim(8));
            let mut entries = and(&scene.entries, &said);
            forge::replace(&mut entries, 14, &said, Some([7; 64]));
            scene.resigned(&entries);
        },
    },
    Attack {
        name: "enrols a key of their own",
        kept: false,
        shows: Some(("key-not-enrolled", "#14")),
        make: |scene| {
            let own = scene.ledger.voice(OTHER);
            let roles = [claimledger_core::model::organisation::Role::Admin];
            let said = own.say(say::enroll(&own, OTHER, "intruder", &roles));
            scene.resigned(&and(&scene.entries, &said));
        },
    },
    Attack {
        name: "signs two heads of one size",
        kept: false,
        shows: Some(("root-mismatch", "checkpoint")),
        make: |scene| {
            let mut others = scene.entries.clone();
            forge::change(&mut others, 13, forge::later(1));
            let head = forge::head_by(&others, ORIGIN, &key(CHECKPOINTS));
            forge::put(&scene.ledger.disk, "checkpoint", &head);
        },
    },
    Attack {
        name: "signs a shorter history (the auditor has kept no head)",
        kept: false,
        shows: None,
        make: |scene| scene.resigned(&scene.entries[..13]),
    },
    Attack {
        name: "signs a shorter history",
        kept: true,
        shows: Some(("not-a-continuation", "checkpoint")),
        make: |scene| scene.resigned(&scene.entries[..13]),
    },
    Attack {
        name: "leaves the revocation out and continues to use the key (the auditor has kept no head)",
        kept: false,
        shows: None,
        make: fork,
    },
    Attack {
        name: "leaves the revocation out and continues to use the key",
        kept: true,
        shows: Some(("not-a-continuation", "checkpoint")),
        make: fork,
    },
    Attack {
        name: "rewrites an entry that others have already seen",
        kept: false,
        shows: Some(("seen-not-ours", "#12")),
        make: |scene| {
            let mut entries = scene.entries.clone();
            let other = scene.thief(&entries, 7, say::claim(9));
            forge::replace(&mut entries, 8, &other, None);
            forge::chain(&mut entries, 8);
            scene.resigned(&entries);
        },
    },
];

/// The verdict with one letter changed; its signature is what it was.
fn altered(scene: &Scene) -> Vec<Vec<u8>> {
    let mut entries = scene.entries.clone();
    forge::change(&mut entries, 12, |entry| {
        let text = String::from_utf8(entry.payload.clone()).unwrap();
        let other = text.replace("\"rating\":\"true\"", "\"rating\":\"false\"");
        assert_ne!(text, other);
        entry.payload = other.into_bytes();
    });
    entries
}

/// The revocation is gone, and the key that it ended goes on as if nothing had been.
fn fork(scene: &Scene) {
    let before = &scene.entries[..13];
    let more = scene.thief(before, 13, say::claim(7));
    scene.resigned(&and(before, &more));
}

#[test]
fn every_attack_is_noticed_where_the_page_says() {
    for attack in ATTACKS {
        let scene = Scene::new();
        let options = if attack.kept {
            scene.following()
        } else {
            scene.pinned()
        };
        assert!(scene.faults(&options).is_empty(), "sound before");
        (attack.make)(&scene);
        let faults = scene.faults(&options);
        match attack.shows {
            None => assert!(faults.is_empty(), "{}: {faults:?}", attack.name),
            Some((code, place)) => {
                let places = faults.get(code);
                let shown = places.is_some_and(|places| places.iter().any(|p| p == place));
                assert!(shown, "{}: {faults:?}", attack.name);
            }
        }
    }
}

/// The cells of the page's rows that name an attack.
fn rows(page: &str) -> Vec<Vec<String>> {
    page.lines()
        .filter_map(|line| line.strip_prefix("| "))
        .map(|line| {
            let cells = line.trim_end_matches('|').split(" | ");
            cells.map(|cell| cell.trim().replace('`', "")).collect()
        })
        .filter(|cells: &Vec<String>| cells.len() == 4)
        .collect()
}

#[test]
fn the_page_has_the_rows_of_the_table() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/threat-model.md");
    let page = std::fs::read_to_string(path).expect("the threat model");
    let mut said: Vec<(String, String, String)> = rows(&page)
        .into_iter()
        .filter(|cells| cells[0] != "attack")
        .map(|cells| (cells[0].clone(), cells[1].clone(), cells[2].clone()))
        .collect();
    let mut made: Vec<(String, String, String)> = ATTACKS
        .iter()
        .map(|attack| {
            let command = if attack.kept {
                "audit --against KEPT"
            } else {
                "audit --ledger-id ID"
            };
            let shows = match attack.shows {
                None => "nothing".to_owned(),
                Some((code, place)) => format!("{code}, {place}"),
            };
            (attack.name.to_owned(), command.to_owned(), shows)
        })
        .collect();
    said.sort();
    made.sort();
    assert_eq!(said, made);
}

#[test]
fn an_older_copy_is_noticed_and_takes_no_entry() {
    let world = World::with_verdict();
    world.copy("ledger", "older");
    world.yes("verdict approve closing-verdict --as edith");
    put_in_place(&world, "older");
    let audit = world.run("audit");
    assert_eq!(
        audit.code, 0,
        "an old copy is the ledger that it says it is"
    );
    let said = format!("{}{}", audit.out, audit.err);
    assert!(said.contains("this machine has seen"), "{said}");
    world.no(
        "claim add Later. --claimant many --as jonas",
        4,
        "copy-is-old",
    );
}

#[test]
fn a_machine_that_saw_the_other_branch_notices_a_fork() {
    let world = World::with_verdict();
    world.copy("ledger", "branch");
    world.copy("state", "elsewhere");
    world.yes("verdict approve closing-verdict --as edith");
    // Another machine of the thief's, with the same keys and a memory that ends before the approval.
    world.yes("--ledger branch --state elsewhere ledger adopt --yes");
    world.yes("--ledger branch --state elsewhere verdict reject closing-verdict --as edith");
    put_in_place(&world, "branch");
    let audit = world.run("audit --json");
    assert_eq!(audit.code, 1);
    assert!(audit.out.contains("not-a-continuation"), "{}", audit.out);
    world.no(
        "claim add Later. --claimant many --as jonas",
        4,
        "history-forked",
    );
}

#[test]
fn another_ledger_under_a_known_name_is_noticed() {
    let world = World::with_verdict();
    world.yes(
        "--ledger false --keys false-keys --state elsewhere init desk.example/facts --as mara \
         --no-passphrase",
    );
    put_in_place(&world, "false");
    let audit = world.run("audit --json");
    assert_eq!(audit.code, 1);
    assert!(audit.out.contains("ledger-id-mismatch"), "{}", audit.out);
    world.no(
        "claim add Later. --claimant many --as jonas",
        4,
        "ledger-replaced",
    );
}

/// Puts a copy in the ledger's place.
fn put_in_place(world: &World, copy: &str) {
    std::fs::remove_dir_all(world.path("ledger")).unwrap();
    world.copy(copy, "ledger");
}

/// The seed of the key that signed the verdict and was revoked.
const BO: u8 = 3;

/// The seed of a key that was never enrolled.
const OTHER: u8 = 9;
