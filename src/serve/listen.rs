//! Finding an address to listen on.

use std::io;
use std::net::{SocketAddr, TcpListener, ToSocketAddrs as _};

/// How many ports are tried after the one that is wished for.
const TRIES: u16 = 100;

/// Where a server listens.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Options {
    /// An address or a name of this machine.
    pub bind: String,
    /// The port.
    pub port: Port,
}

/// A port, and what to do where it is taken.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Port {
    /// This one or none; 0 leaves it to the system.
    Exactly(u16),
    /// The first free one from here.
    From(u16),
}

impl Default for Options {
    /// Returns loopback, and the first free port from 3000.
    fn default() -> Options {
        Options { bind: "127.0.0.1".to_owned(), port: Port::From(3000) }
    }
}

/// Opens a listener.
///
/// # Errors
/// Fails where the name leads nowhere, the port is taken or the system refuses.
pub(super) fn listen(options: &Options) -> io::Result<TcpListener> {
    let (first, last) = match options.port {
        Port::Exactly(port) => (port, port),
        Port::From(port) => (port, port.saturating_add(TRIES)),
    };
    let bind = options.bind.trim_start_matches('[').trim_end_matches(']');
    let told = |port: u16, error: io::Error| {
        let why = match error.kind() {
            io::ErrorKind::AddrInUse => "the port is taken".to_owned(),
            _ => error.to_string(),
        };
        io::Error::new(error.kind(), format!("cannot listen on {bind}, port {port}: {why}"))
    };
    let mut addresses: Vec<SocketAddr> = (bind, first).to_socket_addrs().map_err(|error| told(first, error))?.collect();
    addresses.sort_by_key(SocketAddr::is_ipv6);
    let mut refusal = io::Error::from(io::ErrorKind::AddrNotAvailable);
    for port in first..=last {
        for address in &mut addresses {
            address.set_port(port);
            match TcpListener::bind(*address) {
                Ok(listener) => return Ok(listener),
                Err(error) => refusal = error,
            }
        }
        if refusal.kind() != io::ErrorKind::AddrInUse {
            return Err(told(port, refusal));
        }
    }
    Err(told(last, refusal))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options(bind: &str, port: Port) -> Options {
        Options { bind: bind.to_owned(), port }
    }

    #[test]
    fn a_taken_port_that_was_asked_for_is_an_error() {
        let taken = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = taken.local_addr().unwrap().port();
        let error = listen(&options("127.0.0.1", Port::Exactly(port))).unwrap_err().to_string();
        assert_eq!(error, format!("cannot listen on 127.0.0.1, port {port}: the port is taken"));
    }

    #[test]
    fn a_taken_port_that_was_only_wished_for_gives_the_next_free_one() {
        let taken = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = taken.local_addr().unwrap().port();
        let found = listen(&options("127.0.0.1", Port::From(port))).unwrap().local_addr().unwrap().port();
        assert!(found > port && found <= port.saturating_add(TRIES));
    }

    #[test]
    fn a_name_is_looked_up() {
        assert!(listen(&options("localhost", Port::Exactly(0))).unwrap().local_addr().unwrap().ip().is_loopback());
        let error = listen(&options("no such name", Port::Exactly(0))).unwrap_err().to_string();
        assert!(error.starts_with("cannot listen on no such name, port 0: "), "{error}");
    }
}
