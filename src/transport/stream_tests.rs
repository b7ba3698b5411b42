//! Redirects, judged by where they come from, and responses that are read in pieces.

use super::client::Client;
use super::resolve::{CheckedResolver, Judge, Through, by_registry};
use super::tests::{head, raw};
use super::{Error, Limits};
use std::io::{Read as _, Write as _};
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use ureq::unversioned::resolver::DefaultResolver;

fn limits() -> Limits {
    Limits {
        private_addresses: true,
        time: Duration::from_secs(2),
        attempts: 1,
        ..Limits::default()
    }
}

/// A client for which every address is private except the given ones.
fn client_to(public: &[SocketAddr], private_addresses: bool) -> Client {
    let public = public.to_vec();
    let judge: Judge = Arc::new(move |address| !public.contains(address));
    let limits = Limits {
        private_addresses,
        // Nothing here is about time.
        time: Duration::from_mins(1),
        ..limits()
    };
    Client::judging(limits, &super::Authorities::default(), &judge)
}

/// A server that redirects to the address in the path, without its first `/`, and answers `/` with `here`.
fn sending_on() -> (SocketAddr, Arc<AtomicUsize>) {
    let asked = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&asked);
    let address = raw(move |mut stream| {
        let request = head(&stream);
        count.fetch_add(1, Ordering::SeqCst);
        let path = request.split(' ').nth(1).unwrap_or("/");
        let answer = if path == "/" {
            "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 4\r\n\r\nhere".to_owned()
        } else {
            format!(
                "HTTP/1.1 302 Found\r\nconnection: close\r\nset-cookie: a=b\r\nlocation: {}\r\ncontent-length: 0\r\n\r\n",
                &path[1..]
            )
        };
        let _ = stream.write_all(answer.as_bytes());
        // As on a busy machine: the client goes on before this end is closed, and must not ask here again.
        std::thread::sleep(Duration::from_millis(20));
    });
    (address, asked)
}

fn body(client: &Client, url: &str, limit: u64) -> Result<Vec<u8>, Error> {
    let mut answer = client.open(url, limit)?;
    let mut bytes = Vec::new();
    match answer.body.read_to_end(&mut bytes) {
        Ok(_) => Ok(bytes),
        Err(e) => {
            let failure = answer.body.failure().expect("the error itself");
            assert_eq!(e.to_string(), failure.to_string());
            Err(failure)
        }
    }
}

#[test]
fn a_redirect_from_a_public_to_a_private_address_is_refused() {
    let (outside, outside_asked) = sending_on();
    let (inside, inside_asked) = sending_on();
    let (further, _) = sending_on();
    let straight = format!("http://{inside}/");
    let from_outside = format!("http://{outside}/{straight}");
    let from_inside = format!("http://{inside}/http://{further}/");
    let out_and_in = format!("http://{inside}/http://{outside}/{straight}");
    let code = |client: &Client, url: &str| {
        let opened = body(client, url, 100).map_err(|e| e.code().as_str());
        let fetched = client.fetch(url, 100).map_err(|e| e.code().as_str());
        let fetched = fetched.map(|found| found.expect("a file"));
        assert_eq!(opened, fetched, "{url}");
        opened
    };
    let here = Ok(b"here".to_vec());
    let careful = client_to(&[outside], false);
    assert_eq!(code(&careful, &format!("http://{outside}/")), here);
    assert_eq!(code(&careful, &straight), Err("private-address"));
    assert_eq!(code(&careful, &from_outside), Err("private-address"));
    assert_eq!(inside_asked.load(Ordering::SeqCst), 0);
    assert_eq!(outside_asked.load(Ordering::SeqCst), 4);
    let at_home = client_to(&[outside], true);
    assert_eq!(code(&at_home, &straight), here);
    assert_eq!(code(&at_home, &from_inside), here);
    let before = inside_asked.load(Ordering::SeqCst);
    assert_eq!(code(&at_home, &from_outside), Err("private-address"));
    assert_eq!(inside_asked.load(Ordering::SeqCst), before);
    // After a public address, a private one is refused.
    assert_eq!(code(&at_home, &out_and_in), Err("private-address"));
    assert_eq!(inside_asked.load(Ordering::SeqCst), before + 2);
}

#[test]
fn a_response_has_its_final_address_and_no_cookies_are_sent() {
    let requests = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&requests);
    let address = raw(move |mut stream| {
        let request = head(&stream);
        let first = request.starts_with("GET /a ");
        kept.lock().unwrap().push(request);
        let answer: &[u8] = if first {
            b"HTTP/1.1 301 Moved\r\nset-cookie: who=you\r\nlocation: ../b?c=d#e\r\n\r\n"
        } else {
            b"HTTP/1.1 203 Other\r\nconnection: close\r\ncontent-encoding: gzip\r\nx-odd: \xff\r\ncontent-length: 5\r\n\r\n\x1f\x8bzip"
        };
        let _ = stream.write_all(answer);
    });
    let client = Client::new(limits());
    let mut answer = client.open(&format!("http://{address}/a#top"), 5).unwrap();
    assert_eq!(answer.url, format!("http://{address}/b?c=d"));
    assert!(answer.sent_on);
    assert_eq!(answer.status, 203);
    let odd = ("x-odd".to_owned(), b"\xff".to_vec());
    assert!(answer.headers.contains(&odd), "{:?}", answer.headers);
    let coding = ("content-encoding".to_owned(), b"gzip".to_vec());
    assert!(answer.headers.contains(&coding), "{:?}", answer.headers);
    assert_eq!(answer.body.announced(), Some(5));
    let mut bytes = Vec::new();
    answer.body.read_to_end(&mut bytes).unwrap();
    assert_eq!(bytes, b"\x1f\x8bzip", "as the server sent it");
    let straight = client.open(&format!("http://{address}/b#top"), 5).unwrap();
    assert!(!straight.sent_on);
    let requests = requests.lock().unwrap();
    assert_eq!(requests.len(), 3);
    for request in requests.iter() {
        let request = request.to_ascii_lowercase();
        assert!(request.contains("accept-encoding: identity"), "{request}");
        assert!(!request.contains("cookie"), "{request}");
        assert!(!request.contains("referer"), "{request}");
    }
}

#[test]
fn redirects_that_are_refused() {
    let (address, _) = sending_on();
    let client = Client::new(limits());
    for to in [
        "file:///etc/passwd",
        "gopher://example.org/",
        "http://user:secret@127.0.0.1:9/",
        "http://",
        "data:text/plain,x",
    ] {
        let url = format!("http://{address}/{to}");
        assert_eq!(body(&client, &url, 100).unwrap_err().code(), "redirects");
    }
    // A redirect from https to http is always refused.
    let at = |text: &str| url::Url::parse(text).unwrap();
    for (from, to, may) in [
        ("https://a.example/", "https://b.example/", true),
        ("http://a.example/", "https://b.example/", true),
        ("http://a.example/", "http://b.example/", true),
        ("https://a.example/", "http://a.example/", false),
        ("https://a.example/", "ftp://a.example/", false),
    ] {
        assert_eq!(
            super::client::may_go_on(&at(from), &at(to)),
            may,
            "{from} {to}"
        );
    }
}

#[test]
fn addresses_that_are_refused() {
    let client = Client::new(limits());
    for (url, code) in [
        ("http://me:secret@127.0.0.1:9/", "url-credentials"),
        ("http://me@127.0.0.1:9/", "url-credentials"),
        ("http:127.0.0.1/", "url-not-http"),
        ("https://", "url-not-http"),
        ("file:///etc/passwd", "url-not-http"),
        ("page.html", "url-not-http"),
    ] {
        let error = client.open(url, 100).unwrap_err();
        assert_eq!(error.code(), code, "{url}");
        assert!(!error.to_string().contains("secret"), "{error}");
    }
    // Forms of 127.0.0.1 that the standard allows.
    let careful = Client::new(Limits::default());
    for url in [
        "http://2130706433/",
        "http://0x7f.1/",
        "http://0177.0.0.1/",
        "http://\u{ff11}27.0.0.1/",
        "http://[::ffff:7f00:1]/",
    ] {
        let error = careful.open(url, 100).unwrap_err();
        assert_eq!(error.code(), "private-address", "{url}: {error}");
    }
}

#[test]
fn a_status_is_an_error_and_so_is_a_size() {
    let address = raw(|mut stream| {
        let request = head(&stream);
        let answer: &[u8] = match request.split(' ').nth(1) {
            Some("/gone") => b"HTTP/1.1 410 Gone\r\ncontent-length: 4\r\n\r\ngone",
            Some("/moved") => b"HTTP/1.1 302 Found\r\ncontent-length: 0\r\n\r\n",
            Some("/announced") => b"HTTP/1.1 200 OK\r\ncontent-length: 101\r\n\r\n",
            Some("/short") => b"HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\nshort",
            _ => b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n",
        };
        let _ = stream.write_all(answer);
        if request.starts_with("GET /endless ") {
            let chunk = [&b"1000\r\n"[..], &[b'x'; 0x1000], b"\r\n"].concat();
            while stream.write_all(&chunk).is_ok() {}
        }
    });
    let client = Client::new(limits());
    for (path, code) in [
        ("gone", "http-status"),
        ("moved", "http-status"),
        ("announced", "response-too-large"),
        ("endless", "response-too-large"),
        ("short", "network"),
    ] {
        let error = body(&client, &format!("http://{address}/{path}"), 100).unwrap_err();
        assert_eq!(error.code(), code, "{path}: {error}");
    }
}

#[test]
fn silent_and_slow_servers_are_given_up() {
    let address = raw(|mut stream| {
        let request = head(&stream);
        let trickle = |mut stream: std::net::TcpStream, bytes: &[u8]| {
            while stream.write_all(bytes).is_ok() {
                std::thread::sleep(Duration::from_millis(50));
            }
        };
        let begin: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\nx";
        match request.split(' ').nth(1) {
            Some("/silent") => {}
            Some("/slow-head") => {
                let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n");
                return trickle(stream, b"x: y\r\n");
            }
            Some("/slow") => {
                let _ = stream.write_all(begin);
                return trickle(stream, b"x");
            }
            _ => {
                let _ = stream.write_all(begin);
            }
        }
        std::thread::sleep(Duration::from_secs(20));
    });
    let client = Client::new(Limits {
        time: Duration::from_millis(500),
        ..limits()
    });
    for path in ["silent", "slow-head", "slow", "stuck"] {
        let began = Instant::now();
        // This much may take ten minutes, but without a long silence.
        let error = body(&client, &format!("http://{address}/{path}"), 160 << 20).unwrap_err();
        assert_eq!(error.code(), "timed-out", "{path}: {error}");
        assert!(began.elapsed() < Duration::from_secs(10), "{path}");
    }
}

#[test]
fn a_name_inside_and_outside_is_refused_by_both() {
    let [outside, inside] =
        ["1.1.1.1:80", "10.0.0.1:80"].map(|text| text.parse::<SocketAddr>().unwrap());
    for (through, passes, other) in [
        (Through::Public, outside, inside),
        (Through::Private, inside, outside),
    ] {
        let checked = CheckedResolver {
            through,
            is_private: by_registry(),
            inner: DefaultResolver::default(),
        };
        assert_eq!(checked.stray(&[passes, passes]), None);
        assert_eq!(checked.stray(&[other]), Some(other));
        assert_eq!(checked.stray(&[outside, inside]), Some(inside));
        assert_eq!(checked.stray(&[inside, outside]), Some(inside));
    }
}
