//! Lists on a terminal: no line is wider than the terminal, and labels stay whole.

use crate::commands::world::World;
use unicode_width::UnicodeWidthStr as _;

const LISTS: &[&str] = &[
    "claim list",
    "source list",
    "evidence list",
    "verdict list",
    "scale list",
    "scale show",
    "key list",
    "org list",
    "log",
    "doctor",
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
