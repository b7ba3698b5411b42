//! Imports that are killed, and imports of what somebody built to do harm.

use super::importing::{newsroom, review};
use super::world::World;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::process::{Command, Stdio};
use std::time::Duration;

/// Starts an import, and ends it by the signal KILL after a while, unless it has ended itself.
fn killed_after(world: &World, wait: Duration) -> bool {
    let mut child = Command::new(env!("CARGO_BIN_EXE_claimledger"))
        .args([
            "import",
            "claimreview",
            "feed.json",
            "--as",
            "nadia",
            "--yes",
        ])
        .current_dir(world.path("."))
        .env_clear()
        .env("XDG_STATE_HOME", "state")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program of this test run");
    std::thread::sleep(wait);
    let ended = child.try_wait().expect("its state").is_some();
    let _ = child.kill();
    child.wait().expect("its end");
    !ended
}

#[test]
fn an_import_killed_again_and_again_goes_on_and_adds_each_review_once() {
    const REVIEWS: usize = 900;
    let world = newsroom();
    let all: Vec<Value> = (0..REVIEWS)
        .map(|number| {
            let claim = format!("The ferry carried {number} cars.");
            review(&format!("https://orla.example/{number}"), &claim, "False")
        })
        .collect();
    world.file("feed.json", &json!(all).to_string());
    let mut killed = 0;
    for round in 0..8_u64 {
        // Moments that fall into every part of the work: reading, signing, writing.
        let wait = Duration::from_millis(90 + round * 170);
        killed += usize::from(killed_after(&world, wait));
        let audit = world.run("audit --json");
        assert_eq!(audit.code, 0, "{}{}", audit.out, audit.err);
    }
    assert!(killed > 0, "every import ended before it was killed");
    world.yes("import claimreview feed.json --as nadia");
    let listed = world.yes("review list --all");
    let found = listed["found"].as_array().expect("a list");
    let words: BTreeSet<&str> = found
        .iter()
        .map(|row| row["claimText"].as_str().expect("words"))
        .collect();
    assert_eq!((found.len(), words.len()), (REVIEWS, REVIEWS));
    let claims = world.yes("claim list --all");
    assert_eq!(claims["found"].as_array().map(Vec::len), Some(REVIEWS));
    let again = world.yes("import claimreview feed.json --as nadia");
    assert_eq!(again["counts"]["already"], REVIEWS);
    world.yes("doctor --repair");
    world.clean("");
}

/// What a dry run and a real import say of a file: nothing comes in, and the refusal has this code.
fn refused(world: &World, file: &str, bytes: &[u8], code: &str) {
    std::fs::write(world.path(file), bytes).expect("a file of the test");
    let size = world.size();
    for dry in ["--dry-run ", ""] {
        let line =
            format!("import claimreview {file} --as nadia {dry}--report r.jsonl --force --json");
        let run = world.run(&line);
        assert_eq!(run.code, 1, "{file}: {}{}", run.out, run.err);
        let report = world.read("r.jsonl");
        let codes: Vec<Value> = report
            .lines()
            .map(|line| {
                serde_json::from_str::<Value>(line).expect("JSON")["troubles"][0]["code"].clone()
            })
            .collect();
        assert_eq!(codes, [code], "{file}");
    }
    assert_eq!(world.size(), size);
}

#[test]
fn what_was_built_to_do_harm_is_refused_with_a_code() {
    let world = newsroom();
    let deep = [vec![b'['; 200_000], vec![b']'; 200_000]].concat();
    refused(&world, "deep.json", &deep, "too-deep");
    // Longer than memory should ever hold: nothing but beginnings of lists.
    refused(
        &world,
        "endless.json",
        &vec![b'['; 40 * 1024 * 1024],
        "too-large",
    );
    let mut laughs = "\"lol\"".to_owned();
    for _ in 0..6 {
        laughs = format!("[{}]", [laughs.as_str(); 10].join(","));
    }
    refused(&world, "laughs.json", laughs.as_bytes(), "too-large");
    let one = review("https://orla.example/1", "The ferry is free.", "False").to_string();
    let latin = one
        .replace("The ferry", "La travers\u{e9}e")
        .replace('\u{e9}', "\u{1}");
    let latin: Vec<u8> = latin
        .bytes()
        .map(|b| if b == 1 { 0xe9 } else { b })
        .collect();
    refused(&world, "latin.json", &latin, "malformed");
    let mut utf16: Vec<u8> = vec![0xff, 0xfe];
    utf16.extend(one.encode_utf16().flat_map(u16::to_le_bytes));
    // A lone surrogate inside a text.
    let half = utf16.len() - 40;
    let half = half - half % 2;
    utf16.splice(half..half + 2, [0x00, 0xd8]);
    refused(&world, "utf16.json", &utf16, "malformed");
    refused(&world, "empty.json", b"", "malformed");
    refused(
        &world,
        "nul.json",
        b"{\"@type\":\"ClaimReview\",\"url\":\"\0\"}",
        "malformed",
    );
    world.clean("");
}

#[test]
fn fields_that_cannot_be_recorded_are_told_and_the_rest_comes_in() {
    let world = newsroom();
    let with = |name: &str, value: Value| {
        let mut one = review("https://orla.example/1", "The ferry is free.", "False");
        one[name] = value;
        one
    };
    let long = "x".repeat(10 * 1024 * 1024);
    let feed = json!([
        with("claimReviewed", json!(long)),
        with("claimReviewed", json!("A \u{90} in the claim.")),
        with(
            "url",
            json!(format!("https://orla.example/{}", "a".repeat(5_000)))
        ),
        with("reviewRating", json!({"alternateName": "x\u{0}y"})),
        with("datePublished", json!("2026\u{1b}[31m")),
        review("https://orla.example/good", "The pier sank.", "True"),
    ]);
    world.file("feed.json", &feed.to_string());
    let run = world.run("import claimreview feed.json --as nadia --report r.jsonl --json");
    assert_eq!(run.code, 1, "{}{}", run.out, run.err);
    let answer: Value = serde_json::from_str(&run.out).expect("JSON");
    assert_eq!(answer["counts"]["recorded"], 2);
    assert_eq!(answer["counts"]["refused"], 4);
    let report = world.read("r.jsonl");
    let codes: Vec<Vec<String>> = report
        .lines()
        .map(|line| {
            let line: Value = serde_json::from_str(line).expect("JSON");
            let troubles = line["troubles"].as_array().expect("a list").clone();
            let code = |one: &Value| one["code"].as_str().expect("a code").to_owned();
            troubles.iter().map(code).collect()
        })
        .collect();
    assert_eq!(codes[0], ["value-unusable"]);
    assert_eq!(codes[1], ["value-unusable"]);
    assert!(codes[2].contains(&"url-unusable".to_owned()), "{codes:?}");
    assert_eq!(codes[3], ["value-unusable"]);
    assert_eq!(codes[4], ["date-unclear", "dropped"]);
    world.clean("");
}

#[test]
fn markup_in_every_field_stays_words() {
    let world = newsroom();
    let evil = "<script>alert(1)</script>\u{202e}<img src=x onerror=y>";
    let one = json!({
        "@type": "ClaimReview", "url": "https://orla.example/1",
        "datePublished": evil, "claimReviewed": evil, "inLanguage": evil,
        "author": {"name": evil},
        "reviewRating": {"alternateName": evil, "ratingValue": evil, "bestRating": evil, "worstRating": evil},
        "itemReviewed": {"author": {"name": evil, "jobTitle": evil}, "datePublished": evil, "appearance": evil}
    });
    let page = format!(
        "<html><script type='application/ld+json'>{}</script></html>",
        one.to_string().replace("</", "<\\/")
    );
    world.file("page.html", &page);
    let answer = world.yes("import claimreview page.html --as nadia");
    assert_eq!(answer["counts"]["recorded"], 1);
    let listed = world.yes("review list");
    let row = &listed["found"][0];
    assert_eq!(row["claimText"], evil);
    assert_eq!(row["label"], evil);
    let (record, claim) = (&row["index"], &row["claim"]);
    for line in [
        "review list".to_owned(),
        "search alert".to_owned(),
        format!("show {record}"),
        format!("show {claim}"),
    ] {
        let run = world.run(&line);
        assert_eq!(run.code, 0, "{line}: {}", run.err);
        assert!(!run.out.contains('\u{202e}'), "{line}: {}", run.out);
    }
    let run = world.run("import claimreview page.html --as nadia --dry-run");
    assert!(!run.out.contains('\u{202e}'), "{}", run.out);
    world.clean("");
}

#[test]
fn a_long_feed_is_read_element_by_element() {
    let world = newsroom();
    let filler = "x".repeat(1024 * 1024);
    let mut text = "{\"@type\":\"DataFeed\",\"dataFeedElement\":[".to_owned();
    for number in 0..40 {
        let mut one = review(
            &format!("https://orla.example/{number}"),
            &format!("Claim {number}."),
            "False",
        );
        one["reviewBody"] = json!(filler);
        text.push_str(&json!({"@type": "DataFeedItem", "item": one}).to_string());
        text.push(',');
    }
    text.push_str("{\"item\": null}]}");
    world.file("feed.json", &text);
    let answer = world.yes("import claimreview feed.json --as nadia");
    assert_eq!(answer["counts"]["recorded"], 40);
    let listed = world.yes("review list");
    let body = world.body(&listed["found"][39]["index"].to_string());
    assert_eq!(body["raw"]["at"], "/dataFeedElement/39/item");
    assert_eq!(body["raw"]["bytes"], text.len());
    world.clean("");
}
