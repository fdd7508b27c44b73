use std::path::{Path, PathBuf};

/// The environment variable that makes it an error when [`Binaries::find`] finds nothing.
pub const REQUIRE: &str = "PLIMSOLL_REQUIRE_CONTROL_PLANE";

/// The Go module that both programs are built from.
const MODULE: &str = include_str!("../../go-control-plane/go.mod");

/// The release of Kubernetes that `tests/go-control-plane/go.mod` asks for, such as `v1.37.2`.
pub fn version() -> &'static str {
    let required = |line: &'static str| line.trim().strip_prefix("k8s.io/kubernetes ");
    MODULE.lines().find_map(required).expect("go.mod requires k8s.io/kubernetes")
}

/// Where `cargo xtask control-plane` puts the two programs.
pub fn cache() -> Option<PathBuf> {
    let absolute = |name| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let base = absolute("XDG_CACHE_HOME").or_else(|| absolute("HOME").map(|home| home.join(".cache")))?;
    Some(base.join("plimsoll/control-plane").join(version()))
}

/// The programs of a control plane.
#[derive(Clone, Debug)]
pub struct Binaries {
    pub etcd: PathBuf,
    pub kube_apiserver: PathBuf,
}

impl Binaries {
    /// The two programs, from `KUBEBUILDER_ASSETS`, the cache or `PATH`. Where they are absent, says on standard
    /// error that the running test is skipped, for the test to return.
    ///
    /// # Panics
    /// If they are absent and the environment has [`REQUIRE`].
    pub fn find() -> Option<Self> {
        let assets = std::env::var_os("KUBEBUILDER_ASSETS").map(PathBuf::from);
        let path = std::env::var_os("PATH").unwrap_or_default();
        let mut folders = assets.into_iter().chain(cache()).chain(std::env::split_paths(&path));
        let found = folders.find_map(|folder| Self::within(&folder));
        if found.is_none() {
            let reason = "no kube-apiserver or etcd (cargo xtask control-plane builds them)";
            assert!(std::env::var_os(REQUIRE).is_none(), "{REQUIRE} is set: {reason}");
            plimsoll_test_support::skipped(reason);
        }
        found
    }

    /// The two programs, if the folder has both.
    pub fn within(folder: &Path) -> Option<Self> {
        let found = Self { etcd: folder.join("etcd"), kube_apiserver: folder.join("kube-apiserver") };
        (found.etcd.is_file() && found.kube_apiserver.is_file()).then_some(found)
    }
}
