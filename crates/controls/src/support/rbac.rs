//! Role-based access control as the API server's authorizer does it: rules, roles with what
//! aggregation adds to them, bindings and subjects. It answers questions and judges nothing.
//!
//! The semantics are those of `k8s.io/kubernetes/pkg/apis/rbac/v1/evaluation_helpers.go`, of the
//! ClusterRole aggregation controller, and of the validation of the `rbac.authorization.k8s.io` API.

use std::collections::{HashMap, HashSet};

use plimsoll_doc::Value;
use plimsoll_kubernetes::{Field, GroupKind, Inventory, LabelSelector, Labels, Object};

pub(crate) const GROUP: &str = "rbac.authorization.k8s.io";

pub(crate) const ROLES: &[GroupKind] = &[GroupKind::new(GROUP, "ClusterRole"), GroupKind::new(GROUP, "Role")];

pub(crate) const BINDINGS: &[GroupKind] =
    &[GroupKind::new(GROUP, "ClusterRoleBinding"), GroupKind::new(GROUP, "RoleBinding")];

/// The label of what the API server creates when it starts.
const BOOTSTRAPPING: &str = "kubernetes.io/bootstrapping";

/// A resource, with its subresource if it has one: `pods`, `pods/exec`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Resource {
    /// `""` is the core group.
    pub group: &'static str,
    pub name: &'static str,
    pub scope: Scope,
}

/// Which binding can grant a resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scope {
    /// Requests name a namespace: a RoleBinding there is enough.
    Namespaced,
    /// Requests name no namespace: only a ClusterRoleBinding grants them.
    Cluster,
    /// Namespaces themselves: a request for one of them counts as made in it, one for all of them
    /// (`create`, `list`, …) does not.
    Namespace,
}

impl Resource {
    pub const fn namespaced(group: &'static str, name: &'static str) -> Self {
        Resource { group, name, scope: Scope::Namespaced }
    }

    pub const fn cluster(group: &'static str, name: &'static str) -> Self {
        Resource { group, name, scope: Scope::Cluster }
    }

    /// Whether a role can grant this at all: a Role is only ever bound in its namespace.
    pub fn is_grantable_by(&self, role: &Object<'_>, verb: &str) -> bool {
        match self.scope {
            _ if role.kind() == "ClusterRole" => true,
            Scope::Namespaced => true,
            Scope::Cluster => false,
            Scope::Namespace => !is_collective(verb),
        }
    }
}

/// Verbs whose requests carry no name (`list`, `watch` and `deletecollection` do with a field selector
/// on `metadata.name`).
fn is_collective(verb: &str) -> bool {
    matches!(verb, "create" | "list" | "watch" | "deletecollection")
}

/// Resources outside namespaces, by group. Users, groups and signers are none that are served: verbs on them
/// are asked about by themselves.
const CLUSTER_SCOPED: &[(&str, &[&str])] = &[
    ("", &["componentstatuses", "groups", "nodes", "persistentvolumes", "users"]),
    (
        "admissionregistration.k8s.io",
        &[
            "mutatingadmissionpolicies",
            "mutatingadmissionpolicybindings",
            "mutatingwebhookconfigurations",
            "validatingadmissionpolicies",
            "validatingadmissionpolicybindings",
            "validatingwebhookconfigurations",
        ],
    ),
    ("apiextensions.k8s.io", &["customresourcedefinitions"]),
    ("apiregistration.k8s.io", &["apiservices"]),
    ("authentication.k8s.io", &["selfsubjectreviews", "tokenreviews", "uids", "userextras"]),
    (
        "authorization.k8s.io",
        &["selfsubjectaccessreviews", "selfsubjectrulesreviews", "subjectaccessreviews"],
    ),
    ("certificates.k8s.io", &["certificatesigningrequests", "clustertrustbundles", "signers"]),
    ("flowcontrol.apiserver.k8s.io", &["flowschemas", "prioritylevelconfigurations"]),
    ("internal.apiserver.k8s.io", &["storageversions"]),
    ("networking.k8s.io", &["ingressclasses", "ipaddresses", "servicecidrs"]),
    ("node.k8s.io", &["runtimeclasses"]),
    (GROUP, &["clusterrolebindings", "clusterroles"]),
    (
        "resource.k8s.io",
        &["deviceclasses", "devicetaintrules", "resourcepoolstatusrequests", "resourceslices"],
    ),
    ("scheduling.k8s.io", &["priorityclasses"]),
    (
        "storage.k8s.io",
        &["csidrivers", "csinodes", "storageclasses", "volumeattachments", "volumeattributesclasses"],
    ),
    ("storagemigration.k8s.io", &["storageversionmigrations"]),
];

/// Whether requests of a verb on a resource are known to name no namespace.
fn is_outside_namespaces(group: &str, resource: &str, verb: &str) -> bool {
    let name = resource.split_once('/').map_or(resource, |(name, _)| name);
    match (group, name, verb) {
        // `*` has verbs of both kinds.
        ("", "namespaces", verb) => is_collective(verb) && name == resource,
        // `bind` is asked for where the binding is made, for ClusterRoles too.
        (GROUP, "clusterroles", "bind" | "*") => false,
        _ => CLUSTER_SCOPED.iter().any(|(of, resources)| *of == group && resources.contains(&name)),
    }
}

/// Verbs that any resource may have.
const EVERYWHERE: &[&str] =
    &["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"];

/// Verbs of the API server. Others are asked for by programs of their own, in any spelling.
const VERBS: &[&str] = &[
    "approve",
    "bind",
    "create",
    "delete",
    "deletecollection",
    "escalate",
    "get",
    "impersonate",
    "list",
    "patch",
    "sign",
    "update",
    "use",
    "watch",
];

/// Whether a verb would be one of the API server's in lower case: no request has it.
pub(crate) fn is_misspelt(verb: &str) -> bool {
    !VERBS.contains(&verb) && VERBS.contains(&verb.to_ascii_lowercase().as_str())
}

/// How far a rule grants something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Extent {
    /// Objects of every name.
    All,
    /// Objects of the names in `resourceNames`.
    Named,
}

/// A rule of a role. Its lists are looked up once: every control asks each rule for much.
#[derive(Clone, Copy)]
pub(crate) struct Rule<'d> {
    field: Field<'d>,
    verbs: Option<Value<'d>>,
    groups: Option<Value<'d>>,
    resources: Option<Value<'d>>,
}

impl<'d> Rule<'d> {
    pub fn new(field: Field<'d>) -> Self {
        let list = |name| field.get(name).value();
        Rule { field, verbs: list("verbs"), groups: list("apiGroups"), resources: list("resources") }
    }

    pub fn field(&self) -> Field<'d> {
        self.field
    }

    /// The item of `verbs` that grants a verb: itself, else `*`.
    pub fn verb(&self, verb: &str) -> Option<Field<'d>> {
        exact_or_any(self.verbs, verb).map(Field::new)
    }

    /// The item of `apiGroups` that takes in a group: itself, else `*`.
    pub fn group(&self, group: &str) -> Option<Field<'d>> {
        exact_or_any(self.groups, group).map(Field::new)
    }

    /// The item of `resources` that takes in a resource: itself, else its subresource of every
    /// resource (`*/exec`), else `*`, which has all subresources too. `pods/*` takes in nothing.
    pub fn resource(&self, resource: &str) -> Option<Field<'d>> {
        let is_subresource_everywhere = |text: &str| {
            let subresource = text.strip_prefix("*/");
            subresource.is_some_and(|wanted| resource.split_once('/').is_some_and(|(_, own)| own == wanted))
        };
        let (mut everywhere, mut any) = (None, None);
        for item in items(self.resources) {
            match text(item) {
                Some(text) if text == resource => return Some(Field::new(item)),
                Some("*") => any = any.or(Some(item)),
                Some(text) if is_subresource_everywhere(text) => everywhere = everywhere.or(Some(item)),
                _ => {}
            }
        }
        everywhere.or(any).map(Field::new)
    }

    /// What stands in `verbs`.
    pub fn verbs(&self) -> impl Iterator<Item = &'d str> + use<'d> {
        items(self.verbs).filter_map(text)
    }

    /// What stands in `resources`.
    pub fn resources(&self) -> impl Iterator<Item = &'d str> + use<'d> {
        items(self.resources).filter_map(text)
    }

    /// The items of `resources` that take in some extra values of users: each key is a subresource of its own
    /// (`userextras/scopes`, `*/scopes`). `*` isn't among them.
    pub fn extra_values(&self) -> impl Iterator<Item = Field<'d>> + use<'d> {
        let is_extra = |item: &Value<'d>| {
            let parts = text(*item).and_then(|text| text.split_once('/'));
            parts.is_some_and(|(name, key)| matches!(name, "userextras" | "*") && !matches!(key, "" | "*"))
        };
        items(self.resources).filter(is_extra).map(Field::new)
    }

    /// The names the rule is limited to; nothing for a rule that isn't limited.
    pub fn names(&self) -> impl Iterator<Item = &'d str> + use<'d> {
        items(self.field.get("resourceNames").value()).filter_map(text)
    }

    pub fn is_named(&self) -> bool {
        !self.field.get("resourceNames").is_empty()
    }

    /// How far the rule grants a verb on a resource; `None` where it doesn't.
    pub fn grants(&self, verb: &str, resource: &Resource) -> Option<Extent> {
        self.verb(verb)?;
        self.group(resource.group)?;
        self.resource(resource.name)?;
        self.extent(verb, resource)
    }

    /// How far the rule grants a verb on a resource, both of which it takes in.
    pub fn extent(&self, verb: &str, resource: &Resource) -> Option<Extent> {
        if !self.is_named() {
            return Some(Extent::All);
        }
        // What a subresource belongs to always has a name.
        if !is_collective(verb) || resource.name.contains('/') {
            return self.names().any(|name| !name.is_empty()).then_some(Extent::Named);
        }
        // A request without a name matches the empty name in the list.
        if self.names().any(str::is_empty) {
            return Some(Extent::All);
        }
        // What is created has no name yet that the authorizer could see.
        (verb != "create").then_some(Extent::Named)
    }

    /// Whether the rule allows every verb on every resource of a group, be they written one by one.
    pub fn grants_all_of(&self, group: &str) -> bool {
        let special: &[&str] = match group {
            "" => &["impersonate"],
            GROUP => &["bind", "escalate"],
            _ => &[],
        };
        self.field.get("resources").contains("*")
            && self.group(group).is_some()
            && !self.is_named()
            && EVERYWHERE.iter().chain(special).all(|verb| self.verb(verb).is_some())
    }

    /// Whether the rule takes in every group, whichever else it names.
    pub fn takes_every_group(&self) -> bool {
        items(self.groups).any(|item| text(item) == Some("*"))
    }

    /// Whether every group of the rule has a resource (`nodes`, `nodes/proxy`) outside namespaces, where
    /// requests of a verb on it name none: no RoleBinding grants it.
    pub fn is_outside_namespaces(&self, verb: &str, resource: &str) -> bool {
        let mut groups = items(self.groups).peekable();
        groups.peek().is_some()
            && groups
                .all(|group| text(group).is_some_and(|group| is_outside_namespaces(group, resource, verb)))
    }
}

/// The items of a list, where there is one.
fn items<'d>(list: Option<Value<'d>>) -> impl Iterator<Item = Value<'d>> {
    list.into_iter().flat_map(Value::items)
}

fn exact_or_any<'d>(list: Option<Value<'d>>, wanted: &str) -> Option<Value<'d>> {
    let mut any = None;
    for item in items(list) {
        match text(item) {
            Some(text) if text == wanted => return Some(item),
            Some("*") => any = any.or(Some(item)),
            _ => {}
        }
    }
    any
}

/// The text of an item; `null` is the empty string, as Go reads it.
fn text(item: Value<'_>) -> Option<&str> {
    if item.is_null() { Some("") } else { item.as_str() }
}

/// Whether Kubernetes itself ships a role: the four for users, and those that the API server creates
/// for its components. Label and prefix both count: either alone is anybody's to write.
pub(crate) fn is_shipped_role(role: &Object<'_>) -> bool {
    (role.kind() == "ClusterRole" && is_user_facing(role.name())) || is_bootstrapped(role)
}

/// Whether Kubernetes itself, or kubeadm, ships a binding to cluster-admin.
pub(crate) fn is_shipped_binding(binding: &Binding<'_>) -> bool {
    let only_group = match binding.object.name() {
        "cluster-admin" => "system:masters",
        "kubeadm:cluster-admins" => "kubeadm:cluster-admins",
        _ => return false,
    };
    binding.is_cluster_wide()
        && binding.refers_to_cluster_role("cluster-admin")
        && binding.subjects().all(|subject| subject.identity() == Some(Identity::Group(only_group)))
}

/// The ClusterRoles that Kubernetes ships for people.
pub(crate) fn is_user_facing(cluster_role: &str) -> bool {
    matches!(cluster_role, "cluster-admin" | "admin" | "edit" | "view")
}

fn is_bootstrapped(object: &Object<'_>) -> bool {
    object.name().starts_with("system:") && object.label(BOOTSTRAPPING).is("rbac-defaults")
}

/// Whether the rules of a ClusterRole come from others: the controller overwrites its own.
pub(crate) fn is_aggregated(role: &Object<'_>) -> bool {
    role.kind() == "ClusterRole" && role.get("aggregationRule").exists()
}

/// The rules as they stand in a role; none for an aggregated one, whose own count for nothing.
pub(crate) fn written_rules<'d>(role: &Object<'d>) -> impl Iterator<Item = Rule<'d>> + use<'d> {
    let own = !is_aggregated(role);
    role.get("rules").items().filter(move |_| own).map(Rule::new)
}

/// The rules that a role has in the cluster: its own, or those of every ClusterRole that its
/// aggregation selects, itself excepted, through aggregated ones too.
pub(crate) fn effective_rules<'d>(role: &Object<'d>, inventory: &Inventory<'d>) -> Vec<Rule<'d>> {
    if !is_aggregated(role) {
        return written_rules(role).collect();
    }
    let mut rules = Vec::new();
    let place = |role: &Object<'d>| (std::ptr::from_ref(role.root().document()).addr(), role.root().node());
    let mut seen = HashSet::from([place(role)]);
    let mut open = vec![*role];
    while let Some(role) = open.pop() {
        rules.extend(written_rules(&role));
        if !is_aggregated(&role) {
            continue;
        }
        for selector in role.get("aggregationRule.clusterRoleSelectors").items() {
            let selector = LabelSelector::new(selector);
            for part in inventory.labelled(GROUP, "ClusterRole", &mut selector.labels()) {
                if selector.matches(Labels(part.labels())) && seen.insert(place(part)) {
                    open.push(*part);
                }
            }
        }
    }
    rules
}

/// A RoleBinding or a ClusterRoleBinding.
#[derive(Clone, Copy)]
pub(crate) struct Binding<'d> {
    object: Object<'d>,
    namespace: Option<&'d str>,
}

impl<'d> Binding<'d> {
    /// `None` for an object of another kind.
    pub fn new(object: &Object<'d>, inventory: &Inventory<'d>) -> Option<Self> {
        let namespace = if object.is(GROUP, "ClusterRoleBinding") {
            None
        } else if object.is(GROUP, "RoleBinding") {
            Some(inventory.namespace_of(object))
        } else {
            return None;
        };
        Some(Binding { object: *object, namespace })
    }

    /// Every binding that was read.
    pub fn all<'i>(inventory: &'i Inventory<'d>) -> impl Iterator<Item = Binding<'d>> + use<'i, 'd> {
        BINDINGS.iter().flat_map(move |kind| {
            inventory.of_kind(kind.group, kind.kind).filter_map(move |object| Binding::new(object, inventory))
        })
    }

    /// The namespace it grants in; `None` where it grants everywhere.
    pub fn namespace(&self) -> Option<&'d str> {
        self.namespace
    }

    pub fn is_cluster_wide(&self) -> bool {
        self.namespace.is_none()
    }

    pub fn role_kind(&self) -> &'d str {
        self.object.get("roleRef.kind").text()
    }

    pub fn role_name(&self) -> Field<'d> {
        self.object.get("roleRef.name")
    }

    pub fn refers_to_cluster_role(&self, name: &str) -> bool {
        self.role_kind() == "ClusterRole" && self.role_name().is(name)
    }

    /// The role it refers to, where that was read. A ClusterRoleBinding can't refer to a Role.
    pub fn role<'i>(&self, inventory: &'i Inventory<'d>) -> Option<&'i Object<'d>> {
        self.roles(inventory).next()
    }

    /// All that were read of that name: of the variants of a manifest, any may be the one in force.
    fn roles<'i>(&self, inventory: &'i Inventory<'d>) -> impl Iterator<Item = &'i Object<'d>> + use<'i, 'd> {
        let kind = self.role_kind();
        let namespace = match (kind, self.namespace) {
            ("ClusterRole", _) => Some(""),
            ("Role", namespace) => namespace,
            _ => None,
        };
        inventory
            .named(GROUP, kind, self.role_name().text())
            .filter(move |role| namespace == Some(inventory.namespace_of(role)))
    }

    /// What its role grants, where that was read.
    pub fn rules(&self, inventory: &Inventory<'d>) -> Option<Vec<Rule<'d>>> {
        let mut roles = self.roles(inventory).peekable();
        roles.peek()?;
        Some(roles.flat_map(|role| effective_rules(role, inventory)).collect())
    }

    pub fn subjects(&self) -> impl Iterator<Item = Subject<'d>> + use<'d> {
        let namespace = self.namespace;
        self.object.get("subjects").items().map(move |field| Subject { field, namespace })
    }

    /// Whether any subject can stand for anybody.
    pub fn matches_somebody(&self) -> bool {
        self.subjects().any(|subject| subject.identity().is_some())
    }
}

/// Whether a role can be in force in a namespace, by the bindings that were read: to it, or to a
/// ClusterRole that has its rules by aggregation. A ClusterRole that none of them names may be bound
/// anywhere.
pub(crate) fn reaches<'d>(role: &Object<'d>, namespace: &str, inventory: &Inventory<'d>) -> bool {
    if role.kind() == "Role" {
        return inventory.namespace_of(role) == namespace;
    }
    wholes(role, inventory).into_iter().any(|name| {
        let mut bindings = BINDINGS
            .iter()
            .flat_map(|kind| inventory.referring(kind.group, kind.kind, "roleRef.name", name))
            .filter_map(|object| Binding::new(object, inventory))
            .filter(|binding| binding.refers_to_cluster_role(name))
            .peekable();
        bindings.peek().is_none()
            || bindings.any(|binding| binding.namespace().is_none_or(|bound| bound == namespace))
    })
}

/// The labels by which the ClusterRoles that Kubernetes ships for people take in the rules of others: `admin`
/// has what `edit` has, and `edit` what `view` has.
const AGGREGATE_TO: &[(&str, &[&str])] = &[
    ("rbac.authorization.k8s.io/aggregate-to-view", &["view", "edit", "admin"]),
    ("rbac.authorization.k8s.io/aggregate-to-edit", &["edit", "admin"]),
    ("rbac.authorization.k8s.io/aggregate-to-admin", &["admin"]),
];

/// The names of the ClusterRoles that have the rules of one: its own, and those of roles that aggregate it,
/// through others too.
fn wholes<'d>(role: &Object<'d>, inventory: &Inventory<'d>) -> HashSet<&'d str> {
    let aggregation = inventory.derived(Aggregation::of);
    let roles: Vec<Object<'d>> = inventory.of_kind(GROUP, "ClusterRole").copied().collect();
    let mut names = HashSet::from([role.name()]);
    let mut open: Vec<usize> =
        roles.iter().position(|known| known.root() == role.root()).into_iter().collect();
    let mut seen: HashSet<usize> = open.iter().copied().collect();
    while let Some(number) = open.pop() {
        let Some(part) = roles.get(number) else { continue };
        names.insert(part.name());
        let shipped = AGGREGATE_TO.iter().filter(|(label, _)| part.label(label).is("true"));
        names.extend(shipped.flat_map(|(_, names)| *names));
        let wholes = aggregation.wholes.get(number).into_iter().flatten();
        open.extend(wholes.copied().filter(|whole| seen.insert(*whole)));
    }
    names
}

/// Which ClusterRoles aggregate each of those that were read, by their numbers; empty where none does.
struct Aggregation {
    wholes: Vec<Vec<usize>>,
}

impl Aggregation {
    fn of(inventory: &Inventory<'_>) -> Self {
        let roles: Vec<&Object<'_>> = inventory.of_kind(GROUP, "ClusterRole").collect();
        let mut wholes = Vec::new();
        for (number, whole) in roles.iter().enumerate().filter(|(_, role)| is_aggregated(role)) {
            wholes.resize_with(roles.len(), Vec::new);
            for selector in whole.get("aggregationRule.clusterRoleSelectors").items() {
                let selector = LabelSelector::new(selector);
                for (part, aggregated) in roles.iter().zip(&mut wholes) {
                    if selector.matches(Labels(part.labels())) && aggregated.last() != Some(&number) {
                        aggregated.push(number);
                    }
                }
            }
        }
        Aggregation { wholes }
    }
}

/// A subject of a binding.
#[derive(Clone, Copy)]
pub(crate) struct Subject<'d> {
    field: Field<'d>,
    /// That of a RoleBinding.
    namespace: Option<&'d str>,
}

/// Who a subject stands for. Names are exact strings: nothing is a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Identity<'d> {
    User(&'d str),
    Group(&'d str),
    ServiceAccount { namespace: &'d str, name: &'d str },
}

impl<'d> Subject<'d> {
    pub fn field(&self) -> Field<'d> {
        self.field
    }

    /// Who it stands for; `None` where it can match nobody: an unknown kind, no name, or a service
    /// account without a namespace in a ClusterRoleBinding.
    pub fn identity(&self) -> Option<Identity<'d>> {
        let name = self.field.get("name").text();
        if name.is_empty() {
            return None;
        }
        match self.field.get("kind").text() {
            "User" => {
                let account =
                    name.strip_prefix("system:serviceaccount:").and_then(|rest| rest.split_once(':'));
                Some(match account {
                    Some((namespace, name)) => Identity::ServiceAccount { namespace, name },
                    None => Identity::User(name),
                })
            }
            "Group" => Some(Identity::Group(name)),
            "ServiceAccount" => {
                let own = Some(self.field.get("namespace").text()).filter(|own| !own.is_empty());
                own.or(self.namespace).map(|namespace| Identity::ServiceAccount { namespace, name })
            }
            _ => None,
        }
    }
}

/// What was said of identities, in an order, for asking what holds of a service account.
pub(crate) struct Held<'d, T> {
    said: Vec<T>,
    /// The first of each identity.
    first: HashMap<Identity<'d>, usize>,
}

impl<'d, T> Held<'d, T> {
    /// The first thing that was said of an identity that a service account is, or is in.
    pub fn by<'s>(&'s self, namespace: &str, account: &str) -> Option<&'s T> {
        let own = format!("system:serviceaccounts:{namespace}");
        let first: &HashMap<Identity<'_>, usize> = &self.first;
        let at = [
            Identity::ServiceAccount { namespace, name: account },
            Identity::Group("system:authenticated"),
            Identity::Group("system:serviceaccounts"),
            Identity::Group(&own),
        ]
        .iter()
        .filter_map(|identity| first.get(identity))
        .min()?;
        self.said.get(*at)
    }
}

impl<'d, T> FromIterator<(Identity<'d>, T)> for Held<'d, T> {
    fn from_iter<I: IntoIterator<Item = (Identity<'d>, T)>>(all: I) -> Self {
        let mut held = Held { said: Vec::new(), first: HashMap::new() };
        for (identity, said) in all {
            held.first.entry(identity).or_insert(held.said.len());
            held.said.push(said);
        }
        held
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use plimsoll_doc::{Document, Limits, SourceFile, parse};
    use plimsoll_kubernetes::objects;

    use super::*;

    const PODS: Resource = Resource::namespaced("", "pods");
    const EXEC: Resource = Resource::namespaced("", "pods/exec");
    const TOKEN: Resource = Resource::namespaced("", "serviceaccounts/token");

    fn read(text: &str) -> Vec<Document> {
        let file = Arc::new(SourceFile::new("roles.yaml", text.as_bytes().to_vec()));
        parse(&file, &Limits::default()).into_iter().map(|entry| entry.expect("it parses")).collect()
    }

    fn inventory(documents: &[Document]) -> Inventory<'_> {
        let mut found = Vec::new();
        for document in documents {
            objects(document.root(), |object| found.push(object.expect("an object")));
        }
        Inventory::new(found, "default")
    }

    /// How far a rule grants a verb on a resource.
    fn grants(rule: &str, verb: &str, resource: &Resource) -> Option<Extent> {
        let documents = read(rule);
        Rule::new(Field::new(documents[0].root())).grants(verb, resource)
    }

    #[test]
    fn a_rule_needs_verb_and_group_and_resource() {
        let all = Some(Extent::All);
        for (rule, expected) in [
            (r#"{verbs: [get], apiGroups: [""], resources: [pods]}"#, all),
            (r#"{verbs: ["*"], apiGroups: ["*"], resources: ["*"]}"#, all),
            ("{verbs: [get], apiGroups: [null], resources: [pods]}", all),
            (r#"{verbs: [GET], apiGroups: [""], resources: [pods]}"#, None),
            (r#"{verbs: [get], apiGroups: [core], resources: [pods]}"#, None),
            (r#"{verbs: [get], apiGroups: [], resources: [pods]}"#, None),
            (r#"{verbs: [get], resources: [pods]}"#, None),
            (r#"{verbs: [get], apiGroups: [""], resources: [pod]}"#, None),
            (r#"{verbs: [get], apiGroups: [""], resources: [pods/exec, "pods/*", "*/*"]}"#, None),
            (r#"{verbs: get, apiGroups: [""], resources: [pods]}"#, None),
            (r#"{verbs: [{get: 1}, 7], apiGroups: [""], resources: [pods]}"#, None),
        ] {
            assert_eq!(grants(rule, "get", &PODS), expected, "{rule}");
        }
    }

    #[test]
    fn subresources_are_named_or_taken_from_every_resource() {
        for (resources, expected) in [
            ("[pods/exec]", true),
            (r#"["*/exec"]"#, true),
            (r#"["*"]"#, true),
            ("[pods]", false),
            (r#"["pods/*"]"#, false),
            (r#"["*/ex"]"#, false),
            (r#"["*/attach"]"#, false),
            ("[exec]", false),
        ] {
            let rule = format!(r#"{{verbs: [create], apiGroups: [""], resources: {resources}}}"#);
            assert_eq!(grants(&rule, "create", &EXEC).is_some(), expected, "{resources}");
        }
    }

    #[test]
    fn names_limit_all_but_what_has_none() {
        let named = |names: &str, verb, resource| {
            let rule =
                format!(r#"{{verbs: ["*"], apiGroups: [""], resources: ["*"], resourceNames: {names}}}"#);
            grants(&rule, verb, resource)
        };
        assert_eq!(named("[web]", "get", &PODS), Some(Extent::Named));
        assert_eq!(named("[web]", "list", &PODS), Some(Extent::Named), "with a field selector");
        assert_eq!(named("[web]", "create", &PODS), None, "it has no name yet");
        assert_eq!(named("[web]", "create", &TOKEN), Some(Extent::Named), "its account has one");
        assert_eq!(named("[]", "create", &PODS), Some(Extent::All));
        assert_eq!(named("null", "get", &PODS), Some(Extent::All));
        assert_eq!(named(r#"["", web]"#, "list", &PODS), Some(Extent::All), "no name is the empty name");
        assert_eq!(named(r#"["", web]"#, "get", &PODS), Some(Extent::Named));
        assert_eq!(named(r#"[""]"#, "get", &PODS), None, "every pod has a name");
        assert_eq!(named(r#"[""]"#, "create", &TOKEN), None, "so has every account");
    }

    #[test]
    fn a_role_reaches_no_further_than_its_namespace() {
        let documents = read("apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: a}\n");
        let inventory = inventory(&documents);
        let role = inventory.objects()[0];
        let namespaces = Resource { group: "", name: "namespaces", scope: Scope::Namespace };
        assert!(PODS.is_grantable_by(&role, "list"));
        assert!(!Resource::cluster("", "nodes").is_grantable_by(&role, "get"));
        assert!(namespaces.is_grantable_by(&role, "patch"), "a request for a namespace is made in it");
        assert!(!namespaces.is_grantable_by(&role, "create"));
    }

    const AGGREGATED: &str = r#"
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: all, labels: {part: "yes"}}
aggregationRule: {clusterRoleSelectors: [{matchLabels: {part: "yes"}}]}
rules: [{verbs: [own], apiGroups: [""], resources: [pods]}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: part, labels: {part: "yes"}}
rules: [{verbs: [direct], apiGroups: [""], resources: [pods]}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: through, labels: {part: "yes"}}
aggregationRule: {clusterRoleSelectors: [{matchLabels: {deep: "yes"}}, {matchLabels: {part: "yes"}}]}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: deep, labels: {deep: "yes"}}
rules: [{verbs: [indirect], apiGroups: [""], resources: [pods]}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: other, labels: {part: "no"}}
rules: [{verbs: [never], apiGroups: [""], resources: [pods]}]
"#;

    #[test]
    fn aggregation_takes_the_rules_of_others_and_not_its_own() {
        let documents = read(AGGREGATED);
        let inventory = inventory(&documents);
        let role = inventory.find(GROUP, "ClusterRole", "", "all").expect("the role");
        let rules = effective_rules(role, &inventory);
        let has = |verb| rules.iter().any(|rule| rule.grants(verb, &PODS).is_some());
        assert!(has("direct") && has("indirect"));
        assert!(!has("own"), "the controller overwrites it");
        assert!(!has("never"));
        assert_eq!(rules.len(), 2, "each role once, in spite of the circle");
    }

    #[test]
    fn only_label_and_prefix_together_are_shipped() {
        for (kind, name, label, expected) in [
            ("ClusterRole", "view", "", true),
            ("Role", "view", "", false),
            ("ClusterRole", "system:node", "rbac-defaults", true),
            ("Role", "system:controller:token-cleaner", "rbac-defaults", true),
            ("ClusterRole", "system:mine", "", false),
            ("ClusterRole", "mine", "rbac-defaults", false),
        ] {
            let documents = read(&format!(
                "apiVersion: rbac.authorization.k8s.io/v1\nkind: {kind}\nmetadata: {{name: {name:?}, labels: {{kubernetes.io/bootstrapping: {label:?}}}}}\n"
            ));
            let inventory = inventory(&documents);
            assert_eq!(is_shipped_role(&inventory.objects()[0]), expected, "{kind} {name}");
        }
    }

    fn identities(kind: &str, subjects: &str) -> Vec<Option<(String, bool)>> {
        let documents = read(&format!(
            "apiVersion: rbac.authorization.k8s.io/v1\nkind: {kind}\nmetadata: {{name: a, namespace: shop}}\nsubjects: {subjects}\n"
        ));
        let inventory = inventory(&documents);
        let binding = Binding::new(&inventory.objects()[0], &inventory).expect("a binding");
        binding
            .subjects()
            .map(|subject| {
                let identity = subject.identity()?;
                let held: Held<'_, ()> = std::iter::once((identity, ())).collect();
                Some((format!("{identity:?}"), held.by("shop", "web").is_some()))
            })
            .collect()
    }

    #[test]
    fn subjects_match_by_kind_and_exact_name() {
        let includes = |kind, subject: &str| {
            identities(kind, &format!("[{subject}]")).remove(0).map(|(_, includes)| includes)
        };
        for (kind, subject, expected) in [
            ("RoleBinding", "{kind: ServiceAccount, name: web}", Some(true)),
            ("ClusterRoleBinding", "{kind: ServiceAccount, name: web}", None),
            ("ClusterRoleBinding", "{kind: ServiceAccount, name: web, namespace: shop}", Some(true)),
            ("RoleBinding", "{kind: ServiceAccount, name: web, namespace: tools}", Some(false)),
            ("RoleBinding", "{kind: User, name: 'system:serviceaccount:shop:web'}", Some(true)),
            ("RoleBinding", "{kind: User, name: 'system:serviceaccount:tools:web'}", Some(false)),
            ("RoleBinding", "{kind: Group, name: 'system:serviceaccounts:shop'}", Some(true)),
            ("RoleBinding", "{kind: Group, name: 'system:serviceaccounts:sh'}", Some(false)),
            ("RoleBinding", "{kind: Group, name: 'system:serviceaccounts'}", Some(true)),
            ("RoleBinding", "{kind: Group, name: 'system:authenticated'}", Some(true)),
            ("RoleBinding", "{kind: User, name: 'system:authenticated'}", Some(false)),
            ("RoleBinding", "{kind: Group, name: '*'}", Some(false)),
            ("RoleBinding", "{kind: serviceaccount, name: web}", None),
            ("RoleBinding", "{kind: User}", None),
        ] {
            assert_eq!(includes(kind, subject), expected, "{kind} {subject}");
        }
    }

    #[test]
    fn a_binding_finds_its_role_by_kind_and_namespace() {
        let roles = r#"
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: same, namespace: shop}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: same}
---
"#;
        for (kind, namespace, role, expected) in [
            ("RoleBinding", "shop", "Role", Some("Role")),
            ("RoleBinding", "shop", "ClusterRole", Some("ClusterRole")),
            ("RoleBinding", "tools", "Role", None),
            ("ClusterRoleBinding", "shop", "Role", None),
            ("ClusterRoleBinding", "shop", "ClusterRole", Some("ClusterRole")),
        ] {
            let documents = read(&format!(
                "{roles}apiVersion: rbac.authorization.k8s.io/v1\nkind: {kind}\nmetadata: {{name: b, namespace: {namespace}}}\nroleRef: {{kind: {role}, name: same}}\n"
            ));
            let inventory = inventory(&documents);
            let binding = Binding::all(&inventory).next().expect("a binding");
            assert_eq!(binding.role(&inventory).map(|role| role.kind()), expected, "{kind} {role}");
        }
    }

    #[test]
    fn of_two_roles_of_one_name_either_may_be_in_force() {
        let role = |verb| {
            format!(
                "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: {{name: same}}\nrules: [{{verbs: [{verb}], apiGroups: [''], resources: [pods]}}]\n---\n"
            )
        };
        let documents = read(&format!(
            "{}{}apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRoleBinding\nmetadata: {{name: b}}\nroleRef: {{kind: ClusterRole, name: same}}\n",
            role("get"),
            role("list")
        ));
        let inventory = inventory(&documents);
        let binding = Binding::all(&inventory).next().expect("a binding");
        let rules = binding.rules(&inventory).expect("the role");
        let has = |verb| rules.iter().any(|rule| rule.grants(verb, &PODS).is_some());
        assert!(has("get") && has("list"));
    }
}
