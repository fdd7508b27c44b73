//! Writes crates/kubernetes/src/schema/table.rs from releases of Kubernetes.
//!
//! Its input is, for each release, the OpenAPI document that the API server of that release publishes, which
//! has the types and what is required: out of the unpacked Go module `k8s.io/kubernetes` (`go mod download
//! -json k8s.io/kubernetes@v1.37.2` says where it is), or as a server answers `/openapi/v2`. The newest module
//! has the Go file too that the document is made from, and with it the values of enumerations.

mod history;
mod known;
mod release;
mod table;

use std::path::Path;

use history::History;
use release::Release;

const TABLE: &str = "crates/kubernetes/src/schema/table.rs";

const USAGE: &str = "say where the releases are: folders of the Go module k8s.io/kubernetes, whose names end \
     with the version (kubernetes@v1.37.2), and --openapi v1.37=FILE for what a server answers at /openapi/v2";

pub fn write(root: &Path, arguments: &[String]) -> Result<(), String> {
    let mut releases = Vec::new();
    let mut arguments = arguments.iter();
    while let Some(argument) = arguments.next() {
        releases.push(match argument.as_str() {
            "--openapi" => Release::of_document(arguments.next().ok_or(USAGE)?)?,
            folder => Release::of_module(Path::new(folder))?,
        });
    }
    releases.sort_by_key(|release| release.minor);
    let newest = releases.last().ok_or(USAGE)?;
    for (before, after) in releases.iter().zip(releases.iter().skip(1)) {
        if before.minor == after.minor {
            return Err(format!("1.{} is there twice: take its newest patch", before.minor));
        }
        // A hole would read as a field that came late or went early.
        if before.minor + 1 != after.minor {
            return Err(format!("there is nothing between 1.{} and 1.{}", before.minor, after.minor));
        }
    }
    let enums = newest.enums.clone();
    if enums.is_empty() {
        eprintln!("xtask: {} has no values of enumerations: take the Go module for it", newest.version);
    }
    let text = table::text(&History::of(&releases)?, enums)?;
    std::fs::write(root.join(TABLE), text).map_err(|error| format!("{TABLE}: {error}"))
}
