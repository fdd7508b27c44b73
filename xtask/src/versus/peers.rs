//! The other scanners: how each is called, and what its JSON says.

use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;

use super::add;
use super::objects::{ByCheck, Known, Object, Objects, each, text};

/// A scanner that runs over a folder of manifests.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Peer {
    Checkov,
    KubeLinter,
    Polaris,
    KubeScore,
}

/// What a scanner says of a folder.
#[derive(Default)]
pub struct Judged {
    /// The objects that a check finds something in.
    pub failed: ByCheck,
    /// The objects that it looks at, those included. A check that isn't here didn't run.
    pub looked: ByCheck,
}

impl Judged {
    fn add(&mut self, check: &str, object: &Object, failed: bool) {
        add(&mut self.looked, check, object);
        if failed {
            add(&mut self.failed, check, object);
        }
    }
}

impl Peer {
    pub const ALL: [Peer; 4] = [Peer::Checkov, Peer::KubeLinter, Peer::Polaris, Peer::KubeScore];

    /// The name that aliases carry, and that of the program.
    pub fn name(self) -> &'static str {
        match self {
            Peer::Checkov => "checkov",
            Peer::KubeLinter => "kube-linter",
            Peer::Polaris => "polaris",
            Peer::KubeScore => "kube-score",
        }
    }

    pub fn is_installed(self) -> bool {
        let version = if self == Peer::Checkov { "--version" } else { "version" };
        Command::new(self.name())
            .arg(version)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|status| status.success())
    }

    /// The command that a person would run.
    pub fn command(self, folder: &Path) -> Result<Vec<String>, String> {
        let words: &[&str] = match self {
            Peer::Checkov => &["--framework", "kubernetes", "--compact", "--quiet", "-o", "json"],
            Peer::KubeLinter => &["lint", "--format", "json"],
            Peer::Polaris => &["audit", "--format", "json"],
            Peer::KubeScore => &["score", "-o", "json"],
        };
        self.over(words, folder)
    }

    /// The command with every built-in check on, what passed told too where it can be, and no exemption
    /// heeded where that can be turned off.
    pub fn full_command(self, folder: &Path) -> Result<Vec<String>, String> {
        let words: &[&str] = match self {
            Peer::Checkov => &["--framework", "kubernetes", "--compact", "-o", "json"],
            Peer::KubeLinter => &["lint", "--format", "json", "--add-all-built-in"],
            Peer::Polaris => &["audit", "--format", "json", "--disallow-exemptions"],
            Peer::KubeScore => {
                &["score", "-o", "json", "--all-default-optional", "--disable-ignore-checks-annotations"]
            }
        };
        self.over(words, folder)
    }

    fn over(self, words: &[&str], folder: &Path) -> Result<Vec<String>, String> {
        let path = folder.display().to_string();
        let mut command: Vec<String> = vec![self.name().into()];
        command.extend(words.iter().map(|word| (*word).to_owned()));
        match self {
            Peer::Checkov => command.extend(["--skip-download".into(), "-d".into(), path]),
            Peer::KubeLinter => command.push(path),
            Peer::Polaris => command.extend(["--audit-path".into(), path]),
            Peer::KubeScore => command.extend(manifests(folder)?),
        }
        Ok(command)
    }

    /// An object of ours with no more to it than this scanner tells of its own.
    pub fn as_it_tells(self, object: &Object) -> Object {
        let mut object = object.clone();
        // Polaris tells no files, and kube-score takes objects of one name in several files for one.
        if matches!(self, Peer::Polaris | Peer::KubeScore) {
            object.file.clear();
        }
        object
    }

    /// What the program's JSON says.
    pub fn judged(self, output: &[u8], objects: &Objects, folder: &Path) -> Result<Judged, String> {
        let json: Value = serde_json::from_slice(output)
            .map_err(|error| format!("{}: no JSON on its standard output: {error}", self.name()))?;
        let mut judged = Judged::default();
        match self {
            Peer::Checkov => checkov(&json, objects, folder, &mut judged),
            Peer::KubeLinter => kube_linter(&json, objects, folder, &mut judged),
            Peer::Polaris => {
                for result in each(&json["Results"]) {
                    let kind = text(&result["Kind"]);
                    let object =
                        Object::new("", folder, kind, text(&result["Namespace"]), text(&result["Name"]));
                    polaris(result, &object, &mut judged);
                }
            }
            Peer::KubeScore => kube_score(&json, folder, &mut judged),
        }
        Ok(judged)
    }
}

/// Checkov tells what passed and what failed; what an annotation skips is neither.
fn checkov(json: &Value, objects: &Objects, folder: &Path, judged: &mut Judged) {
    // With several frameworks the results are a list.
    let reports: Vec<&Value> = json.as_array().map_or_else(|| vec![json], |list| list.iter().collect());
    for report in reports {
        for (list, failed) in [("failed_checks", true), ("passed_checks", false)] {
            for check in each(&report["results"][list]) {
                // `Deployment.default.web`; a name can have dots of its own.
                let mut parts = text(&check["resource"]).splitn(3, '.');
                let mut next = || parts.next().unwrap_or_default();
                let (kind, namespace, name) = (next(), next(), next());
                let object = Object::new(text(&check["file_path"]), folder, kind, namespace, name);
                // Graph checks look at the pods of templates as objects of their own.
                let object = if kind == "Pod" { objects.owner_of(&object) } else { None }.unwrap_or(&object);
                judged.add(text(&check["check_id"]), object, failed);
            }
        }
    }
}

/// kube-linter tells what failed, and the kinds that each check looks at.
fn kube_linter(json: &Value, objects: &Objects, folder: &Path, judged: &mut Judged) {
    for check in each(&json["Checks"]) {
        let name = text(&check["name"]);
        let kinds: Vec<&str> = each(&check["scope"]["objectKinds"]).map(text).collect();
        let exempt = ["kube-linter.io/ignore-all", &format!("ignore-check.kube-linter.io/{name}")];
        for known in objects.iter() {
            if kinds.iter().any(|kind| kube_linter_knows(kind, known))
                && !known.annotations.iter().any(|key| exempt.contains(&&**key))
            {
                judged.add(name, &known.object, false);
            }
        }
    }
    for report in each(&json["Reports"]) {
        let object = &report["Object"]["K8sObject"];
        let object = Object::new(
            text(&report["Object"]["Metadata"]["FilePath"]),
            folder,
            text(&object["GroupVersionKind"]["Kind"]),
            text(&object["Namespace"]),
            text(&object["Name"]),
        );
        judged.add(text(&report["Check"]), &object, true);
    }
}

/// Whether an object is of a kind that kube-linter's checks call so.
fn kube_linter_knows(kind: &str, known: &Known) -> bool {
    let own = &*known.object.kind;
    let built_in = matches!(
        &*known.group,
        "" | "apps" | "batch" | "extensions" | "policy" | "autoscaling" | "apps.openshift.io"
    ) || known.group.ends_with(".k8s.io");
    match kind {
        "Any" => built_in,
        "DeploymentLike" => {
            built_in
                && matches!(
                    own,
                    "Deployment"
                        | "DaemonSet"
                        | "DeploymentConfig"
                        | "StatefulSet"
                        | "ReplicaSet"
                        | "ReplicationController"
                        | "Pod"
                        | "Job"
                        | "CronJob"
                )
        }
        "ServiceMonitor" | "SecurityContextConstraints" => own == kind,
        _ => built_in && own == kind,
    }
}

/// Polaris nests results by pod and container, each a map from check to `{ "Success": … }`.
fn polaris(value: &Value, object: &Object, judged: &mut Judged) {
    match value {
        Value::Object(map) => {
            for (key, inner) in map {
                if let Some(success) = inner["Success"].as_bool() {
                    judged.add(key, object, !success);
                }
                polaris(inner, object, judged);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| polaris(item, object, judged)),
        _ => {}
    }
}

/// kube-score grades every check on every object of a kind that it knows.
fn kube_score(json: &Value, folder: &Path, judged: &mut Judged) {
    /// Grades: 1 critical, 5 warning, 7 nearly, 10 good.
    const GOOD: i64 = 10;
    for object in each(json) {
        let meta = &object["object_meta"];
        let kind = text(&object["type_meta"]["kind"]);
        let it = Object::new("", folder, kind, text(&meta["namespace"]), text(&meta["name"]));
        for check in each(&object["checks"]) {
            if check["skipped"].as_bool() != Some(true) {
                let failed = check["grade"].as_i64().is_some_and(|grade| grade < GOOD);
                judged.add(text(&check["check"]["id"]), &it, failed);
            }
        }
    }
}

/// Every manifest below a folder: kube-score takes files alone.
fn manifests(folder: &Path) -> Result<Vec<String>, String> {
    let mut files = Vec::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(folder) = open.pop() {
        let entries = std::fs::read_dir(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        for entry in entries.flatten() {
            let path = entry.path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|extension| extension == "yaml" || extension == "yml") {
                files.push(path.display().to_string());
            }
        }
    }
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn judged(peer: Peer, output: &Value) -> Judged {
        let read = json!({"file": "/estate/a.yaml", "document": {"apiVersion": "apps/v1", "kind": "Deployment",
            "metadata": {"name": "web", "annotations": {"ignore-check.kube-linter.io/off": "tested"}}}});
        let folder = Path::new("/estate");
        let objects = Objects::read(read.to_string().as_bytes(), folder).expect("readable");
        peer.judged(output.to_string().as_bytes(), &objects, folder).expect("JSON")
    }

    /// The names that a check failed at, and how many objects it looked at.
    fn of(judged: &Judged, check: &str) -> (Vec<String>, usize) {
        let failed = judged.failed.get(check).into_iter().flatten().map(ToString::to_string).collect();
        (failed, judged.looked.get(check).map_or(0, |objects| objects.len()))
    }

    #[test]
    fn checkov_tells_what_passed() {
        let result =
            |resource: &str| json!({"check_id": "CKV_1", "file_path": "/a.yaml", "resource": resource});
        let judged = judged(
            Peer::Checkov,
            &json!({"results": {
                "failed_checks": [result("Deployment.default.web"), result("Pod.default.web.app-web")],
                "passed_checks": [result("Pod.default.a.b")]}}),
        );
        assert_eq!(of(&judged, "CKV_1"), (vec!["Deployment default/web in a.yaml".to_owned()], 2));
        assert_eq!(of(&judged, "CKV_2"), (vec![], 0), "a check that didn't run");
    }

    #[test]
    fn kube_linter_looks_at_the_kinds_of_a_check() {
        let check = |name: &str, kind: &str| json!({"name": name, "scope": {"objectKinds": [kind]}});
        let judged = judged(
            Peer::KubeLinter,
            &json!({"Checks": [check("on", "DeploymentLike"), check("off", "DeploymentLike"),
                check("other", "Service")], "Reports": null}),
        );
        assert_eq!(of(&judged, "on"), (vec![], 1));
        assert_eq!(of(&judged, "off"), (vec![], 0), "an annotation exempts the object");
        assert_eq!(of(&judged, "other"), (vec![], 0));
    }

    #[test]
    fn polaris_nests_its_results() {
        let judged = judged(
            Peer::Polaris,
            &json!({"Results": [{"Kind": "Deployment", "Name": "web", "Namespace": "", "Results": {},
                "PodResult": {"Results": {"hostPIDSet": {"Success": true}}, "ContainerResults": [
                    {"Results": {"tagNotSpecified": {"Success": false}}}]}}]}),
        );
        assert_eq!(of(&judged, "tagNotSpecified"), (vec!["Deployment default/web".to_owned()], 1));
        assert_eq!(of(&judged, "hostPIDSet"), (vec![], 1));
    }

    #[test]
    fn kube_score_skips_and_grades() {
        let check = |id: &str, grade: i64, skipped: bool| json!({"check": {"id": id}, "grade": grade, "skipped": skipped});
        let judged = judged(
            Peer::KubeScore,
            &json!([{"type_meta": {"kind": "Deployment"}, "object_meta": {"name": "web"}, "checks": [
                check("bad", 1, false), check("good", 10, false), check("skipped", 0, true)]}]),
        );
        assert_eq!(of(&judged, "bad").0.len(), 1);
        assert_eq!(of(&judged, "good"), (vec![], 1));
        assert_eq!(of(&judged, "skipped"), (vec![], 0));
    }
}
