//! Volumes of a pod, as far as policies look at them.

use plimsoll_kubernetes::Field;

use super::read::Reader;

/// The sources of volumes in the order in which the plugin looks for one: the field, and what a policy calls it.
const TYPES: [(&str, &str); 29] = [
    ("hostPath", "hostPath"),
    ("emptyDir", "emptyDir"),
    ("gcePersistentDisk", "gcePersistentDisk"),
    ("awsElasticBlockStore", "awsElasticBlockStore"),
    ("gitRepo", "gitRepo"),
    ("secret", "secret"),
    ("nfs", "nfs"),
    ("iscsi", "iscsi"),
    ("glusterfs", "glusterfs"),
    ("persistentVolumeClaim", "persistentVolumeClaim"),
    ("rbd", "rbd"),
    ("flexVolume", "flexVolume"),
    ("cinder", "cinder"),
    ("cephfs", "cephFS"),
    ("flocker", "flocker"),
    ("downwardAPI", "downwardAPI"),
    ("fc", "fc"),
    ("azureFile", "azureFile"),
    ("configMap", "configMap"),
    ("vsphereVolume", "vsphereVolume"),
    ("quobyte", "quobyte"),
    ("azureDisk", "azureDisk"),
    ("photonPersistentDisk", "photonPersistentDisk"),
    ("storageos", "storageos"),
    ("projected", "projected"),
    ("portworxVolume", "portworxVolume"),
    ("scaleIO", "scaleIO"),
    ("csi", "csi"),
    ("ephemeral", "ephemeral"),
];

/// The field of a volume type that a policy names; `None` for a type that isn't one.
pub(crate) fn field_of(kind: &str) -> Option<&'static str> {
    TYPES.iter().find(|(_, name)| *name == kind).map(|(field, _)| *field)
}

/// A volume.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PspVolume<'d> {
    pub name: &'d str,
    /// What a policy calls its source; `None` for a source that came after policies.
    pub kind: Option<&'static str>,
    /// The path on the host of a hostPath, or the driver of a flexVolume or a csi.
    pub detail: &'d str,
    /// Whether it holds no more than what every service account's token comes with.
    pub is_token_only: bool,
}

impl<'d> PspVolume<'d> {
    pub fn read(field: Field<'d>, reader: &mut Reader<'d>) -> Self {
        let name = reader.text(field.get("name")).unwrap_or_default();
        let mut volume = PspVolume { name, kind: None, detail: "", is_token_only: false };
        let has_source = field.entries().any(|(key, value)| key != "name" && value.exists());
        if !has_source {
            // As the API server makes it.
            volume.kind = Some("emptyDir");
        }
        for (key, kind) in TYPES {
            let Some(source) = reader.mapping(field.key(key)) else { continue };
            volume.kind = Some(kind);
            match key {
                "hostPath" => volume.detail = reader.text(source.get("path")).unwrap_or_default(),
                "flexVolume" | "csi" => volume.detail = reader.text(source.get("driver")).unwrap_or_default(),
                "projected" => volume.is_token_only = source.get("sources").items().all(is_of_token),
                _ => {}
            }
            break;
        }
        volume
    }
}

/// Whether a projected source is one of those that the volume of a service account's token has.
fn is_of_token(source: Field<'_>) -> bool {
    let (token, map, downward) =
        (source.get("serviceAccountToken"), source.get("configMap"), source.get("downwardAPI"));
    let is_namespace = |item: Field<'_>| {
        let reference = item.get("fieldRef");
        // Absent, it is v1 by default.
        let version = reference.get("apiVersion").text();
        item.get("path").text() == "namespace"
            && reference.get("fieldPath").text() == "metadata.namespace"
            && (version.is_empty() || version == "v1")
    };
    (token.exists() || map.exists() || downward.exists())
        && (!token.exists()
            || (token.get("path").text() == "token" && token.get("audience").text().is_empty()))
        && (!map.exists() || map.get("name").text() == "kube-root-ca.crt")
        && downward.get("items").items().all(is_namespace)
}
