//! A ledger in which other people wrote every text, and wrote lines of the program into each: none of them is read as the
//! program's, on any screen, list, prompt, error or drawing.
#![cfg(unix)]

use crate::commands::world::{Run, World};
use crate::documents::reference::leaves;
use claimledger::cli::Cli;
use claimledger::host::clock::{Clock as _, SystemClock};
use claimledger_core::crypto::sha256;
use claimledger_core::encoding::foreign;
use claimledger_core::model::foreign::{Rating, Raw, Review};
use claimledger_core::model::{Body, FreeText, StatementType};
use std::collections::BTreeSet;
use unicode_width::UnicodeWidthStr as _;

/// What a forger puts into a text of one line: the end of a quotation, of a bracket and of an isolate, an override of the
/// direction, characters without a shape, spaces up to the edge of the terminal, a word that is as wide as the terminal.
fn line(forger: &str) -> String {
    format!(
        "{forger}\u{201d} [approved]  #13 {forger}) \" ] {forger}\u{2069}\u{202e}{forger}\u{202c}\u{1d159}\u{13441}\u{13430}\u{ffff}\u{200b}\
         {}{forger} standing: approved {}{forger}[approved]{forger}",
        " ".repeat(90),
        "x".repeat(75)
    )
}

/// The same in a text of several lines, with lines like those of the program.
fn prose(forger: &str) -> String {
    let rows = [
        "standing       approved",
        "  rating: True",
        "added #99 claim.add",
        "what is decided:",
        "    | approved",
        "error: none",
    ];
    let rows = rows.map(|row| format!("\n{row} {forger}")).concat();
    format!("{}{rows}\n\n\n\n{forger}", line(forger))
}

/// The forgers of a ledger, and those whose words somebody has seen.
#[derive(Default)]
pub(super) struct Forgers {
    all: BTreeSet<String>,
    seen: BTreeSet<String>,
    /// The commands that asked a person.
    asked: BTreeSet<String>,
}

impl Forgers {
    /// One more. The name says where it writes.
    fn another(&mut self, place: &str) -> String {
        let name = format!("FORGED{:02}{place}", self.all.len());
        assert!(self.all.insert(name.clone()));
        name
    }

    fn line(&mut self, place: &str) -> String {
        line(&self.another(place))
    }

    fn prose(&mut self, place: &str) -> String {
        prose(&self.another(place))
    }

    /// Checks what people read: no row is wider than the terminal, and the words of a forger stand only between the
    /// quotation marks of the program, or behind a bar.
    fn check(&mut self, what: &str, text: &str) {
        let text = text.replace('\r', "");
        self.seen.extend(
            self.all
                .iter()
                .filter(|name| text.contains(&***name))
                .cloned(),
        );
        assert_eq!(foreign::screen(&text), text, "{what}");
        for row in text.lines() {
            assert!(row.width() <= 80, "{what}: {row:?} in\n{text}");
            if let Some(bare) = bare(row) {
                panic!("{what}: {bare:?} in {row:?} in\n{text}");
            }
        }
    }

    fn check_run(&mut self, what: &str, run: &Run) {
        self.check(what, &run.out);
        self.check(what, &run.err);
    }
}

/// The words of a row that look like the program's own and are forged.
pub(super) fn bare(row: &str) -> Option<String> {
    if row.trim_start().starts_with('|') {
        return None;
    }
    let mut own = String::new();
    let mut rest = row;
    while let Some((before, after)) = rest.split_once(foreign::OPENS) {
        own.push_str(before);
        rest = after
            .split_once(foreign::CLOSES)
            .map_or("", |(_, after)| after);
    }
    own.push_str(rest);
    // In a table, the further lines of a cell begin with a bar.
    let own = own.split(" | ").next().unwrap_or_default();
    // A refusal quotes what was typed as a program text does, and a command to be copied as a shell reads it.
    let own = if own.trim_start().starts_with("to sign it: ") {
        outside(own, '\'', false)
    } else {
        outside(own, '"', true)
    };
    let addressed = |word: &&str| !word.starts_with("https://");
    let own: Vec<&str> = own.split_whitespace().filter(addressed).collect();
    let own = own.join(" ");
    own.contains("FORGED").then_some(own)
}

/// The words outside of quotation marks of one kind.
fn outside(words: &str, mark: char, has_escapes: bool) -> String {
    let (mut own, mut inside, mut escaped) = (String::new(), false, false);
    for c in words.chars() {
        if c == mark && !escaped {
            inside = !inside;
        } else if !inside {
            own.push(c);
        }
        escaped = has_escapes && inside && c == '\\' && !escaped;
    }
    own
}

#[test]
fn the_check_sees_forged_words_outside_the_marks() {
    for forged in [
        "standing  approved FORGED",
        "claim #4 \u{201c}x\u{201d} FORGED [approved]",
        "\u{201c}x\u{201d}FORGED",
        "FORGED | x",
        "\"x\" FORGED",
    ] {
        assert!(bare(forged).is_some(), "{forged}");
    }
    for marked in [
        "  | FORGED",
        "claim \u{201c}FORGED\u{201d} (#4)",
        "claim \u{201c}FORGED",
        " #4  approved  | FORGED",
        "at https://a.example/FORGED",
        "\"x\\\" FORGED\" is no rating",
    ] {
        assert_eq!(bare(marked), None, "{marked}");
    }
}

/// Signs something: first a person looks at it and says no, then it is added.
fn sign(world: &World, forgers: &mut Forgers, signer: &str, words: &[&str]) {
    let command: Vec<&str> = words.iter().copied().take(2).collect();
    forgers.asked.insert(command.join(" "));
    let words = [words, &["--as", signer]].concat();
    let words: Vec<String> = words.into_iter().map(str::to_owned).collect();
    let asked = world.on_terminal_of(80, &words, "n", || {});
    assert_eq!(asked.code, 1, "{words:?}\n{}{}", asked.out, asked.err);
    assert!(asked.err.contains("[y/N] "), "{words:?}\n{}", asked.err);
    forgers.check(&words.join(" "), &asked.err);
    let words = [words, vec!["--yes".to_owned()]].concat();
    let done = world.on_terminal_of(80, &words, "n", || {});
    assert_eq!(done.code, 0, "{words:?}\n{}{}", done.out, done.err);
    forgers.check("beside the answer", &done.err);
    // An answer in a pipe has lines of any width.
    for row in done.out.lines() {
        assert_eq!(bare(row), None, "{}", done.out);
    }
}

/// A TOML string with these words.
fn toml(words: &str) -> String {
    let mut text = String::from("\"");
    for c in words.chars() {
        match c {
            '"' => text.push_str("\\\""),
            '\n' => text.push_str("\\n"),
            c => text.push(c),
        }
    }
    text + "\""
}

#[expect(clippy::too_many_lines, reason = "a row for each place")]
pub(super) fn forged_ledger(forgers: &mut Forgers) -> World {
    let world = World::new();
    let title = forgers.line("ledger");
    let founded = world.run_with(
        &format!("init desk.example/facts --as mara --no-passphrase --title '{title}'"),
        &[("COLUMNS", "80")],
    );
    assert_eq!(founded.code, 0, "{}", founded.err);
    for (name, role) in [("jonas", "reviewer"), ("edith", "editor")] {
        world.yes(&format!("key new {name} --no-passphrase"));
        let holder = forgers.line(name);
        sign(
            &world,
            forgers,
            "mara",
            &[
                "key",
                "enroll",
                name,
                "--role",
                role,
                "--holder-name",
                &holder,
            ],
        );
    }
    world.yes("key new zoe --no-passphrase");
    let (zoe, house, scale) = (
        forgers.line("request"),
        forgers.line("house"),
        forgers.line("scale"),
    );
    world.yes(&format!(
        "key request zoe --role editor --holder-name '{zoe}' -o zoe.json"
    ));
    sign(
        &world,
        forgers,
        "mara",
        &["key", "enroll", "--request", "zoe.json"],
    );
    sign(
        &world,
        forgers,
        "mara",
        &["org", "set", "desk-example", "--name", &house],
    );
    let rating = forgers.line("rating");
    world.file(
        "scale.toml",
        &format!(
            "scale = \"odd\"\ntitle = {}\n[[rating]]\nlabel = {}\ncode = \"odd\"\nneeds = \"support\"\ndefinition = {}\n",
            toml(&scale),
            toml(&rating),
            toml(&forgers.prose("meaning"))
        ),
    );
    sign(&world, forgers, "mara", &["scale", "set", "scale.toml"]);

    let quote = forgers.line("quote");
    world.file(
        "wire.txt",
        &format!("Velden. The bridge closes. {quote} It is old.\n"),
    );
    world.file(
        "copy.txt",
        &format!("Copied from the wire. {quote} It is old.\n"),
    );
    let (a, b, c) = (
        forgers.line("title"),
        forgers.line("publisher"),
        forgers.line("author"),
    );
    sign(
        &world,
        forgers,
        "jonas",
        &[
            "source",
            "add",
            "wire.txt",
            "--title",
            &a,
            "--publisher",
            &b,
            "--author",
            &c,
            "--url",
            "https://wire.example/FORGED",
            "--label",
            "wire",
        ],
    );
    let (a, b, c, d) = (
        forgers.line("other-title"),
        forgers.line("other-publisher"),
        forgers.line("translator"),
        forgers.prose("unnamed"),
    );
    sign(
        &world,
        forgers,
        "jonas",
        &[
            "source",
            "add",
            "copy.txt",
            "--title",
            &a,
            "--publisher",
            &b,
            "--translated-by",
            &c,
            "--unnamed",
            &d,
        ],
    );
    let copy = (world.size() - 1).to_string();
    let seen = forgers.prose("seen-by");
    sign(
        &world,
        forgers,
        "jonas",
        &[
            "source",
            "add",
            "--never-held",
            "--seen-by",
            &seen,
            "--title",
            "Post",
            "--publisher",
            "Ana",
            "--label",
            "post",
        ],
    );
    let note = forgers.prose("relation");
    sign(
        &world,
        forgers,
        "jonas",
        &[
            "source",
            "relate",
            &copy,
            "wireCopyOf",
            "wire",
            "--note",
            &note,
        ],
    );
    let [text, name, role, topic, original] = ["claim", "claimant", "role", "topic", "original"]
        .map(|place| match place {
            "claim" | "original" => forgers.prose(place),
            _ => forgers.line(place),
        });
    sign(
        &world,
        forgers,
        "jonas",
        &[
            "claim",
            "add",
            &text,
            "--claimant",
            &name,
            "--claimant-role",
            &role,
            "--topic",
            &topic,
            "--wording",
            "translated",
            "--original",
            &original,
            "--original-language",
            "pl",
            "--appeared-in",
            "wire",
            "--label",
            "approved",
        ],
    );
    let how = forgers.prose("assessment");
    sign(
        &world,
        forgers,
        "jonas",
        &[
            "source",
            "assess",
            "wire",
            "approved",
            "--as-origin",
            "firstHand",
            "--how",
            &how,
        ],
    );
    world.yes("claim add 'The ferry sails.' --claimant many --label ferry --as jonas");
    let note = forgers.prose("claims");
    sign(
        &world,
        forgers,
        "jonas",
        &[
            "claim",
            "relate",
            "approved",
            "contradicts",
            "ferry",
            "--note",
            &note,
        ],
    );
    let note = forgers.prose("evidence");
    sign(
        &world,
        forgers,
        "jonas",
        &[
            "evidence", "add", "approved", "wire", "--stance", "supports", "--quote", &quote,
            "--note", &note, "--label", "said",
        ],
    );
    let place = forgers.line("searched");
    sign(
        &world,
        forgers,
        "jonas",
        &[
            "evidence",
            "add",
            "approved",
            "--stance",
            "notFound",
            "--searched",
            &place,
            "--on",
            "2026-03-01",
        ],
    );
    sign(
        &world,
        forgers,
        "jonas",
        &["evidence", "add", "approved", &copy, "--stance", "mixed"],
    );
    let [why, limits, conflict, contact] =
        ["reasons", "limits", "interests", "contact"].map(|place| forgers.prose(place));
    sign(
        &world,
        forgers,
        "jonas",
        &[
            "verdict",
            "issue",
            "approved",
            "--scale",
            "odd",
            "--rating",
            "odd",
            "--why",
            &why,
            "--limits",
            &limits,
            "--conflict",
            &conflict,
            "--not-contacted",
            &contact,
            "--label",
            "verdict",
        ],
    );
    let [note, conflict] = ["rejection", "second-interests"].map(|place| forgers.prose(place));
    sign(
        &world,
        forgers,
        "edith",
        &[
            "verdict",
            "reject",
            "verdict",
            "--note",
            &note,
            "--conflict",
            &conflict,
        ],
    );
    sign(
        &world,
        forgers,
        "zoe",
        &["verdict", "approve", "verdict", "--conflict", "none"],
    );
    let despite = forgers.prose("despite");
    sign(
        &world,
        forgers,
        "mara",
        &[
            "verdict",
            "publish",
            "verdict",
            "--url",
            "https://desk.example/FORGED",
            "--despite",
            &despite,
        ],
    );
    let note = forgers.prose("objection");
    sign(
        &world,
        forgers,
        "mara",
        &[
            "dispute",
            "open",
            "verdict",
            "--grounds",
            "factualError",
            "--note",
            &note,
            "--label",
            "objection",
        ],
    );
    let note = forgers.prose("answer");
    sign(
        &world,
        forgers,
        "edith",
        &[
            "dispute",
            "answer",
            "objection",
            "--outcome",
            "upheld",
            "--note",
            &note,
        ],
    );
    let note = forgers.prose("withheld");
    sign(
        &world,
        forgers,
        "mara",
        &["snapshot", "withhold", &copy, "--reason", &note],
    );
    let [author, value, best, worst, day, at] = ["author", "value", "best", "worst", "day", "at"]
        .map(|place| forgers.line(&format!("review-{place}")));
    let [words, rating] = ["review-claim", "review-rating"].map(|place| forgers.prose(place));
    world.says(SystemClock.now_millis(), "jonas", "review", |session| {
        let claim = session.id_of("ferry", StatementType::ClaimAdd);
        Body::from(Review {
            author: FreeText::open(author).expect("a name"),
            claim: Some(claim.expect("a claim")),
            claim_text: FreeText::open(words).expect("a text"),
            correction: None,
            language: None,
            published: Some(FreeText::open(day).expect("a day")),
            rating: Rating {
                best: Some(FreeText::open(best).expect("a value")),
                label: FreeText::open(rating).expect("a label"),
                value: Some(FreeText::open(value).expect("a value")),
                worst: Some(FreeText::open(worst).expect("a value")),
            },
            raw: Raw {
                at: Some(FreeText::open(at).expect("a place")),
                bytes: 3,
                media_type: "text/html".parse().expect("a type"),
                sha256: sha256(&[b"old"]),
            },
            url: "https://other.example/FORGED".parse().expect("an address"),
        })
    });
    let reason = forgers.prose("withdrawal");
    sign(
        &world,
        forgers,
        "jonas",
        &["withdraw", "said", "--reason", &reason],
    );
    let [wrong, noticed] = [forgers.prose("was-wrong"), forgers.line("noticed-by")];
    sign(
        &world,
        forgers,
        "jonas",
        &[
            "claim",
            "add",
            "The ferry does not sail.",
            "--claimant",
            "many",
            "--supersedes",
            "ferry",
            "--correction",
            "correction",
            "--was-wrong",
            &wrong,
            "--noticed-by",
            &noticed,
        ],
    );
    world
}

#[test]
fn nothing_that_other_people_wrote_looks_like_the_programs_own_words() {
    let mut forgers = Forgers::default();
    let world = forged_ledger(&mut forgers);
    world.yes("prove verdict -o v.dossier");
    world.yes("prove approved -o c.dossier");
    world.yes("prove wire -o s.dossier");
    let mut reading: Vec<String> = [
        "log",
        "claim list",
        "claim list --all",
        "source list",
        "source list --all",
        "evidence list",
        "evidence list approved --all",
        "verdict list",
        "verdict list --all",
        "dispute list",
        "scale list",
        "scale show odd",
        "policy show",
        "org list",
        "key list",
        "key impact jonas",
        "claim relations approved",
        "source relations wire",
        "source assessments wire",
        "todo",
        "todo --as edith",
        "search closes bridge",
        "search FORGED",
        "corroboration approved",
        "corroboration approved --table",
        "source suggest wire",
        "source text wire",
        "report practice --from 2020-01-01",
        "audit",
        "doctor",
        "checkpoint",
        "verify v.dossier",
        "verify c.dossier",
        "verify s.dossier",
    ]
    .map(str::to_owned)
    .into();
    for entry in 0..world.size() {
        reading.push(format!("show {entry}"));
        reading.push(format!("show {entry} --raw"));
    }
    for words in reading {
        let run = world.run_with(&words, &[("COLUMNS", "80")]);
        assert!(run.code <= 3, "{words}: {}", run.err);
        match &*words {
            // For programs, byte for byte.
            "source text wire" | "checkpoint" => {}
            _ => forgers.check_run(&words, &run),
        }
    }
    let unseen: Vec<&String> = forgers.all.difference(&forgers.seen).collect();
    assert!(unseen.is_empty(), "nobody has read {unseen:?}");
    every_command_that_asks_was_tried(&forgers);
    // In a pipe nothing is cut, and the same holds.
    for words in [
        "claim list",
        "source list",
        "verdict list",
        "log",
        "dispute list",
        "search FORGED",
    ] {
        for row in world.run(words).out.lines() {
            assert_eq!(bare(row), None, "{words}");
            assert!(
                !row.contains('\u{2026}') || words.starts_with("search"),
                "{words}: {row}"
            );
        }
    }
}

/// Commands that sign, and that a person reads before.
fn every_command_that_asks_was_tried(forgers: &Forgers) {
    // These ask about keys and settings of this machine, or are looked at in commands::foreign and in tests of their own. An
    // import asks about numbers alone; what it took is read in lists.
    let elsewhere = [
        "import check",
        "import claimreview",
        "import csv",
        "import jsonl",
        "checkpoint rotate",
        "export",
        "export site",
        "key recover sign",
        "key recover submit",
        "ledger adopt",
        "ledger forget",
        "checkpoint retire",
        "key rotate",
        "ledger close",
        "policy set",
        "source capture",
        "source transcribe",
        "verdict abstain",
        "verdict recuse",
        "key revoke",
        "dispute reply",
        "observe",
        "record",
        "sign",
    ];
    let mut missing = Vec::new();
    for words in leaves() {
        let mut command = Cli::whole();
        for word in &words {
            let below = command.find_subcommand(word).expect("a command").clone();
            command = below;
        }
        let asks = command.get_arguments().any(|arg| arg.get_id() == "yes");
        let signs = command.get_arguments().any(|arg| arg.get_id() == "signer");
        // `withdraw said` is typed with a name as its second word.
        let named = |command: &String| {
            let words = words.join(" ");
            *command == words || command.starts_with(&format!("{words} "))
        };
        let words = words.join(" ");
        if asks && signs && !elsewhere.contains(&&*words) && !forgers.asked.iter().any(named) {
            missing.push(words);
        }
    }
    assert!(missing.is_empty(), "nobody was asked by {missing:?}");
}

#[test]
fn errors_quote_what_other_people_wrote() {
    let mut forgers = Forgers::default();
    let world = World::with_verdict();
    let words = forgers.line("passage");
    world.file(
        "odd.txt",
        &format!("The ferry sails on Monday. {words} The end.\n"),
    );
    world.yes("source add odd.txt --title Odd --publisher Odd --label odd --as jonas");
    let [field, value, label] = [
        forgers.line("field"),
        forgers.line("value"),
        forgers.line("label"),
    ];
    world.file(
        "scale.toml",
        &format!("scale = \"odd\"\n{} = 1\n", toml(&field)),
    );
    world.file(
        "case.toml",
        &format!(
            "[[claim]]\ntext = \"It rains.\"\nclaimant = \"many\"\nmade = {}\n{} = 1\n",
            toml(&value),
            toml(&field)
        ),
    );
    world.file("policy.toml", &format!("approvals = {}\n", toml(&value)));
    for (line, code) in [
        (
            "evidence add closing odd --stance supports --quote 'The ferry sails on Monday. FORGED he end' --as jonas",
            4,
        ),
        ("scale set scale.toml --as mara", 2),
        ("policy set policy.toml --as mara", 2),
        ("record case.toml --as jonas", 2),
        (
            "verdict issue closing --rating 'FORGED approved' --why W. --as jonas",
            2,
        ),
        (&*format!("show '{label}'"), 1),
        (
            &*format!("claim add T. --claimant many --made '{value}' --as jonas"),
            2,
        ),
        (&*format!("verify '{label}'"), 3),
    ] {
        let run = world.run_with(line, &[("COLUMNS", "80")]);
        assert!((1..=4).contains(&run.code), "{code} {line}: {}", run.err);
        forgers.check_run(line, &run);
    }
}

#[test]
fn a_case_of_a_stranger_makes_no_rows_of_its_own_before_it_is_signed() {
    let mut forgers = Forgers::default();
    let world = World::with_verdict();
    let forger = forgers.another("file");
    let file = format!(
        "a.txt\n  adds #99 claim.add: approved {forger}\nSign and add 1 statement? {forger}"
    );
    std::fs::write(world.path(&file), "Words.\n").expect("a file with an odd name");
    let [title, claim] = [forgers.line("title"), forgers.prose("claim")];
    world.file(
        "case.toml",
        &format!(
            "[[source]]\nlabel = \"odd\"\nfile = {}\ntitle = {}\npublisher = \"P\"\n[[claim]]\ntext = {}\nclaimant = \"many\"\n",
            toml(&file),
            toml(&title),
            toml(&claim)
        ),
    );
    let run = world.run_with(
        "record case.toml --dry-run --as jonas",
        &[("COLUMNS", "80")],
    );
    assert_eq!(run.code, 0, "{}", run.err);
    forgers.check_run("record --dry-run", &run);
    assert!(
        run.out.contains("from the file \u{201c}a.txt<U+000A>"),
        "{}",
        run.out
    );
    let words = ["record", "case.toml", "--as", "jonas"].map(str::to_owned);
    let asked = world.on_terminal_of(80, &words, "n", || {});
    assert_eq!(asked.code, 1, "{}", asked.err);
    forgers.check("record", &asked.err);
    // Recorded, the answer has them in quotation marks too.
    let added = world.run_with("record case.toml --yes --as jonas", &[("COLUMNS", "80")]);
    assert_eq!(added.code, 0, "{}", added.err);
    forgers.check_run("record --yes", &added);
    // A draft of somebody else.
    let claim = forgers.prose("draft");
    let drafted = [
        "claim",
        "add",
        &claim,
        "--claimant",
        "many",
        "--draft",
        "d.json",
        "--as",
        "jonas",
    ]
    .map(str::to_owned);
    assert_eq!(world.on_terminal_of(80, &drafted, "n", || {}).code, 0);
    let sign = ["sign", "d.json", "-o", "e.json", "--as", "jonas"].map(str::to_owned);
    let asked = world.on_terminal_of(80, &sign, "n", || {});
    assert_eq!(asked.code, 1, "{}", asked.err);
    forgers.check("sign", &asked.err);
    assert_eq!(forgers.seen.len(), forgers.all.len(), "{:?}", forgers.seen);
}

#[test]
fn words_in_a_drawing_stand_between_quotation_marks() {
    let mut forgers = Forgers::default();
    let world = forged_ledger(&mut forgers);
    world.yes("corroboration approved --svg drawing.svg");
    let svg = world.read("drawing.svg");
    assert_eq!(foreign::screen(&svg), svg);
    let texts = svg.split("<text").skip(1);
    let mut open = false;
    let mut forged = 0;
    for text in texts {
        let words = text
            .split_once('>')
            .and_then(|(_, rest)| rest.split_once("</text>"));
        let words = words.expect("a text").0.replace("&quot;", "\"");
        for piece in words.split_inclusive([foreign::OPENS, foreign::CLOSES]) {
            let forges = piece.contains("FORGED");
            assert!(open || !forges, "{words}");
            forged += usize::from(forges);
            open = piece.ends_with(foreign::OPENS) || (open && !piece.ends_with(foreign::CLOSES));
        }
    }
    assert!(forged > 2, "{svg}");
}
