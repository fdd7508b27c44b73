use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::Value as Json;
use ureq::Agent;
use ureq::http::{self, HeaderName};
use ureq::tls::{Certificate, RootCerts, TlsConfig};

use crate::{Answer, Patch, Request, warning};

/// Longer than anything takes, on a machine that is busy with something else too.
const PATIENCE: Duration = Duration::from_secs(60);

/// Speaks to the API server as somebody. Cheap to clone; connections are kept and shared.
#[derive(Clone, Debug)]
pub struct Client {
    agent: Agent,
    base: String,
    token: Option<String>,
    resources: Resources,
}

/// By API version and kind: the name of the resource, and whether it belongs to a namespace.
type Resources = Arc<Mutex<HashMap<(String, String), (String, bool)>>>;

impl Client {
    pub(crate) fn new(base: &str, authority: &str, token: Option<&str>) -> Self {
        let authority = Certificate::from_pem(authority.as_bytes()).expect("a certificate");
        let tls = TlsConfig::builder()
            .root_certs(RootCerts::new_with_certs(&[authority]))
            .unversioned_rustls_crypto_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .build();
        let agent = Agent::config_builder()
            .tls_config(tls)
            .https_only(true)
            .proxy(None)
            .http_status_as_error(false)
            .max_redirects(0)
            .timeout_global(Some(PATIENCE))
            .max_idle_connections_per_host(16)
            .build()
            .new_agent();
        let token = token.map(String::from);
        Self { agent, base: base.into(), token, resources: Resources::default() }
    }

    /// The same server, as the holder of another token; of none: anonymous.
    pub fn with_token(&self, token: Option<&str>) -> Self {
        Self { token: token.map(String::from), ..self.clone() }
    }

    /// Reads what is at a path such as `/api/v1/namespaces/shop/pods/web`.
    pub fn get(&self, path: &str) -> Request<'_> {
        Request::new(self, "GET", path)
    }

    /// Sends an object or a review to a path.
    pub fn post(&self, path: &str, body: &Json) -> Request<'_> {
        Request::new(self, "POST", path).json(body)
    }

    /// Sends a body in any content type to a path, such as YAML as it stands in a file.
    pub fn post_text(&self, path: &str, content_type: &str, body: &str) -> Request<'_> {
        Request::new(self, "POST", path).text(content_type, body)
    }

    /// Writes over what is at a path.
    pub fn put(&self, path: &str, body: &Json) -> Request<'_> {
        Request::new(self, "PUT", path).json(body)
    }

    pub fn patch(&self, path: &str, language: Patch, body: &Json) -> Request<'_> {
        Request::new(self, "PATCH", path).patch(language, body)
    }

    /// Deletes at once, without the grace that a pod has.
    pub fn delete(&self, path: &str) -> Request<'_> {
        Request::new(self, "DELETE", path).query("gracePeriodSeconds", "0")
    }

    /// Creates an object, whatever kind it is. One that belongs to a namespace and names none goes to `default`.
    pub fn create(&self, object: &Json) -> Request<'_> {
        self.post(&self.collection(object), object)
    }

    /// Writes over an object.
    pub fn replace(&self, object: &Json) -> Request<'_> {
        self.put(&self.path(object), object)
    }

    /// Creates or changes an object by server-side apply, as the manager `test`.
    pub fn apply(&self, object: &Json) -> Request<'_> {
        self.patch(&self.path(object), Patch::Apply, object)
            .query("fieldManager", "test")
            .query("force", "true")
    }

    /// Where an object of this kind is created: `/apis/apps/v1/namespaces/shop/deployments`.
    ///
    /// # Panics
    /// If the server doesn't know the kind.
    pub fn collection(&self, object: &Json) -> String {
        let field = |value: &Json| value.as_str().unwrap_or_default().to_owned();
        let (version, kind) = (field(&object["apiVersion"]), field(&object["kind"]));
        let (resource, is_namespaced) = self.resource(&version, &kind);
        let root = root(&version);
        if !is_namespaced {
            return format!("{root}/{resource}");
        }
        let namespace = object["metadata"]["namespace"].as_str().unwrap_or("default");
        format!("{root}/namespaces/{namespace}/{resource}")
    }

    /// Where an object is: `/apis/apps/v1/namespaces/shop/deployments/web`.
    ///
    /// # Panics
    /// If the server doesn't know the kind.
    pub fn path(&self, object: &Json) -> String {
        let name = object["metadata"]["name"].as_str().unwrap_or_default();
        format!("{}/{name}", self.collection(object))
    }

    fn resource(&self, version: &str, kind: &str) -> (String, bool) {
        let key = (version.to_owned(), kind.to_owned());
        if let Some(known) = self.resources.lock().expect("no panic while locked").get(&key) {
            return known.clone();
        }
        let list = self.get(&root(version)).send();
        let resources = list.body["resources"].as_array().cloned().unwrap_or_default();
        let found = resources
            .iter()
            .filter(|resource| resource["kind"] == kind)
            // The others are subresources, `pods/status`.
            .find_map(|resource| {
                resource["name"].as_str().filter(|name| !name.contains('/')).map(|n| (n, resource))
            });
        let Some((name, resource)) = found else {
            panic!("the API server doesn't know {version} {kind} (discovery answered {})", list.status)
        };
        let found = (name.to_owned(), resource["namespaced"] == true);
        self.resources.lock().expect("no panic while locked").insert(key, found.clone());
        found
    }

    pub(crate) fn send(&self, request: Request) -> Result<Answer, Box<dyn std::error::Error + Send + Sync>> {
        let mut target = format!("{}{}", self.base, request.path);
        for (at, (name, value)) in request.query.iter().enumerate() {
            target.push(if at == 0 && !request.path.contains('?') { '?' } else { '&' });
            target.extend([name, "=", &escape(value)]);
        }
        let mut made = http::Request::builder().method(request.method).uri(target);
        if let Some(token) = &self.token {
            made = made.header("authorization", format!("Bearer {token}"));
        }
        for (name, value) in request.headers {
            made = made.header(HeaderName::from_static(name), value);
        }
        let mut response = self.agent.run(made.body(request.body)?)?;
        let header =
            |name| response.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let audit_id = header("audit-id").to_owned();
        // Bytes, since a warning may repeat what the object says in any script.
        let warnings = response.headers().get_all("warning").iter();
        let warnings = warnings.filter_map(|value| warning::text(&String::from_utf8_lossy(value.as_bytes())));
        let (warnings, status) = (warnings.collect(), response.status().as_u16());
        let text = response.body_mut().with_config().limit(1 << 28).read_to_string()?;
        let body = serde_json::from_str(&text).unwrap_or(Json::Null);
        Ok(Answer { status, warnings, audit_id, text, body })
    }
}

/// Where the kinds of an API version are: `/api/v1`, `/apis/apps/v1`.
fn root(version: &str) -> String {
    if version.contains('/') { format!("/apis/{version}") } else { format!("/api/{version}") }
}

/// Escapes the value of a query parameter.
fn escape(value: &str) -> String {
    let mut escaped = String::new();
    for byte in value.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => escaped.push(byte.into()),
            _ => escaped.push_str(&format!("%{byte:02X}")),
        }
    }
    escaped
}
