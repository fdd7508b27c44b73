//! Bounds on what one input may make the parser do.

/// Bounds; passing one is a [`ParseError`](crate::ParseError) that names it.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Bytes of one input.
    pub bytes: usize,
    /// Nested collections.
    pub depth: usize,
    /// Nodes that aliases and merge keys may add to one document.
    pub alias_nodes: usize,
    /// Documents of one input.
    pub documents: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits { bytes: 64 << 20, depth: 512, alias_nodes: 100_000, documents: 100_000 }
    }
}

/// Values of one document, whatever its notation: five of them cost about a kilobyte. The API server
/// takes documents of three megabytes, which have fewer.
pub(crate) const MAX_NODES: usize = 1 << 22;

/// What is said of a document with more.
pub(crate) const TOO_MANY_NODES: &str = "the document has more than 4194304 values";

/// Directives of one document.
pub(crate) const MAX_DIRECTIVES: usize = 100;
