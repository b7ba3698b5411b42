//! Hostile servers, and private addresses.

use super::address::is_private;
use super::{Client, Limits, Response, Server};
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

fn client() -> Client {
    Client::new(Limits {
        private_addresses: true,
        time: Duration::from_secs(2),
        ..Limits::default()
    })
}

/// A server that follows a script for each connection.
pub(super) fn raw(act: impl Fn(std::net::TcpStream) + Send + Sync + 'static) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let act = Arc::new(act);
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let (stream, act) = (stream.unwrap(), Arc::clone(&act));
            std::thread::spawn(move || act(stream));
        }
    });
    address
}

pub(super) fn head(mut stream: &std::net::TcpStream) -> String {
    let mut bytes = Vec::new();
    let mut one = [0];
    while !bytes.ends_with(b"\r\n\r\n") && stream.read(&mut one).unwrap_or(0) == 1 {
        bytes.push(one[0]);
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[test]
fn private_addresses_are_known() {
    for text in [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.0.1",
        "169.254.169.254",
        "0.0.0.0",
        "100.64.0.1",
        "192.0.0.8",
        "192.0.2.1",
        "198.18.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:10.0.0.1",
        "::ffff:127.0.0.1",
        "::10.0.0.1",
        "fc00::1",
        "fd12::1",
        "fe80::1",
        "fec0::1",
        "ff02::1",
        "64:ff9b::10.0.0.1",
        "64:ff9b:1::1",
        "2002:0a00:0001::",
        "2001:db8::1",
    ] {
        assert!(is_private(text.parse().unwrap()), "{text}");
    }
    for text in [
        "1.1.1.1",
        "172.32.0.1",
        "100.128.0.1",
        "192.0.1.1",
        "198.20.0.1",
        "2606:4700::1111",
        "::ffff:8.8.8.8",
        "64:ff9b::8.8.8.8",
        "2002:0808:0808::",
    ] {
        assert!(!is_private(text.parse().unwrap()), "{text}");
    }
}

#[test]
fn a_private_address_is_refused_by_number_name_and_redirect() {
    let asked = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&asked);
    let address = raw(move |_| {
        count.fetch_add(1, Ordering::SeqCst);
    });
    let careful = Client::new(Limits::default());
    for url in [
        format!("http://{address}/checkpoint"),
        format!("http://localhost:{}/checkpoint", address.port()),
        format!("http://[::ffff:127.0.0.1]:{}/checkpoint", address.port()),
        format!("http://[::1]:{}/checkpoint", address.port()),
    ] {
        let error = careful.fetch(&url, 100).unwrap_err();
        assert_eq!(error.code(), "private-address", "{url}");
        let error = careful.post(&url, "text/plain", b"x", 100).unwrap_err();
        assert_eq!(error.code(), "private-address", "{url}");
    }
    assert_eq!(asked.load(Ordering::SeqCst), 0, "nobody was connected to");
}

#[test]
fn only_http_and_https() {
    for url in [
        "file:///etc/passwd",
        "ftp://example.org/",
        "example.org/checkpoint",
        "",
    ] {
        assert_eq!(client().fetch(url, 100).unwrap_err().code(), "url-not-http");
    }
}

#[test]
fn an_endless_answer_ends() {
    let address = raw(|mut stream| {
        head(&stream);
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n");
        let chunk = [&b"1000\r\n"[..], &[b'x'; 0x1000], b"\r\n"].concat();
        while stream.write_all(&chunk).is_ok() {}
    });
    let error = client()
        .fetch(&format!("http://{address}/"), 8_192)
        .unwrap_err();
    assert_eq!(error.code(), "response-too-large");
}

#[test]
fn a_compressed_bomb_is_measured_unpacked() {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packer.write_all(&vec![0; 1 << 20]).unwrap();
    let bomb = packer.finish().unwrap();
    assert!(bomb.len() < 8_192);
    let address = raw(move |mut stream| {
        head(&stream);
        let start = format!(
            "HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: {}\r\n\r\n",
            bomb.len()
        );
        let _ = stream.write_all(&[start.as_bytes(), &bomb].concat());
    });
    let url = format!("http://{address}/tile/entries/000");
    assert_eq!(
        client().fetch(&url, 8_192).unwrap_err().code(),
        "response-too-large"
    );
    assert_eq!(
        client().fetch(&url, 1 << 20).unwrap().unwrap(),
        vec![0; 1 << 20]
    );
}

#[test]
fn a_slow_answer_is_given_up() {
    let address = raw(|mut stream| {
        head(&stream);
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n");
        while stream.write_all(b"x").is_ok() {
            std::thread::sleep(Duration::from_millis(100));
        }
    });
    let once = Client::new(Limits {
        private_addresses: true,
        time: Duration::from_millis(500),
        attempts: 1,
        ..Limits::default()
    });
    let start = Instant::now();
    let error = once
        .fetch(&format!("http://{address}/"), 8_192)
        .unwrap_err();
    assert_eq!(error.code(), "timed-out", "{error}");
    assert!(start.elapsed() < Duration::from_secs(5));
}

#[test]
fn redirects_end_and_stay_within_http() {
    let address = raw(|mut stream| {
        let path = head(&stream);
        let to = if path.starts_with("GET /file") {
            "file:///etc/passwd"
        } else {
            "/again"
        };
        let answer = format!("HTTP/1.1 302 Found\r\nlocation: {to}\r\ncontent-length: 0\r\n\r\n");
        let _ = stream.write_all(answer.as_bytes());
    });
    let error = client()
        .fetch(&format!("http://{address}/a"), 100)
        .unwrap_err();
    assert_eq!(error.code(), "redirects");
    let error = client()
        .fetch(&format!("http://{address}/file"), 100)
        .unwrap_err();
    assert!(
        ["redirects", "url-not-http", "network"].contains(&error.code().as_str()),
        "{error}"
    );
    // A POST follows no redirect.
    let answer = client()
        .post(&format!("http://{address}/a"), "text/plain", b"x", 100)
        .unwrap();
    assert_eq!(answer.status, 302);
}

#[test]
fn a_get_is_tried_again_and_a_post_is_not() {
    let asked = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&asked);
    let address = raw(move |mut stream| {
        head(&stream);
        let status = match count.fetch_add(1, Ordering::SeqCst) {
            0 => "503 Service Unavailable",
            1 => return,
            _ => "200 OK",
        };
        let answer =
            format!("HTTP/1.1 {status}\r\nconnection: close\r\ncontent-length: 2\r\n\r\nok");
        let _ = stream.write_all(answer.as_bytes());
    });
    let url = format!("http://{address}/");
    assert_eq!(client().fetch(&url, 100).unwrap().unwrap(), b"ok");
    assert_eq!(asked.load(Ordering::SeqCst), 3);
    asked.store(0, Ordering::SeqCst);
    assert_eq!(
        client().post(&url, "text/plain", b"", 100).unwrap().status,
        503
    );
    assert_eq!(asked.load(Ordering::SeqCst), 1);
}

#[test]
fn the_server_bounds_what_it_reads() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let server = Server::start(listener, 16, |request| {
        Response::text(
            200,
            &format!("{} {} {}", request.method, request.path, request.body.len()),
        )
    })
    .unwrap();
    let url = format!("http://{}/a/b", server.address());
    let small = client()
        .post(&url, "text/plain", b"twelve bytes", 100)
        .unwrap();
    assert_eq!((small.status, small.body), (200, b"POST /a/b 12".to_vec()));
    let large = client().post(&url, "text/plain", &[0; 17], 100).unwrap();
    assert_eq!(large.status, 413);
    drop(server);
    assert_eq!(
        client()
            .post(&url, "text/plain", b"", 100)
            .unwrap_err()
            .code(),
        "network"
    );
}

/// A server that has too much to do: it says for how many seconds, so many times, and then answers.
fn busy(status: &'static str, wait: &'static str, times: usize) -> (String, Arc<AtomicUsize>) {
    let asked = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&asked);
    let address = raw(move |mut stream| {
        head(&stream);
        let (status, field) = if count.fetch_add(1, Ordering::SeqCst) < times {
            (status, format!("retry-after: {wait}\r\n"))
        } else {
            ("200 OK", String::new())
        };
        let answer =
            format!("HTTP/1.1 {status}\r\n{field}connection: close\r\ncontent-length: 2\r\n\r\nok");
        let _ = stream.write_all(answer.as_bytes());
    });
    (format!("http://{address}/"), asked)
}

#[test]
fn a_server_that_asks_to_wait_is_waited_for() {
    for status in ["429 Too Many Requests", "503 Service Unavailable"] {
        let began = Instant::now();
        let (url, asked) = busy(status, "1", 2);
        assert_eq!(client().fetch(&url, 100).unwrap().unwrap(), b"ok");
        assert_eq!(asked.load(Ordering::SeqCst), 3);
        assert!(began.elapsed() >= Duration::from_secs(2), "{status}");
    }
    // A date in the past means at once, but not without end.
    let past = "Sunday, 06-Nov-94 08:49:37 GMT";
    let (url, asked) = busy("503 Service Unavailable", past, 2);
    assert_eq!(client().fetch(&url, 100).unwrap().unwrap(), b"ok");
    assert_eq!(asked.load(Ordering::SeqCst), 3);
    // Longer than anybody wants to wait; and words that are neither a number of seconds nor a date.
    let in_years = "Fri, 01 Jan 2100 00:00:00 GMT";
    for (wait, times) in [("3600", 1), (in_years, 1), ("soon", 3), (past, 3), ("0", 3)] {
        let (url, asked) = busy("429 Too Many Requests", wait, 9);
        assert_eq!(client().fetch(&url, 100).unwrap_err().code(), "http-status");
        assert_eq!(asked.load(Ordering::SeqCst), times, "{wait}");
    }
}

#[test]
fn idle_connections_keep_nobody_out() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let server = Server::start(listener, 16, |_| Response::text(200, "here")).unwrap();
    let ask = |stream: &mut TcpStream| -> std::io::Result<Vec<u8>> {
        stream.write_all(b"GET / HTTP/1.1\r\nhost: a\r\n\r\n")?;
        let mut answer = Vec::new();
        while !answer.ends_with(b"here") {
            let mut piece = [0; 512];
            match stream.read(&mut piece)? {
                0 => return Err(std::io::ErrorKind::UnexpectedEof.into()),
                length => answer.extend_from_slice(&piece[..length]),
            }
        }
        Ok(answer)
    };
    // They ask once and keep the connection; a few of them only begin to ask.
    let mut idle: Vec<TcpStream> = (0..300)
        .map(|number| {
            let mut stream = TcpStream::connect(server.address()).unwrap();
            if number % 10 == 0 {
                stream.write_all(b"GET / HTTP/1.1\r\n").unwrap();
            } else {
                ask(&mut stream).unwrap();
            }
            stream
        })
        .collect();
    let began = Instant::now();
    let url = format!("http://{}/", server.address());
    assert_eq!(client().fetch(&url, 100).unwrap().unwrap(), b"here");
    assert!(began.elapsed() < Duration::from_secs(5));
    // The newest of them were left alone.
    ask(&mut idle[299]).unwrap();
    assert!(ask(&mut idle[1]).is_err());
}
