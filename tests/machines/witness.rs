//! A witness over a real socket, addressed by hand; and a ledger that asks witnesses.

use claimledger::host::clock::FixedClock;
use claimledger::host::disk::Disk as _;
use claimledger::store::memory::{Moment, Survives};
use claimledger::store::{Files, MemoryDisk, Tree};
use claimledger::sync::newer_head;
use claimledger::sync::witness::{CosigningResult, Witness, ask, ask_every, keep};
use claimledger::transport::{Client, Limits, Server};
use claimledger_core::TreeSize;
use claimledger_core::UnixMillis;
use claimledger_core::log::Log;
use claimledger_core::tlog::checkpoint::{Checkpoint, SignedCheckpoint};
use claimledger_core::tlog::cosignature::{self, WitnessKey};
use claimledger_core::tlog::note::VerifierKey;
use claimledger_core::tlog::policy::WitnessPolicy;
use claimledger_core::tlog::witness::{AddCheckpoint, monitor_path, read_cosignatures};
use claimledger_testing::unchecked::{self, Desk, public, secret};
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;

const ORIGIN: &str = "desk.example/facts";
const NOW: u64 = 1_767_323_046;

fn witness(disk: &MemoryDisk, byte: u8) -> Witness<MemoryDisk> {
    Witness::new(
        disk.clone(),
        None,
        format!("witness.example/w{byte}").parse().unwrap(),
        Box::new(secret(byte)),
        Box::new(FixedClock::at(UnixMillis::new(NOW * 1_000))),
    )
}

fn watching(disk: &MemoryDisk, byte: u8, log: VerifierKey) -> Arc<Witness<MemoryDisk>> {
    let mut witness = witness(disk, byte);
    witness.watch(log);
    Arc::new(witness)
}

fn serve(witness: &Arc<Witness<MemoryDisk>>) -> Server {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let witness = Arc::clone(witness);
    Server::start(
        listener,
        claimledger_core::tlog::witness::MAX_REQUEST_BYTES,
        move |request| witness.answer(request),
    )
    .unwrap()
}

/// An answer by hand.
pub struct Raw {
    pub status: u16,
    /// Its head, in lower case.
    pub head: String,
    pub body: Vec<u8>,
}

/// One request by hand.
pub fn raw(address: SocketAddr, method: &str, path: &str, body: &[u8]) -> Raw {
    let mut stream = TcpStream::connect(address).unwrap();
    let head = format!(
        "{method} {path} HTTP/1.1\r\nhost: witness\r\nconnection: close\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    stream.write_all(&[head.as_bytes(), body].concat()).unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    let at = answer.windows(4).position(|w| w == b"\r\n\r\n").unwrap();
    let head = String::from_utf8(answer[..at].to_vec()).unwrap();
    Raw {
        status: head.split(' ').nth(1).unwrap().parse().unwrap(),
        head: head.to_lowercase(),
        body: answer[at + 4..].to_vec(),
    }
}

fn request(desk: &Desk<MemoryDisk>, old: u64) -> AddCheckpoint {
    let reader = Files::new(desk.disk());
    AddCheckpoint {
        old: TreeSize::new(old),
        proof: Tree::new(&reader, desk.size())
            .consistency(TreeSize::new(old))
            .unwrap(),
        checkpoint: desk.signed_head(),
    }
}

fn signed(
    size: u64,
    root: claimledger_core::crypto::Digest,
    origin: &str,
    by: u8,
) -> SignedCheckpoint {
    let origin: claimledger_core::encoding::name::Origin = origin.parse().unwrap();
    let vkey = VerifierKey::new(origin.clone(), public(by));
    let checkpoint = Checkpoint {
        origin,
        size: TreeSize::new(size),
        root,
    };
    SignedCheckpoint::sign(checkpoint, &vkey, |text| secret(by).sign(text))
}

#[test]
fn every_status_of_the_specification() {
    let mut desk = unchecked::filled(MemoryDisk::new(), ORIGIN, 300);
    let witness = watching(&MemoryDisk::new(), 40, desk.vkey());
    let server = serve(&witness);
    let post = |body: &[u8]| raw(server.address(), "POST", "/add-checkpoint", body);
    let monitor = format!("/{}", monitor_path(&ORIGIN.parse().unwrap()));
    assert_eq!(
        raw(server.address(), "GET", &monitor, b"").status,
        404,
        "nothing yet"
    );

    // 200: first contact, the next head, the same head again.
    let first = request(&desk, 0);
    let answer = post(&first.print());
    assert_eq!(answer.status, 200);
    let lines = read_cosignatures(&answer.body).unwrap();
    let with = first.checkpoint.clone().with_signatures(&lines);
    let by = cosignature::verify(with.note(), &[witness.key().clone()]).unwrap();
    assert_eq!(by[0].time, NOW);
    assert_eq!(
        raw(server.address(), "GET", &monitor, b"").body,
        with.to_bytes()
    );
    unchecked::grow(&mut desk, 700, "");
    assert_eq!(post(&request(&desk, 300).print()).status, 200);
    assert_eq!(post(&request(&desk, 700).print()).status, 200);

    // 409 with the size, in its own media type.
    for old in [0, 300, 699] {
        let answer = post(&request(&desk, old).print());
        assert_eq!(answer.status, 409);
        assert_eq!(answer.body, b"700\n");
        assert!(answer.head.contains("content-type: text/x.tlog.size"));
    }
    // 404: a log that this witness does not watch.
    let other = AddCheckpoint {
        old: TreeSize::new(0),
        proof: Vec::new(),
        checkpoint: signed(
            1,
            claimledger_core::crypto::Digest::ZERO,
            "other.example/log",
            13,
        ),
    };
    assert_eq!(post(&other.print()).status, 404);
    // 403: not by the log's key.
    let stranger = AddCheckpoint {
        checkpoint: signed(700, claimledger_core::crypto::Digest::ZERO, ORIGIN, 99),
        ..other.clone()
    };
    assert_eq!(post(&stranger.print()).status, 403);
    // 400: the old size larger than the new one; no request at all.
    let mut beyond = request(&desk, 700);
    beyond.old = TreeSize::new(701);
    assert_eq!(post(&beyond.print()).status, 400);
    for bad in [&b""[..], b"old 700\n", b"\xff\n\n", b"old 0700\n\nx\n"] {
        assert_eq!(post(bad).status, 400);
    }
    // 422: a proof that fails, the same size with another root, a proof where none belongs.
    unchecked::grow(&mut desk, 900, "");
    let mut spoiled = request(&desk, 700);
    spoiled.proof[0] = claimledger_core::crypto::Digest::ZERO;
    assert_eq!(post(&spoiled.print()).status, 422);
    let forked = AddCheckpoint {
        old: TreeSize::new(700),
        proof: Vec::new(),
        checkpoint: signed(700, claimledger_core::crypto::Digest::ZERO, ORIGIN, 13),
    };
    assert_eq!(post(&forked.print()).status, 422);
    let mut more = request(&desk, 700);
    more.proof.push(claimledger_core::crypto::Digest::ZERO);
    assert_eq!(post(&more.print()).status, 422);
    assert_eq!(post(&request(&desk, 700).print()).status, 200);

    assert_eq!(
        raw(server.address(), "GET", "/add-checkpoint", b"").status,
        404
    );
    assert_eq!(
        raw(server.address(), "PUT", "/add-checkpoint", b"").status,
        405
    );
    assert_eq!(
        raw(server.address(), "GET", "/../checkpoint", b"").status,
        404
    );
    assert_eq!(post(&vec![b'x'; 100_000]).status, 413);
}

#[test]
fn of_many_simultaneous_requests_one_is_cosigned() {
    let desk = unchecked::filled(MemoryDisk::new(), ORIGIN, 40);
    let witness = watching(&MemoryDisk::new(), 40, desk.vkey());
    let body = request(&desk, 0).print();
    let answers: Vec<u16> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..8)
            .map(|_| {
                scope.spawn(|| match witness.add_checkpoint(&body).unwrap() {
                    Ok(_) => 200,
                    Err(refusal) => refusal.status(),
                })
            })
            .collect();
        threads.into_iter().map(|t| t.join().unwrap()).collect()
    });
    assert_eq!(answers.iter().filter(|status| **status == 200).count(), 1);
    assert_eq!(answers.iter().filter(|status| **status == 409).count(), 7);
}

#[test]
fn an_answered_cosignature_is_durable_and_a_failed_write_gives_no_answer() {
    let mut desk = unchecked::filled(MemoryDisk::new(), ORIGIN, 40);
    let disk = MemoryDisk::new();
    watching(&disk, 40, desk.vkey())
        .add_checkpoint(&request(&desk, 0).print())
        .unwrap()
        .unwrap();
    // A power cut right after the answer.
    let back = disk.power_cut(Survives::Nothing);
    let again = watching(&back, 40, desk.vkey());
    let refusal = again
        .add_checkpoint(&request(&desk, 0).print())
        .unwrap()
        .unwrap_err();
    assert_eq!(refusal.body(), "40\n");

    // Each step of the next one fails in turn: no cosignature gets out, the witness is closed until opened again, and
    // then stands at the old head or at the new one.
    unchecked::grow(&mut desk, 80, "");
    let body = request(&desk, 40).print();
    for step in 0..5 {
        for moment in [Moment::Before, Moment::After] {
            let disk = back.power_cut(Survives::Everything);
            let mut at = 0;
            disk.hook(Some(Box::new(move |_, when| {
                at += usize::from(when == moment);
                (when == moment && at == step + 1).then_some(std::io::ErrorKind::Other)
            })));
            let witness = watching(&disk, 40, desk.vkey());
            assert!(
                witness.add_checkpoint(&body).is_err(),
                "step {step} {moment:?}"
            );
            assert_eq!(
                witness.add_checkpoint(&body).unwrap_err().code(),
                "closed-after-failure"
            );
            for survives in [Survives::Nothing, Survives::Everything] {
                let witness = watching(&disk.power_cut(survives), 40, desk.vkey());
                match witness.add_checkpoint(&body).unwrap() {
                    Ok(_) => {}
                    Err(refusal) => assert_eq!(refusal.body(), "80\n"),
                }
            }
        }
    }
}

/// Asks, and keeps what met its quorum.
fn ask_all(
    client: &Client,
    policy: &WitnessPolicy,
    log: &Log<'_>,
    disk: &MemoryDisk,
) -> CosigningResult {
    let asked = ask_every(&|_| client, policy, log).unwrap();
    keep(disk, policy, &asked).unwrap();
    asked
}

fn client() -> Client {
    Client::new(Limits {
        private_addresses: true,
        attempts: 1,
        ..Limits::default()
    })
}

#[test]
fn a_ledger_asks_its_witnesses() {
    let mut desk = unchecked::filled(MemoryDisk::new(), ORIGIN, 300);
    let witnesses: Vec<_> = (40..43)
        .map(|byte| watching(&MemoryDisk::new(), byte, desk.vkey()))
        .collect();
    let servers: Vec<Server> = witnesses.iter().map(serve).collect();
    let mut text = String::new();
    for (n, (witness, server)) in witnesses.iter().zip(&servers).enumerate() {
        let line = format!(
            "witness w{n} {} http://{}/\n",
            witness.key(),
            server.address()
        );
        text.push_str(&line);
    }
    let absent = WitnessKey::new("witness.example/absent".parse().unwrap(), public(77));
    text.push_str(&format!(
        "witness gone {absent} http://127.0.0.1:1/\nwitness mute {}\n",
        { WitnessKey::new("witness.example/mute".parse().unwrap(), public(78)) }
    ));
    text.push_str("group g 3 w0 w1 w2 gone mute\nquorum g\n");
    let policy = WitnessPolicy::parse(text.as_bytes()).unwrap();
    for size in [300, 300, 700] {
        unchecked::grow(&mut desk, size, "");
        let reader = Files::new(desk.disk());
        let log = Log::open(&reader).unwrap();
        let asked = ask_all(&client(), &policy, &log, desk.disk());
        assert!(asked.quorum);
        let codes: Vec<&str> = asked
            .witnesses
            .iter()
            .map(|w| {
                w.answer
                    .as_ref()
                    .map_or_else(|error| error.code().as_str(), |_| "yes")
            })
            .collect();
        assert_eq!(
            codes,
            ["yes", "yes", "yes", "network", "witness-without-address"]
        );
        let kept = desk.disk().read("checkpoint.cosigned").unwrap().unwrap();
        assert_eq!(SignedCheckpoint::parse(&kept).unwrap(), asked.checkpoint);
        assert_eq!(asked.checkpoint.checkpoint().size, TreeSize::new(size));
    }
    // Two of three are no quorum; what met it stays.
    drop(servers.into_iter().next());
    let kept = desk.disk().read("checkpoint.cosigned").unwrap();
    unchecked::grow(&mut desk, 701, "");
    let reader = Files::new(desk.disk());
    let log = Log::open(&reader).unwrap();
    assert!(!ask_all(&client(), &policy, &log, desk.disk()).quorum);
    assert_eq!(desk.disk().read("checkpoint.cosigned").unwrap(), kept);
}

#[test]
fn a_witness_reports_an_old_copy_and_a_fork() {
    let mut desk = unchecked::filled(MemoryDisk::new(), ORIGIN, 300);
    let old = desk.disk().power_cut(Survives::Nothing);
    let old_head = desk.signed_head();
    unchecked::grow(&mut desk, 400, "");
    let witness = watching(&MemoryDisk::new(), 40, desk.vkey());
    let server = serve(&witness);
    let url = format!("http://{}", server.address());
    witness
        .add_checkpoint(&request(&desk, 0).print())
        .unwrap()
        .unwrap();
    let asking = |disk: &MemoryDisk, head: &SignedCheckpoint| {
        let reader = Files::new(disk);
        let log = Log::open(&reader).unwrap();
        ask(&client(), &url, witness.key(), &log, head, None)
    };
    assert_eq!(asking(&old, &old_head).unwrap_err().code(), "witness-ahead");
    let mut forked = unchecked::filled(MemoryDisk::new(), ORIGIN, 300);
    unchecked::grow(&mut forked, 500, " rewritten");
    let head = forked.signed_head();
    assert_eq!(
        asking(forked.disk(), &head).unwrap_err().code(),
        "witness-refused"
    );
    assert_eq!(asking(desk.disk(), &desk.signed_head()).unwrap().len(), 1);

    // The same asked before a copy is adopted, of the address that the ledger's policy gives.
    let policy = format!("witness w {} {url}\nquorum w\n", witness.key());
    let told = |disk: &MemoryDisk| {
        disk.write_synced("witnesses", policy.as_bytes()).unwrap();
        let reader = Files::new(disk);
        let log = Log::open(&reader).unwrap();
        let witnesses = newer_head::witnesses_of(&reader).unwrap();
        newer_head::at_witness(&witnesses[0], log.head(), &reader, &client())
    };
    assert_eq!(
        told(&old).unwrap(),
        TreeSize::new(400),
        "newer than the copy"
    );
    assert_eq!(told(desk.disk()).unwrap(), TreeSize::new(400));
    assert_eq!(told(forked.disk()).unwrap_err().code(), "peer-forked");
    let unknown = unchecked::filled(MemoryDisk::new(), "other.example/facts", 40);
    assert_eq!(
        told(unknown.disk()).unwrap(),
        TreeSize::new(0),
        "it has seen nothing of that"
    );
    // A note that somebody else put there is no answer of the witness.
    let liar = TcpListener::bind("127.0.0.1:0").unwrap();
    let note = desk.signed_head().to_bytes();
    let liar = Server::start(liar, 0, move |_| claimledger::transport::Response {
        status: 200,
        media_type: "text/plain",
        body: note.clone(),
    })
    .unwrap();
    let policy = format!(
        "witness w {} http://{}\nquorum w\n",
        witness.key(),
        liar.address()
    );
    old.write_synced("witnesses", policy.as_bytes()).unwrap();
    let reader = Files::new(&old);
    let log = Log::open(&reader).unwrap();
    let witnesses = newer_head::witnesses_of(&reader).unwrap();
    let error = newer_head::at_witness(&witnesses[0], log.head(), &reader, &client()).unwrap_err();
    assert_eq!(error.code(), "peer-untruthful");
    desk.disk().write_synced("witnesses", b"quorum\n").unwrap();
    assert!(newer_head::witnesses_of(&Files::new(desk.disk())).is_err());
}
