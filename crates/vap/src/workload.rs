//! Pods and everything that makes them: one policy speaks for all of them through its variables.

use crate::Scope;
use crate::resource::{Rule, WRITTEN};

/// The requests that are about pods.
pub(crate) fn pod_rules() -> Vec<Rule> {
    vec![
        Rule { group: "", version: "v1", operations: WRITTEN, resources: vec!["pods"] },
        Rule {
            group: "",
            version: "v1",
            operations: &["UPDATE"],
            resources: vec!["pods/ephemeralcontainers"],
        },
    ]
}

/// The requests that are about what makes pods.
pub(crate) fn workload_rules() -> Vec<Rule> {
    let rule = |group, resources| Rule { group, version: "v1", operations: WRITTEN, resources };
    vec![
        rule("", vec!["podtemplates", "replicationcontrollers"]),
        rule("apps", vec!["daemonsets", "deployments", "replicasets", "statefulsets"]),
        rule("batch", vec!["cronjobs", "jobs"]),
    ]
}

pub(crate) fn rules(scope: Scope) -> Vec<Rule> {
    let mut rules = Vec::new();
    if scope.has_pods() {
        rules.extend(pod_rules());
    }
    if scope.has_workloads() {
        rules.extend(workload_rules());
    }
    rules
}

/// The pod of a request, whatever its kind is. Behind `dyn` the API server's type checker doesn't complain of
/// fields that another kind has.
const POD: &str = r#"object.kind == "Pod" ? dyn(object) :
object.kind == "PodTemplate" ? dyn(object).template :
object.kind == "CronJob" ? dyn(object).spec.jobTemplate.spec.template :
dyn(object).spec.template"#;

const POD_ALONE: &str = "dyn(object)";

/// Init containers first and ephemeral ones last, as the Pod Security Standards visit them.
const CONTAINERS: &str = "variables.spec.?initContainers.orValue([]) +
variables.spec.containers +
variables.spec.?ephemeralContainers.orValue([])";

/// Every image that names a repository, of containers and of volumes, taken apart as a runtime does it: whose it is as
/// `of`, the registry in small letters and without the port 443, it and the repository as `name`, `tag` without its
/// colon, `digest` with its `@`. What `ko` builds is no image yet.
const IMAGES: &str = r#"(variables.containers
  .map(c, {
    "of": 'container "' + string(c.name) + '"',
    "image": string(c.?image.orValue("")),
    "pullPolicy": string(c.?imagePullPolicy.orValue(""))
  }) +
  variables.spec.?volumes.orValue([]).map(v, {
    "of": 'volume "' + string(v.name) + '"',
    "image": string(v.?image.?reference.orValue("")),
    "pullPolicy": string(v.?image.?pullPolicy.orValue(""))
  }))
  .filter(i, !i.image.startsWith("ko://"))
  .map(i, {
    "of": i.of,
    "image": i.image.split("@", 2)[0],
    "digest": i.image.find("@.*"),
    "pullPolicy": i.pullPolicy
  })
  .map(i, {
    "of": i.of,
    "registry": i.image.find("^([^/]*[.:A-Z][^/]*|localhost)/"),
    "image": i.image,
    "tag": i.image.find(":[^/:]*$"),
    "digest": i.digest,
    "pullPolicy": i.pullPolicy
  })
  .map(i, {
    "of": i.of,
    "host": i.registry.lowerAscii().replace(":443/", "/").replace("/", ""),
    "registry": i.registry,
    "image": i.image,
    "tag": i.tag,
    "digest": i.digest,
    "pullPolicy": i.pullPolicy
  })
  .map(i, {
    "of": i.of,
    "registry": i.host in ["", "index.docker.io", "registry-1.docker.io", "registry.hub.docker.com"] ?
      "docker.io" : i.host,
    "repository": i.image.substring(i.registry.size(), i.image.size() - i.tag.size()),
    "tag": i.tag.replace(":", ""),
    "digest": i.digest,
    "pullPolicy": i.pullPolicy
  })
  .filter(i, i.repository != "")
  .map(i, {
    "of": i.of,
    "registry": i.registry,
    "name": i.registry + "/" +
      (i.registry == "docker.io" && !i.repository.contains("/") ? "library/" : "") + i.repository,
    "tag": i.tag,
    "digest": i.digest,
    "pullPolicy": i.pullPolicy
  })"#;

/// Variables that expressions about pods may use, in the order in which they build on each other.
pub(crate) fn variables(scope: Scope) -> [(&'static str, &'static str); 7] {
    [
        ("pod", if scope.has_workloads() { POD } else { POD_ALONE }),
        ("spec", "variables.pod.spec"),
        ("containers", CONTAINERS),
        ("images", IMAGES),
        ("volumes", "variables.spec.?volumes.orValue([])"),
        ("annotations", "variables.pod.?metadata.?annotations.orValue({})"),
        ("isWindows", r#"variables.spec.?os.?name.orValue("") == "windows""#),
    ]
}

/// Of a pod the plugin judges an update only where a container came, went or has another image, or an
/// ephemeral one came. Names of containers can't change.
const NEW_CONTAINER: &str = r#"request.operation != "UPDATE" || object.kind != "Pod" ||
dyn(object).spec.containers.size() != dyn(oldObject).spec.containers.size() ||
dyn(object).spec.?initContainers.orValue([]).size() != dyn(oldObject).spec.?initContainers.orValue([]).size() ||
!dyn(object).spec.containers.all(c,
  dyn(oldObject).spec.containers.exists(o, o.name == c.name && o.?image == c.?image)) ||
!dyn(object).spec.?initContainers.orValue([]).all(c,
  dyn(oldObject).spec.?initContainers.orValue([]).exists(o, o.name == c.name && o.?image == c.?image)) ||
!dyn(object).spec.?ephemeralContainers.orValue([]).all(c,
  dyn(oldObject).spec.?ephemeralContainers.orValue([]).exists(o, o.name == c.name && o.?image == c.?image))"#;

/// An update that leaves the template as it is makes no other pods than before: a controller that scales or a
/// finalizer that goes must not be held up.
const NEW_TEMPLATE: &str = r#"request.operation != "UPDATE" || object.kind == "Pod" ||
(object.kind == "PodTemplate" ? dyn(object).template != dyn(oldObject).template :
 object.kind == "CronJob" ? dyn(object).spec.jobTemplate != dyn(oldObject).spec.jobTemplate :
 dyn(object).spec.template != dyn(oldObject).spec.template)"#;

const NEW_SPEC: &str = r#"request.operation != "UPDATE" || object.kind != "Pod" ||
dyn(object).spec != dyn(oldObject).spec"#;

/// When the Pod Security plugin judges a pod.
pub(crate) const CONTAINERS_CHANGED: (&str, &str) = ("containers-changed", NEW_CONTAINER);
pub(crate) const TEMPLATE_CHANGED: (&str, &str) = ("template-changed", NEW_TEMPLATE);
pub(crate) const SPEC_CHANGED: (&str, &str) = ("spec-changed", NEW_SPEC);
