//! The answer to a review, written by hand: it is the same few words nearly every time.

use std::fmt::Write;

use plimsoll_doc::{base64, write_json_string};

/// The answer to a request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// Why the request is denied; `None` where it is allowed.
    pub refusal: Option<Refusal>,
    /// For who makes the request.
    pub warnings: Vec<String>,
    /// Keys without the prefix that the API server puts before them (the webhook's name), and their values.
    pub audit_annotations: Vec<(&'static str, String)>,
    /// A JSON Patch, as text.
    pub patch: Option<String>,
}

/// Why a request is denied: the parts of a `metav1.Status`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// An HTTP status.
    pub code: u16,
    /// `Forbidden`, `Invalid`, …
    pub reason: &'static str,
    pub message: String,
    /// Group, kind (or resource) and name, where they are told.
    pub details: Option<(String, String, String)>,
}

const HEAD: &str =
    "{\"kind\":\"AdmissionReview\",\"apiVersion\":\"admission.k8s.io/v1\",\"response\":{\"uid\":";

impl Answer {
    pub fn denied(code: u16, reason: &'static str, message: String) -> Self {
        Answer { refusal: Some(Refusal { code, reason, message, details: None }), ..Answer::default() }
    }

    pub fn is_allowed(&self) -> bool {
        self.refusal.is_none()
    }

    /// Adds the review that answers the request of this uid.
    pub fn write(&self, uid: &str, out: &mut String) {
        out.push_str(HEAD);
        write_json_string(uid, out);
        let Some(refusal) = &self.refusal else {
            out.push_str(",\"allowed\":true");
            return self.finish(out);
        };
        out.push_str(",\"allowed\":false,\"status\":{\"metadata\":{},\"status\":\"Failure\",\"message\":");
        write_json_string(&refusal.message, out);
        out.push_str(",\"reason\":");
        write_json_string(refusal.reason, out);
        if let Some((group, kind, name)) = &refusal.details {
            out.push_str(",\"details\":{");
            let mut is_first = true;
            for (key, value) in [("name", name), ("group", group), ("kind", kind)] {
                if !value.is_empty() {
                    out.push_str(if is_first { "" } else { "," });
                    is_first = false;
                    write_json_string(key, out);
                    out.push(':');
                    write_json_string(value, out);
                }
            }
            out.push('}');
        }
        // Writing to a string cannot fail.
        let _ = write!(out, ",\"code\":{}}}", refusal.code);
        self.finish(out);
    }

    fn finish(&self, out: &mut String) {
        if let Some(patch) = &self.patch {
            out.push_str(",\"patchType\":\"JSONPatch\",\"patch\":\"");
            out.push_str(&base64::encode(patch.as_bytes()));
            out.push('"');
        }
        if !self.audit_annotations.is_empty() {
            out.push_str(",\"auditAnnotations\":{");
            for (at, (key, value)) in self.audit_annotations.iter().enumerate() {
                out.push_str(if at > 0 { "," } else { "" });
                write_json_string(key, out);
                out.push(':');
                write_json_string(value, out);
            }
            out.push('}');
        }
        if !self.warnings.is_empty() {
            out.push_str(",\"warnings\":[");
            for (at, warning) in self.warnings.iter().enumerate() {
                out.push_str(if at > 0 { "," } else { "" });
                write_json_string(warning, out);
            }
            out.push(']');
        }
        out.push_str("}}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(answer: &Answer) -> String {
        let mut out = String::new();
        answer.write("a\"b", &mut out);
        out
    }

    #[test]
    fn an_allowing_answer_is_short() {
        assert_eq!(
            written(&Answer::default()),
            r#"{"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1","response":{"uid":"a\"b","allowed":true}}"#
        );
    }

    #[test]
    fn a_denying_answer_has_all_that_is_said() {
        let mut answer = Answer::denied(403, "Forbidden", "no\nway".to_owned());
        answer.warnings = vec!["one".to_owned(), "two".to_owned()];
        answer.audit_annotations = vec![("a", "x".to_owned()), ("b", "\u{1}".to_owned())];
        answer.patch = Some("[]".to_owned());
        if let Some(refusal) = &mut answer.refusal {
            refusal.details = Some((String::new(), "pods".to_owned(), "web".to_owned()));
        }
        assert!(written(&answer).ends_with(
            r#""allowed":false,"status":{"metadata":{},"status":"Failure","message":"no\nway","reason":"Forbidden","details":{"name":"web","kind":"pods"},"code":403},"patchType":"JSONPatch","patch":"W10=","auditAnnotations":{"a":"x","b":"\u0001"},"warnings":["one","two"]}}"#
        ));
    }
}
