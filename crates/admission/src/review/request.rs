//! The request of a review: views of the one document that the body is read into.

use std::sync::Arc;

use plimsoll_doc::{Document, Kind, Limits, SourceFile, Value, parse_json};
use plimsoll_kubernetes::Field;

/// What a request does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Operation {
    Create,
    Update,
    Delete,
    Connect,
}

/// A kind or a resource, with its group (empty for the core group) and its version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Resource<'d> {
    pub group: &'d str,
    pub version: &'d str,
    /// `Deployment`, or `deployments`.
    pub name: &'d str,
}

/// What the API server asks.
#[derive(Clone, Copy)]
pub struct Request<'d> {
    /// By which the API server knows the answer again; never empty.
    pub uid: &'d str,
    pub kind: Resource<'d>,
    pub resource: Resource<'d>,
    /// Empty for the resource itself.
    pub subresource: &'d str,
    /// Empty where the API server is to make a name.
    pub name: &'d str,
    /// Empty for what lives outside namespaces.
    pub namespace: &'d str,
    pub operation: Operation,
    pub username: &'d str,
    /// The groups of the user, as a list of texts.
    pub groups: Field<'d>,
    /// `None` where there is none: for deletions.
    pub object: Option<Value<'d>>,
    /// What was there before: for updates and deletions.
    pub old_object: Option<Value<'d>>,
    pub is_dry_run: bool,
}

/// Why a body is no review that can be answered: one plain line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReviewError(pub String);

impl std::fmt::Display for ReviewError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for ReviewError {}

/// Nested collections of a review: the API server's own objects are far flatter.
const DEPTH: usize = 256;

/// Reads the body of a request once, into one document. API servers send strict JSON: whatever else a body
/// is, a key twice too, is an error.
pub fn read(body: Vec<u8>) -> Result<Document, ReviewError> {
    let limits = Limits { bytes: body.len(), depth: DEPTH, ..Limits::default() };
    let file = Arc::new(SourceFile::new("the request", body));
    let document =
        parse_json(&file, &limits).map_err(|error| ReviewError(format!("the body is no JSON: {error}")))?;
    if let Some(duplicate) = document.duplicates().next() {
        let key: String = duplicate.kept.key().unwrap_or_default().chars().take(60).collect();
        return Err(ReviewError(format!("the key {key:?} stands twice in one object of the body")));
    }
    Ok(document)
}

impl<'d> Request<'d> {
    /// The request of a document.
    pub fn of(document: &'d Document) -> Result<Self, ReviewError> {
        let root = document.root();
        let error = |reason: &str| Err(ReviewError(reason.to_owned()));
        if root.kind() != Kind::Mapping {
            return error("the body is no AdmissionReview");
        }
        let root = Field::new(root);
        if !root.get("kind").is("AdmissionReview") {
            return error("the body is no AdmissionReview: its kind is another");
        }
        match root.get("apiVersion").text() {
            "admission.k8s.io/v1" => {}
            "admission.k8s.io/v1beta1" => {
                return error(
                    "admission.k8s.io/v1beta1 is not served: \
                     set admissionReviewVersions of the webhook to [\"v1\"]",
                );
            }
            _ => return error("the AdmissionReview is not of admission.k8s.io/v1"),
        }
        let request = root.get("request");
        if !request.is_mapping() {
            return error("the AdmissionReview has no request");
        }
        let operation = match request.get("operation").text() {
            "CREATE" => Operation::Create,
            "UPDATE" => Operation::Update,
            "DELETE" => Operation::Delete,
            "CONNECT" => Operation::Connect,
            _ => return error("the request's operation is none of CREATE, UPDATE, DELETE and CONNECT"),
        };
        let uid = request.get("uid").text();
        if uid.is_empty() {
            return error("the request has no uid");
        }
        let object = |key, wrong: &str| match request.get(key).value() {
            Some(value) if value.kind() != Kind::Mapping => Err(ReviewError(wrong.to_owned())),
            value => Ok(value),
        };
        let (kind, resource) = (request.get("kind"), request.get("resource"));
        let typed = |field: Field<'d>, name| Resource {
            group: field.get("group").text(),
            version: field.get("version").text(),
            name: field.get(name).text(),
        };
        let request = Request {
            uid,
            kind: typed(kind, "kind"),
            resource: typed(resource, "resource"),
            subresource: request.get("subResource").text(),
            name: request.get("name").text(),
            namespace: request.get("namespace").text(),
            operation,
            username: request.get("userInfo.username").text(),
            groups: request.get("userInfo.groups"),
            object: object("object", "the request's object is none")?,
            old_object: object("oldObject", "the request's oldObject is none")?,
            is_dry_run: request.get("dryRun").is_true(),
        };
        if request.kind.name.is_empty() || request.resource.name.is_empty() {
            return error("the request doesn't say its kind and its resource");
        }
        Ok(request)
    }

    /// Whether the request is about this resource, whatever its version, or about a part of it.
    pub fn is_on(&self, group: &str, resource: &str, subresource: &str) -> bool {
        self.resource.name == resource && self.resource.group == group && self.subresource == subresource
    }

    /// Whether what the request changes is being deleted already.
    pub fn is_being_deleted(&self) -> bool {
        self.old_object.is_some_and(|object| Field::new(object).get("metadata.deletionTimestamp").exists())
    }
}

impl Operation {
    /// As reviews name it.
    pub const fn name(self) -> &'static str {
        match self {
            Operation::Create => "CREATE",
            Operation::Update => "UPDATE",
            Operation::Delete => "DELETE",
            Operation::Connect => "CONNECT",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fails(body: &str) -> String {
        match read(body.into()) {
            Ok(document) => match Request::of(&document) {
                Ok(_) => panic!("it is taken: {body}"),
                Err(error) => error.0,
            },
            Err(error) => error.0,
        }
    }

    const SMALL: &str = r#"{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{"uid":"u",
        "kind":{"group":"","version":"v1","kind":"Pod"},"resource":{"group":"","version":"v1","resource":"pods"},
        "operation":"CREATE","namespace":"shop","object":{"apiVersion":"v1","kind":"Pod"},"oldObject":null}}"#;

    #[test]
    fn a_review_is_read() {
        let document = read(SMALL.into()).expect("a review");
        let Ok(request) = Request::of(&document) else { panic!("no request") };
        assert_eq!((request.uid, request.namespace, request.name), ("u", "shop", ""));
        assert!(request.is_on("", "pods", "") && !request.is_on("apps", "pods", ""));
        assert!(request.object.is_some() && request.old_object.is_none());
        assert!(!request.is_being_deleted());
    }

    #[test]
    fn what_is_no_review_is_refused() {
        for (from, to, reason) in [
            ("admission.k8s.io/v1\"", "admission.k8s.io/v1beta1\"", "admission.k8s.io/v1beta1 is not served"),
            ("admission.k8s.io/v1\"", "admission.k8s.io/v2\"", "not of admission.k8s.io/v1"),
            ("AdmissionReview", "Pod", "its kind is another"),
            ("\"uid\":\"u\"", "\"uid\":\"\"", "no uid"),
            ("\"uid\":\"u\"", "\"uid\":7", "no uid"),
            ("CREATE", "PATCH", "operation"),
            ("{\"apiVersion\":\"v1\",\"kind\":\"Pod\"}", "[]", "object is none"),
            ("null", "\"x\"", "oldObject is none"),
            ("\"resource\":\"pods\"", "\"resource\":\"\"", "its kind and its resource"),
            ("\"request\"", "\"response\"", "no request"),
            ("\"uid\":\"u\"", "\"uid\":\"u\",\"uid\":\"v\"", "stands twice"),
            ("\"uid\":\"u\"", "\"uid\": u", "no JSON"),
            ("null}}", "null}} x", "something follows"),
            ("null}}", "null}", "no JSON"),
        ] {
            assert!(SMALL.contains(from), "{from}");
            let error = fails(&SMALL.replacen(from, to, 1));
            assert!(error.contains(reason), "{from} -> {to}: {error}");
        }
        for body in ["", " ", "[]", "null", "7", "a: b", "{", "\u{feff}{}"] {
            fails(body);
        }
        let deep = format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000));
        assert!(fails(&deep).contains("nested more than 256"));
    }
}
