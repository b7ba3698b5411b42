//! A small HTTP/1.1 server around one synchronous handler, with limits on connections, time and request size.

use super::Error;
use http_body_util::{BodyExt as _, Full, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use std::collections::HashMap;
use std::convert::Infallible;
pub use std::net::SocketAddr;
use std::net::TcpListener;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::{Duration, Instant};
use tokio::sync::oneshot;
use tokio::task::AbortHandle;

/// A request, read whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// Its method, e.g. `POST`.
    pub method: String,
    /// Its path, from the first `/`.
    pub path: String,
    /// Its body.
    pub body: Vec<u8>,
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Response {
    /// The HTTP status.
    pub status: u16,
    /// Its media type.
    pub media_type: &'static str,
    /// Its body.
    pub body: Vec<u8>,
}

impl Response {
    /// A short text.
    pub fn text(status: u16, text: &str) -> Self {
        Self {
            status,
            media_type: "text/plain; charset=utf-8",
            body: text.as_bytes().to_vec(),
        }
    }
}

/// A running server; dropping it stops it.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<std::thread::JoinHandle<()>>,
}

impl Server {
    /// Listens at an address (port 0 takes any free port), and serves until dropped; see [`Server::start`].
    pub fn listen(
        address: SocketAddr,
        max_body: usize,
        handler: impl Fn(&Request) -> Response + Send + Sync + 'static,
    ) -> Result<Self, Error> {
        let listener = TcpListener::bind(address).map_err(Error::Listen)?;
        Self::start(listener, max_body, handler)
    }

    /// Serves `listener` until dropped. `handler` runs on threads of its own, so it may wait for disks.
    pub fn start(
        listener: TcpListener,
        max_body: usize,
        handler: impl Fn(&Request) -> Response + Send + Sync + 'static,
    ) -> Result<Self, Error> {
        let address = listener.local_addr().map_err(Error::Listen)?;
        listener.set_nonblocking(true).map_err(Error::Listen)?;
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .max_blocking_threads(HANDLERS)
            .enable_all()
            .build()
            .map_err(Error::Listen)?;
        let (stop, stopped) = oneshot::channel();
        let handler = Arc::new(handler);
        let thread = std::thread::spawn(move || {
            runtime.spawn(accept(listener, max_body, handler));
            // Stopped by a message or by a drop: in both cases it ends.
            let _ = runtime.block_on(stopped);
            runtime.shutdown_timeout(Duration::from_secs(1));
        });
        Ok(Self {
            address,
            stop: Some(stop),
            thread: Some(thread),
        })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Waits for ever; for a program that does nothing else.
    pub fn wait(mut self) {
        if let Some(thread) = self.thread.take() {
            // A server that panicked has ended; there is nothing to wait for.
            let _ = thread.join();
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

async fn accept<H>(listener: TcpListener, max_body: usize, handler: Arc<H>)
where
    H: Fn(&Request) -> Response + Send + Sync + 'static,
{
    let Ok(listener) = tokio::net::TcpListener::from_std(listener) else {
        return;
    };
    let open = Open::default();
    loop {
        while !open.has_room() {
            // Every connection is at work, and will be done soon.
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        let Ok((stream, _)) = listener.accept().await else {
            // Out of descriptors, or a connection that ended at once: the next ones may be better.
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        let handler = Arc::clone(&handler);
        let visit = Arc::new(open.enter());
        let number = visit.number;
        let task = tokio::spawn(async move {
            let at = Arc::clone(&visit);
            let service = service_fn(move |request| {
                answer(request, max_body, Arc::clone(&handler), Arc::clone(&at))
            });
            let connection = http1::Builder::new()
                .timer(TokioTimer::new())
                .header_read_timeout(PATIENCE)
                .serve_connection(TokioIo::new(stream), service);
            // A client that breaks off, or takes too long, is disconnected.
            let _ = tokio::time::timeout(CONNECTION_TIME, connection).await;
            drop(visit);
        });
        open.runs(number, task.abort_handle());
    }
}

/// The connections that are open. If there is no room for another, the one that has been waiting for its client longest is
/// closed: a client that holds many idle connections cannot keep others out.
#[derive(Debug, Clone, Default)]
struct Open {
    all: Arc<Mutex<HashMap<u64, Connection>>>,
    entered: Arc<AtomicU64>,
}

#[derive(Debug)]
struct Connection {
    /// Since when it waits for its client; `None` while a request of it is handled.
    waiting_since: Option<Instant>,
    task: Option<AbortHandle>,
}

impl Open {
    fn all(&self) -> MutexGuard<'_, HashMap<u64, Connection>> {
        self.all.lock().expect("nothing panics while it is held")
    }

    /// Whether one more may come; the longest waiting one is disconnected for it.
    fn has_room(&self) -> bool {
        let mut all = self.all();
        if all.len() < CONNECTIONS {
            return true;
        }
        let waiting = all.iter().filter(|(_, one)| one.task.is_some());
        let waiting = waiting.filter_map(|(number, one)| Some((one.waiting_since?, *number)));
        let Some((_, longest)) = waiting.min() else {
            return false;
        };
        if let Some(task) = all.remove(&longest).and_then(|one| one.task) {
            task.abort();
        }
        true
    }

    fn enter(&self) -> Visit {
        let number = self.entered.fetch_add(1, Ordering::Relaxed);
        let connection = Connection {
            waiting_since: Some(Instant::now()),
            task: None,
        };
        self.all().insert(number, connection);
        Visit {
            open: self.clone(),
            number,
        }
    }

    fn runs(&self, number: u64, task: AbortHandle) {
        if let Some(connection) = self.all().get_mut(&number) {
            connection.task = Some(task);
        }
    }
}

/// One connection's place among the open ones; it is given up when this is dropped.
#[derive(Debug)]
struct Visit {
    open: Open,
    number: u64,
}

impl Visit {
    fn waits(&self, since: Option<Instant>) {
        if let Some(connection) = self.open.all().get_mut(&self.number) {
            connection.waiting_since = since;
        }
    }
}

impl Drop for Visit {
    fn drop(&mut self) {
        self.open.all().remove(&self.number);
    }
}

async fn answer<H>(
    request: hyper::Request<Incoming>,
    max_body: usize,
    handler: Arc<H>,
    visit: Arc<Visit>,
) -> Result<hyper::Response<Full<Bytes>>, Infallible>
where
    H: Fn(&Request) -> Response + Send + Sync + 'static,
{
    let (head, body) = request.into_parts();
    let read = tokio::time::timeout(PATIENCE, Limited::new(body, max_body).collect()).await;
    let response = match read {
        Err(_) => Response::text(408, "the request took too long\n"),
        Ok(Err(_)) => Response::text(413, "the request is too large, or broke off\n"),
        Ok(Ok(body)) => {
            let request = Request {
                method: head.method.as_str().to_owned(),
                path: head.uri.path().to_owned(),
                body: body.to_bytes().to_vec(),
            };
            visit.waits(None);
            let response = tokio::task::spawn_blocking(move || handler(&request)).await;
            visit.waits(Some(Instant::now()));
            response.unwrap_or_else(|_| Response::text(500, "the server failed\n"))
        }
    };
    let built = hyper::Response::builder()
        .status(response.status)
        .header("content-type", response.media_type)
        .body(Full::new(Bytes::from(response.body)));
    Ok(built.unwrap_or_else(|_| {
        let mut failed = hyper::Response::new(Full::new(Bytes::new()));
        *failed.status_mut() = hyper::StatusCode::INTERNAL_SERVER_ERROR;
        failed
    }))
}

/// A request head or body that takes longer only blocks a connection.
const PATIENCE: Duration = Duration::from_secs(10);

/// A connection may be kept for many requests, but not for ever.
const CONNECTION_TIME: Duration = Duration::from_mins(5);

/// Connections at the same time; the next one takes the place of one that waits for its client.
const CONNECTIONS: usize = 256;

/// Handlers at the same time: they wait for disks, not for processors.
const HANDLERS: usize = 16;
