use std::fs::write;
use std::path::Path;

use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose,
};

/// Writes an authority, the API server's certificate and the key of the service accounts into `folder`:
/// `ca.crt`, `server.crt`, `server.key`, `service-accounts.key`, `service-accounts.pub`. Returns the authority's certificate in PEM.
pub fn write_all(folder: &Path) -> Result<String, Box<dyn std::error::Error>> {
    let mut authority = CertificateParams::default();
    authority.distinguished_name.push(DnType::CommonName, "plimsoll-test-authority");
    authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    authority.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    let authority_key = KeyPair::generate()?;
    let certificate = authority.self_signed(&authority_key)?.pem();

    let names = ["127.0.0.1", "localhost", "kubernetes.default.svc"];
    let mut server = CertificateParams::new(names.map(String::from).to_vec())?;
    server.distinguished_name.push(DnType::CommonName, "kube-apiserver");
    server.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    let server_key = KeyPair::generate()?;
    let server = server.signed_by(&server_key, &Issuer::new(authority, authority_key))?;

    write(folder.join("ca.crt"), &certificate)?;
    write(folder.join("server.crt"), server.pem())?;
    write(folder.join("server.key"), server_key.serialize_pem())?;
    let accounts = KeyPair::generate()?;
    write(folder.join("service-accounts.key"), accounts.serialize_pem())?;
    write(folder.join("service-accounts.pub"), accounts.public_key_pem())?;
    Ok(certificate)
}
