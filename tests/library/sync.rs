//! Copies between ledgers: what is published, what is followed, and who is refused.

mod archives;
mod hostile;

use claimledger::host::disk::{Disk, FolderDisk};
use claimledger::store::memory::{Moment, Survives};
use claimledger::store::{Archive, Files, MemoryDisk, Remote};
use claimledger::sync::Error;
use claimledger::sync::export::{self, ExportChoices};
use claimledger::sync::mirror::Mirrors;
use claimledger::sync::place::Place;
use claimledger::sync::pull::pull;
use claimledger::sync::pull_options::{PullOptions, Pulled};
use claimledger::transport::{Client, Limits, Response, Server};
use claimledger_core::EntryIndex;
use claimledger_core::TreeSize;
use claimledger_core::UnixMillis;
use claimledger_core::audit::{self, Options};
use claimledger_core::crypto::sha256;
use claimledger_core::dossier::ForkEvidence;
use claimledger_core::log::Log;
use claimledger_core::log::Reader;
use claimledger_core::log::blobs::path_of;
use claimledger_testing::unchecked::{ANNA, Desk, filled, grow};
use serde_json::json;
use std::net::TcpListener;
use std::path::Path;

pub const ORIGIN: &str = "desk.example/facts";
const NOW: UnixMillis = UnixMillis::new(1_767_400_000_000);

pub fn wanted() -> PullOptions {
    PullOptions {
        now_millis: NOW,
        ..PullOptions::default()
    }
}

pub fn pull_all(from: &dyn Reader, into: &dyn Disk, wanted: &PullOptions) -> Result<Pulled, Error> {
    pull(from, into, wanted, &mut |_, _| {})
}

pub fn clean(disk: &dyn Disk) -> u64 {
    let options = Options {
        now_millis: NOW,
        ..Options::default()
    };
    let report = audit::run(&Files::new(disk), &options, &mut |_, _| {}).unwrap();
    let faults: Vec<_> = report
        .findings
        .iter()
        .filter(|f| f.severity == audit::Severity::Fault)
        .collect();
    assert!(faults.is_empty(), "{faults:?}");
    report.size.unwrap().get()
}

pub fn client() -> Client {
    Client::new(Limits {
        private_addresses: true,
        attempts: 1,
        time: std::time::Duration::from_secs(3),
        ..Limits::default()
    })
}

/// Any static file server.
pub fn serve(disk: MemoryDisk) -> Server {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    Server::start(listener, 0, move |request| {
        match disk.read(request.path.trim_start_matches('/')) {
            Ok(Some(body)) => Response {
                status: 200,
                media_type: "application/octet-stream",
                body,
            },
            _ => Response::text(404, "none"),
        }
    })
    .unwrap()
}

fn export_to(
    desk: &Desk<MemoryDisk>,
    choices: ExportChoices,
    target: &MemoryDisk,
) -> export::Exported {
    let reader = Files::new(desk.disk());
    let log = Log::open(&reader).unwrap();
    let plan = export::plan_folder(&log, choices, target).unwrap();
    export::to_folder(&log, &plan, target, &mut |_, _| {}).unwrap()
}

fn everything(disk: &dyn Disk) -> Vec<(String, Vec<u8>)> {
    let names = disk.list("").unwrap();
    names
        .into_iter()
        .map(|name| (name.clone(), disk.read(&name).unwrap().unwrap()))
        .collect()
}

const ALL: ExportChoices = ExportChoices {
    with_snapshots: true,
    quorum: false,
};

#[test]
fn an_export_depends_only_on_checkpoint_and_choices() {
    let mut desk = filled(MemoryDisk::new(), ORIGIN, 290);
    desk.source("Notice", "We close the bridge.");
    grow(&mut desk, 300, "");
    // Leftovers and private files stay at home.
    desk.disk().write_synced("lock", b"").unwrap();
    desk.disk()
        .write_synced("tile/0/009", b"left over")
        .unwrap();
    let (one, two) = (MemoryDisk::new(), MemoryDisk::new());
    export_to(&desk, ALL, &one);
    export_to(&desk, ALL, &two);
    assert_eq!(everything(&one), everything(&two));
    assert_eq!(clean(&one), 300);
    let names: Vec<String> = one.list("").unwrap();
    assert!(
        names
            .iter()
            .all(|n| n == "checkpoint" || n.starts_with("tile/") || n.starts_with("snapshots/"))
    );

    let folder = tempfile::tempdir().unwrap();
    let reader = Files::new(desk.disk());
    let log = Log::open(&reader).unwrap();
    let plan = export::plan(&log, ALL).unwrap();
    let archives: Vec<Vec<u8>> = ["a.tar.zst", "b.tar.zst"]
        .iter()
        .map(|name| {
            let path = folder.path().join(name);
            export::to_archive(&log, &plan, &path, false, &mut |_, _| {}).unwrap();
            std::fs::read(path).unwrap()
        })
        .collect();
    assert_eq!(archives[0], archives[1]);
    let archive = Archive::open(&folder.path().join("a.tar.zst"), Some(folder.path())).unwrap();
    for (name, bytes) in everything(&one) {
        assert_eq!(archive.read(&name).unwrap(), Some(bytes), "{name}");
    }
    assert_eq!(archive.list("").unwrap().unwrap(), one.list("").unwrap());
}

#[test]
fn an_interrupted_export_is_continued_and_publishes_what_was_chosen() {
    let mut desk = filled(MemoryDisk::new(), ORIGIN, 200);
    let text = "A letter nobody else should read.";
    let source = desk.source("Letter", text);
    desk.source("Notice", "Everybody may read this.");
    grow(&mut desk, 250, "");
    let target = MemoryDisk::new();
    let reader = Files::new(desk.disk());
    let plan = export::plan_folder(
        &Log::open(&reader).unwrap(),
        ExportChoices::default(),
        &target,
    )
    .unwrap();
    assert_eq!(
        (
            plan.from.get(),
            plan.size.get(),
            plan.snapshots,
            plan.kept_back
        ),
        (0, 250, 0, 2)
    );
    assert_eq!(plan.entries["source.add"], 2);
    assert!(
        target.list("").unwrap().is_empty(),
        "nothing is written by planning"
    );
    export_to(&desk, ExportChoices::default(), &target);
    assert!(target.list("snapshots").unwrap().is_empty());
    export_to(&desk, ALL, &target);
    assert_eq!(target.list("snapshots").unwrap().len(), 2);

    // What is withheld later is taken away, and comes back with no choice.
    let digest = claimledger_core::crypto::sha256(&[text.as_bytes()]);
    desk.say(
        ANNA,
        "snapshot.withhold",
        json!({"reason": "personal", "sha256": digest.to_string(), "source": source.to_string()}),
    );
    grow(&mut desk, 300, "");
    let exported = export_to(&desk, ALL, &target);
    assert_eq!(target.list("snapshots").unwrap().len(), 1);
    assert!(exported.removed > 0);
    assert!(
        target.list("tile/0/000.p").unwrap().is_empty(),
        "partial tiles that have served go"
    );
    assert_eq!(clean(&target), 300);
    let again = export_to(&desk, ALL, &target);
    assert_eq!((again.written, again.removed), (0, 0));

    // Another history is not written over this one.
    let mut other = filled(MemoryDisk::new(), ORIGIN, 100);
    grow(&mut other, 400, " other");
    let reader = Files::new(other.disk());
    let log = Log::open(&reader).unwrap();
    let refused = export::plan_folder(&log, ALL, &target).unwrap_err();
    assert_eq!(refused.code(), "export-other");
    let no_quorum = ExportChoices {
        quorum: true,
        ..ALL
    };
    assert_eq!(
        export::plan(&log, no_quorum).unwrap_err().code(),
        "no-quorum"
    );
}

#[test]
fn what_the_host_withholds_is_in_no_new_copy_whoever_brought_it_and_comes_back_when_it_is_withdrawn()
 {
    let mut desk = filled(MemoryDisk::new(), ORIGIN, 20);
    let text = "A letter that a court forbids.";
    desk.source("Letter", text);
    desk.source("The same letter, elsewhere", text);
    desk.source("Notice", "Everybody may read this.");
    grow(&mut desk, 30, "");
    let path = path_of(&sha256(&[text.as_bytes()]));
    let (exported, earlier) = (MemoryDisk::new(), MemoryDisk::new());
    let with_snapshots = PullOptions {
        with_snapshots: true,
        ..wanted()
    };
    // A new export, a pull into the copy of before, and a pull by somebody new. The peer offers the bytes all the same.
    let copies = |desk: &Desk<MemoryDisk>| {
        let new = MemoryDisk::new();
        export_to(desk, ALL, &exported);
        for into in [&earlier, &new] {
            pull_all(&Files::new(desk.disk()), into, &with_snapshots).unwrap();
        }
        for copy in [&exported, &earlier, &new] {
            assert_eq!(clean(copy), desk.size().get());
        }
        [&exported, &earlier, &new].map(|copy| copy.read(&path).unwrap().is_some())
    };
    assert_eq!(copies(&desk), [true, true, true]);
    let hidden = desk.say(
        ANNA,
        "snapshot.withhold",
        json!({"reason": "a court said so", "sha256": sha256(&[text.as_bytes()]).to_string()}),
    );
    grow(&mut desk, 40, "");
    // At home, and in a copy that had them before, the bytes stay and are not shown.
    assert!(desk.disk().read(&path).unwrap().is_some());
    assert_eq!(copies(&desk), [false, true, false]);
    // Added once more, under another title: the digest is hidden wherever it stands.
    desk.source("Once more", text);
    grow(&mut desk, 50, "");
    assert_eq!(copies(&desk), [false, true, false]);
    desk.say(
        ANNA,
        "withdraw",
        json!({"reason": "the judgment was overturned", "target": hidden.to_string()}),
    );
    grow(&mut desk, 60, "");
    assert_eq!(copies(&desk), [true, true, true]);
}

#[test]
fn an_export_interrupted_anywhere_is_the_earlier_one() {
    let mut desk = filled(MemoryDisk::new(), ORIGIN, 250);
    let target = MemoryDisk::new();
    export_to(&desk, ALL, &target);
    grow(&mut desk, 300, "");
    let reader = Files::new(desk.disk());
    let log = Log::open(&reader).unwrap();
    let mut ended = false;
    for step in 0..200 {
        let disk = target.power_cut(Survives::Everything);
        let mut at = 0;
        disk.hook(Some(Box::new(move |_, when| {
            at += usize::from(when == Moment::Before);
            (at > step).then_some(std::io::ErrorKind::Other)
        })));
        let plan = export::plan_folder(&log, ALL, &disk).unwrap();
        let done = export::to_folder(&log, &plan, &disk, &mut |_, _| {}).is_ok();
        for survives in [
            Survives::Nothing,
            Survives::Everything,
            Survives::Some(0x5a5a_a5a5),
        ] {
            let size = clean(&disk.power_cut(survives));
            assert!(
                if done {
                    size == 300
                } else {
                    size == 250 || size == 300
                },
                "step {step}"
            );
        }
        if done {
            ended = true;
            break;
        }
    }
    assert!(ended);
}

#[test]
fn a_copy_follows_from_folder_archive_and_address() {
    let mut desk = filled(MemoryDisk::new(), ORIGIN, 200);
    desk.source("Notice", "Everybody may read this.");
    grow(&mut desk, 700, "");
    let public = MemoryDisk::new();
    export_to(&desk, ALL, &public);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("facts.tar.zst");
    let reader = Files::new(desk.disk());
    let log = Log::open(&reader).unwrap();
    export::to_archive(
        &log,
        &export::plan(&log, ALL).unwrap(),
        &path,
        false,
        &mut |_, _| {},
    )
    .unwrap();
    let server = serve(public.clone());
    let places: Vec<Box<dyn Reader>> = vec![
        Box::new(Files::new(public.clone())),
        Box::new(Archive::open(&path, None).unwrap()),
        Box::new(Remote::new(
            client(),
            &format!("http://{}/", server.address()),
        )),
    ];
    for place in &places {
        let copy = MemoryDisk::new();
        let all = PullOptions {
            with_snapshots: true,
            ..wanted()
        };
        let pulled = pull_all(place.as_ref(), &copy, &all).unwrap();
        assert_eq!(
            (pulled.from.get(), pulled.size.get(), pulled.snapshots),
            (0, 700, 1)
        );
        assert!(pulled.first_contact);
        assert_eq!(clean(&copy), 700);
        assert_eq!(everything(&copy), everything(&public), "{}", place.place());
        let again = pull_all(place.as_ref(), &copy, &wanted()).unwrap();
        assert_eq!(
            (again.fetched, again.kept, again.first_contact),
            (0, 0, false)
        );
    }

    // From every size to every later one, over a server that cannot be listed.
    for (before, after) in [
        (701, 702),
        (702, 767),
        (767, 768),
        (768, 1_030),
        (1_030, 1_100),
    ] {
        grow(&mut desk, before, "");
        export_to(&desk, ALL, &public);
        let copy = MemoryDisk::new();
        let remote = Remote::new(client(), &format!("http://{}", server.address()));
        pull_all(&remote, &copy, &wanted()).unwrap();
        grow(&mut desk, after, "");
        // A fresh export has no partial tile but those of its own size.
        let fresh = MemoryDisk::new();
        export_to(&desk, ALL, &fresh);
        let fresh = serve(fresh);
        let remote = Remote::new(client(), &format!("http://{}", fresh.address()));
        let pulled = pull_all(&remote, &copy, &wanted()).unwrap();
        assert_eq!((pulled.from.get(), pulled.size.get()), (before, after));
        assert_eq!(clean(&copy), after);
    }
}

#[test]
fn an_interrupted_pull_is_continued() {
    let mut desk = filled(MemoryDisk::new(), ORIGIN, 600);
    let copy = MemoryDisk::new();
    pull_all(&Files::new(desk.disk()), &copy, &wanted()).unwrap();
    grow(&mut desk, 1_500, "");
    let peer = Files::new(desk.disk());
    let disk = copy.power_cut(Survives::Nothing);
    assert_eq!(clean(&disk), 600, "what was pulled is durable");
    let mut ended = false;
    for step in 1..200 {
        let mut at = 0;
        disk.hook(Some(Box::new(move |_, when| {
            at += usize::from(when == Moment::Before);
            (at > step * 3).then_some(std::io::ErrorKind::Other)
        })));
        let pulled = pull_all(&peer, &disk, &wanted());
        disk.hook(None);
        let size = clean(&disk);
        if pulled.is_ok() {
            assert_eq!(size, 1_500);
            ended = true;
            break;
        }
        assert!(size == 600 || size == 1_500);
    }
    assert!(ended);

    // Cut after a dozen files, then let go on: what had come is not fetched again.
    let disk = copy.power_cut(Survives::Nothing);
    let mut at = 0;
    disk.hook(Some(Box::new(move |_, when| {
        at += usize::from(when == Moment::Before);
        (at > 20).then_some(std::io::ErrorKind::Other)
    })));
    assert!(pull_all(&peer, &disk, &wanted()).is_err());
    disk.hook(None);
    let pulled = pull_all(&peer, &disk, &wanted()).unwrap();
    assert!(
        pulled.kept >= 5,
        "{} kept, {} fetched",
        pulled.kept,
        pulled.fetched
    );
    assert_eq!(clean(&disk), 1_500);
}

#[test]
fn a_rewritten_peer_is_refused_with_evidence() {
    for (held, base, now) in [
        (300, 250, 300),
        (300, 250, 400),
        (400, 250, 300),
        (700, 100, 1_000),
    ] {
        let desk = filled(MemoryDisk::new(), ORIGIN, held);
        let copy = MemoryDisk::new();
        pull_all(&Files::new(desk.disk()), &copy, &wanted()).unwrap();
        let before = everything(&copy);
        let mut forked = filled(MemoryDisk::new(), ORIGIN, base);
        grow(&mut forked, now, " rewritten");
        let error = pull_all(&Files::new(forked.disk()), &copy, &wanted()).unwrap_err();
        let Error::Forked {
            entry, evidence, ..
        } = error
        else {
            panic!("{error}");
        };
        assert_eq!(
            entry,
            Some(EntryIndex::new(base)),
            "the first entry that differs"
        );
        let evidence = evidence.expect("one key signed both");
        let bytes = evidence.print();
        let fork = ForkEvidence::parse(&bytes)
            .unwrap()
            .verify(Some(&desk.vkey()))
            .unwrap();
        assert_eq!(
            (fork.size.get(), fork.other_size.get()),
            (held.min(now), held.max(now))
        );
        assert_eq!(everything(&copy), before, "the good copy stays as it was");
    }
}

#[test]
fn an_older_peer_is_refused_without_evidence_of_a_fork() {
    let desk = filled(MemoryDisk::new(), ORIGIN, 400);
    let copy = MemoryDisk::new();
    pull_all(&Files::new(desk.disk()), &copy, &wanted()).unwrap();
    let older = filled(MemoryDisk::new(), ORIGIN, 300);
    let error = pull_all(&Files::new(older.disk()), &copy, &wanted()).unwrap_err();
    let Error::Behind { theirs, ours, .. } = error else {
        panic!("{error}");
    };
    assert_eq!((theirs.get(), ours.get()), (300, 400));
    // The same by what this machine knows from elsewhere, without a copy.
    let known = PullOptions {
        known: vec![desk.signed_head().to_bytes()],
        ..wanted()
    };
    let error = pull_all(&Files::new(older.disk()), &MemoryDisk::new(), &known).unwrap_err();
    assert_eq!(error.code(), "peer-behind");
}

#[test]
fn another_ledger_is_refused() {
    let desk = filled(MemoryDisk::new(), ORIGIN, 40);
    let copy = MemoryDisk::new();
    pull_all(&Files::new(desk.disk()), &copy, &wanted()).unwrap();
    let other = filled(MemoryDisk::new(), "other.example/facts", 50);
    let error = pull_all(&Files::new(other.disk()), &copy, &wanted()).unwrap_err();
    assert_eq!(error.code(), "peer-other-ledger");
    let pinned = PullOptions {
        ledger_key: Some(desk.vkey()),
        ..wanted()
    };
    let error = pull_all(&Files::new(other.disk()), &MemoryDisk::new(), &pinned).unwrap_err();
    assert_eq!(error.code(), "peer-other-ledger");
    let pulled = pull_all(&Files::new(desk.disk()), &MemoryDisk::new(), &pinned).unwrap();
    assert!(!pulled.first_contact);
}

#[test]
fn a_damaged_or_old_copy_is_restored() {
    let mut desk = filled(MemoryDisk::new(), ORIGIN, 600);
    let old = desk.disk().power_cut(Survives::Nothing);
    grow(&mut desk, 900, "");
    let peer = Files::new(desk.disk());
    let restore = PullOptions {
        restore: true,
        known: vec![desk.signed_head().to_bytes()],
        ..wanted()
    };
    let damages: [&dyn Fn(&MemoryDisk); 6] = [
        &|_| {},
        &|disk| disk.remove("tile/entries/001").unwrap(),
        &|disk| disk.write_synced("tile/entries/000", b"rot").unwrap(),
        &|disk| disk.remove("tile/0/000").unwrap(),
        &|disk| disk.write_synced("tile/0/001", &[0; 8_192]).unwrap(),
        &|disk| disk.write_synced("checkpoint", b"rot").unwrap(),
    ];
    for (n, damage) in damages.iter().enumerate() {
        let copy = old.power_cut(Survives::Everything);
        damage(&copy);
        let plain = pull_all(&peer, &copy, &wanted());
        match plain {
            Ok(_) => assert_eq!(n, 0),
            Err(error) => assert_eq!(error.code(), "ledger-damaged", "damage {n}: {error}"),
        }
        let copy = old.power_cut(Survives::Everything);
        damage(&copy);
        assert_eq!(
            pull_all(&peer, &copy, &restore).unwrap().size,
            TreeSize::new(900)
        );
        assert_eq!(clean(&copy), 900);
    }
    // A head that was signed here and not committed is known too.
    let copy = old.power_cut(Survives::Everything);
    let next = filled(MemoryDisk::new(), ORIGIN, 1_000).signed_head();
    copy.write_synced("checkpoint.next", &next.to_bytes())
        .unwrap();
    let error = pull_all(&peer, &copy, &restore).unwrap_err();
    assert_eq!(error.code(), "peer-behind");
}

#[test]
fn mirrors_keep_copies_and_evidence() {
    let folder = tempfile::tempdir().unwrap();
    let mirrors = Mirrors::at(folder.path());
    let mut desk = filled(MemoryDisk::new(), ORIGIN, 250);
    let server = serve(desk.disk().clone());
    let url = format!("http://{}", server.address());
    let name = "desk".parse().unwrap();
    let update = |from: Option<&str>| {
        let from = mirrors.followed_from(&name, from)?;
        let reader = Place::named(Path::new(&from), &mirrors)?.open(&client())?;
        mirrors.update(&name, &from, reader.as_ref(), &wanted(), &mut |_, _| {})
    };
    assert_eq!(update(None).unwrap_err().code(), "mirror");
    assert!(update(Some(&url)).unwrap().first_contact);
    grow(&mut desk, 300, "");
    assert_eq!(update(None).unwrap().size, TreeSize::new(300));
    let mut forked = filled(MemoryDisk::new(), ORIGIN, 260);
    grow(&mut forked, 400, " rewritten");
    let reader = Files::new(forked.disk());
    let error = mirrors
        .update(&name, &url, &reader, &wanted(), &mut |_, _| {})
        .unwrap_err();
    assert_eq!(error.code(), "peer-forked");
    assert!(error.to_string().contains("entry 260"), "{error}");
    let shown = mirrors.show(&name).unwrap();
    assert_eq!((shown.size.get(), shown.evidence.len()), (300, 1));
    let kept = std::fs::read(&shown.evidence[0]).unwrap();
    assert!(ForkEvidence::is_one(&kept));
    ForkEvidence::parse(&kept)
        .unwrap()
        .verify(Some(&desk.vkey()))
        .unwrap();
    assert_eq!(clean(&FolderDisk::new(mirrors.ledger(&name))), 300);
    assert_eq!(mirrors.list().unwrap(), [shown]);
    // Under a known name, another ledger is another ledger, even when the copy has gone.
    std::fs::remove_dir_all(mirrors.ledger(&name)).unwrap();
    let other = filled(MemoryDisk::new(), "other.example/facts", 50);
    let reader = Files::new(other.disk());
    let error = mirrors
        .update(&name, &url, &reader, &wanted(), &mut |_, _| {})
        .unwrap_err();
    assert_eq!(error.code(), "peer-other-ledger");
}
