//! Whom the server answers: requests to a name that is its own, from pages that are its own.
//!
//! A page of another site can make a browser send requests here, and with a name of its own that leads to this machine
//! (DNS rebinding) it could even read the answers. So `Host` must be a known name or, where the server listens on every
//! address, a numeric one, which no attacker can own; and `Origin` must be the server itself. Ports are not compared
//! with the server's: a tunnel may change them.

use std::net::IpAddr;

use hyper::header::{HOST, HeaderMap, ORIGIN};
use hyper::http::uri::Authority;
use hyper::{StatusCode, Uri};

use super::target::Refusal;

/// The hosts that a server accepts.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Hosts {
    names: Vec<String>,
    reach: Reach,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Reach {
    Loopback,
    OneAddress,
    EveryAddress,
}

impl Hosts {
    /// Makes the hosts of a server that was told to listen on `bind` and found it to be `address`.
    pub(super) fn new(bind: &str, address: IpAddr) -> Hosts {
        let mut names: Vec<String> = ["localhost", "127.0.0.1", "[::1]"].map(str::to_owned).into();
        let reach = match address {
            address if address.is_unspecified() => Reach::EveryAddress,
            address if address.is_loopback() => Reach::Loopback,
            _ => Reach::OneAddress,
        };
        let own = if address.is_ipv6() { format!("[{address}]") } else { address.to_string() };
        let told = if bind.parse::<IpAddr>().is_ok() { own.clone() } else { bind.to_ascii_lowercase() };
        for name in [own, told] {
            if !address.is_unspecified() && !names.contains(&name) {
                names.push(name);
            }
        }
        Hosts { names, reach }
    }

    /// Returns what to tell the user of a server that others can reach; `None` where only this machine can.
    pub(super) fn warning(&self) -> Option<String> {
        let names = self.names.join(", ");
        let accepted = match self.reach {
            Reach::Loopback => return None,
            Reach::OneAddress => names,
            Reach::EveryAddress => format!("{names} and any numeric address"),
        };
        Some(format!("anybody who can reach this machine can read the site; accepted hosts: {accepted}"))
    }

    /// Checks the names in a request.
    ///
    /// # Errors
    /// Fails where it has no host or two, or a foreign host or origin, or was made by a foreign page.
    pub(super) fn check(&self, uri: &Uri, headers: &HeaderMap) -> Result<(), Refusal> {
        let mut hosts = headers.get_all(HOST).iter();
        let (Some(host), None) = (hosts.next(), hosts.next()) else {
            return Err(Refusal(StatusCode::BAD_REQUEST, "a request names one host"));
        };
        let host = host.to_str().unwrap_or_default();
        if !self.accept(host) || !uri.authority().is_none_or(|authority| self.accept(authority.as_str())) {
            return Err(Refusal(StatusCode::FORBIDDEN, "this host is not accepted"));
        }
        let is_own = |origin: &str| origin.strip_prefix("http://").is_some_and(|name| name.eq_ignore_ascii_case(host));
        if !headers.get_all(ORIGIN).iter().all(|origin| origin.to_str().is_ok_and(is_own)) {
            return Err(Refusal(StatusCode::FORBIDDEN, "this origin is not accepted"));
        }
        let says = |name: &str| headers.get(name).map(hyper::header::HeaderValue::as_bytes).unwrap_or_default();
        let is_foreign = matches!(says("sec-fetch-site"), b"cross-site" | b"same-site");
        if is_foreign && says("sec-fetch-mode") != b"navigate" {
            return Err(Refusal(StatusCode::FORBIDDEN, "another site's page asks for this"));
        }
        Ok(())
    }

    fn accept(&self, host: &str) -> bool {
        let Ok(authority) = host.parse::<Authority>() else { return false };
        let name = authority.host().to_ascii_lowercase();
        let port = host[authority.host().len()..].strip_prefix(':');
        let is_plain = !host.contains('@') && port.is_none_or(|port| port.parse::<u16>().is_ok());
        let is_number = || name.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>().is_ok();
        is_plain && (self.names.contains(&name) || (self.reach == Reach::EveryAddress && is_number()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bind: &str, headers: &[(&'static str, &str)], expect: u16) {
        let address = bind.parse().unwrap_or(IpAddr::from([192, 168, 1, 5]));
        let map = headers.iter().map(|(name, value)| {
            (hyper::header::HeaderName::from_static(name), hyper::header::HeaderValue::from_str(value).unwrap())
        });
        let mut all = HeaderMap::new();
        map.for_each(|(name, value)| {
            all.append(name, value);
        });
        let found = Hosts::new(bind, address).check(&Uri::from_static("/"), &all);
        assert_eq!(found.err().map_or(200, |refusal| refusal.0.as_u16()), expect, "{bind} {headers:?}");
    }

    #[test]
    fn loopback_by_any_of_its_names_is_accepted() {
        for host in ["localhost", "LOCALHOST:3000", "127.0.0.1:3000", "[::1]:3000", "127.0.0.1:8080"] {
            check("127.0.0.1", &[("host", host)], 200);
        }
        check("127.0.0.2", &[("host", "127.0.0.2:3000")], 200);
    }

    #[test]
    fn a_foreign_host_is_refused() {
        for host in ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "192.168.1.5", "a@localhost"] {
            check("127.0.0.1", &[("host", host)], 403);
        }
        for host in ["localhost:3000.evil.example", "127.0.0.1:x", "127.0.0.1:99999", "[::1]:3000.evil.example"] {
            check("127.0.0.1", &[("host", host)], 403);
        }
        for host in ["", "localhost.", "local host", "[::1", "evil.example#localhost"] {
            check("127.0.0.1", &[("host", host)], 403);
        }
        check("127.0.0.1", &[], 400);
        check("127.0.0.1", &[("host", "localhost"), ("host", "localhost")], 400);
    }

    #[test]
    fn a_foreign_origin_is_refused() {
        let host = ("host", "localhost:3000");
        check("127.0.0.1", &[host, ("origin", "http://localhost:3000")], 200);
        for origin in ["http://localhost:3001", "https://localhost:3000", "http://evil.example", "null", ""] {
            check("127.0.0.1", &[host, ("origin", origin)], 403);
        }
    }

    #[test]
    fn a_foreign_page_may_lead_here_but_not_load_from_here() {
        let host = ("host", "localhost:3000");
        check("127.0.0.1", &[host, ("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "navigate")], 200);
        check("127.0.0.1", &[host, ("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "no-cors")], 403);
        check("127.0.0.1", &[host, ("sec-fetch-site", "same-site"), ("sec-fetch-mode", "cors")], 403);
        check("127.0.0.1", &[host, ("sec-fetch-site", "same-origin"), ("sec-fetch-mode", "cors")], 200);
    }

    #[test]
    fn on_every_address_any_number_is_accepted_and_no_name() {
        check("0.0.0.0", &[("host", "192.168.1.5:3000")], 200);
        check("::", &[("host", "[fe80::1]:3000")], 200);
        check("0.0.0.0", &[("host", "evil.example")], 403);
    }

    #[test]
    fn a_name_that_was_asked_for_is_accepted() {
        check("desk.lan", &[("host", "desk.lan:3000")], 200);
        check("desk.lan", &[("host", "192.168.1.5:3000")], 200);
        check("desk.lan", &[("host", "192.168.1.6:3000")], 403);
    }

    #[test]
    fn who_can_be_reached_from_elsewhere_is_warned() {
        let warning = |bind: &str| Hosts::new(bind, bind.parse().unwrap()).warning();
        assert_eq!(warning("127.0.0.1"), None);
        assert_eq!(warning("::1"), None);
        let sentence =
            "anybody who can reach this machine can read the site; accepted hosts: localhost, 127.0.0.1, [::1]";
        assert_eq!(warning("192.168.1.5").unwrap(), format!("{sentence}, 192.168.1.5"));
        assert_eq!(warning("0.0.0.0").unwrap(), format!("{sentence} and any numeric address"));
    }
}
