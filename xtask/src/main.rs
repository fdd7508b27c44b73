//! Chores of the project. `cargo xtask` lists them.

mod catalogue;
mod schema;
mod versus;

use std::path::Path;
use std::process::{Command, ExitCode};

const USAGE: &str = "\
cargo xtask CHORE

  catalogue          write crates/controls/src/catalogue.rs from the control files
  generate           catalogue, and the pages under docs/ that are made from the controls
  schema RELEASE…    write the table of the Kubernetes API's types: a RELEASE is a folder of the Go module
                     k8s.io/kubernetes (kubernetes@v1.37.2), or --openapi v1.37=FILE
  versus DIR [RUNS]  compare with the scanners that are installed, over a folder of manifests
";

fn main() -> ExitCode {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new("."));
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let done = match arguments.first().map(String::as_str) {
        Some("catalogue") => catalogue::write(root).map_err(|error| error.to_string()),
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
    let status = Command::new(env!("CARGO"))
        .args(["run", "--quiet", "--package", "plimsoll-report", "--example", "docs"])
        .current_dir(root)
        .status()
        .map_err(|error| error.to_string())?;
    if status.success() { Ok(()) } else { Err("the pages were not written".into()) }
}
