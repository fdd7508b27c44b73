//! Where the API server is, and who is asking.

use std::env::VarError;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustls::crypto::ring;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore};

use super::ApiError;

/// Where the API server is, what it must prove, and the token that says who is asking.
#[derive(Clone)]
pub struct Credentials {
    pub(super) host: String,
    pub(super) port: u16,
    pub(super) server_name: ServerName<'static>,
    pub(super) tls: Arc<ClientConfig>,
    pub(super) token: Token,
}

/// A bearer token.
#[derive(Clone)]
pub enum Token {
    /// A file that is read anew for every connection: the kubelet writes a new token long before the old
    /// one expires.
    File(PathBuf),
    Fixed(String),
}

/// Where the kubelet puts what a pod needs to reach the API server.
const FOLDER: &str = "/var/run/secrets/kubernetes.io/serviceaccount";

/// A token or a certificate is shorter.
const LONGEST: u64 = 1 << 20;

impl Credentials {
    /// Those of the pod that this runs in.
    ///
    /// # Errors
    /// [`ApiError::Credentials`] says what isn't there.
    pub fn in_cluster() -> Result<Self, ApiError> {
        let variable = |name: &str| {
            std::env::var(name).map_err(|error| match error {
                VarError::NotPresent => {
                    ApiError::Credentials(format!("{name} is not set: is this a pod of a cluster?"))
                }
                VarError::NotUnicode(_) => ApiError::Credentials(format!("{name} is not text")),
            })
        };
        let host = variable("KUBERNETES_SERVICE_HOST")?;
        let port = variable("KUBERNETES_SERVICE_PORT")?
            .parse()
            .map_err(|_| ApiError::Credentials("KUBERNETES_SERVICE_PORT is no port".to_owned()))?;
        let folder = Path::new(FOLDER);
        let authority = read(&folder.join("ca.crt"))?;
        Credentials::new(&host, port, &authority, Token::File(folder.join("token")))
    }

    /// The namespace of the pod that this runs in.
    ///
    /// # Errors
    /// [`ApiError::Credentials`] says what isn't there.
    pub fn namespace() -> Result<String, ApiError> {
        read(&Path::new(FOLDER).join("namespace")).map(|name| name.trim().to_owned())
    }

    /// An API server at an address, which proves itself by an authority given as PEM.
    ///
    /// # Errors
    /// [`ApiError::Credentials`]: no certificate, or no name of a host.
    pub fn new(host: &str, port: u16, authority: &str, token: Token) -> Result<Self, ApiError> {
        let mut roots = RootCertStore::empty();
        for der in CertificateDer::pem_slice_iter(authority.as_bytes()).flatten() {
            roots
                .add(der)
                .map_err(|_| ApiError::Credentials("its authority is no certificate".to_owned()))?;
        }
        if roots.is_empty() {
            return Err(ApiError::Credentials("its authority holds no certificate".to_owned()));
        }
        let mut tls = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(|error| ApiError::Credentials(error.to_string()))?
            .with_root_certificates(roots)
            .with_no_client_auth();
        tls.alpn_protocols = vec![b"http/1.1".to_vec()];
        let server_name = ServerName::try_from(host.to_owned())
            .map_err(|_| ApiError::Credentials(format!("{host:?} is no name of a host")))?;
        Ok(Credentials { host: host.to_owned(), port, server_name, tls: Arc::new(tls), token })
    }
}

impl Token {
    /// The token as it is now.
    pub(super) fn read(&self) -> Result<String, ApiError> {
        match self {
            Token::Fixed(token) => Ok(token.clone()),
            Token::File(path) => read(path).map(|token| token.trim().to_owned()),
        }
    }
}

fn read(path: &Path) -> Result<String, ApiError> {
    let failed = |why: &dyn std::fmt::Display| ApiError::Credentials(format!("{}: {why}", path.display()));
    let length = std::fs::metadata(path).map_err(|error| failed(&error))?.len();
    if length > LONGEST {
        return Err(failed(&"it is too long"));
    }
    std::fs::read_to_string(path).map_err(|error| failed(&error))
}
