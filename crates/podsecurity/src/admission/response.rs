//! What the plugin answers.

use std::collections::BTreeMap;

use super::{Operation, Request};
use crate::go::{aggregate, grouped, quoted};
use crate::{LabelError, LevelVersion};

/// The answer to a request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Response {
    pub allowed: bool,
    /// Why not, where the request isn't allowed.
    pub status: Option<Box<Status>>,
    /// For who makes the request.
    pub warnings: Vec<String>,
    /// By key, without the prefix that the API server adds
    /// ([`AUDIT_ANNOTATION_PREFIX`](crate::labels::AUDIT_ANNOTATION_PREFIX)).
    pub audit_annotations: BTreeMap<&'static str, String>,
    /// What was evaluated, for metrics.
    pub evaluated: Vec<Evaluated>,
    /// Whether the request is exempt, for metrics.
    pub exempt: bool,
    /// What went wrong, for metrics: whether it kept the request from being evaluated.
    pub error: Option<bool>,
}

/// A policy that a request was held against.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Evaluated {
    pub mode: Mode,
    pub policy: LevelVersion,
    pub decision: Decision,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mode {
    Enforce,
    Audit,
    Warn,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Decision {
    Allow,
    Deny,
}

/// The parts of a `metav1.Status` that a refusal has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Status {
    /// The HTTP status: 400, 403, 422 or 500.
    pub code: u16,
    /// `Forbidden`, `Invalid`, `BadRequest` or `InternalError`.
    pub reason: &'static str,
    pub message: String,
    /// The group, the kind (or the resource) and the name of the object, where they are told.
    pub details: Option<(String, String, String)>,
    pub causes: Vec<Cause>,
}

/// One of the things that are wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cause {
    /// `FieldValueInvalid`; empty where there is none.
    pub reason: &'static str,
    pub message: String,
    /// Empty where there is none.
    pub field: String,
}

impl Response {
    pub(crate) fn allowed() -> Self {
        Response { allowed: true, ..Response::default() }
    }

    pub(crate) fn annotated(mut self, key: &'static str, value: impl Into<String>) -> Self {
        self.audit_annotations.insert(key, value.into());
        self
    }

    pub(crate) fn exempt(by: &'static str) -> Self {
        Response { exempt: true, ..Response::allowed().annotated("exempt", by) }
    }

    pub(crate) fn forbidden(request: &Request<'_, '_>, why: &str) -> Self {
        let resource = grouped(request.resource, request.group);
        let message = match request.name {
            "" => format!("{resource} is forbidden: {why}"),
            name => format!("{resource} {} is forbidden: {why}", quoted(name)),
        };
        Response {
            status: Some(Box::new(Status {
                code: 403,
                reason: "Forbidden",
                message,
                details: Some((
                    request.group.to_owned(),
                    request.resource.to_owned(),
                    request.name.to_owned(),
                )),
                causes: Vec::new(),
            })),
            ..Response::default()
        }
    }

    pub(crate) fn invalid(request: &Request<'_, '_>, errors: &[LabelError]) -> Self {
        let kind = grouped(request.kind, request.group);
        let all = aggregate(errors.iter().map(ToString::to_string));
        let cause = |error: &LabelError| Cause {
            reason: "FieldValueInvalid",
            message: error.body(),
            field: error.path(),
        };
        Response {
            status: Some(Box::new(Status {
                code: 422,
                reason: "Invalid",
                message: format!("{kind} {} is invalid: {all}", quoted(request.name)),
                details: Some((request.group.to_owned(), request.kind.to_owned(), request.name.to_owned())),
                causes: errors.iter().map(cause).collect(),
            })),
            ..Response::default()
        }
    }

    /// An object of the request is not what it must be; `error` says more, where there is more to say.
    pub(crate) fn bad_request(message: &str, error: Option<&str>) -> Self {
        Response::error(
            Status {
                code: 400,
                reason: "BadRequest",
                message: message.to_owned(),
                details: None,
                causes: Vec::new(),
            },
            error,
        )
    }

    pub(crate) fn internal_error(message: &str, error: &str) -> Self {
        Response::error(
            Status {
                code: 500,
                reason: "InternalError",
                message: format!("Internal error occurred: {message}"),
                details: Some(Default::default()),
                causes: vec![Cause { reason: "", message: message.to_owned(), field: String::new() }],
            },
            Some(error),
        )
    }

    fn error(status: Status, error: Option<&str>) -> Self {
        let told = match error {
            Some(error) => format!("{}: {error}", status.message),
            None => status.message.clone(),
        };
        Response { status: Some(Box::new(status)), error: Some(true), ..Response::default() }
            .annotated("error", told)
    }

    /// An error that doesn't keep the request from being allowed.
    pub(crate) fn allowed_in_spite_of(error: String) -> Self {
        Response { error: Some(true), ..Response::allowed().annotated("error", error) }
    }
}

impl Operation {
    /// As admission reviews name it: `CREATE`.
    pub const fn name(self) -> &'static str {
        match self {
            Operation::Create => "CREATE",
            Operation::Update => "UPDATE",
            Operation::Delete => "DELETE",
            Operation::Connect => "CONNECT",
        }
    }
}
