//! The server: one thread that listens and speaks HTTP, and a few that make pages.

use std::convert::Infallible;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use hyper::body::{Bytes, Incoming};
use hyper::header::USER_AGENT;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::time::{sleep, timeout};

use super::connections::{Activity, Connections};
use super::hosts::Hosts;
use super::listen::{Options, listen};
use super::live::{self, Streams};
use super::pages::{Overlay, Pages};
use super::respond::{self, Content};
use super::shelf::Shelf;
use super::target::{Refusal, Target};

/// How long a browser may take to send the head of a request.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long a request waits for the first site to be published.
const FIRST_SITE: Duration = Duration::from_secs(60);
/// How many bytes the head of a request may have.
const LARGEST_HEAD: usize = 64 * 1024;
/// How many pages are made at the same time.
const MAKERS: usize = 4;
/// The folder of what is the server's own.
const OWN: &str = "/.casebook/";

/// A server that answers from the newest good site. Dropping it ends it.
pub struct Server {
    address: SocketAddr,
    desk: Arc<Desk>,
    _end: oneshot::Sender<()>,
}

/// What every connection needs.
struct Desk {
    hosts: Hosts,
    shelf: Shelf,
    streams: Streams,
    connections: Connections,
}

impl Server {
    /// Listens, and answers from now on; until something is published, requests wait for it.
    ///
    /// # Errors
    /// Fails where the port that was asked for is taken, or the system refuses.
    pub fn start(options: &Options) -> io::Result<Server> {
        let listener = listen(options)?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let desk = Arc::new(Desk {
            hosts: Hosts::new(&options.bind, address.ip()),
            shelf: Shelf::default(),
            streams: Streams::default(),
            connections: Connections::default(),
        });
        let runtime =
            tokio::runtime::Builder::new_current_thread().enable_all().max_blocking_threads(MAKERS).build()?;
        let (end, ended) = oneshot::channel();
        let listener = {
            let _inside = runtime.enter();
            TcpListener::from_std(listener)?
        };
        let of_thread = Arc::clone(&desk);
        thread::Builder::new().name("serve".to_owned()).spawn(move || {
            runtime.spawn(accept(listener, of_thread));
            // The sender is never used: that it is gone is the message.
            let _ = runtime.block_on(ended);
            runtime.shutdown_background();
        })?;
        Ok(Server { address, desk, _end: end })
    }

    /// Returns the address at which the site is found in a browser on this machine.
    pub fn url(&self) -> String {
        let port = self.address.port();
        match self.address.ip() {
            IpAddr::V4(address) if address.is_unspecified() => format!("http://127.0.0.1:{port}/"),
            IpAddr::V6(address) if address.is_unspecified() => format!("http://[::1]:{port}/"),
            _ => format!("http://{}/", self.address),
        }
    }

    /// Returns what to tell the user of a server that others can reach; `None` where only this machine can.
    pub fn warning(&self) -> Option<String> {
        self.desk.hosts.warning()
    }

    /// Shows a site from now on, or goes on showing the last one, with or without something that is wrong with it.
    /// Every open page whose own bytes changed is told.
    pub fn publish(&self, pages: Option<Arc<dyn Pages>>, overlay: Option<Overlay>) {
        self.desk.shelf.publish(pages, overlay);
    }
}

async fn accept(listener: TcpListener, desk: Arc<Desk>) {
    loop {
        match listener.accept().await {
            Ok((stream, peer)) => {
                if desk.connections.make_room() {
                    let activity = Arc::new(Activity::default());
                    let task = tokio::spawn(converse(stream, peer.ip(), Arc::clone(&desk), Arc::clone(&activity)));
                    desk.connections.add(task.abort_handle(), activity);
                }
            }
            // A connection that broke at once, or no more files to open: neither ends the server.
            Err(_) => sleep(Duration::from_millis(20)).await,
        }
    }
}

/// Answers the requests of one connection. What is no HTTP is refused by hyper itself.
async fn converse(stream: TcpStream, peer: IpAddr, desk: Arc<Desk>, activity: Arc<Activity>) {
    // Without this an event may be held back for the sake of fuller packets.
    let _ = stream.set_nodelay(true);
    let service = service_fn(|request| {
        let (desk, activity) = (Arc::clone(&desk), Arc::clone(&activity));
        async move {
            activity.answers();
            let response = answer(&desk, peer, &request).await;
            match response.body() {
                Content::Stream(_) => activity.streams(),
                Content::Whole(_) => activity.rests(),
            }
            Ok::<_, Infallible>(response)
        }
    });
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(PATIENCE)
        .max_header_size(LARGEST_HEAD)
        .max_buf_size(LARGEST_HEAD);
    // A connection that breaks is the browser's affair.
    let _ = http.serve_connection(TokioIo::new(stream), service).await;
}

async fn answer(desk: &Desk, peer: IpAddr, request: &Request<Incoming>) -> Response<Content> {
    let method = request.method();
    match route(desk, peer, request).await {
        Ok(response) => response,
        Err(refusal) => respond::refusal(refusal, method),
    }
}

async fn route(desk: &Desk, peer: IpAddr, request: &Request<Incoming>) -> Result<Response<Content>, Refusal> {
    let (method, headers) = (request.method(), request.headers());
    desk.hosts.check(request.uri(), headers)?;
    if method != Method::GET && method != Method::HEAD {
        return Err(Refusal(StatusCode::METHOD_NOT_ALLOWED, "this server only shows"));
    }
    let path = request.uri().path();
    if let Some(own) = path.strip_prefix(OWN) {
        return match own {
            "live.js" => Ok(respond::own("text/javascript; charset=utf-8", live::SCRIPT, method)),
            "events" if method == Method::GET => {
                let agent = headers.get(USER_AGENT).map(|agent| Bytes::copy_from_slice(agent.as_bytes()));
                let parts = live::parts(request.uri().query().unwrap_or_default());
                Ok(respond::events(desk.streams.open((peer, agent), parts, desk.shelf.follow())))
            }
            _ => Err(Refusal(StatusCode::NOT_FOUND, "there is nothing here")),
        };
    }
    let target = Target::parse(path)?;
    let mut states = desk.shelf.follow();
    let shown = match timeout(FIRST_SITE, states.wait_for(|state| state.is_published)).await {
        Ok(Ok(state)) => Arc::clone(&state.shown),
        _ => return Err(Refusal(StatusCode::SERVICE_UNAVAILABLE, "the site is still being built")),
    };
    let made = tokio::task::spawn_blocking(move || shown.reply(&target)).await;
    let reply =
        made.map_err(|_| Refusal(StatusCode::INTERNAL_SERVER_ERROR, "this page cannot be made: a fault of Casebook"))?;
    Ok(respond::site(reply, method, headers))
}
