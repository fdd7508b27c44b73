//! What puts the server into a cluster: its manifests, from the chart's own templates.
//!
//! [`Demand`] says which kinds a configuration looks at and what for, [`Installation`] what the
//! operator chose; both come to [`values`], and the chart's templates under `charts/plimsoll` come to
//! [`manifests`] with them. Helm renders the same templates, so that there is one source.

mod chart;
mod demand;
mod installation;
mod resource;
mod template;
mod values;

pub use chart::{CHART, Part, manifests};
pub use demand::{Demand, Purpose};
pub use installation::{FailurePolicy, Installation};
pub use resource::{Resource, resource};
pub use template::to_yaml;
pub use values::{chart_values, values};
