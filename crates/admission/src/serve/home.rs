//! The server at home in its cluster: it keeps the labels of namespaces and, where asked to, its own
//! certificates, beside what it answers.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;

use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::Shared;
use super::tls::Identity;
use crate::cluster::certificates::Periods;
use crate::cluster::{Client, Index, Live, Manager, Names, Serving, TickError, Ticked, keep};
use crate::known::Cluster;

/// The cluster that the server runs in.
#[derive(Clone)]
pub struct Home {
    client: Arc<Client>,
    namespaces: Arc<Index>,
    own_certificates: Option<OwnCertificates>,
}

/// What the server needs to make certificates of its own.
#[derive(Clone, Debug)]
pub struct OwnCertificates {
    pub names: Names,
    /// Which replica this is: the name of its pod.
    pub identity: String,
    pub periods: Periods,
}

impl Home {
    pub fn new(client: Client, own_certificates: Option<OwnCertificates>) -> Self {
        Home { client: Arc::new(client), namespaces: Arc::new(Index::default()), own_certificates }
    }

    /// The cluster as decisions ask about it.
    pub fn cluster(&self) -> Arc<dyn Cluster> {
        Arc::new(Live::new(Arc::clone(&self.client), Arc::clone(&self.namespaces)))
    }

    /// Starts what goes on beside the answers. What is returned ends a while after the server closes.
    pub(super) fn start(
        &self,
        shared: &Arc<Shared>,
        closing: &watch::Receiver<bool>,
    ) -> Option<JoinHandle<()>> {
        let heard = Arc::clone(shared);
        let report = move |error: &_| {
            heard.log.write("error", "namespaces-not-watched", &[("error", &format!("{error}"))]);
        };
        tokio::spawn(keep(Arc::clone(&self.client), Arc::clone(&self.namespaces), report));
        let own = self.own_certificates.clone()?;
        let (manager, serving) =
            Manager::new(Arc::clone(&self.client), own.names, &own.identity, own.periods);
        tokio::spawn(take(serving, Arc::clone(shared)));
        let heard = Arc::clone(shared);
        let mut before = None;
        let report = move |ticked: &Result<Ticked, TickError>| {
            if before.as_ref() != Some(ticked) {
                tell(ticked, &heard);
            }
            before = Some(ticked.clone());
        };
        Some(tokio::spawn(manager.run(report, closing.clone())))
    }
}

/// Serves each certificate that comes.
async fn take(mut serving: watch::Receiver<Option<Serving>>, shared: Arc<Shared>) {
    while serving.changed().await.is_ok() {
        let Some(served) = serving.borrow_and_update().clone() else { continue };
        let taken = Identity::of(&served).map(|identity| {
            shared.tls.store(identity.configuration);
            shared.metrics.certificate_expires.store(identity.expires, Relaxed);
        });
        super::reload::tell(&shared, "certificate", &shared.metrics.certificate, taken);
    }
}

/// What a turn did, where it is something else than the turn before.
fn tell(ticked: &Result<Ticked, TickError>, shared: &Shared) {
    let done = match ticked {
        Ok(done) => done,
        Err(error) => {
            return shared.log.write("error", "certificates-not-kept", &[("error", &error.to_string())]);
        }
    };
    for problem in &done.problems {
        shared.log.write("error", "certificates-broken", &[("problem", &problem.to_string())]);
    }
    if done.wrote || done.repaired > 0 {
        let steps: Vec<_> = done.steps.iter().map(|step| format!("{step:?}")).collect();
        let repaired = done.repaired.to_string();
        shared.log.write("info", "certificates-kept", &[("made", &steps.join(", ")), ("bundles", &repaired)]);
    }
}

impl fmt::Debug for Home {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Home").field("own_certificates", &self.own_certificates).finish_non_exhaustive()
    }
}
