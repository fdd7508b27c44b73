//! What a decision has to know of the cluster besides the request, and who knows it.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant};

use plimsoll_doc::Document;

/// An answer that takes its time.
pub type Later<T> = Pin<Box<dyn Future<Output = Result<T, String>> + Send>>;

/// The labels of a namespace.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Namespace {
    pub labels: Vec<(String, String)>,
}

/// What the cluster is asked. Errors are one plain line; that something isn't there is one, too.
pub trait Cluster: Send + Sync + 'static {
    /// A namespace, where it is at hand: from a watch, or from a file.
    fn namespace(&self, name: &str) -> Option<Arc<Namespace>>;
    /// The same, asked of the API server.
    fn fetch_namespace(&self, name: &str) -> Later<Arc<Namespace>>;
    /// A pod: the document is a Pod.
    fn fetch_pod(&self, namespace: &str, name: &str) -> Later<Arc<Document>>;
    /// All pods of a namespace: each document is a Pod.
    fn fetch_pods(&self, namespace: &str) -> Later<Vec<Arc<Document>>>;
    /// Whether the cluster can be asked: the server isn't ready before.
    fn is_ready(&self) -> bool {
        true
    }
}

/// What a request makes it necessary to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need<'d> {
    Namespace(&'d str),
    Pod { namespace: &'d str, name: &'d str },
    Pods { namespace: &'d str },
}

impl Known {
    /// The same of a cluster that answers at once, as [`Manifests`](crate::manifests::Manifests) do. What
    /// isn't known then stays unknown.
    pub fn at_once(needs: &[Need<'_>], cluster: &dyn Cluster) -> Self {
        fn now<T>(mut later: Later<T>) -> Result<T, String> {
            let mut context = Context::from_waker(Waker::noop());
            match later.as_mut().poll(&mut context) {
                Poll::Ready(answer) => answer,
                Poll::Pending => Err("the cluster has to be asked".to_owned()),
            }
        }
        let mut known = Known::default();
        for need in needs {
            match need {
                Need::Namespace(name) => known.namespace = Some(now(cluster.fetch_namespace(name))),
                Need::Pod { namespace, name } => known.pod = Some(now(cluster.fetch_pod(namespace, name))),
                Need::Pods { namespace } => known.pods = Some(now(cluster.fetch_pods(namespace))),
            }
        }
        known
    }
}

/// Part of the time that a request has is kept for the decision and the answer.
const KEPT: Duration = Duration::from_millis(100);

async fn within<T>(deadline: Instant, later: Later<T>) -> Result<T, String> {
    let until = deadline.checked_sub(KEPT).unwrap_or(deadline);
    let answer = tokio::time::timeout_at(until.into(), later).await;
    answer.unwrap_or_else(|_| Err("the API server took too long".to_owned()))
}

/// What is known for one decision.
#[derive(Clone, Default)]
pub struct Known {
    pub namespace: Option<Result<Arc<Namespace>, String>>,
    pub pod: Option<Result<Arc<Document>, String>>,
    pub pods: Option<Result<Vec<Arc<Document>>, String>>,
    /// When the dry run over a namespace's pods has to end.
    pub dry_run_ends: Option<Instant>,
}

impl Known {
    /// Asks the cluster for all that is needed, until a deadline: what it didn't tell by then could not be
    /// looked up.
    pub async fn gather(needs: &[Need<'_>], cluster: &dyn Cluster, deadline: Instant) -> Self {
        let mut known = Known::default();
        for need in needs {
            match need {
                Need::Namespace(name) => {
                    known.namespace = Some(match cluster.namespace(name) {
                        Some(namespace) => Ok(namespace),
                        None => within(deadline, cluster.fetch_namespace(name)).await,
                    });
                }
                Need::Pod { namespace, name } => {
                    known.pod = Some(within(deadline, cluster.fetch_pod(namespace, name)).await);
                }
                Need::Pods { namespace } => {
                    known.pods = Some(within(deadline, cluster.fetch_pods(namespace)).await);
                }
            }
        }
        known
    }
}
