//! Every control of the catalogue. Written by `cargo xtask generate` from the files in `catalogue/`.

use crate::Entry;

#[path = "catalogue/admission/webhook-sees-secrets.rs"]
mod admission_webhook_sees_secrets;
#[path = "catalogue/backup/no-schedule.rs"]
mod backup_no_schedule;
#[path = "catalogue/backup/not-covered.rs"]
mod backup_not_covered;
#[path = "catalogue/backup/schedule-paused.rs"]
mod backup_schedule_paused;
#[path = "catalogue/backup/without-data.rs"]
mod backup_without_data;
#[path = "catalogue/image/denied-registry.rs"]
mod image_denied_registry;
#[path = "catalogue/image/git-sync-command.rs"]
mod image_git_sync_command;
#[path = "catalogue/image/ingress-nginx-retired.rs"]
mod image_ingress_nginx_retired;
#[path = "catalogue/image/latest-tag.rs"]
mod image_latest_tag;
#[path = "catalogue/image/legacy-kubernetes-registry.rs"]
mod image_legacy_kubernetes_registry;
#[path = "catalogue/image/no-digest.rs"]
mod image_no_digest;
#[path = "catalogue/image/pull-policy.rs"]
mod image_pull_policy;
#[path = "catalogue/image/registry-not-allowed.rs"]
mod image_registry_not_allowed;
#[path = "catalogue/image/sudo.rs"]
mod image_sudo;
#[path = "catalogue/ingress/no-tls.rs"]
mod ingress_no_tls;
#[path = "catalogue/manifest/cronjob.rs"]
mod manifest_cronjob;
#[path = "catalogue/manifest/duplicate-env.rs"]
mod manifest_duplicate_env;
#[path = "catalogue/manifest/duplicate-key.rs"]
mod manifest_duplicate_key;
#[path = "catalogue/manifest/instance-label.rs"]
mod manifest_instance_label;
#[path = "catalogue/manifest/invalid-label.rs"]
mod manifest_invalid_label;
#[path = "catalogue/manifest/ndots.rs"]
mod manifest_ndots;
#[path = "catalogue/manifest/port-name.rs"]
mod manifest_port_name;
#[path = "catalogue/manifest/recommended-labels.rs"]
mod manifest_recommended_labels;
#[path = "catalogue/manifest/required-annotations.rs"]
mod manifest_required_annotations;
#[path = "catalogue/manifest/required-labels.rs"]
mod manifest_required_labels;
#[path = "catalogue/manifest/selector-mismatch.rs"]
mod manifest_selector_mismatch;
#[path = "catalogue/namespace/default.rs"]
mod namespace_default;
#[path = "catalogue/namespace/limit-range.rs"]
mod namespace_limit_range;
#[path = "catalogue/namespace/pod-security-label.rs"]
mod namespace_pod_security_label;
#[path = "catalogue/namespace/resource-quota.rs"]
mod namespace_resource_quota;
#[path = "catalogue/namespace/system.rs"]
mod namespace_system;
#[path = "catalogue/network/policy-selects-nothing.rs"]
mod network_policy_selects_nothing;
#[path = "catalogue/pod/host-path-cloud-credentials.rs"]
mod pod_host_path_cloud_credentials;
#[path = "catalogue/pod/host-path-sensitive.rs"]
mod pod_host_path_sensitive;
#[path = "catalogue/pod/host-path-volume.rs"]
mod pod_host_path_volume;
#[path = "catalogue/pod/host-path-writable.rs"]
mod pod_host_path_writable;
#[path = "catalogue/pod/host-pid.rs"]
mod pod_host_pid;
#[path = "catalogue/pod/privileged.rs"]
mod pod_privileged;
#[path = "catalogue/pod/restricted-volume-types.rs"]
mod pod_restricted_volume_types;
#[path = "catalogue/pod/runtime-socket.rs"]
mod pod_runtime_socket;
#[path = "catalogue/pod/sub-path.rs"]
mod pod_sub_path;
#[path = "catalogue/rbac/aggregated-to-default-role.rs"]
mod rbac_aggregated_to_default_role;
#[path = "catalogue/rbac/anonymous-binding.rs"]
mod rbac_anonymous_binding;
#[path = "catalogue/rbac/approve-certificates.rs"]
mod rbac_approve_certificates;
#[path = "catalogue/rbac/attach.rs"]
mod rbac_attach;
#[path = "catalogue/rbac/authenticated-binding.rs"]
mod rbac_authenticated_binding;
#[path = "catalogue/rbac/aws-auth.rs"]
mod rbac_aws_auth;
#[path = "catalogue/rbac/bind.rs"]
mod rbac_bind;
#[path = "catalogue/rbac/bootstrap-token.rs"]
mod rbac_bootstrap_token;
#[path = "catalogue/rbac/change-workloads.rs"]
mod rbac_change_workloads;
#[path = "catalogue/rbac/client-certificate.rs"]
mod rbac_client_certificate;
#[path = "catalogue/rbac/cluster-admin-binding.rs"]
mod rbac_cluster_admin_binding;
#[path = "catalogue/rbac/cluster-wide-admin-binding.rs"]
mod rbac_cluster_wide_admin_binding;
#[path = "catalogue/rbac/coredns-config.rs"]
mod rbac_coredns_config;
#[path = "catalogue/rbac/create-persistent-volumes.rs"]
mod rbac_create_persistent_volumes;
#[path = "catalogue/rbac/create-pods.rs"]
mod rbac_create_pods;
#[path = "catalogue/rbac/create-tokens.rs"]
mod rbac_create_tokens;
#[path = "catalogue/rbac/dangling-binding.rs"]
mod rbac_dangling_binding;
#[path = "catalogue/rbac/delete-events.rs"]
mod rbac_delete_events;
#[path = "catalogue/rbac/delete-logs.rs"]
mod rbac_delete_logs;
#[path = "catalogue/rbac/delete-workloads.rs"]
mod rbac_delete_workloads;
#[path = "catalogue/rbac/ephemeral-containers.rs"]
mod rbac_ephemeral_containers;
#[path = "catalogue/rbac/escalate.rs"]
mod rbac_escalate;
#[path = "catalogue/rbac/exec.rs"]
mod rbac_exec;
#[path = "catalogue/rbac/grant-itself.rs"]
mod rbac_grant_itself;
#[path = "catalogue/rbac/impersonate.rs"]
mod rbac_impersonate;
#[path = "catalogue/rbac/ineffective-rule.rs"]
mod rbac_ineffective_rule;
#[path = "catalogue/rbac/invalid-subject.rs"]
mod rbac_invalid_subject;
#[path = "catalogue/rbac/masters-binding.rs"]
mod rbac_masters_binding;
#[path = "catalogue/rbac/node-files.rs"]
mod rbac_node_files;
#[path = "catalogue/rbac/node-proxy.rs"]
mod rbac_node_proxy;
#[path = "catalogue/rbac/operator-resources.rs"]
mod rbac_operator_resources;
#[path = "catalogue/rbac/pod-proxy.rs"]
mod rbac_pod_proxy;
#[path = "catalogue/rbac/pod-status.rs"]
mod rbac_pod_status;
#[path = "catalogue/rbac/port-forward.rs"]
mod rbac_port_forward;
#[path = "catalogue/rbac/read-secrets.rs"]
mod rbac_read_secrets;
#[path = "catalogue/rbac/scheduling.rs"]
mod rbac_scheduling;
#[path = "catalogue/rbac/service-account-group-binding.rs"]
mod rbac_service_account_group_binding;
#[path = "catalogue/rbac/service-status.rs"]
mod rbac_service_status;
#[path = "catalogue/rbac/wildcard.rs"]
mod rbac_wildcard;
#[path = "catalogue/rbac/workload-admin.rs"]
mod rbac_workload_admin;
#[path = "catalogue/rbac/workload-takeover.rs"]
mod rbac_workload_takeover;
#[path = "catalogue/rbac/write-admission-policies.rs"]
mod rbac_write_admission_policies;
#[path = "catalogue/rbac/write-api-services.rs"]
mod rbac_write_api_services;
#[path = "catalogue/rbac/write-configmaps.rs"]
mod rbac_write_configmaps;
#[path = "catalogue/rbac/write-custom-resource-definitions.rs"]
mod rbac_write_custom_resource_definitions;
#[path = "catalogue/rbac/write-endpoints.rs"]
mod rbac_write_endpoints;
#[path = "catalogue/rbac/write-leases.rs"]
mod rbac_write_leases;
#[path = "catalogue/rbac/write-namespaces.rs"]
mod rbac_write_namespaces;
#[path = "catalogue/rbac/write-network-policies.rs"]
mod rbac_write_network_policies;
#[path = "catalogue/rbac/write-nodes.rs"]
mod rbac_write_nodes;
#[path = "catalogue/rbac/write-policy-parameters.rs"]
mod rbac_write_policy_parameters;
#[path = "catalogue/rbac/write-role-bindings.rs"]
mod rbac_write_role_bindings;
#[path = "catalogue/rbac/write-secrets.rs"]
mod rbac_write_secrets;
#[path = "catalogue/rbac/write-service-accounts.rs"]
mod rbac_write_service_accounts;
#[path = "catalogue/rbac/write-services.rs"]
mod rbac_write_services;
#[path = "catalogue/rbac/write-webhooks.rs"]
mod rbac_write_webhooks;
#[path = "catalogue/reliability/anti-affinity.rs"]
mod reliability_anti_affinity;
#[path = "catalogue/reliability/autoscaler-replicas.rs"]
mod reliability_autoscaler_replicas;
#[path = "catalogue/reliability/autoscaler-target.rs"]
mod reliability_autoscaler_target;
#[path = "catalogue/reliability/claim-access-mode.rs"]
mod reliability_claim_access_mode;
#[path = "catalogue/reliability/claim-storage-request.rs"]
mod reliability_claim_storage_request;
#[path = "catalogue/reliability/cronjob-deadline.rs"]
mod reliability_cronjob_deadline;
#[path = "catalogue/reliability/disruption-budget-blocks.rs"]
mod reliability_disruption_budget_blocks;
#[path = "catalogue/reliability/disruption-budget-selects-nothing.rs"]
mod reliability_disruption_budget_selects_nothing;
#[path = "catalogue/reliability/disruption-budget.rs"]
mod reliability_disruption_budget;
#[path = "catalogue/reliability/headless-service.rs"]
mod reliability_headless_service;
#[path = "catalogue/reliability/identical-probes.rs"]
mod reliability_identical_probes;
#[path = "catalogue/reliability/job-ttl.rs"]
mod reliability_job_ttl;
#[path = "catalogue/reliability/liveness-probe.rs"]
mod reliability_liveness_probe;
#[path = "catalogue/reliability/naked-pod.rs"]
mod reliability_naked_pod;
#[path = "catalogue/reliability/node-affinity.rs"]
mod reliability_node_affinity;
#[path = "catalogue/reliability/priority-class.rs"]
mod reliability_priority_class;
#[path = "catalogue/reliability/probe-port.rs"]
mod reliability_probe_port;
#[path = "catalogue/reliability/readiness-probe.rs"]
mod reliability_readiness_probe;
#[path = "catalogue/reliability/replicas-with-autoscaler.rs"]
mod reliability_replicas_with_autoscaler;
#[path = "catalogue/reliability/replicas.rs"]
mod reliability_replicas;
#[path = "catalogue/reliability/restart-policy.rs"]
mod reliability_restart_policy;
#[path = "catalogue/reliability/several-disruption-budgets.rs"]
mod reliability_several_disruption_budgets;
#[path = "catalogue/reliability/system-priority-class.rs"]
mod reliability_system_priority_class;
#[path = "catalogue/reliability/topology-spread.rs"]
mod reliability_topology_spread;
#[path = "catalogue/reliability/unhealthy-pod-eviction.rs"]
mod reliability_unhealthy_pod_eviction;
#[path = "catalogue/reliability/update-strategy.rs"]
mod reliability_update_strategy;
#[path = "catalogue/resources/cpu-limit.rs"]
mod resources_cpu_limit;
#[path = "catalogue/resources/cpu-request.rs"]
mod resources_cpu_request;
#[path = "catalogue/resources/ephemeral-storage-overcommit.rs"]
mod resources_ephemeral_storage_overcommit;
#[path = "catalogue/resources/ephemeral-storage.rs"]
mod resources_ephemeral_storage;
#[path = "catalogue/resources/memory-limit.rs"]
mod resources_memory_limit;
#[path = "catalogue/resources/memory-request.rs"]
mod resources_memory_request;
#[path = "catalogue/resources/not-guaranteed.rs"]
mod resources_not_guaranteed;
#[path = "catalogue/service-account/default-binding.rs"]
mod service_account_default_binding;
#[path = "catalogue/service-account/token-automount.rs"]
mod service_account_token_automount;
#[path = "catalogue/storage/disk-network-access.rs"]
mod storage_disk_network_access;
#[path = "catalogue/storage/host-path-volume.rs"]
mod storage_host_path_volume;
#[path = "catalogue/storage/no-customer-key.rs"]
mod storage_no_customer_key;
#[path = "catalogue/storage/reclaim-policy.rs"]
mod storage_reclaim_policy;
#[path = "catalogue/storage/unencrypted-class.rs"]
mod storage_unencrypted_class;

/// Sorted by id.
#[rustfmt::skip]
pub static ENTRIES: &[Entry] = &[
    Entry { control: &admission_webhook_sees_secrets::CONTROL, source: include_str!("catalogue/admission/webhook-sees-secrets.rs") },
    Entry { control: &backup_no_schedule::CONTROL, source: include_str!("catalogue/backup/no-schedule.rs") },
    Entry { control: &backup_not_covered::CONTROL, source: include_str!("catalogue/backup/not-covered.rs") },
    Entry { control: &backup_schedule_paused::CONTROL, source: include_str!("catalogue/backup/schedule-paused.rs") },
    Entry { control: &backup_without_data::CONTROL, source: include_str!("catalogue/backup/without-data.rs") },
    Entry { control: &image_denied_registry::CONTROL, source: include_str!("catalogue/image/denied-registry.rs") },
    Entry { control: &image_git_sync_command::CONTROL, source: include_str!("catalogue/image/git-sync-command.rs") },
    Entry { control: &image_ingress_nginx_retired::CONTROL, source: include_str!("catalogue/image/ingress-nginx-retired.rs") },
    Entry { control: &image_latest_tag::CONTROL, source: include_str!("catalogue/image/latest-tag.rs") },
    Entry { control: &image_legacy_kubernetes_registry::CONTROL, source: include_str!("catalogue/image/legacy-kubernetes-registry.rs") },
    Entry { control: &image_no_digest::CONTROL, source: include_str!("catalogue/image/no-digest.rs") },
    Entry { control: &image_pull_policy::CONTROL, source: include_str!("catalogue/image/pull-policy.rs") },
    Entry { control: &image_registry_not_allowed::CONTROL, source: include_str!("catalogue/image/registry-not-allowed.rs") },
    Entry { control: &image_sudo::CONTROL, source: include_str!("catalogue/image/sudo.rs") },
    Entry { control: &ingress_no_tls::CONTROL, source: include_str!("catalogue/ingress/no-tls.rs") },
    Entry { control: &manifest_cronjob::CONTROL, source: include_str!("catalogue/manifest/cronjob.rs") },
    Entry { control: &manifest_duplicate_env::CONTROL, source: include_str!("catalogue/manifest/duplicate-env.rs") },
    Entry { control: &manifest_duplicate_key::CONTROL, source: include_str!("catalogue/manifest/duplicate-key.rs") },
    Entry { control: &manifest_instance_label::CONTROL, source: include_str!("catalogue/manifest/instance-label.rs") },
    Entry { control: &manifest_invalid_label::CONTROL, source: include_str!("catalogue/manifest/invalid-label.rs") },
    Entry { control: &manifest_ndots::CONTROL, source: include_str!("catalogue/manifest/ndots.rs") },
    Entry { control: &manifest_port_name::CONTROL, source: include_str!("catalogue/manifest/port-name.rs") },
    Entry { control: &manifest_recommended_labels::CONTROL, source: include_str!("catalogue/manifest/recommended-labels.rs") },
    Entry { control: &manifest_required_annotations::CONTROL, source: include_str!("catalogue/manifest/required-annotations.rs") },
    Entry { control: &manifest_required_labels::CONTROL, source: include_str!("catalogue/manifest/required-labels.rs") },
    Entry { control: &manifest_selector_mismatch::CONTROL, source: include_str!("catalogue/manifest/selector-mismatch.rs") },
    Entry { control: &namespace_default::CONTROL, source: include_str!("catalogue/namespace/default.rs") },
    Entry { control: &namespace_limit_range::CONTROL, source: include_str!("catalogue/namespace/limit-range.rs") },
    Entry { control: &namespace_pod_security_label::CONTROL, source: include_str!("catalogue/namespace/pod-security-label.rs") },
    Entry { control: &namespace_resource_quota::CONTROL, source: include_str!("catalogue/namespace/resource-quota.rs") },
    Entry { control: &namespace_system::CONTROL, source: include_str!("catalogue/namespace/system.rs") },
    Entry { control: &network_policy_selects_nothing::CONTROL, source: include_str!("catalogue/network/policy-selects-nothing.rs") },
    Entry { control: &pod_host_path_cloud_credentials::CONTROL, source: include_str!("catalogue/pod/host-path-cloud-credentials.rs") },
    Entry { control: &pod_host_path_sensitive::CONTROL, source: include_str!("catalogue/pod/host-path-sensitive.rs") },
    Entry { control: &pod_host_path_volume::CONTROL, source: include_str!("catalogue/pod/host-path-volume.rs") },
    Entry { control: &pod_host_path_writable::CONTROL, source: include_str!("catalogue/pod/host-path-writable.rs") },
    Entry { control: &pod_host_pid::CONTROL, source: include_str!("catalogue/pod/host-pid.rs") },
    Entry { control: &pod_privileged::CONTROL, source: include_str!("catalogue/pod/privileged.rs") },
    Entry { control: &pod_restricted_volume_types::CONTROL, source: include_str!("catalogue/pod/restricted-volume-types.rs") },
    Entry { control: &pod_runtime_socket::CONTROL, source: include_str!("catalogue/pod/runtime-socket.rs") },
    Entry { control: &pod_sub_path::CONTROL, source: include_str!("catalogue/pod/sub-path.rs") },
    Entry { control: &rbac_aggregated_to_default_role::CONTROL, source: include_str!("catalogue/rbac/aggregated-to-default-role.rs") },
    Entry { control: &rbac_anonymous_binding::CONTROL, source: include_str!("catalogue/rbac/anonymous-binding.rs") },
    Entry { control: &rbac_approve_certificates::CONTROL, source: include_str!("catalogue/rbac/approve-certificates.rs") },
    Entry { control: &rbac_attach::CONTROL, source: include_str!("catalogue/rbac/attach.rs") },
    Entry { control: &rbac_authenticated_binding::CONTROL, source: include_str!("catalogue/rbac/authenticated-binding.rs") },
    Entry { control: &rbac_aws_auth::CONTROL, source: include_str!("catalogue/rbac/aws-auth.rs") },
    Entry { control: &rbac_bind::CONTROL, source: include_str!("catalogue/rbac/bind.rs") },
    Entry { control: &rbac_bootstrap_token::CONTROL, source: include_str!("catalogue/rbac/bootstrap-token.rs") },
    Entry { control: &rbac_change_workloads::CONTROL, source: include_str!("catalogue/rbac/change-workloads.rs") },
    Entry { control: &rbac_client_certificate::CONTROL, source: include_str!("catalogue/rbac/client-certificate.rs") },
    Entry { control: &rbac_cluster_admin_binding::CONTROL, source: include_str!("catalogue/rbac/cluster-admin-binding.rs") },
    Entry { control: &rbac_cluster_wide_admin_binding::CONTROL, source: include_str!("catalogue/rbac/cluster-wide-admin-binding.rs") },
    Entry { control: &rbac_coredns_config::CONTROL, source: include_str!("catalogue/rbac/coredns-config.rs") },
    Entry { control: &rbac_create_persistent_volumes::CONTROL, source: include_str!("catalogue/rbac/create-persistent-volumes.rs") },
    Entry { control: &rbac_create_pods::CONTROL, source: include_str!("catalogue/rbac/create-pods.rs") },
    Entry { control: &rbac_create_tokens::CONTROL, source: include_str!("catalogue/rbac/create-tokens.rs") },
    Entry { control: &rbac_dangling_binding::CONTROL, source: include_str!("catalogue/rbac/dangling-binding.rs") },
    Entry { control: &rbac_delete_events::CONTROL, source: include_str!("catalogue/rbac/delete-events.rs") },
    Entry { control: &rbac_delete_logs::CONTROL, source: include_str!("catalogue/rbac/delete-logs.rs") },
    Entry { control: &rbac_delete_workloads::CONTROL, source: include_str!("catalogue/rbac/delete-workloads.rs") },
    Entry { control: &rbac_ephemeral_containers::CONTROL, source: include_str!("catalogue/rbac/ephemeral-containers.rs") },
    Entry { control: &rbac_escalate::CONTROL, source: include_str!("catalogue/rbac/escalate.rs") },
    Entry { control: &rbac_exec::CONTROL, source: include_str!("catalogue/rbac/exec.rs") },
    Entry { control: &rbac_grant_itself::CONTROL, source: include_str!("catalogue/rbac/grant-itself.rs") },
    Entry { control: &rbac_impersonate::CONTROL, source: include_str!("catalogue/rbac/impersonate.rs") },
    Entry { control: &rbac_ineffective_rule::CONTROL, source: include_str!("catalogue/rbac/ineffective-rule.rs") },
    Entry { control: &rbac_invalid_subject::CONTROL, source: include_str!("catalogue/rbac/invalid-subject.rs") },
    Entry { control: &rbac_masters_binding::CONTROL, source: include_str!("catalogue/rbac/masters-binding.rs") },
    Entry { control: &rbac_node_files::CONTROL, source: include_str!("catalogue/rbac/node-files.rs") },
    Entry { control: &rbac_node_proxy::CONTROL, source: include_str!("catalogue/rbac/node-proxy.rs") },
    Entry { control: &rbac_operator_resources::CONTROL, source: include_str!("catalogue/rbac/operator-resources.rs") },
    Entry { control: &rbac_pod_proxy::CONTROL, source: include_str!("catalogue/rbac/pod-proxy.rs") },
    Entry { control: &rbac_pod_status::CONTROL, source: include_str!("catalogue/rbac/pod-status.rs") },
    Entry { control: &rbac_port_forward::CONTROL, source: include_str!("catalogue/rbac/port-forward.rs") },
    Entry { control: &rbac_read_secrets::CONTROL, source: include_str!("catalogue/rbac/read-secrets.rs") },
    Entry { control: &rbac_scheduling::CONTROL, source: include_str!("catalogue/rbac/scheduling.rs") },
    Entry { control: &rbac_service_account_group_binding::CONTROL, source: include_str!("catalogue/rbac/service-account-group-binding.rs") },
    Entry { control: &rbac_service_status::CONTROL, source: include_str!("catalogue/rbac/service-status.rs") },
    Entry { control: &rbac_wildcard::CONTROL, source: include_str!("catalogue/rbac/wildcard.rs") },
    Entry { control: &rbac_workload_admin::CONTROL, source: include_str!("catalogue/rbac/workload-admin.rs") },
    Entry { control: &rbac_workload_takeover::CONTROL, source: include_str!("catalogue/rbac/workload-takeover.rs") },
    Entry { control: &rbac_write_admission_policies::CONTROL, source: include_str!("catalogue/rbac/write-admission-policies.rs") },
    Entry { control: &rbac_write_api_services::CONTROL, source: include_str!("catalogue/rbac/write-api-services.rs") },
    Entry { control: &rbac_write_configmaps::CONTROL, source: include_str!("catalogue/rbac/write-configmaps.rs") },
    Entry { control: &rbac_write_custom_resource_definitions::CONTROL, source: include_str!("catalogue/rbac/write-custom-resource-definitions.rs") },
    Entry { control: &rbac_write_endpoints::CONTROL, source: include_str!("catalogue/rbac/write-endpoints.rs") },
    Entry { control: &rbac_write_leases::CONTROL, source: include_str!("catalogue/rbac/write-leases.rs") },
    Entry { control: &rbac_write_namespaces::CONTROL, source: include_str!("catalogue/rbac/write-namespaces.rs") },
    Entry { control: &rbac_write_network_policies::CONTROL, source: include_str!("catalogue/rbac/write-network-policies.rs") },
    Entry { control: &rbac_write_nodes::CONTROL, source: include_str!("catalogue/rbac/write-nodes.rs") },
    Entry { control: &rbac_write_policy_parameters::CONTROL, source: include_str!("catalogue/rbac/write-policy-parameters.rs") },
    Entry { control: &rbac_write_role_bindings::CONTROL, source: include_str!("catalogue/rbac/write-role-bindings.rs") },
    Entry { control: &rbac_write_secrets::CONTROL, source: include_str!("catalogue/rbac/write-secrets.rs") },
    Entry { control: &rbac_write_service_accounts::CONTROL, source: include_str!("catalogue/rbac/write-service-accounts.rs") },
    Entry { control: &rbac_write_services::CONTROL, source: include_str!("catalogue/rbac/write-services.rs") },
    Entry { control: &rbac_write_webhooks::CONTROL, source: include_str!("catalogue/rbac/write-webhooks.rs") },
    Entry { control: &reliability_anti_affinity::CONTROL, source: include_str!("catalogue/reliability/anti-affinity.rs") },
    Entry { control: &reliability_autoscaler_replicas::CONTROL, source: include_str!("catalogue/reliability/autoscaler-replicas.rs") },
    Entry { control: &reliability_autoscaler_target::CONTROL, source: include_str!("catalogue/reliability/autoscaler-target.rs") },
    Entry { control: &reliability_claim_access_mode::CONTROL, source: include_str!("catalogue/reliability/claim-access-mode.rs") },
    Entry { control: &reliability_claim_storage_request::CONTROL, source: include_str!("catalogue/reliability/claim-storage-request.rs") },
    Entry { control: &reliability_cronjob_deadline::CONTROL, source: include_str!("catalogue/reliability/cronjob-deadline.rs") },
    Entry { control: &reliability_disruption_budget_blocks::CONTROL, source: include_str!("catalogue/reliability/disruption-budget-blocks.rs") },
    Entry { control: &reliability_disruption_budget_selects_nothing::CONTROL, source: include_str!("catalogue/reliability/disruption-budget-selects-nothing.rs") },
    Entry { control: &reliability_disruption_budget::CONTROL, source: include_str!("catalogue/reliability/disruption-budget.rs") },
    Entry { control: &reliability_headless_service::CONTROL, source: include_str!("catalogue/reliability/headless-service.rs") },
    Entry { control: &reliability_identical_probes::CONTROL, source: include_str!("catalogue/reliability/identical-probes.rs") },
    Entry { control: &reliability_job_ttl::CONTROL, source: include_str!("catalogue/reliability/job-ttl.rs") },
    Entry { control: &reliability_liveness_probe::CONTROL, source: include_str!("catalogue/reliability/liveness-probe.rs") },
    Entry { control: &reliability_naked_pod::CONTROL, source: include_str!("catalogue/reliability/naked-pod.rs") },
    Entry { control: &reliability_node_affinity::CONTROL, source: include_str!("catalogue/reliability/node-affinity.rs") },
    Entry { control: &reliability_priority_class::CONTROL, source: include_str!("catalogue/reliability/priority-class.rs") },
    Entry { control: &reliability_probe_port::CONTROL, source: include_str!("catalogue/reliability/probe-port.rs") },
    Entry { control: &reliability_readiness_probe::CONTROL, source: include_str!("catalogue/reliability/readiness-probe.rs") },
    Entry { control: &reliability_replicas_with_autoscaler::CONTROL, source: include_str!("catalogue/reliability/replicas-with-autoscaler.rs") },
    Entry { control: &reliability_replicas::CONTROL, source: include_str!("catalogue/reliability/replicas.rs") },
    Entry { control: &reliability_restart_policy::CONTROL, source: include_str!("catalogue/reliability/restart-policy.rs") },
    Entry { control: &reliability_several_disruption_budgets::CONTROL, source: include_str!("catalogue/reliability/several-disruption-budgets.rs") },
    Entry { control: &reliability_system_priority_class::CONTROL, source: include_str!("catalogue/reliability/system-priority-class.rs") },
    Entry { control: &reliability_topology_spread::CONTROL, source: include_str!("catalogue/reliability/topology-spread.rs") },
    Entry { control: &reliability_unhealthy_pod_eviction::CONTROL, source: include_str!("catalogue/reliability/unhealthy-pod-eviction.rs") },
    Entry { control: &reliability_update_strategy::CONTROL, source: include_str!("catalogue/reliability/update-strategy.rs") },
    Entry { control: &resources_cpu_limit::CONTROL, source: include_str!("catalogue/resources/cpu-limit.rs") },
    Entry { control: &resources_cpu_request::CONTROL, source: include_str!("catalogue/resources/cpu-request.rs") },
    Entry { control: &resources_ephemeral_storage_overcommit::CONTROL, source: include_str!("catalogue/resources/ephemeral-storage-overcommit.rs") },
    Entry { control: &resources_ephemeral_storage::CONTROL, source: include_str!("catalogue/resources/ephemeral-storage.rs") },
    Entry { control: &resources_memory_limit::CONTROL, source: include_str!("catalogue/resources/memory-limit.rs") },
    Entry { control: &resources_memory_request::CONTROL, source: include_str!("catalogue/resources/memory-request.rs") },
    Entry { control: &resources_not_guaranteed::CONTROL, source: include_str!("catalogue/resources/not-guaranteed.rs") },
    Entry { control: &service_account_default_binding::CONTROL, source: include_str!("catalogue/service-account/default-binding.rs") },
    Entry { control: &service_account_token_automount::CONTROL, source: include_str!("catalogue/service-account/token-automount.rs") },
    Entry { control: &storage_disk_network_access::CONTROL, source: include_str!("catalogue/storage/disk-network-access.rs") },
    Entry { control: &storage_host_path_volume::CONTROL, source: include_str!("catalogue/storage/host-path-volume.rs") },
    Entry { control: &storage_no_customer_key::CONTROL, source: include_str!("catalogue/storage/no-customer-key.rs") },
    Entry { control: &storage_reclaim_policy::CONTROL, source: include_str!("catalogue/storage/reclaim-policy.rs") },
    Entry { control: &storage_unencrypted_class::CONTROL, source: include_str!("catalogue/storage/unencrypted-class.rs") },
];
