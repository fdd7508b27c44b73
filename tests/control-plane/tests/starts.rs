//! The launcher itself: what it starts answers, remembers who is who, and ends with it.

use std::time::{Duration, Instant};

use plimsoll_control_plane::{Binaries, ControlPlane, Options, User, version};
use serde_json::json;

#[test]
fn it_serves_and_warns() {
    let Some(plane) = ControlPlane::shared() else { return };
    let told = plane.admin().get("/version").send().expect_ok();
    assert_eq!(told["gitVersion"], version());
    let space = plane.namespace("shop", &[("pod-security.kubernetes.io/warn", "restricted")]);
    let pod = json!({
        "apiVersion": "v1", "kind": "Pod", "metadata": {"name": "web", "namespace": space},
        "spec": {"containers": [{"name": "web", "image": "registry.example.com/web:1"}], "hostPd": true},
    });
    let refused = plane.admin().create(&pod).dry_run().strict().send();
    assert_eq!((refused.status, refused.reason()), (400, "BadRequest"), "{}", refused.text);
    assert!(refused.message().ends_with(r#"unknown field "spec.hostPd""#), "{}", refused.message());
    let created = plane.admin().create(&pod).send();
    assert_eq!(created.status, 201, "{}", created.text);
    assert_eq!(created.warnings.len(), 2, "{:?}", created.warnings);
    assert_eq!(created.warnings[0], r#"unknown field "spec.hostPd""#);
    assert!(created.warnings[1].starts_with(r#"would violate PodSecurity "restricted:latest": "#));
    let events = plane.audited([created.audit_id.as_str()]);
    assert_eq!(events[0]["user"]["username"], "admin", "{events:?}");
    assert_eq!(plane.admin().delete(&plane.admin().path(&pod)).send().status, 200);
}

#[test]
fn it_knows_its_users() {
    let Some(plane) = ControlPlane::shared() else { return };
    let space = plane.namespace("users", &[]);
    let path = format!("/api/v1/namespaces/{space}/pods");
    assert_eq!(plane.user("alice").get(&path).send().status, 403);
    assert_eq!(plane.admin().with_token(Some("wrong")).get(&path).send().status, 401);
    let role = json!({
        "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "Role",
        "metadata": {"name": "readers", "namespace": space},
        "rules": [{"apiGroups": [""], "resources": ["pods"], "verbs": ["get", "list"]}],
    });
    plane.admin().create(&role).send().expect_ok();
    let binding = json!({
        "apiVersion": "rbac.authorization.k8s.io/v1", "kind": "RoleBinding",
        "metadata": {"name": "readers", "namespace": space},
        "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": "readers"},
        "subjects": [
            {"kind": "Group", "apiGroup": "rbac.authorization.k8s.io", "name": "developers"},
            {"kind": "ServiceAccount", "name": "robot", "namespace": space},
        ],
    });
    plane.admin().create(&binding).send().expect_ok();
    let robot = plane.service_account(&space, "robot");
    // The authorizer reads bindings from a cache that follows the store.
    let patience = Instant::now() + Duration::from_secs(30);
    while plane.user("alice").get(&path).send().status != 200 {
        assert!(Instant::now() < patience, "the binding has no effect");
        std::thread::sleep(Duration::from_millis(20));
    }
    assert_eq!(robot.get(&path).send().status, 200);
    assert_eq!(plane.user("bob").get(&path).send().status, 403);
    assert_eq!(plane.admin().get(&path).as_user("bob", &["developers"]).send().status, 200);
}

#[test]
fn it_ends_with_its_value() {
    let Some(binaries) = Binaries::find() else { return };
    let options = Options {
        users: vec![User::new("carol", &["a", "b"])],
        admission: Some(
            "apiVersion: apiserver.config.k8s.io/v1\nkind: AdmissionConfiguration\nplugins:\n- name: PodSecurity\n  \
             configuration:\n    apiVersion: pod-security.admission.config.k8s.io/v1\n    \
             kind: PodSecurityConfiguration\n    defaults: {enforce: baseline}\n    \
             exemptions: {usernames: [carol]}\n"
                .into(),
        ),
        ..Options::default()
    };
    let plane = ControlPlane::start(&binaries, options).unwrap_or_else(|error| panic!("{error}"));
    let pod = json!({
        "apiVersion": "v1", "kind": "Pod", "metadata": {"name": "web"},
        "spec": {"hostNetwork": true, "containers": [{"name": "web", "image": "registry.example.com/web:1"}]},
    });
    let denied = plane.admin().create(&pod).send();
    assert_eq!((denied.status, denied.reason()), (403, "Forbidden"));
    let (folder, admin) = (plane.folder().to_owned(), plane.admin().clone());
    assert!(folder.exists());
    drop(plane);
    assert!(!folder.exists());
    assert!(admin.get("/readyz").try_send().is_err());
}

#[test]
fn a_start_that_fails_says_why() {
    let Some(binaries) = Binaries::find() else { return };
    let options = Options { flags: vec!["--no-such-flag".into()], ..Options::default() };
    let error = ControlPlane::start(&binaries, options).expect_err("no such flag").to_string();
    assert!(error.contains("no-such-flag"), "{error}");
}
