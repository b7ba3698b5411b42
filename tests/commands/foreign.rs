//! Words of other people: whatever characters they have, on a terminal before signing, in answers and in drawings they
//! cannot be taken for the program's own.
#![cfg(unix)]

use crate::commands::world::World;
use claimledger_core::encoding::foreign::{self, CONTINUES};
use unicode_width::UnicodeWidthStr as _;

/// A kind of characters, what a text of one line has of it, and what a person sees instead.
const KINDS: [(&str, &str, &str); 19] = [
    ("an override of the direction", "a\u{202e}b", "a<U+202E>b"),
    ("an isolate", "a\u{2066}b", "a<U+2066>b"),
    ("the end of an isolate", "a\u{2069}b", "a<U+2069>b"),
    ("a mark of direction", "a\u{200e}b", "a<U+200E>b"),
    ("a space without width", "a\u{200b}b", "a<U+200B>b"),
    ("a separator of lines", "a\u{2028}b", "a<U+2028>b"),
    ("a tag", "a\u{e0041}b", "a<U+E0041>b"),
    ("a filler", "a\u{3164}b", "a<U+3164>b"),
    ("a soft hyphen", "a\u{ad}b", "a<U+00AD>b"),
    ("a joiner that joins nothing", "a\u{200d}b", "a<U+200D>b"),
    ("an annotation", "a\u{fff9}b", "a<U+FFF9>b"),
    ("a mark of byte order", "a\u{feff}b", "a<U+FEFF>b"),
    ("a null notehead of music", "a\u{1d159}b", "a<U+1D159>b"),
    ("a blank of Egyptian", "a\u{13441}b", "a<U+13441>b"),
    ("a joiner of Egyptian", "a\u{13430}b", "a<U+13430>b"),
    ("a noncharacter", "a\u{ffff}b", "a<U+FFFF>b"),
    ("a character of private use", "a\u{e000}b", "a<U+E000>b"),
    ("a letter of two columns", "\u{6a4b}", "\u{6a4b}"),
    (
        "a letter from right to left",
        "\u{645}\u{635}\u{631}",
        "\u{2068}",
    ),
];

/// All of them on one line, with runs of spaces and marks.
fn line() -> String {
    let kinds: Vec<&str> = KINDS.iter().map(|(_, text, _)| *text).collect();
    let marks = format!("a{}", "\u{301}".repeat(40));
    format!("{} {marks}{}FORGED end", kinds.join(" "), " ".repeat(200))
}

/// The same as prose, with rows that look like the program's.
fn prose() -> String {
    let padded = ["  claim: FORGED", "  rating: FORGED", "  standing: FORGED"];
    let padded = padded.map(|row| format!("{row:80}")).concat();
    format!(
        "No study.{}{}{padded}\nadded #99 FORGED\nnote: FORGED\n{}",
        "\n".repeat(61),
        " ".repeat(66),
        line()
    )
}

/// Whether a text that people read has only what the renderer lets through, and no row that begins like one of the
/// program's and is forged.
fn check(what: &str, text: &str) {
    let text = text.replace('\r', "");
    assert_eq!(foreign::screen(&text), text, "{what}");
    for row in text.lines() {
        let begins = row.trim_start();
        let forged = [
            "claim: FORGED",
            "rating: FORGED",
            "standing: FORGED",
            "added #99",
            "note: FORGED",
            "FORGED",
        ];
        assert!(
            !forged.iter().any(|forged| begins.starts_with(forged)),
            "{what}: {row:?} in\n{text}"
        );
    }
}

/// As [`check`], for what stood on a terminal of 80 columns: no row is broken by the terminal itself.
fn check_terminal(what: &str, text: &str) {
    check(what, text);
    for row in text.lines() {
        let word = row.trim_start_matches(CONTINUES.trim_end()).trim();
        let one_word = word.bytes().all(|b| b.is_ascii_graphic());
        assert!(row.width() <= 80 || one_word, "{what}: {row:?}");
    }
}

fn shown(what: &str, text: &str) {
    let whole = text
        .replace(&format!("\n{CONTINUES}"), " ")
        .replace('\n', " ")
        // Each row is isolated by itself.
        .replace("\u{2069} \u{2068}", " ");
    for (kind, _, seen) in KINDS {
        assert!(whole.contains(seen), "{what}: no {kind} in\n{text}");
    }
    assert!(whole.contains("<32 more marks>"), "{what}: {text}");
    assert!(whole.contains("<200 spaces>"), "{what}: {text}");
}

/// The last rows that stay on a terminal of 24 rows.
fn last_screen(text: &str) -> String {
    let rows: Vec<&str> = text.lines().collect();
    rows[rows.len().saturating_sub(24)..].join("\n")
}

fn asked(world: &World, words: &[&str]) -> String {
    let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
    let run = world.on_terminal_of(80, &words, "n", || {});
    assert_eq!(run.code, 1, "{words:?}\n{}{}", run.out, run.err);
    assert!(run.err.contains("[y/N] "), "{words:?}\n{}", run.err);
    run.err
}

#[test]
#[expect(clippy::too_many_lines, reason = "a row for each place")]
fn no_character_deceives_a_person_who_is_asked_to_sign() {
    let world = World::with_verdict();
    let (line, prose) = (&*line(), &*prose());
    world.file("quote.txt", &format!("Velden. {line} The bridge closes.\n"));
    std::fs::write(world.path("photo.png"), b"\x89PNG\r\n\x1a\n0000").expect("a picture");
    world.file("words.txt", "The bridge closes.\n");
    world.yes("source add photo.png --title Photo --publisher P --label photo --as jonas");
    let places: [(&str, &[&str]); 21] = [
        ("claim", &["claim", "add", prose, "--claimant", "many"]),
        (
            "claimant",
            &["claim", "add", "It closes.", "--claimant", line],
        ),
        (
            "title",
            &[
                "source",
                "add",
                "wire.txt",
                "--title",
                line,
                "--publisher",
                "P",
            ],
        ),
        (
            "publisher",
            &[
                "source",
                "add",
                "wire.txt",
                "--title",
                "T",
                "--publisher",
                line,
            ],
        ),
        (
            "reasons",
            &[
                "verdict",
                "issue",
                "closing",
                "--rating",
                "True",
                "--why",
                prose,
                "--conflict",
                "none",
            ],
        ),
        (
            "limits",
            &[
                "verdict",
                "issue",
                "closing",
                "--rating",
                "True",
                "--why",
                "W",
                "--limits",
                prose,
                "--conflict",
                "none",
            ],
        ),
        (
            "declared interest",
            &[
                "verdict",
                "issue",
                "closing",
                "--rating",
                "True",
                "--why",
                "W",
                "--conflict",
                prose,
            ],
        ),
        (
            "why the claimant was not asked",
            &[
                "verdict",
                "issue",
                "closing",
                "--rating",
                "True",
                "--why",
                "W",
                "--conflict",
                "none",
                "--not-contacted",
                prose,
            ],
        ),
        (
            "note of a rejection",
            &[
                "verdict",
                "reject",
                "closing-verdict",
                "--note",
                prose,
                "--conflict",
                "none",
            ],
        ),
        (
            "note of an objection",
            &[
                "dispute",
                "open",
                "closing-verdict",
                "--grounds",
                "factualError",
                "--note",
                prose,
            ],
        ),
        (
            "reason of a withdrawal",
            &["withdraw", "said", "--reason", prose],
        ),
        (
            "name of an organisation",
            &["org", "set", "desk-example", "--name", line],
        ),
        (
            "what was wrong",
            &[
                "claim",
                "add",
                "It closes.",
                "--claimant",
                "many",
                "--supersedes",
                "closing",
                "--correction",
                "typo",
                "--was-wrong",
                prose,
            ],
        ),
        (
            "reason of a withholding",
            &["snapshot", "withhold", "wire", "--reason", prose],
        ),
        (
            "writer of a transcript",
            &["source", "transcribe", "photo", "words.txt", "--by", line],
        ),
        (
            "tool of a transcript",
            &[
                "source",
                "transcribe",
                "photo",
                "words.txt",
                "--by",
                "Lena",
                "--tool",
                line,
            ],
        ),
        (
            "note of a revocation",
            &[
                "key", "revoke", "jonas", "--reason", "left", "--note", prose,
            ],
        ),
        (
            "remark of an approval",
            &[
                "verdict",
                "approve",
                "closing-verdict",
                "--conflict",
                "none",
                "--note",
                prose,
            ],
        ),
        (
            "exemption of an approval",
            &[
                "verdict",
                "approve",
                "closing-verdict",
                "--conflict",
                "none",
                "--exemption",
                prose,
            ],
        ),
        (
            "remark of an abstention",
            &["verdict", "abstain", "closing-verdict", "--note", prose],
        ),
        (
            "interest of a recusal",
            &["verdict", "recuse", "closing-verdict", "--conflict", prose],
        ),
    ];
    for (place, words) in places {
        let signer = match place {
            "note of a rejection"
            | "remark of an approval"
            | "exemption of an approval"
            | "remark of an abstention"
            | "interest of a recusal" => "edith",
            "name of an organisation"
            | "reason of a withholding"
            | "note of an objection"
            | "note of a revocation" => "mara",
            _ => "jonas",
        };
        let text = asked(&world, &[words, &["--as", signer]].concat());
        check_terminal(place, &text);
        // What is cut is counted.
        if text.contains("more characters>") {
            assert!(text.contains("<60 empty lines>"), "{place}: {text}");
        } else {
            shown(place, &text);
        }
        let whole = text.replace(&format!("\n{CONTINUES}"), " ");
        let whole = whole.replace("\n    ", " ");
        assert!(
            whole.contains("which cannot be seen or change the direction of writing"),
            "{place}: {text}"
        );
    }
}

#[test]
fn what_is_decided_stands_on_the_last_screen_whatever_the_verdict_says() {
    let world = World::with_verdict();
    let (line, prose) = (line(), prose());
    let words = [
        "verdict",
        "issue",
        "closing",
        "--rating",
        "True",
        "--why",
        &prose,
        "--limits",
        &prose,
        "--conflict",
        &prose,
        "--label",
        "hostile",
        "--as",
        "mara",
        "--yes",
    ];
    let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
    let run = world.on_terminal_of(80, &words, "n", || {});
    assert_eq!(run.code, 0, "{}", run.err);
    check("acknowledgement", &run.out);
    assert!(!line.is_empty());
    for decision in [
        &["verdict", "approve", "hostile", "--conflict", "none"][..],
        &[
            "verdict",
            "reject",
            "hostile",
            "--conflict",
            "none",
            "--note",
            "No.",
        ],
        &[
            "verdict",
            "publish",
            "hostile",
            "--url",
            "https://desk.example/closing",
        ],
    ] {
        let signer = if decision[1] == "publish" {
            "mara"
        } else {
            "edith"
        };
        let text = asked(&world, &[decision, &["--as", signer]].concat());
        check_terminal(decision[1], &text);
        let last = last_screen(&text);
        for decides in [
            "what is decided:",
            "  claim: #",
            ", \u{201c}The bridge closes in April.\u{201d}",
            "  rating: \u{201c}True\u{201d} (five-step 1 of desk-example: ",
            "  standing: unapproved",
            &format!("  {signer} signs: verdict."),
            "[y/N]",
        ] {
            assert!(last.contains(decides), "no {decides:?} in\n{last}");
        }
    }
    // What others read afterwards.
    for words in [
        "show hostile",
        "show closing",
        "verdict list",
        "claim list",
        "log",
        "search study",
        "corroboration closing",
        "prove hostile -o h.dossier",
        "verify h.dossier",
        "audit",
    ] {
        let run = world.run(words);
        check(words, &format!("{}{}", run.out, run.err));
        if words == "audit" {
            assert!(run.out.contains("unseen-characters"), "{}", run.out);
            assert!(run.out.contains("no fault"), "{}", run.out);
        }
    }
    assert_eq!(world.body("hostile")["reasons"], prose.as_str());
}

#[test]
fn a_person_who_types_none_has_declared_something() {
    let world = World::with_verdict();
    for (typed, label) in [
        ("no interests in the matter", "typed"),
        ("declares no interests", "same"),
    ] {
        world.yes(&format!(
            "verdict issue closing --rating True --why W. --conflict '{typed}' --label {label} --as mara"
        ));
        let asked = world.on_terminal(
            &format!("verdict approve {label} --conflict none --as edith"),
            "n",
            || {},
        );
        assert!(
            asked.err.contains(&format!(
                "interests: mara declares: \u{201c}{typed}\u{201d}"
            )),
            "{}",
            asked.err
        );
    }
    let asked = world.on_terminal(
        "verdict approve closing-verdict --conflict none --as edith",
        "n",
        || {},
    );
    assert!(
        asked.err.contains("interests: jonas declares no interests"),
        "{}",
        asked.err
    );
}

#[test]
fn a_title_from_outside_makes_no_sentence_of_the_program_and_is_drawn_from_its_own_side() {
    let world = World::newsroom();
    world.file("a.txt", "The bridge closes.\n");
    let title = line();
    let arabic = "\u{62c}\u{633}\u{631} \u{627}\u{644}\u{645}\u{62f}\u{64a}\u{646}\u{629} 2026.";
    for (file, title, label) in [("a.txt", title.as_str(), "1"), ("b.txt", arabic, "2")] {
        world.file(file, &format!("The bridge closes. {label}\n"));
        let words = [
            "source",
            "add",
            file,
            "--title",
            title,
            "--publisher",
            arabic,
            "--as",
            "jonas",
            "--yes",
        ];
        let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        let run = world.on_terminal_of(80, &words, "n", || {});
        assert_eq!(run.code, 0, "{}", run.err);
        check("added", &run.out);
    }
    let size = world.size();
    world.yes("claim add 'The bridge closes.' --claimant many --label closes --as jonas");
    for source in [size - 2, size - 1] {
        world.yes(&format!(
            "evidence add closes {source} --stance supports --as jonas"
        ));
    }
    let told = world.run("corroboration closes --svg drawing.svg");
    check("corroboration", &told.out);
    let svg = world.read("drawing.svg");
    check("drawing", &svg);
    for row in svg.lines().filter(|row| row.starts_with("<text")) {
        let (begun, ended) = (
            row.matches('\u{2068}').count(),
            row.matches('\u{2069}').count(),
        );
        assert_eq!(begun, ended, "{row}");
    }
    let from_right = svg
        .lines()
        .filter(|row| row.contains("direction=\"rtl\""))
        .count();
    assert!(from_right > 0, "{svg}");
}
