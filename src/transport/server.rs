//! A small HTTP/1.1 server around one synchronous handler, with limits on connections, time and request size.

use super::Error;
use http_body_util::{BodyExt as _, Full, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use std::convert::Infallible;
pub use std::net::SocketAddr;
use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Semaphore, oneshot};

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
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    loop {
        let Ok(place) = Arc::clone(&places).acquire_owned().await else {
            return;
        };
        let Ok((stream, _)) = listener.accept().await else {
            // Out of descriptors, or a connection that ended at once: the next ones may be better.
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        let handler = Arc::clone(&handler);
        tokio::spawn(async move {
            let service =
                service_fn(move |request| answer(request, max_body, Arc::clone(&handler)));
            let connection = http1::Builder::new()
                .timer(TokioTimer::new())
                .header_read_timeout(PATIENCE)
                .serve_connection(TokioIo::new(stream), service);
            // A client that breaks off, or takes too long, is disconnected.
            let _ = tokio::time::timeout(CONNECTION_TIME, connection).await;
            drop(place);
        });
    }
}

async fn answer<H>(
    request: hyper::Request<Incoming>,
    max_body: usize,
    handler: Arc<H>,
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
            tokio::task::spawn_blocking(move || handler(&request))
                .await
                .unwrap_or_else(|_| Response::text(500, "the server failed\n"))
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

/// Connections at the same time; the next one waits.
const CONNECTIONS: usize = 256;

/// Handlers at the same time: they wait for disks, not for processors.
const HANDLERS: usize = 16;
