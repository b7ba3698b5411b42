//! How slowly a server may send. A server that sends a byte now and then is never silent, so the amount of data must also be
//! worth the time. This holds for what the server sends around the data too: header fields, chunk sizes, trailers, and the
//! records of TLS.

use std::cell::Cell;
use std::io::{self, ErrorKind, Read};
use std::time::{Duration, Instant};
use ureq::Timeout;
use ureq::unversioned::transport::{
    Buffers, ConnectionDetails, Connector, NextTimeout, RustlsConnector, TcpConnector, Transport,
};

/// A body whose bytes must arrive within [`time_for()`] them; otherwise reading fails with `TimedOut`.
pub(super) struct Paced<R> {
    from: R,
    time: Duration,
    began: Instant,
    read: u64,
}

impl<R: Read> Paced<R> {
    /// The body `from`, whose first byte may take `time`.
    pub(super) fn new(from: R, time: Duration) -> Self {
        Self {
            from,
            time,
            began: Instant::now(),
            read: 0,
        }
    }

    /// How many bytes have arrived.
    pub(super) fn read_bytes(&self) -> u64 {
        self.read
    }
}

impl<R: Read> Read for Paced<R> {
    fn read(&mut self, piece: &mut [u8]) -> io::Result<usize> {
        let until = self.began + time_for(self.time, self.read);
        let length = within(until, || self.from.read(piece))?;
        if length > 0 && Instant::now() > until {
            return Err(ErrorKind::TimedOut.into());
        }
        self.read += length as u64;
        Ok(length)
    }
}

/// How long so many bytes may take: `time + bytes / SLOWEST_BYTES_A_SECOND`.
pub(super) fn time_for(time: Duration, bytes: u64) -> Duration {
    time + Duration::from_secs(bytes / SLOWEST_BYTES_A_SECOND)
}

/// Half a megabit a second, as on a poor mobile connection.
const SLOWEST_BYTES_A_SECOND: u64 = 64 * 1024;

thread_local! {
    /// Until when this thread may wait for a server.
    static UNTIL: Cell<Option<Instant>> = const { Cell::new(None) };
}

/// Lets the connections of [`connector()`] take in nothing after `until`, as long as `act` runs.
pub(super) fn within<T>(until: Instant, act: impl FnOnce() -> T) -> T {
    let before = UNTIL.replace(Some(until));
    let done = act();
    UNTIL.set(before);
    done
}

/// Connects by TCP, and for https by TLS on top of it. Nothing is taken in later than [`within()`] allows.
pub(super) fn connector() -> impl Connector {
    ().chain(TcpConnector::default())
        .chain(Watch)
        .chain(RustlsConnector::default())
}

#[derive(Debug)]
struct Watch;

impl<In: Transport> Connector<In> for Watch {
    type Out = Watched<In>;

    fn connect(
        &self,
        _details: &ConnectionDetails<'_>,
        connected: Option<In>,
    ) -> Result<Option<Watched<In>>, ureq::Error> {
        Ok(connected.map(Watched))
    }
}

#[derive(Debug)]
struct Watched<T>(T);

impl<T: Transport> Transport for Watched<T> {
    fn buffers(&mut self) -> &mut dyn Buffers {
        self.0.buffers()
    }

    fn transmit_output(&mut self, amount: usize, time: NextTimeout) -> Result<(), ureq::Error> {
        self.0.transmit_output(amount, time)
    }

    fn await_input(&mut self, mut time: NextTimeout) -> Result<bool, ureq::Error> {
        if let Some(until) = UNTIL.get() {
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Err(ureq::Error::Timeout(Timeout::RecvBody));
            }
            if *time.after > left {
                time.after = left.into();
            }
        }
        self.0.await_input(time)
    }

    fn is_open(&mut self) -> bool {
        self.0.is_open()
    }

    fn is_tls(&self) -> bool {
        self.0.is_tls()
    }
}
