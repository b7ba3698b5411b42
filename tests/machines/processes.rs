//! The program as real processes: many at once, killed, out of room, without rights, with an agent, at a terminal.
//!
//! After each, the audit finds no fault and everything that was acknowledged is there.

use crate::commands::sealed::{Beginning, PROGRAM, Said, Sealed};
use claimledger::host::lock::WriterLock;
use std::collections::BTreeSet;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A claim by jonas, acknowledged in JSON.
fn claim(text: &str) -> [&str; 8] {
    [
        "claim",
        "add",
        text,
        "--claimant",
        "unknown",
        "--as",
        "jonas",
        "--json",
    ]
}

/// The id in an acknowledgement.
fn id(acknowledged: &str) -> Option<String> {
    let json: serde_json::Value = serde_json::from_str(acknowledged).ok()?;
    Some(json["id"].as_str()?.to_owned())
}

/// The id of every statement in the log.
fn ids(sealed: &Sealed) -> BTreeSet<String> {
    let log = sealed.done(&["log", "--json"]);
    let log: Vec<serde_json::Value> = serde_json::from_str(&log).expect("a log in JSON");
    log.iter()
        .map(|line| line["id"].as_str().expect("an id").to_owned())
        .collect()
}

/// Reports that something could not be tested here.
#[expect(
    clippy::print_stderr,
    reason = "a skipped test must not look like a passed one"
)]
fn skipped(test: &str, why: &str) {
    eprintln!("SKIPPED {test}: {why}");
}

#[test]
fn entries_of_many_writers_at_once_are_all_acknowledged_and_kept() {
    let sealed = Sealed::new(Beginning::Founded);
    let before = sealed.audited_size();
    let children: Vec<Child> = (0..WRITERS)
        .map(|writer| {
            let line = format!(
                "for n in 1 2 3; do claimledger claim add \"claim $n of writer {writer}\" \
                 --claimant unknown --as jonas --json || exit; done"
            );
            let mut shell = sealed.command("/bin/sh");
            shell.args(["-c", &line]);
            shell.stdout(Stdio::piped()).stderr(Stdio::piped());
            shell.spawn().expect("a writer")
        })
        .collect();
    let mut acknowledged = BTreeSet::new();
    for child in children {
        let output = child.wait_with_output().expect("a writer's end");
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(
            output.status.success(),
            "{said}{}",
            String::from_utf8_lossy(&output.stderr)
        );
        let answers = serde_json::Deserializer::from_str(&said).into_iter::<serde_json::Value>();
        for answer in answers {
            let answer = answer.expect("an acknowledgement");
            assert!(acknowledged.insert(answer["id"].as_str().expect("an id").to_owned()));
        }
    }
    assert_eq!(acknowledged.len() as u64, 3 * WRITERS);
    assert!(acknowledged.is_subset(&ids(&sealed)));
    assert_eq!(sealed.audited_size(), before + 3 * WRITERS);
}

#[test]
fn of_two_simultaneous_founders_only_one_succeeds() {
    let sealed = Sealed::new(Beginning::Nothing);
    let found = || {
        let words = [
            "init",
            "desk.example/facts",
            "--as",
            "mara",
            "--no-passphrase",
        ];
        let mut command = sealed.claimledger(&words);
        command.stdout(Stdio::null()).stderr(Stdio::piped());
        command.spawn().expect("a founder")
    };
    let (one, other) = (found(), found());
    let ends: Vec<_> = [one, other]
        .into_iter()
        .map(|child| child.wait_with_output().expect("an end"))
        .collect();
    let founded = ends.iter().filter(|end| end.status.success()).count();
    assert_eq!(founded, 1, "{ends:?}");
    let refused = ends.iter().find(|end| !end.status.success()).expect("one");
    assert!(String::from_utf8_lossy(&refused.stderr).contains("[ledger-exists]"));
    assert_eq!(sealed.audited_size(), 3);
}

#[test]
fn readers_need_no_lock_and_see_complete_heads_during_appends() {
    let sealed = Sealed::new(Beginning::Founded);
    let mut writer = sealed.eight_claims();
    let mut last = 0;
    while writer.try_wait().expect("its state").is_none() {
        let size = ids(&sealed).len();
        assert!(size >= last, "the log went from {last} back to {size}");
        last = size;
    }
    assert!(writer.wait().expect("its end").success());
    assert_eq!(ids(&sealed).len(), 12);
}

#[test]
fn a_command_waits_for_a_lock_and_then_reports_it() {
    let sealed = Sealed::new(Beginning::Founded);
    let before = sealed.audited_size();
    let lock = WriterLock::acquire(&sealed.path("desk/ledger/lock"), Duration::ZERO).expect("free");
    let began = Instant::now();
    let said = sealed.run(&claim("Rain falls."));
    assert!(said.refused(3, "ledger-locked"), "{}", said.err);
    assert!(
        said.err.contains("Wait for the other process"),
        "{}",
        said.err
    );
    assert!(began.elapsed() > Duration::from_secs(5), "it did not wait");
    // Readers go on meanwhile.
    assert_eq!(sealed.audited_size(), before);
    assert_eq!(ids(&sealed).len() as u64, before);
    drop(lock);
    sealed.done(&claim("Rain falls."));
    assert_eq!(sealed.audited_size(), before + 1);
}

/// The lock of the index. A copied ledger has its original's lock beside it, which no process holds.
fn index_locks(sealed: &Sealed) -> Vec<PathBuf> {
    sealed.done(&["show", "ferry"]);
    locks_here(sealed)
}

fn locks_here(sealed: &Sealed) -> Vec<PathBuf> {
    let folder = sealed.path("state/claimledger/indexes");
    let files = std::fs::read_dir(folder).expect("the indexes");
    files
        .map(|file| file.expect("a file").path())
        .filter(|path| path.extension().is_some_and(|end| end == "lock"))
        .collect()
}

#[test]
fn a_command_waits_for_a_running_process_that_has_the_index_open() {
    let sealed = Sealed::new(Beginning::Story);
    let locks = index_locks(&sealed);
    let held: Vec<_> = locks
        .iter()
        .map(|lock| WriterLock::take(lock).expect("a lock").expect("free"))
        .collect();
    let mut add = sealed.claimledger(&claim("Rain falls."));
    add.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut add = add.spawn().expect("a command");
    std::thread::sleep(Duration::from_secs(4));
    assert!(
        add.try_wait().expect("its state").is_none(),
        "it did not wait"
    );
    drop(held);
    let ended = add.wait_with_output().expect("its end");
    let (out, err) = (
        String::from_utf8_lossy(&ended.stdout),
        String::from_utf8_lossy(&ended.stderr),
    );
    assert!(id(&out).is_some(), "{out}{err}");
    // It names the holder once, and does not read the log instead.
    let waiting = format!("waiting for process {}", std::process::id());
    assert_eq!(err.matches(&waiting).count(), 1, "{err}");
    assert!(!err.contains("the log was read instead"), "{err}");
    assert!(sealed.done(&["claim", "list"]).contains("Rain falls."));
    assert_eq!(sealed.audited_size(), 11);
}

/// Shells that have the index open, and then do as this line says.
#[cfg(target_os = "linux")]
fn holding_the_index(sealed: &Sealed, then: &str) -> Vec<Child> {
    let hold = |lock: &PathBuf| {
        let lock = lock.display();
        let line = format!("exec 9>>'{lock}'; flock 9; printf %s $$ > '{lock}'; echo held; {then}");
        let mut shell = sealed.command("/bin/sh");
        shell.args(["-c", &line]).stdout(Stdio::piped());
        let mut shell = shell.spawn().expect("a shell");
        let mut word = [0; 5];
        let said = shell.stdout.as_mut().expect("its output");
        said.read_exact(&mut word).expect("that it holds the lock");
        shell
    };
    index_locks(sealed).iter().map(hold).collect()
}

/// A running process may keep the index open for hours. To read the log of ten entries instead takes no time.
#[cfg(target_os = "linux")]
#[test]
fn a_command_waits_ten_seconds_for_another_process_that_has_the_index_open() {
    let test = "a_command_waits_ten_seconds_for_another_process_that_has_the_index_open";
    for (then, holder) in [
        ("kill -STOP $$", "waiting for the stopped process"),
        ("while :; do sleep 0.1 9>&-; done", "waiting for process"),
    ] {
        let sealed = Sealed::new(Beginning::Story);
        if !sealed.shell("command -v flock").status.success() {
            return skipped(test, "there is no flock(1) here");
        }
        let mut holding = holding_the_index(&sealed, then);
        let began = Instant::now();
        let said = sealed.run(&["show", "ferry"]);
        let took = began.elapsed();
        for shell in &mut holding {
            shell.kill().expect("a kill");
            shell.wait().expect("its end");
        }
        assert!(said.status.success(), "{}", said.err);
        assert!(
            said.out.starts_with("claim #6 \u{201c}ferry\u{201d}"),
            "{}",
            said.out
        );
        for told in [holder, "for 10 seconds at most", "the log was read instead"] {
            assert!(said.err.contains(told), "{told}\n{}", said.err);
        }
        assert!(took >= Duration::from_secs(10), "only {took:?}");
        assert!(took < Duration::from_secs(30), "{took:?}");
    }
}

/// A process whose index does not answer says so, and is not waited for.
#[cfg(target_os = "linux")]
#[test]
fn a_command_does_not_wait_for_a_process_that_gave_its_index_up() {
    let test = "a_command_does_not_wait_for_a_process_that_gave_its_index_up";
    let sealed = Sealed::new(Beginning::Story);
    if !sealed.shell("command -v flock").status.success() {
        return skipped(test, "there is no flock(1) here");
    }
    let gives_up = "while :; do sleep 0.1 9>&-; done";
    let mut holding = holding_the_index(&sealed, gives_up);
    for (shell, lock) in holding.iter().zip(locks_here(&sealed)) {
        std::fs::write(lock, format!("{} gave up", shell.id())).expect("a lock");
    }
    let began = Instant::now();
    let added = sealed.run(&claim("Rain falls."));
    let took = began.elapsed();
    for shell in &mut holding {
        shell.kill().expect("a kill");
        shell.wait().expect("its end");
    }
    assert!(id(&added.out).is_some(), "{}{}", added.out, added.err);
    assert!(added.err.contains("does not answer"), "{}", added.err);
    assert!(took < Duration::from_secs(8), "{took:?}");
    // The index follows again.
    assert!(sealed.done(&["claim", "list"]).contains("Rain falls."));
    let doctor = sealed.run(&["doctor"]);
    assert!(doctor.status.success(), "{}", doctor.out);
}

/// Kills an append at moments spread over the whole of its life, the last ones past its end.
#[test]
fn what_was_acknowledged_survives_kills_at_any_moment() {
    let sealed = Sealed::new(Beginning::Founded);
    // How long one append takes, measured anew after each kill, for other work may slow this machine.
    let mut life = Duration::from_millis(50);
    let mut acknowledged = BTreeSet::new();
    let mut killed = 0;
    for round in 0..KILLS {
        let mut append = sealed.claimledger(&claim(&format!("claim {round}")));
        append.stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = append.spawn().expect("an append");
        std::thread::sleep(life * round / (KILLS * 3 / 4));
        child.kill().expect("a kill");
        let output = child.wait_with_output().expect("its end");
        if output.status.code().is_none() {
            killed += 1;
        }
        // What was printed before the kill was acknowledged.
        if let Some(id) = id(&String::from_utf8_lossy(&output.stdout)) {
            acknowledged.insert(id);
        }
        let pending = sealed.path("desk/ledger/checkpoint.next").exists();
        let size = sealed.audited_size();
        let there = ids(&sealed);
        assert_eq!(there.len() as u64, size, "round {round}");
        assert!(acknowledged.is_subset(&there), "round {round}");
        let began = Instant::now();
        let next = sealed.done(&claim(&format!("after {round}")));
        life = began.elapsed();
        acknowledged.insert(id(&next).expect("an acknowledgement"));
        // A head that was signed and synced as checkpoint.next before the kill is rolled forward by the next append.
        let grown = sealed.audited_size() - size;
        assert!(
            grown == 1 || (pending && grown == 2),
            "round {round}: {grown} more, pending: {pending}"
        );
    }
    assert!(killed >= KILLS / 6, "only {killed} of {KILLS} were killed");
    let well = sealed.run(&["doctor", "--repair"]);
    assert!(well.status.success(), "{}", well.out);
    assert!(acknowledged.is_subset(&ids(&sealed)));
}

/// A limit on the size of files stands for a full disk where none can be made: every writing system call may fail.
#[test]
fn with_a_file_size_limit_nothing_is_lost_or_half_written() {
    let sealed = Sealed::new(Beginning::Story);
    let before = sealed.audited_size();
    let said = sealed.shell(
        "trap '' XFSZ; ulimit -f 4; claimledger claim add 'Rain falls.' --claimant unknown --as jonas",
    );
    assert!(said.refused(3, "io"), "{}{}", said.out, said.err);
    assert_eq!(sealed.audited_size(), before);
    sealed.done(&claim("Rain falls."));
    assert_eq!(sealed.audited_size(), before + 1);
}

#[test]
fn on_a_full_disk_nothing_is_lost_or_half_written() {
    let test = "on_a_full_disk_nothing_is_lost_or_half_written";
    let sealed = Sealed::new(Beginning::Founded);
    let room = sealed.path("room");
    std::fs::create_dir(&room).expect("a folder");
    let mounted = sealed.shell("mount -t tmpfs -o size=2m tmpfs ../room");
    if !mounted.status.success() {
        return skipped(test, mounted.err.trim());
    }
    let full = std::panic::catch_unwind(|| fill(&sealed));
    let gone = sealed.shell("umount ../room");
    assert!(gone.status.success(), "{}", gone.err);
    full.unwrap_or_else(|panic| std::panic::resume_unwind(panic));
}

fn fill(sealed: &Sealed) {
    let moved = sealed.shell("mv ledger ../room/ledger && ln -s ../room/ledger ledger");
    assert!(moved.status.success(), "{}", moved.err);
    let mut acknowledged = BTreeSet::new();
    let long = "a".repeat(30_000);
    let refused = (0..200)
        .find_map(|n| {
            let said = sealed.run(&claim(&format!("{n} {long}")));
            if let Some(id) = id(&said.out) {
                acknowledged.insert(id);
            }
            (!said.status.success()).then_some(said)
        })
        .expect("two megabytes hold no six");
    let error: serde_json::Value = serde_json::from_str(last_object(&refused)).expect("JSON");
    assert_eq!(error["error"]["code"], "disk-full", "{}", refused.err);
    assert_eq!(refused.status.code(), Some(3));
    let size = sealed.audited_size();
    assert!(acknowledged.is_subset(&ids(sealed)));
    let more = sealed.shell("mount -o remount,size=20m ../room");
    assert!(more.status.success(), "{}", more.err);
    sealed.done(&claim("There is room again."));
    assert_eq!(sealed.audited_size(), size + 1);
    assert!(acknowledged.is_subset(&ids(sealed)));
}

/// The error in JSON, after any notes.
fn last_object(said: &Said) -> &str {
    said.err.find('{').map_or("", |at| &said.err[at..])
}

/// The superuser can write everywhere, so there the program runs as the user `nobody`.
#[test]
fn a_read_only_ledger_can_be_read() {
    let test = "a_read_only_ledger_can_be_read";
    let sealed = Sealed::new(Beginning::Story);
    let mut become_nobody = "";
    if sealed.shell("test $(id -u) -eq 0").status.success() {
        become_nobody = "setpriv --reuid=65534 --regid=65534 --clear-groups";
        if !sealed
            .shell(&format!("{become_nobody} true"))
            .status
            .success()
        {
            return skipped(test, "run by the superuser, and there is no setpriv");
        }
        // The user `nobody` may not be allowed to read the program's own folder.
        std::fs::copy(PROGRAM, sealed.path("claimledger")).expect("a copy of the program");
        let opened =
            sealed.shell("chmod 755 .. ../claimledger && chown -R 65534 ../desk ../state ../home");
        assert!(opened.status.success(), "{}", opened.err);
    } else {
        std::fs::hard_link(PROGRAM, sealed.path("claimledger"))
            .or_else(|_| std::fs::copy(PROGRAM, sealed.path("claimledger")).map(drop))
            .expect("the program");
    }
    let closed = sealed.shell("chmod -R a-w ledger ../state");
    assert!(closed.status.success(), "{}", closed.err);
    for words in [
        "log",
        "show ferry",
        "claim list",
        "show ferry --at 7",
        "checkpoint",
        "key list",
        "org list",
    ] {
        let said = sealed.shell(&format!("{become_nobody} ../claimledger {words}"));
        assert!(said.status.success(), "{words}: {}", said.err);
        assert!(!said.out.is_empty(), "{words} said nothing");
    }
    let audit = sealed.shell(&format!("{become_nobody} ../claimledger audit"));
    assert!(audit.status.success(), "{}{}", audit.out, audit.err);
    assert!(audit.out.ends_with("no fault\n"), "{}", audit.out);
    let add = sealed.shell(&format!(
        "{become_nobody} ../claimledger claim add T --claimant unknown --as jonas"
    ));
    assert_eq!(add.status.code(), Some(3), "{}", add.err);
    let opened = sealed.shell("chmod -R u+w ledger ../state");
    assert!(opened.status.success(), "{}", opened.err);
    assert_eq!(sealed.audited_size(), 10);
}

#[test]
fn an_agent_that_holds_the_key_signs() {
    let test = "an_agent_that_holds_the_key_signs";
    let sealed = Sealed::new(Beginning::Founded);
    let socket = sealed.path("tmp/agent");
    let mut agent = match Agent::start(&sealed, &socket) {
        Ok(agent) => agent,
        Err(why) => return skipped(test, &why),
    };
    let with_agent = |line: &str| {
        sealed.shell(&format!(
            "export SSH_AUTH_SOCK='{}'; {line}",
            socket.display()
        ))
    };
    let added = with_agent("ssh-add -q keys/jonas keys/ledger && rm keys/jonas keys/ledger");
    assert!(added.status.success(), "{}", added.err);
    let add = "claimledger claim add 'Rain falls.' --claimant unknown --as jonas";
    let said = with_agent(add);
    assert!(said.out.starts_with("added #4 claim.add"), "{}", said.err);
    // Without the agent the private halves are not available.
    assert!(sealed.shell(add).refused(4, "key-not-private"));
    // An agent that holds another key only is no help, and no hindrance where the file is here.
    let emptied = with_agent("ssh-add -q -D && ssh-add -q keys/mara");
    assert!(emptied.status.success(), "{}", emptied.err);
    assert!(with_agent(add).refused(4, "key-not-private"));
    agent.stop();
    let key_here = with_agent("claimledger key new otto --no-passphrase && claimledger key list");
    assert!(key_here.status.success(), "{}", key_here.err);
    assert_eq!(sealed.audited_size(), 5);
}

/// A real ssh-agent, gone when dropped.
struct Agent(Child);

impl Agent {
    fn start(sealed: &Sealed, socket: &Path) -> Result<Self, String> {
        let mut command = sealed.command("ssh-agent");
        command.arg("-D").arg("-a").arg(socket);
        command.stdout(Stdio::null()).stderr(Stdio::null());
        let agent = Self(command.spawn().map_err(|e| format!("no ssh-agent: {e}"))?);
        let began = Instant::now();
        while !socket.exists() {
            if began.elapsed() > Duration::from_secs(5) {
                return Err("the ssh-agent opened no socket".to_owned());
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        Ok(agent)
    }

    fn stop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Drop for Agent {
    fn drop(&mut self) {
        self.stop();
    }
}

#[test]
fn at_a_terminal_the_statement_is_shown_and_only_yes_signs() {
    let test = "at_a_terminal_the_statement_is_shown_and_only_yes_signs";
    let sealed = Sealed::new(Beginning::Founded);
    if !sealed.shell("script -qec true /dev/null").status.success() {
        return skipped(test, "no `script` that makes a terminal");
    }
    let typed = |answer: &str| {
        let add = "claimledger claim add 'Rain falls.' --claimant unknown --as jonas";
        sealed.shell(&format!(
            "printf '{answer}\\n' | script -qec \"{add}\" /dev/null"
        ))
    };
    for answer in ["n", "", "nothing"] {
        let said = typed(answer);
        assert!(
            said.out.contains("text: \u{201c}Rain falls.\u{201d}"),
            "{}",
            said.out
        );
        assert!(said.out.contains("[declined]"), "{}", said.out);
        assert_eq!(said.status.code(), Some(1), "{}", said.out);
    }
    assert_eq!(sealed.audited_size(), 4);
    let said = typed("y");
    assert!(said.out.contains("added #4 claim.add"), "{}", said.out);
    assert_eq!(sealed.audited_size(), 5);
}

#[test]
fn at_a_terminal_a_passphrase_may_be_mistyped_twice() {
    let test = "at_a_terminal_a_passphrase_may_be_mistyped_twice";
    let sealed = Sealed::new(Beginning::Founded);
    if !sealed.shell("script -qec true /dev/null").status.success() {
        return skipped(test, "no `script` that makes a terminal");
    }
    let made = sealed.shell("CLAIMLEDGER_PASSPHRASE=right claimledger key new otto");
    assert!(made.status.success(), "{}", made.err);
    let enrolled = sealed.shell(
        "CLAIMLEDGER_PASSPHRASE=right claimledger key enroll otto --role reviewer --as mara",
    );
    assert!(enrolled.status.success(), "{}", enrolled.err);
    // Each line waits for its question: what is typed before that is thrown away by some terminals.
    let typed = |lines: &[&str]| {
        let add = "claimledger claim add 'Rain falls.' --claimant unknown --as otto --yes";
        let slowly: Vec<String> = lines
            .iter()
            .map(|line| format!("sleep 0.2; echo {line}"))
            .collect();
        sealed.shell(&format!(
            "( {} ) | script -qec \"{add}\" /dev/null",
            slowly.join("; ")
        ))
    };
    let said = typed(&["wrong", "worse", "wrong"]);
    assert!(said.out.contains("[passphrase-wrong]"), "{}", said.out);
    assert_eq!(
        said.out.matches("assphrase of key otto").count(),
        3,
        "{}",
        said.out
    );
    let said = typed(&["wrong", "worse", "right"]);
    assert!(said.out.contains("added #5 claim.add"), "{}", said.out);
    assert_eq!(sealed.audited_size(), 6);
}

#[test]
fn ctrl_c_at_a_passphrase_leaves_the_terminal_as_it_was() {
    let test = "ctrl_c_at_a_passphrase_leaves_the_terminal_as_it_was";
    let sealed = Sealed::new(Beginning::Nothing);
    if !sealed.shell("script -qec true /dev/null").status.success() {
        return skipped(test, "no `script` that makes a terminal");
    }
    let said = sealed.shell(
        "( for n in $(seq 200); do grep -q passphrase typescript && break; sleep 0.1; done; sleep 1; printf '\\003'; sleep 1 ) 2>/dev/null \
         | script -qfec 'claimledger key new otto; echo ended $?; stty -a' typescript",
    );
    assert!(said.out.contains("ended 130"), "{}", said.out);
    let after = said.out.split_once("ended 130").expect("its end").1;
    for flag in ["echo", "icanon", "isig"] {
        let on = after
            .split_whitespace()
            .any(|word| word.trim_end_matches(';') == flag);
        assert!(on, "{flag}: {after}");
    }
    assert!(!sealed.desk().join("keys/otto").exists());
}

/// The reader stops early: `head` has ended before the program writes anything.
#[test]
fn a_broken_pipe_is_quiet() {
    let sealed = Sealed::new(Beginning::Founded);
    for words in [&["log"][..], &["man"], &["--help"], &["audit", "--json"]] {
        let mut command: Command = sealed.claimledger(words);
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        command.stdout(writer);
        let output = command.output().expect("the program runs");
        assert!(output.status.success(), "{words:?}: {}", output.status);
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{words:?}");
    }
}

const WRITERS: u64 = 8;

const KILLS: u32 = 30;
