//! Writes crates/kubernetes/src/schema/table.rs from a release of Kubernetes.
//!
//! Its input is the unpacked Go module `k8s.io/kubernetes` (`go mod download -json
//! k8s.io/kubernetes@v1.37.0` says where it is): the OpenAPI document, which has the types and what is
//! required, and the Go file that the document is made from, which has the values of enumerations too.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::Write;
use std::path::Path;

use serde_json::Value as Json;

const DOCUMENT: &str = "api/openapi-spec/swagger.json";
const GO: &str = "pkg/generated/openapi/zz_generated.openapi.go";
const TABLE: &str = "crates/kubernetes/src/schema/table.rs";

/// What the API server's validation wants and the document doesn't say.
const ALSO_REQUIRED: &[(&str, &str)] = &[
    ("io.k8s.api.core.v1.Container", "image"),
    ("io.k8s.api.core.v1.EphemeralContainer", "image"),
    ("io.k8s.api.core.v1.Pod", "spec"),
    ("io.k8s.api.core.v1.PodTemplateSpec", "spec"),
];

/// What the document calls required and the API server takes without: zero or nothing is a good value.
const NOT_REQUIRED: &[(&str, &str)] = &[
    ("io.k8s.api.core.v1.Event", "metadata"),
    ("io.k8s.api.core.v1.HTTPHeader", "value"),
    ("io.k8s.api.core.v1.ISCSIPersistentVolumeSource", "lun"),
    ("io.k8s.api.core.v1.ISCSIVolumeSource", "lun"),
    ("io.k8s.api.core.v1.LimitRangeSpec", "limits"),
    ("io.k8s.api.core.v1.Sysctl", "value"),
    ("io.k8s.api.storage.v1.CSINodeSpec", "drivers"),
];

/// Enumerations that validation has and the document doesn't name.
const ALSO_ENUMERATED: &[(&str, &str, &[&str])] = &[
    (
        "io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelectorRequirement",
        "operator",
        &["DoesNotExist", "Exists", "In", "NotIn"],
    ),
    ("io.k8s.api.rbac.v1.RoleRef", "kind", &["ClusterRole", "Role"]),
    ("io.k8s.api.rbac.v1.Subject", "kind", &["Group", "ServiceAccount", "User"]),
    (
        "io.k8s.api.autoscaling.v2.MetricSpec",
        "type",
        &["ContainerResource", "External", "Object", "Pods", "Resource"],
    ),
    ("io.k8s.api.autoscaling.v2.MetricTarget", "type", &["AverageValue", "Utilization", "Value"]),
    ("io.k8s.api.autoscaling.v2.HPAScalingRules", "selectPolicy", &["Disabled", "Max", "Min"]),
    ("io.k8s.api.autoscaling.v2.HPAScalingPolicy", "type", &["Percent", "Pods"]),
    ("io.k8s.api.core.v1.Container", "restartPolicy", &["Always", "Never", "OnFailure"]),
    ("io.k8s.api.core.v1.ContainerResizePolicy", "restartPolicy", &["NotRequired", "RestartContainer"]),
    ("io.k8s.api.core.v1.PodOS", "name", &["linux", "windows"]),
    ("io.k8s.api.storage.v1.CSIDriverSpec", "fsGroupPolicy", &["File", "None", "ReadWriteOnceWithFSType"]),
    (
        "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionSpec",
        "scope",
        &["Cluster", "Namespaced"],
    ),
    (
        "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceConversion",
        "strategy",
        &["None", "Webhook"],
    ),
];

/// Types of answers and of requests that nobody writes down.
const NOT_WRITTEN: &[&str] = &["APIGroup", "APIVersions", "DeleteOptions", "Status", "WatchEvent"];

type Enums = HashMap<(String, String), Vec<String>>;

pub fn write(root: &Path, arguments: &[String]) -> Result<(), String> {
    let [module] = arguments else {
        return Err("say where the Go module k8s.io/kubernetes is unpacked".to_owned());
    };
    let module = Path::new(module);
    let read =
        |name: &str| std::fs::read_to_string(module.join(name)).map_err(|error| format!("{name}: {error}"));
    let version = module
        .file_name()
        .and_then(|name| name.to_str()?.split_once("@v"))
        .map(|(_, version)| version.to_owned())
        .ok_or("the folder's name doesn't end with the version (kubernetes@v1.37.0)")?;
    let document: Json = serde_json::from_str(&read(DOCUMENT)?).map_err(|error| error.to_string())?;
    let definitions = document["definitions"].as_object().ok_or("the document has no definitions")?;
    let mut table = Table::new(definitions, enums(&read(GO)?));
    for (name, field, values) in ALSO_ENUMERATED {
        let values = values.iter().map(|value| (*value).to_owned()).collect();
        table.enums.insert((go_name(name), (*field).to_owned()), values);
    }
    std::fs::write(root.join(TABLE), table.text(&version)?).map_err(|error| format!("{TABLE}: {error}"))
}

/// The enumerations by the Go name of their type and the field, in the order of the source (sorted).
fn enums(go: &str) -> Enums {
    let (mut enums, mut of, mut field) = (Enums::new(), "", "");
    for line in go.lines() {
        if let Some(rest) = line.strip_prefix("func schema_") {
            of = rest.split_once('(').map_or("", |(name, _)| name);
        } else if let Some(rest) = line.strip_prefix("\t\t\t\t\t\"") {
            field = rest.split_once('"').map_or("", |(name, _)| name);
        } else if let Some((_, values)) = line.split_once("Enum:") {
            let values = values.split('"').skip(1).step_by(2).filter(|value| !value.is_empty());
            enums.insert((of.to_owned(), field.to_owned()), values.map(str::to_owned).collect());
        }
    }
    enums
}

/// `io.k8s.api.core.v1.Pod` as the Go file names its function: `k8sio_api_core_v1_Pod`.
fn go_name(name: &str) -> String {
    let name = match name.strip_prefix("io.k8s.api.") {
        Some(rest) => format!("k8sio_api_{rest}"),
        None => name.find("pkg.apis").map_or(name, |at| &name[at..]).to_owned(),
    };
    name.replace('.', "_")
}

/// The table as it grows: definitions that are reached get a number.
struct Table<'j> {
    definitions: &'j serde_json::Map<String, Json>,
    enums: Enums,
    numbers: HashMap<String, usize>,
    types: Vec<String>,
    /// Types that read the same are one.
    same: HashMap<String, usize>,
    elements: Vec<String>,
    lists: Vec<Vec<String>>,
}

impl<'j> Table<'j> {
    fn new(definitions: &'j serde_json::Map<String, Json>, enums: Enums) -> Self {
        Table {
            definitions,
            enums,
            numbers: HashMap::new(),
            types: Vec::new(),
            same: HashMap::new(),
            elements: Vec::new(),
            lists: Vec::new(),
        }
    }

    fn text(&mut self, version: &str) -> Result<String, String> {
        let mut kinds = BTreeSet::new();
        for (name, definition) in self.definitions {
            for kind in definition["x-kubernetes-group-version-kind"].as_array().into_iter().flatten() {
                let part = |key: &str| kind[key].as_str().unwrap_or_default().to_owned();
                let (group, version, kind) = (part("group"), part("version"), part("kind"));
                if !kind.ends_with("List") && !NOT_WRITTEN.contains(&kind.as_str()) {
                    kinds.insert((group, version, kind, name.clone()));
                }
            }
        }
        let mut rows = BTreeMap::new();
        for (group, version, kind, name) in kinds {
            let number = self.number(&name, true)?;
            rows.insert((kind, group, version), number);
        }
        let mut named = Vec::new();
        for (constant, name) in [
            ("POD_TEMPLATE_SPEC", "io.k8s.api.core.v1.PodTemplateSpec"),
            ("POD_SPEC", "io.k8s.api.core.v1.PodSpec"),
        ] {
            named.push((constant, self.number(name, false)?));
        }

        let mut text = String::new();
        let mut numbers = version.split('.');
        let (major, minor) = (numbers.next().unwrap_or("0"), numbers.next().unwrap_or("0"));
        let _ = write!(
            text,
            "//! The types of the Kubernetes API, from the OpenAPI document of Kubernetes {version}.\n\
             //! Written by `cargo xtask schema`, not by hand.\n\n\
             use super::facts::Shape::{{self, *}};\n\
             use super::facts::{{Kind, Type, k, o, r, t}};\n\n\
             pub(super) const VERSION: (u16, u16) = ({major}, {minor});\n"
        );
        for (constant, number) in named {
            let _ = writeln!(text, "pub(super) const {constant}: u16 = {number};");
        }
        let _ =
            writeln!(text, "\n/// Sorted by kind, group and version.\npub(super) static KINDS: &[Kind] = &[");
        for ((kind, group, version), number) in rows {
            let _ = writeln!(text, "k({kind:?},{group:?},{version:?},{number}),");
        }
        let _ = writeln!(text, "];\n\npub(super) static TYPES: &[Type] = &[");
        for of in &self.types {
            let _ = writeln!(text, "{of}");
        }
        let _ = writeln!(
            text,
            "];\n\n/// What lists and maps hold.\npub(super) static ELEMENTS: &[Shape] = &[{}];",
            self.elements.join(",")
        );
        let _ = writeln!(text, "\npub(super) static ENUMS: &[&[&str]] = &[");
        for values in &self.lists {
            let _ = writeln!(text, "&{values:?},");
        }
        text.push_str("];\n");
        Ok(text)
    }

    /// The number of a definition's type, which is written when it is first asked for.
    fn number(&mut self, name: &str, is_kind: bool) -> Result<usize, String> {
        if let Some(number) = self.numbers.get(name) {
            return Ok(*number);
        }
        let definition =
            self.definitions.get(name).ok_or_else(|| format!("{name} is not in the document"))?;
        // Reserved before its fields are read: types refer to themselves.
        let number = self.types.len();
        self.types.push(String::new());
        self.numbers.insert(name.to_owned(), number);
        let required: Vec<&str> =
            definition["required"].as_array().into_iter().flatten().filter_map(Json::as_str).collect();
        let mut fields = BTreeMap::new();
        for (field, property) in definition["properties"].as_object().into_iter().flatten() {
            // What a client says of the status is not taken: any mapping will do.
            let shape = if is_kind && field == "status" {
                "Mapping".to_owned()
            } else {
                self.shape(name, field, property)?
            };
            let is = |list: &[(&str, &str)]| list.contains(&(name, field));
            let is_required = (required.contains(&field.as_str()) || is(ALSO_REQUIRED)) && !is(NOT_REQUIRED);
            // By length first: most comparisons of a search are then of numbers.
            fields.insert((field.len(), field.clone()), (shape, is_required));
        }
        if fields.len() > 64 {
            return Err(format!("{name} has more than 64 fields"));
        }
        let short = name.rsplit('.').next().unwrap_or(name);
        let mut text = format!("t({short:?},&[");
        for ((_, field), (shape, is_required)) in fields {
            let _ = write!(text, "{}({field:?},{shape}),", if is_required { "r" } else { "o" });
        }
        text.push_str("]),");
        // Versions of a type that are the same to the last field share a number, where nothing refers to
        // the reserved one yet: only the last one written can be given back.
        if let Some(same) = self.same.get(&text)
            && number + 1 == self.types.len()
        {
            let same = *same;
            self.types.pop();
            self.numbers.insert(name.to_owned(), same);
            return Ok(same);
        }
        self.same.insert(text.clone(), number);
        self.types[number] = text;
        Ok(number)
    }

    fn shape(&mut self, of: &str, field: &str, property: &Json) -> Result<String, String> {
        if let Some(reference) = property["$ref"].as_str() {
            let name = reference.rsplit('/').next().unwrap_or(reference);
            let definition = &self.definitions[name];
            return Ok(match (name.rsplit('.').next().unwrap_or(name), definition["format"].as_str()) {
                ("Quantity", _) => "Quantity".to_owned(),
                ("IntOrString", _) => "IntOrString".to_owned(),
                (_, Some("date-time")) => "Time".to_owned(),
                ("RawExtension" | "FieldsV1", _) => "Mapping".to_owned(),
                _ if definition["properties"].is_object() => format!("Object({})", self.number(name, false)?),
                _ if definition["type"] == "object" => "Mapping".to_owned(),
                _ => "Any".to_owned(),
            });
        }
        Ok(match (property["type"].as_str(), property["format"].as_str()) {
            (Some("string"), Some("byte")) => "Bytes".to_owned(),
            (Some("string"), Some("date-time")) => "Time".to_owned(),
            (Some("string"), _) => match self.enums.get(&(go_name(of), field.to_owned())) {
                Some(values) => {
                    let values = values.clone();
                    format!("Enum({})", position(&mut self.lists, values))
                }
                None => "Str".to_owned(),
            },
            (Some("boolean"), _) => "Bool".to_owned(),
            (Some("integer"), Some("int32")) => "Int32".to_owned(),
            (Some("integer"), _) => "Int64".to_owned(),
            (Some("number"), _) => "Number".to_owned(),
            (Some("array"), _) => {
                let element = self.shape(of, field, &property["items"])?;
                format!("List({})", position(&mut self.elements, element))
            }
            (Some("object"), _) if property["additionalProperties"].is_object() => {
                let element = self.shape(of, field, &property["additionalProperties"])?;
                format!("Map({})", position(&mut self.elements, element))
            }
            (Some("object"), _) => "Mapping".to_owned(),
            _ => "Any".to_owned(),
        })
    }
}

fn position<T: PartialEq>(list: &mut Vec<T>, value: T) -> usize {
    list.iter().position(|known| *known == value).unwrap_or_else(|| {
        list.push(value);
        list.len() - 1
    })
}
