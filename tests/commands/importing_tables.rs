//! `import csv|jsonl|check`: tables by a mapping, and what a newsroom's own reviews become as verdicts.

use super::importing::{newsroom, review};
use serde_json::{Value, json};

fn counts(answer: &Value, name: &str) -> u64 {
    answer["counts"][name].as_u64().expect("a number")
}

const MAP: &str = r#"
date-format = "%d/%m/%Y"
[columns]
claim = "Statement"
label = "Verdict"
url = "Link"
claimant = "Who"
claimDate = "Said on"
published = "Published"
[always]
author = "Orla Check"
"#;

#[test]
fn a_table_is_read_by_its_mapping() {
    let world = newsroom();
    world.file("map.toml", MAP);
    world.file(
        "checks.csv",
        "Link,Statement,Verdict,Who,Said on,Published\r\n\
         https://orla.example/1,\"The ferry, on Sundays,\nis free.\",False,Iva Holm,29/04/2024,2 May 2024\r\n\
         https://orla.example/2,The pier sank.,,,,\r\n\
         https://orla.example/3,too few cells\r\n\
         https://orla.example/4,=1+1,True,x.com,31/02/2024,\r\n",
    );
    let run = world.run("import csv checks.csv --map map.toml --as nadia --report r.jsonl --json");
    assert_eq!(run.code, 1, "{}{}", run.out, run.err);
    let answer: Value = serde_json::from_str(&run.out).expect("JSON");
    assert_eq!(counts(&answer, "recorded"), 2);
    assert_eq!(counts(&answer, "refused"), 1);
    assert_eq!(counts(&answer, "unread"), 1);
    assert!(run.err.contains("read as UTF-8"), "{}", run.err);
    let listed = world.yes("review list");
    let first = world.body(&listed["found"][0]["index"].to_string());
    assert_eq!(first["raw"]["at"], "row 2");
    assert_eq!(first["published"], "2 May 2024");
    let claim = world.body(&listed["found"][0]["claim"].to_string());
    assert_eq!(claim["text"], "The ferry, on Sundays,\nis free.");
    assert_eq!(claim["made"], "2024-04-29");
    // A cell that a spreadsheet would compute is words here.
    assert_eq!(listed["found"][1]["claimText"], "=1+1");
    let report = world.read("r.jsonl");
    for code in [
        "malformed",
        "label-missing",
        "date-unclear",
        "claimant-unclear",
    ] {
        assert!(report.contains(&format!("\"{code}\"")), "{code}: {report}");
    }
    let again = world.run("import csv checks.csv --map map.toml --as nadia --json");
    let again: Value = serde_json::from_str(&again.out).expect("JSON");
    assert_eq!(counts(&again, "already"), 2);
    world.clean("");
}

#[test]
fn tab_separated_text_keeps_its_quotation_marks() {
    let world = newsroom();
    world.file(
        "map.toml",
        "delimiter = \"tab\"\nheader = false\n[columns]\nlabel = \"1\"\nclaim = \"2\"\nurl = \"3\"\n[always]\nauthor = \"Orla Check\"\n",
    );
    world.file(
        "checks.tsv",
        "False\t\"The ferry is free\thttps://orla.example/1\nTrue\tHe said \"no\".\thttps://orla.example/2\n",
    );
    let answer = world.yes("import csv checks.tsv --map map.toml --as nadia");
    assert_eq!(counts(&answer, "recorded"), 2);
    let listed = world.yes("review list");
    assert_eq!(listed["found"][0]["claimText"], "\"The ferry is free");
}

#[test]
fn another_encoding_is_read_only_if_somebody_says_so() {
    let world = newsroom();
    let table = "author,url,claim,label\nOrla Check,https://orla.example/1,La travers\u{e9}e est gratuite.,Faux\n";
    let latin: Vec<u8> = table
        .chars()
        .map(|c| u8::try_from(u32::from(c)).expect("Latin 1"))
        .collect();
    std::fs::write(world.path("latin.csv"), latin).expect("a file of the test");
    let run = world.run("import csv latin.csv --as nadia");
    assert_eq!(run.code, 1, "{}", run.out);
    let columns = "encoding = \"windows-1252\"\n[columns]\nauthor = \"author\"\nurl = \"url\"\nclaim = \"claim\"\nlabel = \"label\"\n";
    world.file("map.toml", columns);
    world.yes("import csv latin.csv --map map.toml --as nadia");
    let mut utf16 = vec![0xff, 0xfe];
    utf16.extend(
        table
            .replace("/1", "/2")
            .encode_utf16()
            .flat_map(u16::to_le_bytes),
    );
    std::fs::write(world.path("utf16.csv"), utf16).expect("a file of the test");
    world.yes("import csv utf16.csv --as nadia");
    let listed = world.yes("review list");
    let claims: Vec<&Value> = listed["found"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|row| &row["claimText"])
        .collect();
    assert_eq!(
        claims,
        [
            "La travers\u{e9}e est gratuite.",
            "La travers\u{e9}e est gratuite."
        ]
    );
}

#[test]
fn a_mapping_is_guessed_for_a_person_to_correct() {
    let world = newsroom();
    world.file("checks.csv", "Fact-checker,Link,Statement,Rating,Notes\n");
    let size = world.size();
    let run = world.run("import csv checks.csv --guess-map --as nadia");
    assert_eq!(run.code, 0, "{}", run.err);
    for line in [
        "author = \"Fact-checker\"",
        "url = \"Link\"",
        "claim = \"Statement\"",
        "label = \"Rating\"",
        "# published = \"\"",
        "#   \"Notes\"",
    ] {
        assert!(run.out.lines().any(|l| l == line), "{line}\n{}", run.out);
    }
    assert_eq!(world.size(), size);
    world.file("map.toml", &run.out);
    world.yes("import csv checks.csv --map map.toml --as nadia");
}

#[test]
fn a_mapping_that_does_not_fit_is_refused_with_what_there_is() {
    let world = newsroom();
    world.file("checks.csv", "a,b\n1,2\n");
    for (map, words) in [
        ("[columns]\nrating = \"a\"\n", "no field of a review"),
        ("delimiter = \"ab\"\n[columns]\n", "not one character"),
        ("date-format = \"%Y\"\n[columns]\n", "has no day"),
        ("colums = 1\n", "unknown field"),
    ] {
        world.file("map.toml", map);
        let refused = world.no(
            "import csv checks.csv --map map.toml --as nadia",
            4,
            "file-malformed",
        );
        let message = refused["message"].to_string();
        assert!(message.contains(words), "{map}: {message}");
    }
    world.file("map.toml", "[columns]\nclaim = \"c\"\n");
    let run = world.run("import csv checks.csv --map map.toml --as nadia");
    assert_eq!(run.code, 1);
    assert!(run.out.contains("has no column \"c\""), "{}", run.out);
}

#[test]
fn the_example_mappings_are_mappings() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/examples/maps");
    let mut seen = 0;
    for file in std::fs::read_dir(folder).expect("the mappings") {
        let path = file.expect("a file").path();
        let text = std::fs::read_to_string(&path).expect("text");
        let mapping = claimledger::formats::Mapping::parse(&text);
        assert!(mapping.is_ok(), "{}: {mapping:?}", path.display());
        seen += 1;
    }
    assert!(seen >= 4);
}

#[test]
fn an_export_of_check_is_completed_by_a_person() {
    let world = newsroom();
    world.file(
        "fact-checks.csv",
        "ID,Title,Summary,URL,Language,Report Status,Imported?\n\
         1,The ferry is free.,It is not.,https://orla.example/1,en,published,false\n",
    );
    let line = "import check fact-checks.csv --author 'Orla Check' --title-is-claim --report r.jsonl --as nadia";
    let run = world.run(line);
    assert_eq!(run.code, 1, "{}{}", run.out, run.err);
    let corrected = world
        .read("r.jsonl")
        .replace("\"label\":\"\"", "\"label\":\"False\"");
    world.file("corrected.jsonl", &corrected);
    world.yes("import jsonl corrected.jsonl --as nadia");
    let row = world.yes("review list")["found"][0].clone();
    assert_eq!(row["claimText"], "The ferry is free.");
    assert_eq!(row["author"], "Orla Check");
    world.file("explainers.csv", "ID,Title,Description,URL,Language\n");
    let refused = world.no(
        "import check explainers.csv --author 'Orla Check' --as nadia",
        4,
        "file-malformed",
    );
    assert!(
        refused["message"].to_string().contains("explainer"),
        "{refused}"
    );
}

#[test]
fn own_reviews_become_verdicts_by_a_mapping_of_labels_once() {
    let world = newsroom();
    let feed: Vec<Value> = ["False", " FALSE\u{a0}", "Complicated"]
        .iter()
        .enumerate()
        .map(|(number, label)| {
            review(
                &format!("https://orla.example/{number}"),
                &format!("Claim {number}."),
                label,
            )
        })
        .collect();
    world.file("feed.json", &json!(feed).to_string());
    world.file("labels.toml", "[labels]\nfalse = \"False\"\n");
    let scale = world.yes("scale list")["found"][0]["scale"]
        .as_str()
        .map(str::to_owned);
    let scale = scale.unwrap_or_else(|| "five-step".to_owned());
    let line = format!(
        "import claimreview feed.json --as-verdicts --scale {scale} --labels labels.toml --report r.jsonl --force"
    );
    let answer = world.yes(&format!("{line} --as jonas"));
    assert_eq!(counts(&answer, "recorded"), 3);
    assert_eq!(counts(&answer, "verdicts"), 2);
    assert!(world.read("r.jsonl").contains("\"label-unmapped\""));
    let size = world.size();
    let again = world.yes(&format!("{line} --as jonas"));
    assert_eq!(counts(&again, "verdicts"), 0);
    assert_eq!(world.size(), size);
    let listed = world.yes("verdict list");
    assert_eq!(listed["found"].as_array().map(Vec::len), Some(2));
    let body = world.body(&listed["found"][0]["index"].to_string());
    assert!(body["adopts"].is_string());
    world.clean("");
}

#[test]
fn a_rating_that_the_scale_does_not_have_is_refused_before_anything_is_added() {
    let world = newsroom();
    world.file(
        "one.json",
        &review("https://orla.example/1", "x y.", "False").to_string(),
    );
    world.file("labels.toml", "[labels]\nFalse = \"Quite false\"\n");
    let size = world.size();
    let run = world.run("import claimreview one.json --as-verdicts --scale five-step --labels labels.toml --as jonas");
    assert_eq!(run.code, 4, "{}{}", run.out, run.err);
    assert_eq!(world.size(), size);
}

#[test]
fn verdicts_of_an_import_that_wait_for_approval_are_one_row_of_open_work() {
    let world = newsroom();
    // Their days are in words, so nothing says when they were published: they wait for a second person.
    let feed: Vec<Value> = (0..110)
        .map(|number| {
            let claim = format!("The ferry carried {number} cars.");
            let mut one = review(&format!("https://orla.example/{number}"), &claim, "False");
            one["datePublished"] = json!("2 May 2024");
            one
        })
        .collect();
    world.file("feed.json", &json!(feed).to_string());
    world.file("labels.toml", "[labels]\nFalse = \"False\"\n");
    let line = "import claimreview feed.json --as-verdicts --scale five-step --labels labels.toml --as jonas";
    assert_eq!(counts(&world.yes(line), "verdicts"), 110);
    let run = world.run("todo --json");
    let open: Value = serde_json::from_str(&run.out).expect("JSON");
    let rows = open.as_array().expect("a list");
    assert_eq!(rows.len(), 1, "{}", run.out);
    assert_eq!(rows[0]["all"].as_array().map(Vec::len), Some(110));
}
