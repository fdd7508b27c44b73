//! The cluster that the server runs in, as decisions ask about it.

use std::sync::Arc;

use plimsoll_doc::{Document, Limits, SourceFile, parse};
use serde_json::Value;

use super::calls::{GET_NAMESPACE, GET_POD, LIST_PODS};
use super::namespaces::{Index, in_query, namespace};
use super::{ApiError, Client, Request};
use crate::known::{Cluster, Later, Namespace};

/// A cluster that is asked: namespaces from the watch where they are there, anything else by a request.
pub struct Live {
    client: Arc<Client>,
    namespaces: Arc<Index>,
}

const JSON: &str = "application/json";

const PAGE: usize = 250;
/// More pods of one namespace are not looked at: the trial of a label judges fewer, and they take memory.
const MOST_PODS: usize = 5_000;

impl Live {
    pub fn new(client: Arc<Client>, namespaces: Arc<Index>) -> Self {
        Live { client, namespaces }
    }
}

impl Cluster for Live {
    fn namespace(&self, name: &str) -> Option<Arc<Namespace>> {
        self.namespaces.get(name)
    }

    fn fetch_namespace(&self, name: &str) -> Later<Arc<Namespace>> {
        let (client, request) = (Arc::clone(&self.client), Request::new(GET_NAMESPACE, "", name));
        let name = name.to_owned();
        Box::pin(async move {
            let object =
                get(&client, &request).await?.ok_or_else(|| format!("namespaces {name:?} not found"))?;
            namespace(&object)
                .map(|(_, namespace)| namespace)
                .ok_or_else(|| "a namespace without a name".to_owned())
        })
    }

    fn fetch_pod(&self, namespace: &str, name: &str) -> Later<Arc<Document>> {
        let (client, request) = (Arc::clone(&self.client), Request::new(GET_POD, namespace, name));
        let name = name.to_owned();
        Box::pin(async move {
            let pod = get(&client, &request).await?.ok_or_else(|| format!("pods {name:?} not found"))?;
            document(pod)
        })
    }

    fn fetch_pods(&self, namespace: &str) -> Later<Vec<Arc<Document>>> {
        let client = Arc::clone(&self.client);
        let namespace = namespace.to_owned();
        Box::pin(async move {
            let mut pods = Vec::new();
            let mut next = String::new();
            loop {
                let mut query = format!("limit={PAGE}");
                if !next.is_empty() {
                    query = format!("{query}&continue={}", in_query(&next));
                }
                let request = Request::new(LIST_PODS, &namespace, "").query(query);
                let mut page = get(&client, &request).await?.unwrap_or_default();
                if let Some(Value::Array(items)) = page.get_mut("items").map(Value::take) {
                    for pod in items {
                        pods.push(document(pod)?);
                    }
                }
                next =
                    page.pointer("/metadata/continue").and_then(Value::as_str).unwrap_or_default().to_owned();
                if next.is_empty() || pods.len() >= MOST_PODS {
                    return Ok(pods);
                }
            }
        })
    }

    fn is_ready(&self) -> bool {
        self.namespaces.is_complete()
    }
}

async fn get(client: &Client, request: &Request) -> Result<Option<Value>, String> {
    let answer = client.request(request, JSON).await.and_then(|answer| answer.found(request.call));
    let Some(body) = answer.map_err(|error| error.to_string())? else { return Ok(None) };
    let object = serde_json::from_slice(&body).map_err(|_| ApiError::Malformed("no JSON").to_string())?;
    Ok(Some(object))
}

/// A pod as a document. Items of lists don't say what they are; what no check reads is left out.
fn document(mut pod: Value) -> Result<Arc<Document>, String> {
    let not_one = || "a pod that is no object".to_owned();
    let fields = pod.as_object_mut().ok_or_else(not_one)?;
    fields.insert("apiVersion".to_owned(), "v1".into());
    fields.insert("kind".to_owned(), "Pod".into());
    fields.remove("status");
    if let Some(metadata) = fields.get_mut("metadata").and_then(Value::as_object_mut) {
        metadata.remove("managedFields");
    }
    let file = Arc::new(SourceFile::new("pod", pod.to_string().into_bytes()));
    let document = parse(&file, &Limits::default()).into_iter().next().ok_or_else(not_one)?;
    document.map(Arc::new).map_err(|error| format!("a pod that can't be read: {error}"))
}
