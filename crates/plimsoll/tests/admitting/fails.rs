//! The server dies, and comes back.

use plimsoll_control_plane::Patch;
use serde_json::json;

use crate::gate::{Gate, pod};

#[test]
fn what_may_fail_fails_as_configured() {
    for (flags, while_dead) in [(&["--failure-policy", "fail"], 500), (&["--failure-policy", "ignore"], 201)]
    {
        let Some(mut gate) = Gate::start("version: 1\n", flags) else { return };
        let shop = gate.plane.namespace("shop", &[("pod-security.kubernetes.io/enforce", "baseline")]);
        let good = pod(json!({"metadata": {"name": "good", "namespace": shop}}));
        let bad = pod(json!({"metadata": {"name": "bad", "namespace": shop}, "spec": {"hostPID": true}}));
        gate.create(&good).expect_ok();
        assert_eq!(gate.create(&bad).status, 403);

        gate.kill();
        let told = gate.plane.admin().create(&bad).dry_run().send();
        assert_eq!(told.status, while_dead, "{flags:?} {}", told.text);
        if while_dead == 500 {
            assert!(
                told.message().contains("failed calling webhook \"enforce.admission.plimsoll\""),
                "{}",
                told.text
            );
        }
        // What runs goes on: status, deletions, Leases, what only advises, and the way out.
        let admin = gate.plane.admin();
        let path = admin.path(&good);
        admin
            .patch(&format!("{path}/status"), Patch::Merge, &json!({"status": {"message": "up"}}))
            .send()
            .expect_ok();
        admin.delete(&path).send().expect_ok();
        let lease = json!({"apiVersion": "coordination.k8s.io/v1", "kind": "Lease", "metadata": {"name": "a", "namespace": shop}});
        admin.create(&lease).send().expect_ok();
        let deployment = json!({
            "apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "web", "namespace": shop},
            "spec": {"selector": {"matchLabels": {"app": "web"}}, "template": {
                "metadata": {"labels": {"app": "web"}}, "spec": bad["spec"],
            }},
        });
        admin.create(&deployment).send().expect_ok();
        gate.plane.namespace("during", &[("pod-security.kubernetes.io/enforce", "restricted")]);

        gate.run();
        assert_eq!(gate.create(&bad).status, 403);
        gate.create(&good).expect_ok();
    }
}
