//! Fetching: the bytes of a page, over HTTP or HTTPS, within limits of time and size.

use std::io::Read;
use std::time::{Duration, Instant};

use ureq::http::{StatusCode, header};
use url::Url;

use super::exit::Failure;
use crate::capture::Format;

/// The most redirects that are followed.
const REDIRECTS: usize = 5;

/// What may be spent on a page.
pub(super) struct Limits {
    /// The time in all, redirects among it.
    pub(super) patience: Duration,
    /// The size, in bytes, of the page as it is kept.
    pub(super) largest: u64,
}

/// What was fetched.
#[derive(Debug)]
pub(super) struct Fetched {
    /// The bytes, as they were before the transport compressed them.
    pub(super) bytes: Vec<u8>,
    /// What the server, or else the address, says that they are.
    pub(super) format: Format,
    /// Where they lay: the address behind the last redirect.
    pub(super) url: String,
    /// The last part of the path, without an extension.
    pub(super) name: String,
}

/// Fetches a page; follows redirects to other pages of the web, never to a file.
///
/// # Errors
///
/// A failure that names `address` and says why: no such host, no connection, no certificate, a status of 400 and more, a
/// redirect that leads nowhere or round in circles, a type that no capture has, a limit that was reached.
pub(super) fn fetch(address: &str, limits: &Limits) -> Result<Fetched, Failure> {
    let failure = |reason: &str| Failure::new(format!("cannot fetch {address}: {reason}"));
    let mut url = Url::parse(address).map_err(|error| failure(&error.to_string()))?;
    let deadline = Instant::now() + limits.patience;
    let mut answer = None;
    for _ in 0..=REDIRECTS {
        let one = ask(&url, deadline).map_err(|error| failure(&said(&error, limits)))?;
        let to = one.headers().get(header::LOCATION).filter(|_| is_redirect(one.status()));
        let Some(to) = to else {
            answer = Some(one);
            break;
        };
        let to = String::from_utf8_lossy(to.as_bytes());
        let leads = |reason: &str| failure(&format!("it leads to \"{to}\", {reason}"));
        url = url.join(&to).map_err(|_| leads("which is no address"))?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(leads("which is no page of the web"));
        }
    }
    let Some(mut answer) = answer else {
        return Err(failure(&format!("it leads on and on: more than {REDIRECTS} redirects")));
    };
    let kind = answer.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let last = url.path().trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    let named = last.rsplit_once('.').and_then(|(_, extension)| Format::of_extension(extension));
    let Some(format) = format_of(&kind, named) else {
        let help = "a capture is a text, a page or a PDF";
        return Err(failure(&format!("it is of the type \"{kind}\"")).help(help));
    };
    let mut bytes = Vec::new();
    let mut body = answer.body_mut().as_reader().take(limits.largest + 1);
    body.read_to_end(&mut bytes).map_err(|error| failure(&said(&ureq::Error::from(error), limits)))?;
    if bytes.len() as u64 > limits.largest {
        return Err(failure(&format!("it is larger than {} MiB", limits.largest >> 20)));
    }
    let name = last.split('.').next().unwrap_or_default().to_owned();
    Ok(Fetched { bytes, format, name, url: url.into() })
}

/// Asks for a page once.
fn ask(url: &Url, deadline: Instant) -> Result<ureq::http::Response<ureq::Body>, ureq::Error> {
    let mut config = ureq::Agent::config_builder()
        .timeout_global(Some(deadline.saturating_duration_since(Instant::now()).max(Duration::from_millis(1))))
        .max_redirects(0)
        .user_agent(concat!("casebook/", env!("CARGO_PKG_VERSION")));
    // A proxy (of the environment) knows another machine by these names.
    if matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]")) {
        config = config.proxy(None);
    }
    ureq::Agent::new_with_config(config.build()).get(url.as_str()).call()
}

fn is_redirect(status: StatusCode) -> bool {
    matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308)
}

/// Returns the format of a media type; of one that says little, that of the address.
fn format_of(kind: &str, named: Option<Format>) -> Option<Format> {
    match kind {
        "text/html" | "application/xhtml+xml" => Some(Format::Html),
        "application/pdf" => Some(Format::Pdf),
        "text/markdown" => Some(Format::Md),
        "text/plain" => named.or(Some(Format::Txt)),
        _ => named,
    }
}

/// Says why nothing came.
fn said(error: &ureq::Error, limits: &Limits) -> String {
    match error {
        ureq::Error::StatusCode(code) => {
            let meaning = StatusCode::from_u16(*code).ok().and_then(|status| status.canonical_reason());
            format!("the server answers {code} {}", meaning.unwrap_or_default()).trim_end().to_owned()
        }
        ureq::Error::Timeout(_) => format!("it takes longer than {} s", limits.patience.as_secs()),
        ureq::Error::HostNotFound => "there is no such host".to_owned(),
        ureq::Error::Io(error) => match error.kind() {
            std::io::ErrorKind::ConnectionRefused => "the connection is refused".to_owned(),
            std::io::ErrorKind::TimedOut => format!("it takes longer than {} s", limits.patience.as_secs()),
            _ if error.to_string().contains("failed to lookup") => "there is no such host, or no network".to_owned(),
            _ => error.to_string(),
        },
        error => error.to_string(),
    }
}

#[cfg(test)]
mod tests;
