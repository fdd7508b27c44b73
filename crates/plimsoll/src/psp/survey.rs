//! What the policies of a scan make of its pods.

use std::collections::{BTreeMap, BTreeSet};

use plimsoll_doc::Value;
use plimsoll_engine::Incomplete;
use plimsoll_kubernetes::{Inventory, Pod};
use plimsoll_podsecurity::psp::{
    self, Evaluation, Mode, Outcome, PodSecurityPolicy, Problem, PspPod, Selection, Usable,
};
use plimsoll_podsecurity::{Level, LevelVersion, Version};
use serde::Serialize;

use super::fixes::Fix;
use super::standard::{Standing, next};
use super::users::{Use, Users};

/// Everything there is to say, in the order of names.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Survey<'d> {
    /// Of the standards.
    pub version: String,
    pub policies: Vec<PolicyReport<'d>>,
    pub pods: Vec<PodReport<'d>>,
    pub namespaces: Vec<NamespaceReport<'d>>,
    #[serde(skip)]
    pub incomplete: Vec<Incomplete>,
}

/// A policy.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PolicyReport<'d> {
    pub name: &'d str,
    #[serde(flatten)]
    pub place: Place<'d>,
    /// Why the API server passes it over.
    pub unusable: Option<String>,
    /// Whoever may use it, by the bindings of the scan.
    pub users: Vec<String>,
    /// What nobody can tell of who may use it.
    pub undecided: Vec<String>,
    /// Pods of the scan that it admits.
    pub admits: usize,
    /// The strictest standard that admits all of these, with the fixes and without.
    pub level: Levels,
    /// What it lets through that each standard would not.
    pub gaps: Gaps,
    #[serde(skip)]
    pub policy: PodSecurityPolicy<'d>,
}

/// The checks of each standard that a policy doesn't promise.
#[derive(Serialize)]
pub struct Gaps {
    pub baseline: Vec<Gap>,
    pub restricted: Vec<Gap>,
}

/// A check that a pod may fail although the policy admits it.
#[derive(Serialize)]
pub struct Gap {
    pub check: &'static str,
    pub why: &'static str,
}

/// Standards, as far as they can be told.
#[derive(Clone, Copy, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Levels {
    /// What runs, as it is written.
    #[serde(serialize_with = "level")]
    pub written: Option<Level>,
    /// What runs, once what policies filled in is written.
    #[serde(serialize_with = "level")]
    pub fixed: Option<Level>,
    /// Everything that the policies would admit.
    #[serde(serialize_with = "level")]
    pub promised: Option<Level>,
}

fn level<S: serde::Serializer>(level: &Option<Level>, serializer: S) -> Result<S::Ok, S::Error> {
    level.map(Level::name).serialize(serializer)
}

/// Where something stands.
#[derive(Clone, Copy, Serialize)]
pub struct Place<'d> {
    pub file: &'d str,
    pub line: u32,
}

impl<'d> Place<'d> {
    fn of(value: Value<'d>) -> Self {
        let file = value.document().file();
        Place { file: file.name(), line: file.position(value.span().start).line }
    }
}

/// What becomes of a pod.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    Admitted,
    Denied,
    Unknown,
}

/// A pod or what makes it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PodReport<'d> {
    pub kind: &'d str,
    pub namespace: &'d str,
    pub name: &'d str,
    #[serde(flatten)]
    pub place: Place<'d>,
    pub service_account: &'d str,
    pub verdict: Verdict,
    /// The policy that admits it.
    pub policy: Option<&'d str>,
    /// The policy that admitted it, as the API server noted on a pod that was read from a cluster.
    pub recorded: Option<&'d str>,
    /// Policies of which any may be the one, where nobody can tell.
    pub candidates: Vec<&'d str>,
    /// The API server's words where it is denied; else why nobody can tell.
    pub message: Option<String>,
    /// What the policy fills in that has to be written before policies are gone.
    pub fixes: Vec<Fix>,
    pub policies: Vec<Said<'d>>,
    pub level: Levels,
    /// Checks that keep it from the next standard, with the fixes.
    pub fails: Vec<&'static str>,
    /// What the verdict takes for granted.
    pub notes: Vec<String>,
    /// Whether it was read from a cluster, in which it runs whatever the policies say.
    #[serde(skip)]
    pub is_live: bool,
    #[serde(skip)]
    pub pod: Pod<'d>,
}

/// What one policy says of a pod.
#[derive(Serialize)]
pub struct Said<'d> {
    pub policy: &'d str,
    pub admits: bool,
    /// `yes`, `no` or `unknown`.
    pub usable: &'static str,
    /// The binding that lets it be used, or why nobody can tell.
    pub because: Option<String>,
    /// Fields that it fills in.
    pub fills: Vec<String>,
    pub errors: Vec<String>,
}

/// A namespace in which pods run.
#[derive(Serialize)]
pub struct NamespaceReport<'d> {
    pub name: &'d str,
    pub pods: usize,
    /// Policies that decide there.
    pub policies: Vec<&'d str>,
    pub level: Levels,
    /// Checks that keep it from the next standard, with how many of its pods fail each, with the fixes.
    pub fails: BTreeMap<&'static str, usize>,
}

/// Looks at every pod by every policy.
pub fn survey<'d>(inventory: &Inventory<'d>, users: &Users<'d>, version: Version) -> Survey<'d> {
    let mut incomplete = Vec::new();
    let mut policies = policies(inventory, &mut incomplete);
    policies.sort_by_key(PodSecurityPolicy::name);
    let mut pods: Vec<_> = inventory
        .pods()
        .iter()
        .filter(|_| !policies.is_empty())
        .map(|pod| look(pod, inventory, &policies, users, version, &mut incomplete))
        .collect();
    pods.sort_by_key(|pod| (pod.namespace, pod.kind, pod.name));
    let policies: Vec<_> =
        policies.into_iter().map(|policy| policy_report(policy, &pods, users, version)).collect();
    let names: BTreeSet<&str> = pods.iter().map(|pod| pod.namespace).collect();
    let namespaces = names.into_iter().map(|name| namespace_report(name, &pods, &policies)).collect();
    incomplete.sort();
    incomplete.dedup();
    Survey { version: version.to_string(), policies, pods, namespaces, incomplete }
}

/// The policies of the scan, of two of one name the later.
fn policies<'d>(inventory: &Inventory<'d>, incomplete: &mut Vec<Incomplete>) -> Vec<PodSecurityPolicy<'d>> {
    let mut policies = BTreeMap::new();
    for object in inventory.objects().iter().filter(|object| PodSecurityPolicy::is(object)) {
        let (policy, problems) = PodSecurityPolicy::read(*object);
        let is_whole = problems.is_empty();
        incomplete.extend(
            problems.iter().map(|problem| unreadable("this PodSecurityPolicy", problem, object.root())),
        );
        if is_whole {
            policies.insert(object.name(), policy);
        }
    }
    policies.into_values().collect()
}

fn unreadable(what: &str, problem: &Problem<'_>, root: Value<'_>) -> Incomplete {
    let place = Place::of(problem.field.anchor());
    let (path, wanted) = (problem.field.path_from(root), problem.wanted);
    Incomplete {
        file: place.file.to_owned(),
        line: Some(place.line),
        reason: format!("{what} can't be judged: {path} must be {wanted}"),
    }
}

fn look<'d>(
    pod: &Pod<'d>,
    inventory: &Inventory<'d>,
    policies: &[PodSecurityPolicy<'d>],
    users: &Users<'d>,
    version: Version,
    incomplete: &mut Vec<Incomplete>,
) -> PodReport<'d> {
    let object = pod.object();
    let namespace = inventory.namespace_of(&object);
    let (read, problems) = PspPod::of(pod);
    let mut report = PodReport {
        kind: object.kind(),
        namespace,
        name: object.name(),
        place: Place::of(object.root()),
        service_account: pod.service_account(),
        verdict: Verdict::Unknown,
        policy: None,
        recorded: pod.annotation("kubernetes.io/psp").as_str(),
        candidates: Vec::new(),
        message: None,
        fixes: Vec::new(),
        policies: Vec::new(),
        level: Levels::default(),
        fails: Vec::new(),
        notes: Vec::new(),
        is_live: object.get("metadata.uid").exists(),
        pod: pod.clone(),
    };
    if !problems.is_empty() {
        incomplete.extend(problems.iter().map(|problem| unreadable("this pod", problem, object.root())));
        report.message = Some("something in it can't be read".to_owned());
        return report;
    }
    let evaluations: Vec<_> = policies.iter().map(|policy| psp::evaluate(policy, &read)).collect();
    let uses: Vec<_> = policies.iter().map(|policy| users.may_use(policy.name(), pod, namespace)).collect();
    report.policies =
        evaluations.iter().zip(&uses).map(|(evaluation, used)| said(evaluation, used)).collect();
    let usable = |evaluation: &Evaluation<'_, '_>| {
        let at = policies.iter().position(|policy| std::ptr::eq(policy, evaluation.policy));
        match at.and_then(|at| uses.get(at)) {
            Some(Use::Yes(_)) => Usable::Yes,
            Some(Use::Unknown(_)) => Usable::Unknown,
            Some(Use::No) | None => Usable::No,
        }
    };
    let selection = psp::select(&evaluations, Mode::Create, usable);
    report.message = psp::message(object.name(), Mode::Create, &selection);
    let mut fill = |number: usize| {
        if let Some(Outcome::Admits { changes, .. }) = evaluations.get(number).map(|one| &one.outcome) {
            report.fixes = changes.iter().filter_map(|change| Fix::of(change, pod)).collect();
        }
    };
    let name = |number: &usize| policies.get(*number).map(PodSecurityPolicy::name);
    match &selection {
        Selection::Admitted(number) => {
            fill(*number);
            report.verdict = Verdict::Admitted;
            report.policy = name(number);
        }
        Selection::Unknown { candidates, .. } => {
            // Whichever it is: one alone tells what it would fill in.
            if let [only] = candidates.as_slice() {
                fill(*only);
            }
            report.candidates = candidates.iter().filter_map(name).collect();
            let unknown = report.policies.iter().filter(|said| said.usable == "unknown");
            let mut unknown = unknown.filter(|said| report.candidates.contains(&said.policy));
            report.message = unknown.find_map(|said| {
                Some(format!("whether {} may be used: {}", said.policy, said.because.as_ref()?))
            });
        }
        Selection::Denied(_) | Selection::NoPolicies => report.verdict = Verdict::Denied,
    }
    let admitting = report.policy.and_then(|name| policies.iter().find(|policy| policy.name() == name));
    if let Some(policy) = admitting.filter(|policy| misses_token(policy, pod, inventory, namespace)) {
        report.notes.push(format!(
            "the API server adds a volume with the token of the service account, and {} allows neither projected \
             nor secret volumes: the pod is denied unless automountServiceAccountToken is false",
            policy.name()
        ));
    }
    stand(&mut report, version, incomplete);
    report
}

/// Holds a pod against the standards, as it is written and with its fixes.
fn stand(report: &mut PodReport<'_>, version: Version, incomplete: &mut Vec<Incomplete>) {
    let written = Standing::of(&report.pod, version);
    let fixed = Standing::with(&report.pod, &report.fixes, version);
    report.level.written = written.map(|standing| standing.level);
    report.level.fixed = fixed.as_ref().map(|standing| standing.level);
    report.fails = fixed.iter().flat_map(|standing| &standing.fails).map(|check| check.name()).collect();
    if report.level.written.is_none() {
        incomplete.push(Incomplete {
            file: report.place.file.to_owned(),
            line: Some(report.place.line),
            reason:
                "this pod can't be held against the standards: the API server refuses the type of a value"
                    .to_owned(),
        });
    }
}

/// Whether a policy has no place for the volume of a token that the pod gets when it is created.
fn misses_token<'d>(
    policy: &PodSecurityPolicy<'_>,
    pod: &Pod<'d>,
    inventory: &Inventory<'d>,
    namespace: &str,
) -> bool {
    const TOKEN: &str = "/var/run/secrets/kubernetes.io/serviceaccount";
    if ["projected", "secret"].iter().any(|kind| policy.allows_volume(kind)) {
        return false;
    }
    let is_mounted = pod
        .containers()
        .all(|container| container.mounts().any(|mount| mount.get("mountPath").text() == TOKEN));
    let account = inventory.find("", "ServiceAccount", namespace, pod.service_account());
    let of_account = account.and_then(|account| account.get("automountServiceAccountToken").as_bool());
    let automount = pod.get("automountServiceAccountToken").as_bool().or(of_account);
    automount != Some(false) && !is_mounted
}

fn said<'d>(evaluation: &Evaluation<'_, 'd>, used: &Use) -> Said<'d> {
    let (usable, because) = match used {
        Use::Yes(by) => ("yes", Some(by.clone())),
        Use::No => ("no", None),
        Use::Unknown(why) => ("unknown", Some(why.clone())),
    };
    let (admits, fills, errors) = match &evaluation.outcome {
        Outcome::Admits { changes, .. } => {
            (true, changes.iter().map(|change| change.path.clone()).collect(), Vec::new())
        }
        Outcome::Denies(errors) => (false, Vec::new(), errors.iter().map(ToString::to_string).collect()),
        Outcome::Unusable(reason) => (false, Vec::new(), vec![reason.clone()]),
    };
    Said { policy: evaluation.policy.name(), admits, usable, because, fills, errors }
}

fn policy_report<'d>(
    policy: PodSecurityPolicy<'d>,
    pods: &[PodReport<'d>],
    users: &Users<'d>,
    version: Version,
) -> PolicyReport<'d> {
    let name = policy.name();
    let gaps = |level| -> Vec<Gap> {
        let gaps = psp::gaps(&policy, LevelVersion::new(level, version)).into_iter();
        gaps.map(|gap| Gap { check: gap.check.name(), why: gap.why }).collect()
    };
    let gaps = Gaps { baseline: gaps(Level::Baseline), restricted: gaps(Level::Restricted) };
    let promised = match (gaps.baseline.is_empty(), gaps.restricted.is_empty()) {
        (_, true) => Level::Restricted,
        (true, false) => Level::Baseline,
        (false, false) => Level::Privileged,
    };
    let admitted: Vec<_> = pods.iter().filter(|pod| pod.policy == Some(name)).collect();
    let level = Levels { promised: Some(promised), ..least(&admitted) };
    PolicyReport {
        name,
        place: Place::of(policy.object().root()),
        unusable: policy.unusable().map(str::to_owned),
        users: users.holders(name),
        undecided: users.undecided(name),
        admits: admitted.len(),
        level,
        gaps,
        policy,
    }
}

/// The strictest standards that admit all of these pods; none where there is no pod, or one can't be told.
fn least(pods: &[&PodReport<'_>]) -> Levels {
    let least = |level: fn(&Levels) -> Option<Level>| {
        let levels: Option<Vec<Level>> = pods.iter().map(|pod| level(&pod.level)).collect();
        levels.and_then(|levels| levels.into_iter().min())
    };
    Levels { written: least(|level| level.written), fixed: least(|level| level.fixed), promised: None }
}

fn namespace_report<'d>(
    name: &'d str,
    pods: &[PodReport<'d>],
    policies: &[PolicyReport<'d>],
) -> NamespaceReport<'d> {
    let pods: Vec<_> = pods.iter().filter(|pod| pod.namespace == name).collect();
    let used: BTreeSet<&str> = pods.iter().filter_map(|pod| pod.policy).collect();
    let promised = policies.iter().filter(|policy| used.contains(policy.name));
    let promised = promised.filter_map(|policy| policy.level.promised).min();
    // What no policy admits doesn't run, unless it was seen running.
    let running: Vec<_> =
        pods.iter().copied().filter(|pod| pod.is_live || pod.verdict != Verdict::Denied).collect();
    let level = Levels { promised, ..least(&running) };
    let mut fails = BTreeMap::new();
    // A pod that meets more than the namespace does keeps it from nothing.
    for pod in
        pods.iter().filter(|pod| pod.level.fixed == level.fixed && level.fixed.and_then(next).is_some())
    {
        for check in &pod.fails {
            *fails.entry(*check).or_default() += 1;
        }
    }
    NamespaceReport { name, pods: pods.len(), policies: used.into_iter().collect(), level, fails }
}

impl Survey<'_> {
    /// Pods that no policy admits.
    pub fn denied(&self) -> usize {
        self.pods.iter().filter(|pod| pod.verdict == Verdict::Denied).count()
    }

    /// Pods of which nobody can tell.
    pub fn unknown(&self) -> usize {
        self.pods.iter().filter(|pod| pod.verdict == Verdict::Unknown).count()
    }

    /// Pods that lose something when policies go.
    pub fn changing(&self) -> usize {
        self.pods.iter().filter(|pod| !pod.fixes.is_empty()).count()
    }
}
