//! What the API server's validation knows and its OpenAPI document doesn't say.

/// What the API server's validation wants and the document doesn't say.
pub const ALSO_REQUIRED: &[(&str, &str)] = &[
    ("io.k8s.api.core.v1.Container", "image"),
    ("io.k8s.api.core.v1.EphemeralContainer", "image"),
    ("io.k8s.api.core.v1.Pod", "spec"),
    ("io.k8s.api.core.v1.PodTemplateSpec", "spec"),
];

/// What the document calls required and the API server takes without: zero or nothing is a good value.
pub const NOT_REQUIRED: &[(&str, &str)] = &[
    ("io.k8s.api.core.v1.Event", "metadata"),
    ("io.k8s.api.core.v1.HTTPHeader", "value"),
    ("io.k8s.api.core.v1.ISCSIPersistentVolumeSource", "lun"),
    ("io.k8s.api.core.v1.ISCSIVolumeSource", "lun"),
    ("io.k8s.api.core.v1.LimitRangeSpec", "limits"),
    ("io.k8s.api.core.v1.Sysctl", "value"),
    ("io.k8s.api.storage.v1.CSINodeSpec", "drivers"),
];

/// Enumerations that validation has and the document doesn't name.
pub const ALSO_ENUMERATED: &[(&str, &str, &[&str])] = &[
    (
        "io.k8s.apimachinery.pkg.apis.meta.v1.LabelSelectorRequirement",
        "operator",
        &["DoesNotExist", "Exists", "In", "NotIn"],
    ),
    ("io.k8s.api.rbac.v1.RoleRef", "kind", &["ClusterRole", "Role"]),
    ("io.k8s.api.rbac.v1.Subject", "kind", &["Group", "ServiceAccount", "User"]),
    (
        "io.k8s.api.autoscaling.v2.MetricSpec",
        "type",
        &["ContainerResource", "External", "Object", "Pods", "Resource"],
    ),
    ("io.k8s.api.autoscaling.v2.MetricTarget", "type", &["AverageValue", "Utilization", "Value"]),
    ("io.k8s.api.autoscaling.v2.HPAScalingRules", "selectPolicy", &["Disabled", "Max", "Min"]),
    ("io.k8s.api.autoscaling.v2.HPAScalingPolicy", "type", &["Percent", "Pods"]),
    ("io.k8s.api.core.v1.Container", "restartPolicy", &["Always", "Never", "OnFailure"]),
    ("io.k8s.api.core.v1.ContainerResizePolicy", "restartPolicy", &["NotRequired", "RestartContainer"]),
    ("io.k8s.api.core.v1.PodOS", "name", &["linux", "windows"]),
    ("io.k8s.api.storage.v1.CSIDriverSpec", "fsGroupPolicy", &["File", "None", "ReadWriteOnceWithFSType"]),
    (
        "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinitionSpec",
        "scope",
        &["Cluster", "Namespaced"],
    ),
    (
        "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceConversion",
        "strategy",
        &["None", "Webhook"],
    ),
];
