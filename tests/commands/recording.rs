//! What a person may say of a source or a claim beside its words: where copies are, who saw it, what it is about.

use crate::commands::world::World;
use crate::library::snapshots::response;
use serde_json::json;

#[test]
fn a_source_that_was_only_seen_is_known_by_a_reason() {
    let world = World::with_verdict();
    world.yes(
        "source add --title 'A post, deleted since' --publisher 'Ana Brandt' --kind other --never-held \
         --seen-by 'The reviewer, on 2 March.' --archived-at https://archive.example/b \
         --archived-at https://archive.example/a --archived-at https://archive.example/b \
         --label post --as jonas",
    );
    let body = world.body("post");
    assert_eq!(
        body["capture"],
        json!({"neverHeld": {"reason": "The reviewer, on 2 March."}})
    );
    assert_eq!(body["kind"], "other");
    // Ascending, each once.
    assert_eq!(
        body["archivedAt"],
        json!(["https://archive.example/a", "https://archive.example/b"])
    );
    let shown = world.run("show post").out;
    for words in [
        "The reviewer, on 2 March.",
        "https://archive.example/a",
        "not given, or of another kind",
    ] {
        assert!(shown.contains(words), "{shown}");
    }
    // Evidence may name it. It was known through no other source, and nothing can be quoted from it.
    world.yes("evidence add closing post --stance supports --as jonas");
    world.no(
        "evidence add closing post --stance supports --quote 'The bridge' --as jonas",
        4,
        "source-no-text",
    );
    for (both, exit) in [
        ("--never-held", 2),
        ("--never-held --seen-by Me --known-through wire", 2),
        ("--seen-by Me", 2),
    ] {
        let line = format!("source add --title T --publisher P {both} --as jonas");
        assert_eq!(world.run(&line).code, exit, "{line}");
    }
    world.clean("");
}

#[test]
fn a_claim_has_topics_in_one_order() {
    let world = World::newsroom();
    world.yes(
        "claim add 'The ferry is late.' --claimant many --topic transport --topic ferries \
         --topic transport --label late --as jonas",
    );
    assert_eq!(
        world.body("late")["topics"],
        json!(["ferries", "transport"])
    );
    let shown = world.run("show late").out;
    assert!(
        shown.contains("ferries") && shown.contains("transport"),
        "{shown}"
    );
    world.clean("");
}

#[test]
fn whoever_takes_a_recording_for_the_claimants_own_word_is_told() {
    let world = World::with_verdict();
    world.yes(
        "claim add 'Ana Brandt said that the bridge closes.' --claimant 'Ana Brandt' --about utterance \
         --label uttered --as jonas",
    );
    let assess = |claim: &str, kind: &str| {
        let line = format!(
            "source assess wire {claim} --as-origin {kind} --how 'We heard it.' --as jonas --yes"
        );
        let run = world.run(&line);
        assert_eq!(run.code, 0, "{line}\n{}", run.err);
        run.err.contains("a recording of that act is first-hand")
    };
    assert!(assess("uttered", "claimant"));
    assert!(!assess("uttered", "firstHand"));
    // Of a claim about a fact, the claimant's own word is what it is.
    assert!(!assess("closing", "claimant"));
    // The statement is added as the person said it.
    let assessments = world.yes("source assessments");
    assert_eq!(assessments["found"].as_array().unwrap().len(), 3);
}

#[test]
fn a_statement_says_by_which_choices_its_text_can_be_extracted_again() {
    let world = World::newsroom();
    let add = |name: &str, bytes: &[u8], options: &str| {
        std::fs::write(world.path(name), bytes).unwrap();
        let label = name.replace('.', "-");
        world.yes(&format!(
            "source add {name} --title T --publisher P --label {label} {options} --as jonas"
        ));
        let text = &world.body(&label)["capture"]["captured"]["text"];
        (text["charset"].clone(), text["page"].clone())
    };
    let by = |name: &str, who: &str| json!({"chosenBy": who, "name": name});
    let none = serde_json::Value::Null;
    let (cyrillic, latin) = (b"<p>\xcf\xf0\xe8\xe2\xe5\xf2", b"caf\xe9 ferm\xe9");
    let declared = [&b"<meta charset=windows-1251>"[..], cyrillic].concat();
    for (name, bytes, options, charset) in [
        ("a.html", &declared[..], "", by("windows-1251", "declared")),
        (
            "b.html",
            "<p>caf\u{e9}".as_bytes(),
            "",
            by("UTF-8", "standard"),
        ),
        (
            "c.txt",
            latin,
            "--media-type 'text/plain; charset=iso-8859-2'",
            by("ISO-8859-2", "person"),
        ),
    ] {
        assert_eq!(add(name, bytes, options), (charset, none.clone()), "{name}");
    }
    // The page of an archive was chosen by default, and its charset is the page's own. Of this address there is a picture
    // first, which has no text.
    let page = "https://a.example/";
    let picture = response(page, 200, "Content-Type: image/png\r\n", b"\x89PNG");
    let html = "Content-Type: text/html; charset=windows-1251\r\n";
    let archive = [picture, response(page, 200, html, cyrillic)].concat();
    let expected = (by("windows-1251", "declared"), json!(page));
    assert_eq!(add("d.warc", &archive, ""), expected);
    assert_eq!(
        world.run("source text d-warc").out.trim(),
        "\u{41f}\u{440}\u{438}\u{432}\u{435}\u{442}"
    );
    // The audit repeats each choice.
    let report = world.yes("audit");
    assert_eq!(report["checked"]["texts"], 4);
    assert!(!report["notChecked"].to_string().contains("extracted texts"));
}

#[test]
fn of_a_web_archive_the_page_asked_for_is_taken_and_its_own_proofs_are_shown() {
    let world = World::newsroom();
    let html = "Content-Type: text/html\r\n";
    let (other, bridge) = ("https://news.example/other", "https://news.example/bridge");
    let wrong = format!("{html}X: 1\r\n");
    let wrong = String::from_utf8(response(other, 200, &wrong, b"<p>Another article.")).unwrap();
    let wrong = wrong.replacen(
        "WARC-Type",
        "WARC-Payload-Digest: sha1:AAAA\r\nWARC-Type",
        1,
    );
    let page = response(bridge, 200, html, b"<p>The bridge will close in April.");
    // One line end more than the standard has.
    let two = [wrong.as_bytes(), b"\r\n", &page].concat();
    std::fs::write(world.path("two.warc"), two).unwrap();
    let add = |options: &str| {
        let line =
            format!("source add two.warc --title T --publisher P {options} --as jonas --yes");
        world.run(&line)
    };
    let added = add(&format!("--url {bridge} --label bridge-page"));
    assert_eq!(added.code, 0, "{}", added.err);
    for note in [
        "the text is that of the page https://news.example/bridge in the archive",
        "the WARC file is not as its standard says: a record does not end with two line ends",
        "of the archive's own proofs: digests of payloads: 1 wrong, 1 absent (“https://news.example/other”)",
    ] {
        assert!(added.err.contains(note), "{}", added.err);
    }
    assert_eq!(
        world.run("source text bridge-page").out.trim(),
        "The bridge will close in April."
    );
    let text = &world.body("bridge-page")["capture"]["captured"]["text"];
    assert_eq!(text["page"], bridge);
    // Another page of the same file, then one that is not there, and none at all.
    add(&format!("--url {bridge} --page {other} --label other-page"));
    assert_eq!(
        world.run("source text other-page").out.trim(),
        "Another article."
    );
    let holds = "it holds 2 pages: https://news.example/other, https://news.example/bridge";
    for (options, why) in [
        (
            "--page https://news.example/none --label missing",
            "it holds no answer for https://news.example/none; ",
        ),
        (
            "--label none",
            "which of its pages is the source, must be said with --page; ",
        ),
    ] {
        let added = add(options);
        assert_eq!(added.code, 0, "{}", added.err);
        assert!(
            added.err.contains(&format!("{why}{holds}")),
            "{}",
            added.err
        );
    }
    let shown = world.run("show bridge-page").out;
    assert!(shown.contains("page of the archive"), "{shown}");
    assert!(
        shown.contains("digests of payloads: 1 wrong, 1 absent"),
        "{shown}"
    );
    assert!(
        world
            .run("source list")
            .out
            .contains("archive proofs wrong")
    );
    let report = world.yes("audit");
    let findings = report["findings"].to_string();
    assert!(findings.contains("archive-proof-wrong"), "{findings}");
    // A page of something that is no archive.
    world.file("plain.txt", "words");
    world.no(
        &format!("source add plain.txt --title T --publisher P --page {bridge} --as jonas"),
        2,
        "usage",
    );
}
