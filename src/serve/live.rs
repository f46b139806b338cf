//! The streams of open pages (server-sent events, HTML Standard 9.2).
//!
//! A page subscribes with what it consists of, itself first: pairs of path and tag. It is sent an event `state` at once
//! and whenever something in it differs: which of its bytes are others now, and what is wrong with the site. What is
//! sent depends on the present alone, so that whoever reconnects has missed nothing.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use hyper::body::Bytes;
use serde::Serialize;
use tokio::sync::mpsc::{self, Receiver, Sender};
use tokio::sync::watch;
use tokio::task::AbortHandle;
use tokio::time::timeout;

use super::pages::Overlay;
use super::shelf::{Shown, State};
use super::target::{Target, decode};

/// The script of a page.
pub(super) const SCRIPT: &[u8] = include_bytes!("live.js");

/// How often a silent stream shows that it is alive. The script gives up after three times as long.
const PULSE: Duration = Duration::from_secs(20);
/// How many streams a browser may hold: it has six connections for all its pages, and needs some to load them.
const STREAMS_OF_ONE: usize = 4;
/// How many streams there may be.
const STREAMS: usize = 48;
/// How many parts of a page are compared.
const PARTS: usize = 256;

/// A part of an open page: the path as the page wrote it, where it leads, and the tag of the bytes that the page has.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Part {
    path: String,
    target: Target,
    tag: String,
}

/// Reads what a page subscribes with: `TAG=PATH` pairs, the page first. What is not sound is left out.
pub(super) fn parts(query: &str) -> Vec<Part> {
    let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    let parts = pairs.filter_map(|(tag, path)| {
        let path = decode(path)?.into_owned();
        let target = Target::parse(&path).ok()?;
        Some(Part { path, target, tag: tag.to_owned() })
    });
    parts.take(PARTS).collect()
}

/// What a page is told.
#[derive(Serialize)]
struct News<'a> {
    /// Paths as the page wrote them, with their present tags, where these are not the page's.
    changed: &'a [(String, String)],
    overlay: Option<&'a Overlay>,
}

/// The streams that are open, oldest first, by who holds them.
#[derive(Default)]
pub(super) struct Streams(Mutex<BTreeMap<u64, Stream>>);

struct Stream {
    holder: (IpAddr, Option<Bytes>),
    events: Sender<Bytes>,
    task: AbortHandle,
}

impl Streams {
    /// Opens a stream for a page; `holder` tells one browser from another. Where there are too many, the oldest ends,
    /// and its page asks again when it is looked at.
    pub(super) fn open(
        &self,
        holder: (IpAddr, Option<Bytes>),
        parts: Vec<Part>,
        states: watch::Receiver<State>,
    ) -> Receiver<Bytes> {
        let (events, received) = mpsc::channel(4);
        let task = tokio::spawn(tell(parts, states, events.clone())).abort_handle();
        let mut open = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        open.retain(|_, stream| !stream.events.is_closed());
        let of_holder: Vec<u64> =
            open.iter().filter(|(_, stream)| stream.holder == holder).map(|(&id, _)| id).collect();
        let oldest = if of_holder.len() >= STREAMS_OF_ONE { of_holder.first() } else { open.keys().next() };
        let is_full = of_holder.len() >= STREAMS_OF_ONE || open.len() >= STREAMS;
        if let Some(stream) = oldest.copied().filter(|_| is_full).and_then(|id| open.remove(&id)) {
            let _ = stream.events.try_send(Bytes::from_static(b"event: later\ndata:\n\n"));
            stream.task.abort();
        }
        let id = open.last_key_value().map_or(0, |(id, _)| id + 1);
        open.insert(id, Stream { holder, events, task });
        received
    }
}

/// Tells a page what differs, until it is gone.
async fn tell(mut parts: Vec<Part>, mut states: watch::Receiver<State>, events: Sender<Bytes>) {
    let mut told: Option<Option<Overlay>> = None;
    loop {
        let state = states.borrow_and_update().clone();
        if state.is_published {
            let shown = Arc::clone(&state.shown);
            let compared = tokio::task::spawn_blocking(move || {
                let found = compare(&shown, &mut parts);
                (found, parts)
            });
            let Ok(((changed, of_page), same)) = compared.await else { return };
            parts = same;
            let overlay = state.overlay.or(of_page);
            if !changed.is_empty() || told.as_ref() != Some(&overlay) {
                let news = News { changed: &changed, overlay: overlay.as_ref() };
                let data = serde_json::to_string(&news).expect("texts and numbers are always JSON");
                if events.send(Bytes::from(format!("event: state\ndata: {data}\n\n"))).await.is_err() {
                    return;
                }
                told = Some(overlay);
            }
        }
        while let Err(_silence) = timeout(PULSE, states.changed()).await.map(|changed| changed.is_ok()) {
            if events.send(Bytes::from_static(b"event: pulse\ndata:\n\n")).await.is_err() {
                return;
            }
        }
        if states.has_changed().is_err() {
            return;
        }
    }
}

/// Returns the parts whose bytes are others now, and notes their tags. Where the page itself is another, its parts do
/// not matter.
fn compare(shown: &Shown, parts: &mut [Part]) -> (Vec<(String, String)>, Option<Overlay>) {
    let mut changed = Vec::new();
    let mut overlay = None;
    for (place, part) in parts.iter_mut().enumerate() {
        let (tag, wrong) = shown.tag(&part.target);
        if place == 0 {
            overlay = wrong;
        }
        if *tag != *part.tag {
            let was_known = !part.tag.is_empty();
            part.tag = tag.to_string();
            changed.push((part.path.clone(), part.tag.clone()));
            if place == 0 && was_known {
                break;
            }
        }
    }
    (changed, overlay)
}
