//! The certificates: an authority of the server's own, and the serving certificate that it signs.
//!
//! Both live in one Secret, with the certificates of earlier authorities for as long as one of their
//! serving certificates may be in use. A new authority is trusted by the API server some time before
//! anything is signed with it, and an old one for some time after, so that no handshake fails while they
//! change. [`plan`] says what is to be done, from what was read and from the time alone.

mod issue;
mod material;
mod plan;
mod secret;

pub use issue::{IssueError, add_authority, issue_serving, retire};
pub use material::{Authority, Key, Leaf, Material, Problem};
pub use plan::{Facts, LeafFacts, Periods, Step, Validity, plan};
pub use secret::{read, write};
