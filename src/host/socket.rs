//! A local socket whose other end may be silent for ever, or wait for a person.

use std::io::{self, ErrorKind, Read, Write};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::time::{Duration, Instant};

/// A connection that ends after a time, however slowly the other end answers.
pub struct LocalSocket<F: FnMut()> {
    stream: UnixStream,
    until: Instant,
    /// Called once, when the other end has been silent for [`PATIENCE`].
    waiting: Option<F>,
}

impl<F: FnMut()> LocalSocket<F> {
    /// Connects. Everything that is read and written must be done within `time`; if an answer lets wait for a second,
    /// `waiting` is called once.
    pub fn connect(path: &Path, time: Duration, waiting: F) -> io::Result<Self> {
        Ok(Self {
            stream: UnixStream::connect(path)?,
            until: Instant::now() + time,
            waiting: Some(waiting),
        })
    }

    fn left(&self) -> io::Result<Duration> {
        let left = self.until.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(ErrorKind::TimedOut.into());
        }
        Ok(left)
    }
}

impl<F: FnMut()> Read for LocalSocket<F> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        loop {
            let left = self.left()?;
            let time = match self.waiting {
                Some(_) => left.min(PATIENCE),
                None => left,
            };
            self.stream.set_read_timeout(Some(time))?;
            match self.stream.read(into) {
                Err(e) if matches!(e.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {
                    if let Some(mut waiting) = self.waiting.take() {
                        waiting();
                    }
                }
                Err(e) if e.kind() == ErrorKind::Interrupted => {}
                other => return other,
            }
        }
    }
}

impl<F: FnMut()> Write for LocalSocket<F> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.stream.set_write_timeout(Some(self.left()?))?;
        self.stream.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.stream.flush()
    }
}

/// An agent that need not ask anybody answers in milliseconds.
const PATIENCE: Duration = Duration::from_secs(1);

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::net::UnixListener;

    #[test]
    fn a_silent_socket_is_given_up_and_the_wait_is_announced_once() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("agent");
        let _listener = UnixListener::bind(&path).unwrap();
        let mut told = 0;
        let mut socket = LocalSocket::connect(&path, PATIENCE * 2, || told += 1).unwrap();
        socket.write_all(&[0, 0, 0, 1, 11]).unwrap();
        let silent = socket.read(&mut [0; 4]).unwrap_err();
        assert_eq!(silent.kind(), ErrorKind::TimedOut);
        drop(socket);
        assert_eq!(told, 1);
    }

    #[test]
    fn a_socket_that_answers_a_byte_at_a_time_is_given_up_too() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("agent");
        let listener = UnixListener::bind(&path).unwrap();
        let drip = std::thread::spawn(move || {
            let (mut one, _) = listener.accept().unwrap();
            while one.write_all(&[0]).is_ok() {
                std::thread::sleep(PATIENCE / 20);
            }
        });
        let mut socket = LocalSocket::connect(&path, PATIENCE / 2, || {}).unwrap();
        let ended = socket.read_exact(&mut [0; 1_000]).unwrap_err();
        assert_eq!(ended.kind(), ErrorKind::TimedOut);
        drop(socket);
        drip.join().unwrap();
    }
}
