//! The packages we use, as `cargo metadata` lists them for this platform: `deny.toml` allows the licence of each, and
//! none needs a newer Rust than `Cargo.toml` and the README name.

use serde::Deserialize;
use spdx::{Expression, ParseMode};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
    resolve: Resolve,
}

#[derive(Deserialize)]
struct Package {
    id: String,
    name: String,
    version: String,
    license: Option<String>,
    rust_version: Option<String>,
    /// None for a package of this workspace.
    source: Option<String>,
}

#[derive(Deserialize)]
struct Resolve {
    nodes: Vec<Node>,
}

#[derive(Deserialize)]
struct Node {
    id: String,
    deps: Vec<Dependency>,
}

#[derive(Deserialize)]
struct Dependency {
    pkg: String,
    dep_kinds: Vec<DependencyKind>,
}

#[derive(Deserialize)]
struct DependencyKind {
    /// `dev` or `build`; none for a package that is linked into the program.
    kind: Option<String>,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// What a tool of the Rust toolchain prints. `variable` names the tool where `cargo test` was told to use another.
fn printed(variable: &str, tool: &str, words: &[&str]) -> Vec<u8> {
    let tool = std::env::var_os(variable).unwrap_or_else(|| tool.into());
    let run = Command::new(&tool).args(words).current_dir(root()).output();
    let run = run.unwrap_or_else(|e| panic!("cannot run {}: {e}", tool.display()));
    let said = String::from_utf8_lossy(&run.stderr);
    assert!(
        run.status.success(),
        "{} {} failed. It needs the packages that `cargo fetch --locked` downloads. It said:\n{said}",
        tool.display(),
        words.join(" "),
    );
    run.stdout
}

/// The packages of this platform. Those of others are not on a machine that has only built for itself.
fn metadata() -> Metadata {
    let version = String::from_utf8(printed("RUSTC", "rustc", &["-vV"])).expect("text");
    let host = version.lines().find_map(|line| line.strip_prefix("host: "));
    let host = host.expect("`rustc -vV` names the host");
    let words = [
        "metadata",
        "--format-version=1",
        "--locked",
        "--offline",
        "--filter-platform",
        host,
    ];
    serde_json::from_slice(&printed("CARGO", "cargo", &words)).expect("the form of version 1")
}

/// The packages linked into the program: what `claimledger` needs to run, and what that needs.
fn shipped(all: &Metadata) -> Vec<&Package> {
    let packages: BTreeMap<&str, &Package> = all.packages.iter().map(|p| (&*p.id, p)).collect();
    let needs: BTreeMap<&str, &[Dependency]> = all
        .resolve
        .nodes
        .iter()
        .map(|node| (&*node.id, &*node.deps))
        .collect();
    let mut program = all.packages.iter().filter(|p| p.name == "claimledger");
    let mut ahead = vec![&*program.next().expect("the program").id];
    let mut reached = BTreeSet::new();
    while let Some(id) = ahead.pop() {
        if reached.insert(id) {
            let linked = needs[id].iter();
            let linked = linked.filter(|d| d.dep_kinds.iter().any(|k| k.kind.is_none()));
            ahead.extend(linked.map(|dependency| &*dependency.pkg));
        }
    }
    reached.into_iter().map(|id| packages[id]).collect()
}

/// The licences that `deny.toml` allows.
fn allow_list() -> BTreeSet<String> {
    let file = std::fs::read_to_string(root().join("deny.toml")).expect("deny.toml");
    let file: toml::Table = file.parse().expect("TOML");
    let listed = file["licenses"]["allow"].as_array().expect("a list");
    let names = listed.iter().map(|name| name.as_str().expect("a name"));
    names.map(str::to_owned).collect()
}

/// Whether a package may be used: with `OR` one of its licences must be allowed, with `AND` all. `/` is an old `OR`.
fn allows(list: &BTreeSet<String>, licence: &str) -> bool {
    Expression::parse_mode(licence, ParseMode::LAX).is_ok_and(|expression| {
        expression.evaluate(|required| list.contains(&required.to_string()))
    })
}

#[test]
fn every_package_has_a_licence_that_deny_toml_allows() {
    let all = metadata();
    let list = allow_list();
    let shipped = shipped(&all);
    assert!(shipped.len() > 100, "{} packages shipped", shipped.len());
    assert!(shipped.iter().any(|package| package.name == "sled"));
    assert!(!shipped.iter().any(|package| package.name == "criterion"));
    let refused = |package: &Package| {
        let licence = package.license.as_deref().unwrap_or("no licence");
        let line = format!("{} {}: {licence}", package.name, package.version);
        (!allows(&list, licence)).then_some(line)
    };
    let in_program: Vec<String> = shipped.into_iter().filter_map(refused).collect();
    assert!(in_program.is_empty(), "shipped: {in_program:#?}");
    // `cargo deny` looks at the tools of tests and builds too.
    let in_tests: Vec<String> = all.packages.iter().filter_map(refused).collect();
    assert!(in_tests.is_empty(), "tests and builds: {in_tests:#?}");
}

#[test]
fn licence_expressions_are_evaluated_correctly() {
    let list: BTreeSet<String> = ["MIT", "ISC"].map(str::to_owned).into();
    for good in [
        "MIT",
        "GPL-3.0-only OR MIT",
        "Apache-2.0/MIT",
        "MIT AND (ISC OR Zlib)",
    ] {
        assert!(allows(&list, good), "{good}");
    }
    for bad in [
        "Apache-2.0",
        "MIT AND Apache-2.0",
        "Apache-2.0 WITH LLVM-exception",
        "no licence",
        "",
    ] {
        assert!(!allows(&list, bad), "{bad}");
    }
}

/// `1.95` and `1.95.0` are the same release.
fn release(version: &str) -> Vec<u32> {
    let numbers = version.split('.').map(|n| n.parse().expect("a number"));
    let mut release: Vec<u32> = numbers.collect();
    release.resize(3, 0);
    release
}

#[test]
fn every_package_builds_with_the_rust_version_in_cargo_toml_and_readme() {
    let all = metadata();
    let (ours, others): (Vec<&Package>, Vec<&Package>) =
        all.packages.iter().partition(|p| p.source.is_none());
    let named = |package: &&Package| package.rust_version.clone();
    let ours: BTreeSet<String> = ours.iter().map(|p| named(p).expect(&p.name)).collect();
    let [ours] = &ours.into_iter().collect::<Vec<_>>()[..] else {
        panic!("the packages of the workspace name several releases of Rust");
    };
    let needed = others.iter().filter_map(named);
    let newest = needed.max_by_key(|version| release(version));
    let newest = newest.expect("some package names a release");
    assert!(
        release(ours) >= release(&newest),
        "a package needs Rust {newest}; Cargo.toml names {ours}"
    );
    let readme = std::fs::read_to_string(root().join("README.md")).expect("README.md");
    assert!(
        readme.contains(&format!("({ours} or later)")),
        "README.md does not say that Rust {ours} or later is needed"
    );
}
