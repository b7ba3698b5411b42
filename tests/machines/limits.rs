//! A machine that has no more threads, a crash that would write a core file, and commands that run beside each other.

use crate::commands::sealed::{Beginning, Sealed};

fn well(sealed: &Sealed, line: &str) {
    let said = sealed.shell(line);
    assert!(said.status.success(), "{line}: {}{}", said.out, said.err);
}

/// More threads than the memory of the process has room for stacks.
const NO_THREADS: &str = "ulimit -v 300000; RAYON_NUM_THREADS=200";

#[cfg(target_os = "linux")]
#[test]
#[ignore = "by hand: so near to the limit of memory another allocation may fail first"]
fn without_threads_a_command_is_refused_and_nothing_is_lost() {
    let sealed = Sealed::new(Beginning::Story);
    let before = sealed.audited_size();
    well(&sealed, "claimledger export ../public --yes");
    for command in [
        "claimledger audit",
        "claimledger --ledger ../copy pull ../public",
        "claimledger mirror add own ../public",
    ] {
        let said = sealed.shell(&format!("{NO_THREADS} {command}"));
        assert!(
            said.refused(3, "no-threads"),
            "{command}: {}{}",
            said.out,
            said.err
        );
        assert!(!said.err.contains("panicked"), "{}", said.err);
    }
    assert_eq!(sealed.audited_size(), before);
    well(&sealed, "claimledger --ledger ../copy pull ../public");
}

#[cfg(target_os = "linux")]
#[test]
fn a_crash_leaves_no_core_file_with_keys_in_it() {
    let sealed = Sealed::new(Beginning::Founded);
    well(&sealed, "claimledger key new clock --no-passphrase");
    let said = sealed.shell(
        "ulimit -c unlimited; log=$(claimledger checkpoint --json | sed -n 's/.*\"vkey\": \"\\(.*\\)\".*/\\1/p'); \
         claimledger witness serve --as clock --name w.example/clock --state ../w --log \"$log\" --listen 127.0.0.1:0 \
         >../out 2>&1 & pid=$!; for n in 1 2 3 4 5 6 7 8 9 10; do grep -q listens ../out && break; sleep 1; done; \
         grep '^Max core' /proc/$pid/limits; cat ../out; kill -TERM $pid; wait $pid",
    );
    let limits: Vec<&str> = said
        .out
        .lines()
        .next()
        .unwrap_or_default()
        .split_whitespace()
        .collect();
    assert_eq!(
        limits,
        ["Max", "core", "file", "size", "0", "0", "bytes"],
        "{}{}",
        said.out,
        said.err
    );
    assert!(said.out.contains("listens on"), "{}", said.out);
}

#[test]
fn doctor_reports_no_fault_while_another_process_writes() {
    let sealed = Sealed::new(Beginning::Founded);
    let mut writer = sealed.eight_claims();
    let mut looked = 0;
    while writer.try_wait().expect("its state").is_none() {
        let said = sealed.run(&["doctor"]);
        assert!(said.status.success(), "{}{}", said.out, said.err);
        looked += 1;
    }
    assert!(looked > 0);
    assert!(writer.wait().expect("its end").success());
    assert_eq!(sealed.audited_size(), 12);
}

#[test]
fn two_exports_into_one_folder_at_once_leave_a_whole_one() {
    let sealed = Sealed::new(Beginning::Story);
    for _ in 0..4 {
        well(
            &sealed,
            "claimledger claim add \"claim $$\" --claimant unknown --as jonas",
        );
        let both = sealed.shell(
            "claimledger export ../public --yes >/dev/null 2>../first & one=$!; \
             claimledger export ../public --yes >/dev/null 2>../second; two=$?; wait $one; echo $? $two",
        );
        let codes: Vec<&str> = both.out.split_whitespace().collect();
        assert_eq!(codes.len(), 2, "{}{}", both.out, both.err);
        assert!(codes.contains(&"0"), "{codes:?}");
        for (code, said) in codes.iter().zip(["first", "second"]) {
            if *code != "0" {
                let said = std::fs::read_to_string(sealed.path(said)).expect("what it said");
                assert!(
                    said.contains("[ledger-locked]") || said.contains("[export-other]"),
                    "{said}"
                );
            }
        }
        well(&sealed, "claimledger audit ../public");
    }
}

#[test]
fn doctor_finds_what_a_killed_first_pull_left_before_there_was_a_checkpoint() {
    let sealed = Sealed::new(Beginning::Story);
    well(&sealed, "claimledger export ../public --yes");
    well(&sealed, "claimledger --ledger ../copy pull ../public");
    let copy = sealed.path("copy");
    std::fs::remove_file(copy.join("checkpoint")).expect("a checkpoint");
    std::fs::write(copy.join("witnesses.next"), "half").expect("a leftover");
    let said = sealed.run(&["--ledger", "../copy", "doctor"]);
    let found = said.out.lines().find(|line| line.contains("unfinished"));
    let found = found.unwrap_or_else(|| panic!("{}{}", said.out, said.err));
    assert!(
        found.contains("PROBLEM") && found.contains("1 left behind"),
        "{found}"
    );
}
