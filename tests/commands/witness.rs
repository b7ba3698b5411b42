//! A witness as a real process: addressed by hand, killed, restarted; and a ledger whose heads are cosigned.

use crate::commands::world::{Serving, World};
use crate::machines::witness::{Raw, raw};
use claimledger::keystore::file;
use claimledger_core::TreeSize;
use claimledger_core::crypto::{Digest, SecretKey};
use claimledger_core::tlog::checkpoint::{Checkpoint, SignedCheckpoint};
use claimledger_core::tlog::cosignature::{self, WitnessKey};
use claimledger_core::tlog::merkle::empty_root;
use claimledger_core::tlog::note::VerifierKey;
use claimledger_core::tlog::witness::{AddCheckpoint, monitor_path, read_cosignatures};
use claimledger_testing::key;
use serde_json::Value;
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

const ORIGIN: &str = "desk.example/facts";

/// Makes a witness in a world of its own, or beside the ledger.
fn make(world: &World) -> String {
    let made = world.yes("witness new watch --name witness.example/b --no-passphrase");
    made["vkey"].as_str().unwrap().to_owned()
}

fn serve(world: &World, log: &str) -> Serving {
    let line = format!(
        "witness serve --as watch --name witness.example/b --log {log} --listen 127.0.0.1:0"
    );
    world.serve(&line)
}

fn vkey(world: &World) -> String {
    world.yes("checkpoint")["vkey"].as_str().unwrap().to_owned()
}

fn claim(world: &World, text: &str) {
    world.yes(&format!("claim add '{text}' --claimant many --as jonas"));
}

/// The request that the ledger's own tool makes.
fn request(world: &World, old: u64) -> AddCheckpoint {
    world.yes(&format!("checkpoint --request request --force --old {old}"));
    AddCheckpoint::parse(&std::fs::read(world.path("request")).unwrap()).unwrap()
}

fn signed(size: u64, root: Digest, origin: &str, by: &SecretKey) -> SignedCheckpoint {
    let origin: claimledger_core::encoding::name::Origin = origin.parse().unwrap();
    let vkey = VerifierKey::new(origin.clone(), by.public());
    let checkpoint = Checkpoint {
        origin,
        size: TreeSize::new(size),
        root,
    };
    SignedCheckpoint::sign(checkpoint, &vkey, |text| by.sign(text))
}

fn policy(witness: &Serving) -> String {
    format!("witness b {} {}\nquorum b\n", witness.vkey, witness.url)
}

#[test]
#[expect(
    clippy::too_many_lines,
    reason = "one witness, asked in the order of what it remembers"
)]
fn every_documented_status_comes_from_the_process() {
    let a = World::newsroom();
    let b = World::new();
    let witness_key = make(&b);
    let server = serve(&b, &vkey(&a));
    assert_eq!(server.vkey, witness_key);
    let own = file::read_secret(&a.path("keys"), "ledger", &mut |_| unreachable!()).unwrap();
    let post = |body: &[u8]| raw(server.address, "POST", "/add-checkpoint", body);
    let says = |request: &AddCheckpoint| post(&request.print()).status;
    let monitor = format!("/{}", monitor_path(&ORIGIN.parse().unwrap()));
    let shown = || raw(server.address, "GET", &monitor, b"");

    assert_eq!(shown().status, 404, "nothing was cosigned yet");
    let front = raw(server.address, "GET", "/", b"");
    let front = String::from_utf8(front.body).unwrap();
    assert!(
        front.contains(&witness_key) && front.contains(ORIGIN),
        "{front}"
    );
    assert_eq!(
        raw(server.address, "GET", "/else/checkpoint", b"").status,
        404
    );
    let first = request(&a, 0);
    let size = first.checkpoint.checkpoint().size.get();

    // 409 before anything was cosigned: the size is 0.
    let mut ahead = first.clone();
    ahead.old = TreeSize::new(1);
    let answer = post(&ahead.print());
    assert_eq!((answer.status, &answer.body[..]), (409, &b"0\n"[..]));
    assert!(
        answer.head.contains("content-type: text/x.tlog.size"),
        "{}",
        answer.head
    );
    // 422 on first contact: a proof where none belongs; a log of no entries with another root.
    let mut more = first.clone();
    more.proof.push(Digest::ZERO);
    assert_eq!(says(&more), 422);
    let nothing = |root| AddCheckpoint {
        old: TreeSize::EMPTY,
        proof: Vec::new(),
        checkpoint: signed(0, root, ORIGIN, &own),
    };
    assert_eq!(says(&nothing(Digest::ZERO)), 422);
    assert_eq!(shown().status, 404, "no refusal is kept");

    // 200: a log of no entries, first entries, the same head again, the next one.
    assert_eq!(says(&nothing(empty_root())), 200);
    let answer = post(&first.print());
    assert_eq!(answer.status, 200);
    cosigned(&answer, &first, &witness_key);
    let kept = SignedCheckpoint::parse(&shown().body).unwrap();
    assert_eq!(kept.checkpoint(), first.checkpoint.checkpoint());
    assert_eq!(says(&request(&a, size)), 200);
    claim(&a, "One.");
    claim(&a, "Two.");
    let next = request(&a, size);
    assert!(!next.proof.is_empty());
    assert_eq!(says(&next), 200);
    let now = size + 2;

    // 409 with the size cosigned last.
    for old in [0, 1, size] {
        let answer = post(&request(&a, old).print());
        assert_eq!(answer.status, 409);
        assert_eq!(answer.body, format!("{now}\n").as_bytes());
        assert!(answer.head.contains("content-type: text/x.tlog.size"));
    }
    // 404: this log is not watched. This is checked before any signature.
    let elsewhere = |by: &SecretKey| AddCheckpoint {
        old: TreeSize::new(9),
        proof: Vec::new(),
        checkpoint: signed(1, Digest::ZERO, "other.example/log", by),
    };
    assert_eq!(says(&elsewhere(&own)), 404);
    // 403: no signature by the log's key, or a wrong one with its name. This is checked before any size.
    let stranger = AddCheckpoint {
        checkpoint: signed(now, Digest::ZERO, ORIGIN, &key(99)),
        ..elsewhere(&own)
    };
    assert_eq!(says(&stranger), 403);
    let unlike = signed(now + 1, Digest::ZERO, ORIGIN, &own);
    let swapped = String::from_utf8(unlike.to_bytes()).unwrap();
    let head = String::from_utf8(next.checkpoint.to_bytes()).unwrap();
    let line = swapped.lines().last().unwrap();
    let text = head.split("\n\n").next().unwrap();
    let body = format!("old {now}\n\n{text}\n\n{line}\n");
    let answer = post(body.as_bytes());
    assert_eq!(
        answer.status,
        403,
        "{}",
        String::from_utf8_lossy(&answer.body)
    );
    // 400: the old size is larger than the new one, which is checked before the last cosigned head; or not a request.
    let mut beyond = request(&a, now);
    beyond.old = TreeSize::new(now + 1);
    assert_eq!(says(&beyond), 400);
    let long = format!("old {now}\n{}\n{head}", "AAAA\n".repeat(64));
    let spaced = format!("old  {now}\n\n{head}");
    let malformed = [
        &b""[..],
        b"old 5\n",
        b"\xff\n\n",
        b"old 05\n\nx\n",
        long.as_bytes(),
        spaced.as_bytes(),
        text.as_bytes(),
    ];
    for bad in malformed {
        assert_eq!(post(bad).status, 400, "{}", String::from_utf8_lossy(bad));
    }
    // 422: a proof that fails, one that is missing, the same size with another root, a proof between equal sizes.
    claim(&a, "Three.");
    let mut spoiled = request(&a, now);
    spoiled.proof[0] = Digest::ZERO;
    assert_eq!(says(&spoiled), 422);
    spoiled.proof.clear();
    assert_eq!(says(&spoiled), 422);
    let forked = AddCheckpoint {
        old: TreeSize::new(now),
        proof: Vec::new(),
        checkpoint: signed(now, Digest::ZERO, ORIGIN, &own),
    };
    assert_eq!(says(&forked), 422);
    let mut same = next.clone();
    same.old = TreeSize::new(now);
    assert_eq!(says(&same), 422, "{} hashes", same.proof.len());
    assert_eq!(says(&request(&a, now)), 200);

    assert_eq!(
        raw(server.address, "PUT", "/add-checkpoint", b"").status,
        405
    );
    assert_eq!(post(&vec![b'x'; 100_000]).status, 413);
    let (code, said) = server.stop("TERM");
    assert_eq!(code, Some(0), "{said}");
    assert!(said.ends_with("stopped\n"), "{said}");
    let logged = format!("POST /add-checkpoint {ORIGIN} {}: 200", now + 1);
    assert!(said.lines().any(|line| line.ends_with(&logged)), "{said}");
    assert!(said.contains(&format!("{ORIGIN} {now}: 403 ")), "{said}");
}

/// The answer is a cosignature of this head, as of about now.
fn cosigned(answer: &Raw, request: &AddCheckpoint, vkey: &str) {
    let lines = read_cosignatures(&answer.body).unwrap();
    let with = request.checkpoint.clone().with_signatures(&lines);
    let by = cosignature::verify(with.note(), &[vkey.parse().unwrap()]).unwrap();
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap()
        .as_secs();
    assert!(by[0].time.abs_diff(now) < 600, "{}", by[0].time);
}

#[test]
fn a_cosigned_head_survives_a_kill_and_is_never_forgotten() {
    let a = World::newsroom();
    let b = World::new();
    make(&b);
    let key = vkey(&a);
    let own = file::read_secret(&a.path("keys"), "ledger", &mut |_| unreachable!()).unwrap();
    let mut cosigned = 0;
    let mut earlier = None;
    for round in 0..3 {
        let server = serve(&b, &key);
        claim(&a, &format!("Claim {round}."));
        let request = request(&a, cosigned);
        let size = request.checkpoint.checkpoint().size.get();
        let answer = raw(server.address, "POST", "/add-checkpoint", &request.print());
        assert_eq!(answer.status, 200);
        // Killed with the answer on its way to us and nothing else to go by.
        server.kill();
        let server = serve(&b, &key);
        let post = |request: &AddCheckpoint| {
            raw(server.address, "POST", "/add-checkpoint", &request.print())
        };
        let monitor = format!("/{}", monitor_path(&ORIGIN.parse().unwrap()));
        let shown = raw(server.address, "GET", &monitor, b"");
        let shown = SignedCheckpoint::parse(&shown.body).unwrap();
        assert_eq!(shown.checkpoint(), request.checkpoint.checkpoint());
        let again = post(&request);
        assert_eq!(
            (again.status, again.body),
            (409, format!("{size}\n").into_bytes())
        );
        // Back to an earlier head: refused, however it is asked.
        if let Some(before) = &earlier {
            let before: &AddCheckpoint = before;
            let mut back = before.clone();
            back.old = back.checkpoint.checkpoint().size;
            back.proof.clear();
            assert_eq!(post(&back).status, 409);
            back.old = TreeSize::new(size);
            assert_eq!(post(&back).status, 400);
        }
        let mut other = AddCheckpoint {
            old: TreeSize::new(size),
            proof: Vec::new(),
            checkpoint: signed(size, Digest::ZERO, ORIGIN, &own),
        };
        assert_eq!(post(&other).status, 422);
        other.checkpoint = signed(size + 1, Digest::ZERO, ORIGIN, &own);
        assert_eq!(post(&other).status, 422);
        server.kill();
        cosigned = size;
        earlier = Some(request);
    }
}

#[test]
fn a_witness_key_runs_once_at_a_time_and_has_no_other_job() {
    let a = World::newsroom();
    let key = vkey(&a);
    let serve_as = |name: &str, log: &str| {
        format!("witness serve --as {name} --log {log} --listen 127.0.0.1:0")
    };
    a.no(&serve_as("jonas", &key), 4, "witness-key-taken");
    a.no(&serve_as("ledger", &key), 4, "witness-key-taken");
    make(&a);
    a.no("witness new watch --no-passphrase", 4, "key-exists");
    a.no("witness serve --as watch", 2, "usage");
    let server = serve(&a, &key);
    // The same key at the same time, under another name or not.
    a.no(&serve_as("watch", &key), 3, "ledger-locked");
    // The ledger asks this witness, so its key has no other job here.
    a.file("ledger/witnesses", &policy(&server));
    for line in [
        "key enroll watch --role reviewer --as mara",
        "key rotate jonas --to watch",
        "checkpoint rotate --to watch --as mara",
    ] {
        a.no(line, 4, "witness-key-taken");
    }
    // Where that cannot be seen, the audit finds it.
    a.yes("checkpoint --cosign --allow-private");
    claim(&a, "One.");
    a.file("policy", &policy(&server));
    a.clean("--witness-policy policy");
    std::fs::remove_file(a.path("ledger/witnesses")).unwrap();
    a.yes("key enroll watch --role reviewer --as mara");
    for line in ["audit --witness-policy policy", "audit"] {
        let report = faults(&a, line);
        assert_eq!(report, ["witness-key-enrolled"], "{line}");
    }
}

/// The codes of the faults that an audit must find.
fn faults(world: &World, line: &str) -> Vec<String> {
    let run = world.run(&format!("{line} --json"));
    assert_eq!(run.code, 1, "{line}\n{}{}", run.out, run.err);
    let report: Value = serde_json::from_str(&run.out).unwrap();
    let findings = report["findings"].as_array().unwrap().iter();
    let faults = findings.filter(|f| f["severity"] == "fault");
    faults
        .map(|f| f["code"].as_str().unwrap().to_owned())
        .collect()
}

/// A listener on this machine that counts who connects to it, and answers nobody.
fn counting() -> (std::net::SocketAddr, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let count = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&count);
    std::thread::spawn(move || {
        for connection in listener.incoming() {
            counted.fetch_add(1, Ordering::SeqCst);
            drop(connection);
        }
    });
    (address, count)
}

#[test]
fn a_policy_that_came_with_a_folder_sends_nothing_into_this_machines_network() {
    let a = World::newsroom();
    let (address, count) = counting();
    let connected = || count.load(Ordering::SeqCst);
    let key = WitnessKey::new("witness.example/x".parse().unwrap(), key_of(9));
    let planted = format!("witness x {key} http://{address}\nquorum x\n");
    a.file("ledger/witnesses", &planted);
    let advice = "checkpoint --cosign --allow-private";
    let run = a.run("claim add 'One.' --claimant many --as jonas");
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.err.contains("x did not cosign: "), "{}", run.err);
    assert!(run.err.contains(advice), "{}", run.err);
    let asked = a.run("checkpoint --cosign");
    assert_eq!(
        (asked.code, asked.err.contains(advice)),
        (3, true),
        "{}",
        asked.err
    );
    // Nor is it asked for a newer head.
    let adopted = a.run("--state elsewhere ledger adopt --yes");
    assert_eq!(adopted.code, 0, "{}", adopted.err);
    assert!(
        adopted.err.contains("could not ask: witness x"),
        "{}",
        adopted.err
    );
    assert!(adopted.err.contains(advice), "{}", adopted.err);
    // The same under a name, and in other spellings.
    let port = address.port();
    for host in ["localhost", "127.1", "[::ffff:127.0.0.1]", "0x7f000001"] {
        a.file(
            "ledger/witnesses",
            &format!("witness x {key} http://{host}:{port}/\nquorum x\n"),
        );
        a.run("checkpoint --cosign");
    }
    assert_eq!(connected(), 0);
    // Once a person has agreed, this address is asked, now and after each commit; another one is not.
    a.file("ledger/witnesses", &planted);
    a.run("checkpoint --cosign --allow-private");
    assert!(connected() > 0);
    let before = connected();
    claim(&a, "Two.");
    assert!(connected() > before);
    let before = connected();
    a.run("--state elsewhere checkpoint --cosign");
    a.file(
        "ledger/witnesses",
        &format!("witness x {key} http://{address}/other\nquorum x\n"),
    );
    claim(&a, "Three.");
    assert_eq!(connected(), before);
}

#[test]
fn a_ledger_asks_its_witnesses_at_each_commit_and_does_not_depend_on_them() {
    let a = World::newsroom();
    let b = World::new();
    make(&b);
    let server = serve(&b, &vkey(&a));
    a.file("policy", &policy(&server));
    a.no("checkpoint --cosign", 2, "usage");
    assert!(faults(&a, "audit --witness-policy policy").contains(&"quorum-not-met".to_owned()));

    // On demand.
    let unasked = a.run("checkpoint --cosign --witness-policy policy");
    assert_eq!(unasked.code, 3, "{}", unasked.out);
    let asked = a.yes("checkpoint --cosign --allow-private --witness-policy policy");
    assert_eq!(
        (&asked["quorum"], &asked["kept"]),
        (&true.into(), &true.into())
    );
    assert!(
        asked["witnesses"][0]["time"]
            .as_str()
            .unwrap()
            .ends_with('Z')
    );
    // At each commit.
    a.file("ledger/witnesses", &policy(&server));
    let run = a.run("claim add 'One.' --claimant many --as jonas");
    assert_eq!((run.code, run.err.as_str()), (0, ""), "{}", run.err);
    let kept = SignedCheckpoint::parse(a.read("ledger/checkpoint.cosigned").as_bytes()).unwrap();
    assert_eq!(kept.checkpoint().size, TreeSize::new(a.size()));
    let report = a.yes("audit --witness-policy policy");
    assert_eq!(report["witnessed"]["quorum"], true);
    assert_eq!(report["witnessed"]["size"], a.size());
    assert_eq!(report["held"][0]["size"], a.size());
    let by = report["held"][0]["by"].as_str().unwrap();
    assert!(by.starts_with("witness witness.example/b (as of 2"), "{by}");
    let unasked = a.yes("audit");
    assert!(
        unasked.to_string().contains("no witness policy was given"),
        "{unasked}"
    );
    assert_eq!(
        unasked["findings"].as_array().unwrap().len(),
        0,
        "{unasked}"
    );
    // A proof carries the cosignature.
    claim(&a, "Seen.");
    a.yes("prove 3 -o proof");
    let key = vkey(&a);
    let told = a.run(&format!(
        "verify proof --ledger-key {key} --witness-policy policy"
    ));
    assert_eq!(told.code, 0, "{}{}", told.out, told.err);
    assert!(
        told.out.contains("seen by witness witness.example/b"),
        "{}",
        told.out
    );
    // The policy names the log: that is a pin.
    a.file("pinned", &format!("log {key}\n{}", policy(&server)));
    assert_eq!(
        a.yes("--state nobody audit --witness-policy pinned")["trust"],
        "pinned"
    );
    let other = VerifierKey::new(ORIGIN.parse().unwrap(), key_of(7));
    a.file("other", &format!("log {other}\n{}", policy(&server)));
    assert!(faults(&a, "audit --witness-policy other").contains(&"ledger-key-mismatch".to_owned()));

    // The witness stops: recording continues, and the failure is reported.
    let seen = a.size();
    let policy_text = policy(&server);
    server.kill();
    let run = a.run("claim add 'Two.' --claimant many --as jonas");
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(
        run.out.starts_with(&format!("added #{seen} ")),
        "{}",
        run.out
    );
    assert!(run.err.contains("note: b did not cosign: "), "{}", run.err);
    assert!(run.err.contains("has not met its quorum"), "{}", run.err);
    let asked = a.run("checkpoint --cosign");
    assert_eq!(asked.code, 3, "{}", asked.out);
    assert!(asked.out.contains("the quorum is not met"), "{}", asked.out);
    let report = a.yes("audit --witness-policy policy");
    assert_eq!(
        report["witnessed"]["size"], seen,
        "held up to there, and no further"
    );
    // A malformed policy is reported as well.
    a.file("ledger/witnesses", "quorum nobody\n");
    let run = a.run("claim add 'Three.' --claimant many --as jonas");
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.err.contains("no witness was asked"), "{}", run.err);
    a.no("checkpoint --cosign", 3, "policy-malformed");
    // Never published, and no stray.
    a.file("ledger/witnesses", &policy_text);
    a.yes("export public --yes");
    assert!(!a.path("public/witnesses").exists());
    a.clean("public");
    a.clean("");
}

fn key_of(seed: u8) -> claimledger_core::crypto::PublicKey {
    key(seed).public()
}

#[test]
fn the_head_kept_as_cosigned_is_checked() {
    let a = World::newsroom();
    make(&a);
    let server = serve(&a, &vkey(&a));
    a.file("policy", &policy(&server));
    a.copy("ledger", "old");
    claim(&a, "One.");
    a.yes("checkpoint --cosign --allow-private --witness-policy policy");
    let good = a.read("ledger/checkpoint.cosigned");
    let put = |text: &str| a.file("ledger/checkpoint.cosigned", text);
    // Two witnesses asked for where there is one.
    let other = claimledger_core::tlog::cosignature::WitnessKey::new(
        "w.example".parse().unwrap(),
        key_of(8),
    );
    a.file(
        "both",
        &format!(
            "witness b {}\nwitness c {other}\ngroup g all b c\nquorum g\n",
            server.vkey
        ),
    );
    assert_eq!(
        faults(&a, "audit --witness-policy both"),
        ["quorum-not-met"]
    );
    // The cosignature altered.
    let at = good.trim_end().len() - 6;
    let swap = if &good[at..=at] == "A" { "B" } else { "A" };
    put(&format!("{}{swap}{}", &good[..at], &good[at + 1..]));
    assert_eq!(
        faults(&a, "audit --witness-policy policy"),
        ["cosignature-invalid", "quorum-not-met"]
    );
    // No note at all; one that others signed.
    put("rot\n");
    assert_eq!(faults(&a, "audit"), ["cosigned-invalid"]);
    let foreign = signed(1, Digest::ZERO, ORIGIN, &key(9));
    put(&String::from_utf8(foreign.to_bytes()).unwrap());
    assert_eq!(faults(&a, "audit"), ["cosigned-invalid"]);
    // The ledger's own note, but for a different history, or for a head that this copy does not have.
    let own = file::read_secret(&a.path("keys"), "ledger", &mut |_| unreachable!()).unwrap();
    let forked = signed(2, Digest::ZERO, ORIGIN, &own);
    put(&String::from_utf8(forked.to_bytes()).unwrap());
    assert_eq!(faults(&a, "audit"), ["not-a-continuation"]);
    put(&good);
    a.clean("--witness-policy policy");
    a.file("old/checkpoint.cosigned", &good);
    assert!(faults(&a, "--state nobody audit old").contains(&"not-a-continuation".to_owned()));
}

#[test]
fn a_witness_works_without_a_network() {
    let a = World::newsroom();
    let b = World::new();
    let witness_key = make(&b);
    let key = vkey(&a);
    a.file("policy", &format!("witness b {witness_key}\nquorum b\n"));
    let judge =
        format!("witness add-checkpoint request --as watch --name witness.example/b --log {key}");
    let mut last = 0;
    for text in ["One.", "Two."] {
        claim(&a, text);
        a.yes(&format!(
            "checkpoint --request request --force --old {last}"
        ));
        std::fs::copy(a.path("request"), b.path("request")).unwrap();
        let said = b.run(&judge);
        assert_eq!(said.code, 0, "{}{}", said.out, said.err);
        a.file("cosignature", &said.out);
        let kept = a.yes("checkpoint --add-cosignature cosignature --witness-policy policy");
        assert_eq!(kept["kept"], true);
        last = a.size();
        let report = a.yes("audit --witness-policy policy");
        assert_eq!(report["witnessed"]["size"], last);
    }
    // The same request again, and a malformed one: refused with the status.
    let refused = b.run(&judge);
    assert_eq!(refused.code, 1, "{}", refused.out);
    assert_eq!(
        refused.out,
        format!(
            "not cosigned, status 409: this witness cosigned {last} entries last; write the request again with --old {last}\n"
        )
    );
    b.file("request", "rot");
    let refused = b.run(&format!("{judge} --json"));
    assert_eq!(refused.code, 1);
    assert!(refused.out.contains("\"status\": 400"), "{}", refused.out);
    // Of an older head, a cosignature is none of the newest.
    claim(&a, "Three.");
    let late = a.run("checkpoint --add-cosignature cosignature --witness-policy policy");
    assert_ne!(late.code, 0, "{}", late.out);
    a.no(
        &format!("checkpoint --request request --force --old {}", last + 9),
        2,
        "usage",
    );
    // The logs in a file.
    b.file("logs", &format!("# partners\n\n{key}\n"));
    a.yes(&format!(
        "checkpoint --request request --force --old {last}"
    ));
    std::fs::copy(a.path("request"), b.path("request")).unwrap();
    b.yes("witness add-checkpoint request --as watch --name witness.example/b --logs logs");
    b.file("logs", "nonsense\n");
    b.no(
        "witness add-checkpoint request --as watch --logs logs",
        4,
        "file-malformed",
    );
}
