//! Answers that cannot be written: every command says so, and none of them calls it success. And what an answer must not
//! bring to a terminal.
#![cfg(target_os = "linux")]

use crate::commands::sealed::{Beginning, PROGRAM, Said, Sealed, copy_folder};
use crate::documents::reference::leaves;
use std::fs::File;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};

/// What a person types, and how it ends where its answer can be written.
pub(super) const TYPED: &[(&str, i32)] = &[
    ("init two.example/x --as mo --no-passphrase --ledger two", 0),
    ("demo", 0),
    ("key new lena --no-passphrase", 0),
    ("key list", 0),
    ("key request zoe --role reviewer -o zoe.json", 0),
    ("key enroll zoe --role reviewer --as mara", 0),
    ("key rotate jonas --to zoe --as jonas", 0),
    ("key revoke jonas --reason left --as mara", 0),
    ("key impact jonas", 0),
    (
        "key recover request --ledger safe/ledger --keys safe/keys --to zoe --revoke mara -o r2.json",
        0,
    ),
    (
        "key recover sign r.json --as kept --keys safe/kept -o r3.json",
        0,
    ),
    (
        "key recover submit signed.json --ledger safe/ledger --keys safe/keys --as zoe",
        0,
    ),
    (
        "source add more.txt --title More --publisher Me --as jonas",
        0,
    ),
    (
        "source capture wire more.txt --quotations-gone --as jonas",
        0,
    ),
    (
        "source relate timetable independentOf wire --note 'By another office.' --as jonas",
        0,
    ),
    (
        "source assess timetable ferry --as-origin firstHand --how 'It is the thing itself.' --as jonas",
        0,
    ),
    ("source transcribe wire more.txt --by Lena --as jonas", 0),
    ("source text wire", 0),
    ("source text wire --json", 0),
    ("source suggest timetable", 0),
    ("source relations", 0),
    ("source assessments", 0),
    ("source list", 0),
    ("claim add 'Something else.' --claimant many --as jonas", 0),
    (
        "claim add 'Something else.' --claimant many --as jonas --json",
        0,
    ),
    (
        "claim add 'Something else.' --claimant many --as jonas --draft later.json",
        0,
    ),
    ("claim relate ferry contradicts harbour --as jonas", 0),
    ("claim relations", 0),
    ("claim list", 0),
    ("evidence add ferry wire --stance supports --as jonas", 0),
    ("evidence list", 0),
    (
        "verdict issue harbour --rating Unproven --why 'It is not yet winter.' --conflict none --as jonas",
        0,
    ),
    ("verdict list", 0),
    ("verdict approve ferry-verdict --conflict none --as mara", 0),
    (
        "verdict reject ferry-verdict --conflict none --note No. --as mara",
        0,
    ),
    ("verdict abstain ferry-verdict --conflict none --as mara", 0),
    (
        "verdict recuse ferry-verdict --conflict 'I know her.' --as mara",
        0,
    ),
    (
        "verdict publish ferry-verdict --url https://desk.example/ferry --despite 'It is up.' --as mara",
        0,
    ),
    ("corroboration ferry", 0),
    ("withdraw days --reason Misread. --as jonas", 0),
    (
        "dispute open ferry-verdict --grounds missingContext --note 'It froze.' --as mara",
        0,
    ),
    (
        "dispute answer objection --outcome rejected --note 'It did not.' --as mara",
        0,
    ),
    ("dispute list", 0),
    ("record case.toml --as jonas", 0),
    ("import claimreview review.json --as jonas", 0),
    ("import csv reviews.csv --map map.toml --as jonas", 0),
    ("import jsonl reviews.jsonl --as jonas", 0),
    (
        "import check check.csv --author Other --title-is-claim --as jonas",
        0,
    ),
    ("review list", 0),
    ("record case.toml --as jonas --dry-run", 0),
    (
        "snapshot withhold wire --reason 'It names a private person.' --as mara",
        0,
    ),
    (
        "observe safe.checkpoint --vkey \"$(cat safe.vkey)\" --as mara",
        0,
    ),
    ("sign claim.json -o again.dsse.json --as jonas", 0),
    ("submit claim.dsse.json", 0),
    ("show ferry", 0),
    ("show ferry --envelope", 0),
    ("log", 0),
    ("log --json", 0),
    ("search ferry", 0),
    ("todo", 0),
    ("search nothingofthekind", 1),
    ("audit", 0),
    ("audit bad", 1),
    ("audit bad --json", 1),
    ("prove ferry-verdict -o p2.dossier", 0),
    ("verify p.dossier", 3),
    ("verify p.dossier --ledger-key \"$(cat vkey)\"", 0),
    ("export pub2 --yes", 0),
    ("export only --only ferry --yes", 0),
    ("export claimreview", 0),
    ("export claimreview --json", 0),
    ("export claimreview ferry", 1),
    ("export datafeed", 0),
    ("export feed", 0),
    ("export feed --format json --corrections", 0),
    ("export csv claims", 0),
    ("export csv claims --json", 0),
    ("export jsonl verdicts", 0),
    ("export csl", 0),
    ("export bibtex ferry", 0),
    ("export prov ferry", 0),
    ("export graphml ferry", 0),
    ("export site pages --yes", 0),
    ("pull pub --ledger copy", 0),
    ("mirror add other pub", 0),
    ("mirror list", 0),
    ("mirror update desk", 0),
    ("mirror show desk", 0),
    ("checkpoint", 0),
    ("checkpoint --json", 0),
    ("checkpoint --request request2", 0),
    ("checkpoint rotate --to zoe --as mara", 0),
    (
        "checkpoint retire ledger --ledger safe/ledger --keys safe/keys --as mara",
        0,
    ),
    ("witness new more --no-passphrase", 0),
    (
        "witness add-checkpoint request --as watch --log \"$(cat vkey)\"",
        0,
    ),
    ("ledger adopt --yes", 0),
    ("ledger close --reason 'It moved.' --yes", 0),
    ("ledger known", 0),
    ("ledger forget safe.example/x --yes", 0),
    ("org set desk-example --name 'The Desk' --as mara", 0),
    ("org list", 0),
    ("scale set scale.toml --as mara", 0),
    ("scale list", 0),
    ("scale show", 0),
    ("policy set policy.toml --as mara", 0),
    ("policy show", 0),
    ("report practice", 0),
    ("report practice --json", 0),
    ("doctor", 0),
    ("doctor --ledger torn", 1),
    ("doctor --ledger torn --json", 1),
    ("completions bash", 0),
    ("man", 0),
    ("--help", 0),
    ("--version", 0),
    ("audit --help", 0),
];

/// What the commands above need.
const PREPARED: &str = r#"set -eu
claimledger key new zoe --no-passphrase
claimledger witness new watch --no-passphrase
printf 'More was written.\n' > more.txt
claimledger key new olaf --no-passphrase
claimledger key enroll olaf --role editor --as mara
claimledger dispute open ferry-verdict --grounds factualError --note 'It sails.' --label objection --as olaf
claimledger claim add 'Signed before.' --claimant many --draft claim.json --as jonas
claimledger sign claim.json -o claim.dsse.json --as jonas
claimledger prove ferry-verdict -o p.dossier
claimledger checkpoint --json | sed -n 's/.*"vkey": "\(.*\)".*/\1/p' > vkey
claimledger checkpoint --request request
claimledger export pub --yes
claimledger mirror add desk pub
cp -r pub copy
cp -r ledger torn
cp torn/checkpoint torn/checkpoint.next
cp -r ledger bad
printf X | dd of=$(ls bad/tile/entries/000.p/* | tail -1) bs=1 seek=700 conv=notrunc
printf '[[claim]]\ntext = "Of a case."\nclaimant = ["many"]\n' > case.toml
printf '{"@type":"ClaimReview","url":"https://other.example/1","claimReviewed":"It sails.","author":{"name":"Other"},"reviewRating":{"alternateName":"False"}}' > review.json
printf 'who,where,what,how\nOther,https://other.example/2,It sinks.,False\n' > reviews.csv
printf '[columns]\nauthor = "who"\nurl = "where"\nclaim = "what"\nlabel = "how"\n' > map.toml
printf '{"author":"Other","url":"https://other.example/3","claim":"It floats.","label":"True"}\n' > reviews.jsonl
printf 'Fact-check title,Fact-check summary,Fact-check URL,Tags,Workspace,Updated at,Rating\nIt flies.,No.,https://other.example/4,,Desk,2024-05-02,False\n' > check.csv
printf 'approvals = 1\nroles = ["editor"]\n' > policy.toml
cp "$SCALE" scale.toml
mkdir safe
claimledger --keys safe/kept key new kept --no-passphrase
claimledger --ledger safe/ledger --keys safe/keys init safe.example/x --as mara --no-passphrase --recovery-key safe/kept/kept.pub --recovery-threshold 1
claimledger --keys safe/keys key new zoe --no-passphrase
claimledger --ledger safe/ledger checkpoint > safe.checkpoint
claimledger --ledger safe/ledger checkpoint --json | sed -n 's/.*"vkey": "\(.*\)".*/\1/p' > safe.vkey
claimledger --ledger safe/ledger --keys safe/keys key recover request --to zoe --holder mara --revoke mara -o r.json
claimledger --keys safe/keys key new seal --no-passphrase
claimledger --ledger safe/ledger --keys safe/keys checkpoint rotate --to seal --as mara
claimledger --keys safe/kept key recover sign r.json --as kept -o signed.json --yes
"#;

/// What standard output is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standard {
    Pipe,
    ClosedPipe,
    Full,
}

impl Standard {
    fn stdio(self) -> Stdio {
        match self {
            Self::Pipe => Stdio::piped(),
            Self::ClosedPipe => {
                let (reader, writer) = std::io::pipe().expect("a pipe");
                drop(reader);
                writer.into()
            }
            Self::Full => {
                let full = File::options().write(true).open("/dev/full");
                full.expect("/dev/full").into()
            }
        }
    }
}

pub(super) fn prepared() -> Sealed {
    let sealed = Sealed::new(Beginning::Story);
    let scale = concat!(env!("CARGO_MANIFEST_DIR"), "/scales/afp.toml");
    let said = sealed.shell(&format!("SCALE={scale}\n{PREPARED}"));
    assert!(said.status.success(), "{}{}", said.out, said.err);
    sealed
}

/// Types a line in a world of its own. Answers with the exit code, standard error, and how many entries the line added.
fn typed(prepared: &Sealed, line: &str, output: Standard) -> (Option<i32>, String, u64) {
    let world = Sealed::new(Beginning::Nothing);
    for folder in ["desk", "state"] {
        copy_folder(&prepared.path(folder), &world.path(folder));
    }
    let size = || {
        ["ledger", "safe/ledger"]
            .map(|ledger| std::fs::read_to_string(world.desk().join(ledger).join("checkpoint")))
            .map(|note| {
                note.expect("a checkpoint")
                    .lines()
                    .nth(1)
                    .map(str::parse::<u64>)
            })
            .map(|size| size.expect("a size").expect("a number"))
            .iter()
            .sum::<u64>()
    };
    let before = size();
    let mut command: Command = world.command("/bin/sh");
    command
        .args(["-c", &format!("exec {PROGRAM} {line}")])
        .stdout(output.stdio())
        .stderr(Stdio::piped());
    let said = command.spawn().expect("a shell").wait_with_output();
    let said = said.expect("its end");
    let errors = String::from_utf8_lossy(&said.stderr).into_owned();
    (said.status.code(), errors, size() - before)
}

/// What is wrong with how a line ends where it cannot answer.
fn wrong(prepared: &Sealed, line: &str, code: i32) -> Option<String> {
    let (own, said, added) = typed(prepared, line, Standard::Pipe);
    if own != Some(code) {
        return Some(format!("{line}: ends with {own:?}, not {code}\n{said}"));
    }
    let (closed, quiet, added_then) = typed(prepared, line, Standard::ClosedPipe);
    if closed != Some(code) || quiet.contains("answer-not-written") || added_then != added {
        return Some(format!("{line}: a closed pipe: {closed:?}\n{quiet}"));
    }
    let (full, said, added_then) = typed(prepared, line, Standard::Full);
    // An import counts what it added.
    let done = if line.starts_with("import ") {
        "this was done: 1 review in 1 file"
    } else {
        "this was done: added #"
    };
    let told = said.contains("the answer could not be written to standard output")
        && said.contains("answer-not-written")
        && said.contains("No space left on device")
        && (added == 0 || said.contains(done));
    if full != Some(3) || !told || added_then != added {
        return Some(format!("{line}: a full disk: {full:?}\n{said}"));
    }
    None
}

#[test]
fn a_command_that_cannot_answer_never_ends_well_and_a_closed_pipe_keeps_its_exit_code() {
    let prepared = prepared();
    let wrong = found_in(TYPED, |(line, code)| wrong(&prepared, line, *code));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What is found in each of these, by four workers.
pub(super) fn found_in<T: Sync>(
    all: &[T],
    find: impl Fn(&T) -> Option<String> + Sync,
) -> Vec<String> {
    let next = AtomicUsize::new(0);
    let worker = || {
        let mut found = Vec::new();
        while let Some(one) = all.get(next.fetch_add(1, Ordering::Relaxed)) {
            found.extend(find(one));
        }
        found
    };
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..4).map(|_| scope.spawn(worker)).collect();
        workers
            .into_iter()
            .flat_map(|worker| worker.join().expect("a worker"))
            .collect()
    })
}

#[test]
fn a_witness_that_cannot_say_where_it_listens_stops() {
    let prepared = prepared();
    let serve = "witness serve --as watch --log \"$(cat vkey)\" --listen 127.0.0.1:0";
    let (code, said, _) = typed(&prepared, serve, Standard::Full);
    assert_eq!(code, Some(3), "{said}");
    assert!(said.contains("answer-not-written"), "{said}");
}

/// Clears the screen, writes a line of its own, conceals what follows; `U+009B` is the same as `ESC [` in one character.
const HOSTILE: &str = "zz\u{1b}[2J\nFAULT forged\u{9b}8m\u{202e}";

/// What a terminal would obey in these streams.
fn obeyed(said: &Said) -> Vec<char> {
    let all = said.out.chars().chain(said.err.chars());
    all.filter(|c| (c.is_control() && *c != '\n') || *c == '\u{202e}')
        .collect()
}

#[test]
fn names_of_files_and_of_members_of_archives_reach_no_terminal_as_they_are() {
    let sealed = Sealed::new(Beginning::Story);
    let stray = sealed.desk().join("ledger/tile").join(HOSTILE);
    std::fs::write(&stray, "x").expect("a file");
    let mut archive = tar::Builder::new(Vec::new());
    let mut header = tar::Header::new_gnu();
    header.set_size(0);
    header.set_mode(0o644);
    archive
        .append_data(&mut header, HOSTILE, &[][..])
        .expect("a member");
    let packed = zstd::encode_all(&archive.into_inner().expect("a tar")[..], 1).expect("zstd");
    std::fs::write(sealed.desk().join("evil.tar.zst"), packed).expect("a file");
    let shown = "zz<U+001B>[2J";
    for (words, shows) in [
        (&["audit"][..], Some(shown)),
        (&["audit", "--json"], None),
        (&["audit", "evil.tar.zst"], Some(shown)),
        (&["audit", "evil.tar.zst", "--json"], None),
        (&["export", "ledger/tile", "--yes"], None),
        (&["verify", HOSTILE], Some(shown)),
        (
            &[
                "source",
                "add",
                HOSTILE,
                "--title",
                "T",
                "--publisher",
                "P",
                "--as",
                "jonas",
            ],
            Some(shown),
        ),
        (&["--ledger", HOSTILE, "log"], Some(shown)),
    ] {
        let said = sealed.run(words);
        assert!(
            obeyed(&said).is_empty(),
            "{words:?}\n{}{}",
            said.out,
            said.err
        );
        let mut lines = said.out.lines().chain(said.err.lines());
        assert!(
            !lines.any(|line| line.starts_with("FAULT forged")),
            "{words:?}"
        );
        if let Some(shows) = shows {
            let all = format!("{}{}", said.out, said.err);
            assert!(all.contains(shows), "{words:?}\n{all}");
        }
    }
    // A program gets the name as it is.
    let said = sealed.run(&["audit", "--json"]);
    let report: serde_json::Value = serde_json::from_str(&said.out).expect("JSON");
    let findings = report["findings"].as_array().expect("a list");
    assert!(
        findings
            .iter()
            .any(|finding| finding["file"] == format!("tile/{HOSTILE}"))
    );
}

/// `witness serve` runs until it is stopped, and has a test of its own.
#[test]
fn every_command_is_in_the_table() {
    let missing: Vec<String> = leaves()
        .into_iter()
        .map(|words| words.join(" "))
        .filter(|leaf| leaf != "witness serve")
        .filter(|leaf| {
            let begins = |line: &str| line == leaf || line.starts_with(&format!("{leaf} "));
            !TYPED.iter().any(|(line, _)| begins(line))
        })
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}
