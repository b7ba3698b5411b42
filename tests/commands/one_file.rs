//! `prove --format html`: a page in one file, which `verify` reads like the dossier in it.

use super::world::World;

/// A world with a verdict, and the key of its ledger.
fn world() -> (World, String) {
    let world = World::with_verdict();
    let key = world.run("audit --json");
    let key: serde_json::Value = serde_json::from_str(&key.out).expect("JSON");
    let key = key["vkey"].as_str().expect("a key").to_owned();
    (world, key)
}

#[test]
fn a_page_in_one_file_is_verified_like_its_dossier_and_loads_nothing() {
    let (world, key) = world();
    for (entry, kind) in [
        ("closing-verdict", "verdict"),
        ("closing", "claim"),
        ("wire", "source"),
        ("0", "entry"),
    ] {
        let run = world.run(&format!("prove {entry} --format html -o {kind}.html"));
        assert_eq!(run.code, 0, "{kind}: {}", run.err);
        let page = world.read(&format!("{kind}.html"));
        assert!(page.len() < 400 * 1024, "{kind}: {} bytes", page.len());
        assert!(!page.contains("{{") || !page.contains("}}"), "{kind}");
        // No place to load from, and no link that leads nowhere.
        let markup = page.split("<style>").next().unwrap_or_default();
        assert!(markup.contains("default-src 'none'"), "{kind}");
        let content = &page[page.find("<main").expect("main")..page.find("</main>").expect("end")];
        assert!(!content.contains("href="), "{kind}: {content}");
        world.run(&format!("prove {entry} -o {kind}.dossier"));
        let of_page = world.run(&format!("verify {kind}.html --ledger-key '{key}'"));
        let of_dossier = world.run(&format!("verify {kind}.dossier --ledger-key '{key}'"));
        assert_eq!(of_page.code, of_dossier.code, "{kind}");
        assert_eq!(of_page.out, of_dossier.out, "{kind}");
    }
    let linked =
        world.run("prove closing --format html --site https://desk.example -o linked.html");
    assert_eq!(linked.code, 0, "{}", linked.err);
    let page = world.read("linked.html");
    assert!(page.contains("href=\"https://desk.example/entries/"));
    let arabic = world.run("prove closing --format html --language ar -o arabic.html");
    assert_eq!(arabic.code, 0, "{}", arabic.err);
    assert!(world.read("arabic.html").contains("dir=\"rtl\""));
}

#[test]
fn an_altered_page_in_one_file_is_refused_and_other_formats_take_no_site() {
    let (world, key) = world();
    world.run("prove closing --format html -o page.html");
    let page = world.read("page.html");
    let at = page.find("id=\"dossier\">").expect("the dossier") + 400;
    let other = if &page[at..=at] == "A" { "B" } else { "A" };
    world.file(
        "altered.html",
        &format!("{}{other}{}", &page[..at], &page[at + 1..]),
    );
    let run = world.run(&format!("verify altered.html --ledger-key '{key}'"));
    assert!(matches!(run.code, 1 | 3), "{}{}", run.out, run.err);
    assert!(!run.out.contains("are genuine"), "{}", run.out);
    for line in [
        "prove closing --site https://desk.example -o it.dossier",
        "prove closing --language ar --format dsse -o it.dsse",
    ] {
        let run = world.run(line);
        assert_eq!(run.code, 2, "{line}: {}", run.err);
        assert!(run.err.contains("--format html"), "{}", run.err);
    }
}
