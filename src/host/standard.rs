//! Standard input and standard output as files, where a person writes `-` or `/dev/stdout` instead of a name.

use super::Error;
use std::fs::File;
use std::io::{self, ErrorKind, Read};
use std::path::Path;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

/// Whether a path names standard input.
pub fn is_input(path: &Path) -> bool {
    path == Path::new(DASH)
}

/// Whether a path names standard output.
pub fn is_output(path: &Path) -> bool {
    path == Path::new(DASH) || path == Path::new("/dev/stdout")
}

/// Standard input as a file. What was read is gone, so it is given only once.
///
/// # Errors
///
/// [`Error::Io`], also for the second time.
pub fn input() -> Result<File, Error> {
    let reading = |e| Error::io("reading", Path::new("standard input"), e);
    if TAKEN.swap(true, Ordering::SeqCst) {
        let why = "it can be read only once; save it in a file and name that file";
        return Err(reading(io::Error::new(ErrorKind::NotSeekable, why)));
    }
    handle().map_err(reading)
}

#[cfg(unix)]
fn handle() -> io::Result<File> {
    use std::os::fd::AsFd as _;
    Ok(io::stdin().as_fd().try_clone_to_owned()?.into())
}

#[cfg(windows)]
fn handle() -> io::Result<File> {
    use std::os::windows::io::AsHandle as _;
    Ok(io::stdin().as_handle().try_clone_to_owned()?.into())
}

/// What writes to standard output for this process.
type Writer = fn(&mut dyn Read) -> io::Result<()>;

/// Sets what writes to standard output: the part of the program that also prints there, so that the two do not mix.
pub fn set_output(writer: Writer) {
    // The first one stays.
    let _ = OUTPUT.set(writer);
}

/// Writes everything to standard output.
///
/// # Errors
///
/// [`Error::Io`], also for a program that has set no writer.
pub fn write(from: &mut dyn Read) -> Result<(), Error> {
    let written = match OUTPUT.get() {
        Some(writer) => writer(from),
        None => Err(ErrorKind::Unsupported.into()),
    };
    written.map_err(|e| Error::io("writing", Path::new("standard output"), e))
}

/// What people write for both.
const DASH: &str = "-";

/// Whether standard input was given.
static TAKEN: AtomicBool = AtomicBool::new(false);

static OUTPUT: OnceLock<Writer> = OnceLock::new();
