//! Private keys: in PEM, also within base64, and in PuTTY's files.

use plimsoll_doc::base64;

use super::super::value::is_placeholder;

use super::{FAR, NEAR, distinct, varies};

/// A PEM block (RFC 7468) of a private key, with something in it.
pub(super) fn private_key(rest: &[u8]) -> Option<&'static str> {
    let rest = rest.strip_prefix(b"-----BEGIN ")?;
    let end = rest.windows(5).take(48).position(|window| window == b"-----")?;
    let (label, body) = rest.split_at(end);
    let label = std::str::from_utf8(label).ok()?;
    if !(label.ends_with("PRIVATE KEY") || matches!(label, "PGP PRIVATE KEY BLOCK" | "OpenVPN Static key V1"))
    {
        return None;
    }
    // In JSON and in environment files the line ends are written \n, in JSON within JSON \\n.
    let mut body = &body[5..];
    while let [b'\\', b'n' | b'r', tail @ ..]
    | [b'\\', b'\\', b'n' | b'r', tail @ ..]
    | [b'\r' | b'\n' | b' ' | b'\t', tail @ ..] = body
    {
        body = tail;
    }
    // Its first lines tell.
    let body = &body[..body.len().min(NEAR)];
    let is_base64 = |byte: &u8| {
        byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=' | b':' | b' ' | b',' | b'-')
    };
    let count = body.iter().take_while(|byte| is_base64(byte)).count();
    let line = std::str::from_utf8(&body[..count]).unwrap_or("");
    // A key that was cut short is one all the same: people cut it, and the rest stands elsewhere.
    let is_written =
        count >= 4 && !line.starts_with('-') && !is_placeholder(line) && distinct(line.as_bytes()) >= 3;
    is_written.then_some("a private key")
}

/// "-----BEGIN" in base64.
pub(super) const ENCODED_BEGIN: &[u8] = b"LS0tLS1CRUdJTi";

/// A PEM block in base64, as a kubeconfig's `client-key-data` holds one.
pub(super) fn encoded_key(rest: &[u8]) -> Option<&'static str> {
    if !rest.starts_with(ENCODED_BEGIN) {
        return None;
    }
    let is_base64 = |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/');
    let count = rest.iter().take(FAR).take_while(is_base64).count();
    // Its first lines tell, and its label first of all. Whole groups of four, however the text ends.
    let label = base64::decode(&rest[..count.min(104) / 4 * 4])?;
    memchr::memmem::find(&label, b"PRIVATE KEY")?;
    let decoded = base64::decode(&rest[..count / 4 * 4])?;
    private_key(&decoded)
}

/// How a key file of PuTTY's begins.
pub(super) const PUTTY: &[u8] = b"PuTTY-User-Key-File-";

/// A key file of PuTTY's, with lines of the private part.
pub(super) fn putty(rest: &[u8]) -> Option<&'static str> {
    // The public part of the longest keys comes first.
    const LONGEST: usize = 1 << 12;
    let head = &rest[..rest.len().min(LONGEST)];
    if !head.starts_with(PUTTY) {
        return None;
    }
    let private = &head[memchr::memmem::find(head, b"Private-Lines:")?..];
    let lines = &private[memchr::memchr(b'\n', private)? + 1..];
    let count = lines.iter().take_while(|byte| byte.is_ascii_alphanumeric() || b"+/=".contains(byte)).count();
    (count >= 16 && varies(&lines[..count])).then_some("a private key")
}

#[cfg(test)]
mod tests {
    use super::super::by_form;
    use super::super::tests::{HEX, with};

    #[test]
    fn pem_blocks() {
        for label in [
            "RSA PRIVATE KEY",
            "PRIVATE KEY",
            "EC PRIVATE KEY",
            "OPENSSH PRIVATE KEY",
            "ENCRYPTED PRIVATE KEY",
        ] {
            let text = format!("x\n-----BEGIN {label}-----\nMIIEpAIBAAKCAQEA\n-----END {label}-----\n");
            assert_eq!(by_form(&text), Some("a private key"), "{label}");
            assert_eq!(by_form(&text.replace('\n', "\\n")), Some("a private key"), "{label} in JSON");
            assert_eq!(
                by_form(&text.replace('\n', "\\\\n")),
                Some("a private key"),
                "{label} in JSON in JSON"
            );
        }
        for text in [
            "-----BEGIN CERTIFICATE-----\nMIIEpAIBAAKCAQEA\n-----END CERTIFICATE-----",
            "-----BEGIN PUBLIC KEY-----\nMIIEpAIBAAKCAQEA\n-----END PUBLIC KEY-----",
            "-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----",
            "-----BEGIN PRIVATE KEY-----\nxxxxxxxx\n-----END PRIVATE KEY-----",
            "-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----",
            "-----BEGIN PRIVATE KEY-----\n{{ .Values.key }}\n-----END PRIVATE KEY-----",
            "-----BEGIN PRIVATE KEY-----\n<base64 of the key>\n-----END PRIVATE KEY-----",
            "grep -q -- '-----BEGIN PRIVATE KEY-----' file",
            "PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\nPublic-Lines: 2\n",
            "-----BEGIN OpenVPN Static key V1-----\n<key>\n-----END OpenVPN Static key V1-----",
        ] {
            assert_eq!(by_form(text), None, "{text}");
        }
        let putty = format!(
            "PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\nPrivate-Lines: 1\n{}\nPrivate-MAC: {HEX}",
            with("", 48)
        );
        assert_eq!(by_form(&putty), Some("a private key"), "of PuTTY");
        let openvpn =
            format!("-----BEGIN OpenVPN Static key V1-----\n{HEX}\n-----END OpenVPN Static key V1-----");
        assert_eq!(by_form(&openvpn), Some("a private key"), "of OpenVPN");
        assert_eq!(by_form("-----BEGIN RSA PRIVATE KEY-----\nMIIE...\n"), Some("a private key"), "cut short");
        let wrapped = "LS0tLS1CRUdJTiBQUklWQVRFIEtFWS0tLS0tCk1JSUVwQUlCQUFLQ0FRRUEKLS0tLS1FTkQgUFJJVkFURSBLRVktLS0tLQo=";
        assert_eq!(by_form(wrapped), Some("a private key"), "in base64");
        let inside = format!("users:\n- user:\n    client-key-data: {wrapped}\n");
        assert_eq!(by_form(&inside), Some("a private key"), "in a kubeconfig");
        assert_eq!(by_form("LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUVwQUlCCg=="), None, "a certificate");
    }
}
