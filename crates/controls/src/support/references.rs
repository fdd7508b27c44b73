//! What a pod refers to: Secrets and ConfigMaps, and keys of them.

use std::collections::HashSet;

use plimsoll_kubernetes::{Field, Inventory, Object, Pod};

use super::issuer;

/// A place of a pod that names a Secret or a ConfigMap.
pub(crate) struct Reference<'d> {
    /// `Secret` or `ConfigMap`.
    pub(crate) kind: &'static str,
    pub(crate) name: Field<'d>,
    /// The keys that must be there.
    pub(crate) keys: Vec<Field<'d>>,
}

impl<'d> Reference<'d> {
    /// The objects that are meant, where they are part of the scan: several where a scan holds variants of
    /// one.
    pub(crate) fn targets<'i>(
        &self,
        pod: &Pod<'d>,
        inventory: &'i Inventory<'d>,
    ) -> impl Iterator<Item = &'i Object<'d>> + use<'i, 'd> {
        let (kind, name) = (self.kind, self.name.text());
        let namespace = inventory.namespace_of(&pod.object());
        inventory
            .of_kind("", kind)
            .filter(move |object| object.name() == name && inventory.namespace_of(object) == namespace)
    }
}

/// Every reference of a pod without which it doesn't start: those that say `optional: true` are left out.
pub(crate) fn required<'d>(pod: &Pod<'d>) -> Vec<Reference<'d>> {
    let mut references = Vec::new();
    let mut add = |kind, source: Field<'d>, name: &'static str, keys: fn(&Field<'d>) -> Vec<Field<'d>>| {
        let name = source.get(name);
        if !name.text().is_empty() && !source.get("optional").is_true() {
            references.push(Reference { kind, name, keys: keys(&source) });
        }
    };
    for container in pod.containers() {
        for variable in container.get("env").items() {
            for (key, source) in variable.get("valueFrom").entries() {
                match key {
                    "secretKeyRef" => add("Secret", source, "name", own_key),
                    "configMapKeyRef" => add("ConfigMap", source, "name", own_key),
                    _ => {}
                }
            }
        }
        for source in container.get("envFrom").items() {
            add("Secret", source.get("secretRef"), "name", no_keys);
            add("ConfigMap", source.get("configMapRef"), "name", no_keys);
        }
    }
    for (key, source) in pod.volumes().flat_map(|volume| volume.field().entries()) {
        match key {
            "secret" => add("Secret", source, "secretName", keys_of_items),
            "configMap" => add("ConfigMap", source, "name", keys_of_items),
            "projected" => {
                for (key, source) in source.get("sources").items().flat_map(|source| source.entries()) {
                    match key {
                        "secret" => add("Secret", source, "name", keys_of_items),
                        "configMap" => add("ConfigMap", source, "name", keys_of_items),
                        _ => {}
                    }
                }
            }
            _ => {}
        }
    }
    references
}

fn no_keys<'d>(_: &Field<'d>) -> Vec<Field<'d>> {
    Vec::new()
}

fn own_key<'d>(source: &Field<'d>) -> Vec<Field<'d>> {
    vec![source.get("key")]
}

fn keys_of_items<'d>(source: &Field<'d>) -> Vec<Field<'d>> {
    source.get("items").items().map(|item| item.get("key")).collect()
}

/// Whether an operator makes a Secret of a name for an object of a name.
type Makes = fn(object: &str, secret: &str) -> bool;

/// Secrets that operators make for an object, by its name.
const MADE_FOR: &[(&str, &str, Makes)] = &[
    ("bitnami.com", "SealedSecret", has_its_name),
    ("onepassword.com", "OnePasswordItem", has_its_name),
    ("postgresql.cnpg.io", "Cluster", |object, secret| {
        ends_with(object, secret, &["-app", "-superuser", "-ca", "-replication", "-server", "-pooler"])
    }),
    ("postgres-operator.crunchydata.com", "PostgresCluster", |object, secret| {
        secret.strip_prefix(object).is_some_and(|end| end.starts_with("-pguser-"))
    }),
    // USER.CLUSTER.credentials.postgresql.acid.zalan.do
    ("acid.zalan.do", "postgresql", |object, secret| {
        secret
            .strip_suffix(".credentials.postgresql.acid.zalan.do")
            .and_then(|of| of.strip_suffix(object))
            .is_some_and(|user| user.ends_with('.'))
    }),
    ("kafka.strimzi.io", "KafkaUser", has_its_name),
    ("kafka.strimzi.io", "Kafka", |object, secret| {
        ends_with(object, secret, &["-cluster-ca-cert", "-cluster-ca", "-clients-ca-cert", "-clients-ca"])
    }),
    ("rabbitmq.com", "RabbitmqCluster", |object, secret| {
        ends_with(object, secret, &["-default-user", "-erlang-cookie"])
    }),
    // Of its users and certificates: NAME-es-elastic-user, NAME-es-http-certs-public.
    ("elasticsearch.k8s.elastic.co", "Elasticsearch", |object, secret| {
        secret.strip_prefix(object).is_some_and(|end| end.starts_with("-es-"))
    }),
    ("k8s.keycloak.org", "Keycloak", |object, secret| ends_with(object, secret, &["-initial-admin"])),
];

fn has_its_name(object: &str, secret: &str) -> bool {
    object == secret
}

fn ends_with(object: &str, secret: &str, ends: &[&str]) -> bool {
    secret.strip_prefix(object).is_some_and(|end| ends.contains(&end))
}

/// Where Crossplane writes how to reach what it makes, and cert-manager the certificates that annotations ask for: the
/// namespaces and names of Secrets.
struct Written(HashSet<(String, String)>);

impl Written {
    fn of(inventory: &Inventory<'_>) -> Self {
        let mut written = HashSet::new();
        for object in inventory.objects() {
            let own = inventory.namespace_of(object);
            let mut add = |namespace: &str, name: Field<'_>| {
                if !name.text().is_empty() {
                    written.insert((namespace.to_owned(), name.text().to_owned()));
                }
            };
            // What is in no namespace says into which it writes.
            let connection = object.get("spec.writeConnectionSecretToRef");
            let namespace = connection.get("namespace").text();
            add(if namespace.is_empty() { own } else { namespace }, connection.get("name"));
            let asks = || issuer::asked_for(object).is_some() || object.annotation(TLS_ACME).is_true();
            match object.kind() {
                "Ingress" if asks() => {
                    object.get("spec.tls").items().for_each(|tls| add(own, tls.get("secretName")));
                }
                "Gateway" if object.group() == "gateway.networking.k8s.io" && asks() => {
                    let listeners = object.get("spec.listeners").items();
                    let references =
                        listeners.flat_map(|listener| listener.get("tls.certificateRefs").items());
                    references.for_each(|reference| add(own, reference.get("name")));
                }
                _ => {}
            }
        }
        Written(written)
    }
}

/// Asks for a certificate of the issuer that cert-manager was started with.
const TLS_ACME: &str = "kubernetes.io/tls-acme";

/// Whether something else of the scan makes, or fills, a Secret or a ConfigMap of this name: a sealed or an external
/// Secret, a certificate, a class of the secrets store, an operator, Crossplane, a bundle of certificates.
pub(crate) fn is_made_by_others(inventory: &Inventory<'_>, kind: &str, namespace: &str, name: &str) -> bool {
    // Bundles are in no namespace and go to many.
    let target = if kind == "Secret" { "spec.target.secret" } else { "spec.target.configMap" };
    if inventory.named("trust.cert-manager.io", "Bundle", name).any(|bundle| bundle.get(target).exists()) {
        return true;
    }
    if kind != "Secret" {
        return false;
    }
    let of = |group, kind| inventory.of_kind_in(group, kind, namespace);
    MADE_FOR.iter().any(|(group, kind, makes)| of(group, kind).any(|object| makes(object.name(), name)))
        || of("external-secrets.io", "ExternalSecret").any(|object| {
            let target = object.get("spec.target.name").text();
            if target.is_empty() { object.name() == name } else { target == name }
        })
        || of("cert-manager.io", "Certificate").any(|object| object.get("spec.secretName").is(name))
        || of("secrets-store.csi.x-k8s.io", "SecretProviderClass").any(|object| {
            object.get("spec.secretObjects").items().any(|made| made.get("secretName").is(name))
        })
        || ["VaultStaticSecret", "VaultDynamicSecret", "VaultPKISecret"].into_iter().any(|kind| {
            of("secrets.hashicorp.com", kind).any(|object| object.get("spec.destination.name").is(name))
        })
        || inventory.has("external-secrets.io", "ClusterExternalSecret")
        || inventory.derived(Written::of).0.contains(&(namespace.to_owned(), name.to_owned()))
}
