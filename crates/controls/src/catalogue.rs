//! Every control of the catalogue. Written by `cargo xtask generate` from the files in `catalogue/`.

use crate::Entry;

#[path = "catalogue/addon/dashboard.rs"]
mod addon_dashboard;
#[path = "catalogue/addon/dashboard-access.rs"]
mod addon_dashboard_access;
#[path = "catalogue/addon/tiller.rs"]
mod addon_tiller;
#[path = "catalogue/addon/tiller-reachable.rs"]
mod addon_tiller_reachable;
#[path = "catalogue/addon/tiller-service.rs"]
mod addon_tiller_service;
#[path = "catalogue/addon/tunnel.rs"]
mod addon_tunnel;
#[path = "catalogue/admission/no-image-verification.rs"]
mod admission_no_image_verification;
#[path = "catalogue/admission/open-ended-repository.rs"]
mod admission_open_ended_repository;
#[path = "catalogue/admission/policy-only-warns.rs"]
mod admission_policy_only_warns;
#[path = "catalogue/admission/policy-without-binding.rs"]
mod admission_policy_without_binding;
#[path = "catalogue/admission/scc-privileged.rs"]
mod admission_scc_privileged;
#[path = "catalogue/admission/webhook-blocks-cluster.rs"]
mod admission_webhook_blocks_cluster;
#[path = "catalogue/admission/webhook-fails-open.rs"]
mod admission_webhook_fails_open;
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
#[path = "catalogue/control-plane/audit-logs-nothing.rs"]
mod control_plane_audit_logs_nothing;
#[path = "catalogue/control-plane/audit-logs-secret-values.rs"]
mod control_plane_audit_logs_secret_values;
#[path = "catalogue/control-plane/audit-misses-access.rs"]
mod control_plane_audit_misses_access;
#[path = "catalogue/control-plane/audit-misses-secrets.rs"]
mod control_plane_audit_misses_secrets;
#[path = "catalogue/control-plane/pod-security-default.rs"]
mod control_plane_pod_security_default;
#[path = "catalogue/control-plane/pod-security-exemptions.rs"]
mod control_plane_pod_security_exemptions;
#[path = "catalogue/control-plane/secrets-not-encrypted.rs"]
mod control_plane_secrets_not_encrypted;
#[path = "catalogue/control-plane/secrets-written-plain.rs"]
mod control_plane_secrets_written_plain;
#[path = "catalogue/control-plane/weak-encryption-provider.rs"]
mod control_plane_weak_encryption_provider;
#[path = "catalogue/gateway/backend-missing.rs"]
mod gateway_backend_missing;
#[path = "catalogue/gateway/exposes-workload.rs"]
mod gateway_exposes_workload;
#[path = "catalogue/gateway/istio-no-tls.rs"]
mod gateway_istio_no_tls;
#[path = "catalogue/gateway/no-tls.rs"]
mod gateway_no_tls;
#[path = "catalogue/gateway/open-route-namespaces.rs"]
mod gateway_open_route_namespaces;
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
#[path = "catalogue/image/public-registry.rs"]
mod image_public_registry;
#[path = "catalogue/image/pull-policy.rs"]
mod image_pull_policy;
#[path = "catalogue/image/registry-not-allowed.rs"]
mod image_registry_not_allowed;
#[path = "catalogue/image/sudo.rs"]
mod image_sudo;
#[path = "catalogue/ingress/annotation-validation-off.rs"]
mod ingress_annotation_validation_off;
#[path = "catalogue/ingress/backend-missing.rs"]
mod ingress_backend_missing;
#[path = "catalogue/ingress/catch-all.rs"]
mod ingress_catch_all;
#[path = "catalogue/ingress/controller-allows-snippets.rs"]
mod ingress_controller_allows_snippets;
#[path = "catalogue/ingress/controller-outdated.rs"]
mod ingress_controller_outdated;
#[path = "catalogue/ingress/exposes-workload.rs"]
mod ingress_exposes_workload;
#[path = "catalogue/ingress/injection.rs"]
mod ingress_injection;
#[path = "catalogue/ingress/no-redirect.rs"]
mod ingress_no_redirect;
#[path = "catalogue/ingress/no-tls.rs"]
mod ingress_no_tls;
#[path = "catalogue/ingress/open-source-range.rs"]
mod ingress_open_source_range;
#[path = "catalogue/ingress/snippet.rs"]
mod ingress_snippet;
#[path = "catalogue/ingress/snippet-alias.rs"]
mod ingress_snippet_alias;
#[path = "catalogue/ingress/snippet-lua.rs"]
mod ingress_snippet_lua;
#[path = "catalogue/ingress/untrusted-issuer.rs"]
mod ingress_untrusted_issuer;
#[path = "catalogue/manifest/cronjob.rs"]
mod manifest_cronjob;
#[path = "catalogue/manifest/deprecated-api.rs"]
mod manifest_deprecated_api;
#[path = "catalogue/manifest/duplicate-env.rs"]
mod manifest_duplicate_env;
#[path = "catalogue/manifest/duplicate-item.rs"]
mod manifest_duplicate_item;
#[path = "catalogue/manifest/duplicate-key.rs"]
mod manifest_duplicate_key;
#[path = "catalogue/manifest/email-annotation.rs"]
mod manifest_email_annotation;
#[path = "catalogue/manifest/extensions-api.rs"]
mod manifest_extensions_api;
#[path = "catalogue/manifest/field-of-other-os.rs"]
mod manifest_field_of_other_os;
#[path = "catalogue/manifest/identifying-labels.rs"]
mod manifest_identifying_labels;
#[path = "catalogue/manifest/instance-label.rs"]
mod manifest_instance_label;
#[path = "catalogue/manifest/invalid-label.rs"]
mod manifest_invalid_label;
#[path = "catalogue/manifest/invalid-value.rs"]
mod manifest_invalid_value;
#[path = "catalogue/manifest/missing-field.rs"]
mod manifest_missing_field;
#[path = "catalogue/manifest/ndots.rs"]
mod manifest_ndots;
#[path = "catalogue/manifest/newer-api.rs"]
mod manifest_newer_api;
#[path = "catalogue/manifest/newer-field.rs"]
mod manifest_newer_field;
#[path = "catalogue/manifest/owner-label.rs"]
mod manifest_owner_label;
#[path = "catalogue/manifest/port-name.rs"]
mod manifest_port_name;
#[path = "catalogue/manifest/recommended-labels.rs"]
mod manifest_recommended_labels;
#[path = "catalogue/manifest/removed-api.rs"]
mod manifest_removed_api;
#[path = "catalogue/manifest/required-annotations.rs"]
mod manifest_required_annotations;
#[path = "catalogue/manifest/required-labels.rs"]
mod manifest_required_labels;
#[path = "catalogue/manifest/selector-mismatch.rs"]
mod manifest_selector_mismatch;
#[path = "catalogue/manifest/unknown-field.rs"]
mod manifest_unknown_field;
#[path = "catalogue/manifest/unknown-kind.rs"]
mod manifest_unknown_kind;
#[path = "catalogue/manifest/unsorted-keys.rs"]
mod manifest_unsorted_keys;
#[path = "catalogue/manifest/wrong-type.rs"]
mod manifest_wrong_type;
#[path = "catalogue/mesh/cilium-no-encryption.rs"]
mod mesh_cilium_no_encryption;
#[path = "catalogue/mesh/destination-rule-no-tls.rs"]
mod mesh_destination_rule_no_tls;
#[path = "catalogue/mesh/destination-rule-skips-verification.rs"]
mod mesh_destination_rule_skips_verification;
#[path = "catalogue/mesh/injection-disabled.rs"]
mod mesh_injection_disabled;
#[path = "catalogue/mesh/linkerd-unauthenticated.rs"]
mod mesh_linkerd_unauthenticated;
#[path = "catalogue/mesh/namespace-not-strict.rs"]
mod mesh_namespace_not_strict;
#[path = "catalogue/mesh/peer-authentication-not-strict.rs"]
mod mesh_peer_authentication_not_strict;
#[path = "catalogue/mesh/ports-outside-mesh.rs"]
mod mesh_ports_outside_mesh;
#[path = "catalogue/namespace/default.rs"]
mod namespace_default;
#[path = "catalogue/namespace/limit-range.rs"]
mod namespace_limit_range;
#[path = "catalogue/namespace/limit-range-incomplete.rs"]
mod namespace_limit_range_incomplete;
#[path = "catalogue/namespace/no-boundary.rs"]
mod namespace_no_boundary;
#[path = "catalogue/namespace/pod-security-label.rs"]
mod namespace_pod_security_label;
#[path = "catalogue/namespace/pod-security-restricted.rs"]
mod namespace_pod_security_restricted;
#[path = "catalogue/namespace/pod-security-version.rs"]
mod namespace_pod_security_version;
#[path = "catalogue/namespace/resource-quota.rs"]
mod namespace_resource_quota;
#[path = "catalogue/namespace/resource-quota-incomplete.rs"]
mod namespace_resource_quota_incomplete;
#[path = "catalogue/namespace/system.rs"]
mod namespace_system;
#[path = "catalogue/network/allow-all-egress.rs"]
mod network_allow_all_egress;
#[path = "catalogue/network/allow-all-ingress.rs"]
mod network_allow_all_ingress;
#[path = "catalogue/network/cilium-policy-not-enforced.rs"]
mod network_cilium_policy_not_enforced;
#[path = "catalogue/network/cilium-policy-selects-nothing.rs"]
mod network_cilium_policy_selects_nothing;
#[path = "catalogue/network/cni-without-policies.rs"]
mod network_cni_without_policies;
#[path = "catalogue/network/default-deny-egress.rs"]
mod network_default_deny_egress;
#[path = "catalogue/network/default-deny-ingress.rs"]
mod network_default_deny_ingress;
#[path = "catalogue/network/egress-not-isolated.rs"]
mod network_egress_not_isolated;
#[path = "catalogue/network/egress-without-dns.rs"]
mod network_egress_without_dns;
#[path = "catalogue/network/ingress-not-isolated.rs"]
mod network_ingress_not_isolated;
#[path = "catalogue/network/metadata-service-allowed.rs"]
mod network_metadata_service_allowed;
#[path = "catalogue/network/metadata-service-reachable.rs"]
mod network_metadata_service_reachable;
#[path = "catalogue/network/namespace-without-policy.rs"]
mod network_namespace_without_policy;
#[path = "catalogue/network/peer-any-namespace.rs"]
mod network_peer_any_namespace;
#[path = "catalogue/network/peer-selects-nothing.rs"]
mod network_peer_selects_nothing;
#[path = "catalogue/network/pod-without-policy.rs"]
mod network_pod_without_policy;
#[path = "catalogue/network/policy-selects-nothing.rs"]
mod network_policy_selects_nothing;
#[path = "catalogue/network/policy-without-selector.rs"]
mod network_policy_without_selector;
#[path = "catalogue/node/runs-on-control-plane.rs"]
mod node_runs_on_control_plane;
#[path = "catalogue/node/tolerates-everything.rs"]
mod node_tolerates_everything;
#[path = "catalogue/node/untrusted-shares-nodes.rs"]
mod node_untrusted_shares_nodes;
#[path = "catalogue/pod/apparmor-profile.rs"]
mod pod_apparmor_profile;
#[path = "catalogue/pod/apparmor-unconfined.rs"]
mod pod_apparmor_unconfined;
#[path = "catalogue/pod/capabilities-baseline.rs"]
mod pod_capabilities_baseline;
#[path = "catalogue/pod/capabilities-drop-all.rs"]
mod pod_capabilities_drop_all;
#[path = "catalogue/pod/capabilities-restricted.rs"]
mod pod_capabilities_restricted;
#[path = "catalogue/pod/capability-added.rs"]
mod pod_capability_added;
#[path = "catalogue/pod/capability-dangerous.rs"]
mod pod_capability_dangerous;
#[path = "catalogue/pod/capability-net-raw.rs"]
mod pod_capability_net_raw;
#[path = "catalogue/pod/capability-sys-admin.rs"]
mod pod_capability_sys_admin;
#[path = "catalogue/pod/capability-sys-module.rs"]
mod pod_capability_sys_module;
#[path = "catalogue/pod/container-security-context.rs"]
mod pod_container_security_context;
#[path = "catalogue/pod/host-aliases.rs"]
mod pod_host_aliases;
#[path = "catalogue/pod/host-ipc.rs"]
mod pod_host_ipc;
#[path = "catalogue/pod/host-network.rs"]
mod pod_host_network;
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
#[path = "catalogue/pod/host-port.rs"]
mod pod_host_port;
#[path = "catalogue/pod/host-probe.rs"]
mod pod_host_probe;
#[path = "catalogue/pod/host-users.rs"]
mod pod_host_users;
#[path = "catalogue/pod/low-group-id.rs"]
mod pod_low_group_id;
#[path = "catalogue/pod/low-user-id.rs"]
mod pod_low_user_id;
#[path = "catalogue/pod/net-raw-not-dropped.rs"]
mod pod_net_raw_not_dropped;
#[path = "catalogue/pod/no-capabilities-dropped.rs"]
mod pod_no_capabilities_dropped;
#[path = "catalogue/pod/no-hardening.rs"]
mod pod_no_hardening;
#[path = "catalogue/pod/privilege-escalation.rs"]
mod pod_privilege_escalation;
#[path = "catalogue/pod/privileged.rs"]
mod pod_privileged;
#[path = "catalogue/pod/privileged-port.rs"]
mod pod_privileged_port;
#[path = "catalogue/pod/proc-mount.rs"]
mod pod_proc_mount;
#[path = "catalogue/pod/proc-mount-host.rs"]
mod pod_proc_mount_host;
#[path = "catalogue/pod/read-only-root-filesystem.rs"]
mod pod_read_only_root_filesystem;
#[path = "catalogue/pod/restricted-volume-types.rs"]
mod pod_restricted_volume_types;
#[path = "catalogue/pod/root-group.rs"]
mod pod_root_group;
#[path = "catalogue/pod/run-as-non-root.rs"]
mod pod_run_as_non_root;
#[path = "catalogue/pod/run-as-root.rs"]
mod pod_run_as_root;
#[path = "catalogue/pod/run-as-user-zero.rs"]
mod pod_run_as_user_zero;
#[path = "catalogue/pod/runtime-socket.rs"]
mod pod_runtime_socket;
#[path = "catalogue/pod/seccomp-annotation.rs"]
mod pod_seccomp_annotation;
#[path = "catalogue/pod/seccomp-annotation-unconfined.rs"]
mod pod_seccomp_annotation_unconfined;
#[path = "catalogue/pod/seccomp-profile.rs"]
mod pod_seccomp_profile;
#[path = "catalogue/pod/seccomp-unconfined.rs"]
mod pod_seccomp_unconfined;
#[path = "catalogue/pod/security-context.rs"]
mod pod_security_context;
#[path = "catalogue/pod/selinux-options.rs"]
mod pod_selinux_options;
#[path = "catalogue/pod/ssh-port.rs"]
mod pod_ssh_port;
#[path = "catalogue/pod/ssh-service.rs"]
mod pod_ssh_service;
#[path = "catalogue/pod/sub-path.rs"]
mod pod_sub_path;
#[path = "catalogue/pod/sysctls.rs"]
mod pod_sysctls;
#[path = "catalogue/pod/windows-host-process.rs"]
mod pod_windows_host_process;
#[path = "catalogue/psp/added-capabilities.rs"]
mod psp_added_capabilities;
#[path = "catalogue/psp/capabilities-not-dropped.rs"]
mod psp_capabilities_not_dropped;
#[path = "catalogue/psp/host-ipc.rs"]
mod psp_host_ipc;
#[path = "catalogue/psp/host-network.rs"]
mod psp_host_network;
#[path = "catalogue/psp/host-path.rs"]
mod psp_host_path;
#[path = "catalogue/psp/host-pid.rs"]
mod psp_host_pid;
#[path = "catalogue/psp/privilege-escalation.rs"]
mod psp_privilege_escalation;
#[path = "catalogue/psp/privileged.rs"]
mod psp_privileged;
#[path = "catalogue/psp/proc-mount.rs"]
mod psp_proc_mount;
#[path = "catalogue/psp/removed.rs"]
mod psp_removed;
#[path = "catalogue/psp/root-user.rs"]
mod psp_root_user;
#[path = "catalogue/psp/seccomp.rs"]
mod psp_seccomp;
#[path = "catalogue/psp/unsafe-sysctls.rs"]
mod psp_unsafe_sysctls;
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
#[path = "catalogue/rbac/bind-on-bindings.rs"]
mod rbac_bind_on_bindings;
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
#[path = "catalogue/rbac/update-approvals.rs"]
mod rbac_update_approvals;
#[path = "catalogue/rbac/wildcard.rs"]
mod rbac_wildcard;
#[path = "catalogue/rbac/wildcard-everything.rs"]
mod rbac_wildcard_everything;
#[path = "catalogue/rbac/wildcard-resource.rs"]
mod rbac_wildcard_resource;
#[path = "catalogue/rbac/wildcard-verb.rs"]
mod rbac_wildcard_verb;
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
#[path = "catalogue/reliability/accepted-priority-class.rs"]
mod reliability_accepted_priority_class;
#[path = "catalogue/reliability/anti-affinity.rs"]
mod reliability_anti_affinity;
#[path = "catalogue/reliability/autoscaler-bounds.rs"]
mod reliability_autoscaler_bounds;
#[path = "catalogue/reliability/autoscaler-replicas.rs"]
mod reliability_autoscaler_replicas;
#[path = "catalogue/reliability/autoscaler-target.rs"]
mod reliability_autoscaler_target;
#[path = "catalogue/reliability/autoscaler-three-replicas.rs"]
mod reliability_autoscaler_three_replicas;
#[path = "catalogue/reliability/claim-access-mode.rs"]
mod reliability_claim_access_mode;
#[path = "catalogue/reliability/claim-storage-request.rs"]
mod reliability_claim_storage_request;
#[path = "catalogue/reliability/cronjob-deadline.rs"]
mod reliability_cronjob_deadline;
#[path = "catalogue/reliability/disruption-budget.rs"]
mod reliability_disruption_budget;
#[path = "catalogue/reliability/disruption-budget-blocks.rs"]
mod reliability_disruption_budget_blocks;
#[path = "catalogue/reliability/disruption-budget-empty.rs"]
mod reliability_disruption_budget_empty;
#[path = "catalogue/reliability/disruption-budget-selects-nothing.rs"]
mod reliability_disruption_budget_selects_nothing;
#[path = "catalogue/reliability/headless-service.rs"]
mod reliability_headless_service;
#[path = "catalogue/reliability/identical-probes.rs"]
mod reliability_identical_probes;
#[path = "catalogue/reliability/job-ttl.rs"]
mod reliability_job_ttl;
#[path = "catalogue/reliability/liveness-port.rs"]
mod reliability_liveness_port;
#[path = "catalogue/reliability/liveness-probe.rs"]
mod reliability_liveness_probe;
#[path = "catalogue/reliability/naked-pod.rs"]
mod reliability_naked_pod;
#[path = "catalogue/reliability/node-affinity.rs"]
mod reliability_node_affinity;
#[path = "catalogue/reliability/priority-class.rs"]
mod reliability_priority_class;
#[path = "catalogue/reliability/readiness-port.rs"]
mod reliability_readiness_port;
#[path = "catalogue/reliability/readiness-probe.rs"]
mod reliability_readiness_probe;
#[path = "catalogue/reliability/replicas.rs"]
mod reliability_replicas;
#[path = "catalogue/reliability/replicas-with-autoscaler.rs"]
mod reliability_replicas_with_autoscaler;
#[path = "catalogue/reliability/restart-policy.rs"]
mod reliability_restart_policy;
#[path = "catalogue/reliability/restart-policy-unwritten.rs"]
mod reliability_restart_policy_unwritten;
#[path = "catalogue/reliability/several-disruption-budgets.rs"]
mod reliability_several_disruption_budgets;
#[path = "catalogue/reliability/startup-port.rs"]
mod reliability_startup_port;
#[path = "catalogue/reliability/system-priority-class.rs"]
mod reliability_system_priority_class;
#[path = "catalogue/reliability/three-replicas.rs"]
mod reliability_three_replicas;
#[path = "catalogue/reliability/topology-spread.rs"]
mod reliability_topology_spread;
#[path = "catalogue/reliability/topology-spread-incomplete.rs"]
mod reliability_topology_spread_incomplete;
#[path = "catalogue/reliability/unhealthy-pod-eviction.rs"]
mod reliability_unhealthy_pod_eviction;
#[path = "catalogue/reliability/update-strategy.rs"]
mod reliability_update_strategy;
#[path = "catalogue/resources/cpu-limit.rs"]
mod resources_cpu_limit;
#[path = "catalogue/resources/cpu-overcommit.rs"]
mod resources_cpu_overcommit;
#[path = "catalogue/resources/cpu-request.rs"]
mod resources_cpu_request;
#[path = "catalogue/resources/cpu-request-differs.rs"]
mod resources_cpu_request_differs;
#[path = "catalogue/resources/ephemeral-storage.rs"]
mod resources_ephemeral_storage;
#[path = "catalogue/resources/ephemeral-storage-overcommit.rs"]
mod resources_ephemeral_storage_overcommit;
#[path = "catalogue/resources/memory-limit.rs"]
mod resources_memory_limit;
#[path = "catalogue/resources/memory-overcommit.rs"]
mod resources_memory_overcommit;
#[path = "catalogue/resources/memory-request.rs"]
mod resources_memory_request;
#[path = "catalogue/resources/memory-request-differs.rs"]
mod resources_memory_request_differs;
#[path = "catalogue/sandbox/agent-egress.rs"]
mod sandbox_agent_egress;
#[path = "catalogue/sandbox/agent-image.rs"]
mod sandbox_agent_image;
#[path = "catalogue/sandbox/agent-resources.rs"]
mod sandbox_agent_resources;
#[path = "catalogue/sandbox/agent-runtime-class.rs"]
mod sandbox_agent_runtime_class;
#[path = "catalogue/sandbox/untrusted-workload.rs"]
mod sandbox_untrusted_workload;
#[path = "catalogue/secret/cluster-store-open.rs"]
mod secret_cluster_store_open;
#[path = "catalogue/secret/env-reference.rs"]
mod secret_env_reference;
#[path = "catalogue/secret/external-everywhere.rs"]
mod secret_external_everywhere;
#[path = "catalogue/secret/external-refresh.rs"]
mod secret_external_refresh;
#[path = "catalogue/secret/in-annotation.rs"]
mod secret_in_annotation;
#[path = "catalogue/secret/in-args.rs"]
mod secret_in_args;
#[path = "catalogue/secret/in-config-map.rs"]
mod secret_in_config_map;
#[path = "catalogue/secret/in-env.rs"]
mod secret_in_env;
#[path = "catalogue/secret/in-field.rs"]
mod secret_in_field;
#[path = "catalogue/secret/in-manifest.rs"]
mod secret_in_manifest;
#[path = "catalogue/secret/missing-key.rs"]
mod secret_missing_key;
#[path = "catalogue/secret/missing-object.rs"]
mod secret_missing_object;
#[path = "catalogue/secret/mounted-config-map.rs"]
mod secret_mounted_config_map;
#[path = "catalogue/secret/mounted-secret.rs"]
mod secret_mounted_secret;
#[path = "catalogue/secret/native-store.rs"]
mod secret_native_store;
#[path = "catalogue/secret/personal-data.rs"]
mod secret_personal_data;
#[path = "catalogue/secret/provider-node-identity.rs"]
mod secret_provider_node_identity;
#[path = "catalogue/secret/provider-pod-identity.rs"]
mod secret_provider_pod_identity;
#[path = "catalogue/secret/provider-rotation.rs"]
mod secret_provider_rotation;
#[path = "catalogue/secret/provider-service-principal.rs"]
mod secret_provider_service_principal;
#[path = "catalogue/secret/provider-skip-tls.rs"]
mod secret_provider_skip_tls;
#[path = "catalogue/secret/provider-sync.rs"]
mod secret_provider_sync;
#[path = "catalogue/secret/pull-secret-type.rs"]
mod secret_pull_secret_type;
#[path = "catalogue/secret/pushed.rs"]
mod secret_pushed;
#[path = "catalogue/secret/sealed-cluster-wide.rs"]
mod secret_sealed_cluster_wide;
#[path = "catalogue/secret/sealed-namespace-wide.rs"]
mod secret_sealed_namespace_wide;
#[path = "catalogue/secret/sops-plain.rs"]
mod secret_sops_plain;
#[path = "catalogue/secret/store-credential.rs"]
mod secret_store_credential;
#[path = "catalogue/secret/volume-mode.rs"]
mod secret_volume_mode;
#[path = "catalogue/service-account/account-automount.rs"]
mod service_account_account_automount;
#[path = "catalogue/service-account/bound-token.rs"]
mod service_account_bound_token;
#[path = "catalogue/service-account/default-account.rs"]
mod service_account_default_account;
#[path = "catalogue/service-account/default-automount.rs"]
mod service_account_default_automount;
#[path = "catalogue/service-account/default-binding.rs"]
mod service_account_default_binding;
#[path = "catalogue/service-account/deprecated-field.rs"]
mod service_account_deprecated_field;
#[path = "catalogue/service-account/long-lived-token.rs"]
mod service_account_long_lived_token;
#[path = "catalogue/service-account/missing.rs"]
mod service_account_missing;
#[path = "catalogue/service-account/shared.rs"]
mod service_account_shared;
#[path = "catalogue/service-account/token-audience.rs"]
mod service_account_token_audience;
#[path = "catalogue/service-account/token-automount.rs"]
mod service_account_token_automount;
#[path = "catalogue/service-account/token-expiration.rs"]
mod service_account_token_expiration;
#[path = "catalogue/service/external-ips.rs"]
mod service_external_ips;
#[path = "catalogue/service/external-name.rs"]
mod service_external_name;
#[path = "catalogue/service/monitor-selects-nothing.rs"]
mod service_monitor_selects_nothing;
#[path = "catalogue/service/node-port.rs"]
mod service_node_port;
#[path = "catalogue/service/open-source-ranges.rs"]
mod service_open_source_ranges;
#[path = "catalogue/service/public-load-balancer.rs"]
mod service_public_load_balancer;
#[path = "catalogue/service/selects-nothing.rs"]
mod service_selects_nothing;
#[path = "catalogue/service/sensitive-interface.rs"]
mod service_sensitive_interface;
#[path = "catalogue/service/target-port-missing.rs"]
mod service_target_port_missing;
#[path = "catalogue/storage/disk-network-access.rs"]
mod storage_disk_network_access;
#[path = "catalogue/storage/host-path-volume.rs"]
mod storage_host_path_volume;
#[path = "catalogue/storage/mounted-claim.rs"]
mod storage_mounted_claim;
#[path = "catalogue/storage/no-customer-key.rs"]
mod storage_no_customer_key;
#[path = "catalogue/storage/reclaim-policy.rs"]
mod storage_reclaim_policy;
#[path = "catalogue/storage/unencrypted-class.rs"]
mod storage_unencrypted_class;

/// Sorted by id.
#[rustfmt::skip]
pub static ENTRIES: &[Entry] = &[
    Entry { control: &addon_dashboard::CONTROL, source: include_str!("catalogue/addon/dashboard.rs") },
    Entry { control: &addon_dashboard_access::CONTROL, source: include_str!("catalogue/addon/dashboard-access.rs") },
    Entry { control: &addon_tiller::CONTROL, source: include_str!("catalogue/addon/tiller.rs") },
    Entry { control: &addon_tiller_reachable::CONTROL, source: include_str!("catalogue/addon/tiller-reachable.rs") },
    Entry { control: &addon_tiller_service::CONTROL, source: include_str!("catalogue/addon/tiller-service.rs") },
    Entry { control: &addon_tunnel::CONTROL, source: include_str!("catalogue/addon/tunnel.rs") },
    Entry { control: &admission_no_image_verification::CONTROL, source: include_str!("catalogue/admission/no-image-verification.rs") },
    Entry { control: &admission_open_ended_repository::CONTROL, source: include_str!("catalogue/admission/open-ended-repository.rs") },
    Entry { control: &admission_policy_only_warns::CONTROL, source: include_str!("catalogue/admission/policy-only-warns.rs") },
    Entry { control: &admission_policy_without_binding::CONTROL, source: include_str!("catalogue/admission/policy-without-binding.rs") },
    Entry { control: &admission_scc_privileged::CONTROL, source: include_str!("catalogue/admission/scc-privileged.rs") },
    Entry { control: &admission_webhook_blocks_cluster::CONTROL, source: include_str!("catalogue/admission/webhook-blocks-cluster.rs") },
    Entry { control: &admission_webhook_fails_open::CONTROL, source: include_str!("catalogue/admission/webhook-fails-open.rs") },
    Entry { control: &admission_webhook_sees_secrets::CONTROL, source: include_str!("catalogue/admission/webhook-sees-secrets.rs") },
    Entry { control: &backup_no_schedule::CONTROL, source: include_str!("catalogue/backup/no-schedule.rs") },
    Entry { control: &backup_not_covered::CONTROL, source: include_str!("catalogue/backup/not-covered.rs") },
    Entry { control: &backup_schedule_paused::CONTROL, source: include_str!("catalogue/backup/schedule-paused.rs") },
    Entry { control: &backup_without_data::CONTROL, source: include_str!("catalogue/backup/without-data.rs") },
    Entry { control: &control_plane_audit_logs_nothing::CONTROL, source: include_str!("catalogue/control-plane/audit-logs-nothing.rs") },
    Entry { control: &control_plane_audit_logs_secret_values::CONTROL, source: include_str!("catalogue/control-plane/audit-logs-secret-values.rs") },
    Entry { control: &control_plane_audit_misses_access::CONTROL, source: include_str!("catalogue/control-plane/audit-misses-access.rs") },
    Entry { control: &control_plane_audit_misses_secrets::CONTROL, source: include_str!("catalogue/control-plane/audit-misses-secrets.rs") },
    Entry { control: &control_plane_pod_security_default::CONTROL, source: include_str!("catalogue/control-plane/pod-security-default.rs") },
    Entry { control: &control_plane_pod_security_exemptions::CONTROL, source: include_str!("catalogue/control-plane/pod-security-exemptions.rs") },
    Entry { control: &control_plane_secrets_not_encrypted::CONTROL, source: include_str!("catalogue/control-plane/secrets-not-encrypted.rs") },
    Entry { control: &control_plane_secrets_written_plain::CONTROL, source: include_str!("catalogue/control-plane/secrets-written-plain.rs") },
    Entry { control: &control_plane_weak_encryption_provider::CONTROL, source: include_str!("catalogue/control-plane/weak-encryption-provider.rs") },
    Entry { control: &gateway_backend_missing::CONTROL, source: include_str!("catalogue/gateway/backend-missing.rs") },
    Entry { control: &gateway_exposes_workload::CONTROL, source: include_str!("catalogue/gateway/exposes-workload.rs") },
    Entry { control: &gateway_istio_no_tls::CONTROL, source: include_str!("catalogue/gateway/istio-no-tls.rs") },
    Entry { control: &gateway_no_tls::CONTROL, source: include_str!("catalogue/gateway/no-tls.rs") },
    Entry { control: &gateway_open_route_namespaces::CONTROL, source: include_str!("catalogue/gateway/open-route-namespaces.rs") },
    Entry { control: &image_denied_registry::CONTROL, source: include_str!("catalogue/image/denied-registry.rs") },
    Entry { control: &image_git_sync_command::CONTROL, source: include_str!("catalogue/image/git-sync-command.rs") },
    Entry { control: &image_ingress_nginx_retired::CONTROL, source: include_str!("catalogue/image/ingress-nginx-retired.rs") },
    Entry { control: &image_latest_tag::CONTROL, source: include_str!("catalogue/image/latest-tag.rs") },
    Entry { control: &image_legacy_kubernetes_registry::CONTROL, source: include_str!("catalogue/image/legacy-kubernetes-registry.rs") },
    Entry { control: &image_no_digest::CONTROL, source: include_str!("catalogue/image/no-digest.rs") },
    Entry { control: &image_public_registry::CONTROL, source: include_str!("catalogue/image/public-registry.rs") },
    Entry { control: &image_pull_policy::CONTROL, source: include_str!("catalogue/image/pull-policy.rs") },
    Entry { control: &image_registry_not_allowed::CONTROL, source: include_str!("catalogue/image/registry-not-allowed.rs") },
    Entry { control: &image_sudo::CONTROL, source: include_str!("catalogue/image/sudo.rs") },
    Entry { control: &ingress_annotation_validation_off::CONTROL, source: include_str!("catalogue/ingress/annotation-validation-off.rs") },
    Entry { control: &ingress_backend_missing::CONTROL, source: include_str!("catalogue/ingress/backend-missing.rs") },
    Entry { control: &ingress_catch_all::CONTROL, source: include_str!("catalogue/ingress/catch-all.rs") },
    Entry { control: &ingress_controller_allows_snippets::CONTROL, source: include_str!("catalogue/ingress/controller-allows-snippets.rs") },
    Entry { control: &ingress_controller_outdated::CONTROL, source: include_str!("catalogue/ingress/controller-outdated.rs") },
    Entry { control: &ingress_exposes_workload::CONTROL, source: include_str!("catalogue/ingress/exposes-workload.rs") },
    Entry { control: &ingress_injection::CONTROL, source: include_str!("catalogue/ingress/injection.rs") },
    Entry { control: &ingress_no_redirect::CONTROL, source: include_str!("catalogue/ingress/no-redirect.rs") },
    Entry { control: &ingress_no_tls::CONTROL, source: include_str!("catalogue/ingress/no-tls.rs") },
    Entry { control: &ingress_open_source_range::CONTROL, source: include_str!("catalogue/ingress/open-source-range.rs") },
    Entry { control: &ingress_snippet::CONTROL, source: include_str!("catalogue/ingress/snippet.rs") },
    Entry { control: &ingress_snippet_alias::CONTROL, source: include_str!("catalogue/ingress/snippet-alias.rs") },
    Entry { control: &ingress_snippet_lua::CONTROL, source: include_str!("catalogue/ingress/snippet-lua.rs") },
    Entry { control: &ingress_untrusted_issuer::CONTROL, source: include_str!("catalogue/ingress/untrusted-issuer.rs") },
    Entry { control: &manifest_cronjob::CONTROL, source: include_str!("catalogue/manifest/cronjob.rs") },
    Entry { control: &manifest_deprecated_api::CONTROL, source: include_str!("catalogue/manifest/deprecated-api.rs") },
    Entry { control: &manifest_duplicate_env::CONTROL, source: include_str!("catalogue/manifest/duplicate-env.rs") },
    Entry { control: &manifest_duplicate_item::CONTROL, source: include_str!("catalogue/manifest/duplicate-item.rs") },
    Entry { control: &manifest_duplicate_key::CONTROL, source: include_str!("catalogue/manifest/duplicate-key.rs") },
    Entry { control: &manifest_email_annotation::CONTROL, source: include_str!("catalogue/manifest/email-annotation.rs") },
    Entry { control: &manifest_extensions_api::CONTROL, source: include_str!("catalogue/manifest/extensions-api.rs") },
    Entry { control: &manifest_field_of_other_os::CONTROL, source: include_str!("catalogue/manifest/field-of-other-os.rs") },
    Entry { control: &manifest_identifying_labels::CONTROL, source: include_str!("catalogue/manifest/identifying-labels.rs") },
    Entry { control: &manifest_instance_label::CONTROL, source: include_str!("catalogue/manifest/instance-label.rs") },
    Entry { control: &manifest_invalid_label::CONTROL, source: include_str!("catalogue/manifest/invalid-label.rs") },
    Entry { control: &manifest_invalid_value::CONTROL, source: include_str!("catalogue/manifest/invalid-value.rs") },
    Entry { control: &manifest_missing_field::CONTROL, source: include_str!("catalogue/manifest/missing-field.rs") },
    Entry { control: &manifest_ndots::CONTROL, source: include_str!("catalogue/manifest/ndots.rs") },
    Entry { control: &manifest_newer_api::CONTROL, source: include_str!("catalogue/manifest/newer-api.rs") },
    Entry { control: &manifest_newer_field::CONTROL, source: include_str!("catalogue/manifest/newer-field.rs") },
    Entry { control: &manifest_owner_label::CONTROL, source: include_str!("catalogue/manifest/owner-label.rs") },
    Entry { control: &manifest_port_name::CONTROL, source: include_str!("catalogue/manifest/port-name.rs") },
    Entry { control: &manifest_recommended_labels::CONTROL, source: include_str!("catalogue/manifest/recommended-labels.rs") },
    Entry { control: &manifest_removed_api::CONTROL, source: include_str!("catalogue/manifest/removed-api.rs") },
    Entry { control: &manifest_required_annotations::CONTROL, source: include_str!("catalogue/manifest/required-annotations.rs") },
    Entry { control: &manifest_required_labels::CONTROL, source: include_str!("catalogue/manifest/required-labels.rs") },
    Entry { control: &manifest_selector_mismatch::CONTROL, source: include_str!("catalogue/manifest/selector-mismatch.rs") },
    Entry { control: &manifest_unknown_field::CONTROL, source: include_str!("catalogue/manifest/unknown-field.rs") },
    Entry { control: &manifest_unknown_kind::CONTROL, source: include_str!("catalogue/manifest/unknown-kind.rs") },
    Entry { control: &manifest_unsorted_keys::CONTROL, source: include_str!("catalogue/manifest/unsorted-keys.rs") },
    Entry { control: &manifest_wrong_type::CONTROL, source: include_str!("catalogue/manifest/wrong-type.rs") },
    Entry { control: &mesh_cilium_no_encryption::CONTROL, source: include_str!("catalogue/mesh/cilium-no-encryption.rs") },
    Entry { control: &mesh_destination_rule_no_tls::CONTROL, source: include_str!("catalogue/mesh/destination-rule-no-tls.rs") },
    Entry { control: &mesh_destination_rule_skips_verification::CONTROL, source: include_str!("catalogue/mesh/destination-rule-skips-verification.rs") },
    Entry { control: &mesh_injection_disabled::CONTROL, source: include_str!("catalogue/mesh/injection-disabled.rs") },
    Entry { control: &mesh_linkerd_unauthenticated::CONTROL, source: include_str!("catalogue/mesh/linkerd-unauthenticated.rs") },
    Entry { control: &mesh_namespace_not_strict::CONTROL, source: include_str!("catalogue/mesh/namespace-not-strict.rs") },
    Entry { control: &mesh_peer_authentication_not_strict::CONTROL, source: include_str!("catalogue/mesh/peer-authentication-not-strict.rs") },
    Entry { control: &mesh_ports_outside_mesh::CONTROL, source: include_str!("catalogue/mesh/ports-outside-mesh.rs") },
    Entry { control: &namespace_default::CONTROL, source: include_str!("catalogue/namespace/default.rs") },
    Entry { control: &namespace_limit_range::CONTROL, source: include_str!("catalogue/namespace/limit-range.rs") },
    Entry { control: &namespace_limit_range_incomplete::CONTROL, source: include_str!("catalogue/namespace/limit-range-incomplete.rs") },
    Entry { control: &namespace_no_boundary::CONTROL, source: include_str!("catalogue/namespace/no-boundary.rs") },
    Entry { control: &namespace_pod_security_label::CONTROL, source: include_str!("catalogue/namespace/pod-security-label.rs") },
    Entry { control: &namespace_pod_security_restricted::CONTROL, source: include_str!("catalogue/namespace/pod-security-restricted.rs") },
    Entry { control: &namespace_pod_security_version::CONTROL, source: include_str!("catalogue/namespace/pod-security-version.rs") },
    Entry { control: &namespace_resource_quota::CONTROL, source: include_str!("catalogue/namespace/resource-quota.rs") },
    Entry { control: &namespace_resource_quota_incomplete::CONTROL, source: include_str!("catalogue/namespace/resource-quota-incomplete.rs") },
    Entry { control: &namespace_system::CONTROL, source: include_str!("catalogue/namespace/system.rs") },
    Entry { control: &network_allow_all_egress::CONTROL, source: include_str!("catalogue/network/allow-all-egress.rs") },
    Entry { control: &network_allow_all_ingress::CONTROL, source: include_str!("catalogue/network/allow-all-ingress.rs") },
    Entry { control: &network_cilium_policy_not_enforced::CONTROL, source: include_str!("catalogue/network/cilium-policy-not-enforced.rs") },
    Entry { control: &network_cilium_policy_selects_nothing::CONTROL, source: include_str!("catalogue/network/cilium-policy-selects-nothing.rs") },
    Entry { control: &network_cni_without_policies::CONTROL, source: include_str!("catalogue/network/cni-without-policies.rs") },
    Entry { control: &network_default_deny_egress::CONTROL, source: include_str!("catalogue/network/default-deny-egress.rs") },
    Entry { control: &network_default_deny_ingress::CONTROL, source: include_str!("catalogue/network/default-deny-ingress.rs") },
    Entry { control: &network_egress_not_isolated::CONTROL, source: include_str!("catalogue/network/egress-not-isolated.rs") },
    Entry { control: &network_egress_without_dns::CONTROL, source: include_str!("catalogue/network/egress-without-dns.rs") },
    Entry { control: &network_ingress_not_isolated::CONTROL, source: include_str!("catalogue/network/ingress-not-isolated.rs") },
    Entry { control: &network_metadata_service_allowed::CONTROL, source: include_str!("catalogue/network/metadata-service-allowed.rs") },
    Entry { control: &network_metadata_service_reachable::CONTROL, source: include_str!("catalogue/network/metadata-service-reachable.rs") },
    Entry { control: &network_namespace_without_policy::CONTROL, source: include_str!("catalogue/network/namespace-without-policy.rs") },
    Entry { control: &network_peer_any_namespace::CONTROL, source: include_str!("catalogue/network/peer-any-namespace.rs") },
    Entry { control: &network_peer_selects_nothing::CONTROL, source: include_str!("catalogue/network/peer-selects-nothing.rs") },
    Entry { control: &network_pod_without_policy::CONTROL, source: include_str!("catalogue/network/pod-without-policy.rs") },
    Entry { control: &network_policy_selects_nothing::CONTROL, source: include_str!("catalogue/network/policy-selects-nothing.rs") },
    Entry { control: &network_policy_without_selector::CONTROL, source: include_str!("catalogue/network/policy-without-selector.rs") },
    Entry { control: &node_runs_on_control_plane::CONTROL, source: include_str!("catalogue/node/runs-on-control-plane.rs") },
    Entry { control: &node_tolerates_everything::CONTROL, source: include_str!("catalogue/node/tolerates-everything.rs") },
    Entry { control: &node_untrusted_shares_nodes::CONTROL, source: include_str!("catalogue/node/untrusted-shares-nodes.rs") },
    Entry { control: &pod_apparmor_profile::CONTROL, source: include_str!("catalogue/pod/apparmor-profile.rs") },
    Entry { control: &pod_apparmor_unconfined::CONTROL, source: include_str!("catalogue/pod/apparmor-unconfined.rs") },
    Entry { control: &pod_capabilities_baseline::CONTROL, source: include_str!("catalogue/pod/capabilities-baseline.rs") },
    Entry { control: &pod_capabilities_drop_all::CONTROL, source: include_str!("catalogue/pod/capabilities-drop-all.rs") },
    Entry { control: &pod_capabilities_restricted::CONTROL, source: include_str!("catalogue/pod/capabilities-restricted.rs") },
    Entry { control: &pod_capability_added::CONTROL, source: include_str!("catalogue/pod/capability-added.rs") },
    Entry { control: &pod_capability_dangerous::CONTROL, source: include_str!("catalogue/pod/capability-dangerous.rs") },
    Entry { control: &pod_capability_net_raw::CONTROL, source: include_str!("catalogue/pod/capability-net-raw.rs") },
    Entry { control: &pod_capability_sys_admin::CONTROL, source: include_str!("catalogue/pod/capability-sys-admin.rs") },
    Entry { control: &pod_capability_sys_module::CONTROL, source: include_str!("catalogue/pod/capability-sys-module.rs") },
    Entry { control: &pod_container_security_context::CONTROL, source: include_str!("catalogue/pod/container-security-context.rs") },
    Entry { control: &pod_host_aliases::CONTROL, source: include_str!("catalogue/pod/host-aliases.rs") },
    Entry { control: &pod_host_ipc::CONTROL, source: include_str!("catalogue/pod/host-ipc.rs") },
    Entry { control: &pod_host_network::CONTROL, source: include_str!("catalogue/pod/host-network.rs") },
    Entry { control: &pod_host_path_cloud_credentials::CONTROL, source: include_str!("catalogue/pod/host-path-cloud-credentials.rs") },
    Entry { control: &pod_host_path_sensitive::CONTROL, source: include_str!("catalogue/pod/host-path-sensitive.rs") },
    Entry { control: &pod_host_path_volume::CONTROL, source: include_str!("catalogue/pod/host-path-volume.rs") },
    Entry { control: &pod_host_path_writable::CONTROL, source: include_str!("catalogue/pod/host-path-writable.rs") },
    Entry { control: &pod_host_pid::CONTROL, source: include_str!("catalogue/pod/host-pid.rs") },
    Entry { control: &pod_host_port::CONTROL, source: include_str!("catalogue/pod/host-port.rs") },
    Entry { control: &pod_host_probe::CONTROL, source: include_str!("catalogue/pod/host-probe.rs") },
    Entry { control: &pod_host_users::CONTROL, source: include_str!("catalogue/pod/host-users.rs") },
    Entry { control: &pod_low_group_id::CONTROL, source: include_str!("catalogue/pod/low-group-id.rs") },
    Entry { control: &pod_low_user_id::CONTROL, source: include_str!("catalogue/pod/low-user-id.rs") },
    Entry { control: &pod_net_raw_not_dropped::CONTROL, source: include_str!("catalogue/pod/net-raw-not-dropped.rs") },
    Entry { control: &pod_no_capabilities_dropped::CONTROL, source: include_str!("catalogue/pod/no-capabilities-dropped.rs") },
    Entry { control: &pod_no_hardening::CONTROL, source: include_str!("catalogue/pod/no-hardening.rs") },
    Entry { control: &pod_privilege_escalation::CONTROL, source: include_str!("catalogue/pod/privilege-escalation.rs") },
    Entry { control: &pod_privileged::CONTROL, source: include_str!("catalogue/pod/privileged.rs") },
    Entry { control: &pod_privileged_port::CONTROL, source: include_str!("catalogue/pod/privileged-port.rs") },
    Entry { control: &pod_proc_mount::CONTROL, source: include_str!("catalogue/pod/proc-mount.rs") },
    Entry { control: &pod_proc_mount_host::CONTROL, source: include_str!("catalogue/pod/proc-mount-host.rs") },
    Entry { control: &pod_read_only_root_filesystem::CONTROL, source: include_str!("catalogue/pod/read-only-root-filesystem.rs") },
    Entry { control: &pod_restricted_volume_types::CONTROL, source: include_str!("catalogue/pod/restricted-volume-types.rs") },
    Entry { control: &pod_root_group::CONTROL, source: include_str!("catalogue/pod/root-group.rs") },
    Entry { control: &pod_run_as_non_root::CONTROL, source: include_str!("catalogue/pod/run-as-non-root.rs") },
    Entry { control: &pod_run_as_root::CONTROL, source: include_str!("catalogue/pod/run-as-root.rs") },
    Entry { control: &pod_run_as_user_zero::CONTROL, source: include_str!("catalogue/pod/run-as-user-zero.rs") },
    Entry { control: &pod_runtime_socket::CONTROL, source: include_str!("catalogue/pod/runtime-socket.rs") },
    Entry { control: &pod_seccomp_annotation::CONTROL, source: include_str!("catalogue/pod/seccomp-annotation.rs") },
    Entry { control: &pod_seccomp_annotation_unconfined::CONTROL, source: include_str!("catalogue/pod/seccomp-annotation-unconfined.rs") },
    Entry { control: &pod_seccomp_profile::CONTROL, source: include_str!("catalogue/pod/seccomp-profile.rs") },
    Entry { control: &pod_seccomp_unconfined::CONTROL, source: include_str!("catalogue/pod/seccomp-unconfined.rs") },
    Entry { control: &pod_security_context::CONTROL, source: include_str!("catalogue/pod/security-context.rs") },
    Entry { control: &pod_selinux_options::CONTROL, source: include_str!("catalogue/pod/selinux-options.rs") },
    Entry { control: &pod_ssh_port::CONTROL, source: include_str!("catalogue/pod/ssh-port.rs") },
    Entry { control: &pod_ssh_service::CONTROL, source: include_str!("catalogue/pod/ssh-service.rs") },
    Entry { control: &pod_sub_path::CONTROL, source: include_str!("catalogue/pod/sub-path.rs") },
    Entry { control: &pod_sysctls::CONTROL, source: include_str!("catalogue/pod/sysctls.rs") },
    Entry { control: &pod_windows_host_process::CONTROL, source: include_str!("catalogue/pod/windows-host-process.rs") },
    Entry { control: &psp_added_capabilities::CONTROL, source: include_str!("catalogue/psp/added-capabilities.rs") },
    Entry { control: &psp_capabilities_not_dropped::CONTROL, source: include_str!("catalogue/psp/capabilities-not-dropped.rs") },
    Entry { control: &psp_host_ipc::CONTROL, source: include_str!("catalogue/psp/host-ipc.rs") },
    Entry { control: &psp_host_network::CONTROL, source: include_str!("catalogue/psp/host-network.rs") },
    Entry { control: &psp_host_path::CONTROL, source: include_str!("catalogue/psp/host-path.rs") },
    Entry { control: &psp_host_pid::CONTROL, source: include_str!("catalogue/psp/host-pid.rs") },
    Entry { control: &psp_privilege_escalation::CONTROL, source: include_str!("catalogue/psp/privilege-escalation.rs") },
    Entry { control: &psp_privileged::CONTROL, source: include_str!("catalogue/psp/privileged.rs") },
    Entry { control: &psp_proc_mount::CONTROL, source: include_str!("catalogue/psp/proc-mount.rs") },
    Entry { control: &psp_removed::CONTROL, source: include_str!("catalogue/psp/removed.rs") },
    Entry { control: &psp_root_user::CONTROL, source: include_str!("catalogue/psp/root-user.rs") },
    Entry { control: &psp_seccomp::CONTROL, source: include_str!("catalogue/psp/seccomp.rs") },
    Entry { control: &psp_unsafe_sysctls::CONTROL, source: include_str!("catalogue/psp/unsafe-sysctls.rs") },
    Entry { control: &rbac_aggregated_to_default_role::CONTROL, source: include_str!("catalogue/rbac/aggregated-to-default-role.rs") },
    Entry { control: &rbac_anonymous_binding::CONTROL, source: include_str!("catalogue/rbac/anonymous-binding.rs") },
    Entry { control: &rbac_approve_certificates::CONTROL, source: include_str!("catalogue/rbac/approve-certificates.rs") },
    Entry { control: &rbac_attach::CONTROL, source: include_str!("catalogue/rbac/attach.rs") },
    Entry { control: &rbac_authenticated_binding::CONTROL, source: include_str!("catalogue/rbac/authenticated-binding.rs") },
    Entry { control: &rbac_aws_auth::CONTROL, source: include_str!("catalogue/rbac/aws-auth.rs") },
    Entry { control: &rbac_bind::CONTROL, source: include_str!("catalogue/rbac/bind.rs") },
    Entry { control: &rbac_bind_on_bindings::CONTROL, source: include_str!("catalogue/rbac/bind-on-bindings.rs") },
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
    Entry { control: &rbac_update_approvals::CONTROL, source: include_str!("catalogue/rbac/update-approvals.rs") },
    Entry { control: &rbac_wildcard::CONTROL, source: include_str!("catalogue/rbac/wildcard.rs") },
    Entry { control: &rbac_wildcard_everything::CONTROL, source: include_str!("catalogue/rbac/wildcard-everything.rs") },
    Entry { control: &rbac_wildcard_resource::CONTROL, source: include_str!("catalogue/rbac/wildcard-resource.rs") },
    Entry { control: &rbac_wildcard_verb::CONTROL, source: include_str!("catalogue/rbac/wildcard-verb.rs") },
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
    Entry { control: &reliability_accepted_priority_class::CONTROL, source: include_str!("catalogue/reliability/accepted-priority-class.rs") },
    Entry { control: &reliability_anti_affinity::CONTROL, source: include_str!("catalogue/reliability/anti-affinity.rs") },
    Entry { control: &reliability_autoscaler_bounds::CONTROL, source: include_str!("catalogue/reliability/autoscaler-bounds.rs") },
    Entry { control: &reliability_autoscaler_replicas::CONTROL, source: include_str!("catalogue/reliability/autoscaler-replicas.rs") },
    Entry { control: &reliability_autoscaler_target::CONTROL, source: include_str!("catalogue/reliability/autoscaler-target.rs") },
    Entry { control: &reliability_autoscaler_three_replicas::CONTROL, source: include_str!("catalogue/reliability/autoscaler-three-replicas.rs") },
    Entry { control: &reliability_claim_access_mode::CONTROL, source: include_str!("catalogue/reliability/claim-access-mode.rs") },
    Entry { control: &reliability_claim_storage_request::CONTROL, source: include_str!("catalogue/reliability/claim-storage-request.rs") },
    Entry { control: &reliability_cronjob_deadline::CONTROL, source: include_str!("catalogue/reliability/cronjob-deadline.rs") },
    Entry { control: &reliability_disruption_budget::CONTROL, source: include_str!("catalogue/reliability/disruption-budget.rs") },
    Entry { control: &reliability_disruption_budget_blocks::CONTROL, source: include_str!("catalogue/reliability/disruption-budget-blocks.rs") },
    Entry { control: &reliability_disruption_budget_empty::CONTROL, source: include_str!("catalogue/reliability/disruption-budget-empty.rs") },
    Entry { control: &reliability_disruption_budget_selects_nothing::CONTROL, source: include_str!("catalogue/reliability/disruption-budget-selects-nothing.rs") },
    Entry { control: &reliability_headless_service::CONTROL, source: include_str!("catalogue/reliability/headless-service.rs") },
    Entry { control: &reliability_identical_probes::CONTROL, source: include_str!("catalogue/reliability/identical-probes.rs") },
    Entry { control: &reliability_job_ttl::CONTROL, source: include_str!("catalogue/reliability/job-ttl.rs") },
    Entry { control: &reliability_liveness_port::CONTROL, source: include_str!("catalogue/reliability/liveness-port.rs") },
    Entry { control: &reliability_liveness_probe::CONTROL, source: include_str!("catalogue/reliability/liveness-probe.rs") },
    Entry { control: &reliability_naked_pod::CONTROL, source: include_str!("catalogue/reliability/naked-pod.rs") },
    Entry { control: &reliability_node_affinity::CONTROL, source: include_str!("catalogue/reliability/node-affinity.rs") },
    Entry { control: &reliability_priority_class::CONTROL, source: include_str!("catalogue/reliability/priority-class.rs") },
    Entry { control: &reliability_readiness_port::CONTROL, source: include_str!("catalogue/reliability/readiness-port.rs") },
    Entry { control: &reliability_readiness_probe::CONTROL, source: include_str!("catalogue/reliability/readiness-probe.rs") },
    Entry { control: &reliability_replicas::CONTROL, source: include_str!("catalogue/reliability/replicas.rs") },
    Entry { control: &reliability_replicas_with_autoscaler::CONTROL, source: include_str!("catalogue/reliability/replicas-with-autoscaler.rs") },
    Entry { control: &reliability_restart_policy::CONTROL, source: include_str!("catalogue/reliability/restart-policy.rs") },
    Entry { control: &reliability_restart_policy_unwritten::CONTROL, source: include_str!("catalogue/reliability/restart-policy-unwritten.rs") },
    Entry { control: &reliability_several_disruption_budgets::CONTROL, source: include_str!("catalogue/reliability/several-disruption-budgets.rs") },
    Entry { control: &reliability_startup_port::CONTROL, source: include_str!("catalogue/reliability/startup-port.rs") },
    Entry { control: &reliability_system_priority_class::CONTROL, source: include_str!("catalogue/reliability/system-priority-class.rs") },
    Entry { control: &reliability_three_replicas::CONTROL, source: include_str!("catalogue/reliability/three-replicas.rs") },
    Entry { control: &reliability_topology_spread::CONTROL, source: include_str!("catalogue/reliability/topology-spread.rs") },
    Entry { control: &reliability_topology_spread_incomplete::CONTROL, source: include_str!("catalogue/reliability/topology-spread-incomplete.rs") },
    Entry { control: &reliability_unhealthy_pod_eviction::CONTROL, source: include_str!("catalogue/reliability/unhealthy-pod-eviction.rs") },
    Entry { control: &reliability_update_strategy::CONTROL, source: include_str!("catalogue/reliability/update-strategy.rs") },
    Entry { control: &resources_cpu_limit::CONTROL, source: include_str!("catalogue/resources/cpu-limit.rs") },
    Entry { control: &resources_cpu_overcommit::CONTROL, source: include_str!("catalogue/resources/cpu-overcommit.rs") },
    Entry { control: &resources_cpu_request::CONTROL, source: include_str!("catalogue/resources/cpu-request.rs") },
    Entry { control: &resources_cpu_request_differs::CONTROL, source: include_str!("catalogue/resources/cpu-request-differs.rs") },
    Entry { control: &resources_ephemeral_storage::CONTROL, source: include_str!("catalogue/resources/ephemeral-storage.rs") },
    Entry { control: &resources_ephemeral_storage_overcommit::CONTROL, source: include_str!("catalogue/resources/ephemeral-storage-overcommit.rs") },
    Entry { control: &resources_memory_limit::CONTROL, source: include_str!("catalogue/resources/memory-limit.rs") },
    Entry { control: &resources_memory_overcommit::CONTROL, source: include_str!("catalogue/resources/memory-overcommit.rs") },
    Entry { control: &resources_memory_request::CONTROL, source: include_str!("catalogue/resources/memory-request.rs") },
    Entry { control: &resources_memory_request_differs::CONTROL, source: include_str!("catalogue/resources/memory-request-differs.rs") },
    Entry { control: &sandbox_agent_egress::CONTROL, source: include_str!("catalogue/sandbox/agent-egress.rs") },
    Entry { control: &sandbox_agent_image::CONTROL, source: include_str!("catalogue/sandbox/agent-image.rs") },
    Entry { control: &sandbox_agent_resources::CONTROL, source: include_str!("catalogue/sandbox/agent-resources.rs") },
    Entry { control: &sandbox_agent_runtime_class::CONTROL, source: include_str!("catalogue/sandbox/agent-runtime-class.rs") },
    Entry { control: &sandbox_untrusted_workload::CONTROL, source: include_str!("catalogue/sandbox/untrusted-workload.rs") },
    Entry { control: &secret_cluster_store_open::CONTROL, source: include_str!("catalogue/secret/cluster-store-open.rs") },
    Entry { control: &secret_env_reference::CONTROL, source: include_str!("catalogue/secret/env-reference.rs") },
    Entry { control: &secret_external_everywhere::CONTROL, source: include_str!("catalogue/secret/external-everywhere.rs") },
    Entry { control: &secret_external_refresh::CONTROL, source: include_str!("catalogue/secret/external-refresh.rs") },
    Entry { control: &secret_in_annotation::CONTROL, source: include_str!("catalogue/secret/in-annotation.rs") },
    Entry { control: &secret_in_args::CONTROL, source: include_str!("catalogue/secret/in-args.rs") },
    Entry { control: &secret_in_config_map::CONTROL, source: include_str!("catalogue/secret/in-config-map.rs") },
    Entry { control: &secret_in_env::CONTROL, source: include_str!("catalogue/secret/in-env.rs") },
    Entry { control: &secret_in_field::CONTROL, source: include_str!("catalogue/secret/in-field.rs") },
    Entry { control: &secret_in_manifest::CONTROL, source: include_str!("catalogue/secret/in-manifest.rs") },
    Entry { control: &secret_missing_key::CONTROL, source: include_str!("catalogue/secret/missing-key.rs") },
    Entry { control: &secret_missing_object::CONTROL, source: include_str!("catalogue/secret/missing-object.rs") },
    Entry { control: &secret_mounted_config_map::CONTROL, source: include_str!("catalogue/secret/mounted-config-map.rs") },
    Entry { control: &secret_mounted_secret::CONTROL, source: include_str!("catalogue/secret/mounted-secret.rs") },
    Entry { control: &secret_native_store::CONTROL, source: include_str!("catalogue/secret/native-store.rs") },
    Entry { control: &secret_personal_data::CONTROL, source: include_str!("catalogue/secret/personal-data.rs") },
    Entry { control: &secret_provider_node_identity::CONTROL, source: include_str!("catalogue/secret/provider-node-identity.rs") },
    Entry { control: &secret_provider_pod_identity::CONTROL, source: include_str!("catalogue/secret/provider-pod-identity.rs") },
    Entry { control: &secret_provider_rotation::CONTROL, source: include_str!("catalogue/secret/provider-rotation.rs") },
    Entry { control: &secret_provider_service_principal::CONTROL, source: include_str!("catalogue/secret/provider-service-principal.rs") },
    Entry { control: &secret_provider_skip_tls::CONTROL, source: include_str!("catalogue/secret/provider-skip-tls.rs") },
    Entry { control: &secret_provider_sync::CONTROL, source: include_str!("catalogue/secret/provider-sync.rs") },
    Entry { control: &secret_pull_secret_type::CONTROL, source: include_str!("catalogue/secret/pull-secret-type.rs") },
    Entry { control: &secret_pushed::CONTROL, source: include_str!("catalogue/secret/pushed.rs") },
    Entry { control: &secret_sealed_cluster_wide::CONTROL, source: include_str!("catalogue/secret/sealed-cluster-wide.rs") },
    Entry { control: &secret_sealed_namespace_wide::CONTROL, source: include_str!("catalogue/secret/sealed-namespace-wide.rs") },
    Entry { control: &secret_sops_plain::CONTROL, source: include_str!("catalogue/secret/sops-plain.rs") },
    Entry { control: &secret_store_credential::CONTROL, source: include_str!("catalogue/secret/store-credential.rs") },
    Entry { control: &secret_volume_mode::CONTROL, source: include_str!("catalogue/secret/volume-mode.rs") },
    Entry { control: &service_external_ips::CONTROL, source: include_str!("catalogue/service/external-ips.rs") },
    Entry { control: &service_external_name::CONTROL, source: include_str!("catalogue/service/external-name.rs") },
    Entry { control: &service_monitor_selects_nothing::CONTROL, source: include_str!("catalogue/service/monitor-selects-nothing.rs") },
    Entry { control: &service_node_port::CONTROL, source: include_str!("catalogue/service/node-port.rs") },
    Entry { control: &service_open_source_ranges::CONTROL, source: include_str!("catalogue/service/open-source-ranges.rs") },
    Entry { control: &service_public_load_balancer::CONTROL, source: include_str!("catalogue/service/public-load-balancer.rs") },
    Entry { control: &service_selects_nothing::CONTROL, source: include_str!("catalogue/service/selects-nothing.rs") },
    Entry { control: &service_sensitive_interface::CONTROL, source: include_str!("catalogue/service/sensitive-interface.rs") },
    Entry { control: &service_target_port_missing::CONTROL, source: include_str!("catalogue/service/target-port-missing.rs") },
    Entry { control: &service_account_account_automount::CONTROL, source: include_str!("catalogue/service-account/account-automount.rs") },
    Entry { control: &service_account_bound_token::CONTROL, source: include_str!("catalogue/service-account/bound-token.rs") },
    Entry { control: &service_account_default_account::CONTROL, source: include_str!("catalogue/service-account/default-account.rs") },
    Entry { control: &service_account_default_automount::CONTROL, source: include_str!("catalogue/service-account/default-automount.rs") },
    Entry { control: &service_account_default_binding::CONTROL, source: include_str!("catalogue/service-account/default-binding.rs") },
    Entry { control: &service_account_deprecated_field::CONTROL, source: include_str!("catalogue/service-account/deprecated-field.rs") },
    Entry { control: &service_account_long_lived_token::CONTROL, source: include_str!("catalogue/service-account/long-lived-token.rs") },
    Entry { control: &service_account_missing::CONTROL, source: include_str!("catalogue/service-account/missing.rs") },
    Entry { control: &service_account_shared::CONTROL, source: include_str!("catalogue/service-account/shared.rs") },
    Entry { control: &service_account_token_audience::CONTROL, source: include_str!("catalogue/service-account/token-audience.rs") },
    Entry { control: &service_account_token_automount::CONTROL, source: include_str!("catalogue/service-account/token-automount.rs") },
    Entry { control: &service_account_token_expiration::CONTROL, source: include_str!("catalogue/service-account/token-expiration.rs") },
    Entry { control: &storage_disk_network_access::CONTROL, source: include_str!("catalogue/storage/disk-network-access.rs") },
    Entry { control: &storage_host_path_volume::CONTROL, source: include_str!("catalogue/storage/host-path-volume.rs") },
    Entry { control: &storage_mounted_claim::CONTROL, source: include_str!("catalogue/storage/mounted-claim.rs") },
    Entry { control: &storage_no_customer_key::CONTROL, source: include_str!("catalogue/storage/no-customer-key.rs") },
    Entry { control: &storage_reclaim_policy::CONTROL, source: include_str!("catalogue/storage/reclaim-policy.rs") },
    Entry { control: &storage_unencrypted_class::CONTROL, source: include_str!("catalogue/storage/unencrypted-class.rs") },
];
