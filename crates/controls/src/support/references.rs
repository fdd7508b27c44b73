//! What a pod refers to: Secrets and ConfigMaps, and keys of them.

use plimsoll_kubernetes::{Field, Inventory, Object, Pod};

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

/// How the names of the Secrets end that CloudNativePG makes for a cluster.
const OF_POSTGRES: &[&str] = &["-app", "-superuser", "-ca", "-replication", "-server", "-pooler"];

/// Whether something else of the scan makes, or fills, a Secret or a ConfigMap of this name: a sealed or an external
/// Secret, a certificate, a class of the secrets store, a database, a bundle of certificates.
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
    of("bitnami.com", "SealedSecret").any(|object| object.name() == name)
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
        || of("onepassword.com", "OnePasswordItem").any(|object| object.name() == name)
        || of("postgresql.cnpg.io", "Cluster")
            .any(|cluster| name.strip_prefix(cluster.name()).is_some_and(|end| OF_POSTGRES.contains(&end)))
        || inventory.has("external-secrets.io", "ClusterExternalSecret")
}
