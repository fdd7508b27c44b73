//! What becomes of requests: denied, warned of, changed, let go.

use plimsoll_control_plane::Patch;
use serde_json::{Value as Json, json};

use crate::gate::{Gate, HOME, pod};

const CONFIGURATION: &str = "\
version: 1
rules:
- controls: [pod/privileged, pod/host-pid]
  action: enforce
  except-namespaces: [nodes]
- controls: [image/latest-tag]
  action: warn
- controls: [pod/read-only-root-filesystem]
  action: audit
exec:
  deny: [privileged, host-pid]
  groups: [breakers]
";

fn privileged(name: &str, space: &str) -> Json {
    let mut privileged = pod(json!({"metadata": {"name": name, "namespace": space}}));
    privileged["spec"]["containers"][0]["securityContext"] = json!({"privileged": true});
    privileged
}

#[test]
fn requests_of_every_kind() {
    let Some(gate) = Gate::start(CONFIGURATION, &[]) else { return };
    let admin = gate.plane.admin();
    let shop = gate.plane.namespace("shop", &[]);
    admin
        .create(&json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "nodes"}}))
        .send()
        .expect_ok();

    // All that is wrong at once, in one line, with the field and what to write.
    let mut wrong = privileged("web", &shop);
    wrong["spec"]["hostPID"] = true.into();
    let denied = gate.create(&wrong);
    assert_eq!((denied.status, denied.reason()), (403, "Forbidden"), "{}", denied.text);
    let message = denied.message();
    let told = "admission webhook \"enforce.admission.plimsoll\" denied the request: 2 violations: spec.";
    assert!(message.starts_with(told) && !message.contains('\n'), "{message}");
    for violation in [
        "spec.containers[0].securityContext.privileged: container \"web\" runs privileged: set privileged to false",
        "spec.hostPID: the pod shares the node's process namespace: remove hostPID (pod/host-pid)",
    ] {
        assert!(message.contains(violation), "{message}");
    }
    // Nothing was stored, and a dry run says the same.
    assert_eq!(admin.get(&admin.path(&wrong)).send().status, 404);
    assert_eq!(admin.create(&wrong).dry_run().send().message(), message);
    // The template of a controller is denied as well as the pod.
    let deployment = json!({
        "apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "web", "namespace": shop},
        "spec": {"selector": {"matchLabels": {"app": "web"}}, "template": {
            "metadata": {"labels": {"app": "web"}}, "spec": wrong["spec"],
        }},
    });
    let denied = gate.create(&deployment);
    assert!(denied.message().contains("spec.template.spec.hostPID: "), "{}", denied.text);

    // Warnings go to who asks, audits to the log.
    let mut latest = pod(json!({"metadata": {"name": "latest", "namespace": shop}}));
    latest["spec"]["containers"][0]["image"] = "registry.example.com/web:latest".into();
    let warned = gate.create(&latest);
    assert_eq!(warned.status, 201, "{}", warned.text);
    assert!(
        warned.warnings.len() == 1 && warned.warnings[0].ends_with("(image/latest-tag)"),
        "{:?}",
        warned.warnings
    );
    let event = gate.plane.audited([warned.audit_id.as_str()]).remove(0);
    let noted = event["annotations"]["advise.admission.plimsoll/plimsoll-audit"].as_str().unwrap_or_default();
    assert!(noted.ends_with("(pod/read-only-root-filesystem)"), "{event}");

    // Where the rule doesn't hold, and where the webhooks aren't asked.
    gate.create(&privileged("agent", "nodes")).expect_ok();
    for space in ["kube-system", HOME] {
        // The API server's own plugin is off, so nothing else stands in the way.
        assert_eq!(gate.create(&privileged("agent", space)).status, 201, "{space}");
    }

    // What is there already may be labelled and deleted; what makes it worse is denied.
    let agent = admin.path(&privileged("agent", "nodes"));
    let rules = "rules: [{controls: [pod/privileged, pod/host-pid], action: enforce}]\nexec: {deny: [privileged], groups: [breakers]}\n";
    std::fs::write(&gate.configuration, rules).expect("a file is written");
    gate.until("the rule holds everywhere", |gate| {
        gate.plane.admin().create(&privileged("other", "nodes")).dry_run().send().status == 403
    });
    let labelled = json!({"metadata": {"labels": {"team": "nodes"}}});
    admin.patch(&agent, Patch::Merge, &labelled).send().expect_ok();
    let image = json!([{"op": "replace", "path": "/spec/containers/0/image", "value": "registry.example.com/web:1.5"}]);
    admin.patch(&agent, Patch::Json, &image).send().expect_ok();
    let debug = |is_privileged: bool| {
        json!({"spec": {"ephemeralContainers": [{
            "name": "debug", "image": "registry.example.com/debug:1",
            "securityContext": {"privileged": is_privileged},
        }]}})
    };
    let path = format!("{agent}/ephemeralcontainers");
    let denied = admin.patch(&path, Patch::Strategic, &debug(true)).send();
    assert!(
        denied.status == 403 && denied.message().contains("spec.ephemeralContainers[0]"),
        "{}",
        denied.text
    );
    admin.patch(&path, Patch::Strategic, &debug(false)).send().expect_ok();
    admin
        .patch(&format!("{agent}/status"), Patch::Merge, &json!({"status": {"message": "fine"}}))
        .send()
        .expect_ok();

    // A shell: the API server asks before it looks for the node, which there isn't.
    let web = pod(json!({"metadata": {"name": "web", "namespace": shop}}));
    gate.create(&web).expect_ok();
    for part in ["exec", "attach"] {
        let into =
            |pod: &str| admin.get(&format!("{pod}/{part}")).query("command", "id").query("stdout", "true");
        let denied = into(&agent).send();
        assert_eq!(denied.status, 403, "{}", denied.text);
        assert!(
            denied.message().contains("denied the request: ") && denied.message().contains("privileged"),
            "{}",
            denied.text
        );
        assert_eq!(into(&agent).as_user("admin", &["system:masters", "breakers"]).send().status, 400);
        assert_eq!(into(&admin.path(&web)).send().status, 400);
        assert!(!into("/api/v1/namespaces/nodes/pods/absent").send().is_ok());
    }
    assert_eq!(admin.delete(&agent).send().status, 200);
    assert_eq!(admin.get(&agent).send().status, 404);
}

const MUTATIONS: &str = "\
version: 1
mutate:
  always-pull: true
  seccomp: true
  no-service-account-token: true
  drop-capabilities: true
  no-privilege-escalation: true
  internal-load-balancers: azure
  requests: {cpu: 100m}
  limits: {memory: 64Mi}
";

#[test]
fn what_is_written_into_objects() {
    let Some(gate) = Gate::start(MUTATIONS, &[]) else { return };
    let admin = gate.plane.admin();
    let shop = gate.plane.namespace("shop", &[]);
    let bare = json!({
        "apiVersion": "v1", "kind": "Pod", "metadata": {"name": "bare", "namespace": shop},
        "spec": {
            "initContainers": [{"name": "first", "image": "registry.example.com/first:1"}],
            "containers": [
                {"name": "web", "image": "registry.example.com/web:1.4", "imagePullPolicy": "Never"},
                {"name": "own", "image": "registry.example.com/web:1.4", "securityContext": {
                    "allowPrivilegeEscalation": true, "capabilities": {"add": ["NET_BIND_SERVICE"]},
                }, "resources": {"limits": {"memory": "1Gi"}}},
            ],
        },
    });
    let made = gate.create(&bare).expect_ok();
    let spec = &made["spec"];
    assert_eq!(spec["automountServiceAccountToken"], false, "{spec}");
    assert_eq!(spec["securityContext"]["seccompProfile"]["type"], "RuntimeDefault", "{spec}");
    for container in [&spec["initContainers"][0], &spec["containers"][0], &spec["containers"][1]] {
        assert_eq!(container["imagePullPolicy"], "Always", "{container}");
        assert_eq!(container["securityContext"]["capabilities"]["drop"], json!(["ALL"]), "{container}");
        assert_eq!(container["resources"]["requests"]["cpu"], "100m", "{container}");
    }
    assert_eq!(spec["containers"][0]["securityContext"]["allowPrivilegeEscalation"], false);
    assert_eq!(spec["containers"][0]["resources"]["limits"]["memory"], "64Mi");
    // What is written is left.
    assert_eq!(spec["containers"][1]["securityContext"]["allowPrivilegeEscalation"], true);
    assert_eq!(spec["containers"][1]["resources"]["limits"]["memory"], "1Gi");

    // What came out goes in again, and nothing changes.
    let again = json!({
        "apiVersion": "v1", "kind": "Pod", "metadata": {"name": "again", "namespace": shop}, "spec": spec,
    });
    assert_eq!(gate.create(&again).expect_ok()["spec"], *spec);
    let event =
        |answer: &plimsoll_control_plane::Answer| gate.plane.audited([answer.audit_id.as_str()]).remove(0);
    let mut third = again.clone();
    third["metadata"]["name"] = "third".into();
    let unchanged = event(&gate.create(&third));
    let told = |event: &Json| event["annotations"].to_string().contains("\\\"mutated\\\":true");
    assert!(!told(&unchanged), "{unchanged}");

    let service = json!({
        "apiVersion": "v1", "kind": "Service", "metadata": {"name": "web", "namespace": shop},
        "spec": {"type": "LoadBalancer", "ports": [{"port": 80}]},
    });
    let made = gate.create(&service).expect_ok();
    assert_eq!(
        made["metadata"]["annotations"]["service.beta.kubernetes.io/azure-load-balancer-internal"],
        "true"
    );
    // A template is none of its business here, and the server's own namespace never is.
    let mut inside = bare.clone();
    inside["metadata"]["namespace"] = HOME.into();
    assert_eq!(gate.create(&inside).expect_ok()["spec"]["automountServiceAccountToken"], Json::Null);
    assert_eq!(admin.delete(&admin.path(&bare)).send().status, 200);
}
