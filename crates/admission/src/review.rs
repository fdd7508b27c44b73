//! AdmissionReview, `admission.k8s.io/v1`: what the API server asks, and how it is answered.

mod answer;
mod request;

pub use answer::{Answer, Refusal};
pub use request::{Operation, Request, Resource, ReviewError, read};
