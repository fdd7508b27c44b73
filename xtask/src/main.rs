//! Chores of the project. `cargo xtask` lists them.

mod catalogue;

use std::path::Path;
use std::process::ExitCode;

const USAGE: &str = "\
cargo xtask CHORE

  catalogue   write crates/controls/src/catalogue.rs from the control files
";

fn main() -> ExitCode {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new("."));
    let chore = std::env::args().nth(1);
    let done = match chore.as_deref() {
        Some("catalogue") => catalogue::write(root),
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
