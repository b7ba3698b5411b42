//! Peers and archives that mean no good: refused, named, nothing lost.

use super::fixture::{filled, grow};
use super::{ORIGIN, clean, client, pull_all, wanted};
use claimledger::host::disk::Disk as _;
use claimledger::store::{self, Archive, Files, MemoryDisk, Reader, Remote};
use claimledger::sync::Error;
use claimledger::transport::{Response, Server};
use std::net::TcpListener;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

/// An archive of these files as they are, whatever their names.
fn archive(path: &Path, files: &[(&str, tar::EntryType, Vec<u8>)]) {
    let file = std::fs::File::create(path).unwrap();
    let mut builder = tar::Builder::new(zstd::stream::write::Encoder::new(file, 1).unwrap());
    for (name, kind, bytes) in files {
        let mut header = tar::Header::new_ustar();
        // Straight into the field: the library itself would refuse what we want to write.
        header.as_old_mut().name[..name.len()].copy_from_slice(name.as_bytes());
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        header.set_entry_type(*kind);
        if *kind != tar::EntryType::Regular {
            header.as_old_mut().linkname[..11].copy_from_slice(b"/etc/passwd");
        }
        header.set_cksum();
        builder.append(&header, &bytes[..]).unwrap();
    }
    builder.into_inner().unwrap().finish().unwrap();
}

fn checkpoint() -> Vec<u8> {
    filled(MemoryDisk::new(), ORIGIN, 300)
        .signed_head()
        .to_bytes()
}

#[test]
fn archives_with_something_else_in_them() {
    use tar::EntryType as T;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bad.tar.zst");
    let head = ("checkpoint", T::Regular, checkpoint());
    let hash = "ab".repeat(32);
    let blob = format!("snapshots/sha256/ab/{hash}");
    for (name, kind, bytes) in [
        ("../outside", T::Regular, b"x".to_vec()),
        ("tile/../../outside", T::Regular, b"x".to_vec()),
        ("/etc/outside", T::Regular, b"x".to_vec()),
        ("tile/0/000/../../../outside", T::Regular, b"x".to_vec()),
        ("index/db", T::Regular, b"x".to_vec()),
        ("lock", T::Regular, b"x".to_vec()),
        ("checkpoint.next", T::Regular, b"x".to_vec()),
        ("tile/0/000", T::Symlink, Vec::new()),
        ("tile/0/000", T::Link, Vec::new()),
        ("tile/0", T::Directory, Vec::new()),
        ("tile/0/000", T::Fifo, Vec::new()),
        ("tile/0/000", T::GNULongName, b"x".to_vec()),
        ("tile/0/000", T::XHeader, b"x".to_vec()),
        ("tile/0/000", T::Regular, vec![0; 8_193]),
        ("tile/0/001", T::Regular, vec![0; 8_192]),
        ("tile/0/001.p/45", T::Regular, vec![0; 32 * 45]),
        ("tile/9/000", T::Regular, vec![0; 32]),
        ("snapshots/sha256/ab/abcd", T::Regular, b"x".to_vec()),
        (&blob.replace("/ab/", "/cd/"), T::Regular, b"x".to_vec()),
        ("checkpoint", T::Regular, checkpoint()),
    ] {
        archive(&path, &[head.clone(), (name, kind, bytes)]);
        let error = Archive::open(&path, Some(folder.path())).unwrap_err();
        assert_eq!(error.code(), "archive-refused", "{name} {kind:?}");
        assert!(error.to_string().contains(name), "{error}");
    }
    // No checkpoint, or not first; one that is none; a bomb; a file that breaks off; no archive at all.
    archive(&path, &[]);
    assert_eq!(
        Archive::open(&path, None).unwrap_err().code(),
        "archive-refused"
    );
    archive(
        &path,
        &[("tile/0/000", T::Regular, vec![0; 8_192]), head.clone()],
    );
    assert_eq!(
        Archive::open(&path, None).unwrap_err().code(),
        "archive-refused"
    );
    archive(&path, &[("checkpoint", T::Regular, b"x".to_vec())]);
    assert_eq!(
        Archive::open(&path, None).unwrap_err().code(),
        "checkpoint-malformed"
    );
    archive(
        &path,
        &[head.clone(), (&blob, T::Regular, vec![0; 64 * 1024 * 1024])],
    );
    let error = Archive::open(&path, None).unwrap_err();
    assert!(error.to_string().contains("more comes out"), "{error}");
    archive(&path, &[head, ("tile/0/000", T::Regular, vec![7; 8_192])]);
    let whole = std::fs::read(&path).unwrap();
    std::fs::write(&path, &whole[..whole.len() - 30]).unwrap();
    assert_eq!(
        Archive::open(&path, None).unwrap_err().code(),
        "archive-refused"
    );
    std::fs::write(&path, b"no archive").unwrap();
    assert_eq!(
        Archive::open(&path, None).unwrap_err().code(),
        "archive-refused"
    );
    let left: Vec<_> = std::fs::read_dir(folder.path()).unwrap().collect();
    assert_eq!(left.len(), 1, "nothing is left lying");
}

/// A peer that changes some answers.
struct Lying<'a, F> {
    behind: Files<&'a MemoryDisk>,
    lie: F,
}

impl<F: Fn(&str, Option<Vec<u8>>) -> Option<Vec<u8>> + Sync> Reader for Lying<'_, F> {
    fn read(&self, name: &str) -> Result<Option<Vec<u8>>, store::Error> {
        Ok((self.lie)(name, self.behind.read(name)?))
    }
    fn list(&self, _: &str) -> Result<Option<Vec<String>>, store::Error> {
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

#[test]
fn peers_whose_files_are_not_those_they_signed() {
    with_lies(|_, bytes| bytes).unwrap();
    let flip = |bytes: Option<Vec<u8>>, at: usize| {
        bytes.map(|mut bytes| {
            let at = at.min(bytes.len() - 1);
            bytes[at] ^= 1;
            bytes
        })
    };
    #[expect(clippy::type_complexity, reason = "a table of names and lies")]
    let cases: [(
        &str,
        &(dyn Fn(&str, Option<Vec<u8>>) -> Option<Vec<u8>> + Sync),
    ); 9] = [
        ("a bit of a bundle", &|n, b| {
            if n == "tile/entries/002" {
                flip(b, 500)
            } else {
                b
            }
        }),
        ("a bit of the last bundle", &|n, b| {
            if n.starts_with("tile/entries/003") {
                flip(b, 9_999)
            } else {
                b
            }
        }),
        ("a bit of a full tile", &|n, b| {
            if n == "tile/0/002" { flip(b, 77) } else { b }
        }),
        ("a bit of the edge", &|n, b| {
            if n.starts_with("tile/0/003") {
                flip(b, 77)
            } else {
                b
            }
        }),
        ("a bit of the tile above", &|n, b| {
            if n.starts_with("tile/1/") {
                flip(b, 7)
            } else {
                b
            }
        }),
        ("a short tile", &|n, b| {
            if n == "tile/0/001" {
                b.map(|b| b[..8_000].to_vec())
            } else {
                b
            }
        }),
        ("a long tile", &|n, b| {
            if n == "tile/0/001" {
                b.map(|b| [&b[..], b"more"].concat())
            } else {
                b
            }
        }),
        ("an absent bundle", &|n, b| {
            if n == "tile/entries/001" { None } else { b }
        }),
        ("a bundle for another", &|n, b| {
            if n == "tile/entries/001" {
                Some(Vec::new())
            } else {
                b
            }
        }),
    ];
    for (what, lie) in cases {
        let error = with_lies(lie).unwrap_err();
        assert!(
            ["peer-untruthful", "tiles-missing", "tile-unreadable"].contains(&error.code()),
            "{what}: {error}"
        );
    }
}

#[test]
fn a_head_of_more_entries_than_there_can_be() {
    use claimledger::tlog::checkpoint::{Checkpoint, SignedCheckpoint};
    let desk = filled(MemoryDisk::new(), ORIGIN, 300);
    let checkpoint = Checkpoint {
        origin: ORIGIN.parse().unwrap(),
        size: 1 << 60,
        root: claimledger::crypto::Digest::ZERO,
    };
    let ledger = super::fixture::secret(super::fixture::LEDGER);
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
fn a_peer_that_serves_another_tree_to_every_request() {
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
fn a_peer_whose_entries_should_have_been_refused() {
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
    assert_eq!(findings[0].entry, Some(300));
    assert_eq!(clean(&copy), 300);
}

#[test]
fn network_trouble_half_way_leaves_the_older_copy() {
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
fn a_server_that_answers_too_much_or_too_late() {
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
