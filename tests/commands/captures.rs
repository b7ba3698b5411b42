//! Later captures of a source: which quotations are still there, at another place, or gone; and what that says of verdicts.

use crate::commands::world::{World, one_line, unwrapped};
use serde_json::{Value, json};

/// The world of a verdict, with two further quotations of its source, `mayor` and `velden`.
fn with_quotations() -> World {
    let world = World::with_verdict();
    for (label, quote) in [("mayor", "the mayor said"), ("velden", "Velden")] {
        world.yes(&format!(
            "evidence add closing wire --stance context --quote '{quote}' --label {label} --as jonas"
        ));
    }
    world
}

/// What the newest entry of a type says of quotations: label and state.
fn found(world: &World, name: &str) -> Vec<(String, String)> {
    let said = world.body(name)["quotations"].clone();
    let mut found: Vec<(String, String)> = said
        .as_array()
        .into_iter()
        .flatten()
        .map(|one| {
            let id = one["statement"].as_str().expect("an id");
            let label = world.yes(&format!("show {id}"))["label"].clone();
            let state = one["state"].as_str().expect("a state").to_owned();
            (label.as_str().expect("a label").to_owned(), state)
        })
        .collect();
    found.sort();
    found
}

fn pairs(all: &[(&str, &str)]) -> Vec<(String, String)> {
    all.iter()
        .map(|(label, state)| ((*label).to_owned(), (*state).to_owned()))
        .collect()
}

/// The words about a verdict in a list.
fn words(world: &World) -> Vec<String> {
    let list = world.yes("verdict list");
    let words = &list["found"][0]["inWords"];
    serde_json::from_value(words.clone()).expect("words")
}

const CORRECTED: &str =
    "Velden (Northern Wire). The bridge stays open, said the mayor. Earlier the mayor said no.\n";

#[test]
fn a_capture_says_what_became_of_each_quotation() {
    let world = with_quotations();
    world.file("corrected.txt", CORRECTED);
    let run =
        world.run("source capture wire corrected.txt --quotations-gone --label later --as jonas");
    assert_eq!(run.code, 0, "{}", run.err);
    let wanted = "1 quotation still there; 1 at another place: #9 \u{201c}the mayor said\u{201d}; \
                  1 gone: #7 \u{201c}The bridge closes in April\u{201d}";
    assert!(run.err.contains(wanted), "{}", run.err);
    assert_eq!(
        found(&world, "later"),
        pairs(&[("mayor", "moved"), ("said", "gone"), ("velden", "there")])
    );
    // The position in the new text, and the words there.
    let moved = world.body("later")["quotations"].clone();
    let moved = moved.as_array().unwrap().iter();
    let moved: Vec<&Value> = moved.filter(|one| one["state"] == "moved").collect();
    let at = CORRECTED.find("the mayor said").unwrap();
    assert_eq!(
        (&moved[0]["start"], &moved[0]["end"]),
        (&json!(at), &json!(at + 14))
    );
    let report = world.yes("audit");
    assert_eq!(report["checked"]["lookedFor"], 3);
    assert_eq!(report["findings"], json!([]));
}

#[test]
fn a_verdict_whose_quotation_is_gone_says_so_everywhere() {
    let world = with_quotations();
    world.file("corrected.txt", CORRECTED);
    let capture =
        world.yes("source capture wire corrected.txt --quotations-gone --label later --as jonas");
    let states: Vec<&str> = capture["quotations"]
        .as_array()
        .expect("in the answer")
        .iter()
        .map(|one| one["state"].as_str().expect("a state"))
        .collect();
    assert_eq!(states.iter().filter(|state| **state == "gone").count(), 1);
    let index = &capture["index"];
    let gone = format!("a quotation is no longer in its source (since #{index})");
    assert!(words(&world).contains(&gone), "{:?}", words(&world));
    let shown = unwrapped(&world.run("show closing-verdict").out);
    assert!(shown.contains(&gone), "{shown}");
    assert!(world.run("verdict list").out.contains(&gone));
    let standing = &world.yes("show closing-verdict")["verdict"]["details"];
    assert_eq!(standing["quotations"][0]["state"], "gone");
    assert_eq!(&standing["quotations"][0]["capture"], index);
    assert_eq!(&standing["quotations"][0]["since"], index);
    let preview = world.on_terminal(
        "verdict approve closing-verdict --conflict none --as edith",
        "n",
        || {},
    );
    assert!(preview.err.contains(&gone), "{}", preview.err);
    // A dossier that holds the capture says it too.
    world.run("prove closing-verdict -o verdict.dossier");
    let vkey = world.yes("checkpoint")["vkey"].as_str().unwrap().to_owned();
    let checked = world.run(&format!("verify verdict.dossier --ledger-key {vkey}"));
    assert_eq!(checked.code, 0, "{}{}", checked.out, checked.err);
    assert!(unwrapped(&checked.out).contains(&gone), "{}", checked.out);
    let checked = world.yes(&format!("verify verdict.dossier --ledger-key {vkey}"));
    assert_eq!(checked["verdict"]["quotations"][0]["state"], "gone");
    // A further look finds the same: since when does not change.
    world.file("other.txt", &CORRECTED.replace("Earlier", "Before"));
    let again = world.yes("source capture wire other.txt --quotations-gone --as jonas");
    assert!(words(&world).contains(&gone), "{:?}", words(&world));
    let standing = &world.yes("show closing-verdict")["verdict"]["details"];
    assert_eq!(standing["quotations"][0]["capture"], again["index"]);
    assert_eq!(&standing["quotations"][0]["since"], index);
    let open = world.run("todo --as jonas").out;
    let lost = format!("no longer in the source since #{index}");
    assert!(open.contains(&lost), "{open}");
    // The page is as it was again: the later copy decides.
    world.yes("source capture wire wire.txt --label again --as jonas");
    assert!(!words(&world).contains(&gone), "{:?}", words(&world));
    assert!(
        !world
            .run("todo --as jonas")
            .out
            .contains("no longer in the source")
    );
    // Then it is gone for the second time.
    world.file("third.txt", &CORRECTED.replace("Earlier", "Sooner"));
    let third = world.yes("source capture wire third.txt --quotations-gone --as jonas");
    let since = format!("(since #{})", third["index"]);
    assert!(
        words(&world).iter().any(|word| word.ends_with(&since)),
        "{:?}",
        words(&world)
    );
    world.clean("");
}

#[test]
fn a_withdrawn_capture_says_nothing_of_quotations() {
    let world = with_quotations();
    world.file("corrected.txt", CORRECTED);
    world.yes("source capture wire corrected.txt --quotations-gone --label later --as jonas");
    assert!(words(&world).iter().any(|word| word.contains("no longer")));
    world.yes("withdraw later --reason 'the wrong page' --as jonas");
    assert!(!words(&world).iter().any(|word| word.contains("no longer")));
}

#[test]
fn an_organisation_looks_for_its_own_quotations_and_decides_about_its_own_verdicts() {
    let world = with_quotations();
    world.yes("org set other --name Other --as mara");
    world.yes("key new otto --no-passphrase");
    world.yes("key enroll otto --role admin --role reviewer --org other --as mara");
    world.yes(
        "evidence add closing wire --stance supports --quote 'closes in April' --label theirs --as otto",
    );
    world.file("corrected.txt", CORRECTED);
    world.yes("source capture wire corrected.txt --quotations-gone --label other-looked --as otto");
    assert_eq!(found(&world, "other-looked"), pairs(&[("theirs", "gone")]));
    assert!(!words(&world).iter().any(|word| word.contains("no longer")));
    world.yes("source capture wire corrected.txt --quotations-gone --label desk-looked --as jonas");
    assert_eq!(found(&world, "desk-looked").len(), 3);
    assert!(words(&world).iter().any(|word| word.contains("no longer")));
}

#[test]
fn a_copy_without_a_text_says_that_it_could_not_look() {
    let world = with_quotations();
    std::fs::write(world.path("picture.png"), b"\x89PNG\r\n\x1a\n\0\0").expect("a file");
    for line in [
        "source capture wire picture.png --label picture --as jonas",
        "source capture wire wire.txt --hash-only --label digest --as jonas",
    ] {
        let run = world.run(line);
        assert_eq!(run.code, 0, "{}", run.err);
        let wanted =
            "this copy has no text, so 3 quotations of this source could not be looked for";
        assert!(run.err.contains(wanted), "{}", run.err);
    }
    assert_eq!(world.body("picture")["quotations"], Value::Null);
}

#[test]
fn a_withdrawn_quotation_is_not_looked_for_and_a_corrected_source_is_the_same_source() {
    let world = with_quotations();
    world.yes("withdraw velden --reason wrong --as jonas");
    world.yes(
        "source add wire.txt --title 'Bridge to close' --publisher 'Northern Wire' --label wire2 \
         --supersedes wire --correction typo --was-wrong title --as jonas",
    );
    world.file("corrected.txt", CORRECTED);
    world.yes("source capture wire2 corrected.txt --quotations-gone --label later --as jonas");
    assert_eq!(
        found(&world, "later"),
        pairs(&[("mayor", "moved"), ("said", "gone")])
    );
    assert!(words(&world).iter().any(|word| word.contains("no longer")));
    world.clean("");
}

#[test]
fn a_relation_that_quotes_is_looked_for_in_the_source_that_it_quotes() {
    let world = with_quotations();
    world.file(
        "paper.txt",
        "As Northern Wire reports, the bridge closes.\n",
    );
    world.yes("source add paper.txt --title Paper --publisher Paper --label paper --as jonas");
    world.yes(
        "source relate paper wasQuotedFrom wire --quote 'As Northern Wire reports' --label stated --as jonas",
    );
    world.file("paper2.txt", "The bridge closes.\n");
    world.yes("source capture paper paper2.txt --quotations-gone --label paper-later --as jonas");
    assert_eq!(found(&world, "paper-later"), pairs(&[("stated", "gone")]));
    world.file("corrected.txt", CORRECTED);
    world.yes("source capture wire corrected.txt --quotations-gone --label later --as jonas");
    assert_eq!(found(&world, "later").len(), 3);
    world.clean("");
}

#[test]
fn a_capture_that_misstates_a_quotation_is_refused_on_submit() {
    let world = with_quotations();
    world.file("corrected.txt", CORRECTED);
    world.yes("source capture wire corrected.txt --draft c.json --as jonas");
    let draft = world.read("c.json");
    for (said, instead) in [("gone", "there"), ("there", "gone")] {
        let forged = draft.replace(
            &format!("\"state\": \"{said}\""),
            &format!("\"state\": \"{instead}\""),
        );
        assert_ne!(forged, draft);
        world.file("c.json", &forged);
        world.yes("sign c.json -o c.dsse.json --force --as jonas");
        let before = world.files("ledger");
        let refused = world.no("submit c.dsse.json", 4, "quotation-misstated");
        let why = refused["message"].as_str().unwrap();
        assert!(
            why.contains("the capture says that the quotation in "),
            "{why}"
        );
        assert_eq!(world.files("ledger"), before);
    }
    world.file("c.json", &draft);
    world.yes("sign c.json -o c.dsse.json --force --as jonas");
    world.yes("submit c.dsse.json");
    world.clean("");
}

/// A case that quotes the same source so often that one capture cannot name all.
fn many(quotations: usize) -> String {
    let mut case = String::new();
    for number in 0..quotations {
        case.push_str(&format!(
            "[[evidence]]\nclaim = \"closing\"\nsource = \"wire\"\nstance = \"context\"\nquote = \"sentence {number}.\"\n"
        ));
    }
    case
}

#[test]
fn what_does_not_fit_into_one_capture_goes_into_a_further_one() {
    let world = World::newsroom();
    let sentences: Vec<String> = (0..258).map(|n| format!("sentence {n}. ")).collect();
    let text = sentences.concat();
    world.file("wire.txt", &text);
    world.yes("source add wire.txt --title Wire --publisher Wire --label wire --as jonas");
    world.yes("claim add 'It closes.' --claimant many --label closing --as jonas");
    world.file("case.toml", &many(258));
    world.yes("record case.toml --as jonas");
    let before = world.size();
    // All quotations from the hundredth on are at another place now, and that one is gone.
    world.file("later.txt", &text.replace("sentence 100.", "sentence C."));
    let run = world
        .run("source capture wire later.txt --quotations-gone --label later --json --as jonas");
    assert_eq!(run.code, 0, "{}", run.err);
    let answers: Vec<Value> = serde_json::Deserializer::from_str(&run.out)
        .into_iter()
        .collect::<Result<_, _>>()
        .expect("one answer for each");
    let lengths: Vec<usize> = answers
        .iter()
        .map(|one| one["quotations"].as_array().expect("a list").len())
        .collect();
    assert_eq!(lengths, [256, 2]);
    let all = answers
        .iter()
        .flat_map(|one| one["quotations"].as_array().unwrap());
    let states: Vec<&str> = all.map(|one| one["state"].as_str().unwrap()).collect();
    let count = |state: &str| states.iter().filter(|one| **one == state).count();
    assert_eq!(
        (count("there"), count("moved"), count("gone")),
        (100, 157, 1)
    );
    assert_eq!(world.size(), before + 2);
    assert_eq!(world.yes("audit")["checked"]["lookedFor"], 258);
    // In a case, and in drafts, it is the same.
    world.file(
        "again.toml",
        "[[capture]]\nname = \"again\"\nsource = \"wire\"\nfile = \"wire.txt\"\n",
    );
    let planned = world.yes("record again.toml --dry-run --as jonas");
    let planned = planned.as_array().expect("what would be added");
    let lengths: Vec<usize> = planned
        .iter()
        .map(|one| {
            one["statement"]["body"]["quotations"]
                .as_array()
                .unwrap()
                .len()
        })
        .collect();
    assert_eq!(lengths, [256, 2]);
    let dry = world.run("record again.toml --dry-run --as jonas");
    assert!(
        dry.err
            .contains("capture 1 (again): 256 quotations still there"),
        "{}",
        dry.err
    );
    world.run("source capture wire wire.txt --draft draft.json --as jonas");
    for name in ["draft", "draft-2"] {
        world.yes(&format!("sign {name}.json -o {name}.dsse.json --as jonas"));
    }
    world.yes("submit draft.dsse.json draft-2.dsse.json");
    assert_eq!(world.size(), before + 4);
    world.clean("");
}

/// A note that tells what a new copy has against the one before.
fn notes(world: &World, line: &str) -> String {
    let run = world.run(line);
    assert_eq!(run.code, 0, "{line}: {}", run.err);
    one_line(&run.err)
}

#[test]
fn a_new_copy_is_compared_with_the_one_before_it() {
    let world = World::with_verdict();
    let said = notes(&world, "source capture wire wire.txt --as jonas");
    assert!(
        said.contains("the bytes are the same as those captured"),
        "{said}"
    );
    // A mark of byte order is other bytes, and the same text.
    let text = world.read("wire.txt");
    world.file("marked.txt", &format!("\u{feff}{}", text.trim_end()));
    let said = notes(&world, "source capture wire marked.txt --as jonas");
    assert!(!said.contains("the bytes are the same"), "{said}");
    world.file(
        "changed.txt",
        "Velden (Northern Wire). The bridge closes in April, the deputy mayor said on Monday.\n",
    );
    let said = notes(&world, "source capture wire changed.txt --as jonas");
    assert!(
        said.contains("the text has changed since it was captured"),
        "{said}"
    );
    assert!(
        said.contains("after \u{201c}bridge closes in April, the\u{201d}: before nothing, now \u{201c}deputy\u{201d}"),
        "{said}"
    );
    assert!(
        said.contains("before nothing, now \u{201c}on Monday\u{201d}"),
        "{said}"
    );
}

#[test]
fn a_person_confirms_that_a_quotation_is_gone() {
    let world = with_quotations();
    world.file("corrected.txt", CORRECTED);
    let before = world.size();
    let line = "source capture wire corrected.txt --label later --as jonas";
    // Without a terminal the command asks for the option.
    for line in [line.to_owned(), format!("{line} --yes")] {
        let refused = world.run(&line);
        assert_eq!(refused.code, 4, "{}", refused.err);
        assert!(refused.err.contains("[quotation-gone]"), "{}", refused.err);
        let said = one_line(&refused.err);
        for part in [
            "--quotations-gone",
            "now \u{201c}stays open",
            "1 gone: #7 \u{201c}The bridge closes in April\u{201d}",
        ] {
            assert!(said.contains(part), "{part}: {said}");
        }
    }
    // On a terminal a person sees what has changed, and is asked.
    let declined = world.on_terminal(line, "n", || {});
    assert_ne!(declined.code, 0);
    let question = "Sign that the quotation is no longer in the source? [y/N]";
    assert!(declined.err.contains(question), "{}", declined.err);
    assert!(
        declined.err.contains("now \u{201c}stays open"),
        "{}",
        declined.err
    );
    assert_eq!(world.size(), before);
    let signed = world.on_terminal(line, "y\ny", || {});
    assert_eq!(signed.code, 0, "{}", signed.err);
    assert_eq!(found(&world, "later").len(), 3);
    // In a case it is a field.
    let case =
        |field: &str| format!("[[capture]]\nsource = \"wire\"\nfile = \"corrected.txt\"\n{field}");
    world.file("case.toml", &case(""));
    let refused = world.run("record case.toml --as jonas");
    assert_eq!(refused.code, 4, "{}", refused.err);
    assert!(
        refused.err.contains("quotations-gone = true"),
        "{}",
        refused.err
    );
    world.file("case.toml", &case("quotations-gone = true\n"));
    world.yes("record case.toml --as jonas");
}

#[test]
fn a_page_that_asks_for_something_first_is_doubted() {
    let world = World::newsroom();
    let article = format!(
        "The bridge closes in April. {}",
        "More was said there. ".repeat(60)
    );
    world.file("wire.txt", &article);
    world.yes("source add wire.txt --title Wire --publisher Wire --label wire --as jonas");
    world.yes("claim add 'It closes.' --claimant many --label closing --as jonas");
    world.yes(
        "evidence add closing wire --stance supports --quote 'closes in April' --label said --as jonas",
    );
    world.file(
        "gate.txt",
        "Please solve the captcha to show that you are human.\n",
    );
    let refused = world.run("source capture wire gate.txt --as jonas -y");
    let said = one_line(&refused.err);
    assert_eq!(refused.code, 4, "{said}");
    assert!(said.contains("the new text is much shorter: "), "{said}");
    assert!(
        said.contains("it has the words \u{201c}captcha\u{201d}"),
        "{said}"
    );
}

#[test]
fn the_text_of_held_bytes_is_extracted_again() {
    use claimledger::host::clock::{Clock as _, SystemClock};
    use claimledger_core::model::source::{Capture, SourceCapture};
    use claimledger_core::model::{Body, Line};
    let world = World::newsroom();
    world.file(
        "page.html",
        "<html><body><p>The bridge closes in April.</p></body></html>",
    );
    world.yes("source add page.html --title Page --publisher Town --label page --as jonas");
    world.yes("claim add 'It closes.' --claimant many --label closing --as jonas");
    world.yes(
        "evidence add closing page --stance supports --quote 'closes in April' --label said --as jonas",
    );
    let nothing = world.run("source capture page --again --as jonas");
    assert_eq!(nothing.code, 0, "{}", nothing.err);
    assert!(nothing.err.contains("nothing to add"), "{}", nothing.err);
    // An earlier program recorded the same bytes under another revision of the extractor.
    let now = SystemClock.now_millis();
    world.says(now, "jonas", "old", |session| {
        let size = session.head().size;
        let entry = session.resolve("page", size).expect("the source");
        let said = session.statement(entry).expect("the source");
        let Body::SourceAdd(source) = &said.body else {
            panic!("{:?}", said.body);
        };
        let Capture::Captured(snapshot) = &source.capture else {
            panic!("{source:?}");
        };
        let mut snapshot = snapshot.clone();
        let text = snapshot.text.as_mut().expect("the text of a page");
        text.extractor = Line::open("claimledger-html 0").expect("a line");
        Body::from(SourceCapture {
            quotations: Vec::new(),
            snapshot,
            source: said.id(),
        })
    });
    world.yes("source capture page --again --label renewed --as jonas");
    let renewed = world.body("renewed");
    assert_eq!(
        renewed["snapshot"]["sha256"],
        world.body("old")["snapshot"]["sha256"]
    );
    assert_ne!(
        renewed["snapshot"]["text"]["extractor"],
        world.body("old")["snapshot"]["text"]["extractor"]
    );
    assert_eq!(found(&world, "renewed"), pairs(&[("said", "there")]));
    // The answer is that of every command that finds what it would add: the entry that has it.
    let before = world.size();
    let nothing = world.run("source capture page --again --as jonas");
    assert!(nothing.err.contains("nothing to add"), "{}", nothing.err);
    let entry = world.yes("show renewed")["index"].clone();
    let line = format!("already in the log as #{entry} source.capture");
    assert!(nothing.out.starts_with(&line), "{}", nothing.out);
    let answer = world.run("source capture page --again --as jonas --json");
    let answer: serde_json::Value = serde_json::from_str(&answer.out).expect("JSON");
    assert_eq!(answer["already"], true);
    assert_eq!(answer["id"], world.yes("show renewed")["id"]);
    assert_eq!(answer["label"], "renewed");
    assert_eq!(world.size(), before);
}

#[test]
fn a_new_copy_is_compared_with_copies_that_stand_of_every_form_of_the_source() {
    let world = World::with_verdict();
    let text = world.read("wire.txt");
    world.file("wrong.txt", "Another page altogether, with April in it.\n");
    world.yes("source capture wire wrong.txt --quotations-gone --label wrong --as jonas");
    world.yes("withdraw wrong --reason 'the wrong page' --as jonas");
    world.file("longer.txt", &format!("{text}Updated.\n"));
    let said = notes(&world, "source capture wire longer.txt --as jonas");
    assert!(said.contains("in 1 place"), "{said}");
    assert!(
        said.contains("before nothing, now \u{201c}Updated.\u{201d}"),
        "{said}"
    );
    // The corrected form has the copies of the form before it.
    world.yes(
        "source add wire.txt --title 'Bridge to close' --publisher 'Northern Wire' --label wire2 \
         --supersedes wire --correction typo --was-wrong title --as jonas",
    );
    let said = notes(&world, "source capture wire2 longer.txt --as jonas");
    assert!(said.contains("the bytes are the same as those"), "{said}");
}

#[test]
fn held_bytes_are_read_in_the_encoding_that_a_person_gives() {
    let world = World::newsroom();
    // The town's page says nothing of its encoding, which is ISO 8859-2.
    std::fs::write(
        world.path("page.html"),
        b"<html><body><p>Most Pi\xb3sudskiego zamkni\xeaty.</p></body></html>",
    )
    .expect("a file");
    world.yes("source add page.html --title Page --publisher Town --label page --as jonas");
    let text = |world: &World| world.yes("source text page")["text"].to_string();
    assert!(
        !text(&world).contains("Pi\u{142}sudskiego"),
        "{}",
        text(&world)
    );
    let line =
        "source capture page --again --media-type 'text/html; charset=iso-8859-2' --as jonas";
    let said = notes(&world, line);
    assert!(
        said.contains("the text of the same bytes is now another one"),
        "{said}"
    );
    assert!(
        text(&world).contains("Pi\u{142}sudskiego zamkni\u{119}ty"),
        "{}",
        text(&world)
    );
    // What a person chose stays chosen.
    for line in [line, "source capture page --again --as jonas"] {
        let said = notes(&world, line);
        assert!(said.contains("nothing to add"), "{line}: {said}");
    }
    world.clean("");
}

#[test]
fn what_cannot_be_extracted_again_is_refused() {
    let world = World::with_verdict();
    world.yes(
        "source add --title Speech --publisher Town --never-held --seen-by 'the reviewer' --label speech --as jonas",
    );
    let before = world.size();
    for (line, code) in [
        ("source capture speech --again", 4),
        ("source capture nobody --again", 1),
        ("source capture wire --again --page https://a.example/", 2),
        (
            "source capture wire --again --media-type 'text/html; charset=klingon'",
            2,
        ),
        ("source capture wire wire.txt --again", 2),
        ("source capture wire --again --fetch", 2),
    ] {
        let refused = world.run(&format!("{line} --as jonas"));
        assert_eq!(refused.code, code, "{line}: {}", refused.err);
    }
    assert_eq!(world.size(), before);
}
