use std::collections::BTreeMap;

use plimsoll_podsecurity::admission::{Cluster, Existing};
use plimsoll_podsecurity::labels::PolicyLabels;

/// What the plugin would find in the cluster.
#[derive(Default)]
pub struct World<'d> {
    /// By namespace: its labels.
    pub labels: BTreeMap<String, Vec<(String, String)>>,
    /// The pods of every namespace that is asked about.
    pub pods: Vec<Existing<'d>>,
}

impl World<'_> {
    pub fn of(namespace: &str, labels: &[(&str, &str)]) -> Self {
        let labels = labels.iter().map(|&(key, value)| (key.to_owned(), value.to_owned())).collect();
        World { labels: BTreeMap::from([(namespace.to_owned(), labels)]), pods: Vec::new() }
    }
}

impl<'d> Cluster<'d> for World<'d> {
    fn policy_labels(&self, namespace: &str) -> Result<PolicyLabels<'_>, String> {
        let labels =
            self.labels.get(namespace).ok_or_else(|| format!("namespace \"{namespace}\" not found"))?;
        Ok(PolicyLabels::from_pairs(labels.iter().map(|(key, value)| (key.as_str(), value.as_str()))))
    }

    fn pods(&self, _: &str) -> Result<Vec<Existing<'d>>, String> {
        Ok(self.pods.clone())
    }

    fn is_time_up(&self) -> bool {
        false
    }
}
