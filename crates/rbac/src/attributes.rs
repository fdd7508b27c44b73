//! What is asked for.

/// A request as the authorizer sees it. Every text is exact: case counts, and nothing is a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attributes<'a> {
    pub verb: &'a str,
    pub target: Target<'a>,
}

/// What a request is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target<'a> {
    Resource {
        /// `""` is the core group.
        group: &'a str,
        /// In the plural: `pods`.
        resource: &'a str,
        /// `exec` of `pods/exec`; empty where there is none.
        subresource: &'a str,
        /// Empty for all namespaces, and for what lives outside of them.
        namespace: &'a str,
        /// Empty where the request names no object: a list, a create.
        name: &'a str,
    },
    /// A path of the server that is no resource: `/healthz`.
    Path(&'a str),
}

impl<'a> Attributes<'a> {
    /// A verb on a resource (`pods`, `pods/exec`) of a group, in all namespaces and without a name.
    pub fn resource(verb: &'a str, group: &'a str, resource: &'a str) -> Self {
        let (resource, subresource) = resource.split_once('/').unwrap_or((resource, ""));
        Attributes {
            verb,
            target: Target::Resource { group, resource, subresource, namespace: "", name: "" },
        }
    }

    /// The same in a namespace.
    pub fn within(mut self, within: &'a str) -> Self {
        if let Target::Resource { namespace, .. } = &mut self.target {
            *namespace = within;
        }
        self
    }

    /// The same on an object of this name.
    pub fn named(mut self, named: &'a str) -> Self {
        if let Target::Resource { name, .. } = &mut self.target {
            *name = named;
        }
        self
    }

    /// The namespace; empty for all of them, for what has none, and for paths.
    pub fn namespace(&self) -> &'a str {
        match self.target {
            Target::Resource { namespace, .. } => namespace,
            Target::Path(_) => "",
        }
    }
}
