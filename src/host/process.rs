//! A child process with bounds: time, memory, processor, output. What may crash or grow without end runs in one.

use super::Error;
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
    /// It ran longer than it may and was stopped.
    TooLong,
    /// It said more than it may and was stopped.
    TooMuch,
}

/// Runs a command with `question` as its standard input and answers with its standard output.
///
/// It runs at most `time`, and says at most `bytes`. Both streams are temporary files, so that neither side can block
/// the other; its standard error is dropped.
pub fn ask(
    command: &mut Command,
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
    let program = Path::new(command.get_program()).to_owned();
    let mut child = command
        .stdin(input)
        .stdout(answers)
        .stderr(Stdio::null())
        .spawn()
        .map_err(|e| Error::io("starting", &program, e))?;
    let until = Instant::now() + time;
    let ended = loop {
        let status = child
            .try_wait()
            .map_err(|e| Error::io("waiting for", &program, e))?;
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
    // It may have ended by itself since it was looked at: then there is nobody to kill, and that is fine.
    let _ = child.kill();
    child
        .wait()
        .map_err(|e| Error::io("waiting for", &program, e))?;
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

/// Bounds the memory, in bytes, and the processor time, in seconds, of this process for the rest of its life.
///
/// Linux keeps both; other Unixes may not keep that of memory, and elsewhere nothing is done: there only the time that
/// [`ask`] gives is sure.
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

/// Where the program that runs now lies.
pub fn this_program() -> Result<PathBuf, Error> {
    std::env::current_exe().map_err(|e| Error::io("finding", Path::new("this program"), e))
}

/// How long to sleep before looking at a child again: short beside any extraction, long beside the look.
const LOOKING_AGAIN: Duration = Duration::from_millis(10);
