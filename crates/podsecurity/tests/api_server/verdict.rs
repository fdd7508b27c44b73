use std::collections::BTreeMap;

use plimsoll_control_plane::Answer;
use plimsoll_podsecurity::admission::Response;
use plimsoll_podsecurity::labels::AUDIT_ANNOTATION_PREFIX;
use serde_json::{Value as Json, json};

/// What the plugin makes of a request, as far as somebody outside sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    /// The `Status` of a refusal.
    pub refused: Option<Json>,
    pub warnings: Vec<String>,
}

impl Verdict {
    /// The real one. `others` are warnings that have nothing to do with the plugin.
    pub fn theirs(answer: &Answer, others: &[String]) -> Self {
        let mut warnings = answer.warnings.clone();
        warnings.retain(|warning| !others.contains(warning));
        Verdict { refused: (!answer.is_ok()).then(|| answer.body.clone()), warnings }
    }

    pub fn ours(response: Response) -> Self {
        let refused = response.status.map(|status| {
            let mut told = json!({
                "apiVersion": "v1", "kind": "Status", "metadata": {}, "status": "Failure",
                "code": status.code, "reason": status.reason, "message": status.message,
            });
            if let Some((group, kind, name)) = status.details {
                let mut details = serde_json::Map::new();
                for (key, value) in [("group", group), ("kind", kind), ("name", name)] {
                    if !value.is_empty() {
                        details.insert(key.into(), value.into());
                    }
                }
                if !status.causes.is_empty() {
                    let causes = status.causes.iter().map(|cause| {
                        json!({"reason": cause.reason, "message": cause.message, "field": cause.field})
                    });
                    details.insert("causes".into(), causes.collect());
                }
                told["details"] = details.into();
            }
            told
        });
        assert_eq!(response.allowed, refused.is_none());
        Verdict { refused, warnings: response.warnings }
    }
}

/// The annotations of a response, as the audit log has them.
pub fn annotations(response: &Response) -> BTreeMap<String, String> {
    response.audit_annotations.iter().map(|(key, value)| ((*key).to_owned(), value.clone())).collect()
}

/// The plugin's annotations in an event of the audit log.
pub fn logged(event: &Json) -> BTreeMap<String, String> {
    let all = event["annotations"].as_object();
    let own = all.into_iter().flatten().filter_map(|(key, value)| {
        Some((key.strip_prefix(AUDIT_ANNOTATION_PREFIX)?.to_owned(), value.as_str()?.to_owned()))
    });
    own.collect()
}
