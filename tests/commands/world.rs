//! An isolated place to run the program: its own folder, an empty environment, its own memory.

use claimledger::app::doubts::Doubts;
use claimledger::app::index_rows::OpenIndexes;
use claimledger::app::record::append;
use claimledger::app::{Desk, Session};
use claimledger::host::clock::FixedClock;
use claimledger::keystore::{self, Refuse};
use claimledger::sync::place::Place;
use claimledger::transport::Authorities;
use claimledger_core::UnixMillis;
use claimledger_core::model::Body;
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// The words of a screen without its rows: wrapped lines are one line again, and the marks around foreign words are left
/// out. Where these stand is tested in `forging`.
pub fn unwrapped(screen: &str) -> String {
    one_line(&screen.replace(['\u{201c}', '\u{201d}'], ""))
}

/// The words of a screen on one line, with their quotation marks.
pub fn one_line(screen: &str) -> String {
    let words = screen.split_whitespace().filter(|word| *word != "|");
    words.collect::<Vec<_>>().join(" ")
}

/// An empty folder without any settings.
pub struct World {
    folder: tempfile::TempDir,
}

/// What a command did.
pub struct Run {
    pub code: i32,
    pub out: String,
    pub err: String,
}

/// A process that serves; dropping it kills it.
pub struct Serving {
    pub address: std::net::SocketAddr,
    pub url: String,
    pub vkey: String,
    child: Option<Child>,
}

impl Serving {
    /// The signal KILL, and nothing that could be tidied up.
    pub fn kill(mut self) {
        let mut child = self.child.take().expect("it runs");
        child.kill().expect("a kill");
        child.wait().expect("its end");
    }

    /// Tells it to stop by a signal; answers with its exit code and what it said on standard error.
    pub fn stop(mut self, signal: &str) -> (Option<i32>, String) {
        let child = self.child.take().expect("it runs");
        let told = Command::new("kill")
            .args([&format!("-{signal}"), &child.id().to_string()])
            .status();
        assert!(told.expect("kill").success());
        let ended = child.wait_with_output().expect("its end");
        (
            ended.status.code(),
            String::from_utf8(ended.stderr).expect("UTF-8"),
        )
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        if let Some(child) = &mut self.child {
            // It may have ended by itself.
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

impl World {
    pub fn new() -> Self {
        Self {
            folder: tempfile::tempdir().expect("a temporary folder"),
        }
    }

    /// A ledger of mara (admin, editor, reviewer), with jonas a reviewer and edith an editor.
    pub fn newsroom() -> Self {
        Self::newsroom_of("desk.example/facts")
    }

    /// The same under another name.
    pub fn newsroom_of(origin: &str) -> Self {
        let world = Self::new();
        world.yes(&format!("init {origin} --as mara --no-passphrase"));
        for (name, role) in [("jonas", "reviewer"), ("edith", "editor")] {
            world.yes(&format!("key new {name} --no-passphrase"));
            world.yes(&format!("key enroll {name} --role {role} --as mara"));
        }
        world
    }

    /// The newsroom with a source, a claim, evidence and a verdict, all by jonas.
    pub fn with_verdict() -> Self {
        let world = Self::newsroom();
        world.file(
            "wire.txt",
            "Velden (Northern Wire). The bridge closes in April, the mayor said.\n",
        );
        world.yes(
            "source add wire.txt --title 'Bridge closes' --publisher 'Northern Wire' --label wire \
             --as jonas",
        );
        world.yes(
            "claim add 'The bridge closes in April.' --claimant 'Ana Brandt' --label closing --as \
             jonas",
        );
        world.yes(
            "evidence add closing wire --stance supports --quote 'The bridge closes in April' \
             --label said --as jonas",
        );
        world.yes(
            "verdict issue closing --rating True --why 'The mayor said so.' --conflict none \
             --label closing-verdict --as jonas",
        );
        world
    }

    /// The desk of this world's `ledger`, under another clock than the machine's.
    pub fn desk_at(&self, now: UnixMillis) -> Desk {
        Desk {
            ledger: Place::Folder(self.path("ledger")),
            keys: self.path("keys"),
            state: self.path("state/claimledger"),
            clock: Box::new(FixedClock::at(now)),
            clock_is_right: false,
            any_filesystem: true,
            authorities: Authorities::default(),
            doubts: Doubts::default(),
            indexes: OpenIndexes::new(|_| ()),
            reader: None,
        }
    }

    /// Signs with this key, and adds, a statement that the library makes.
    pub fn says(
        &self,
        now: UnixMillis,
        key: &str,
        label: &str,
        body: impl FnOnce(&Session) -> Body,
    ) {
        let desk = self.desk_at(now);
        let mut session = Session::open(&desk).expect("the ledger");
        let signer = keystore::open(&desk.keys, key, &mut Refuse).expect("a key");
        let label = Some(label.parse().expect("a label"));
        let body = body(&session);
        let statement = append::frame(&desk, &session, signer.public(), label, body).expect("form");
        let signed = append::sign(&statement, signer.as_ref()).expect("a signature");
        append::append_in(&desk, &mut session, vec![signed], None, &mut Refuse).expect("added");
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn file(&self, name: &str, content: &str) {
        std::fs::write(self.path(name), content).expect("a file of the test");
    }

    pub fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).expect("a file of the test")
    }

    /// Runs the program with the words of a line, as a shell divides them by spaces and single quotes.
    pub fn run(&self, line: &str) -> Run {
        self.run_with(line, &[])
    }

    /// The same with these variables in the environment.
    pub fn run_with(&self, line: &str, variables: &[(&str, &str)]) -> Run {
        self.run_words_with(&words(line), variables)
    }

    /// Runs the program with these words as they are.
    pub fn run_words(&self, words: &[String]) -> Run {
        self.run_words_with(words, &[])
    }

    fn run_words_with(&self, words: &[String], variables: &[(&str, &str)]) -> Run {
        let output = Command::new(env!("CARGO_BIN_EXE_claimledger"))
            .args(words)
            .current_dir(self.folder.path())
            .env_clear()
            .env("XDG_STATE_HOME", "state")
            .envs(variables.iter().copied())
            .stdin(Stdio::null())
            .output()
            .expect("the program of this test run");
        Run {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout).expect("UTF-8"),
            err: String::from_utf8(output.stderr).expect("UTF-8"),
        }
    }

    /// Runs the program with these bytes on its standard input, and with these variables in its environment.
    pub fn fed(&self, line: &str, input: &[u8], environment: &[(&str, &str)]) -> Run {
        use std::io::Write as _;
        let mut child = Command::new(env!("CARGO_BIN_EXE_claimledger"))
            .args(words(line))
            .current_dir(self.folder.path())
            .env_clear()
            .env("XDG_STATE_HOME", "state")
            .envs(environment.iter().copied())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program of this test run");
        let mut stdin = child.stdin.take().expect("piped");
        // A command that refuses reads nothing.
        let _ = stdin.write_all(input);
        drop(stdin);
        let output = child.wait_with_output().expect("its end");
        Run {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout).expect("UTF-8"),
            err: String::from_utf8(output.stderr).expect("UTF-8"),
        }
    }

    /// Runs the program on a terminal of its own, where it is answered so; tells what stood on that terminal as well.
    /// `meanwhile` is done once the program waits for its answer.
    #[cfg(unix)]
    pub fn on_terminal(&self, line: &str, answer: &str, meanwhile: impl FnOnce()) -> Run {
        self.on_terminal_of(1_000, &words(line), answer, meanwhile)
    }

    /// The same on a terminal of so many columns, with the words as they are.
    #[cfg(unix)]
    pub fn on_terminal_of(
        &self,
        columns: u16,
        words: &[String],
        answer: &str,
        meanwhile: impl FnOnce(),
    ) -> Run {
        use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
        use rustix::termios::{Winsize, tcsetwinsize};
        use std::io::{Read as _, Write as _};
        let near = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).expect("a terminal");
        grantpt(&near).expect("a terminal");
        unlockpt(&near).expect("a terminal");
        let size = Winsize {
            ws_row: 24,
            ws_col: columns,
            ws_xpixel: 0,
            ws_ypixel: 0,
        };
        tcsetwinsize(&near, size).expect("a size");
        let name = ptsname(&near, Vec::new()).expect("its name");
        let far = std::fs::OpenOptions::new()
            .read(true)
            .write(true)
            .open(name.to_str().expect("UTF-8"))
            .expect("its other end");
        let mut command = Command::new(env!("CARGO_BIN_EXE_claimledger"));
        command
            .args(words)
            .current_dir(self.folder.path())
            .env_clear()
            .env("XDG_STATE_HOME", "state")
            .stdin(far.try_clone().expect("the same end"))
            .stderr(far)
            .stdout(Stdio::piped());
        let child = command.spawn().expect("the program of this test run");
        // What it was given of the other end; the program alone holds that now.
        drop(command);
        let mut near = std::fs::File::from(near);
        let mut shown = Vec::new();
        let mut piece = [0; 4096];
        let mut waiting = Some(meanwhile);
        // On Linux the end of the other side is an error, elsewhere it is an end.
        while let Ok(read @ 1..) = near.read(&mut piece) {
            shown.extend_from_slice(&piece[..read]);
            let asks = shown.ends_with(b"[y/N] ") || shown.ends_with(b"? ");
            if asks && let Some(meanwhile) = waiting.take() {
                meanwhile();
                near.write_all(format!("{answer}\n").as_bytes())
                    .expect("an answer");
            }
        }
        let output = child.wait_with_output().expect("its end");
        Run {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout).expect("UTF-8"),
            err: String::from_utf8(shown).expect("UTF-8").replace('\r', ""),
        }
    }

    /// Starts what serves until it is told to stop, and waits for the JSON that it begins with.
    pub fn serve(&self, line: &str) -> Serving {
        let mut child = Command::new(env!("CARGO_BIN_EXE_claimledger"))
            .args(words(&format!("{line} --json")))
            .current_dir(self.folder.path())
            .env_clear()
            .env("XDG_STATE_HOME", "state")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program of this test run");
        let mut out = BufReader::new(child.stdout.take().expect("piped"));
        let mut said = String::new();
        while !said.ends_with("}\n") {
            let read = out.read_line(&mut said).expect("UTF-8");
            if read == 0 {
                let ended = child.wait_with_output().expect("its end");
                let err = String::from_utf8_lossy(&ended.stderr).into_owned();
                panic!("{line}\n{said}{err}");
            }
        }
        let ready: Value = serde_json::from_str(&said).expect("JSON");
        let url = ready["address"].as_str().expect("an address").to_owned();
        Serving {
            address: url
                .strip_prefix("http://")
                .expect("http")
                .parse()
                .expect("an address"),
            url,
            vkey: ready["vkey"].as_str().expect("a key").to_owned(),
            child: Some(child),
        }
    }

    /// Runs what must be done, and answers with its JSON.
    pub fn yes(&self, line: &str) -> Value {
        let run = self.run(&format!("{line} --json"));
        assert_eq!(run.code, 0, "{line}\n{}{}", run.out, run.err);
        serde_json::from_str(&run.out).unwrap_or(Value::Null)
    }

    /// Runs what must be refused with this exit code and this stable code; answers with the refusal.
    pub fn no(&self, line: &str, exit: i32, code: &str) -> Value {
        let run = self.run(&format!("{line} --json"));
        assert_eq!(run.code, exit, "{line}\n{}{}", run.out, run.err);
        let at = run
            .err
            .find('{')
            .unwrap_or_else(|| panic!("no refusal: {}", run.err));
        let refusal: Value = serde_json::from_str(&run.err[at..]).expect("a refusal is JSON");
        assert_eq!(refusal["error"]["code"], code, "{line}\n{}", run.err);
        assert!(run.out.is_empty(), "a refusal answers nothing: {}", run.out);
        refusal["error"].clone()
    }

    /// The body of an entry.
    pub fn body(&self, name: &str) -> Value {
        self.yes(&format!("show {name}"))["statement"]["body"].clone()
    }

    /// The number of entries.
    pub fn size(&self) -> u64 {
        self.yes("checkpoint")["size"].as_u64().expect("a size")
    }

    /// Every file of a ledger but what is derived: what an append changes, and nothing else does.
    pub fn files(&self, ledger: &str) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut files = BTreeMap::new();
        gather(&self.path(ledger), &mut files);
        files
    }

    /// Copies a folder.
    pub fn copy(&self, from: &str, to: &str) {
        for (path, bytes) in self.files(from) {
            let inside = path.strip_prefix(self.path(from)).expect("below it");
            let place = self.path(to).join(inside);
            std::fs::create_dir_all(place.parent().expect("a folder")).expect("a folder");
            std::fs::write(place, bytes).expect("a copy");
        }
    }

    /// Copies a folder of another world.
    pub fn copy_from(&self, other: &Self, from: &str, to: &str) {
        for (path, bytes) in other.files(from) {
            let inside = path.strip_prefix(other.path(from)).expect("below it");
            let place = self.path(to).join(inside);
            std::fs::create_dir_all(place.parent().expect("a folder")).expect("a folder");
            std::fs::write(place, bytes).expect("a copy");
        }
    }

    /// An audit that must find no fault, with these options.
    pub fn clean(&self, options: &str) {
        self.yes(&format!("audit {options}"));
    }
}

fn gather(folder: &Path, files: &mut BTreeMap<PathBuf, Vec<u8>>) {
    for item in std::fs::read_dir(folder).expect("a folder of the test") {
        let path = item.expect("an item").path();
        let derived = ["indexes", "lock"].iter().any(|name| path.ends_with(name));
        if path.is_dir() && !derived {
            gather(&path, files);
        } else if !derived {
            files.insert(path.clone(), std::fs::read(&path).expect("a file"));
        }
    }
}

/// `a 'b c' d` is three words.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let (mut word, mut quoted, mut begun) = (String::new(), false, false);
    for c in line.chars() {
        match c {
            '\'' => {
                quoted = !quoted;
                begun = true;
            }
            ' ' if !quoted => {
                if begun {
                    words.push(std::mem::take(&mut word));
                }
                begun = false;
            }
            c => {
                word.push(c);
                begun = true;
            }
        }
    }
    assert!(!quoted, "an open quote in {line}");
    if begun {
        words.push(word);
    }
    words
}
