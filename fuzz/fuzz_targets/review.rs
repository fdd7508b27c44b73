//! A review of any bytes: it is judged and changed, or refused, and never panics; what a patch makes of the
//! object is JSON again.

#![no_main]

use std::sync::{Arc, OnceLock};

use libfuzzer_sys::fuzz_target;
use plimsoll_admission::known::Known;
use plimsoll_admission::manifests::Manifests;
use plimsoll_admission::review::{Request, read};
use plimsoll_admission::{Configuration, Gate, Part};
use plimsoll_doc::SourceFile;

const EVERYTHING: &str = "failure: deny
rules:
- {profile: all, action: audit}
- {profile: restricted, action: enforce, namespaces: '*'}
- {controls: secret/*, action: warn}
exec: {deny: [privileged, host-pid, host-ipc, host-network], groups: x}
mutate:
  always-pull: true
  seccomp: true
  no-service-account-token: true
  drop-capabilities: true
  no-privilege-escalation: true
  internal-load-balancers: azure
  requests: {cpu: 50m}
  limits: {memory: 64Mi}
  templates: true
waivers: [{control: pod/*, reason: r, owner: o, until: 2026-01-01, names: 'w*'}]
waivers-by-annotation: true
";

const CLUSTER: &str = "{apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: {pod-security.kubernetes.io/enforce: baseline, pod-security.kubernetes.io/warn: restricted}}}
---
{apiVersion: v1, kind: Pod, metadata: {name: web, namespace: shop}, spec: {hostPID: true, containers: [{name: c}]}}
";

fn world() -> &'static (Gate, Manifests) {
    static WORLD: OnceLock<(Gate, Manifests)> = OnceLock::new();
    WORLD.get_or_init(|| {
        let file = Arc::new(SourceFile::new("admission.yaml", EVERYTHING.into()));
        let gate = Gate::new(Configuration::parse(&file).expect("a configuration"));
        (gate, Manifests::read(vec![SourceFile::new("cluster.yaml", CLUSTER.into())]).expect("manifests"))
    })
}

fuzz_target!(|bytes: &[u8]| {
    let (gate, cluster) = world();
    // The configuration comes from people, and is as bounded.
    let _ = Configuration::parse(&Arc::new(SourceFile::new("admission.yaml", bytes.to_vec())));
    let Ok(document) = read(bytes.to_vec()) else { return };
    let Ok(request) = Request::of(&document) else { return };
    let known = Known::at_once(&gate.needs(&request), cluster);
    let today = "2026-11-28".parse().expect("a day");
    let mut out = String::new();
    for part in [Part::Whole, Part::Enforce, Part::Advise] {
        out.clear();
        gate.validate(&request, &known, part, today).answer.write(request.uid, &mut out);
        assert!(read(out.clone().into_bytes()).is_ok(), "{out}");
    }
    out.clear();
    let outcome = gate.mutate(&request);
    outcome.answer.write(request.uid, &mut out);
    assert!(read(out.clone().into_bytes()).is_ok(), "{out}");
    if let Some(patch) = outcome.answer.patch {
        assert!(read(patch.clone().into_bytes()).is_ok(), "{patch}");
    }
});
