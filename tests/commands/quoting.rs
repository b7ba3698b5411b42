//! Quotations as people type them: what looks the same is shown and asked for, what is signed is the source's own words.

use crate::commands::world::{World, one_line, unwrapped};

/// A newsroom with a claim and a source of these words.
fn with_source(words: &str) -> World {
    let world = World::newsroom();
    world.file("source.txt", words);
    world.yes("source add source.txt --title Report --publisher Bureau --label report --as jonas");
    world.yes("claim add 'It is so.' --claimant 'Ana Brandt' --label claim --as jonas");
    world
}

fn words(before: &[&str], quote: &str) -> Vec<String> {
    let mut words: Vec<String> = before.iter().map(|word| (*word).to_owned()).collect();
    words.push(quote.to_owned());
    words
}

const ADD: &[&str] = &[
    "evidence", "add", "claim", "report", "--stance", "context", "--as", "jonas", "--quote",
];

/// The quotation that an entry signs.
fn signed(world: &World, name: &str) -> String {
    let quote = world.body(name)["excerpt"]["quote"].clone();
    quote.as_str().expect("a quotation").to_owned()
}

const BROKEN: &str =
    "The count covers the district, \nnot those \u{201c}who left\u{201d} it in 2014\u{2013}15.\n";
const TYPED: &str = "the district, not those \"who left\" it in 2014-15.";
const OWN: &str = "the district, \nnot those \u{201c}who left\u{201d} it in 2014\u{2013}15.";

#[test]
fn on_a_terminal_the_words_of_the_source_are_shown_and_asked_for() {
    let world = with_source(BROKEN);
    let mut line = words(ADD, TYPED);
    line.extend(["--label", "said"].map(str::to_owned));
    let declined = world.on_terminal_of(1_000, &line, "n", || {});
    assert_eq!(declined.code, 4, "{}", declined.err);
    assert!(
        declined.err.contains("Use the words of the source? [y/N]"),
        "{}",
        declined.err
    );
    // Shown in one line, without the line break.
    assert!(
        one_line(&declined.err)
            .contains("the district, not those \u{201c}who left\u{201d} it in 2014\u{2013}15."),
        "{}",
        declined.err
    );
    assert!(
        declined.err.contains("it has a line break after"),
        "{}",
        declined.err
    );
    // The first answer takes the words, and the statement is shown before the second question.
    let taken = world.on_terminal_of(1_000, &line, "y\ny", || {});
    assert_eq!(taken.code, 0, "{}", taken.err);
    assert!(
        taken.err.contains("Sign and add this? [y/N]"),
        "{}",
        taken.err
    );
    assert_eq!(signed(&world, "said"), OWN);
    // On the screen the line break is a space; programs get the exact words.
    let shown = world.run("show said").out;
    assert!(
        shown.contains("| the district, not those \u{201c}who left\u{201d} it in 2014\u{2013}15.")
            || unwrapped(&shown)
                .contains("the district, not those \u{201c}who left\u{201d} it in 2014\u{2013}15."),
        "{shown}"
    );
    assert!(!shown.contains("the district,\n"), "{shown}");
    assert_eq!(world.yes("show said")["screen"]["evidence"]["quote"], OWN);
    world.clean("");
}

#[test]
fn without_a_terminal_the_words_of_the_source_are_taken_with_nearest() {
    let world = with_source(BROKEN);
    let line = format!(
        "evidence add claim report --stance context --as jonas --label said --quote '{TYPED}'"
    );
    let refused = world.run(&format!("{line} --yes"));
    assert_eq!(refused.code, 4, "{}", refused.err);
    assert!(
        refused.err.contains("[quotation-not-found]"),
        "{}",
        refused.err
    );
    assert!(refused.err.contains("--nearest"), "{}", refused.err);
    world.yes(&format!("{line} --nearest"));
    assert_eq!(signed(&world, "said"), OWN);
    // The same of a relation.
    world.file("other.txt", "Minutes.\n");
    world
        .yes("source add other.txt --title Minutes --publisher Council --label minutes --as jonas");
    world.yes(&format!(
        "source relate report wasDerivedFrom minutes --quote '{TYPED}' --nearest --label rel --as jonas"
    ));
    assert_eq!(world.body("rel")["basis"]["stated"]["quote"], OWN);
    // And of a case, where the fault says how.
    let case = |field: &str| {
        format!(
            "[[evidence]]\nclaim = \"claim\"\nsource = \"report\"\nstance = \"context\"\nlabel = \"again\"\nquote = '{TYPED}'\n{field}"
        )
    };
    world.file("case.toml", &case(""));
    let refused = world.run("record case.toml --as jonas");
    assert!(refused.err.contains("nearest = true"), "{}", refused.err);
    world.file("case.toml", &case("nearest = true\n"));
    world.yes("record case.toml --as jonas");
    assert_eq!(signed(&world, "again"), OWN);
    world.clean("");
}

#[test]
fn words_that_are_others_are_refused_also_with_nearest() {
    let world = with_source("The ferry sails on Mondays.\n");
    for quote in [
        "The ferry sails on Sundays",
        "the ferry sails",
        "The ferry sails on Monday.",
    ] {
        let refused = world.run(&format!(
            "evidence add claim report --stance context --quote '{quote}' --nearest --as jonas -y"
        ));
        assert_eq!(refused.code, 4, "{quote}");
        assert!(
            !refused.err.contains("the words look the same"),
            "{}",
            refused.err
        );
    }
}

#[test]
fn the_nearest_passage_can_be_copied_from_the_refusal() {
    let world =
        with_source("The mayor said: \u{201c}We will not close the old bridge.\u{201d} He left.\n");
    let refused = world.run(
        "evidence add claim report --stance context --quote '\u{201c}We shall not close the old bridge.\u{201d}' --as jonas -y",
    );
    let begin = "nearest to it is \"";
    let at = refused.err.find(begin).expect("a passage") + begin.len();
    let copied = refused.err[at..].split("\" [").next().unwrap();
    assert_eq!(copied, "\u{201c}We will not close the old bridge.\u{201d}");
    world.yes(&format!(
        "evidence add claim report --stance context --quote '{copied}' --label said --as jonas"
    ));
    assert_eq!(signed(&world, "said"), copied);
}

#[test]
fn a_difference_that_no_eye_sees_is_named() {
    for (text, quote, named) in [
        (
            "The Bru\u{308}cke is closed.",
            "The Br\u{fc}cke is closed.",
            "your words have \u{fc} as one character (U+00FC), it has u and U+0308",
        ),
        (
            "\u{1112}\u{1161}\u{11ab} is closed.",
            "\u{d55c} is closed.",
            "it has U+1112, U+1161, U+11AB",
        ),
        (
            "The bridge clos\u{435}s.",
            "The bridge closes.",
            "it has the Cyrillic \u{435} (U+0435), your words have the Latin e",
        ),
        (
            "\u{26a0}\u{fe0f} Bridge closed.",
            "\u{26a0} Bridge closed.",
            "it has a variation selector",
        ),
        (
            "The e\u{fb03}cient bridge.",
            "The efficient bridge.",
            "it has \u{fb03} as one character (U+FB03)",
        ),
        (
            "The bridge ex\u{ad}cept.",
            "The bridge except.",
            "it has a soft hyphen after \u{201c}ex\u{201d}",
        ),
        (
            "Closed until\u{a0}May.",
            "Closed until May.",
            "it has a no-break space after \u{201c}until\u{201d}",
        ),
        (
            "The \u{e9}t\u{e9} \u{e9}lu.",
            "The e\u{301}te\u{301} e\u{301}lu.",
            "your words have e and U+0301, it has \u{e9} as one character (U+00E9)",
        ),
    ] {
        let world = with_source(text);
        let mut line = words(ADD, quote);
        let refused = world.run_words(&[&line[..], &["--yes".to_owned()]].concat());
        assert_eq!(refused.code, 4, "{quote}: {}", refused.err);
        assert!(refused.err.contains(named), "{quote}: {}", refused.err);
        line.extend(["--yes", "--nearest", "--label", "said"].map(str::to_owned));
        let taken = world.run_words(&line);
        assert_eq!(taken.code, 0, "{quote}: {}", taken.err);
        assert_eq!(
            signed(&world, "said"),
            text.strip_suffix('\n').unwrap_or(text),
            "{quote}"
        );
    }
}

#[test]
fn the_words_around_a_quotation_join_as_people_type_them() {
    let world = with_source("A figure of 12,000 in May; one of\n12,000 in June.\n");
    for (around, start) in [
        ("--prefix 'figure of'", 12),
        ("--prefix 'figure of '", 12),
        ("--prefix 'one of'", 34),
        ("--suffix 'in June'", 34),
        ("--suffix ' in May'", 12),
    ] {
        let added = world.yes(&format!(
            "evidence add claim report --stance context --quote 12,000 {around} --as jonas"
        ));
        let entry = &added["index"];
        assert_eq!(
            world.body(&entry.to_string())["excerpt"]["start"],
            start,
            "{around}"
        );
    }
    let refused = world.run(
        "evidence add claim report --stance context --quote 12,000 --prefix 'sum of' --as jonas -y",
    );
    assert!(refused.err.contains("\"sum of 12,000\""), "{}", refused.err);
}
