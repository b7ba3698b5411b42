//! Sources fetched over HTTP through the program: what is kept and recorded, and who cannot make it do what.

use crate::commands::world::World;
use claimledger_core::crypto::sha256;
use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

const PAGE: &str = "<!DOCTYPE html><html><head><title>Bridge</title></head><body><script>var hidden = 1;</script>\
                    <p>The bridge closes in <b>April</b>, the mayor said.</p></body></html>";

/// A web site: what it does to each path. It counts who asks.
struct Site {
    address: SocketAddr,
    asked: Arc<AtomicUsize>,
}

impl Site {
    fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let asked = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&asked);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let count = Arc::clone(&count);
                std::thread::spawn(move || answer(stream.unwrap(), &count));
            }
        });
        Self { address, asked }
    }

    fn url(&self, path: &str) -> String {
        format!("http://{}/{path}", self.address)
    }

    /// `source add` of a page of this site.
    fn add(&self, path: &str, options: &str) -> String {
        let url = self.url(path);
        format!("source add --url {url} --fetch --title T --publisher P --as jonas {options}")
    }

    fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }
}

fn answer(mut stream: TcpStream, count: &AtomicUsize) {
    let mut request = Vec::new();
    let mut one = [0];
    while !request.ends_with(b"\r\n\r\n") && stream.read(&mut one).unwrap_or(0) == 1 {
        request.push(one[0]);
    }
    let request = String::from_utf8(request).unwrap();
    let number = count.fetch_add(1, Ordering::SeqCst);
    let mut say = |head: &str, body: &[u8]| {
        let length = body.len();
        let head =
            format!("HTTP/1.1 {head}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n");
        let _ = stream.write_all(&[head.as_bytes(), body].concat());
    };
    let html = "200 OK\r\ncontent-type: text/html; charset=utf-8";
    match request.split(' ').nth(1).unwrap_or_default() {
        "/page" => say(
            &format!("{html}\r\nset-cookie: who=you\r\netag: \"v1\""),
            PAGE.as_bytes(),
        ),
        "/changing" => say(html, format!("<p>Version {number}.</p>").as_bytes()),
        "/packed" => say(&format!("{html}\r\ncontent-encoding: gzip"), &packed(PAGE)),
        "/packed-text" => say(
            "200 OK\r\ncontent-type: text/plain\r\ncontent-encoding: gzip",
            &packed("Zum Gl\u{fc}ck closed.\r\n"),
        ),
        "/brotli" => say(
            &format!("{html}\r\ncontent-encoding: br"),
            b"\x8b\x02\x80\xff",
        ),
        "/moved" => say("301 Moved\r\nlocation: /other", b""),
        "/other" => say("302 Found\r\nlocation: page#part", b""),
        "/round" => say("302 Found\r\nlocation: /round", b""),
        "/gone" => say("404 Not Found", b"<p>Nothing here.</p>"),
        "/nothing" => say("204 No Content", b""),
        "/large" => say("200 OK\r\ncontent-type: text/plain", &vec![b'x'; 3 << 20]),
        "/endless" => {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n");
            while stream.write_all(&[b'x'; 4096]).is_ok() {}
        }
        "/torn" => {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\ntorn");
        }
        "/hangs" => std::thread::sleep(Duration::from_secs(30)),
        "/stuck" => {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\nstuck");
            std::thread::sleep(Duration::from_secs(30));
        }
        _ => say("400 Bad Request", b""),
    }
}

fn packed(text: &str) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packer.write_all(text.as_bytes()).unwrap();
    packer.finish().unwrap()
}

fn snapshot(world: &World, name: &str) -> serde_json::Value {
    world.body(name)["capture"]["captured"].clone()
}

fn held(world: &World, digest: &str) -> Vec<u8> {
    std::fs::read(world.path(&format!(
        "ledger/snapshots/sha256/{}/{digest}",
        &digest[..2]
    )))
    .expect("a blob")
}

#[test]
fn a_page_is_fetched_with_what_its_server_said_and_quoted() {
    let (world, site) = (World::newsroom(), Site::new());
    let run = world.run(&site.add("moved", "--allow-private --label page"));
    assert_eq!(run.code, 0, "{}", run.err);
    let leads = format!(
        "note: {} leads to {}, which answered\n",
        site.url("moved"),
        site.url("page")
    );
    assert!(run.err.contains(&leads), "{}", run.err);
    assert!(
        run.err
            .contains("note: header fields not recorded: set-cookie\n"),
        "{}",
        run.err
    );
    assert_eq!(site.asked(), 3);
    assert_eq!(world.body("page")["url"], site.url("moved"));
    let kept = snapshot(&world, "page");
    assert_eq!(kept["method"], "fetch");
    assert_eq!(kept["mediaType"], "text/html");
    assert_eq!(kept["bytes"], PAGE.len());
    assert_eq!(kept["sha256"], sha256(&[PAGE.as_bytes()]).to_string());
    assert_eq!(kept["fetched"]["url"], site.url("page"));
    assert_eq!(kept["fetched"]["status"], 200);
    let headers = kept["fetched"]["headers"].as_array().unwrap();
    assert!(headers.contains(&"content-type: text/html; charset=utf-8".into()));
    assert!(headers.contains(&"etag: \"v1\"".into()));
    assert!(
        !headers
            .iter()
            .any(|h| h.as_str().unwrap().contains("cookie"))
    );
    assert!(kept["captured"].is_string());
    world.clean("");
    world.yes("claim add 'It closes.' --claimant many --label closes --as jonas");
    world.yes(
        "evidence add closes page --stance supports --quote 'The bridge closes in April' --as jonas",
    );
    world.no(
        "evidence add closes page --stance supports --quote 'var hidden' --as jonas",
        4,
        "quotation-not-found",
    );
    world.clean("");
}

#[test]
fn compressed_bytes_are_kept_compressed_and_can_be_read() {
    let (world, site) = (World::newsroom(), Site::new());
    world.yes("claim add 'It closes.' --claimant many --label closes --as jonas");
    for (path, text, quote) in [
        ("packed", PAGE, "bridge closes in April"),
        (
            "packed-text",
            "Zum Gl\u{fc}ck closed.\r\n",
            "Zum Gl\u{fc}ck closed.",
        ),
    ] {
        world.yes(&site.add(path, &format!("--allow-private --label {path}")));
        let kept = snapshot(&world, path);
        let bytes = packed(text);
        assert_eq!(kept["sha256"], sha256(&[&bytes]).to_string(), "{path}");
        assert_eq!(held(&world, kept["sha256"].as_str().unwrap()), bytes);
        let headers = kept["fetched"]["headers"].to_string();
        assert!(headers.contains("content-encoding: gzip"), "{headers}");
        world.yes(&format!(
            "evidence add closes {path} --stance supports --quote '{quote}' --as jonas"
        ));
        world.clean("");
    }
    // A coding that nobody here knows: kept as it came, and said to have no text.
    let run = world.run(&site.add("brotli", "--allow-private --label odd"));
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(
        run.err
            .contains("note: nothing can be quoted from what came"),
        "{}",
        run.err
    );
    let kept = snapshot(&world, "odd");
    assert_eq!(kept["bytes"], 4);
    assert!(kept["noText"].as_str().unwrap().contains("br"), "{kept}");
    world.clean("");
}

#[test]
fn this_machine_and_its_network_are_not_asked() {
    let (world, site) = (World::newsroom(), Site::new());
    let size = world.size();
    let port = site.address.port();
    for host in [
        "127.0.0.1",
        "localhost",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "0x7f.1",
        "0.0.0.0",
    ] {
        let url = format!("http://{host}:{port}/page");
        let line = format!("source add --url {url} --fetch --title T --publisher P --as jonas");
        let refusal = world.no(&line, 4, "private-address");
        assert!(
            refusal["next"]
                .as_str()
                .unwrap()
                .contains("--allow-private"),
            "{refusal}"
        );
    }
    for host in [
        "10.0.0.1",
        "169.254.169.254",
        "192.168.1.1",
        "[fe80::1]",
        "[fd00::1]",
    ] {
        let line =
            format!("source add --url http://{host}/ --fetch --title T --publisher P --as jonas");
        world.no(&line, 4, "private-address");
    }
    assert_eq!(site.asked(), 0, "nobody was connected to");
    assert_eq!(world.size(), size);
    world.clean("");
}

#[test]
fn an_incomplete_download_leaves_nothing() {
    let (world, site) = (World::newsroom(), Site::new());
    let before = world.files("ledger");
    let began = Instant::now();
    for (path, options, exit, code) in [
        ("gone", "", 3, "http-status"),
        ("round", "", 3, "redirects"),
        ("torn", "", 3, "network"),
        ("hangs", "--timeout 1", 3, "timed-out"),
        ("stuck", "--timeout 1", 3, "timed-out"),
        ("endless", "--max-bytes 100000", 4, "response-too-large"),
        ("large", "--max-bytes 3145727", 4, "response-too-large"),
        (
            "page",
            "--max-bytes 10 --hash-only",
            4,
            "response-too-large",
        ),
    ] {
        let refusal = world.no(
            &site.add(path, &format!("--allow-private {options}")),
            exit,
            code,
        );
        assert!(refusal["next"].is_string(), "{refusal}");
        assert!(
            refusal["message"]
                .as_str()
                .unwrap()
                .contains(&site.url(path)),
            "{refusal}"
        );
        assert!(
            world.files("ledger") == before,
            "{path} left something behind"
        );
        world.clean("");
    }
    assert!(began.elapsed() < Duration::from_mins(1));
    // Nobody listens there any more.
    let closed = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let line = format!(
        "source add --url http://{closed}/ --fetch --allow-private --title T --publisher P --as jonas"
    );
    world.no(&line, 3, "network");
    for (url, code) in [
        ("http://me:secret@example.org/", "url-credentials"),
        ("ftp://example.org/page", "url-not-http"),
    ] {
        let line = format!("source add --url {url} --fetch --title T --publisher P --as jonas");
        world.no(&line, 4, code);
    }
    assert!(world.files("ledger") == before);
    // What has the size that was allowed comes.
    world.yes(&site.add("large", "--allow-private --max-bytes 3145728 --label large"));
    assert_eq!(snapshot(&world, "large")["bytes"], 3 << 20);
    world.yes(&site.add("nothing", "--allow-private --label nothing"));
    assert_eq!(snapshot(&world, "nothing")["fetched"]["status"], 204);
    world.clean("");
}

#[test]
fn a_source_is_fetched_again_from_where_it_is_published() {
    let (world, site) = (World::newsroom(), Site::new());
    world.yes(&site.add("changing", "--allow-private --label page"));
    world.no(
        "source capture page --fetch --as jonas",
        4,
        "private-address",
    );
    world.yes("source capture page --fetch --allow-private --label later --as jonas");
    let url = site.url("packed");
    world.yes(&format!(
        "source capture page --fetch --url {url} --allow-private --hash-only --label digest --as jonas"
    ));
    assert_eq!(site.asked(), 3);
    let later = world.body("later")["snapshot"].clone();
    assert_eq!(later["fetched"]["url"], site.url("changing"));
    assert_eq!(
        held(&world, later["sha256"].as_str().unwrap()),
        b"<p>Version 1.</p>"
    );
    let digest = world.body("digest")["snapshot"].clone();
    assert_eq!(digest["holding"], "hashOnly");
    assert_eq!(digest["bytes"], packed(PAGE).len());
    assert_eq!(digest["fetched"]["status"], 200);
    world.clean("");
    world.yes("claim add 'It is one.' --claimant many --label one --as jonas");
    world.yes("evidence add one page --stance supports --quote 'Version 1.' --as jonas");
    // A source that names no URL has none to be fetched from.
    world.file("letter.txt", "A letter.\n");
    world.yes("source add letter.txt --title L --publisher P --label letter --as jonas");
    world.no("source capture letter --fetch --as jonas", 2, "usage");
    world.clean("");
}

#[test]
fn contradicting_options_are_refused() {
    let world = World::newsroom();
    world.file("page.html", PAGE);
    for line in [
        "source add --fetch --title T --publisher P --as jonas",
        "source add page.html --fetch --url http://a.example/ --title T --publisher P --as jonas",
        "source add page.html --allow-private --title T --publisher P --as jonas",
        "source add page.html --max-bytes 5 --title T --publisher P --as jonas",
        "source add --fetch --url http://a.example/ --timeout 0 --title T --publisher P --as jonas",
        "source add --fetch --url http://a.example/ --timeout 86401 --title T --publisher P --as jonas",
        "source capture page page.html --fetch --as jonas",
        "source capture page --as jonas",
        "source capture page page.html --url http://a.example/ --as jonas",
    ] {
        assert_eq!(world.run(line).code, 2, "{line}");
    }
}

#[test]
fn a_case_fetches_once_and_a_draft_brings_its_bytes() {
    let (world, site) = (World::newsroom(), Site::new());
    let (changing, page) = (site.url("changing"), site.url("page"));
    world.file(
        "case.toml",
        &format!(
            "[[source]]\nlabel = 'page'\ntitle = 'T'\npublisher = 'P'\nurl = '{page}'\nfetch = true\n\
             allow-private = true\nmax-bytes = 1000\n\
             [[capture]]\nsource = 'page'\nurl = '{changing}'\nfetch = true\nallow-private = true\n\
             [[claim]]\nname = 'closes'\ntext = 'It closes.'\nclaimant = ['Ana']\n\
             [[evidence]]\nclaim = 'closes'\nsource = 'page'\nstance = 'supports'\nquote = 'The bridge closes'\n"
        ),
    );
    // The author of a case decides neither that anything is fetched nor that this machine's network may be asked.
    for line in [
        "record case.toml --as jonas",
        "record case.toml --dry-run --as jonas",
    ] {
        world.no(&format!("{line} --allow-private"), 2, "usage");
        world.no(&format!("{line} --yes"), 4, "private-address");
    }
    assert_eq!(site.asked(), 0);
    world.yes("record case.toml --dry-run --as jonas --yes --allow-private");
    assert_eq!(site.asked(), 2);
    let run = world.run("record case.toml --as jonas --yes --allow-private");
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(
        run.err
            .contains("note: source 1 (page): header fields not recorded: set-cookie")
    );
    assert_eq!(site.asked(), 4, "once for each source");
    assert_eq!(snapshot(&world, "page")["fetched"]["url"], page);
    world.clean("");
    let refused = |fields: &str, exit, code| {
        world.file(
            "other.toml",
            &format!("[[source]]\nname = 'other'\ntitle = 'T'\npublisher = 'P'\n{fields}\n"),
        );
        let refusal = world.no("record other.toml --as jonas --yes", exit, code);
        assert!(
            refusal["message"]
                .as_str()
                .unwrap()
                .contains("source 1 (other)"),
            "{refusal}"
        );
    };
    refused(
        &format!("url = '{page}'\nfetch = true"),
        4,
        "private-address",
    );
    refused("fetch = true", 2, "usage");
    refused(&format!("url = '{page}'\nmax-bytes = 5"), 2, "usage");
    world.file("letter.txt", "A letter.\n");
    refused(
        &format!("file = 'letter.txt'\nurl = '{page}'\nfetch = true"),
        2,
        "usage",
    );
    world.clean("");

    // Written down unsigned, the bytes lie beside it.
    world.yes(&site.add("page", "--allow-private --draft page.json"));
    let digest = sha256(&[PAGE.as_bytes()]).to_string();
    assert_eq!(world.read(&digest), PAGE);
    world.yes("sign page.json -o page.dsse --as jonas");
    world.yes("submit page.dsse");
    world.clean("");
}

#[test]
fn a_file_of_authorities_must_have_one() {
    let world = World::with_verdict();
    world.no("audit --ca-file nowhere.pem", 3, "io");
    world.file("empty.pem", "no certificate\n");
    world.no("audit --ca-file empty.pem", 4, "file-malformed");
}
