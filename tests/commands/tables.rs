//! Lists on a terminal: no line is wider than the terminal, and labels stay whole.

use crate::commands::world::World;
use unicode_width::UnicodeWidthStr as _;

const LISTS: &[&str] = &[
    "claim list",
    "source list",
    "evidence list",
    "verdict list",
    "scale list",
    "key list",
    "org list",
    "log",
];

fn world() -> World {
    let world = World::with_verdict();
    let wide = "\u{6a4b}\u{6881}\u{5c07}\u{65bc}\u{56db}\u{6708}\u{95dc}\u{9589}".repeat(9);
    let marks = "e\u{301}te\u{301} ".repeat(40);
    for (label, text) in [("wide-one", &wide), ("marks-one", &marks)] {
        world.yes(&format!(
            "claim add '{text}' --claimant 'Ana Brandt of the council of Velden and its villages' --label {label} --as jonas"
        ));
    }
    world
}

#[test]
fn no_line_of_a_list_is_wider_than_the_terminal() {
    let world = world();
    for columns in ["20", "40", "80", "132"] {
        let most: usize = columns.parse().expect("a number");
        for list in LISTS {
            let run = world.fed(list, b"", &[("COLUMNS", columns)]);
            for line in run.out.lines() {
                assert!(line.width() <= most, "{list} at {columns}: {line}");
            }
        }
    }
}

#[test]
fn in_a_pipe_every_value_is_whole() {
    let world = world();
    let run = world.run("claim list");
    assert!(
        run.out
            .contains(&"e\u{301}te\u{301} ".repeat(40).trim_end().to_owned()),
        "{}",
        run.out
    );
    for odd in ["0", "many", ""] {
        let same = world.fed("claim list", b"", &[("COLUMNS", odd)]);
        assert_eq!(same.out, run.out, "COLUMNS={odd}");
    }
}

#[test]
fn labels_are_whole_at_eighty_columns() {
    let world = world();
    let run = world.fed("claim list", b"", &[("COLUMNS", "80")]);
    for label in ["closing", "wide-one", "marks-one"] {
        assert!(run.out.contains(label), "{}", run.out);
    }
}

#[test]
fn a_claim_is_listed_with_claimant_date_rating_and_standing() {
    let world = World::with_verdict();
    world.yes(
        "claim add 'The tunnel opens.' --claimant many --made 2026-03-10 --label tunnel --as jonas",
    );
    let list = world.yes("claim list");
    let claims = list["found"].as_array().expect("claims");
    assert_eq!(claims[0]["claimants"][0], "Ana Brandt");
    let rated = &claims[0]["ratings"][0];
    assert_eq!(rated["rating"], "True");
    assert_eq!(rated["scale"], "five-step 1");
    assert_eq!(rated["standing"], "unapproved");
    assert_eq!(claims[1]["claimants"][0], "many");
    assert_eq!(claims[1]["made"], "2026-03-10");
    let text = world.run("claim list").out;
    assert!(
        text.contains("  unapproved  \u{201c}True\u{201d} (five-step 1)  "),
        "{text}"
    );
    assert!(!text.contains("claim.add"), "{text}");
    world.yes("verdict approve closing-verdict --conflict none --as edith");
    let text = world.run("claim list").out;
    assert!(
        text.contains("  approved  \u{201c}True\u{201d} (five-step 1)  "),
        "{text}"
    );
    world.yes("withdraw tunnel --reason 'a slip' --as jonas");
    let text = world.run("claim list").out;
    assert!(
        !text.contains("tunnel") && text.contains("1 not shown: 1 withdrawn"),
        "{text}"
    );
    let text = world.run("claim list --all").out;
    assert!(
        text.contains("tunnel") && text.contains("withdrawn"),
        "{text}"
    );
}

#[test]
fn a_source_is_listed_with_publisher_date_language_and_whether_a_copy_is_held() {
    let world = World::with_verdict();
    world.file("other.txt", "Other words.\n");
    world.yes("source add other.txt --title Other --publisher Gazette --published 2026-03-10 --language de --label other --as jonas");
    world.file("third.txt", "Third words.\n");
    world.yes("source add third.txt --title Third --publisher Gazette --hash-only --label third --as jonas");
    world.yes("source add --never-held --seen-by 'jonas, on 2 March' --title Post --publisher Ana --label post --as jonas");
    let list = world.yes("source list");
    let held: Vec<&str> = list["found"]
        .as_array()
        .expect("sources")
        .iter()
        .map(|source| source["held"].as_str().expect("a word"))
        .collect();
    assert_eq!(held, ["held", "held", "digestOnly", "neverHeld"]);
    assert_eq!(list["found"][1]["publisher"], "Gazette");
    assert_eq!(list["found"][1]["published"], "2026-03-10");
    assert_eq!(list["found"][1]["language"], "de");
    world.yes("snapshot withhold other --reason 'a name' --as mara");
    let text = world.run("source list").out;
    let line = text
        .lines()
        .find(|line| line.contains(" other "))
        .expect("it is listed");
    assert!(
        line.contains("withheld") && line.contains("2026-03-10") && line.contains(" de "),
        "{text}"
    );
}
