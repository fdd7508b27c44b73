//! Builds etcd and kube-apiserver from the module `tests/go-control-plane` into the cache where tests look for
//! them, unless they are there. Its caller is `cargo xtask control-plane`.

use std::path::Path;
use std::process::{Command, ExitCode};

use plimsoll_control_plane::{Binaries, cache, version};

fn main() -> ExitCode {
    match build() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("control-plane: {error}");
            ExitCode::FAILURE
        }
    }
}

fn build() -> Result<(), String> {
    let folder = cache().ok_or("set HOME or XDG_CACHE_HOME, so that there is a place for the programs")?;
    if Binaries::within(&folder).is_none() {
        eprintln!("building etcd and kube-apiserver {}: some minutes", version());
        std::fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        program(&folder, "etcd", "./etcd")?;
        program(&folder, "kube-apiserver", "k8s.io/kubernetes/cmd/kube-apiserver")?;
    }
    println!("{}", folder.display());
    Ok(())
}

/// Builds a package under another name first, so that no half a program is ever found.
fn program(folder: &Path, name: &str, package: &str) -> Result<(), String> {
    let unfinished = folder.join(format!("{name}.{}", std::process::id()));
    let status = Command::new("go")
        .args(["build", "-trimpath", "-ldflags", &linker_flags(), "-o"])
        .args([unfinished.as_os_str(), package.as_ref()])
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../go-control-plane"))
        .env("CGO_ENABLED", "0")
        .status()
        .map_err(|error| format!("go can't be run: {error}"))?;
    if !status.success() {
        return Err(format!("go build {package} failed"));
    }
    std::fs::rename(&unfinished, folder.join(name)).map_err(|error| error.to_string())
}

/// No symbols; and the version that the API server gives itself, by which it knows what policies say `latest` is.
fn linker_flags() -> String {
    let package = "k8s.io/component-base/version";
    let mut parts = version().trim_start_matches('v').split('.');
    let (major, minor) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    format!(
        "-s -w -X {package}.gitVersion={} -X {package}.gitMajor={major} -X {package}.gitMinor={minor}",
        version()
    )
}
