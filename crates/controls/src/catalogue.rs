//! Every control of the catalogue. Written by `cargo xtask generate` from the files in `catalogue/`.

use crate::Entry;

#[path = "catalogue/image/latest-tag.rs"]
mod image_latest_tag;
#[path = "catalogue/ingress/no-tls.rs"]
mod ingress_no_tls;
#[path = "catalogue/manifest/duplicate-key.rs"]
mod manifest_duplicate_key;
#[path = "catalogue/namespace/limit-range.rs"]
mod namespace_limit_range;
#[path = "catalogue/namespace/pod-security-label.rs"]
mod namespace_pod_security_label;
#[path = "catalogue/namespace/resource-quota.rs"]
mod namespace_resource_quota;
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
#[path = "catalogue/rbac/wildcard.rs"]
mod rbac_wildcard;
#[path = "catalogue/resources/cpu-limit.rs"]
mod resources_cpu_limit;
#[path = "catalogue/resources/cpu-request.rs"]
mod resources_cpu_request;
#[path = "catalogue/resources/ephemeral-storage.rs"]
mod resources_ephemeral_storage;
#[path = "catalogue/resources/ephemeral-storage-overcommit.rs"]
mod resources_ephemeral_storage_overcommit;
#[path = "catalogue/resources/memory-limit.rs"]
mod resources_memory_limit;
#[path = "catalogue/resources/memory-request.rs"]
mod resources_memory_request;
#[path = "catalogue/resources/not-guaranteed.rs"]
mod resources_not_guaranteed;
#[path = "catalogue/service-account/token-automount.rs"]
mod service_account_token_automount;
#[path = "catalogue/storage/host-path-volume.rs"]
mod storage_host_path_volume;

/// Sorted by id.
#[rustfmt::skip]
pub static ENTRIES: &[Entry] = &[
    Entry { control: &image_latest_tag::CONTROL, source: include_str!("catalogue/image/latest-tag.rs") },
    Entry { control: &ingress_no_tls::CONTROL, source: include_str!("catalogue/ingress/no-tls.rs") },
    Entry { control: &manifest_duplicate_key::CONTROL, source: include_str!("catalogue/manifest/duplicate-key.rs") },
    Entry { control: &namespace_limit_range::CONTROL, source: include_str!("catalogue/namespace/limit-range.rs") },
    Entry { control: &namespace_pod_security_label::CONTROL, source: include_str!("catalogue/namespace/pod-security-label.rs") },
    Entry { control: &namespace_resource_quota::CONTROL, source: include_str!("catalogue/namespace/resource-quota.rs") },
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
    Entry { control: &rbac_wildcard::CONTROL, source: include_str!("catalogue/rbac/wildcard.rs") },
    Entry { control: &resources_cpu_limit::CONTROL, source: include_str!("catalogue/resources/cpu-limit.rs") },
    Entry { control: &resources_cpu_request::CONTROL, source: include_str!("catalogue/resources/cpu-request.rs") },
    Entry { control: &resources_ephemeral_storage_overcommit::CONTROL, source: include_str!("catalogue/resources/ephemeral-storage-overcommit.rs") },
    Entry { control: &resources_ephemeral_storage::CONTROL, source: include_str!("catalogue/resources/ephemeral-storage.rs") },
    Entry { control: &resources_memory_limit::CONTROL, source: include_str!("catalogue/resources/memory-limit.rs") },
    Entry { control: &resources_memory_request::CONTROL, source: include_str!("catalogue/resources/memory-request.rs") },
    Entry { control: &resources_not_guaranteed::CONTROL, source: include_str!("catalogue/resources/not-guaranteed.rs") },
    Entry { control: &service_account_token_automount::CONTROL, source: include_str!("catalogue/service-account/token-automount.rs") },
    Entry { control: &storage_host_path_volume::CONTROL, source: include_str!("catalogue/storage/host-path-volume.rs") },
];
