//! The objects of a folder, and what we find in them.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::Path;

use serde_json::Value;

use super::add;

/// Objects by a check.
pub type ByCheck = BTreeMap<String, BTreeSet<Object>>;

/// An object as every scanner can tell it from others. Two of one name in one file are one here.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Object {
    /// Relative to the folder; empty where a scanner doesn't tell it.
    pub file: String,
    pub kind: String,
    /// `default` where none is written, for some scanners fill it in and some don't.
    pub namespace: String,
    pub name: String,
}

impl Object {
    pub fn new(file: &str, folder: &Path, kind: &str, namespace: &str, name: &str) -> Object {
        let file = Path::new(file).strip_prefix(folder).unwrap_or(Path::new(file));
        Object {
            file: file.display().to_string().trim_start_matches('/').to_owned(),
            kind: kind.to_owned(),
            namespace: if namespace.is_empty() { "default" } else { namespace }.to_owned(),
            name: name.to_owned(),
        }
    }
}

impl Object {
    pub fn is_binding(&self) -> bool {
        matches!(&*self.kind, "RoleBinding" | "ClusterRoleBinding")
    }

    pub fn is_role(&self) -> bool {
        matches!(&*self.kind, "Role" | "ClusterRole")
    }
}

impl fmt::Display for Object {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}/{}", self.kind, self.namespace, self.name)?;
        if self.file.is_empty() { Ok(()) } else { write!(f, " in {}", self.file) }
    }
}

/// What a scanner's reach is decided by.
pub struct Known {
    pub object: Object,
    /// The group of `apiVersion`, empty for the core group.
    pub group: String,
    pub annotations: Vec<String>,
    /// The role that a binding names.
    pub role: Option<Object>,
}

/// Every object of the folder, `List` items taken apart.
pub struct Objects(Vec<Known>);

impl Objects {
    /// From what `plimsoll read --positions` prints.
    pub fn read(output: &[u8], folder: &Path) -> Result<Objects, String> {
        let mut objects = Objects(Vec::new());
        for line in output.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
            let line: Value =
                serde_json::from_slice(line).map_err(|error| format!("plimsoll read: {error}"))?;
            objects.take(text(&line["file"]), folder, &line["document"]);
        }
        Ok(objects)
    }

    fn take(&mut self, file: &str, folder: &Path, document: &Value) {
        let kind = text(&document["kind"]);
        if kind.ends_with("List")
            && let Some(items) = document["items"].as_array()
        {
            items.iter().for_each(|item| self.take(file, folder, item));
            return;
        }
        let meta = &document["metadata"];
        let group = text(&document["apiVersion"]).split_once('/').map_or("", |(group, _)| group);
        let annotations = meta["annotations"].as_object();
        let namespace = text(&meta["namespace"]);
        let role = document["roleRef"].as_object().map(|_| {
            let kind = text(&document["roleRef"]["kind"]);
            let namespace = if kind == "Role" { namespace } else { "" };
            Object::new("", folder, kind, namespace, text(&document["roleRef"]["name"]))
        });
        self.0.push(Known {
            object: Object::new(file, folder, kind, namespace, text(&meta["name"])),
            role,
            group: group.to_owned(),
            annotations: annotations.into_iter().flatten().map(|(key, _)| key.clone()).collect(),
        });
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn iter(&self) -> impl Iterator<Item = &Known> {
        self.0.iter()
    }

    /// The role of a binding, anywhere in the folder; any other object is itself.
    pub fn role_of(&self, object: &Object) -> Object {
        if !object.is_binding() {
            return Object { file: String::new(), ..object.clone() };
        }
        let known = self.iter().find(|known| {
            (&known.object.kind, &known.object.namespace, &known.object.name)
                == (&object.kind, &object.namespace, &object.name)
                && (object.file.is_empty() || known.object.file == object.file)
        });
        known.and_then(|known| known.role.clone()).unwrap_or_else(|| object.clone())
    }

    /// The workload of a file whose name a pod's longer name begins with: some scanners name a template's
    /// pod by its workload and its labels.
    pub fn owner_of(&self, pod: &Object) -> Option<&Object> {
        self.iter()
            .map(|known| &known.object)
            .filter(|object| object.file == pod.file && object.namespace == pod.namespace)
            .filter(|object| {
                pod.name
                    .strip_prefix(&object.name)
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
            })
            .filter(|object| WORKLOADS.contains(&&*object.kind))
            .max_by_key(|object| object.name.len())
    }
}

/// The built-in kinds that make pods.
const WORKLOADS: [&str; 9] = [
    "Pod",
    "Deployment",
    "StatefulSet",
    "DaemonSet",
    "ReplicaSet",
    "ReplicationController",
    "Job",
    "CronJob",
    "DeploymentConfig",
];

/// Every alias of the catalogue, from what `plimsoll controls` prints.
pub fn aliases(output: &[u8]) -> Result<BTreeSet<String>, String> {
    let json: Value =
        serde_json::from_slice(output).map_err(|error| format!("plimsoll controls: {error}"))?;
    let aliases = each(&json["controls"]).flat_map(|control| each(&control["aliases"]));
    Ok(aliases.map(|alias| text(alias).to_owned()).collect())
}

/// Our findings by the aliases of their controls. Controls that share an alias are united by that.
pub fn findings(output: &[u8], folder: &Path) -> Result<ByCheck, String> {
    let json: Value = serde_json::from_slice(output).map_err(|error| format!("plimsoll scan: {error}"))?;
    let mut found = ByCheck::new();
    for finding in each(&json["findings"]) {
        let object = &finding["object"];
        let object = Object::new(
            text(&finding["location"]["file"]),
            folder,
            text(&object["kind"]),
            text(&object["namespace"]),
            text(&object["name"]),
        );
        for alias in each(&finding["aliases"]) {
            add(&mut found, text(alias), &object);
        }
    }
    Ok(found)
}

pub fn each(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

pub fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn objects() -> Objects {
        let documents = [
            json!({"kind": "List", "apiVersion": "v1", "items": [
                {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "web", "namespace": "shop"}},
                {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "web.v2", "namespace": "shop"}},
            ]}),
            json!({"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "RoleBinding",
                "metadata": {"name": "readers", "namespace": "shop"},
                "roleRef": {"kind": "Role", "name": "reader"}}),
        ];
        let lines: Vec<String> = documents
            .iter()
            .map(|document| json!({"file": "/estate/a.yaml", "document": document}).to_string())
            .collect();
        Objects::read(lines.join("\n").as_bytes(), Path::new("/estate")).expect("readable")
    }

    fn object(kind: &str, namespace: &str, name: &str) -> Object {
        Object::new("/estate/a.yaml", Path::new("/estate"), kind, namespace, name)
    }

    #[test]
    fn lists_are_taken_apart_and_files_are_relative() {
        let objects = objects();
        assert_eq!(objects.len(), 3);
        assert_eq!(
            objects.iter().next().map(|known| (known.object.to_string(), known.group.clone())),
            Some(("Deployment shop/web in a.yaml".to_owned(), "apps".to_owned()))
        );
        assert_eq!(object("Pod", "", "a").namespace, "default");
    }

    #[test]
    fn a_template_s_pod_belongs_to_the_longest_name() {
        let objects = objects();
        let owner =
            |name: &str| objects.owner_of(&object("Pod", "shop", name)).map(|owner| owner.name.clone());
        assert_eq!(owner("web.app-web").as_deref(), Some("web"));
        assert_eq!(owner("web.v2.app-web").as_deref(), Some("web.v2"));
        assert_eq!(owner("website.app-web"), None);
        assert_eq!(objects.owner_of(&object("Pod", "bank", "web.app-web")), None);
    }

    #[test]
    fn a_binding_stands_for_its_role() {
        let objects = objects();
        let role = objects.role_of(&object("RoleBinding", "shop", "readers"));
        assert_eq!((&*role.kind, &*role.namespace, &*role.name, &*role.file), ("Role", "shop", "reader", ""));
    }

    #[test]
    fn controls_that_share_an_alias_are_united() {
        let finding = |name: &str, aliases: &[&str]| {
            json!({"aliases": aliases, "object": {"kind": "Pod", "namespace": null, "name": name},
                "location": {"file": "/estate/a.yaml"}})
        };
        let output = json!({"findings": [finding("a", &["x:1", "x:2"]), finding("b", &["x:1"])]}).to_string();
        let found = findings(output.as_bytes(), Path::new("/estate")).expect("readable");
        assert_eq!(found.get("x:1").map(BTreeSet::len), Some(2));
        assert_eq!(found.get("x:2").map(BTreeSet::len), Some(1));
    }
}
