//! A local socket whose other end may be silent for ever, or wait for a person.

use rustix::io::Errno;
use rustix::net::{AddressFamily, SocketAddrUnix, SocketFlags, SocketType};
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
    /// Connects. This, and everything that is read and written, must be done within `time`; if the other end lets wait for
    /// a second, `waiting` is called once.
    pub fn connect(path: &Path, time: Duration, waiting: F) -> io::Result<Self> {
        let began = Instant::now();
        let mut waiting = Some(waiting);
        let address = SocketAddrUnix::new(path)?;
        loop {
            // A blocking connection waits without end for a listener whose queue is full. One that does not block has to be
            // asked for again: poll(2) does not report when there is room in the queue.
            let flags = SocketFlags::NONBLOCK | SocketFlags::CLOEXEC;
            let socket =
                rustix::net::socket_with(AddressFamily::UNIX, SocketType::STREAM, flags, None)?;
            match rustix::net::connect(&socket, &address) {
                Ok(()) => {
                    let stream = UnixStream::from(socket);
                    stream.set_nonblocking(false)?;
                    return Ok(Self {
                        stream,
                        until: began + time,
                        waiting,
                    });
                }
                Err(Errno::AGAIN | Errno::INPROGRESS | Errno::INTR) => {}
                Err(e) => return Err(e.into()),
            }
            if began.elapsed() >= time {
                return Err(ErrorKind::TimedOut.into());
            }
            if began.elapsed() >= PATIENCE
                && let Some(mut waiting) = waiting.take()
            {
                waiting();
            }
            std::thread::sleep(POLL.min(time));
        }
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

/// Between two attempts to connect.
const POLL: Duration = Duration::from_millis(20);

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
    fn a_listener_that_does_not_accept_is_given_up_and_the_wait_is_announced_once() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("agent");
        let listener = UnixListener::bind(&path).unwrap();
        rustix::net::listen(&listener, 0).unwrap();
        let told = std::cell::Cell::new(0);
        let connect = || LocalSocket::connect(&path, PATIENCE * 2, || told.set(told.get() + 1));
        let mut queued = Vec::new();
        let refused = loop {
            match connect() {
                Ok(socket) => queued.push(socket),
                Err(e) => break e,
            }
            assert!(queued.len() < 16, "the queue has no end");
        };
        // Where a full queue refuses at once, there is nothing to wait for.
        if refused.kind() == ErrorKind::TimedOut {
            assert_eq!(told.get(), 1);
        } else {
            assert_eq!(refused.kind(), ErrorKind::ConnectionRefused);
        }
        // As soon as there is room, it connects.
        std::thread::scope(|scope| {
            scope.spawn(|| {
                std::thread::sleep(PATIENCE / 5);
                listener.accept().unwrap();
            });
            connect().unwrap();
        });
    }

    #[test]
    fn a_dead_socket_is_refused_at_once() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("agent");
        let kind = |path: &Path| {
            let began = Instant::now();
            let refused = LocalSocket::connect(path, PATIENCE * 60, || {}).map(drop);
            assert!(began.elapsed() < PATIENCE * 5);
            refused.unwrap_err().kind()
        };
        assert_eq!(kind(&path), ErrorKind::NotFound);
        drop(UnixListener::bind(&path).unwrap());
        assert_eq!(kind(&path), ErrorKind::ConnectionRefused);
        std::fs::write(folder.path().join("file"), "").unwrap();
        let file = kind(&folder.path().join("file"));
        assert_eq!(file, ErrorKind::ConnectionRefused);
        // Longer than an address can be.
        assert_eq!(
            kind(&folder.path().join("a".repeat(200))),
            ErrorKind::InvalidFilename
        );
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
