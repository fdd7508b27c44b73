//! Load balancers that Services ask for: whether their address is the network's own or public, and
//! who may connect.

use std::net::IpAddr;

use plimsoll_kubernetes::{Field, Object};

use super::cidr::{Cidr, cover_everything, is_private};

/// Annotations that make a load balancer internal, and the values that do. Each cloud compares them
/// as written.
const INTERNAL: &[(&str, &[&str])] = &[
    ("service.beta.kubernetes.io/azure-load-balancer-internal", &["true"]),
    ("service.beta.kubernetes.io/oci-load-balancer-internal", &["true"]),
    ("oci-network-load-balancer.oraclecloud.com/internal", &["true"]),
    ("service.beta.kubernetes.io/scw-loadbalancer-private", &["true"]),
    ("lb.stackit.cloud/internal-lb", &["true"]),
    ("service.beta.kubernetes.io/openstack-internal-load-balancer", &["true"]),
    ("service.beta.kubernetes.io/alibaba-cloud-loadbalancer-address-type", &["intranet"]),
    ("service.beta.kubernetes.io/alicloud-loadbalancer-address-type", &["intranet"]),
    ("service.beta.kubernetes.io/do-loadbalancer-network", &["INTERNAL"]),
    ("service.kubernetes.io/ibm-load-balancer-cloud-provider-ip-type", &["private"]),
    ("load-balancer.hetzner.cloud/disable-public-network", &["true"]),
    ("yandex.cloud/load-balancer-type", &["internal"]),
];

const AWS_INTERNAL: &str = "service.beta.kubernetes.io/aws-load-balancer-internal";
const AWS_SCHEME: &str = "service.beta.kubernetes.io/aws-load-balancer-scheme";
const AWS_TYPE: &str = "service.beta.kubernetes.io/aws-load-balancer-type";

/// Google's, the current one first: it wins where both are written.
const GOOGLE: [&str; 2] = ["networking.gke.io/load-balancer-type", "cloud.google.com/load-balancer-type"];

/// Tencent's: the subnet of the network in which the load balancer gets its address.
const TENCENT_SUBNET: &str = "service.kubernetes.io/qcloud-loadbalancer-internal-subnetid";

/// Huawei's: JSON that says of which type a load balancer is to be made.
const HUAWEI_AUTOCREATE: &str = "kubernetes.io/elb.autocreate";

/// Annotations that ask for certain addresses, as lists with commas.
const ADDRESSES: &[&str] = &[
    "service.beta.kubernetes.io/azure-load-balancer-ipv4",
    "service.beta.kubernetes.io/azure-load-balancer-ipv6",
    "service.beta.kubernetes.io/aws-load-balancer-private-ipv4-addresses",
    "metallb.io/loadBalancerIPs",
    "metallb.universe.tf/loadBalancerIPs",
    "lbipam.cilium.io/ips",
    "io.cilium/lb-ipam-ips",
    "kube-vip.io/loadbalancerIPs",
];

/// Classes whose load balancers are internal whatever else is written.
const INTERNAL_CLASSES: &[&str] = &["networking.gke.io/l4-regional-internal", "tailscale"];

/// Classes of the AWS Load Balancer Controller and of EKS Auto Mode: internal unless a scheme says otherwise.
const AWS_CLASSES: &[&str] = &["service.k8s.aws/nlb", "eks.amazonaws.com/nlb"];

/// Annotations that hold source ranges where `spec.loadBalancerSourceRanges` doesn't.
const RANGES: &[&str] = &[
    "service.beta.kubernetes.io/load-balancer-source-ranges",
    "service.beta.kubernetes.io/azure-allowed-ip-ranges",
];

/// DigitalOcean's: a list of `cidr:203.0.113.0/24` and `ip:203.0.113.7`.
const DIGITALOCEAN_RULES: &str = "service.beta.kubernetes.io/do-loadbalancer-allow-rules";

/// The owner's own security groups, instead of one that is made from the ranges.
const AWS_GROUPS: &str = "service.beta.kubernetes.io/aws-load-balancer-security-groups";

/// Lists of ranges that are kept at AWS; without ranges here they alone are let in.
const AWS_PREFIX_LISTS: &str = "service.beta.kubernetes.io/aws-load-balancer-security-group-prefix-lists";

/// Azure's tags stand for ranges that it knows, but this one for every address.
const AZURE_INTERNET: &str = "Internet";
const AZURE_TAGS: &str = "service.beta.kubernetes.io/azure-allowed-service-tags";

/// Whether a Service asks for a load balancer that the internet may reach.
pub(crate) fn is_public(service: &Object<'_>) -> bool {
    service.get("spec.type").is("LoadBalancer") && !is_internal(service)
}

fn is_internal(service: &Object<'_>) -> bool {
    let class = service.get("spec.loadBalancerClass").text();
    if INTERNAL_CLASSES.contains(&class) {
        return true;
    }
    let by_annotation = INTERNAL.iter().any(|(key, values)| values.contains(&service.annotation(key).text()));
    let google = GOOGLE.iter().map(|key| service.annotation(key)).find(Field::exists);
    by_annotation
        || !service.annotation(TENCENT_SUBNET).text().is_empty()
        || google.is_some_and(|kind| matches!(kind.text(), "Internal" | "internal"))
        || is_internal_on_aws(service, class)
        || is_internal_on_huawei(service)
        || has_private_address(service)
}

/// The cloud provider takes any value but `false`; its controller an absent scheme as internal.
fn is_internal_on_aws(service: &Object<'_>, class: &str) -> bool {
    let scheme = service.annotation(AWS_SCHEME).text();
    if !scheme.is_empty() {
        return scheme == "internal";
    }
    let internal = service.annotation(AWS_INTERNAL);
    let by_controller =
        AWS_CLASSES.contains(&class) || matches!(service.annotation(AWS_TYPE).text(), "external" | "nlb-ip");
    match internal.text() {
        "" => by_controller && !internal.exists(),
        "false" => false,
        _ => true,
    }
}

fn is_internal_on_huawei(service: &Object<'_>) -> bool {
    let asked: String = service.annotation(HUAWEI_AUTOCREATE).text().split_ascii_whitespace().collect();
    asked.contains(r#""type":"inner""#)
}

fn has_private_address(service: &Object<'_>) -> bool {
    let mut asked = ADDRESSES
        .iter()
        .map(|key| service.annotation(key).text())
        .chain([service.get("spec.loadBalancerIP").text()])
        .flat_map(|list| list.split(','))
        .map(str::trim)
        .filter(|text| !text.is_empty())
        .peekable();
    asked.peek().is_some() && asked.all(|text| text.parse::<IpAddr>().is_ok_and(is_private))
}

/// What keeps sources away from a load balancer.
pub(crate) enum Sources<'d> {
    /// Some addresses alone.
    Limited,
    /// Nothing is written.
    Unlimited,
    /// What is written holds every address; the field says so.
    Everything(Field<'d>),
}

pub(crate) fn sources<'d>(service: &Object<'d>) -> Sources<'d> {
    let tags = service.annotation(AZURE_TAGS);
    if tags.text().split(',').any(|tag| tag.trim().eq_ignore_ascii_case(AZURE_INTERNET)) {
        return Sources::Everything(tags);
    }
    // What the groups let in stands in no manifest.
    if !tags.text().is_empty() || !service.annotation(AWS_GROUPS).text().is_empty() {
        return Sources::Limited;
    }
    let ranges = service.get("spec.loadBalancerSourceRanges");
    if !ranges.is_empty() {
        return judge(ranges, ranges.strings());
    }
    if let Some(field) =
        RANGES.iter().map(|key| service.annotation(key)).find(|field| !field.text().is_empty())
    {
        return judge(field, field.text().split(','));
    }
    let rules = service.annotation(DIGITALOCEAN_RULES);
    if !rules.text().is_empty() {
        let range = |rule: &'d str| rule.trim().strip_prefix("cidr:");
        return judge(rules, rules.text().split(',').filter_map(range));
    }
    if service.annotation(AWS_PREFIX_LISTS).text().is_empty() { Sources::Unlimited } else { Sources::Limited }
}

fn judge<'d>(field: Field<'d>, ranges: impl Iterator<Item = &'d str>) -> Sources<'d> {
    if cover_everything(ranges.filter_map(Cidr::parse)) {
        Sources::Everything(field)
    } else {
        Sources::Limited
    }
}
