//! Hostile peers: refused with a name, and nothing is lost.

use super::{ORIGIN, clean, client, pull_all, wanted};
use claimledger::host::disk::Disk as _;
use claimledger::store::{Files, MemoryDisk, Proven, Remote};
use claimledger::sync::Error;
use claimledger::transport::{Response, Server};
use claimledger_core::log::{ReadError, Reader, tiles};
use claimledger_core::{EntryIndex, TreeSize};
use claimledger_testing::unchecked::{filled, grow};
use std::net::TcpListener;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A peer that alters some answers.
struct Lying<'a, F> {
    behind: Files<&'a MemoryDisk>,
    lie: F,
}

impl<F: Fn(&str, Option<Vec<u8>>) -> Option<Vec<u8>> + Sync> Reader for Lying<'_, F> {
    fn read(&self, name: &str) -> Result<Option<Vec<u8>>, ReadError> {
        Ok((self.lie)(name, self.behind.read(name)?))
    }
    fn list(&self, _: &str) -> Result<Option<Vec<String>>, ReadError> {
        Ok(None)
    }
    fn place(&self) -> String {
        "the peer".to_owned()
    }
}

/// What a copy of 300 entries does with a peer of 900 that lies.
fn with_lies(lie: impl Fn(&str, Option<Vec<u8>>) -> Option<Vec<u8>> + Sync) -> Result<(), Error> {
    let mut desk = filled(MemoryDisk::new(), ORIGIN, 300);
    let copy = MemoryDisk::new();
    pull_all(&Files::new(desk.disk()), &copy, &wanted()).unwrap();
    grow(&mut desk, 900, "");
    let peer = Lying {
        behind: Files::new(desk.disk()),
        lie,
    };
    let answer = pull_all(&peer, &copy, &wanted()).map(|_| ());
    if answer.is_err() {
        assert_eq!(clean(&copy), 300, "the good copy stays");
        // And the honest peer is still followed from there.
        pull_all(&Files::new(desk.disk()), &copy, &wanted()).unwrap();
    }
    assert_eq!(clean(&copy), 900);
    answer
}

type Lie = fn(&str, Option<Vec<u8>>) -> Option<Vec<u8>>;
type Lies<'a> = dyn Fn(&str, Option<Vec<u8>>) -> Option<Vec<u8>> + Sync + 'a;

fn flip(bytes: Option<Vec<u8>>, at: usize) -> Option<Vec<u8>> {
    bytes.map(|mut bytes| {
        let at = at.min(bytes.len() - 1);
        bytes[at] ^= 1;
        bytes
    })
}

/// What a peer of 900 entries may lie about.
fn lies() -> Vec<(&'static str, Lie)> {
    vec![
        ("a bit of a bundle", |n, b| {
            if n == "tile/entries/002" {
                flip(b, 500)
            } else {
                b
            }
        }),
        ("a bit of the last bundle", |n, b| {
            if n.starts_with("tile/entries/003") {
                flip(b, 9_999)
            } else {
                b
            }
        }),
        ("a bit of a full tile", |n, b| {
            if n == "tile/0/002" { flip(b, 77) } else { b }
        }),
        ("a bit of the edge", |n, b| {
            if n.starts_with("tile/0/003") {
                flip(b, 77)
            } else {
                b
            }
        }),
        ("a bit of the tile above", |n, b| {
            if n.starts_with("tile/1/") {
                flip(b, 7)
            } else {
                b
            }
        }),
        ("a short tile", |n, b| {
            if n == "tile/0/001" {
                b.map(|b| b[..8_000].to_vec())
            } else {
                b
            }
        }),
        ("a long tile", |n, b| {
            if n == "tile/0/001" {
                b.map(|b| [&b[..], b"more"].concat())
            } else {
                b
            }
        }),
        ("an absent bundle", |n, b| {
            if n == "tile/entries/001" { None } else { b }
        }),
        ("a bundle for another", |n, b| {
            if n == "tile/entries/001" {
                Some(Vec::new())
            } else {
                b
            }
        }),
    ]
}

#[test]
fn peers_whose_files_do_not_match_their_checkpoint_are_refused() {
    with_lies(|_, bytes| bytes).unwrap();
    for (what, lie) in lies() {
        let error = with_lies(lie).unwrap_err();
        assert!(
            ["peer-untruthful", "tiles-missing", "tile-unreadable"]
                .contains(&error.code().as_str()),
            "{what}: {error}"
        );
    }
}

#[test]
fn files_from_a_server_must_match_the_signed_head() {
    let mut desk = filled(MemoryDisk::new(), ORIGIN, 300);
    grow(&mut desk, 900, "");
    let honest = Files::new(desk.disk());
    let all = tiles::read_entries(
        &honest,
        EntryIndex::new(0),
        TreeSize::new(900),
        TreeSize::new(900),
    )
    .unwrap();
    let read = |lie: &Lies<'_>| -> Result<_, claimledger::store::Error> {
        let peer = Lying {
            behind: Files::new(desk.disk()),
            lie,
        };
        let proven = Proven::open(peer)?.unwrap();
        // Older roots too, which need the edge as it was then.
        for size in [1, 255, 256, 257, 300, 768, 899, 900] {
            let root = tiles::root_at(&proven, TreeSize::new(size))?;
            assert_eq!(root, tiles::root_at(&honest, TreeSize::new(size)).unwrap());
        }
        Ok(tiles::read_entries(
            &proven,
            EntryIndex::new(0),
            TreeSize::new(900),
            TreeSize::new(900),
        )?)
    };
    assert_eq!(read(&|_, bytes| bytes).unwrap(), all);
    for (what, lie) in lies() {
        let error = read(&lie).unwrap_err();
        assert!(
            ["peer-untruthful", "tiles-missing", "tile-unreadable"]
                .contains(&error.code().as_str()),
            "{what}: {error}"
        );
    }
    // One that grows meanwhile is read as of the head that it showed first.
    let mut later = filled(MemoryDisk::new(), ORIGIN, 300);
    grow(&mut later, 1_000, "");
    let asked = AtomicUsize::new(0);
    let growing = |name: &str, bytes| match asked.fetch_add(1, Ordering::SeqCst) {
        0 => bytes,
        _ => later.disk().read(name).unwrap().or(bytes),
    };
    assert_eq!(read(&growing).unwrap(), all);
    // Another tree to every request.
    let mut other = filled(MemoryDisk::new(), ORIGIN, 3);
    grow(&mut other, 900, " b");
    let asked = AtomicUsize::new(0);
    let turning = |name: &str, bytes| match asked.fetch_add(1, Ordering::SeqCst) % 2 {
        0 => bytes,
        _ => other.disk().read(name).unwrap(),
    };
    let error = read(&turning).unwrap_err();
    assert_eq!(error.code(), "peer-untruthful", "{error}");
    // A page for everything, as a hotel's network answers.
    let error = read(&|_, _| Some(b"<html>Please log in</html>".to_vec())).unwrap_err();
    assert_eq!(error.code(), "checkpoint-malformed", "{error}");
    assert!(
        Proven::open(Files::new(MemoryDisk::new()))
            .unwrap()
            .is_none()
    );
}

#[test]
fn a_head_with_an_impossible_size_is_refused() {
    use claimledger_core::tlog::checkpoint::{Checkpoint, SignedCheckpoint};
    let desk = filled(MemoryDisk::new(), ORIGIN, 300);
    let checkpoint = Checkpoint {
        origin: ORIGIN.parse().unwrap(),
        size: TreeSize::new(1 << 60),
        root: claimledger_core::crypto::Digest::ZERO,
    };
    let ledger = claimledger_testing::unchecked::secret(claimledger_testing::unchecked::LEDGER);
    let signed = SignedCheckpoint::sign(checkpoint, &desk.vkey(), |text| ledger.sign(text));
    let peer = Lying {
        behind: Files::new(desk.disk()),
        lie: |name: &str, bytes| match name {
            "checkpoint" => Some(signed.to_bytes()),
            _ => bytes,
        },
    };
    let error = pull_all(&peer, &MemoryDisk::new(), &wanted()).unwrap_err();
    assert_eq!(error.code(), "peer-untruthful", "{error}");
}

#[test]
fn a_peer_that_serves_a_new_tree_for_every_request_is_refused() {
    let mut trees: Vec<MemoryDisk> = Vec::new();
    for mark in ["", " b", " c", " d"] {
        let mut desk = filled(MemoryDisk::new(), ORIGIN, 3);
        grow(&mut desk, 900, mark);
        trees.push(desk.disk().clone());
    }
    let asked = AtomicUsize::new(0);
    let honest = trees[0].clone();
    let peer = Lying {
        behind: Files::new(&honest),
        lie: |name: &str, _| {
            let turn = asked.fetch_add(1, Ordering::SeqCst);
            trees[turn % trees.len()].read(name).unwrap()
        },
    };
    let copy = MemoryDisk::new();
    let error = pull_all(&peer, &copy, &wanted()).unwrap_err();
    assert_eq!(error.code(), "peer-untruthful", "{error}");
    assert_eq!(copy.read("checkpoint").unwrap(), None);
    pull_all(&Files::new(&honest), &copy, &wanted()).unwrap();
    assert_eq!(clean(&copy), 900);
}

#[test]
fn a_peer_with_inadmissible_entries_is_refused() {
    let mut desk = filled(MemoryDisk::new(), ORIGIN, 300);
    let copy = MemoryDisk::new();
    pull_all(&Files::new(desk.disk()), &copy, &wanted()).unwrap();
    // Signed by somebody who was never enrolled; the log took it in all the same.
    let body = serde_json::json!({"organisation": "desk", "name": "Ours now"});
    desk.say(99, "organisation.set", body);
    desk.commit();
    let error = pull_all(&Files::new(desk.disk()), &copy, &wanted()).unwrap_err();
    let Error::Faults { findings, .. } = &error else {
        panic!("{error}");
    };
    assert_eq!(findings[0].entry, Some(EntryIndex::new(300)));
    assert_eq!(clean(&copy), 300);
}

#[test]
fn a_network_failure_during_a_pull_leaves_the_older_copy() {
    let mut desk = filled(MemoryDisk::new(), ORIGIN, 300);
    let copy = MemoryDisk::new();
    pull_all(&Files::new(desk.disk()), &copy, &wanted()).unwrap();
    grow(&mut desk, 2_000, "");
    for failing_from in [0, 1, 2, 3, 5, 8, 12] {
        let disk = desk.disk().clone();
        let asked = AtomicUsize::new(0);
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let server = Server::start(listener, 0, move |request| {
            if asked.fetch_add(1, Ordering::SeqCst) >= failing_from {
                return Response::text(500, "gone");
            }
            match disk.read(&request.path[1..]) {
                Ok(Some(body)) => Response {
                    status: 200,
                    media_type: "application/octet-stream",
                    body,
                },
                _ => Response::text(404, "none"),
            }
        })
        .unwrap();
        let remote = Remote::new(client(), &format!("http://{}", server.address()));
        let error = pull_all(&remote, &copy, &wanted()).unwrap_err();
        assert_eq!(error.code(), "http-status");
        assert_eq!(clean(&copy), 300);
    }
    pull_all(&Files::new(desk.disk()), &copy, &wanted()).unwrap();
    assert_eq!(clean(&copy), 2_000);
}

#[test]
fn a_server_that_sends_too_much_or_too_late_is_given_up() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let server = Server::start(listener, 0, |request| {
        if request.path == "/large/checkpoint" {
            return Response::text(200, &"x".repeat(1 << 20));
        }
        std::thread::sleep(std::time::Duration::from_secs(5));
        Response::text(200, "late")
    })
    .unwrap();
    for (path, code) in [("large", "response-too-large"), ("late", "timed-out")] {
        let remote = Remote::new(client(), &format!("http://{}/{path}", server.address()));
        let error = pull_all(&remote, &MemoryDisk::new(), &wanted()).unwrap_err();
        assert_eq!(error.code(), code, "{error}");
    }
}

/// A server that answers by hand: the head, then pieces for ever, with a pause before each.
fn endless(head: &'static str, piece: &'static [u8], pause: u64) -> String {
    use std::io::{Read as _, Write as _};
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for stream in listener.incoming().take(2) {
            let mut stream = stream.unwrap();
            let _ = stream.read(&mut [0; 4_096]);
            let _ = stream.write_all(head.as_bytes());
            // The client has given up.
            while stream.write_all(piece).is_ok() {
                std::thread::sleep(std::time::Duration::from_millis(pause));
            }
        }
    });
    format!("http://{address}")
}

#[test]
fn endless_servers_are_given_up() {
    let plain = "HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\nconnection: close\r\n\r\n";
    let chunked = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
    let long = "HTTP/1.1 200 OK\r\ncontent-length: 1099511627776\r\n\r\n";
    let piece: &[u8] = &[b'x'; 4_096];
    let chunk: &[u8] = b"8\r\nxxxxxxx\n\r\n";
    for (what, head, piece, pause, codes) in [
        (
            "a body without end",
            plain,
            piece,
            0,
            ["response-too-large"; 2],
        ),
        (
            "chunks without end",
            chunked,
            chunk,
            0,
            ["response-too-large"; 2],
        ),
        ("a terabyte", long, piece, 0, ["response-too-large"; 2]),
        ("a byte now and then", plain, b"x", 100, ["timed-out"; 2]),
        (
            "headers without end",
            "HTTP/1.1 200 OK\r\n",
            b"x: y\r\n",
            0,
            ["network"; 2],
        ),
    ] {
        let url = endless(head, piece, pause);
        let began = std::time::Instant::now();
        let copy = MemoryDisk::new();
        let error = pull_all(&Remote::new(client(), &url), &copy, &wanted()).unwrap_err();
        assert!(
            codes.contains(&error.code().as_str()),
            "{what}: {} {error}",
            error.code()
        );
        assert!(began.elapsed().as_secs() < 20, "{what}");
        assert!(copy.list("").unwrap().is_empty());
    }
}

#[cfg(unix)]
#[test]
fn folders_with_links_or_devices_instead_of_files_are_refused() {
    use claimledger::host::disk::FolderDisk;
    use std::os::unix::fs::symlink;
    let desk = filled(MemoryDisk::new(), ORIGIN, 300);
    let laid = || {
        let folder = tempfile::tempdir().unwrap();
        let disk = FolderDisk::new(folder.path());
        for name in desk.disk().list("").unwrap() {
            let bytes = desk.disk().read(&name).unwrap().unwrap();
            disk.write_synced(&name, &bytes).unwrap();
        }
        folder
    };
    let tile = "tile/0/000";
    for (name, damage) in [
        (
            tile,
            (|at: &Path| symlink("/dev/zero", at).unwrap()) as fn(&Path),
        ),
        (tile, |at| symlink("/etc/passwd", at).unwrap()),
        (tile, |at| {
            let made = std::process::Command::new("mkfifo").arg(at).status();
            assert!(made.unwrap().success());
        }),
        (tile, |at| std::fs::create_dir(at).unwrap()),
        (tile, |at| {
            // Longer than any tile, and than any memory, without a byte on the disk.
            let file = std::fs::File::create(at).unwrap();
            file.set_len(1 << 40).unwrap();
        }),
        ("checkpoint", |at| symlink("/dev/zero", at).unwrap()),
        ("tile/entries/000", |at| symlink("/dev/zero", at).unwrap()),
    ] {
        let folder = laid();
        let at = folder.path().join(name);
        std::fs::remove_file(&at).unwrap();
        damage(&at);
        let copy = MemoryDisk::new();
        let peer = Files::new(FolderDisk::new(folder.path()));
        let error = pull_all(&peer, &copy, &wanted()).unwrap_err();
        assert!(
            ["not-a-plain-file", "tile-unreadable", "peer-untruthful"]
                .contains(&error.code().as_str()),
            "{name}: {} {error}",
            error.code()
        );
        assert!(error.to_string().contains(name), "{error}");
        assert_eq!(copy.read("checkpoint").unwrap(), None);
    }
    let folder = laid();
    let peer = Files::new(FolderDisk::new(folder.path()));
    let copy = MemoryDisk::new();
    pull_all(&peer, &copy, &wanted()).unwrap();
    assert_eq!(clean(&copy), 300);
}

/// A server of a ledger that says `status` where a file is not there, and for the files of `hidden`.
fn hiding(desk: &MemoryDisk, status: u16, hidden: &'static str) -> Server {
    let disk = desk.clone();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    Server::start(listener, 0, move |request| {
        let name = request.path.trim_start_matches('/');
        match disk.read(name) {
            Ok(Some(body)) if hidden.is_empty() || !name.starts_with(hidden) => Response {
                status: 200,
                media_type: "application/octet-stream",
                body,
            },
            _ => Response::text(status, ""),
        }
    })
    .unwrap()
}

#[test]
fn a_host_that_does_not_say_what_is_absent_is_read_all_the_same() {
    let desk = filled(MemoryDisk::new(), ORIGIN, 300);
    for status in [403, 400, 204, 401, 405] {
        let server = hiding(desk.disk(), status, "");
        let remote = Remote::new(client(), &format!("http://{}", server.address()));
        let report =
            claimledger_core::audit::audit(&remote, &claimledger_core::AuditOptions::default());
        assert_eq!(report.unwrap().faults(), 0, "{status}");
        let remarks = remote.remarks();
        assert_eq!(remarks.len(), 1, "{remarks:?}");
        assert!(
            remarks[0].contains(&format!("status {status}")),
            "{remarks:?}"
        );
        let copy = MemoryDisk::new();
        let mut wanted = wanted();
        wanted.with_snapshots = true;
        pull_all(&remote, &copy, &wanted).unwrap();
        assert_eq!(clean(&copy), 300);
        // What a ledger must have is not taken as absent.
        for hidden in ["checkpoint", "tile/entries/000", "tile/0/000"] {
            let server = hiding(desk.disk(), status, hidden);
            let remote = Remote::new(client(), &format!("http://{}", server.address()));
            let error = pull_all(&remote, &MemoryDisk::new(), &wanted).unwrap_err();
            assert_eq!(error.code(), "http-status", "{hidden}: {error}");
            assert!(
                error.to_string().contains(&status.to_string()),
                "{hidden}: {error}"
            );
        }
    }
    let sound = hiding(desk.disk(), 404, "");
    let remote = Remote::new(client(), &format!("http://{}", sound.address()));
    let copy = MemoryDisk::new();
    pull_all(&remote, &copy, &wanted()).unwrap();
    assert_eq!(remote.remarks(), Vec::<String>::new());
}

#[test]
fn a_host_whose_partial_tiles_are_gone_is_read_by_the_full_ones() {
    use claimledger_core::tlog::tile::TilePath;
    let mut desk = filled(MemoryDisk::new(), ORIGIN, 250);
    let older = desk.signed_head().to_bytes();
    grow(&mut desk, 262, "");
    let disk = desk.disk().clone();
    for name in disk.list("tile").unwrap() {
        // Those that the full tile has taken the place of.
        if name.parse::<TilePath>().is_ok_and(|path| path.width == 250) {
            disk.remove(&name).unwrap();
        }
    }
    disk.write_synced("checkpoint", &older).unwrap();
    let server = hiding(&disk, 403, "");
    let remote = Remote::new(client(), &format!("http://{}", server.address()));
    let copy = MemoryDisk::new();
    pull_all(&remote, &copy, &wanted()).unwrap();
    assert_eq!(clean(&copy), 250);
}

#[test]
fn an_older_head_is_compared_with_a_host_that_has_only_the_newest_partial_tiles() {
    let mut desk = filled(MemoryDisk::new(), ORIGIN, 20);
    let older = desk.signed_head();
    grow(&mut desk, 30, "");
    let disk = desk.disk().clone();
    for name in disk.list("tile").unwrap() {
        if name.ends_with("/20") {
            disk.remove(&name).unwrap();
        }
    }
    for status in [403, 400, 204, 404] {
        let server = hiding(&disk, status, "");
        let remote = Remote::new(client(), &format!("http://{}", server.address()));
        let mut wanted = wanted();
        wanted.known = vec![older.to_bytes()];
        let copy = MemoryDisk::new();
        pull_all(&remote, &copy, &wanted).unwrap();
        assert_eq!(clean(&copy), 30, "{status}");
    }
}

#[test]
fn a_snapshot_without_end_is_cut_at_the_length_that_the_log_states() {
    let url = endless(
        "HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\nconnection: close\r\n\r\n",
        &[b'x'; 4_096],
        0,
    );
    let remote = Remote::new(client(), &url);
    let digest = claimledger_core::crypto::sha256(&[b"x"]);
    let name = claimledger_core::log::blobs::path_of(&digest);
    let began = std::time::Instant::now();
    let mut file = remote.open_within(&name, 216).unwrap().unwrap();
    let mut bytes = Vec::new();
    std::io::Read::read_to_end(&mut file, &mut bytes).unwrap();
    // One more than there can be, which tells that it is too long.
    assert_eq!(bytes.len(), 217);
    assert!(began.elapsed().as_secs() < 5);
}
