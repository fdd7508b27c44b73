use serde_json::Value as Json;

/// What the API server answered.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The status of HTTP.
    pub status: u16,
    /// The texts of the `Warning` headers, in their order.
    pub warnings: Vec<String>,
    /// The `audit-id`, which [`crate::ControlPlane::audited`] finds the request by.
    pub audit_id: String,
    /// The body as it came.
    pub text: String,
    /// The body: an object, a list, or a `Status` that says what went wrong. Null if it isn't JSON.
    pub body: Json,
}

impl Answer {
    /// Whether the request was carried out.
    pub fn is_ok(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// The message of the `Status` that the body is, or nothing.
    pub fn message(&self) -> &str {
        self.body["message"].as_str().unwrap_or_default()
    }

    /// The reason of the `Status` that the body is (`Forbidden`, `Invalid`, …), or nothing.
    pub fn reason(&self) -> &str {
        self.body["reason"].as_str().unwrap_or_default()
    }

    /// The body of a request that had to succeed.
    ///
    /// # Panics
    /// If it didn't; with the server's answer.
    #[track_caller]
    pub fn expect_ok(self) -> Json {
        assert!(self.is_ok(), "the API server answered {}: {}", self.status, self.text);
        self.body
    }
}
