//! A small HTTP/1.1 client over TLS.
#![allow(dead_code)]

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};

pub type Stream = StreamOwned<ClientConnection, TcpStream>;

/// Certificates that are trusted.
#[derive(Clone, Default)]
pub struct Roots(Arc<Mutex<Vec<CertificateDer<'static>>>>);

impl Roots {
    pub fn add(&self, certificate: CertificateDer<'static>) {
        self.0.lock().expect("certificates").push(certificate);
    }

    fn len(&self) -> usize {
        self.0.lock().expect("certificates").len()
    }

    fn store(&self) -> RootCertStore {
        let mut store = RootCertStore::empty();
        for certificate in self.0.lock().expect("certificates").iter() {
            store.add(certificate.clone()).expect("a root");
        }
        store
    }
}

#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub text: String,
}

/// A connection whose handshake is done.
pub fn connect(address: SocketAddr, roots: &Roots) -> Stream {
    loop {
        let known = roots.len();
        match try_connect(address, roots) {
            Ok(stream) => return stream,
            // The server's certificate may be newer than what was trusted when this began.
            Err(_) if roots.len() > known => {}
            Err(error) => panic!("a handshake: {error}"),
        }
    }
}

fn try_connect(address: SocketAddr, roots: &Roots) -> std::io::Result<Stream> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut configuration = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_root_certificates(roots.store())
        .with_no_client_auth();
    configuration.alpn_protocols = vec![b"http/1.1".to_vec()];
    let name = ServerName::try_from("localhost").expect("a name");
    let connection = ClientConnection::new(Arc::new(configuration), name).expect("a connection");
    let socket = TcpStream::connect(address).expect("connected");
    socket.set_read_timeout(Some(Duration::from_secs(60))).expect("a timeout");
    let mut stream = StreamOwned::new(connection, socket);
    stream.conn.complete_io(&mut stream.sock)?;
    Ok(stream)
}

pub struct Client(Stream);

impl Client {
    pub fn new(address: SocketAddr, roots: &Roots) -> Self {
        Client(connect(address, roots))
    }

    pub fn post(&mut self, path: &str, body: &str) -> Answer {
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n",
            body.len()
        );
        self.raw(&head, body.as_bytes())
    }

    pub fn get(&mut self, path: &str) -> Answer {
        self.raw(&format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n"), b"")
    }

    pub fn raw(&mut self, head: &str, body: &[u8]) -> Answer {
        // A server that refuses a body may have closed its ear already.
        let _ = self.0.write_all(head.as_bytes()).and_then(|()| self.0.write_all(body));
        let _ = self.0.flush();
        read(&mut self.0)
    }
}

/// Reads one answer.
fn read(stream: &mut impl Read) -> Answer {
    let mut bytes = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, text)) = text.split_once("\r\n\r\n") {
            let length = head.lines().find_map(|line| {
                line.to_ascii_lowercase()
                    .strip_prefix("content-length:")
                    .and_then(|n| n.trim().parse::<usize>().ok())
            });
            if text.len() >= length.unwrap_or(0) {
                let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
                return Answer { status, head: head.to_owned(), text: text.to_owned() };
            }
        }
        let read = stream.read(&mut buffer).unwrap_or(0);
        assert!(read > 0, "the connection ends in the middle of an answer: {text:?}");
        bytes.extend_from_slice(&buffer[..read]);
    }
}

/// All that still comes until the connection is closed, however that happens.
pub fn rest(stream: &mut impl Read) -> String {
    let mut bytes = Vec::new();
    let mut buffer = [0; 4096];
    while let Ok(read) = stream.read(&mut buffer) {
        if read == 0 {
            break;
        }
        bytes.extend_from_slice(&buffer[..read]);
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Asks without TLS.
pub fn plain(address: SocketAddr, path: &str) -> Answer {
    let mut stream = TcpStream::connect(address).expect("connected");
    stream.set_read_timeout(Some(Duration::from_secs(60))).expect("a timeout");
    stream.write_all(format!("GET {path} HTTP/1.1\r\nHost: x\r\n\r\n").as_bytes()).expect("sent");
    read(&mut stream)
}
