//! `import`: reviews that were published elsewhere come in whole, exactly once, and nothing is made up.

use super::world::World;
use serde_json::{Value, json};

/// A review of the made-up desk of Orla.
pub fn review(url: &str, claim: &str, label: &str) -> Value {
    json!({
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": url,
        "datePublished": "2026-02-11",
        "claimReviewed": claim,
        "author": {"@type": "Organization", "name": "Orla Check", "url": "https://orla.example/"},
        "reviewRating": {"@type": "Rating", "ratingValue": "1.0", "worstRating": 1, "bestRating": 5,
            "alternateName": label},
        "itemReviewed": {"@type": "Claim", "datePublished": "2026-02-09",
            "author": {"@type": "Person", "name": "Iva Holm", "jobTitle": "Councillor"}}
    })
}

fn page(reviews: &[Value]) -> String {
    let scripts = reviews
        .iter()
        .map(|review| format!("<script type=\"application/ld+json\">{review}</script>"));
    let scripts: String = scripts.collect();
    format!("<!doctype html><html><head><title>Check</title>{scripts}</head><body>x</body></html>")
}

/// A newsroom with an importer, nadia.
pub fn newsroom() -> World {
    let world = World::newsroom();
    world.yes("key new nadia --no-passphrase");
    world.yes("key enroll nadia --role importer --as mara");
    world
}

/// What an import counts.
fn counts(answer: &Value) -> (u64, u64, u64, u64) {
    let number = |name: &str| answer["counts"][name].as_u64().expect("a number");
    (
        number("recorded"),
        number("changed"),
        number("already"),
        number("refused"),
    )
}

/// An import of which something needs a person.
fn partly(world: &World, line: &str) -> Value {
    let run = world.run(&format!("{line} --json"));
    assert_eq!(run.code, 1, "{line}\n{}{}", run.out, run.err);
    serde_json::from_str(&run.out).expect("JSON")
}

#[test]
fn a_page_becomes_a_claim_and_a_record_with_its_values_as_spelled() {
    let world = newsroom();
    let one = review(
        "https://orla.example/1",
        "The ferry is free.",
        "Mostly false",
    );
    world.file("page.html", &page(&[json!({"@type": "NewsArticle"}), one]));
    let answer = world.yes("import claimreview page.html --as nadia");
    assert_eq!(counts(&answer), (1, 0, 0, 0));
    let listed = world.yes("review list");
    let row = &listed["found"][0];
    assert_eq!(row["author"], "Orla Check");
    assert_eq!(row["label"], "Mostly false");
    assert_eq!(row["published"], "2026-02-11");
    let body = world.body(row["index"].to_string().trim_matches('"'));
    assert_eq!(body["rating"]["value"], "1.0");
    assert_eq!(body["raw"]["at"], "script 2");
    assert_eq!(body["raw"]["mediaType"], "text/html");
    let claim = world.body(&row["claim"].to_string());
    assert_eq!(claim["text"], "The ferry is free.");
    assert_eq!(claim["made"], "2026-02-09");
    assert_eq!(claim["claimants"]["named"][0]["role"], "Councillor");
    let found = world.yes("search Orla");
    assert_eq!(found["found"][0]["type"], "review.record");
    world.clean("");
}

#[test]
fn the_imported_file_is_kept_once_exported_and_its_digest_checked() {
    let world = newsroom();
    let two = [
        review("https://orla.example/1", "The ferry is free.", "False"),
        review("https://orla.example/2", "The pier sank.", "True"),
    ];
    world.file("feed.json", &json!(two).to_string());
    world.yes("import claimreview feed.json --as nadia");
    let audit = world.yes("audit");
    assert_eq!(audit["checked"]["snapshots"], 1);
    world.yes("export copy --with-snapshots --yes");
    let copied = world.yes("audit copy");
    assert_eq!(copied["checked"]["snapshots"], 1);
    let kept = world.files("copy");
    let (path, bytes) = kept
        .iter()
        .find(|(path, _)| path.to_string_lossy().contains("sha256"))
        .expect("the bytes");
    assert_eq!(bytes, json!(two).to_string().as_bytes());
    std::fs::write(path, "[]").expect("a file of the test");
    let run = world.run("audit copy --json");
    assert_eq!(run.code, 1, "{}", run.out);
    assert!(run.out.contains("snapshot-altered"), "{}", run.out);
}

#[test]
fn the_same_import_twice_adds_nothing() {
    let world = newsroom();
    std::fs::create_dir(world.path("pages")).expect("a folder");
    for number in 0..3 {
        let claim = format!("Claim number {number}.");
        let one = review(&format!("https://orla.example/{number}"), &claim, "False");
        world.file(&format!("pages/{number}.html"), &page(&[one]));
    }
    // Another spelling of the same address, in another file.
    let again = review("http://orla.example/1/", "Claim number 1.", "False");
    world.file("pages/again.json", &again.to_string());
    world.file("pages/notes.txt", "not a page");
    let first = world.yes("import claimreview pages --as nadia");
    assert_eq!(counts(&first), (3, 0, 1, 0));
    let size = world.size();
    let second = world.yes("import claimreview pages --as nadia");
    assert_eq!(counts(&second), (0, 0, 4, 0));
    assert_eq!(world.size(), size);
    world.clean("");
}

#[test]
fn a_review_that_changed_supersedes_its_record_and_an_older_file_does_not_change_it_back() {
    let world = newsroom();
    let old = review("https://orla.example/1", "The ferry is free.", "False");
    world.file("old.json", &old.to_string());
    let new = review(
        "https://orla.example/1",
        "The ferry is free.",
        "Mostly true",
    );
    world.file("new.json", &new.to_string());
    world.yes("import claimreview old.json --as nadia");
    let changed = world.yes("import claimreview new.json --as nadia");
    assert_eq!(counts(&changed), (0, 1, 0, 0));
    let listed = world.yes("review list --all");
    assert_eq!(listed["found"].as_array().map(Vec::len), Some(2));
    let live = world.yes("review list");
    let body = world.body(&live["found"][0]["index"].to_string());
    assert_eq!(body["rating"]["label"], "Mostly true");
    assert_eq!(body["correction"]["kind"], "ratingChange");
    let size = world.size();
    let again = world.yes("import claimreview old.json --as nadia");
    assert_eq!(again["counts"]["older"], 1);
    assert_eq!(world.size(), size);
    world.clean("");
}

#[test]
fn a_record_that_was_withdrawn_is_not_recorded_again() {
    let world = newsroom();
    let one = review("https://orla.example/1", "The ferry is free.", "False");
    world.file("one.json", &one.to_string());
    world.yes("import claimreview one.json --as nadia");
    let listed = world.yes("review list");
    let entry = listed["found"][0]["index"].to_string();
    world.yes(&format!(
        "withdraw {entry} --reason 'Not ours to keep.' --as mara"
    ));
    let size = world.size();
    world.file("again.json", &format!(" {one}"));
    let other = review("https://orla.example/1", "The ferry is free.", "True");
    world.file("other.json", &other.to_string());
    let again = world.yes("import claimreview other.json --as nadia");
    assert_eq!(again["counts"]["takenBack"], 1);
    world.yes("import claimreview again.json --as nadia");
    assert_eq!(world.size(), size);
}

#[test]
fn a_claim_with_the_same_words_is_used_again() {
    let world = newsroom();
    world.yes("claim add 'The ferry is free.' --claimant many --label ferry --as jonas");
    let claim = world.yes("show ferry")["index"].clone();
    let one = review("https://orla.example/1", "The ferry is free.", "False");
    world.file("one.json", &one.to_string());
    let answer = world.yes("import claimreview one.json --as nadia");
    assert_eq!(answer["counts"]["claims"], 0);
    assert_eq!(world.yes("review list")["found"][0]["claim"], claim);
}

#[test]
fn a_dry_run_tells_every_fault_at_once_and_its_corrected_report_is_an_input() {
    let world = newsroom();
    let good = review("https://orla.example/1", "The ferry is free.", "False");
    let mut without = review("https://orla.example/2", "", "False");
    without["description"] = json!("The pier sank.");
    let numbers = json!({"@type": "ClaimReview", "url": "orla.example/3", "claimReviewed": "The sea froze.",
        "author": "Orla Check", "reviewRating": {"ratingValue": 1}});
    let text = json!([good, without, numbers]).to_string();
    world.file("feed.json", &text);
    world.file(
        "broken.json",
        "{\"@type\": \"ClaimReview\", \"claimReviewed\": \"He said \"no\"\"}",
    );
    let size = world.size();
    let line =
        "import claimreview feed.json broken.json --as nadia --dry-run --report faults.jsonl";
    let dry = partly(&world, line);
    assert_eq!(counts(&dry), (1, 0, 0, 2));
    assert_eq!(dry["counts"]["unread"], 1);
    assert_eq!(world.size(), size);
    let report = world.read("faults.jsonl");
    let lines: Vec<Value> = report
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    let codes = |line: &Value| {
        let troubles = line["troubles"].as_array().expect("a list");
        let codes = troubles
            .iter()
            .map(|trouble| trouble["code"].as_str().expect("a code").to_owned());
        codes.collect::<Vec<_>>()
    };
    assert_eq!(lines.len(), 3);
    assert_eq!(codes(&lines[0]), ["malformed"]);
    assert_eq!(lines[1]["file"], "feed.json");
    assert_eq!(lines[1]["at"], "/1");
    assert_eq!(codes(&lines[1]), ["claim-missing"]);
    assert_eq!(
        codes(&lines[2]),
        ["label-missing", "scale-unusable", "url-unusable"]
    );
    // The rest comes in; then a person fills in what was missing.
    let real = partly(
        &world,
        "import claimreview feed.json broken.json --as nadia",
    );
    assert_eq!(counts(&real), (1, 0, 0, 2));
    let mut corrected = String::new();
    for mut line in lines.into_iter().skip(1) {
        if line["at"] == "/1" {
            line["claim"] = json!("The pier sank.");
        } else {
            line["label"] = json!("False");
            line["url"] = json!("https://orla.example/3");
        }
        corrected.push_str(&format!("{line}\n"));
    }
    world.file("corrected.jsonl", &corrected);
    let answer = world.yes("import jsonl corrected.jsonl --as nadia");
    assert_eq!(counts(&answer), (2, 0, 0, 0));
    let listed = world.yes("review list");
    let body = world.body(&listed["found"][2]["index"].to_string());
    assert_eq!(body["raw"]["at"], "row 2");
    let again = world.yes("import jsonl corrected.jsonl --as nadia");
    assert_eq!(counts(&again), (0, 0, 2, 0));
    world.clean("");
}

#[test]
fn a_strict_import_adds_nothing_if_one_review_has_a_fault() {
    let world = newsroom();
    let good = review("https://orla.example/1", "The ferry is free.", "False");
    world.file(
        "feed.json",
        &json!([good, review("https://orla.example/2", "", "True")]).to_string(),
    );
    let size = world.size();
    world.no(
        "import claimreview feed.json --as nadia --strict",
        4,
        "file-malformed",
    );
    assert_eq!(world.size(), size);
}

#[test]
fn two_markups_of_one_review_that_disagree_are_left_to_a_person() {
    let world = newsroom();
    let one = review("https://orla.example/1", "The ferry is free.", "False");
    let other = review("https://orla.example/1", "The ferry is free.", "True");
    world.file(
        "page.html",
        &page(&[one.clone(), one.clone(), other.clone()]),
    );
    world.file("twin.html", &page(&[other]));
    for _ in 0..2 {
        partly(&world, "import claimreview page.html twin.html --as nadia");
        let listed = world.yes("review list --all");
        assert_eq!(listed["found"].as_array().map(Vec::len), Some(1));
    }
}

#[test]
fn character_references_are_decoded_in_the_claim_and_kept_in_the_record() {
    let world = newsroom();
    let words = "Profits rose &quot;by 40&nbsp;%&quot; &amp; <b>wages</b> fell";
    let one = review("https://orla.example/1", words, "False");
    world.file("one.json", &one.to_string());
    world.yes("import claimreview one.json --as nadia");
    let row = world.yes("review list")["found"][0].clone();
    assert_eq!(world.body(&row["index"].to_string())["claimText"], words);
    let claim = world.body(&row["claim"].to_string());
    assert_eq!(
        claim["text"],
        "Profits rose \"by 40\u{a0}%\" & <b>wages</b> fell"
    );
}
