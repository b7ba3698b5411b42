//! Feeds, tables, literature and graphs: what each carries, and what the words of other people cannot do in it.

use super::exporting::{approved, written};
use super::importing::{newsroom, review};
use super::world::World;
use claimledger::app::publish::lists::ListName;
use serde_json::{Value, json};
use std::collections::BTreeSet;

fn text(world: &World, line: &str) -> String {
    let run = world.run(line);
    assert_eq!(run.code, 0, "{line}\n{}{}", run.out, run.err);
    run.out
}

#[test]
fn a_feed_has_each_verdict_once_under_an_id_that_stays() {
    let world = approved();
    let id = world.yes("show closing-verdict")["id"].clone();
    let id = format!("urn:claimledger:{}", id.as_str().expect("an id"));
    let feed = written(
        &world,
        "export feed --format json --site https://desk.example",
    );
    assert_eq!(feed["version"], "https://jsonfeed.org/version/1.1");
    assert_eq!(feed["feed_url"], "https://desk.example/feed.json");
    let item = &feed["items"][0];
    assert_eq!(item["id"], id);
    assert_eq!(item["title"], "True: The bridge closes in April.");
    let before = item["date_modified"].as_str().expect("a date").to_owned();
    let corrections = written(&world, "export feed --format json --corrections");
    assert_eq!(corrections["items"], json!([]));
    let run = world.run("export feed");
    assert!(run.err.contains("1 item"), "{}", run.err);
    world.yes("withdraw closing-verdict --reason Misread. --as jonas");
    let feed = written(&world, "export feed --format json");
    assert_eq!(feed["items"].as_array().expect("items").len(), 1);
    let item = &feed["items"][0];
    assert_eq!(item["id"], id);
    assert_eq!(
        item["title"],
        "No longer stands: The bridge closes in April."
    );
    assert_eq!(item["_claimledger"]["standing"], "withdrawn");
    assert!(item["date_modified"].as_str().expect("a date") >= &*before);
    assert_eq!(item.get("tags"), None);
    let corrections = written(&world, "export feed --format json --corrections");
    assert_eq!(corrections["items"][0]["id"], format!("{id}:correction"));
    assert_eq!(corrections["items"][0]["summary"], "Misread.");
}

#[test]
fn an_unapproved_verdict_is_in_no_feed() {
    let world = World::with_verdict();
    let atom = text(&world, "export feed");
    assert!(!atom.contains("<entry"), "{atom}");
    assert!(
        world
            .run("export feed")
            .err
            .contains("not exported: 1 verdict (nobody approved)")
    );
}

#[test]
fn words_in_an_atom_feed_are_text() {
    let world = World::newsroom();
    world.yes(
        "claim add '</title><script>alert(1)</script>&amp;]]>' --claimant many --label words --as jonas",
    );
    world.yes(
        "verdict issue words --rating Unproven --why '<b>why</b>' --conflict none --label judged --as jonas",
    );
    world.yes("verdict approve judged --conflict none --as edith");
    let atom = text(&world, "export feed --site https://desk.example");
    assert!(
        atom.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>"),
        "{atom}"
    );
    assert!(!atom.contains("<script") && !atom.contains("<b>"), "{atom}");
    assert!(
        atom.contains("&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;amp;]]&gt;"),
        "{atom}"
    );
    assert_eq!(atom.matches("<entry").count(), 1);
    let page = text(&world, "export claimreview");
    assert!(!page.contains('<'), "{page}");
}

/// Every value that rows have, by its path; of a list the paths of its items.
fn paths(value: &Value, at: &str, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                let at = if at.is_empty() {
                    name.clone()
                } else {
                    format!("{at}.{name}")
                };
                paths(value, &at, found);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| paths(item, at, found)),
        Value::Null => {}
        _ => {
            found.insert(at.to_owned());
        }
    }
}

/// What a table does not have, because it is in a column in other words, or in the JSON alone.
const NOT_IN_TABLES: &[&str] = &[
    "standing.",
    "details.",
    "moved.",
    "objection.",
    "what.",
    "type",
    "ratings.",
];

#[test]
fn every_list_is_a_table_with_all_its_values_and_lines_as_in_json() {
    let world = approved();
    world.yes(
        "dispute open closing-verdict --grounds factualError --note 'It stays open.' --as mara",
    );
    world.file(
        "feed.json",
        &review("https://orla.example/1", "It sails.", "False").to_string(),
    );
    world.yes("import claimreview feed.json --as jonas");
    world.yes("export public --yes");
    world.yes("mirror add desk public");
    for name in ListName::ALL {
        let list = name.as_str();
        let lines = text(&world, &format!("export jsonl {list}"));
        let rows: Vec<Value> = lines
            .lines()
            .map(|line| serde_json::from_str(line).expect("JSON"))
            .collect();
        let table = text(&world, &format!("export csv {list}"));
        let columns = name.columns();
        assert_eq!(table.lines().next(), Some(&*columns.join(",")), "{list}");
        assert!(table.split("\r\n").count() > rows.len(), "{list}: {table}");
        let mut found = BTreeSet::new();
        for row in &rows {
            paths(row, "", &mut found);
        }
        for path in found {
            let known = columns.contains(&&*path)
                || NOT_IN_TABLES.iter().any(|prefix| path.starts_with(prefix));
            assert!(known, "{list}: no column for {path}");
        }
    }
    // The same structs as `--json` has.
    for (list, command) in [
        ("claims", "claim list"),
        ("verdicts", "verdict list"),
        ("reviews", "review list"),
    ] {
        let listed = world.yes(command);
        let lines = text(&world, &format!("export jsonl {list}"));
        let rows: Vec<Value> = lines
            .lines()
            .map(|line| serde_json::from_str(line).expect("JSON"))
            .collect();
        assert_eq!(listed["found"], Value::Array(rows), "{list}");
        assert!(!lines.is_empty(), "{list}");
    }
    let run = world.run("export csv nothing");
    assert_eq!(run.code, 2, "{}", run.err);
    assert!(run.err.contains("source-relations"), "{}", run.err);
}

#[test]
fn no_cell_is_a_formula_and_numbers_stay_numbers() {
    let world = World::newsroom();
    for (number, begins) in ["=", "+", "@"].iter().enumerate() {
        let words = vec![
            "claim".to_owned(),
            "add".to_owned(),
            format!("{begins}HYPERLINK(\"https://evil.example\",\"x\") {number}"),
            "--claimant".to_owned(),
            format!("{begins}SUM(A1), \"and\" more"),
            "--as".to_owned(),
            "jonas".to_owned(),
        ];
        let run = world.run_words(&words);
        assert_eq!(run.code, 0, "{}", run.err);
    }
    let table = text(&world, "export csv claims");
    let first = table.lines().nth(1).expect("a row");
    assert!(
        first
            .split(',')
            .next()
            .expect("a cell")
            .parse::<u64>()
            .is_ok(),
        "{first}"
    );
    for begins in [",=", ",+", ",@", ",\t", "\"=", "\"+", "\"@", "\"\t"] {
        assert!(!table.contains(begins), "{begins:?}: {table}");
    }
    assert!(table.contains("'=HYPERLINK"), "{table}");
}

#[test]
fn a_table_of_reviews_comes_in_again_and_adds_nothing() {
    let world = newsroom();
    let mut one = review(
        "https://orla.example/1",
        "The ferry, \"Orla\", is free.",
        "Mostly false",
    );
    one["reviewRating"]["bestRating"] = json!("5e0");
    one["inLanguage"] = json!("en");
    world.file("feed.json", &one.to_string());
    world.yes("import claimreview feed.json --as nadia");
    world.yes("export csv reviews --out reviews.csv");
    world.yes("export jsonl reviews --out reviews.jsonl");
    let map = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/docs/examples/maps/exported-reviews.toml"
    );
    let map = std::fs::read_to_string(map).expect("a map");
    world.file("map.toml", &map);
    let before = world.size();
    for line in ["import csv reviews.csv", "import jsonl reviews.jsonl"] {
        let answer = world.yes(&format!("{line} --map map.toml --as nadia"));
        assert_eq!(answer["counts"]["already"], 1, "{line}: {answer}");
    }
    assert_eq!(world.size(), before);
}

#[test]
fn sources_are_literature_with_their_digests_and_keys_that_stay() {
    let world = approved();
    world.yes(
        "source add --never-held --seen-by 'the reviewer' --title 'Fares & {tolls} 100%' --publisher 'Port_of_Elma' \
         --url https://port.example/a_b --published 2026-05 --as jonas",
    );
    let items = written(&world, "export csl");
    assert_eq!(items.as_array().expect("items").len(), 2);
    let entry = world.yes("show wire")["index"].to_string();
    assert_eq!(items[0]["id"], format!("desk.example-facts-{entry}"));
    assert_eq!(items[0]["title"], "Bridge closes");
    assert_eq!(
        items[0]["custom"]["sha256"][0].as_str().map(str::len),
        Some(64)
    );
    assert_eq!(items[1]["issued"]["date-parts"], json!([[2026, 5]]));
    let of_claim = written(&world, "export csl closing");
    assert_eq!(of_claim.as_array().expect("items").len(), 1);
    let bib = text(&world, "export bibtex");
    assert!(
        bib.contains(&format!("{{desk.example-facts-{entry},")),
        "{bib}"
    );
    assert!(
        bib.contains("Fares \\& \\textbraceleft{}tolls\\textbraceright{} 100\\%"),
        "{bib}"
    );
    assert!(bib.contains("SHA-256 of a copy: "), "{bib}");
    world.yes("withdraw wire --reason Forged. --as jonas");
    let items = written(&world, "export csl");
    assert_eq!(
        items.as_array().expect("items").len(),
        1,
        "what was withdrawn is no literature"
    );
}

#[test]
fn the_chain_of_a_claim_names_who_did_what_and_what_ended_it() {
    let world = approved();
    let chain = written(&world, "export prov closing");
    let id = |name: &str| {
        let shown = world.yes(&format!("show {name}"));
        format!("statement:{}", shown["id"].as_str().expect("an id"))
    };
    let verdict = id("closing-verdict");
    assert_eq!(chain["entity"][&verdict]["claimledger:rating"], "true");
    assert_eq!(
        chain["entity"][&verdict]["claimledger:standing"],
        "approved"
    );
    for person in ["jonas", "edith"] {
        let agent = format!("person:desk-example.{person}");
        assert!(chain["agent"].get(&agent).is_some(), "{agent}: {chain}");
    }
    let relations = |chain: &Value, section: &str| -> Vec<Value> {
        let all = chain[section].as_object().cloned().unwrap_or_default();
        all.into_iter().map(|(_, relation)| relation).collect()
    };
    let derived = relations(&chain, "wasDerivedFrom");
    let quoted = derived
        .iter()
        .find(|one| one["prov:generatedEntity"] == *id("said"));
    let quoted = quoted.expect("the evidence is from a source");
    assert_eq!(quoted["prov:usedEntity"], id("wire"));
    assert_eq!(quoted["prov:type"]["$"], "prov:Quotation");
    assert!(relations(&chain, "wasInvalidatedBy").is_empty());
    world.yes("withdraw closing-verdict --reason Misread. --as jonas");
    let chain = written(&world, "export prov closing");
    let ended = relations(&chain, "wasInvalidatedBy");
    assert_eq!(ended.len(), 1);
    assert_eq!(ended[0]["prov:entity"], verdict);
    let activity = ended[0]["prov:activity"].as_str().expect("an activity");
    assert!(chain["activity"].get(activity).is_some(), "{chain}");
    world.no("export prov wire", 1, "wrong-kind");
}

#[test]
fn the_graph_of_a_claim_has_what_the_table_shows() {
    let world = approved();
    let graph = text(&world, "export graphml closing");
    for part in [
        "edgedefault=\"directed\"",
        "Northern Wire",
        "Bridge closes",
        ">supports<",
        ">evidence<",
    ] {
        assert!(graph.contains(part), "{part}: {graph}");
    }
    assert_eq!(graph.matches("<node ").count(), 2, "{graph}");
    assert_eq!(graph.matches("<edge ").count(), 1, "{graph}");
}
