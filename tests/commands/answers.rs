//! Every answer under `--json` is as its schema in docs/schema says, and has no field that the schema does not name.

use super::output::{TYPED, found_in, prepared};
use super::sealed::{Beginning, PROGRAM, Sealed, copy_folder};
use crate::documents::reference::leaves;
use claimledger::cli::answers::{ANSWERS, AnswerSchema, refusal};
use jsonschema::Validator;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Forms of answers that no line of [`TYPED`] has.
const MORE: &[&str] = &[
    "claim list --everywhere",
    "claim list --all",
    "search ferry --everywhere",
    "log --last 3",
    "source add more.txt --title More --publisher Me --supports ferry --quote 'More was written.' --as jonas",
    "source add more.txt --title More --publisher Me --supports ferry --quote 'Less.' --copy-of nothing --because No. --as jonas",
    "evidence add ferry wire --stance supports --as jonas --draft evidence.json",
    "verdict list --changed",
    "evidence add ferry wire --stance supports --quote 'Nothing of the kind.' --as jonas",
    "show nothing",
    "verify claim.dsse.json",
    "prove ferry --format tlog-proof -o p.tlog",
    "key request lena --role editor -o lena.json",
    "record broken.toml --as jonas",
    "import claimreview review.json --as jonas --dry-run",
];

/// The answers whose JSON is not the program's own: what they print is another standard's.
const WITHOUT: &[&str] = &["completions", "man", "demo"];

fn command_of(line: &str) -> Option<&'static AnswerSchema> {
    let begins = |command: &&str| line == *command || line.starts_with(&format!("{command} "));
    let all = ANSWERS.iter().filter_map(|answer| {
        let longest = answer
            .commands
            .iter()
            .filter(|c| begins(c))
            .map(|c| c.len());
        Some((longest.max()?, answer))
    });
    all.max_by_key(|(length, _)| *length)
        .map(|(_, answer)| answer)
}

fn validator(schema: &Value) -> Validator {
    jsonschema::draft202012::new(schema).expect("a schema")
}

/// What of a value is not as a schema says.
fn faults(validator: &Validator, value: &Value) -> Vec<String> {
    let all = validator.iter_errors(value);
    all.map(|fault| format!("{}: {fault}", fault.instance_path()))
        .collect()
}

/// The same answer with a field that no answer has; `None` if it has no object.
fn with_another_field(mut value: Value) -> Option<Value> {
    let answer = match &mut value {
        Value::Array(all) => all.first_mut()?,
        one => one,
    };
    let field = ("not-a-field".to_owned(), Value::Null);
    answer.as_object_mut()?.extend([field]);
    Some(value)
}

/// What is wrong with the answer to a line, typed in a world of its own.
fn wrong(prepared: &Sealed, validators: &BTreeMap<&str, Validator>, line: &str) -> Option<String> {
    let answer = command_of(line)?;
    let world = Sealed::new(Beginning::Nothing);
    for folder in ["desk", "state"] {
        copy_folder(&prepared.path(folder), &world.path(folder));
    }
    let said = world
        .command("/bin/sh")
        .args(["-c", &format!("exec {PROGRAM} {line} --json")])
        .output();
    let said = said.expect("a shell");
    let (out, err) = (
        String::from_utf8_lossy(&said.stdout),
        String::from_utf8_lossy(&said.stderr),
    );
    let mut found = Vec::new();
    let mut seen = 0;
    for value in serde_json::Deserializer::from_str(&out).into_iter::<Value>() {
        match value {
            Ok(value) => {
                let validator = &validators[answer.name];
                found.extend(faults(validator, &value));
                if with_another_field(value).is_some_and(|value| validator.is_valid(&value)) {
                    found.push("another field is not refused".to_owned());
                }
            }
            Err(e) => found.push(e.to_string()),
        }
        seen += 1;
    }
    if seen == 0 {
        match serde_json::from_str::<Value>(&err) {
            Ok(value) => found.extend(faults(&validators["refusal"], &value)),
            Err(e) => found.push(format!("no answer and no refusal: {e}")),
        }
    }
    let found: Vec<String> = found
        .iter()
        .map(|one| one.chars().take(600).collect())
        .collect();
    (!found.is_empty()).then(|| format!("{line}\n  {}\n  {err}", found.join("\n  ")))
}

#[test]
fn every_answer_is_as_its_schema_says_and_has_no_other_field() {
    let prepared = prepared();
    std::fs::write(
        prepared.desk().join("broken.toml"),
        "[[claim]]\ntex = \"x\"\n[[verdict]]\n",
    )
    .expect("a file");
    let mut validators: BTreeMap<&str, Validator> = ANSWERS
        .iter()
        .map(|answer| (answer.name, validator(&answer.schema().into())))
        .collect();
    validators.insert("refusal", validator(&refusal().into()));
    let size = prepared.run(&["log", "--json"]);
    let size = serde_json::from_str::<Vec<Value>>(&size.out)
        .expect("JSON")
        .len();
    // The screens of every type of statement.
    let mut lines: Vec<String> = (0..size).map(|entry| format!("show {entry}")).collect();
    let typed = TYPED
        .iter()
        .map(|(line, _)| *line)
        .chain(MORE.iter().copied());
    let own = |line: &&str| {
        ["--json", "--help", "--version", "--envelope"]
            .iter()
            .all(|not| !line.contains(not))
    };
    lines.extend(typed.filter(own).map(str::to_owned));
    // `witness serve` runs until it is stopped.
    let printed: BTreeSet<&str> = lines
        .iter()
        .filter_map(|line| command_of(line))
        .map(|answer| answer.name)
        .collect();
    let never: Vec<&str> = ANSWERS
        .iter()
        .map(|answer| answer.name)
        .filter(|name| !printed.contains(name))
        .collect();
    assert_eq!(never, ["witness-ready"]);
    let wrong = found_in(&lines, |line| wrong(&prepared, &validators, line));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_command_has_an_answer_with_a_schema() {
    let listed: Vec<&str> = ANSWERS
        .iter()
        .flat_map(|answer| answer.commands)
        .copied()
        .chain(WITHOUT.iter().copied())
        .collect();
    let commands: Vec<String> = leaves().into_iter().map(|words| words.join(" ")).collect();
    let missing: Vec<&String> = commands
        .iter()
        .filter(|command| !listed.contains(&command.as_str()))
        .collect();
    assert!(
        missing.is_empty(),
        "{missing:?} have no row in src/cli/answers.rs"
    );
    // These are commands and groups of commands.
    let both = ["checkpoint", "export"];
    let unknown = listed.iter().filter(|command| {
        !both.contains(command) && !commands.iter().any(|known| known == *command)
    });
    assert_eq!(unknown.collect::<Vec<_>>(), Vec::<&&str>::new());
    let distinct: BTreeSet<&&str> = listed.iter().collect();
    assert_eq!(distinct.len(), listed.len(), "a command has two answers");
}
