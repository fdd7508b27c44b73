//! What is asked of the API server.

use plimsoll_kubernetes::Object;

/// What a request does. The plugin is registered for the first two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Operation {
    Create,
    Update,
    Delete,
    Connect,
}

/// An object of a request.
#[derive(Clone, Debug, Default)]
pub enum Decoded<'r, 'd> {
    /// The request has none.
    #[default]
    Absent,
    Object(Object<'d>),
    /// It can't be decoded: why.
    Error(&'r str),
}

/// A request, as far as it matters. `'r` is how long its words live, `'d` its documents.
#[derive(Clone, Debug)]
pub struct Request<'r, 'd> {
    pub operation: Operation,
    /// The resource's group: `apps`, empty for the core group.
    pub group: &'r str,
    /// The resource: `deployments`.
    pub resource: &'r str,
    /// Empty for the resource itself.
    pub subresource: &'r str,
    /// The kind of the object: `Deployment`, with the resource's group.
    pub kind: &'r str,
    /// The name of the object; empty where the server is to make one.
    pub name: &'r str,
    /// The namespace of the request; for a request on a namespace, its own name.
    pub namespace: &'r str,
    /// Who asks.
    pub username: &'r str,
    pub object: Decoded<'r, 'd>,
    /// What is there before an update.
    pub old_object: Decoded<'r, 'd>,
}
