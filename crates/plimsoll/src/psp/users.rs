//! Who may use which policy.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use plimsoll_kubernetes::{Inventory, Pod};
use plimsoll_rbac::{Allowed, Attributes, Authorizer, Decision, Identity, User};

/// Policies may be used by either of the groups that they have lived in.
const GROUPS: [&str; 2] = ["policy", "extensions"];

/// People and groups, by the policy and the namespace.
type Holders = HashMap<(String, String), Rc<[String]>>;

/// Whether a policy may be used for a pod, and why.
pub enum Use {
    Yes(String),
    No,
    Unknown(String),
}

/// The roles and bindings of the scan, and who creates pods that no controller makes.
pub struct Users<'d> {
    authorizer: Authorizer<'d>,
    creator: Option<User<'d>>,
    /// Who may use a policy in a namespace: asked for each pod, and the same for all of them.
    holders_in: RefCell<Holders>,
}

impl<'d> Users<'d> {
    /// `creator` is whoever creates bare pods, if that is known.
    pub fn new(inventory: &Inventory<'d>, creator: Option<User<'d>>) -> Self {
        Users { authorizer: Authorizer::new(inventory), creator, holders_in: RefCell::default() }
    }

    /// Whether there is any binding to go by.
    pub fn are_known(&self) -> bool {
        self.authorizer.has_bindings()
    }

    /// Asks for the pod's service account, and then for whoever creates the pod.
    pub fn may_use(&self, policy: &str, pod: &Pod<'_>, namespace: &str) -> Use {
        if !self.are_known() {
            return Use::Unknown("the scan has no roles and bindings that say who may use it".to_owned());
        }
        let account = User::account_of_pod(namespace, pod.service_account());
        let controller = controller(pod).map(|name| User::service_account("kube-system", name));
        let creator = controller.as_ref().or(self.creator.as_ref());
        // Whoever it is, nobody creates a pod without having said who they are.
        let anybody = User::authenticated("", []);
        let mut undecided = Vec::new();
        for user in [&account, creator.unwrap_or(&anybody)] {
            for group in GROUPS {
                match self.authorizer.authorize(user, &request(group, policy, namespace)) {
                    Decision::Allow(Allowed::PrivilegedGroup) => {
                        return Use::Yes(format!("{} is in system:masters", user.name));
                    }
                    Decision::Allow(Allowed::Grant(grant)) => return Use::Yes(grant.to_string()),
                    Decision::NoOpinion(unknown) => {
                        undecided.extend(unknown.into_iter().map(|why| why.to_string()));
                    }
                }
            }
        }
        if creator.is_none() {
            let others = self.holders_in(policy, namespace);
            if !others.is_empty() {
                undecided.push(format!("it depends on who creates the pod (--as): {}", others.join("; ")));
            }
        }
        undecided.into_iter().next().map_or(Use::No, Use::Unknown)
    }

    /// Everybody who may use a policy somewhere, in the words of the bindings.
    pub fn holders(&self, policy: &str) -> Vec<String> {
        let requests = GROUPS.map(|group| request(group, policy, ""));
        let grants = requests.iter().flat_map(|request| self.authorizer.who_may_somewhere(request));
        unique(grants.map(|grant| grant.to_string()).collect())
    }

    /// Bindings that may let somebody use a policy, and nobody can tell.
    pub fn undecided(&self, policy: &str) -> Vec<String> {
        let requests = GROUPS.map(|group| request(group, policy, ""));
        let undecided = requests.iter().flat_map(|request| self.authorizer.undecided_somewhere(request));
        unique(undecided.map(|one| one.to_string()).collect())
    }

    /// People and groups who may use a policy in a namespace, members of `system:masters` aside: they may
    /// everywhere.
    fn holders_in(&self, policy: &str, namespace: &str) -> Rc<[String]> {
        let key = (policy.to_owned(), namespace.to_owned());
        if let Some(known) = self.holders_in.borrow().get(&key) {
            return Rc::clone(known);
        }
        let requests = GROUPS.map(|group| request(group, policy, namespace));
        let grants = requests.iter().flat_map(|request| self.authorizer.who_may(request));
        let holders = grants.filter_map(|grant| match grant.subject.identity() {
            Identity::User(name) => Some(format!("user {name}")),
            Identity::Group("system:masters") => None,
            Identity::Group(name) => Some(format!("group {name}")),
            Identity::ServiceAccount { namespace, name } => {
                Some(format!("service account {namespace}/{name}"))
            }
            Identity::Nobody => None,
        });
        let holders: Rc<[String]> = unique(holders.collect()).into();
        self.holders_in.borrow_mut().insert(key, Rc::clone(&holders));
        holders
    }
}

fn unique(mut texts: Vec<String>) -> Vec<String> {
    let mut seen = HashSet::new();
    texts.retain(|text| seen.insert(text.clone()));
    texts
}

fn request<'a>(group: &'a str, policy: &'a str, namespace: &'a str) -> Attributes<'a> {
    Attributes::resource("use", group, "podsecuritypolicies").within(namespace).named(policy)
}

/// The service account of the controller that creates the pod; `None` for a pod that somebody else creates.
fn controller(pod: &Pod<'_>) -> Option<&'static str> {
    let owners = pod.metadata().get("ownerReferences");
    let owner = owners.items().find(|owner| owner.get("controller").is_true());
    let kind = owner.map_or(pod.object().kind(), |owner| owner.get("kind").text());
    Some(match kind {
        "Deployment" | "ReplicaSet" => "replicaset-controller",
        "StatefulSet" => "statefulset-controller",
        "DaemonSet" => "daemon-set-controller",
        "Job" | "CronJob" => "job-controller",
        "ReplicationController" => "replication-controller",
        _ => return None,
    })
}
