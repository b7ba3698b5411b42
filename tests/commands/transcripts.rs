//! Transcripts: words that somebody wrote down from a picture, a recording or a scan. They can be quoted, and are never
//! taken for a copy.

use crate::commands::world::{World, unwrapped};
use serde_json::json;

/// The first bytes of a picture in the format PNG.
const PICTURE: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0";

const WORDS: &str = "NOTICE\nThe bridge is closed to lorries from 2 April.\n";

/// A newsroom with the picture of a notice, and a claim about it.
fn with_picture() -> World {
    let world = World::newsroom();
    std::fs::write(world.path("notice.png"), PICTURE).expect("a file of the test");
    world.file("words.txt", WORDS);
    world.yes(
        "source add notice.png --title 'Notice at the bridge' --publisher 'Town of Velden' --kind image \
         --label photo --as jonas",
    );
    world.yes(
        "claim add 'The bridge is closed to lorries.' --claimant 'Ana Brandt' --label closed --as jonas",
    );
    world
}

fn transcribed(world: &World) {
    world.yes("source transcribe photo words.txt --by 'Lena Ott' --tool 'tesseract 5.3' --language en --label words --as jonas");
}

fn quoted(world: &World) {
    world.yes(
        "evidence add closed photo --stance supports --quote 'closed to lorries from 2 April' --label said --as jonas",
    );
}

#[test]
fn a_transcript_of_a_picture_is_quoted_and_named_wherever_the_quotation_is_shown() {
    let world = with_picture();
    transcribed(&world);
    assert_eq!(world.body("words")["by"], "Lena Ott");
    assert_eq!(world.body("words")["language"], "en");
    let prompt = world.on_terminal(
        "evidence add closed photo --stance supports --quote 'closed to lorries from 2 April' --as jonas",
        "n",
        || {},
    );
    assert!(
        unwrapped(&prompt.err).contains("as transcribed by Lena Ott"),
        "{}",
        prompt.err
    );
    quoted(&world);
    world.yes(
        "verdict issue closed --rating True --why 'The notice says so.' --conflict none --not-contacted 'A notice.' \
         --label verdict --as jonas",
    );
    for line in [
        "show said",
        "show closed",
        "show photo",
        "show verdict",
        "evidence list",
        "log",
    ] {
        let run = world.run(line);
        let said = unwrapped(&run.out);
        assert!(
            said.contains("as transcribed by Lena Ott"),
            "{line}: {said}"
        );
    }
    let transcript = &world.yes("show said")["screen"]["evidence"]["transcript"];
    assert_eq!(transcript["by"], "Lena Ott");
    assert_eq!(transcript["tool"], "tesseract 5.3");
    // A dossier says it too, as text and as JSON.
    world.run("prove verdict -o verdict.dossier");
    let vkey = world.yes("checkpoint")["vkey"].as_str().unwrap().to_owned();
    let line = format!("verify verdict.dossier --ledger-key {vkey}");
    let checked = world.run(&line);
    assert!(
        unwrapped(&checked.out).contains("as transcribed by Lena Ott"),
        "{}",
        checked.out
    );
    assert!(world.yes(&line).to_string().contains("Lena Ott"));
    // The text is there to copy from, and is not called a capture.
    let text = world.yes("source text photo");
    assert_eq!(text["text"], WORDS);
    assert_eq!(text["captured"], json!(null));
    assert!(
        world
            .run("source text photo")
            .err
            .contains("as transcribed by \u{201c}Lena Ott\u{201d}")
    );
    world.clean("");
}

#[test]
fn a_relation_stated_in_a_transcript_says_whose_it_is() {
    let world = with_picture();
    transcribed(&world);
    world.file("town.txt", "From 2 April.\n");
    world.yes(
        "source add town.txt --title Order --publisher 'Town of Velden' --label order --as jonas",
    );
    world.yes(
        "source relate photo wasDerivedFrom order --quote 'from 2 April' --label rel --as jonas",
    );
    for line in ["show rel", "show photo", "source relations"] {
        let said = unwrapped(&world.run(line).out);
        assert!(said.contains("Lena Ott"), "{line}: {said}");
    }
}

#[test]
fn what_cannot_be_read_points_to_a_transcript() {
    let world = with_picture();
    let refused = world.run(
        "evidence add closed photo --stance supports --quote 'closed to lorries' --as jonas -y",
    );
    assert_eq!(refused.code, 4, "{}", refused.err);
    let said = unwrapped(&refused.err);
    assert!(
        said.contains("source transcribe SOURCE FILE --by NAME"),
        "{said}"
    );
    assert!(!said.contains("source capture SOURCE FILE"), "{said}");
}

#[test]
fn a_typed_text_for_a_picture_is_noted_as_a_transcript() {
    let world = with_picture();
    let note = "source transcribe photo FILE --by NAME";
    // A person is asked, and nothing is signed.
    let asked = world.on_terminal("source capture photo words.txt --as jonas", "n", || {});
    assert!(asked.err.contains(note), "{}", asked.err);
    assert!(
        asked
            .err
            .contains("Is this text itself a copy of the source?"),
        "{}",
        asked.err
    );
    assert_ne!(asked.code, 0);
    // Without a terminal it is noted, and so it is in a case.
    world.file(
        "case.toml",
        "[[capture]]\nsource = \"photo\"\nfile = \"words.txt\"\n",
    );
    let dry = world.run("record case.toml --dry-run --as jonas");
    assert!(unwrapped(&dry.err).contains(note), "{}", dry.err);
    let run = world.run("source capture photo words.txt --as jonas -y");
    assert_eq!(run.code, 0);
    assert!(unwrapped(&run.err).contains(note), "{}", run.err);
    // A text beside a text is nothing to ask about.
    world.file("wire.txt", "The bridge is closed.\n");
    world.yes("source add wire.txt --title Wire --publisher Wire --label wire --as jonas");
    let run = world.run("source capture wire words.txt --as jonas -y");
    assert!(!run.err.contains("transcribe"), "{}", run.err);
}

#[test]
fn a_case_has_transcripts() {
    let world = World::newsroom();
    std::fs::write(world.path("notice.png"), PICTURE).expect("a file of the test");
    // Written by an old program: a mark of byte order, and line ends of two characters.
    std::fs::write(world.path("words.txt"), "\u{feff}Closed\r\nfrom April\r\n").expect("a file");
    world.file(
        "case.toml",
        r#"
[[source]]
label = "photo"
file = "notice.png"
title = "Notice"
publisher = "Town of Velden"
kind = "image"

[[transcript]]
label = "words"
source = "photo"
file = "words.txt"
by = "Lena Ott"
language = "en"

[[claim]]
label = "closed"
text = "The bridge is closed."
claimant = "Ana Brandt"

[[evidence]]
label = "said"
claim = "closed"
source = "photo"
stance = "supports"
quote = "from April"
"#,
    );
    world.yes("record case.toml --as jonas");
    assert_eq!(
        world.yes("show said")["screen"]["evidence"]["transcript"]["by"],
        "Lena Ott"
    );
    assert_eq!(
        world.yes("source text words")["text"],
        "Closed\nfrom April\n"
    );
    world.clean("");
}

#[test]
fn a_transcript_needs_bytes_and_words() {
    let world = with_picture();
    world.yes(
        "source add --never-held --seen-by 'the reviewer, on 2 March' --title Post --publisher X --label gone --as jonas",
    );
    let refused = world.run("source transcribe gone words.txt --by Lena --as jonas -y");
    assert_eq!(refused.code, 2, "{}", refused.err);
    assert!(
        unwrapped(&refused.err).contains("source capture gone FILE"),
        "{}",
        refused.err
    );
    world.file("blank.txt", " \n\u{200b}\n");
    for file in ["blank.txt", "notice.png"] {
        let refused = world.run(&format!(
            "source transcribe photo {file} --by Lena --as jonas -y"
        ));
        assert_eq!(refused.code, 4, "{file}: {}", refused.err);
    }
    world.clean("");
}

#[test]
fn a_withdrawn_transcript_is_quoted_no_more_and_takes_the_verdict_with_it() {
    let world = with_picture();
    transcribed(&world);
    quoted(&world);
    world.yes(
        "verdict issue closed --rating True --why 'The notice says so.' --conflict none --not-contacted 'A notice.' \
         --label verdict --as jonas",
    );
    world.yes("withdraw words --reason 'Misread.' --as jonas");
    let refused =
        world.run("evidence add closed photo --stance context --quote NOTICE --as jonas -y");
    assert_eq!(refused.code, 4, "{}", refused.err);
    assert!(world.run("verdict list").out.contains("rests on"));
}

#[test]
fn a_capture_that_has_the_words_is_quoted_rather_than_a_transcript() {
    let world = with_picture();
    transcribed(&world);
    world.yes("source capture photo words.txt --as jonas");
    quoted(&world);
    let evidence = &world.yes("show said")["screen"]["evidence"];
    assert_eq!(evidence["quote"], "closed to lorries from 2 April");
    assert_eq!(evidence["transcript"], json!(null));
}
