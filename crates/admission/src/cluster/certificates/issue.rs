//! Makes authorities and serving certificates.

use std::fmt;

use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer,
    KeyPair, KeyUsagePurpose,
};
use time::OffsetDateTime;

use super::material::{Authority, Key, Leaf, Material, authority};
use super::plan::{Periods, Validity};

/// Why a certificate could not be made. Says nothing of keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IssueError(String);

impl fmt::Display for IssueError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a certificate could not be made: {}", self.0)
    }
}

impl std::error::Error for IssueError {}

impl From<rcgen::Error> for IssueError {
    fn from(error: rcgen::Error) -> Self {
        IssueError(error.to_string())
    }
}

/// As many authorities as these are kept besides a new one.
const KEPT: usize = 2;

/// Adds an authority. The others stay trusted, but for those that have expired; the serving certificate stays.
///
/// # Errors
/// [`IssueError`]: no randomness, or a time out of range.
pub fn add_authority(material: Material, now: i64, periods: &Periods) -> Result<Material, IssueError> {
    let pair = KeyPair::generate()?;
    let mut params = params(Vec::new(), now, periods.authority, periods)?;
    // Verifiers look for an issuer by its name: no two are called the same.
    name(&mut params, format!("plimsoll-ca-{now}"));
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::DigitalSignature];
    let der = params.self_signed(&pair)?.der().clone();
    let newest = authority(der).ok_or_else(|| IssueError("it can't be read back".to_owned()))?;
    let of_leaf = material.leaf.as_ref().map(|leaf| leaf.issuer);
    let mut authorities = vec![newest];
    let mut leaf = None;
    for (at, old) in material.authorities.into_iter().enumerate() {
        let signed = of_leaf == Some(at);
        if old.validity.until > now && (signed || authorities.len() <= KEPT) {
            if signed {
                leaf = material.leaf.clone().map(|leaf| Leaf { issuer: authorities.len(), ..leaf });
            }
            authorities.push(old);
        }
    }
    Ok(Material { authorities, authority_key: Some(Key::new(pair.serialize_pem())), leaf })
}

/// Makes a serving certificate for these names, signed by the newest authority.
///
/// # Errors
/// [`IssueError`]: there is no authority that can sign, no randomness, or a time out of range.
pub fn issue_serving(
    material: Material,
    names: &[String],
    now: i64,
    periods: &Periods,
) -> Result<Material, IssueError> {
    let missing = || IssueError("there is no authority to sign it".to_owned());
    let newest = material.authorities.first().ok_or_else(missing)?;
    let signer = material.authority_key.as_ref().and_then(Key::pair).ok_or_else(missing)?;
    let issuer = Issuer::from_ca_cert_der(&newest.der, signer)?;
    let pair = KeyPair::generate()?;
    // What outlives its issuer doesn't hold to the end.
    let lasts = periods.leaf.min(newest.validity.until - now);
    let mut params = params(names.to_vec(), now, lasts, periods)?;
    name(&mut params, names.first().cloned().unwrap_or_default());
    params.is_ca = IsCa::ExplicitNoCa;
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    params.use_authority_key_identifier_extension = true;
    let der = params.signed_by(&pair, &issuer)?.der().clone();
    let validity = Validity { from: now - periods.skew, until: now + lasts };
    let leaf = Leaf { der, key: Key::new(pair.serialize_pem()), validity, issuer: 0 };
    Ok(Material { leaf: Some(leaf), ..material })
}

/// Forgets all authorities but the newest, where it is the one that signed the serving certificate.
pub fn retire(mut material: Material) -> Material {
    if material.leaf.as_ref().is_none_or(|leaf| leaf.issuer == 0) {
        let newest: Vec<Authority> = material.authorities.drain(..).take(1).collect();
        material.authorities = newest;
    }
    material
}

fn params(
    names: Vec<String>,
    now: i64,
    lasts: i64,
    periods: &Periods,
) -> Result<CertificateParams, IssueError> {
    let mut params = CertificateParams::new(names)?;
    let time =
        |seconds| OffsetDateTime::from_unix_timestamp(seconds).map_err(|error| IssueError(error.to_string()));
    params.not_before = time(now - periods.skew)?;
    params.not_after = time(now + lasts)?;
    Ok(params)
}

fn name(params: &mut CertificateParams, name: String) {
    params.distinguished_name = DistinguishedName::new();
    params.distinguished_name.push(DnType::CommonName, name);
}
