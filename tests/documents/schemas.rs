//! The schemas in docs/schema are those of the program, and the changelog names every answer whose schema has changed.

use super::statement_schemas::exceptions;
use claimledger::cli::answers::{ANSWERS, refusal};
use claimledger_core::crypto::sha256;
use claimledger_core::model::{StatementType, schema};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/schema")
}

fn bless(variable: &str) -> bool {
    std::env::var_os(variable).is_some()
}

/// The schema of each answer, by its name.
fn answers() -> BTreeMap<&'static str, Value> {
    let all = ANSWERS
        .iter()
        .map(|answer| (answer.name, answer.schema().into()));
    all.chain([("refusal", refusal().into())]).collect()
}

/// Every file of the folder that the program decides.
fn files() -> BTreeMap<String, String> {
    let printed = |schema: &Value| format!("{schema:#}\n");
    let mut files = BTreeMap::from([("README.md".to_owned(), page())]);
    for of in StatementType::ALL {
        files.insert(
            format!("statement/{of}.json"),
            printed(&schema::statement(*of).into()),
        );
    }
    for (name, schema) in answers() {
        files.insert(format!("answer/{name}.json"), printed(&schema));
    }
    files
}

fn page() -> String {
    let mut page = "# Schemas\n\n\
        JSON Schema (2020-12) of every type of statement and of every answer under `--json`. The program makes these files; \
        a test compares them with the program and with what it reads and prints. `CLAIMLEDGER_BLESS=1 cargo test schemas::` rewrites them.\n\n\
        ## Statements\n\n\
        `statement/TYPE.json` is the schema of the signed payload. A schema says less than the decoder: a statement that it \
        accepts can still be refused. It never refuses a statement that the decoder accepts. What it leaves out:\n\n\
        | what a schema does not say | examples in tests/vectors/statement |\n|---|---|\n"
        .to_owned();
    for (what, names) in exceptions() {
        let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
        writeln!(page, "| {what} | {} |", names.join(", ")).expect("a text");
    }
    page.push_str(
        "\n## Answers\n\n\
         An answer has no fields that its schema does not name. A command that adds several statements prints one answer for each. \
         A command that refuses prints `answer/refusal.json` on standard error.\n\n\
         | schema | commands |\n|---|---|\n",
    );
    for answer in ANSWERS {
        let commands: Vec<String> = answer
            .commands
            .iter()
            .map(|command| format!("`{command}`"))
            .collect();
        writeln!(
            page,
            "| [{0}](answer/{0}.json) | {1} |",
            answer.name,
            commands.join(", ")
        )
        .expect("a text");
    }
    page
}

#[test]
fn the_published_schemas_are_those_of_the_program() {
    let expected = files();
    if bless("CLAIMLEDGER_BLESS") {
        for kind in ["statement", "answer"] {
            let _ = std::fs::remove_dir_all(folder().join(kind));
            std::fs::create_dir_all(folder().join(kind)).expect("a folder");
        }
        for (name, text) in &expected {
            std::fs::write(folder().join(name), text).expect("a file");
        }
        return;
    }
    let differ: Vec<&String> = expected
        .iter()
        .filter(|(name, text)| {
            std::fs::read_to_string(folder().join(name)).ok().as_ref() != Some(text)
        })
        .map(|(name, _)| name)
        .collect();
    assert!(differ.is_empty(), "CLAIMLEDGER_BLESS=1 rewrites {differ:?}");
    for kind in ["statement", "answer"] {
        for file in std::fs::read_dir(folder().join(kind)).expect("a folder") {
            let name = format!(
                "{kind}/{}",
                file.expect("a file").file_name().to_string_lossy()
            );
            assert!(
                expected.contains_key(&name),
                "{name} is the schema of nothing"
            );
        }
    }
}

/// The digests of the answers' schemas at the last release. Before the first one: when they were first published.
const RELEASED: &str = "released.txt";

/// A schema without the words for people, which may change.
fn structure(schema: &mut Value) {
    match schema {
        Value::Object(fields) => {
            // A property may have this name; then it is no text.
            for words in ["title", "description"] {
                if fields.get(words).is_some_and(Value::is_string) {
                    fields.remove(words);
                }
            }
            fields.values_mut().for_each(structure);
        }
        Value::Array(all) => all.iter_mut().for_each(structure),
        _ => {}
    }
}

#[test]
fn the_changelog_names_every_answer_whose_schema_has_changed() {
    let mut now = BTreeMap::new();
    for (name, mut schema) in answers() {
        structure(&mut schema);
        now.insert(name, sha256(&[schema.to_string().as_bytes()]).to_string());
    }
    // Only a release rewrites it.
    if bless("CLAIMLEDGER_RELEASE") {
        let lines: Vec<String> = now
            .iter()
            .map(|(name, digest)| format!("{name} {digest}"))
            .collect();
        let lines = lines.join("\n") + "\n";
        std::fs::write(folder().join(RELEASED), lines).expect("a file");
        return;
    }
    let released = std::fs::read_to_string(folder().join(RELEASED)).expect("the released digests");
    let released: BTreeMap<&str, &str> = released
        .lines()
        .filter_map(|line| line.split_once(' '))
        .collect();
    let changelog = include_str!("../../CHANGELOG.md");
    let (_, unreleased) = changelog.split_once("## Unreleased").expect("the section");
    let unreleased = unreleased.split("\n## ").next().expect("the section");
    let names: BTreeSet<&&str> = now.keys().chain(released.keys()).collect();
    let unnamed: Vec<&&str> = names
        .into_iter()
        .filter(|name| now.get(**name).map(String::as_str) != released.get(**name).copied())
        .filter(|name| !unreleased.contains(&format!("`answer/{name}.json`")))
        .collect();
    assert!(
        unnamed.is_empty(),
        "the schemas of these answers have changed since the last release; say in CHANGELOG.md, Unreleased, how, \
         and name each as `answer/NAME.json`: {unnamed:?}"
    );
}
