//! `record`: a whole case from one file, checked before, and all or nothing.

use crate::commands::world::World;
use std::path::Path;

fn example(world: &World) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/examples");
    for item in std::fs::read_dir(folder).unwrap() {
        let item = item.unwrap();
        let name = item.file_name().into_string().unwrap();
        if name.starts_with("ferry") {
            std::fs::copy(item.path(), world.path(&name)).unwrap();
        }
    }
    world.read("ferry.toml")
}

#[test]
fn the_example_is_recorded_in_one_commit() {
    let world = World::newsroom();
    example(&world);
    let before = world.files("ledger");
    let planned = world.yes("record ferry.toml --dry-run --as jonas");
    assert_eq!(world.files("ledger"), before, "a dry run writes nothing");
    let first = world.size();
    let added = world.yes("record ferry.toml --as jonas");
    let (planned, added) = (planned.as_array().unwrap(), added.as_array().unwrap());
    assert_eq!(added.len(), 13);
    for (at, (planned, added)) in planned.iter().zip(added).enumerate() {
        assert_eq!(added["index"], first + at as u64);
        assert_eq!(planned["index"], added["index"]);
        assert_eq!(planned["type"], added["type"]);
        // Each is signed against the head that the one before it makes.
        let shown = world.yes(&format!("show {}", added["index"]));
        assert_eq!(shown["statement"]["seen"]["size"], added["index"]);
    }
    assert_eq!(world.size(), first + 13);
    let verdict = world.body("ferry-record-verdict");
    assert_eq!(verdict["evidence"].as_array().unwrap().len(), 2);
    let report = world.yes("audit");
    assert_eq!(report["checked"]["excerpts"], 4);
    assert_eq!(report["checked"]["snapshots"], 3);
    assert_eq!(report["held"][0]["size"], first + 12);
}

#[test]
fn a_bad_last_item_leaves_the_ledger_as_it_was() {
    let world = World::newsroom();
    let case = example(&world);
    world.file(
        "ferry.toml",
        &case.replace("rating = \"False\"", "rating = \"Rather false\""),
    );
    let before = world.files("ledger");
    let refusal = world.no("record ferry.toml --as jonas", 4, "rating-unknown");
    assert_eq!(
        refusal["message"],
        "verdict 1 (ferry-record-verdict) of the case cannot be added"
    );
    assert!(
        refusal["causes"][0]
            .as_str()
            .unwrap()
            .contains("Rather false"),
        "{refusal}"
    );
    assert_eq!(world.files("ledger"), before);
    world.no(
        "record ferry.toml --dry-run --as jonas",
        4,
        "rating-unknown",
    );

    world.file(
        "ferry.toml",
        &case.replace("quote = \"2019: 431,902\"", "quote = \"2019: 431,903\""),
    );
    let refusal = world.no("record ferry.toml --as jonas", 4, "quotation-not-found");
    assert_eq!(
        refusal["message"],
        "evidence 2 (counts) of the case cannot be added"
    );
    assert_eq!(world.files("ledger"), before);
}

#[test]
fn each_name_in_a_case_stands_for_one_thing() {
    let world = World::newsroom();
    let case = example(&world);
    world.file(
        "ferry.toml",
        &case.replace("name = \"press-release\"", "name = \"ferry-courier\""),
    );
    world.no("record ferry.toml --as jonas", 4, "name-taken");
    world.file(
        "ferry.toml",
        &case.replace(
            "appeared-in = [\"ferry-courier\", \"ferry-gazette\"]",
            "appeared-in = [\"nowhere\"]",
        ),
    );
    world.no("record ferry.toml --as jonas", 1, "not-found");
    world.file("ferry.toml", &case);
    world.yes("record ferry.toml --as jonas");
    // The same case again would say the same names of other things.
    let before = world.files("ledger");
    world.no("record ferry.toml --as jonas", 4, "name-taken");
    assert_eq!(world.files("ledger"), before);
    world.file(
        "more.toml",
        "[[claim]]\ntext = \"More.\"\nclaimant = [\"many\"]\nappeared-in = [\"ferry-courier\"]\n",
    );
    world.yes("record more.toml --as jonas");
}

#[test]
fn an_error_in_a_case_names_its_line() {
    let world = World::newsroom();
    for (text, told) in [
        ("", "the case is empty"),
        (
            "[[claim]]\ntext = \"A.\"\nclaimant = [\"many\"]\ncolour = \"red\"\n",
            "colour",
        ),
        ("[[clam]]\ntext = \"A.\"\n", "clam"),
        ("[claim]\ntext = \"A.\"\n", "[[claim]]"),
        (
            "[[claim]]\nname = \"Not A Name\"\ntext = \"A.\"\nclaimant = [\"many\"]\n",
            "Not A Name",
        ),
        ("[[claim\n", "line"),
    ] {
        world.file("case.toml", text);
        let refusal = world.no("record case.toml --as jonas", 4, "file-malformed");
        assert!(
            refusal["message"].as_str().unwrap().contains(told),
            "{told}: {refusal}"
        );
    }
}
