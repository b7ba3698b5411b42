//! Processes: children with limits on time, memory, processor and output, for work that may crash or grow without end;
//! children that run like a person's commands; and this process itself.

use super::Error;
use std::ffi::{OsStr, OsString};
use std::io::{Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// How a child ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ended {
    /// It succeeded and said this.
    Said(Vec<u8>),
    /// It failed or was killed; the system's words.
    Failed(String),
    /// It exceeded its time and was stopped.
    TooLong,
    /// It wrote more than it may and was stopped.
    TooMuch,
}

/// Lets no crash write a core file: it would hold the keys that this process has read.
pub fn no_core_file() {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, setrlimit};
        let none = Rlimit {
            current: Some(0),
            maximum: Some(0),
        };
        // A system that refuses leaves things as they were.
        let _ = setrlimit(Resource::Core, none);
    }
}

/// Runs a program with `question` as its standard input; returns its standard output.
///
/// It may run for at most `time` and write at most `bytes`. Both streams are temporary files, so neither side can
/// block the other. Its standard error is dropped.
pub fn ask(
    program: &Path,
    arguments: &[impl AsRef<OsStr>],
    question: &[u8],
    time: Duration,
    bytes: u64,
) -> Result<Ended, Error> {
    let failed =
        |doing: &'static str| move |source| Error::io(doing, Path::new("a temporary file"), source);
    let mut input = tempfile::tempfile().map_err(failed("creating"))?;
    input
        .write_all(question)
        .and_then(|()| input.seek(SeekFrom::Start(0)).map(drop))
        .map_err(failed("writing"))?;
    let mut output = tempfile::tempfile().map_err(failed("creating"))?;
    let answers = output.try_clone().map_err(failed("opening"))?;
    let mut child = Command::new(program)
        .args(arguments)
        .stdin(input)
        .stdout(answers)
        .stderr(Stdio::null())
        .spawn()
        .map_err(|e| Error::io("starting", program, e))?;
    let until = Instant::now() + time;
    let ended = loop {
        let status = child
            .try_wait()
            .map_err(|e| Error::io("waiting for", program, e))?;
        let said = output.metadata().map_err(failed("looking at"))?.len();
        if said > bytes {
            break Some(Ended::TooMuch);
        }
        if let Some(status) = status {
            break (!status.success()).then(|| Ended::Failed(status.to_string()));
        }
        if Instant::now() >= until {
            break Some(Ended::TooLong);
        }
        std::thread::sleep(LOOKING_AGAIN);
    };
    // It may have ended by itself in the meantime: then there is nothing to kill.
    let _ = child.kill();
    child
        .wait()
        .map_err(|e| Error::io("waiting for", program, e))?;
    if let Some(ended) = ended {
        return Ok(ended);
    }
    let mut said = Vec::new();
    output
        .seek(SeekFrom::Start(0))
        .and_then(|_| output.take(bytes).read_to_end(&mut said))
        .map_err(failed("reading"))?;
    Ok(Ended::Said(said))
}

/// How a child process ended, and what it wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ran {
    /// Its exit code; `None` if a signal killed it.
    pub code: Option<i32>,
    /// Its standard output.
    pub output: Vec<u8>,
    /// Its standard error.
    pub errors: Vec<u8>,
}

/// Runs a program to its end in a folder, with an empty standard input. It has this process's environment with these
/// variables set or removed. There are no limits: only for trusted programs.
pub fn run(
    program: &Path,
    arguments: &[impl AsRef<OsStr>],
    folder: &Path,
    environment: &[(&str, Option<&str>)],
) -> Result<Ran, Error> {
    let mut command = Command::new(program);
    command
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::null());
    for (name, value) in environment {
        match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        };
    }
    let ran = command
        .output()
        .map_err(|e| Error::io("running", program, e))?;
    Ok(Ran {
        code: ran.status.code(),
        output: ran.stdout,
        errors: ran.stderr,
    })
}

/// Ends this process at once, without any cleanup.
pub fn exit(code: i32) -> ! {
    std::process::exit(code)
}

/// Limits the memory, in bytes, and the processor time, in seconds, of this process for the rest of its life.
///
/// Linux enforces both. Other Unixes may not enforce the memory limit. Other systems enforce neither: there only the
/// time limit of [`ask`] is certain.
pub fn bound_self(memory: u64, processor: u64) -> Result<(), Error> {
    #[cfg(unix)]
    for (resource, most) in [
        (rustix::process::Resource::As, memory),
        (rustix::process::Resource::Cpu, processor),
        (rustix::process::Resource::Core, 0),
    ] {
        let limit = rustix::process::Rlimit {
            current: Some(most),
            maximum: Some(most),
        };
        rustix::process::setrlimit(resource, limit)
            .map_err(|e| Error::io("bounding", Path::new("this process"), e.into()))?;
    }
    #[cfg(not(unix))]
    let _ = (memory, processor);
    Ok(())
}

/// The command line of this process; the first word is the program.
pub fn command_line() -> Vec<OsString> {
    std::env::args_os().collect()
}

/// The path of the running program.
pub fn this_program() -> Result<PathBuf, Error> {
    std::env::current_exe().map_err(|e| Error::io("finding", Path::new("this program"), e))
}

/// How long to sleep before checking a child again: short compared with any extraction, long compared with the check.
const LOOKING_AGAIN: Duration = Duration::from_millis(10);
