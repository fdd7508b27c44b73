//! Certificates and keys, read and held against each other.

use std::fmt;

use rcgen::{KeyPair, PublicKeyData};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use x509_parser::prelude::{FromDer, GeneralName, X509Certificate};

use super::plan::{Facts, LeafFacts, Validity};

/// A private key, as PKCS #8 in PEM. It shows itself to nobody.
#[derive(Clone, PartialEq, Eq)]
pub struct Key(String);

/// A certificate that signs others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authority {
    pub der: CertificateDer<'static>,
    pub validity: Validity,
}

/// A serving certificate with its key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leaf {
    pub der: CertificateDer<'static>,
    pub key: Key,
    pub validity: Validity,
    /// Which of the authorities signed it.
    pub issuer: usize,
}

/// What there is. What is missing or can't be used isn't here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Material {
    /// The newest first.
    pub authorities: Vec<Authority>,
    /// The key of the newest.
    pub authority_key: Option<Key>,
    pub leaf: Option<Leaf>,
}

/// What is wrong with the material. Never says what it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// An entry is missing, or not text.
    Missing(&'static str),
    /// An entry is not PEM of what it should be.
    NotPem(&'static str),
    /// A certificate is none of an authority.
    NotAnAuthority,
    /// A key is not that of its certificate.
    KeyMismatch(&'static str),
    /// None of the authorities signed the serving certificate.
    UnknownIssuer,
    /// The serving certificate is for another name, or for another use.
    OtherName,
    /// There are more authorities than can be.
    TooMany,
}

/// More authorities than these are never trusted at once.
const MOST_AUTHORITIES: usize = 4;

impl Key {
    pub(super) fn new(pem: String) -> Self {
        Key(pem)
    }

    /// The key, as PEM: for the Secret, and for who serves with it.
    pub fn pem(&self) -> &str {
        &self.0
    }

    pub(super) fn pair(&self) -> Option<KeyPair> {
        KeyPair::from_pem(&self.0).ok()
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(…)")
    }
}

impl Drop for Key {
    fn drop(&mut self) {
        // Best effort: the text is overwritten before its memory is given back.
        let mut bytes = std::mem::take(&mut self.0).into_bytes();
        bytes.fill(0);
        std::hint::black_box(&bytes);
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Problem::Missing(entry) => write!(f, "{entry} is missing"),
            Problem::NotPem(entry) => write!(f, "{entry} is not the PEM that it should be"),
            Problem::NotAnAuthority => f.write_str("ca.crt holds a certificate of no authority"),
            Problem::KeyMismatch(entry) => write!(f, "{entry} is not the key of its certificate"),
            Problem::UnknownIssuer => f.write_str("tls.crt was signed by none of ca.crt"),
            Problem::OtherName => f.write_str("tls.crt is not for this server"),
            Problem::TooMany => f.write_str("ca.crt holds too many certificates"),
        }
    }
}

impl Material {
    /// What the plan is made from.
    pub fn facts(&self) -> Facts {
        Facts {
            authorities: self.authorities.iter().map(|authority| authority.validity).collect(),
            can_sign: self.authority_key.is_some(),
            leaf: self.leaf.as_ref().map(|leaf| LeafFacts { validity: leaf.validity, issuer: leaf.issuer }),
        }
    }

    /// What every client has to trust, as PEM: the newest authority first.
    pub fn bundle(&self) -> String {
        self.authorities.iter().map(|authority| pem_of(&authority.der)).collect()
    }

    /// Reads what there is. What can't be used is left out, and said.
    pub(super) fn read(entry: impl Fn(&'static str) -> Option<String>, server: &str) -> (Self, Vec<Problem>) {
        let mut problems = Vec::new();
        let mut text = |name| {
            let text = entry(name).filter(|text| !text.trim().is_empty());
            if text.is_none() {
                problems.push(Problem::Missing(name));
            }
            text
        };
        let (ca_crt, ca_key, tls_crt, tls_key) =
            (text("ca.crt"), text("ca.key"), text("tls.crt"), text("tls.key"));
        let mut material = Material::default();
        for der in ca_crt.iter().flat_map(|pem| CertificateDer::pem_slice_iter(pem.as_bytes())) {
            match der.map(|der| authority(der.into_owned())) {
                Ok(Some(_)) if material.authorities.len() == MOST_AUTHORITIES => {
                    problems.push(Problem::TooMany);
                    break;
                }
                Ok(Some(authority)) => material.authorities.push(authority),
                Ok(None) => problems.push(Problem::NotAnAuthority),
                Err(_) => problems.push(Problem::NotPem("ca.crt")),
            }
        }
        if ca_crt.is_some() && material.authorities.is_empty() && problems.is_empty() {
            problems.push(Problem::NotPem("ca.crt"));
        }
        if let (Some(pem), Some(newest)) = (ca_key, material.authorities.first()) {
            match matching("ca.key", pem, &newest.der) {
                Ok(key) => material.authority_key = Some(key),
                Err(problem) => problems.push(problem),
            }
        }
        if let (Some(certificate), Some(key)) = (tls_crt, tls_key) {
            match leaf(&certificate, key, &material.authorities, server) {
                Ok(leaf) => material.leaf = Some(leaf),
                Err(problem) => problems.push(problem),
            }
        }
        (material, problems)
    }
}

/// A certificate as PEM.
pub(super) fn pem_of(der: &CertificateDer<'_>) -> String {
    use base64::Engine as _;
    let text = base64::engine::general_purpose::STANDARD.encode(der);
    let mut pem = String::from("-----BEGIN CERTIFICATE-----\n");
    for line in text.as_bytes().chunks(64) {
        pem.extend(line.iter().map(|byte| char::from(*byte)));
        pem.push('\n');
    }
    pem.push_str("-----END CERTIFICATE-----\n");
    pem
}

fn parsed<'d>(der: &'d CertificateDer<'_>) -> Option<X509Certificate<'d>> {
    X509Certificate::from_der(der)
        .ok()
        .filter(|(rest, _)| rest.is_empty())
        .map(|(_, certificate)| certificate)
}

fn validity(certificate: &X509Certificate<'_>) -> Validity {
    let validity = certificate.validity();
    Validity { from: validity.not_before.timestamp(), until: validity.not_after.timestamp() }
}

pub(super) fn authority(der: CertificateDer<'static>) -> Option<Authority> {
    let certificate = parsed(&der)?;
    let validity = certificate.is_ca().then(|| validity(&certificate))?;
    Some(Authority { der, validity })
}

/// The key, if it is that of the certificate.
fn matching(entry: &'static str, pem: String, der: &CertificateDer<'_>) -> Result<Key, Problem> {
    let key = Key::new(pem);
    let pair = key.pair().ok_or(Problem::NotPem(entry))?;
    let certificate = parsed(der).ok_or(Problem::NotPem(entry))?;
    if certificate.public_key().subject_public_key.data.as_ref() != pair.der_bytes() {
        return Err(Problem::KeyMismatch(entry));
    }
    Ok(key)
}

fn leaf(pem: &str, key: String, authorities: &[Authority], server: &str) -> Result<Leaf, Problem> {
    let der =
        CertificateDer::from_pem_slice(pem.as_bytes()).map_err(|_| Problem::NotPem("tls.crt"))?.into_owned();
    let key = matching("tls.key", key, &der)?;
    let certificate = parsed(&der).ok_or(Problem::NotPem("tls.crt"))?;
    let issuer = authorities
        .iter()
        .position(|authority| {
            parsed(&authority.der).is_some_and(|issuer| {
                certificate.issuer() == issuer.subject()
                    && certificate.verify_signature(Some(issuer.public_key())).is_ok()
            })
        })
        .ok_or(Problem::UnknownIssuer)?;
    let names = certificate.subject_alternative_name().ok().flatten();
    let is_for_server =
        names.is_some_and(|names| names.value.general_names.contains(&GeneralName::DNSName(server)));
    let usage = certificate.extended_key_usage().ok().flatten();
    if !is_for_server || certificate.is_ca() || !usage.is_some_and(|usage| usage.value.server_auth) {
        return Err(Problem::OtherName);
    }
    let validity = validity(&certificate);
    Ok(Leaf { der, key, validity, issuer })
}
