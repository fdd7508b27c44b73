//! The demand of a configuration.

use std::collections::HashSet;

use plimsoll_controls::ENTRIES;
use plimsoll_engine::{Check, Control};
use plimsoll_kubernetes::GroupKind;

use super::{Demand, MAKES_PODS, POD, Purpose};
use crate::configuration::{Action, Configuration};
use crate::decide::Gate;

/// Controls of manifests' text: the API server has read the object by then, and left out what it doesn't know.
const OF_TEXT: &str = "manifest";

impl Demand {
    /// What a configuration wants to see.
    pub fn of(configuration: &Configuration) -> Self {
        let mut demand = Demand::default();
        if configuration.pod_security.is_some() {
            demand.add_pod_security();
        }
        if !configuration.exec.deny.is_empty() {
            demand.add_exec();
        }
        demand.add_mutations(configuration);
        demand.add_rules(configuration);
        demand
    }

    fn add_rules(&mut self, configuration: &Configuration) {
        let gate = Gate::new(configuration.clone());
        let mut settled: HashSet<&str> = gate.left_out().iter().map(|control| control.id).collect();
        // Of two rules for one control the later counts: one that holds everywhere leaves nothing to those
        // before it.
        for rule in configuration.rules.iter().rev() {
            let purpose = match rule.action {
                Action::Enforce => Some(Purpose::Enforce),
                Action::Warn | Action::Audit => Some(Purpose::Advise),
                Action::Ignore => None,
            };
            let meant = rule.controls.iter().filter(|control| control.severity >= rule.severity);
            for control in meant.filter(|control| !settled.contains(control.id)).copied().collect::<Vec<_>>()
            {
                if let Some(purpose) = purpose {
                    self.add_control(purpose, control);
                }
                if rule.scope.is_everywhere() {
                    settled.insert(control.id);
                }
            }
        }
    }

    fn add_control(&mut self, purpose: Purpose, control: &Control) {
        match control.check {
            Check::Pod(..) | Check::Container(..) => self.add_all(purpose, [POD].iter().chain(MAKES_PODS)),
            Check::Object(kinds, _) | Check::Inventory(kinds, _) => self.add_all(purpose, kinds),
            // Of all objects those that anything else of the catalogue speaks about.
            Check::AnyObject(..) if control.area() != OF_TEXT => {
                self.add_all(purpose, [POD].iter().chain(MAKES_PODS));
                for entry in ENTRIES {
                    if let Check::Object(kinds, _) = entry.control.check {
                        self.add_all(purpose, kinds);
                    }
                }
            }
            Check::AnyObject(..) | Check::Document(_) => {}
        }
    }

    fn add_mutations(&mut self, configuration: &Configuration) {
        let mutate = &configuration.mutate;
        if mutate.internal_load_balancers.is_some() {
            self.add(Purpose::Mutate, GroupKind::new("", "Service"));
        }
        let of_pods = mutate.always_pull
            || mutate.seccomp
            || mutate.no_token
            || mutate.drop_capabilities
            || mutate.no_privilege_escalation
            || !mutate.requests.is_empty()
            || !mutate.limits.is_empty();
        if of_pods {
            self.add(Purpose::Mutate, POD);
            if mutate.templates {
                self.add_all(Purpose::Mutate, MAKES_PODS);
            }
        }
    }

    fn add_all<'k>(&mut self, purpose: Purpose, kinds: impl IntoIterator<Item = &'k GroupKind>) {
        for kind in kinds {
            self.add(purpose, *kind);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use plimsoll_doc::SourceFile;
    use serde_json::Value;

    use super::*;

    /// The resources of the webhook of a name.
    fn resources(webhooks: &[Value], name: &str) -> Vec<String> {
        let mut found: Vec<String> = webhooks
            .iter()
            .filter(|webhook| webhook["name"] == name)
            .flat_map(|webhook| webhook["rules"].as_array().cloned().unwrap_or_default())
            .flat_map(|rule| rule["resources"].as_array().cloned().unwrap_or_default())
            .filter_map(|resource| resource.as_str().map(str::to_owned))
            .collect();
        found.sort();
        found
    }

    fn demand(text: &str) -> Demand {
        let file = Arc::new(SourceFile::new("admission.yaml", text.as_bytes().to_vec()));
        Demand::of(&Configuration::parse(&file).expect("a configuration"))
    }

    const NO_PSS: &str = "pod-security: {enabled: false}\n";

    #[test]
    fn nothing_configured_is_pod_security() {
        let demand = demand("version: 1\n");
        let webhooks = demand.validating();
        assert_eq!(resources(&webhooks, "enforce"), ["pods", "pods/ephemeralcontainers", "pods/resize"]);
        assert!(resources(&webhooks, "advise").contains(&"deployments".to_owned()));
        assert!(demand.lists_pods() && !demand.gets_pods() && demand.mutating().is_empty());
    }

    #[test]
    fn nothing_at_all_asks_for_nothing() {
        let demand = demand(NO_PSS);
        assert!(demand.validating().is_empty() && demand.mutating().is_empty() && !demand.lists_pods());
    }

    #[test]
    fn rules_ask_for_the_kinds_of_their_controls() {
        let demand = demand(&format!(
            "{NO_PSS}rules:\n- controls: [service/public-load-balancer]\n  action: enforce\n\
             - controls: [pod/privileged]\n  action: audit\n"
        ));
        let webhooks = demand.validating();
        assert_eq!(resources(&webhooks, "enforce"), ["services"]);
        let advised = resources(&webhooks, "advise");
        assert!(advised.contains(&"pods".to_owned()) && advised.contains(&"cronjobs".to_owned()));
        assert!(!advised.contains(&"services".to_owned()));
    }

    #[test]
    fn what_a_later_rule_only_audits_is_on_no_webhook_that_fails() {
        let rules = |scope: &str| {
            demand(&format!(
                "{NO_PSS}rules:\n- controls: [service/public-load-balancer]\n  action: enforce\n\
                 - controls: [service/public-load-balancer]\n  action: audit\n{scope}"
            ))
        };
        assert!(resources(&rules("").validating(), "enforce").is_empty());
        let in_part = rules("  namespaces: [test-*]\n");
        assert_eq!(resources(&in_part.validating(), "enforce"), ["services"], "it is enforced elsewhere");
        assert_eq!(resources(&in_part.validating(), "advise"), ["services"]);
    }

    #[test]
    fn rules_that_are_off_and_controls_of_text_ask_for_nothing() {
        let demand = demand(&format!(
            "{NO_PSS}rules:\n- profile: all\n  action: ignore\n- controls: [manifest/unknown-field]\n  action: enforce\n"
        ));
        assert!(demand.validating().is_empty());
    }

    #[test]
    fn no_profile_asks_for_what_a_cluster_lives_by() {
        let demand = demand("rules:\n- profile: all\n  action: enforce\n");
        let all = resources(&demand.validating(), "enforce");
        assert!(all.len() > 20, "{all:?}");
        for never in ["nodes", "leases", "events", "secrets", "validatingwebhookconfigurations", "*"] {
            assert!(!all.contains(&never.to_owned()), "{never}");
        }
    }

    #[test]
    fn mutations_ask_for_pods_templates_and_services() {
        let of = |text: &str| resources(&demand(&format!("mutate: {{{text}}}\n")).mutating(), "mutate");
        assert_eq!(of("seccomp: true"), ["pods"]);
        assert!(of("seccomp: true, templates: true").contains(&"deployments".to_owned()));
        assert_eq!(of("internal-load-balancers: azure"), ["services"]);
    }
}
