//! `docs/cases.md`: its case is recorded, and it names every field that a case can have.

use crate::commands::world::World;

const PAGE: &str = include_str!("../../docs/cases.md");

/// The blocks of a language.
fn blocks(language: &str) -> Vec<&'static str> {
    let begin = format!("```{language}\n");
    let blocks = PAGE.split(&begin).skip(1);
    blocks
        .map(|rest| rest.split_once("```").expect("its end").0)
        .collect()
}

#[test]
fn the_case_of_the_page_can_be_recorded() {
    let world = World::newsroom();
    world.file("council.txt", blocks("text")[0]);
    let cases = blocks("toml");
    world.file("case.toml", cases[0]);
    world.file("correction.toml", cases[1]);
    let planned = world.yes("record case.toml --dry-run --as jonas");
    assert_eq!(planned.as_array().map(Vec::len), Some(7));
    world.yes("record case.toml --as jonas");
    assert_eq!(world.body("bridge-verdict")["rating"], "false");
    world.yes("record correction.toml --as jonas");
    assert_eq!(
        world.body("bridge-of-velden")["correction"]["wasWrong"],
        "it did not say which bridge"
    );
    world.clean("");
}
