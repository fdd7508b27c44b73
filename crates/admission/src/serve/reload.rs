//! The files of the server, taken anew when they change. What is broken is not taken: what was there stays,
//! and the log and a metric say so.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use plimsoll_doc::SourceFile;

use super::tls::Identity;
use super::{Certificate, Options, Shared};
use crate::configuration::Configuration;
use crate::decide::Gate;
use crate::metrics::Reload;

/// A configuration of more bytes is none.
const LARGEST: u64 = 4 << 20;

/// Seconds since 1970.
pub(crate) fn now() -> i64 {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    i64::try_from(seconds).unwrap_or(i64::MAX)
}

/// The configuration of a file; the default where none is named.
///
/// # Errors
/// What is wrong with it, a line for each thing.
pub fn load_configuration(path: Option<&Path>) -> Result<Configuration, String> {
    match path {
        None => Ok(Configuration::default()),
        Some(path) => parse(path, content(path)?),
    }
}

fn content(path: &Path) -> Result<Vec<u8>, String> {
    let told = |reason: &dyn std::fmt::Display| format!("cannot read {}: {reason}", path.display());
    let size = std::fs::metadata(path).map_err(|error| told(&error))?.len();
    if size > LARGEST {
        return Err(told(&format_args!("it has more than {LARGEST} bytes")));
    }
    std::fs::read(path).map_err(|error| told(&error))
}

fn parse(path: &Path, bytes: Vec<u8>) -> Result<Configuration, String> {
    let file = Arc::new(SourceFile::new(path.display().to_string(), bytes));
    Configuration::parse(&file)
        .map_err(|errors| errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
}

/// Looks at the files now and then. Their content is compared: a ConfigMap or a Secret that is mounted
/// changes by a link that turns, with times that say little.
pub(super) async fn watch(options: Options, shared: Arc<Shared>) {
    let read = |path: &Path| content(path).ok();
    let mut configuration = options.configuration.as_deref().map(read);
    let files = match &options.certificate {
        Certificate::Files { certificate, key } => Some((certificate, key)),
        Certificate::Own => None,
    };
    let mut identity = files.map(|(certificate, key)| (read(certificate), read(key)));
    loop {
        tokio::time::sleep(options.reload_every).await;
        if let Some(path) = &options.configuration {
            let now = Some(read(path));
            if now != configuration {
                let now = settled(path, now.flatten()).await;
                // What was read twice is what is taken, and not a third reading.
                let parsed = match &now {
                    Some(bytes) => parse(path, bytes.clone()),
                    None => load_configuration(Some(path)),
                };
                configuration = Some(now);
                let taken = parsed.map(|read| shared.gate.store(Arc::new(Gate::new(read))));
                tell(&shared, "configuration", &shared.metrics.configuration, taken);
            }
        }
        let now = files.map(|(certificate, key)| (read(certificate), read(key)));
        if let Some((certificate, key)) = files
            && now != identity
        {
            identity = now;
            let taken = Identity::read(certificate, key).map(|identity| {
                shared.metrics.certificate_expires.store(identity.expires, Relaxed);
                shared.tls.store(identity.configuration);
            });
            tell(&shared, "certificate", &shared.metrics.certificate, taken);
        }
    }
}

/// How long a file must stay as it is to be taken for whole.
const SETTLES: Duration = Duration::from_millis(50);
/// So often is a file looked at that changes again and again.
const LOOKS: usize = 20;

/// The content of a file that has changed, once it stays. Who writes a file in place first makes it empty, and an
/// empty configuration is one that denies little.
async fn settled(path: &Path, mut now: Option<Vec<u8>>) -> Option<Vec<u8>> {
    for _ in 0..LOOKS {
        tokio::time::sleep(SETTLES).await;
        let again = content(path).ok();
        if again == now {
            break;
        }
        now = again;
    }
    now
}

pub(super) fn tell(shared: &Shared, what: &str, reload: &Reload, taken: Result<(), String>) {
    match taken {
        Ok(()) => {
            reload.taken();
            shared.log.write("info", "reloaded", &[("what", what)]);
        }
        Err(error) => {
            reload.is_current.store(0, Relaxed);
            reload.failures.fetch_add(1, Relaxed);
            shared.log.write("error", "not-reloaded", &[("what", what), ("error", &error)]);
        }
    }
}

impl Reload {
    /// What is there now was taken.
    pub(super) fn taken(&self) {
        self.at.store(now(), Relaxed);
        self.is_current.store(1, Relaxed);
    }
}
