//! Hosts that answer without end: of every kind of file, and in every part of an answer. Each command stops by itself, and
//! takes no more bytes than such a file can have.

use crate::commands::world::World;
use claimledger::store::Remote;
use claimledger::transport::{Client, Limits};
use claimledger_core::log::Reader as _;
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// What such a host does when it is asked for one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum How {
    /// A body of no announced length that never ends.
    Body,
    /// The same in chunks (RFC 9112, section 7.1).
    Chunks,
    /// One chunk whose extension never ends.
    Extension,
    /// The whole file in a chunk, then trailer fields without end.
    Trailers,
    /// Header fields without end.
    Fields,
    /// One header field without end.
    Field,
    /// Answers of status 103 without end.
    Interim,
    /// A redirect to itself, with a body that never ends.
    Redirect,
    /// An error with a body that never ends.
    Error,
    /// A byte now and then.
    Trickle,
}

/// A host of a published ledger that answers for one file in its own way. It measures the longest of those answers.
struct Host {
    address: SocketAddr,
    /// The most bytes of one of them.
    sent: Arc<AtomicU64>,
}

impl Host {
    fn new(folder: PathBuf, file: &str, how: How) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let sent = Arc::new(AtomicU64::new(0));
        let (most, file) = (Arc::clone(&sent), format!("/{file}"));
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let (most, folder, file) = (Arc::clone(&most), folder.clone(), file.clone());
                std::thread::spawn(move || answer(stream.unwrap(), &folder, &file, how, &most));
            }
        });
        Self { address, sent }
    }

    fn url(&self) -> String {
        format!("http://{}", self.address)
    }
}

fn answer(mut stream: TcpStream, folder: &Path, file: &str, how: How, most: &AtomicU64) {
    let mut request = Vec::new();
    let mut one = [0];
    while !request.ends_with(b"\r\n\r\n") && stream.read(&mut one).unwrap_or(0) == 1 {
        request.push(one[0]);
    }
    let request = String::from_utf8(request).unwrap();
    let path = request.split(' ').nth(1).unwrap_or_default();
    let whole = std::fs::read(folder.join(path.trim_start_matches('/'))).ok();
    if path != file {
        let (status, body) = match &whole {
            Some(body) => ("200 OK", &body[..]),
            None => ("404 Not Found", &b""[..]),
        };
        let length = body.len();
        let head =
            format!("HTTP/1.1 {status}\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n");
        let _ = stream.write_all(&[head.as_bytes(), body].concat());
        return;
    }
    let whole = whole.unwrap_or_default();
    let chunk =
        |bytes: &[u8]| [format!("{:x}\r\n", bytes.len()).as_bytes(), bytes, b"\r\n"].concat();
    let chunked = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
    let many = vec![b'x'; 0x4000];
    let (first, again) = match how {
        How::Body => ("HTTP/1.1 200 OK\r\n\r\n".into(), many),
        How::Chunks => (chunked.into(), chunk(&many)),
        How::Extension => (format!("{chunked}4;a=").into_bytes(), many),
        How::Trailers => {
            let body = [chunked.as_bytes(), &chunk(&whole), b"0\r\n"].concat();
            (body, b"x: y\r\n".repeat(0x1000))
        }
        How::Fields => ("HTTP/1.1 200 OK\r\n".into(), b"x: y\r\n".repeat(0x1000)),
        How::Field => ("HTTP/1.1 200 OK\r\nx: ".into(), many),
        How::Interim => (
            Vec::new(),
            b"HTTP/1.1 103 Early Hints\r\n\r\n".repeat(0x400),
        ),
        How::Redirect => (
            format!("HTTP/1.1 302 Found\r\nlocation: {path}\r\n\r\n").into_bytes(),
            many,
        ),
        How::Error => ("HTTP/1.1 500 Oh\r\n\r\n".into(), many),
        How::Trickle => (
            "HTTP/1.1 200 OK\r\ncontent-length: 60000\r\n\r\n".into(),
            vec![b'x'],
        ),
    };
    let mut next = first;
    let mut sent = 0;
    while stream.write_all(&next).is_ok() {
        sent += next.len() as u64;
        most.fetch_max(sent, Ordering::SeqCst);
        next.clone_from(&again);
        if how == How::Trickle {
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

/// A newsroom whose export has a file of each kind, and the names of those files.
fn published() -> (World, Vec<String>) {
    let world = World::with_verdict();
    world.yes("export public --with-snapshots --yes");
    let export = world.path("public");
    let files = world.files("public").into_keys();
    let names = files.map(|file| {
        let name = file.strip_prefix(&export).expect("below it");
        name.to_str().expect("UTF-8").replace('\\', "/")
    });
    let names = names.collect();
    (world, names)
}

/// What a connection on this machine holds on the way, so that the host has sent it though nobody reads it.
const ON_THE_WAY: u64 = 12 << 20;

#[test]
fn an_endless_file_is_left_by_every_command() {
    let (world, files) = published();
    for file in &files {
        for (how, code) in [
            (How::Body, "response-too-large"),
            (How::Chunks, "response-too-large"),
            (How::Extension, "network"),
            (How::Redirect, "redirects"),
        ] {
            for command in ["audit URL --json", "pull URL --with-snapshots --json"] {
                let host = Host::new(world.path("public"), file, how);
                let reader = World::new();
                let run = reader.run(&command.replace("URL", &host.url()));
                let told = format!("{file} {how:?} {command}: {} {}", run.code, run.err);
                // A snapshot that is longer than its entry says is a fault of the host, not of the network.
                let (exit, code) = match (file.starts_with("snapshots/"), command, how) {
                    (true, "audit URL --json", How::Body | How::Chunks) => (1, "snapshot-length"),
                    (true, _, How::Body | How::Chunks) => (1, "peer-untruthful"),
                    _ => (3, code),
                };
                assert_eq!(run.code, exit, "{told}");
                let words = format!("{}{}", run.out, run.err);
                assert!(words.contains(&format!("\"{code}\"")), "{told}");
                let sent = host.sent.load(Ordering::SeqCst);
                assert!(sent < ON_THE_WAY, "{told}: {sent} bytes");
                assert!(!reader.path("ledger/checkpoint").exists(), "{told}");
            }
        }
    }
}

#[test]
fn no_part_of_an_answer_may_be_endless_or_trickle() {
    let (world, _) = published();
    let client = Client::new(Limits {
        private_addresses: true,
        time: Duration::from_millis(300),
        attempts: 1,
        ..Limits::default()
    });
    for (how, code) in [
        (How::Body, "response-too-large"),
        (How::Chunks, "response-too-large"),
        (How::Extension, "network"),
        (How::Trailers, "timed-out"),
        (How::Fields, "network"),
        (How::Field, "network"),
        (How::Interim, "network"),
        (How::Redirect, "redirects"),
        (How::Error, "http-status"),
        (How::Trickle, "timed-out"),
    ] {
        let host = Host::new(world.path("public"), "checkpoint", how);
        let url = format!("{}/checkpoint", host.url());
        let remote = Remote::new(client.clone(), &host.url());
        let began = Instant::now();
        let whole = remote.read("checkpoint").unwrap_err();
        assert_eq!(whole.code.as_str(), code, "{how:?}: {whole}");
        let posted = client.post(&url, "text/plain", b"x", 0x1_0000);
        // A POST takes an answer of any status, and follows no redirect.
        let code = match how {
            How::Redirect | How::Error => "response-too-large",
            _ => code,
        };
        assert_eq!(posted.unwrap_err().code().as_str(), code, "{how:?}");
        // Three times the limit for each, however large the file may be.
        let large = client.fetch_through(&url, 1 << 32, &mut |body| {
            let read = std::io::copy(&mut body.take(1 << 20), &mut std::io::sink())?;
            Ok(read)
        });
        match how {
            How::Body | How::Chunks => assert_eq!(large.unwrap(), Some(1 << 20)),
            How::Redirect | How::Error => assert!(large.is_err()),
            _ => assert_eq!(large.unwrap_err().code().as_str(), code, "{how:?}"),
        }
        assert!(began.elapsed() < Duration::from_secs(20), "{how:?}");
    }
}
