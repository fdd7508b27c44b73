use serde_json::Value as Json;

use crate::{Answer, Client};

/// The languages of a patch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Patch {
    Json,
    Merge,
    Strategic,
    /// Server-side apply; needs the query parameter `fieldManager`.
    Apply,
}

impl Patch {
    fn content_type(self) -> &'static str {
        match self {
            Self::Json => "application/json-patch+json",
            Self::Merge => "application/merge-patch+json",
            Self::Strategic => "application/strategic-merge-patch+json",
            Self::Apply => "application/apply-patch+yaml",
        }
    }
}

/// A request that is not sent yet.
#[derive(Clone, Debug)]
#[must_use = "a request does nothing until it is sent"]
pub struct Request<'c> {
    pub(crate) client: &'c Client,
    pub(crate) method: &'static str,
    pub(crate) path: String,
    pub(crate) query: Vec<(String, String)>,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Vec<u8>,
}

impl<'c> Request<'c> {
    pub(crate) fn new(client: &'c Client, method: &'static str, path: impl Into<String>) -> Self {
        let path = path.into();
        Self { client, method, path, query: Vec::new(), headers: Vec::new(), body: Vec::new() }
    }

    pub(crate) fn json(self, body: &Json) -> Self {
        self.text("application/json", body.to_string())
    }

    /// A body of any kind, such as `application/yaml`.
    pub fn text(mut self, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        self.headers.push(("content-type", content_type.into()));
        self.body = body.into();
        self
    }

    pub(crate) fn patch(self, language: Patch, body: &Json) -> Self {
        self.text(language.content_type(), body.to_string())
    }

    /// Adds a query parameter.
    pub fn query(mut self, name: &str, value: &str) -> Self {
        self.query.push((name.into(), value.into()));
        self
    }

    /// Everything happens but the write: `dryRun=All`.
    pub fn dry_run(self) -> Self {
        self.query("dryRun", "All")
    }

    /// Unknown and duplicate fields are an error: `fieldValidation=Strict`. (Without it they are warnings.)
    pub fn strict(self) -> Self {
        self.query("fieldValidation", "Strict")
    }

    /// On behalf of somebody else. The client must be allowed to impersonate; `admin` is.
    pub fn as_user(mut self, name: &str, groups: &[&str]) -> Self {
        self.headers.push(("impersonate-user", name.into()));
        self.headers.extend(groups.iter().map(|&group| ("impersonate-group", group.to_owned())));
        self
    }

    /// # Panics
    /// If there is no answer at all. Whatever status the API server answers with is an answer.
    #[track_caller]
    pub fn send(self) -> Answer {
        let (method, path) = (self.method, self.path.clone());
        self.try_send().unwrap_or_else(|error| panic!("{method} {path}: {error}"))
    }

    /// # Errors
    /// If there is no answer at all: nobody listens, the connection broke, no trust.
    pub fn try_send(self) -> Result<Answer, Box<dyn std::error::Error + Send + Sync>> {
        self.client.send(self)
    }
}
