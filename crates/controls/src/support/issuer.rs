//! cert-manager issuers: where a certificate comes from, and whether a browser would trust it.

use plimsoll_kubernetes::{Field, Inventory, Object};

const GROUP: &str = "cert-manager.io";

/// An issuer as something refers to it.
#[derive(Clone, Copy)]
pub(crate) struct IssuerName<'d> {
    /// `Issuer` or `ClusterIssuer`; another kind for issuers from outside cert-manager.
    pub kind: &'d str,
    pub group: &'d str,
    pub name: &'d str,
    /// The field that names it.
    pub field: Field<'d>,
}

/// What speaks against an issuer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Doubt {
    SelfSigned,
    Staging,
    NotListed,
}

impl Doubt {
    pub(crate) const fn reason(self) -> &'static str {
        match self {
            Doubt::SelfSigned => "signs its certificates with themselves",
            Doubt::Staging => "is a staging one, whose certificates nobody trusts",
            Doubt::NotListed => "is not among the trusted issuers",
        }
    }
}

/// The issuer that the annotations of an Ingress or a Gateway ask for (cert-manager's ingress-shim).
pub(crate) fn asked_for<'d>(object: &Object<'d>) -> Option<IssuerName<'d>> {
    let cluster = object.annotation("cert-manager.io/cluster-issuer");
    let (default, field) = if cluster.text().is_empty() {
        ("Issuer", object.annotation("cert-manager.io/issuer"))
    } else {
        ("ClusterIssuer", cluster)
    };
    let or = |text: &'d str, default| if text.is_empty() { default } else { text };
    (!field.text().is_empty()).then(|| IssuerName {
        kind: or(object.annotation("cert-manager.io/issuer-kind").text(), default),
        group: or(object.annotation("cert-manager.io/issuer-group").text(), GROUP),
        name: field.text(),
        field,
    })
}

/// The issuer of the Certificate that writes a Secret.
pub(crate) fn of_secret<'d>(
    inventory: &Inventory<'d>,
    namespace: &str,
    secret: &str,
) -> Option<IssuerName<'d>> {
    let certificate = inventory.referring(GROUP, "Certificate", "spec.secretName", secret).into_iter().find(
        |certificate| {
            inventory.namespace_of(certificate) == namespace && certificate.get("spec.secretName").is(secret)
        },
    )?;
    let text = |path: &'static str, default| match certificate.get(path).text() {
        "" => default,
        text => text,
    };
    let field = certificate.get("spec.issuerRef.name");
    Some(IssuerName {
        kind: text("spec.issuerRef.kind", "Issuer"),
        group: text("spec.issuerRef.group", GROUP),
        name: field.text(),
        field,
    })
}

/// What speaks against an issuer that is asked for from a namespace: its own specification where it was
/// read, else a name that says so. With a list of trusted issuers that list decides.
pub(crate) fn doubt(
    inventory: &Inventory<'_>,
    namespace: &str,
    issuer: &IssuerName<'_>,
    trusted: &[String],
) -> Option<Doubt> {
    if !trusted.is_empty() {
        let qualified = format!("{}/{}", issuer.kind, issuer.name);
        let listed = trusted.iter().any(|name| name == issuer.name || *name == qualified);
        return (!listed).then_some(Doubt::NotListed);
    }
    if issuer.group != GROUP {
        return None;
    }
    match inventory.find(GROUP, issuer.kind, namespace, issuer.name) {
        Some(object) => of_object(object),
        None => of_name(issuer.name),
    }
}

fn of_object(issuer: &Object<'_>) -> Option<Doubt> {
    // `selfSigned: {}` is all that such an issuer has.
    if issuer.get("spec.selfSigned").exists() {
        return Some(Doubt::SelfSigned);
    }
    let server = issuer.get("spec.acme.server").text();
    // Let's Encrypt's `acme-staging-v02`, Google's `dv.acme-v02.test-api.pki.goog`.
    (server.contains("staging") || server.contains("test-api.")).then_some(Doubt::Staging)
}

/// A staging environment has issuers of its name too, so `staging` alone says nothing.
fn of_name(name: &str) -> Option<Doubt> {
    let name = name.to_ascii_lowercase();
    if name.contains("selfsigned") || name.contains("self-signed") {
        return Some(Doubt::SelfSigned);
    }
    let is_acme = ["letsencrypt", "lets-encrypt", "acme"].iter().any(|word| name.contains(word));
    (is_acme && name.contains("staging")).then_some(Doubt::Staging)
}
