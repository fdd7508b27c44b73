//! The Secret that holds the certificates.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::material::{Material, Problem, pem_of};

/// Entries that are longer are not read: certificates aren't.
const LONGEST: usize = 64 * 1024;

/// Reads the material of a Secret. What can't be used is left out, and said.
pub fn read(secret: &Value, server: &str) -> (Material, Vec<Problem>) {
    let entry = |name: &'static str| {
        let text = secret.get("data")?.get(name)?.as_str().filter(|text| text.len() <= LONGEST)?;
        String::from_utf8(STANDARD.decode(text).ok()?).ok()
    };
    Material::read(entry, server)
}

/// The Secret that holds the material; written on the condition that it still has this version, if one is
/// given.
pub fn write(material: &Material, namespace: &str, name: &str, version: Option<&str>) -> Value {
    let text = |text: &str| Value::from(STANDARD.encode(text));
    let key = |key: Option<&super::Key>| text(key.map_or("", super::Key::pem));
    let mut secret = json!({
        "apiVersion": "v1",
        "kind": "Secret",
        "metadata": {
            "name": name,
            "namespace": namespace,
            "labels": {"app.kubernetes.io/name": "plimsoll", "app.kubernetes.io/component": "admission"},
        },
        "data": {
            "tls.crt": text(&material.leaf.as_ref().map(|leaf| pem_of(&leaf.der)).unwrap_or_default()),
            "tls.key": key(material.leaf.as_ref().map(|leaf| &leaf.key)),
            "ca.crt": text(&material.bundle()),
            "ca.key": key(material.authority_key.as_ref()),
        },
    });
    match version {
        Some(version) => secret["metadata"]["resourceVersion"] = json!(version),
        // The type is settled when the Secret is made.
        None => secret["type"] = json!("kubernetes.io/tls"),
    }
    secret
}

#[cfg(test)]
mod tests {
    use super::super::{Periods, add_authority, issue_serving};
    use super::*;

    const NOW: i64 = 1_800_000_000;
    const SERVER: &str = "plimsoll.plimsoll.svc";

    fn made() -> Material {
        let periods = Periods::default();
        let material = add_authority(Material::default(), NOW, &periods).expect("an authority");
        issue_serving(material, &[SERVER.to_owned()], NOW, &periods).expect("a certificate")
    }

    fn with(secret: &Value, entry: &str, text: &str) -> Value {
        let mut secret = secret.clone();
        secret["data"][entry] = json!(STANDARD.encode(text));
        secret
    }

    #[test]
    fn what_is_written_is_read() {
        let material = made();
        let secret = write(&material, "ns", "name", None);
        assert_eq!(read(&secret, SERVER), (material, vec![]));
        assert_eq!(secret["type"], "kubernetes.io/tls");
        let again = write(&made(), "ns", "name", Some("5"));
        assert_eq!(again["metadata"]["resourceVersion"], "5");
        assert!(again.get("type").is_none());
    }

    #[test]
    fn what_is_corrupt_is_left_out_and_said() {
        let good = write(&made(), "ns", "name", None);
        let other = write(&made(), "ns", "name", None);
        let of_other = |entry: &str| {
            let text = STANDARD.decode(other["data"][entry].as_str().unwrap_or_default()).expect("base64");
            String::from_utf8(text).expect("text")
        };
        let check = |secret: &Value, expected: &[Problem], has_ca: bool, has_key: bool, has_leaf: bool| {
            let (material, problems) = read(secret, SERVER);
            assert_eq!(problems, expected);
            assert_eq!(!material.authorities.is_empty(), has_ca, "{expected:?}");
            assert_eq!(material.authority_key.is_some(), has_key, "{expected:?}");
            assert_eq!(material.leaf.is_some(), has_leaf, "{expected:?}");
        };
        let missing = ["ca.crt", "ca.key", "tls.crt", "tls.key"].map(Problem::Missing);
        check(&json!({}), &missing, false, false, false);
        check(&json!({"data": 3}), &missing, false, false, false);
        check(&with(&good, "tls.key", "x"), &[Problem::NotPem("tls.key")], true, true, false);
        check(&with(&good, "tls.crt", "x"), &[Problem::NotPem("tls.crt")], true, true, false);
        check(
            &with(&good, "tls.key", &of_other("tls.key")),
            &[Problem::KeyMismatch("tls.key")],
            true,
            true,
            false,
        );
        check(
            &with(&good, "ca.key", &of_other("ca.key")),
            &[Problem::KeyMismatch("ca.key")],
            true,
            false,
            true,
        );
        check(&with(&good, "ca.key", ""), &[Problem::Missing("ca.key")], true, false, true);
        check(
            &with(&good, "ca.crt", "x"),
            &[Problem::NotPem("ca.crt"), Problem::UnknownIssuer],
            false,
            false,
            false,
        );
        let (material, problems) = read(&with(&good, "ca.crt", &of_other("ca.crt")), SERVER);
        assert!(problems.contains(&Problem::UnknownIssuer) && material.leaf.is_none());
        let (material, problems) = read(&good, "other.ns.svc");
        assert_eq!((material.leaf, problems), (None, vec![Problem::OtherName]));
        // A serving certificate is no authority.
        let (_, problems) = read(&with(&good, "ca.crt", &of_other("tls.crt")), SERVER);
        assert!(problems.contains(&Problem::NotAnAuthority));
    }

    #[test]
    fn keys_never_show() {
        let material = made();
        let shown = format!("{material:?}");
        let key = material.authority_key.as_ref().map(|key| key.pem().to_owned()).unwrap_or_default();
        let body = key.lines().nth(1).unwrap_or_default();
        assert!(!body.is_empty() && !shown.contains(body) && shown.contains("Key(…)"));
    }

    #[test]
    fn a_new_authority_keeps_the_old_and_its_certificate() {
        let periods = Periods::default();
        let old = made();
        let new = add_authority(old.clone(), NOW + 100, &periods).expect("an authority");
        assert_eq!(new.authorities.len(), 2);
        assert_eq!(
            new.leaf.as_ref().map(|leaf| (leaf.issuer, &leaf.der)),
            old.leaf.as_ref().map(|leaf| (1, &leaf.der))
        );
        let secret = write(&new, "ns", "name", None);
        assert_eq!(read(&secret, SERVER), (new.clone(), vec![]));
        let next = issue_serving(new, &[SERVER.to_owned()], NOW + 200, &periods).expect("a certificate");
        assert_eq!(next.leaf.as_ref().map(|leaf| leaf.issuer), Some(0));
        let retired = super::super::retire(next);
        assert_eq!(read(&write(&retired, "ns", "name", None), SERVER), (retired, vec![]));
    }
}
