//! From a reply to an HTTP response: headers, conditions and ranges (RFC 9110, sections 13 and 14).

use std::ops::RangeInclusive;
use std::pin::Pin;
use std::task::{Context, Poll};

use hyper::body::{Body, Bytes, Frame, SizeHint};
use hyper::header::{self, HeaderMap, HeaderName, HeaderValue};
use hyper::{Method, Response, StatusCode};
use tokio::sync::mpsc::Receiver;

use super::answer::Reply;
use super::target::Refusal;

/// What keeps other sites' pages from reading or framing an answer.
const GUARDS: [(HeaderName, &str); 3] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
];
/// The policy of a page, beside the one that stands in it.
const PAGE_POLICY: &str = "frame-ancestors 'self'; base-uri 'self'";
/// The policy of pictures and data, which may be documents with scripts in disguise.
const DATA_POLICY: &str = "frame-ancestors 'self'; base-uri 'self'; script-src 'none'";
/// The policy of what is not the site's.
const OWN_POLICY: &str = "default-src 'none'; frame-ancestors 'none'";

/// The body of a response: bytes that are there, or events that come.
pub(super) enum Content {
    /// All of it; `None` once it was sent.
    Whole(Option<Bytes>),
    /// As it comes, until the sender ends.
    Stream(Receiver<Bytes>),
}

impl Body for Content {
    type Data = Bytes;
    type Error = std::convert::Infallible;

    fn poll_frame(self: Pin<&mut Self>, task: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        match self.get_mut() {
            Content::Whole(bytes) => Poll::Ready(bytes.take().map(|bytes| Ok(Frame::data(bytes)))),
            Content::Stream(events) => events.poll_recv(task).map(|bytes| bytes.map(|bytes| Ok(Frame::data(bytes)))),
        }
    }

    fn is_end_stream(&self) -> bool {
        matches!(self, Content::Whole(None))
    }

    fn size_hint(&self) -> SizeHint {
        match self {
            Content::Whole(bytes) => SizeHint::with_exact(bytes.as_ref().map_or(0, |bytes| bytes.len() as u64)),
            Content::Stream(_) => SizeHint::default(),
        }
    }
}

/// Answers with what the site says, as far as the request's conditions and range want it.
pub(super) fn site(reply: Reply, method: &Method, headers: &HeaderMap) -> Response<Content> {
    let tag = format!("\"{}\"", reply.tag);
    let length = reply.bytes.len() as u64;
    let is_page = reply.content_type.starts_with("text/html");
    let mut response = Response::new(Content::Whole(None));
    let set = response.headers_mut();
    set.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    set.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(if is_page { PAGE_POLICY } else { DATA_POLICY }),
    );
    set.insert(HeaderName::from_static("server-timing"), value(&format!("casebook;desc={tag}")));
    set.insert(header::ETAG, value(&tag));
    guard(set);
    if reply.status == StatusCode::OK && is_known(headers, &tag) {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        return response;
    }
    set.insert(header::CONTENT_TYPE, HeaderValue::from_static(reply.content_type));
    if let Some(location) = &reply.location {
        set.insert(header::LOCATION, value(location));
    }
    let bytes = Bytes::from_owner(reply.bytes);
    if reply.status != StatusCode::OK {
        return sent(response, reply.status, bytes, method);
    }
    set.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    match wanted(method, headers, &tag, length) {
        Wanted::Everything => sent(response, StatusCode::OK, bytes, method),
        Wanted::Part(range) => {
            let (start, end) = range.into_inner();
            set.insert(header::CONTENT_RANGE, value(&format!("bytes {start}-{end}/{length}")));
            // Both lie below the length of a slice, so they fit.
            let part = bytes.slice(start as usize..=end as usize);
            sent(response, StatusCode::PARTIAL_CONTENT, part, method)
        }
        Wanted::Nothing => {
            set.insert(header::CONTENT_RANGE, value(&format!("bytes */{length}")));
            sent(response, StatusCode::RANGE_NOT_SATISFIABLE, Bytes::new(), method)
        }
    }
}

/// Answers with something of the server's own, never of the site.
pub(super) fn own(content_type: &'static str, bytes: &'static [u8], method: &Method) -> Response<Content> {
    sent(bare(content_type), StatusCode::OK, Bytes::from_static(bytes), method)
}

/// Answers with a stream of events.
pub(super) fn events(events: Receiver<Bytes>) -> Response<Content> {
    bare("text/event-stream; charset=utf-8").map(|_| Content::Stream(events))
}

/// Answers that there will be no answer, and why.
pub(super) fn refusal(refusal: Refusal, method: &Method) -> Response<Content> {
    let Refusal(status, why) = refusal;
    let mut response = bare("text/plain; charset=utf-8");
    if status == StatusCode::METHOD_NOT_ALLOWED {
        response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
    }
    sent(response, status, Bytes::from(format!("{why}\n")), method)
}

fn bare(content_type: &'static str) -> Response<Content> {
    let mut response = Response::new(Content::Whole(None));
    let set = response.headers_mut();
    set.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    set.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    set.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(OWN_POLICY));
    guard(set);
    response
}

fn guard(headers: &mut HeaderMap) {
    for (name, value) in GUARDS {
        headers.insert(name, HeaderValue::from_static(value));
    }
}

/// Fills in status, length and, unless only the head was asked for, the bytes.
fn sent(mut response: Response<Content>, status: StatusCode, bytes: Bytes, method: &Method) -> Response<Content> {
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from(bytes.len()));
    if method != Method::HEAD {
        *response.body_mut() = Content::Whole(Some(bytes));
    }
    response
}

fn value(text: &str) -> HeaderValue {
    HeaderValue::from_str(text).expect("tags are hexadecimal and locations escaped")
}

/// Tells whether the browser says that it has these bytes already.
fn is_known(headers: &HeaderMap, tag: &str) -> bool {
    let lists = headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|list| list.to_str().ok());
    lists
        .flat_map(|list| list.split(','))
        .map(str::trim)
        .any(|known| known == "*" || known.trim_start_matches("W/") == tag)
}

enum Wanted {
    Everything,
    Part(RangeInclusive<u64>),
    Nothing,
}

/// Reads which part is wanted. Several parts, or another unit than bytes, may be answered with everything.
fn wanted(method: &Method, headers: &HeaderMap, tag: &str, length: u64) -> Wanted {
    let Some(range) = headers.get(header::RANGE) else { return Wanted::Everything };
    let is_same = headers.get(header::IF_RANGE).is_none_or(|known| known.as_bytes() == tag.as_bytes());
    if method != Method::GET || !is_same {
        return Wanted::Everything;
    }
    let Ok(range) = range.to_str() else { return Wanted::Nothing };
    if !range.trim_start().starts_with("bytes=") {
        return Wanted::Everything;
    }
    let parsed = http_range_header::parse_range_header(range).ok();
    match parsed.and_then(|ranges| ranges.validate(length).ok()).as_deref() {
        Some([part]) => Wanted::Part(part.clone()),
        Some(_) => Wanted::Everything,
        None => Wanted::Nothing,
    }
}
