//! One release: its number, its OpenAPI document and the values of its enumerations.

use std::collections::HashMap;
use std::path::Path;

use serde_json::Value as Json;

const DOCUMENT: &str = "api/openapi-spec/swagger.json";
const GO: &str = "pkg/generated/openapi/zz_generated.openapi.go";

/// Values by the Go name of their type and the field, in the order of the source (sorted).
pub type Enums = HashMap<(String, String), Vec<String>>;

pub struct Release {
    /// As the folder or the argument has it: `1.37.2`
    pub version: String,
    pub minor: u16,
    pub definitions: serde_json::Map<String, Json>,
    /// Empty where there is only the document.
    pub enums: Enums,
}

impl Release {
    /// Of a folder that holds the Go module `k8s.io/kubernetes`, unpacked.
    pub fn of_module(folder: &Path) -> Result<Release, String> {
        let version = folder
            .file_name()
            .and_then(|name| name.to_str()?.split_once("@v"))
            .map(|(_, version)| version)
            .ok_or_else(|| {
                format!("{}: the name doesn't end with the version (kubernetes@v1.37.2)", folder.display())
            })?;
        let mut release = Release::new(version, &folder.join(DOCUMENT))?;
        // Where it was before 1.23 nothing in it is of use.
        if let Ok(go) = std::fs::read_to_string(folder.join(GO)) {
            release.enums = enums(&go);
        }
        Ok(release)
    }

    /// Of `v1.37=FILE`, a document as the API server answers it.
    pub fn of_document(argument: &str) -> Result<Release, String> {
        let (version, file) = argument
            .split_once('=')
            .ok_or_else(|| format!("{argument}: write the version and the file (v1.37=openapi.json)"))?;
        Release::new(version.strip_prefix('v').unwrap_or(version), Path::new(file))
    }

    fn new(version: &str, file: &Path) -> Result<Release, String> {
        let mut numbers = version.split('.');
        let minor = match (numbers.next(), numbers.next().map(str::parse)) {
            (Some("1"), Some(Ok(minor))) => minor,
            _ => return Err(format!("{version}: this is no version of Kubernetes (1.37.2)")),
        };
        let failed = |error: &dyn std::fmt::Display| format!("{}: {error}", file.display());
        let text = std::fs::read_to_string(file).map_err(|error| failed(&error))?;
        let mut document: Json = serde_json::from_str(&text).map_err(|error| failed(&error))?;
        match document.get_mut("definitions").map(Json::take) {
            Some(Json::Object(definitions)) => {
                Ok(Release { version: version.to_owned(), minor, definitions, enums: Enums::new() })
            }
            _ => Err(failed(&"the document has no definitions")),
        }
    }
}

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
pub fn go_name(name: &str) -> String {
    let name = match name.strip_prefix("io.k8s.api.") {
        Some(rest) => format!("k8sio_api_{rest}"),
        None => name.find("pkg.apis").map_or(name, |at| &name[at..]).to_owned(),
    };
    name.replace('.', "_")
}
