//! Load balancers without a public address.

use plimsoll_doc::Operation as Edit;
use plimsoll_engine::set;
use plimsoll_kubernetes::Object;

/// Writes the annotation that makes the load balancer of a Service internal.
pub(super) fn internal(service: &Object<'_>, (key, value): (&'static str, &'static str)) -> Edit {
    set(&service.annotation(key), value)
}
