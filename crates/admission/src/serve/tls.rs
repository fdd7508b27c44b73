//! The server's certificate and key.

use std::path::Path;
use std::sync::Arc;

use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};

use crate::cluster::Serving;

/// A certificate with its key, made ready.
pub(super) struct Identity {
    pub configuration: Arc<ServerConfig>,
    /// Seconds since 1970.
    pub expires: i64,
}

impl Identity {
    /// Reads both files.
    pub fn read(certificate: &Path, key: &Path) -> Result<Identity, String> {
        let bytes = |path: &Path| {
            std::fs::read(path).map_err(|error| format!("cannot read {}: {error}", path.display()))
        };
        Identity::parse(&bytes(certificate)?, &bytes(key)?)
            .map_err(|error| format!("{} and {}: {error}", certificate.display(), key.display()))
    }

    /// Takes a chain and its key, in PEM. They must belong together.
    pub fn parse(certificate: &[u8], key: &[u8]) -> Result<Identity, String> {
        let chain: Vec<CertificateDer<'static>> = CertificateDer::pem_slice_iter(certificate)
            .collect::<Result<_, _>>()
            .map_err(|error| format!("the certificate is not in PEM: {error}"))?;
        if chain.is_empty() {
            return Err("there is no certificate in PEM".to_owned());
        }
        // What a broken key holds is nobody's business.
        let key =
            PrivateKeyDer::from_pem_slice(key).map_err(|_| "there is no private key in PEM".to_owned())?;
        Identity::new(chain, key)
    }

    /// One that the server made itself.
    pub fn of(serving: &Serving) -> Result<Identity, String> {
        let key = PrivateKeyDer::from_pem_slice(serving.key.pem().as_bytes())
            .map_err(|_| "there is no private key in PEM".to_owned())?;
        Identity::new(vec![CertificateDer::from(serving.certificate.clone())], key)
    }

    /// One that nobody trusts, for the time in which there is no other: with it, health is answered over TLS
    /// all the same. It has expired, so that the server isn't ready.
    pub fn placeholder() -> Result<Identity, String> {
        let failed = |error: rcgen::Error| format!("a certificate could not be made: {error}");
        let made =
            rcgen::generate_simple_self_signed(vec!["placeholder.invalid".to_owned()]).map_err(failed)?;
        let key = PrivateKeyDer::Pkcs8(made.signing_key.serialize_der().into());
        let identity = Identity::new(vec![made.cert.der().clone()], key)?;
        Ok(Identity { expires: 0, ..identity })
    }

    fn new(chain: Vec<CertificateDer<'static>>, key: PrivateKeyDer<'static>) -> Result<Identity, String> {
        let expires =
            chain.first().and_then(|first| not_after(first)).ok_or("the certificate's end can't be read")?;
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let mut configuration = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(|error| error.to_string())?
            .with_no_client_auth()
            .with_single_cert(chain, key)
            .map_err(|error| format!("the certificate and the key don't fit: {error}"))?;
        configuration.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        Ok(Identity { configuration: Arc::new(configuration), expires })
    }
}

/// When a certificate ends, in seconds since 1970: `tbsCertificate.validity.notAfter` of RFC 5280.
fn not_after(der: &[u8]) -> Option<i64> {
    let (_, certificate, _) = element(der)?;
    let (_, mut fields, _) = element(certificate)?;
    // An explicit version, then serial number, signature algorithm and issuer.
    if *fields.first()? == 0xa0 {
        fields = element(fields)?.2;
    }
    for _ in 0..3 {
        fields = element(fields)?.2;
    }
    let (_, validity, _) = element(fields)?;
    let (_, _, rest) = element(validity)?;
    let (tag, text, _) = element(rest)?;
    time(tag, std::str::from_utf8(text).ok()?)
}

/// The tag, the content and what follows of a DER element.
fn element(der: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (&tag, rest) = der.split_first()?;
    let (&first, mut rest) = rest.split_first()?;
    let mut length = usize::from(first);
    if first >= 0x80 {
        let digits = usize::from(first & 0x7f);
        let written = rest.get(..digits).filter(|written| written.len() <= 4)?;
        length = written.iter().fold(0, |length, byte| length << 8 | usize::from(*byte));
        rest = rest.get(digits..)?;
    }
    Some((tag, rest.get(..length)?, rest.get(length..)?))
}

/// `YYMMDDHHMMSSZ` (UTCTime) or `YYYYMMDDHHMMSSZ` (GeneralizedTime).
fn time(tag: u8, text: &str) -> Option<i64> {
    let text = text.strip_suffix('Z').filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()))?;
    let (year, rest) = match (tag, text.len()) {
        (0x17, 12) => {
            let year: i64 = text.get(..2)?.parse().ok()?;
            (if year < 50 { 2000 + year } else { 1900 + year }, text.get(2..)?)
        }
        (0x18, 14) => (text.get(..4)?.parse().ok()?, text.get(4..)?),
        _ => return None,
    };
    let part = |at: usize| rest.get(at..at + 2)?.parse::<i64>().ok();
    let (month, day, hour, minute, second) = (part(0)?, part(2)?, part(4)?, part(6)?, part(8)?);
    // Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", days_from_civil.
    let shifted_year = if month <= 2 { year - 1 } else { year };
    let era = shifted_year.div_euclid(400);
    let year_of_era = shifted_year - era * 400;
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    let days = era * 146_097 + day_of_era - 719_468;
    Some(days * 86_400 + hour * 3_600 + minute * 60 + second)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_certificates() {
        assert_eq!(time(0x17, "700101000000Z"), Some(0));
        assert_eq!(time(0x17, "261128091244Z"), Some(1_795_857_164));
        assert_eq!(time(0x18, "20500101000000Z"), Some(2_524_608_000));
        assert_eq!(time(0x18, "99991231235959Z"), Some(253_402_300_799));
        for (tag, text) in
            [(0x17, "2611280912Z"), (0x17, "261128091244"), (0x18, "26112809124xZ"), (0x30, "")]
        {
            assert_eq!(time(tag, text), None, "{text}");
        }
    }

    #[test]
    fn a_certificate_is_read_and_a_broken_one_is_not() {
        let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).expect("a certificate");
        let (certificate, key) = (made.cert.pem(), made.signing_key.serialize_pem());
        let identity =
            Identity::parse(certificate.as_bytes(), key.as_bytes()).unwrap_or_else(|e| panic!("{e}"));
        // What rcgen takes where nothing is said: the year 4096.
        assert_eq!(identity.expires, time(0x18, "40960101000000Z").expect("a time"));
        let other = rcgen::generate_simple_self_signed(["localhost".to_owned()]).expect("a certificate");
        let other = other.signing_key.serialize_pem();
        let of = |certificate: &str, key: &str| Identity::parse(certificate.as_bytes(), key.as_bytes()).err();
        assert!(of(&certificate, &other).is_some_and(|error| error.contains("don't fit")));
        assert!(of("", &key).is_some() && of(&certificate, "").is_some());
        assert!(of("-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n", &key).is_some());
        for end in 0..made.cert.der().len() {
            not_after(&made.cert.der()[..end]);
        }
    }
}
