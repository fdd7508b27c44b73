//! Fields by the release of the cluster, and by definitions in the same scan.

mod support;

use serde_json::{Value as Json, json};
use support::Folder;

const POD: &str = "\
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop}
spec:
  hostUsers: false
  containers:
  - {name: web, image: registry.example.com/web:1.4}
";

const WIDGETS: &str = "\
apiVersion: example.com/v1
kind: Widget
metadata: {name: a, namespace: shop}
spec: {sise: 1}
---
apiVersion: example.com/v1
kind: Widget
metadata: {name: b, namespace: shop}
spec: {size: 1}
";

const DEFINITION: &str = "\
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: widgets.example.com}
spec:
  group: example.com
  scope: Namespaced
  names: {plural: widgets, kind: Widget}
  versions:
  - name: v1
    served: true
    storage: true
    schema:
      openAPIV3Schema:
        type: object
        properties: {spec: {type: object, properties: {size: {type: integer}}}}
";

fn json(stdout: &str) -> Json {
    serde_json::from_str(stdout).expect("JSON")
}

#[test]
fn the_release_comes_from_the_command_line_or_the_configuration() {
    let folder = Folder::with("a.yaml", POD);
    let scan = ["scan", "a.yaml", "--select", "manifest/newer-field"];
    assert_eq!(folder.run(&scan).code, 0);
    let ran = folder.run(&[&scan[..], &["--kubernetes-version", "1.24"]].concat());
    assert_eq!(ran.code, 1, "{ran:?}");
    assert!(ran.stdout.contains("hostUsers\" of PodSpec came with Kubernetes 1.25"), "{ran:?}");
    folder.write("plimsoll.yaml", "parameters: {kubernetes-version: \"1.24\"}\n");
    assert_eq!(folder.run(&scan).code, 1);
    let newer = [&scan[..], &["--kubernetes-version", "v1.25.3"]].concat();
    assert_eq!(folder.run(&newer).code, 0, "the command line wins");
    let ran = folder.run(&[&scan[..], &["--kubernetes-version", "new"]].concat());
    assert!(ran.code == 2 && ran.stderr.contains("such as 1.34"), "{ran:?}");
}

#[test]
fn what_has_no_schema_is_counted() {
    let folder = Folder::with("widgets.yaml", WIDGETS);
    let scan = ["scan", ".", "--select", "manifest/unknown-field"];
    let ran = folder.run(&scan);
    assert!(ran.code == 0 && ran.stdout.contains("; 2 objects without a schema"), "{ran:?}");
    let report = [&scan[..], &["--output", "json"]].concat();
    assert_eq!(
        json(&folder.run(&report).stdout)["coverage"]["schemaless"],
        json!([{"apiVersion": "example.com/v1", "kind": "Widget", "objects": 2}])
    );
    folder.write("definition.yaml", DEFINITION);
    let ran = folder.run(&scan);
    assert!(ran.code == 1 && !ran.stdout.contains("without a schema"), "{ran:?}");
    let report = json(&folder.run(&report).stdout);
    assert_eq!(report["coverage"]["schemaless"], json!([]));
    let findings = report["findings"].as_array().expect("findings");
    assert_eq!(findings.len(), 1);
    assert_eq!(findings[0]["location"]["file"], "widgets.yaml");
    assert_eq!((&findings[0]["path"], &findings[0]["location"]["column"]), (&json!("spec.sise"), &json!(8)));
    assert!(
        findings[0]["message"].as_str().is_some_and(|message| message.contains("did you mean \"size\"?"))
    );
}
