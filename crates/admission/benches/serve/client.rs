//! A load of requests: blocking clients over TLS, each with one connection.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::time::{Duration, Instant};

use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};

/// What is another in each request.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Each {
    /// The end of the pod's name and the uids, as for the pods that one controller makes.
    Pod,
    /// The hash of the pod's template too: no two pods are made from the same.
    Template,
}

/// What the API server draws the ends of names from.
const LETTERS: &[u8; 27] = b"bcdfghjklmnpqrstvwxz2456789";

pub struct Load<'a> {
    pub address: SocketAddr,
    pub certificate: &'a [u8],
    pub connections: usize,
    pub review: &'a str,
    pub each: Each,
}

pub struct Done {
    pub took: Duration,
    /// Of each request, sorted.
    times: Vec<Duration>,
}

impl Done {
    /// Microseconds.
    pub fn percentile(&self, percent: f64) -> f64 {
        let at =
            ((self.times.len() as f64 * percent / 100.0) as usize).min(self.times.len().saturating_sub(1));
        self.times.get(at).map_or(0.0, |time| time.as_secs_f64() * 1e6)
    }
}

impl Load<'_> {
    /// Sends so many requests over all connections, as fast as they are answered, or so many a second: then
    /// a request's time begins when it was due, not when the client got round to it.
    pub fn run(&self, requests: u64, rate: Option<f64>) -> Done {
        let each = requests / self.connections as u64;
        let begun = Instant::now();
        let mut times: Vec<Duration> = std::thread::scope(|scope| {
            let clients: Vec<_> = (0..self.connections)
                .map(|number| {
                    scope.spawn(move || {
                        let every = rate.map(|rate| Duration::from_secs_f64(self.connections as f64 / rate));
                        self.client(number, each, every)
                    })
                })
                .collect();
            clients.into_iter().flat_map(|client| client.join().expect("a client")).collect()
        });
        let took = begun.elapsed();
        times.sort_unstable();
        Done { took, times }
    }

    fn client(&self, number: usize, requests: u64, every: Option<Duration>) -> Vec<Duration> {
        let mut roots = RootCertStore::empty();
        roots.add(CertificateDer::from(self.certificate.to_vec())).expect("a root");
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let configuration = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .expect("versions")
            .with_root_certificates(roots)
            .with_no_client_auth();
        let name = ServerName::try_from("localhost").expect("a name");
        let connection = ClientConnection::new(Arc::new(configuration), name).expect("a connection");
        let socket = TcpStream::connect(self.address).expect("connected");
        socket.set_nodelay(true).expect("no delay");
        let mut stream = StreamOwned::new(connection, socket);
        let head = format!(
            "POST /validate?timeout=10s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n",
            self.review.len()
        );
        let template = format!("{head}{}", self.review).into_bytes();
        let places = |text: &str| -> Vec<usize> {
            self.review.match_indices(text).map(|(at, _)| at + head.len()).collect()
        };
        let (names, uids) = (places("x2x9q"), [places("42010a800002"), places("0a1a5b6c7d")].concat());
        let templates = if self.each == Each::Template { places("7d9c5b8f6d") } else { Vec::new() };
        let mut request = template;
        let mut buffer = vec![0; 16 << 10];
        let mut times = Vec::with_capacity(if every.is_some() { requests as usize } else { 0 });
        let begun = Instant::now();
        for turn in 0..requests {
            let mut rest = turn * self.connections as u64 + number as u64;
            let name = [(); 5].map(|()| {
                let letter = LETTERS[(rest % 27) as usize];
                rest /= 27;
                letter
            });
            let hexadecimal = format!("{turn:08x}");
            let hash = format!("{number:02}{turn:08}");
            let changes =
                [(&names, &name[..]), (&uids, hexadecimal.as_bytes()), (&templates, hash.as_bytes())];
            for (places, text) in changes {
                for &place in places {
                    request[place..place + text.len()].copy_from_slice(text);
                }
            }
            let mut from = Instant::now();
            if let Some(every) = every {
                let due = begun + every.mul_f64(turn as f64 + number as f64 / self.connections as f64);
                match due.checked_duration_since(from) {
                    Some(wait) => {
                        std::thread::sleep(wait);
                        from = Instant::now();
                    }
                    // The server kept the client from its turn, and so that is part of the time.
                    None => from = due,
                }
            }
            stream.write_all(&request).expect("sent");
            stream.flush().expect("sent");
            let mut filled = 0;
            loop {
                filled += stream.read(&mut buffer[filled..]).expect("an answer");
                if is_whole(&buffer[..filled]) {
                    break;
                }
                assert!(filled < buffer.len(), "the answer is too long");
            }
            assert!(buffer.starts_with(b"HTTP/1.1 200"), "{}", String::from_utf8_lossy(&buffer[..filled]));
            if every.is_some() {
                times.push(from.elapsed());
            }
            if turn == 0 && number == 0 && std::env::var_os("SHOW").is_some() {
                println!("{}", String::from_utf8_lossy(&buffer[..filled]));
            }
        }
        times
    }
}

/// Whether an answer has come to its end.
fn is_whole(answer: &[u8]) -> bool {
    let Some(end) = answer.windows(4).position(|window| window == b"\r\n\r\n") else { return false };
    let head = String::from_utf8_lossy(&answer[..end]).to_ascii_lowercase();
    let length =
        head.lines().find_map(|line| line.strip_prefix("content-length:")?.trim().parse::<usize>().ok());
    length.is_some_and(|length| answer.len() >= end + 4 + length)
}
