//! A sealed world for the program as people run it: an empty environment, a home, a memory and a working folder of its
//! own, and the program first on the path.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::sync::OnceLock;
use tempfile::TempDir;

/// What the program calls itself at.
pub const PROGRAM: &str = env!("CARGO_BIN_EXE_claimledger");

/// How a world begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Beginning {
    /// An empty folder.
    Nothing,
    /// `begin/founded.sh`: a ledger, its founder mara, and jonas who reviews.
    Founded,
    /// `begin/story.sh`: the same, with sources, claims, evidence and a verdict.
    Story,
}

/// A folder in which nothing of this machine is seen.
pub struct Sealed {
    root: TempDir,
}

/// What a command said.
pub struct Said {
    /// How it ended.
    pub status: ExitStatus,
    /// Its answer.
    pub out: String,
    /// What it said beside the answer.
    pub err: String,
}

impl Sealed {
    /// A new world. One that begins with a ledger is copied from one made once.
    pub fn new(beginning: Beginning) -> Self {
        let root = tempfile::tempdir().expect("a temporary folder");
        let sealed = Self { root };
        for folder in ["desk", "home", "state", "tmp"] {
            std::fs::create_dir(sealed.path(folder)).expect("a folder of the world");
        }
        if let Some(made) = made(beginning) {
            for folder in ["desk", "state"] {
                copy_folder(&made.path(folder), &sealed.path(folder));
            }
        }
        sealed
    }

    /// A path in the world.
    pub fn path(&self, name: &str) -> PathBuf {
        self.root.path().join(name)
    }

    /// The working folder.
    pub fn desk(&self) -> PathBuf {
        self.path("desk")
    }

    /// A program about to run in the working folder, with nobody to ask.
    pub fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        let here = Path::new(PROGRAM).parent().expect("the program's folder");
        command
            .current_dir(self.desk())
            .env_clear()
            .env("PATH", format!("{}:{}", here.display(), SYSTEM_PATH))
            .env("HOME", self.path("home"))
            .env("XDG_STATE_HOME", self.path("state"))
            .env("TMPDIR", self.path("tmp"))
            .env("LC_ALL", "C")
            .stdin(Stdio::null());
        command
    }

    /// The program itself about to run.
    pub fn claimledger(&self, words: &[&str]) -> Command {
        let mut command = self.command(PROGRAM);
        command.args(words);
        command
    }

    /// What the program says.
    pub fn run(&self, words: &[&str]) -> Said {
        Said::from_output(&self.claimledger(words).output().expect("the program runs"))
    }

    /// What the program says where it must end well; panics with what it said if it does not.
    pub fn done(&self, words: &[&str]) -> String {
        let said = self.run(words);
        assert!(
            said.status.success(),
            "{words:?} ended with {}\n{}{}",
            said.status,
            said.out,
            said.err
        );
        said.out
    }

    /// What a line of shell says.
    pub fn shell(&self, line: &str) -> Said {
        Said::from_output(
            &self
                .command("/bin/sh")
                .args(["-c", line])
                .output()
                .expect("a shell runs"),
        )
    }

    /// A process that adds eight claims, each with a command of its own.
    pub fn eight_claims(&self) -> Child {
        let mut writer = self.command("/bin/sh");
        writer.args([
            "-c",
            "for n in 1 2 3 4 5 6 7 8; do claimledger claim add \"claim $n\" --claimant unknown --as jonas || exit; done",
        ]);
        writer.stdout(Stdio::null()).stderr(Stdio::piped());
        writer.spawn().expect("a writer")
    }

    /// How many entries the ledger has; its audit must find no fault.
    pub fn audited_size(&self) -> u64 {
        let report = self.done(&["audit", "--json"]);
        let report: serde_json::Value = serde_json::from_str(&report).expect("a report in JSON");
        report["size"].as_u64().expect("a size")
    }

    /// What varies from run to run, by what it is.
    pub fn redacted(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for root in [Some(self), made_if(&STORY), made_if(&FOUNDED)]
            .into_iter()
            .flatten()
        {
            text = text.replace(&root.root.path().display().to_string(), "[ROOT]");
        }
        for (pattern, name) in patterns() {
            text = pattern.replace_all(&text, *name).into_owned();
        }
        text
    }
}

impl Said {
    fn from_output(output: &Output) -> Self {
        Self {
            status: output.status,
            out: String::from_utf8_lossy(&output.stdout).into_owned(),
            err: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    /// Whether it ended with this exit code and named this refusal.
    pub fn refused(&self, code: i32, refusal: &str) -> bool {
        let named = [format!("[{refusal}]"), format!("\"code\": \"{refusal}\"")];
        self.status.code() == Some(code) && named.iter().any(|named| self.err.contains(named))
    }
}

/// Copies a folder with all that is in it, permission bits included.
pub fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for item in std::fs::read_dir(from).expect("a folder to copy") {
        let item = item.expect("an item");
        let target = to.join(item.file_name());
        if item.file_type().expect("its type").is_dir() {
            copy_folder(&item.path(), &target);
        } else {
            std::fs::copy(item.path(), target).expect("a copy");
        }
    }
}

fn made(beginning: Beginning) -> Option<&'static Sealed> {
    match beginning {
        Beginning::Nothing => None,
        Beginning::Founded => {
            Some(FOUNDED.get_or_init(|| make(include_str!("../cli/begin/founded.sh"))))
        }
        Beginning::Story => Some(STORY.get_or_init(|| {
            make(&format!(
                "{}{}",
                include_str!("../cli/begin/founded.sh"),
                include_str!("../cli/begin/story.sh")
            ))
        })),
    }
}

fn made_if(made: &'static OnceLock<Sealed>) -> Option<&'static Sealed> {
    made.get()
}

fn make(script: &str) -> Sealed {
    let sealed = Sealed::new(Beginning::Nothing);
    let said = sealed.shell(&format!("set -eu\n{script}"));
    assert!(
        said.status.success(),
        "a beginning failed:\n{}{}",
        said.out,
        said.err
    );
    sealed
}

fn patterns() -> &'static [(regex::Regex, &'static str)] {
    static PATTERNS: OnceLock<Vec<(regex::Regex, &'static str)>> = OnceLock::new();
    PATTERNS.get_or_init(|| {
        [
            (r"\+[0-9a-f]{8}\+[A-Za-z0-9+/]{43,}=*", "+[HASH]+[KEY]"),
            (r"\b[0-9a-f]{64}\b", "[DIGEST]"),
            (r"\b[0-9a-f]{32}\b", "[HEX]"),
            (r"SHA256:[A-Za-z0-9+/]{43}", "SHA256:[FINGERPRINT]"),
            (r"[A-Za-z0-9+/]{42,}={0,2}", "[BASE64]"),
            (r"\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", "[TIME]"),
            (r"\b(?:[0-9a-f]{16}|[0-9a-f]{8})\b", "[HEX]"),
            (r"\bclaimledger \d+\.\d+\.\d+\S*", "claimledger [VERSION]"),
        ]
        .into_iter()
        .map(|(pattern, name)| (regex::Regex::new(pattern).expect("a pattern"), name))
        .collect()
    })
}

static FOUNDED: OnceLock<Sealed> = OnceLock::new();
static STORY: OnceLock<Sealed> = OnceLock::new();

/// Where a system keeps the shell and its tools.
const SYSTEM_PATH: &str = "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin";
