//! `audit --site`: whatever is altered in published pages is named with its page, and nothing else is.

use super::world::{Run, World};
use claimledger::host::disk::{Disk as _, FolderDisk};
use claimledger::transport::{Response, Server};
use serde_json::Value;
use std::net::TcpListener;
use std::path::Path;

/// A newsroom with a corrected verdict, an objection, a person who answered, and the site of it.
fn published() -> World {
    let world = World::with_verdict();
    world.yes("verdict approve closing-verdict --conflict none --as mara");
    world.yes("export site public --site https://desk.example --with-texts --yes");
    world
}

fn corrected() -> World {
    let world = published();
    world.yes(
        "verdict issue closing --rating False --why 'It stays open.' --conflict none --supersedes closing-verdict \
         --correction ratingChange --was-wrong 'We took a plan for a decision.' --label second --as jonas",
    );
    world.yes("verdict approve second --conflict none --as mara");
    world.yes("export site public --site https://desk.example --with-texts --yes");
    world
}

/// The findings of an audit of the site: codes, files, messages.
fn findings(run: &Run) -> Vec<(String, String, String)> {
    let report: Value =
        serde_json::from_str(&run.out).unwrap_or_else(|_| panic!("{}{}", run.out, run.err));
    let all = report["site"]["findings"].as_array().expect("findings");
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    all.iter()
        .map(|one| {
            (
                text(&one["code"]),
                text(&one["file"]),
                text(&one["message"]),
            )
        })
        .collect()
}

fn audited(world: &World) -> Vec<(String, String, String)> {
    findings(&world.run("audit --site public --json"))
}

/// The pages whose names begin so, below the folder of the site.
fn pages(world: &World, folder: &str) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(world.path(&format!("public/{folder}")))
        .expect("a folder of the site")
        .map(|entry| {
            entry
                .expect("a name")
                .file_name()
                .into_string()
                .expect("UTF-8")
        })
        .filter(|name| !name.contains('.'))
        .collect();
    names.sort();
    names
}

/// The page of the verdict with this rating.
fn verdict_page(world: &World, rating: &str) -> String {
    let found = pages(world, "verdicts").into_iter().find(|id| {
        world
            .read(&format!("public/verdicts/{id}/index.html"))
            .contains(&format!("\"rating\":\"{rating}\""))
    });
    format!("verdicts/{}", found.expect("a verdict with that rating"))
}

/// Changes a file of the site, and answers with what the audit finds; then the file is as it was.
fn after(
    world: &World,
    file: &str,
    change: impl Fn(String) -> String,
) -> Vec<(String, String, String)> {
    let path = format!("public/{file}");
    let was = world.read(&path);
    let altered = change(was.clone());
    assert_ne!(was, altered, "{file} was not altered");
    world.file(&path, &altered);
    let found = audited(world);
    world.file(&path, &was);
    found
}

#[test]
fn a_site_as_it_was_written_says_what_the_log_says() {
    let world = corrected();
    let run = world.run("audit --site public");
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    assert!(
        run.out.contains("the pages say what the log says"),
        "{}",
        run.out
    );
    assert!(run.out.contains("as new as the log"), "{}", run.out);
    assert_eq!(audited(&world), []);
}

#[test]
fn an_older_site_is_audited_as_of_its_size() {
    let world = published();
    world.yes(
        "claim add 'The bridge opens in May.' --claimant 'Ana Brandt' --label opening --as jonas",
    );
    world.yes(
        "verdict issue closing --rating False --why 'It stays open.' --conflict none --supersedes closing-verdict \
         --correction ratingChange --was-wrong 'We took a plan for a decision.' --label second --as jonas",
    );
    let run = world.run("audit --site public --json");
    let report: Value = serde_json::from_str(&run.out).expect("JSON");
    assert_eq!(findings(&run), []);
    assert_eq!(run.code, 0);
    assert_eq!(report["site"]["compared"]["newerEntries"], 2);
    let said = world.run("audit --site public").out;
    assert!(said.contains("the log has 2 entries more since"), "{said}");
}

/// A code, and which words of a page become which others.
type Alteration = (&'static str, &'static str, &'static str);

/// Alterations of the page of the newer verdict.
const OF_A_VERDICT: &[Alteration] = &[
    (
        "site-rating",
        "data-field=\"rating\">\u{201c}False",
        "data-field=\"rating\">\u{201c}True",
    ),
    ("site-rating", "\"rating\":\"False\"", "\"rating\":\"True\""),
    ("site-date", "<time datetime=\"20", "<time datetime=\"19"),
    ("site-script", "</head>", "<script>alert(1)</script></head>"),
    (
        "site-script",
        "</head>",
        "<script src=\"https://other.example/x.js\"></script></head>",
    ),
    ("site-script", "<h1>", "<h1 onclick=\"alert(1)\">"),
    (
        "site-script",
        "<h1>",
        "<style>.banner{display:none}</style><h1>",
    ),
    ("site-policy", "default-src 'none'", "default-src *"),
    (
        "site-link",
        ".dossier\" download",
        ".dossier?other\" download",
    ),
    (
        "site-markup",
        "\"alternateName\":\"False\"",
        "\"alternateName\":\"True\"",
    ),
    (
        "site-page-altered",
        "</main>",
        "<p>Approved by everybody.</p></main>",
    ),
    ("site-page-altered", "</main>", "<!-- --></main>"),
    ("site-page-older", "\"form\":", "\"form\":9"),
];

/// Alterations of the page of the verdict that was corrected.
const OF_A_CORRECTED_ONE: &[Alteration] = &[
    ("site-banner", "\"banners\":[", "\"banners\":[\"objected\","),
    (
        "site-banner",
        "data-banner=\"corrected\"",
        "data-banner=\"objected\"",
    ),
    (
        "site-quotation",
        "data-field=\"quotation\">The bridge closes",
        "data-field=\"quotation\">The bridge opens",
    ),
];

#[test]
fn every_alteration_of_a_page_is_named() {
    let world = corrected();
    let newest = format!("{}/index.html", verdict_page(&world, "False"));
    let older = format!("{}/index.html", verdict_page(&world, "True"));
    let named = |code: &str, file: &str, change: &dyn Fn(String) -> String| {
        let found = after(&world, file, change);
        let codes: Vec<&str> = found.iter().map(|(code, _, _)| code.as_str()).collect();
        assert!(codes.contains(&code), "{code}: {found:?}");
        assert!(
            found.iter().all(|(_, page, _)| page == file),
            "{code}: {found:?}"
        );
    };
    for (file, alterations) in [(&newest, OF_A_VERDICT), (&older, OF_A_CORRECTED_ONE)] {
        for (code, from, to) in alterations {
            named(code, file, &|page| page.replacen(from, to, 1));
        }
    }
    let banner = |page: String| without(&page, "<aside class=\"banner\"", "</aside>");
    named("site-banner", &older, &banner);
    let heading = |page: String| page.replacen("<h1>", "<h1>All ", 1);
    named("site-page-altered", "claims/index.html", &heading);
}

#[test]
fn pages_and_files_that_are_missing_added_or_old_are_named() {
    let world = corrected();
    let verdict = verdict_page(&world, "False");
    let only = |code: &str, file: &str| {
        let found = audited(&world);
        let found: Vec<(&str, &str)> = found
            .iter()
            .map(|(code, file, _)| (code.as_str(), file.as_str()))
            .collect();
        assert_eq!(found, [(code, file)]);
    };
    for ending in [
        "json",
        "dsse",
        "dossier",
        "tlog-proof",
        "claimreview",
        "objection.json",
    ] {
        let file = format!("{verdict}.{ending}");
        let found = after(&world, &file, |text| text.replacen(['a', '1'], "b", 1));
        let code = match ending {
            "claimreview" => "site-markup",
            _ => "site-file-altered",
        };
        let found: Vec<(&str, &str)> = found
            .iter()
            .map(|(code, file, _)| (code.as_str(), file.as_str()))
            .collect();
        assert_eq!(found, [(code, file.as_str())]);
    }
    // The proof of another verdict, which is a true one.
    let other = verdict_page(&world, "True");
    let others = world.read(&format!("public/{other}.dossier"));
    let file = format!("{verdict}.dossier");
    let found = after(&world, &file, |_| others.clone());
    assert_eq!(
        (found.len(), found[0].0.as_str()),
        (1, "site-file-altered"),
        "{found:?}"
    );

    let page = world.path(&format!("public/{verdict}/index.html"));
    let away = world.path("away");
    std::fs::rename(&page, &away).expect("moved away");
    only("site-page-missing", &format!("{verdict}/index.html"));
    std::fs::rename(&away, &page).expect("moved back");
    world.file("public/verdicts/approved.html", "<p>Approved");
    only("site-page-unknown", "verdicts/approved.html");
    std::fs::remove_file(world.path("public/verdicts/approved.html")).expect("removed");

    // What a publisher puts beside a site is no fault.
    world.file("public/robots.txt", "User-agent: *\n");
    only("site-file-unknown", "robots.txt");
    assert_eq!(world.run("audit --site public").code, 0);
}

#[test]
fn an_older_page_or_dossier_in_a_newer_site_is_named() {
    let world = published();
    let verdict = verdict_page(&world, "True");
    let was = world.read(&format!("public/{verdict}/index.html"));
    let proof = world.read(&format!("public/{verdict}.dossier"));
    world.yes("withdraw closing-verdict --reason 'It was wrong.' --as jonas");
    world.yes("export site public --site https://desk.example --with-texts --yes");
    assert_eq!(audited(&world), []);
    let file = format!("{verdict}/index.html");
    let found = after(&world, &file, |_| was.clone());
    let codes: Vec<&str> = found.iter().map(|(code, _, _)| code.as_str()).collect();
    assert!(
        codes.contains(&"site-page-older") && codes.contains(&"site-banner"),
        "{found:?}"
    );
    let found = after(&world, &format!("{verdict}.dossier"), |_| proof.clone());
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].2.contains("earlier day"), "{found:?}");
}

#[test]
fn a_feed_without_an_entry_is_named() {
    let world = corrected();
    let found = after(&world, "feed.atom", |feed| {
        without(&feed, "<entry>", "</entry>")
    });
    assert_eq!(found[0].0, "site-feed", "{found:?}");
    assert!(found[0].2.contains("has no entry"), "{found:?}");
    for (file, list) in [
        ("feed.json", "items"),
        ("claimreview.json", "dataFeedElement"),
    ] {
        let found = after(&world, file, |feed| {
            let mut feed: Value = serde_json::from_str(&feed).expect("JSON");
            feed[list].as_array_mut().expect("entries").remove(0);
            feed.to_string()
        });
        assert_eq!(
            (found[0].0.as_str(), found[0].1.as_str()),
            ("site-feed", file),
            "{found:?}"
        );
        assert!(found[0].2.contains("has no entry"), "{found:?}");
    }
}

#[test]
fn hostile_files_are_refused_one_by_one() {
    let world = corrected();
    let verdict = verdict_page(&world, "False");
    let file = format!("{verdict}/index.html");
    let path = world.path(&format!("public/{file}"));
    let was = std::fs::read(&path).expect("a page");
    let said = |bytes: &[u8]| {
        std::fs::write(&path, bytes).expect("written");
        let found = audited(&world);
        assert!(found.iter().all(|(_, page, _)| *page == file), "{found:?}");
        found[0].0.clone()
    };
    assert_eq!(said(b"\xff\xfe\x00"), "site-unreadable");
    assert_eq!(said(&vec![b'<'; 4 << 20]), "site-unreadable");
    let deep = "<div>".repeat(20_000);
    assert!(said(deep.as_bytes()).starts_with("site-"));
    // A gigabyte of nothing.
    std::fs::File::create(&path)
        .expect("a file")
        .set_len(1 << 30)
        .expect("a length");
    assert_eq!(audited(&world)[0].0, "site-unreadable");
    std::fs::write(&path, was).expect("written");
    // Words of a page that would act on a terminal.
    let forged = "\u{1b}[2J\u{202e}FAULT none";
    world.file(
        &format!("public/{file}"),
        &world
            .read(&format!("public/{file}"))
            .replacen("<h1>", &format!("<h1>{forged} "), 1),
    );
    let out = world.run("audit --site public").out;
    assert!(
        !out.contains('\u{1b}') && !out.contains('\u{202e}'),
        "{out:?}"
    );
    assert!(out.contains("<U+202E>"), "{out}");
}

#[test]
fn a_site_of_another_ledger_or_another_head_is_not_compared() {
    let world = corrected();
    let other = World::newsroom();
    other.yes("export site public --yes");
    let one = |world: &World, place: &Path| {
        let run = world.run(&format!("audit --site '{}' --json", place.display()));
        assert_eq!(run.code, 1, "{}{}", run.out, run.err);
        let found = findings(&run);
        assert_eq!(found.len(), 1, "{found:?}");
        found[0].0.clone()
    };
    assert_eq!(one(&world, &other.path("public")), "site-other-ledger");
    assert_eq!(one(&world, &world.path("nowhere")), "site-head");
    let head = |change: &dyn Fn(String) -> String| {
        let found = after(&world, "head.json", change);
        (found[0].0.clone(), found.len())
    };
    assert_eq!(
        head(&|text| text.replacen("\"language\": \"en\"", "\"language\": \"tlh\"", 1)),
        ("site-head".to_owned(), 1)
    );
    assert_eq!(
        head(&|text| text.replacen("\u{2014} desk", "\u{2014} dusk", 1)).0,
        "site-head"
    );
    assert_eq!(head(&|_| "{".repeat(100_000)), ("site-head".to_owned(), 1));
    // A ledger that lost its newest entries has an older head than its site.
    let kept = std::fs::read(world.path("ledger/checkpoint")).expect("a head");
    world.yes("claim add 'The bridge opens in May.' --claimant 'Ana Brandt' --as jonas");
    world.yes("export site public --site https://desk.example --with-texts --yes");
    std::fs::write(world.path("ledger/checkpoint"), kept).expect("written");
    let run = world.run("audit --site public --json");
    assert_eq!(findings(&run)[0].0, "site-newer", "{}{}", run.out, run.err);
}

/// Any static file server; in place of one page it sends far too much.
fn serve(folder: &Path, endless: Option<String>) -> Server {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let disk = FolderDisk::new(folder);
    Server::start(listener, 0, move |request| {
        let path = request.path.trim_start_matches('/');
        let body = match &endless {
            Some(endless) if endless == path => Some(vec![b' '; 8 << 20]),
            _ => disk.read(path).expect("a disk that reads"),
        };
        match body {
            // A host that takes `_headers` does not show it.
            Some(body) if path != "_headers" => Response {
                status: 200,
                media_type: "application/octet-stream",
                body,
            },
            _ => Response::text(404, "none"),
        }
    })
    .expect("a server")
}

#[test]
fn a_site_at_an_address_is_audited_like_one_in_a_folder() {
    let world = corrected();
    let server = serve(&world.path("public"), None);
    let run = world.run(&format!("audit --site http://{}/", server.address()));
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    assert!(
        run.out.contains("an address cannot be listed"),
        "{}",
        run.out
    );
    assert!(
        run.out.contains("_headers: this server does not give it"),
        "{}",
        run.out
    );
    let file = format!("{}/index.html", verdict_page(&world, "False"));
    let page = world.read(&format!("public/{file}"));
    world.file(
        &format!("public/{file}"),
        &page.replacen("\"rating\":\"False\"", "\"rating\":\"True\"", 1),
    );
    let older = format!("{}/index.html", verdict_page(&world, "True"));
    let found = findings(&world.run(&format!("audit --site http://{} --json", server.address())));
    assert_eq!((found[0].0.as_str(), &found[0].1), ("site-rating", &file));
    world.file(&format!("public/{file}"), &page);
    drop(server);

    let server = serve(&world.path("public"), Some(older.clone()));
    let found = findings(&world.run(&format!("audit --site http://{} --json", server.address())));
    let found: Vec<(&str, &str)> = found
        .iter()
        .map(|(code, file, _)| (code.as_str(), file.as_str()))
        .collect();
    assert_eq!(found, [("site-unreadable", older.as_str())]);
}

#[test]
fn a_site_of_another_version_is_compared_by_its_parts() {
    let world = corrected();
    let version = env!("CARGO_PKG_VERSION");
    let mut all = vec![world.path("public")];
    while let Some(folder) = all.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("a name").path();
            if path.is_dir() {
                all.push(path);
            } else if path.extension().is_some_and(|ending| ending == "html")
                || path.ends_with("head.json")
            {
                let text = std::fs::read_to_string(&path).expect("a page");
                let text = text.replace(
                    &format!("\"version\":\"{version}\""),
                    "\"version\":\"0.0.9\"",
                );
                let text = text.replace(
                    &format!("\"version\": \"{version}\""),
                    "\"version\": \"0.0.9\"",
                );
                std::fs::write(
                    &path,
                    text.replace("</main>", "<p>Made with care.</p></main>"),
                )
                .expect("a page");
            }
        }
    }
    let run = world.run("audit --site public");
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    assert!(run.out.contains("another version made them"), "{}", run.out);
    let newest = format!("{}/index.html", verdict_page(&world, "False"));
    for (code, from, to) in [
        (
            "site-rating",
            "data-field=\"rating\">\u{201c}False",
            "data-field=\"rating\">\u{201c}True",
        ),
        ("site-script", "</head>", "<script>alert(1)</script></head>"),
        (
            "site-link",
            "</main>",
            "<a href=\"https://other.example\">more</a></main>",
        ),
    ] {
        let found = after(&world, &newest, |page| page.replacen(from, to, 1));
        assert!(
            found.iter().any(|(found, _, _)| found == code),
            "{code}: {found:?}"
        );
    }
}

/// A text without what stands between two marks, and without the marks.
fn without(text: &str, from: &str, to: &str) -> String {
    let (before, rest) = text.split_once(from).expect("the first mark");
    let (_, after) = rest.split_once(to).expect("the second mark");
    format!("{before}{after}")
}
