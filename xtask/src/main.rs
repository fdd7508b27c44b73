//! Chores of the project. `cargo xtask` lists them.

mod catalogue;
mod schema;
mod versus;

use std::path::Path;
use std::process::{Command, ExitCode};

const USAGE: &str = "\
cargo xtask CHORE

  catalogue          write crates/controls/src/catalogue.rs from the control files
  control-plane      build the etcd and the kube-apiserver that some tests run, into a cache; needs Go
  generate           catalogue, and the pages under docs/ that are made from the controls
  schema RELEASE…    write the table of the Kubernetes API's types: a RELEASE is a folder of the Go module
                     k8s.io/kubernetes (kubernetes@v1.37.2), or --openapi v1.37=FILE
  versus DIR [RUNS [CHECK]]
                     compare with the scanners that are installed, over a folder of manifests; with every object of a
                     check
";

fn main() -> ExitCode {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new("."));
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let done = match arguments.first().map(String::as_str) {
        Some("catalogue") => catalogue::write(root).map_err(|error| error.to_string()),
        Some("control-plane") => control_plane(root),
        Some("generate") => {
            catalogue::write(root).map_err(|error| error.to_string()).and_then(|()| pages(root))
        }
        Some("schema") => schema::write(root, arguments.get(1..).unwrap_or_default()),
        Some("versus") => versus::run(root, arguments.get(1..).unwrap_or_default()),
        _ => {
            eprint!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Writes the pages in a process of its own: the controls that it prints may be newer than this program.
fn pages(root: &Path) -> Result<(), String> {
    let is_done = example(root, "plimsoll-report", "docs")?;
    if is_done { Ok(()) } else { Err("the pages were not written".into()) }
}

/// Builds in a process of its own: what the launcher of the tests depends on, this program doesn't need.
fn control_plane(root: &Path) -> Result<(), String> {
    let is_done = example(root, "plimsoll-control-plane", "build")?;
    if is_done { Ok(()) } else { Err("the control plane was not built".into()) }
}

fn example(root: &Path, package: &str, name: &str) -> Result<bool, String> {
    let status = Command::new(env!("CARGO"))
        .args(["run", "--quiet", "--package", package, "--example", name])
        .current_dir(root)
        .status()
        .map_err(|error| error.to_string())?;
    Ok(status.success())
}
